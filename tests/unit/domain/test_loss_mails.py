"""A mail that says a card is lost: who says so, of which card, how plainly; once more; by form."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.card_letters import LossAdvice, LossAlert, Reader
from bot.domain.card_mail import CardMail, LossFacts, Speaker
from bot.domain.cards import Status
from bot.domain.cases import Kind, Priority, Reason, Stage
from bot.domain.decision import Step
from bot.domain.inbound import MailFacts
from bot.domain.incoming import decide_mail
from bot.domain.loss_mails import decide_loss, from_form, is_settled
from bot.domain.reports import Certainty, LossSeen, Lost
from bot.domain.triage import Fit, Outcome, Route
from bot.domain.values import CardId, CaseId
from tests.builders import (
    BO,
    MARIA_MAIL,
    TODAY,
    a_case,
    a_context,
    a_form,
    a_mail,
    a_record,
    an_origin,
    days,
    letters,
    mail_facts,
    person,
)
from tests.card_builders import (
    ANNA_MAIL,
    OFFICE,
    a_card,
    a_holder,
    a_loan,
    a_policy,
    a_report,
    a_work,
    card_letters,
    person_facts,
    said,
    works,
)

NIGHT = datetime(2026, 11, 22, 22, 14, tzinfo=UTC)
LOAN, USED = a_loan(receipt=TODAY), a_card()
ANNA = person_facts(USED)
BOTH = person_facts(USED, LOAN)
BOS = person_facts(record=a_record(person_id=person(BO), given_name="Bo", surname="Kvist", id=2))
HOLDER, MANAGER, STAFF, STRANGER = Speaker.HOLDER, Speaker.MANAGER, Speaker.STAFF, Speaker.STRANGER
SENDER = {HOLDER: ANNA_MAIL, MANAGER: MARIA_MAIL, STAFF: OFFICE, STRANGER: "x@annan.example"}


def the_context(speaker):
    origin = an_origin(sender=SENDER[speaker], answerable=speaker is MANAGER)
    return a_context(policy=a_policy(), origin=origin)


def report(
    *people, speaker=HOLDER, certainty=Certainty.SURE, acts=True, hidden=False, text="", **seen
):
    facts = LossFacts(
        LossSeen(certainty, **seen), speaker, NIGHT, people, text,
        acts=acts and speaker is not STRANGER, hidden=hidden,
    )  # fmt: skip
    return decide_loss(facts, the_context(speaker))


def alarm(step):
    [found] = [x for x in letters(step) if isinstance(x.content, LossAlert)]
    assert found.to == (OFFICE,)
    return found.content


# --- one card, plainly ----------------------------------------------------------------------------


def test_a_plain_report_of_one_card_marks_it_lost_and_tells_its_holder():
    step = report(ANNA, what=Lost.ORDINARY, police_reference="5000-K1-26", lost_on=TODAY - days(1))
    assert (step.case.kind, step.case.stage, step.case.priority) == (
        Kind.LOSS, Stage.STAFF, Priority.URGENT
    )  # fmt: skip
    assert (step.case.card, step.case.why.rule) == (USED.id, "loss")
    assert (step.case.loss.reported, step.case.loss.registrar) == (NIGHT, "EK-bot")
    assert step.case.title == "Spärra förlorat e-tjänstekort: Anna Öberg, Hemtjänsten Norr"
    [lost] = step.cards
    assert (lost.card.status, lost.card.lost) == (Status.LOST, TODAY - days(1))
    assert lost.card.police == "5000-K1-26"
    [told] = card_letters(lost)
    assert told.content == LossAdvice(
        "Anna Öberg", "e-tjänstekort", Reader.HOLDER, police="5000-K1-26"
    )
    seen = alarm(step)
    assert (seen.name, seen.numbers, seen.unclear) == ("Anna Öberg", ("9752 1234",), False)
    assert seen.reported == "2026-11-22 kl. 23.14"


def test_a_manager_who_reports_it_gets_the_advice_too():
    step = report(ANNA, speaker=MANAGER)
    assert ("loss_advice", (MARIA_MAIL,)) in said(letters(step))
    assert said(card_letters(step.cards[0])) == [("loss_advice", (ANNA_MAIL,))]


def test_the_number_tells_which_of_two_cards_it_is():
    step = report(BOTH, card_number="5678")
    assert (step.case.card, step.cards[0].card.id) == (LOAN.id, LOAN.id)


def test_what_was_being_asked_about_the_card_is_settled_and_its_block_is_not():
    open_ = (a_work(Kind.CARD_CHECK), a_work(Kind.BLOCK, id=CaseId(21)))
    [lost] = report(person_facts(LOAN, cases=open_)).cards
    assert works(lost) == [(Kind.CARD_CHECK, Stage.CONFIRMED)]


# --- not one card, or not plainly -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "speaker", "values", "told"),
    [
        ((BOTH,), HOLDER, {}, ["loss_advice"]),  # which of two?
        ((person_facts(),), HOLDER, {}, ["loss_advice"]),  # no card that we know of
        ((ANNA,), HOLDER, {"what": Lost.RESERVE}, ["loss_advice"]),
        ((ANNA,), MANAGER, {"found": True}, ["loss_advice"]),
        ((ANNA,), HOLDER, {"certainty": Certainty.UNCLEAR}, ["handed_over"]),
        ((ANNA,), HOLDER, {"acts": False}, ["loss_advice"]),  # a colleague's word
        ((ANNA, BOS), MANAGER, {}, ["handed_over"]),  # which of two people?
        ((), MANAGER, {}, ["handed_over"]),
        ((ANNA,), STRANGER, {}, []),  # never answered
        ((ANNA,), STAFF, {"acts": False}, []),
    ],
)
def test_what_is_not_plain_marks_no_card_and_alarms_all_the_same(people, speaker, values, told):
    step = report(*people, speaker=speaker, **values)
    assert (step.cards, step.case.card) == ((), None)
    assert step.case.priority is Priority.URGENT
    alarm(step)
    assert [k for k, _ in said(letters(step)) if k != "loss_alert"] == told


def test_two_who_may_be_meant_are_named_for_the_clerk():
    step = report(ANNA, BOS, speaker=MANAGER)
    assert dict(step.case.details)["Kan gälla"] == (
        "Anna Öberg, Hemtjänsten Norr; Bo Kvist, Hemtjänsten Norr"
    )
    assert step.case.title == "Möjlig förlust av kort: läs M-1"


def test_somebody_without_a_record_is_named_by_the_card():
    held = person_facts(a_loan(holder=a_holder(person=None, name="John Doe", unit="")), record=None)
    assert alarm(report(held)).name == "John Doe"
    assert alarm(report(person_facts(record=None))).name == ""
    bare = person_facts(USED, record=a_record(unit=None))
    assert alarm(report(bare)).unit == ""


def test_a_card_that_was_found_again_is_blocked_all_the_same():
    step = report(ANNA, found=True)
    assert "spärras ändå" in dict(step.case.details)["Obs"]
    assert alarm(step).found


def test_the_report_is_kept_ten_years():
    [kept] = report(ANNA, text="Kortet är borta.").archive
    assert (kept.content, kept.keep_until.year) == (b"Kortet \xc3\xa4r borta.", 2036)
    assert report(ANNA).archive == ()


# --- once more ------------------------------------------------------------------------------------

LOST = replace(USED, status=Status.LOST, lost=TODAY)
FIRST = a_work(Kind.LOSS, card=USED.id, loss=a_report())


def test_a_second_report_of_the_same_loss_is_added_to_the_first():
    person_ = person_facts(LOST, cases=(FIRST,))
    step = report(person_, speaker=MANAGER, police_reference="5000-K1-26", found=True)
    assert (step.case.id, step.effects) == (FIRST.id, ())
    assert dict(step.case.details)["Även anmält"].endswith(f"av {MARIA_MAIL} (M-1)")
    assert {"Polisanmälan", "Upphittat"} <= set(dict(step.case.details))
    assert (step.case.loss.police, step.case.loss.reported) == ("5000-K1-26", a_report().reported)
    assert step.cards[0].card.police == "5000-K1-26"


def test_a_second_report_without_news_changes_no_card():
    step = report(person_facts(LOST, cases=(replace(FIRST, loss=None),)))
    assert (step.case.loss.sender, step.cards) == (ANNA_MAIL, ())


def test_a_number_that_is_known_is_not_replaced():
    lost = replace(LOST, police="1")
    assert report(person_facts(lost, cases=(FIRST,)), police_reference="2").cards == ()


@pytest.mark.parametrize("values", [{"what": Lost.RESERVE}, {"card_number": "5678"}])
def test_the_loss_of_another_card_is_a_loss_of_its_own(values):
    step = report(person_facts(LOST, LOAN, cases=(FIRST,)), **values)
    assert (step.case.id, step.case.card) == (0, LOAN.id)
    alarm(step)


def test_a_plain_report_makes_an_unclear_one_clear():
    unclear = a_work(
        Kind.LOSS, card=None, loss=a_report(sure=False), details=(("Anmält", "i går"),),
        why=Reason("maybe_loss", "Prov."),
    )  # fmt: skip
    step = report(person_facts(USED, cases=(unclear,)))
    assert (step.case.id, step.case.card, step.case.why.rule) == (unclear.id, USED.id, "loss")
    assert (step.case.loss.sure, step.case.loss.reported) == (True, a_report().reported)
    assert step.case.details[0] == ("Anmält", "i går")
    assert step.cards[0].card.status is Status.LOST
    assert alarm(step).handle == unclear.handle


def test_an_unclear_report_after_an_unclear_one_only_adds_to_it():
    unclear = a_work(Kind.LOSS, card=None, loss=a_report(sure=False))
    step = report(person_facts(USED, cases=(unclear,)), certainty=Certainty.UNCLEAR)
    assert (step.case.id, step.cards) == (unclear.id, ())


# --- protected ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "hidden"),
    [
        (person_facts(USED, record=a_record(protected=True)), False),
        (person_facts(a_card(holder=a_holder(protected=True)), record=None), False),
        (ANNA, True),
    ],
)
def test_a_protected_persons_loss_is_flagged_and_the_manager_told_nothing(found, hidden):
    step = report(found, speaker=MANAGER, hidden=hidden)
    assert step.case.protected
    assert [k for k, _ in said(letters(step))] == ["loss_alert"]
    two = report(found, speaker=MANAGER, hidden=hidden, certainty=Certainty.UNCLEAR)
    assert {k for k, _ in said(letters(two))} == {"loss_alert", "handed_over"}


# --- beside whatever else the mail brings ---------------------------------------------------------


def mailed(*forms, way, loss=None):
    facts = mail_facts(a_mail(*forms), context=the_context(MANAGER))
    cards = CardMail(loss=loss)
    return decide_mail(a_mail(*forms), Fit(way, "test", "Prov."), replace(facts, cards=cards))


LOSS = LossFacts(LossSeen(Certainty.SURE), HOLDER, NIGHT, (ANNA,), acts=True)


def test_a_mail_about_a_loss_is_with_staff():
    decision = mailed(way=Route.LOSS, loss=LOSS)
    assert (decision.outcome, decision.why.rule) == (Outcome.WITH_STAFF, "loss")


def test_a_loss_in_words_beside_a_form_is_seen_to_unless_the_form_says_it_too():
    plain = mailed(a_form(), way=Route.FORMS, loss=LOSS)
    assert [s.case.kind for s in plain.steps] == [Kind.NEW, Kind.LOSS]
    assert plain.outcome is Outcome.WITH_STAFF
    form = a_form(card_status="replaces_lost", card_order=True)
    both = mailed(form, way=Route.FORMS, loss=LOSS)
    assert [s.case.kind for s in both.steps] == [Kind.NEW]


def test_a_route_of_losses_without_one_is_read_by_a_person():
    assert mailed(way=Route.LOSS).outcome is Outcome.WITH_STAFF
    assert MailFacts(the_context(HOLDER)).cards == CardMail()


# --- a form that reports one ----------------------------------------------------------------------


def by_form(found, *, answerable=True, protected=False, **details):
    case = a_case(
        kind=Kind.LOSS, id=CaseId(0), title="Spärra förlorat kort: Anna Öberg, Hemtjänsten Norr",
        details=tuple(details.items()), origin=an_origin(answerable=answerable),
        protected=protected,
    )  # fmt: skip
    return from_form(Step(case), found, a_context(policy=a_policy()))


def test_a_form_that_reports_a_loss_marks_the_card_and_alarms():
    step = by_form(BOTH, Kortnummer="9752 1234", Polisanmälan="5000-K1-26")
    assert (step.case.card, step.cards[0].card.status) == (USED.id, Status.LOST)
    assert step.case.loss.police == "5000-K1-26"
    assert alarm(step).numbers == ("9752 1234",)
    assert said(card_letters(step.cards[0])) == [("loss_advice", (ANNA_MAIL,))]


@pytest.mark.parametrize(
    ("found", "values"),
    [
        (None, {}),
        (person_facts(LOAN), {}),
        (ANNA, {"Kortnummer": "0000"}),
        (ANNA, {"answerable": False}),
        (ANNA, {"protected": True}),
    ],
)
def test_a_form_that_is_not_sure_of_one_card_only_alarms(found, values):
    step = by_form(found, **values)
    assert (step.cards, step.case.card) == ((), None)
    alarm(step)


@pytest.mark.parametrize(
    ("found", "settled"),
    [
        (None, False),
        (person_facts(), False),
        (ANNA, False),
        (person_facts(LOST), False),
        (person_facts(replace(LOST, status=Status.BLOCKED, blocked=TODAY)), True),
        (person_facts(replace(LOST, blocked=TODAY), a_card(id=CardId(9))), False),
    ],
)
def test_a_loss_that_is_blocked_already_is_settled(found, settled):
    assert is_settled(found) is settled
