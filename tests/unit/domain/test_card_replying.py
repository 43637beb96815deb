"""Replies to letters about cards: "redan lämnat", "förläng", yes, no, the police's number."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.card_letters import ExtensionAnswered, ExtensionAsked, LossAlert, Reader
from bot.domain.card_mail import CardMail, ReplyToLetter, Speaker
from bot.domain.card_replying import decide_card_reply
from bot.domain.card_works import SAID_BACK
from bot.domain.cards import Status
from bot.domain.cases import Kind, Reason, Stage
from bot.domain.chasing import DOUBTFUL
from bot.domain.incoming import decide_mail
from bot.domain.reports import CardReply, CardSaid, CardWord
from bot.domain.triage import Fit, Outcome, Route
from bot.domain.values import CaseId
from tests.builders import (
    MARIA_MAIL,
    TODAY,
    a_context,
    a_mail,
    a_record,
    an_origin,
    days,
    mail_facts,
)
from tests.card_builders import (
    ANNA_MAIL,
    OFFICE,
    a_card,
    a_holder,
    a_loan,
    a_policy,
    a_report,
    a_request,
    a_work,
    card_facts,
    card_letters,
    one_card,
    said,
    works,
)

LOAN = a_loan(receipt=TODAY)
DUE, CAP, WISH = date(2026, 12, 18), date(2027, 2, 9), date(2027, 1, 15)
WISHED = replace(LOAN, wish=WISH)
BACK, EXTEND, YES, NO, POLICE = CardWord
HOLDER, MANAGER, STAFF, STRANGER = Speaker
SENDER = {HOLDER: ANNA_MAIL, MANAGER: MARIA_MAIL, STAFF: OFFICE, STRANGER: "x@annan.example"}
NUMBER = "5000-K1234-26"


def context(speaker):
    return a_context(policy=a_policy(), origin=an_origin(sender=SENDER[speaker]))


def reply(card, *words, speaker=HOLDER, unread=(), kind="reserve_reminder", until=WISH, **facts):
    said_ = tuple(w if isinstance(w, CardSaid) else CardSaid(w) for w in words)
    seen = ReplyToLetter(
        card_facts(card, **facts), speaker, CardReply(said_, unread), kind, until
    )  # fmt: skip
    return decide_card_reply(seen, context(speaker))


def on(word, day):
    return CardSaid(word, day)


# --- "redan lämnat" -------------------------------------------------------------------------------


@pytest.mark.parametrize("speaker", [HOLDER, MANAGER, STAFF])
@pytest.mark.parametrize(
    "card",
    [
        LOAN,
        replace(LOAN, status=Status.OVERDUE),
        a_card(status=Status.TO_RETURN, due=DUE),
        a_card(),
    ],
)
def test_redan_lamnat_pauses_the_chase_until_staff_have_looked(card, speaker):
    step = one_card(reply(card, on(BACK, TODAY - days(1)), speaker=speaker))
    assert (step.card.status, step.card.paused, step.card.wish) == (card.status, TODAY, None)
    [check] = step.works
    assert (check.case.kind, check.case.why.rule) == (Kind.CARD_CHECK, SAID_BACK)
    assert "lämnat 2026-11-22 (M-1)" in check.case.why.text
    assert said(card_letters(step)) == [("reply_noted", (SENDER[speaker],))]


@pytest.mark.parametrize("status", [Status.RETURNED, Status.DEREGISTERED])
def test_what_is_back_already_needs_no_second_look(status):
    decision = reply(replace(LOAN, status=status), BACK)
    assert (one_card(decision).works, decision.why.text) == (
        (), "Kortet är redan registrerat som återlämnat."
    )  # fmt: skip


@pytest.mark.parametrize("status", [Status.LOST, Status.BLOCKED, Status.APPROVED, Status.ORDERED])
def test_redan_lamnat_of_a_card_that_is_not_out_is_read_by_a_clerk(status):
    assert reply(replace(LOAN, status=status), BACK) is None


def test_no_it_is_back_is_no_answer_to_the_wish():
    step = one_card(reply(WISHED, NO, BACK, speaker=MANAGER))
    assert (step.card.paused, step.card.wish) == (TODAY, None)
    assert [k for k, _ in said(card_letters(step))] == ["reply_noted"]


def test_back_of_a_protected_person_is_looked_at_and_not_answered():
    step = one_card(reply(replace(LOAN, holder=a_holder(protected=True)), BACK))
    assert (step.effects, step.works[0].case.protected) == ((), True)


def test_an_extra_check_does_not_take_the_place_of_another_question():
    other = a_work(Kind.CARD_CHECK, why=Reason("has_reserve_card", "Prov."))
    step = one_card(reply(LOAN, BACK, works=(other,)))
    assert step.works[0].case.id == 0
    same = a_work(Kind.CARD_CHECK, why=Reason(SAID_BACK, "Prov."))
    assert one_card(reply(LOAN, BACK, works=(same,))).works[0].case.id == same.id


# --- "förläng" ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "until", "wanted"),
    [
        (WISH, WISH, None),
        (date(2027, 1, 17), WISH, None),  # a Sunday: the working day before
        (None, CAP, None),
        (date(2027, 5, 1), CAP, date(2027, 5, 1)),  # more than the rules give
    ],
)
def test_the_holders_wish_goes_to_the_manager_within_the_cap(day, until, wanted):
    step = one_card(reply(LOAN, on(EXTEND, day)))
    assert (step.card.wish, step.card.due) == (until, DUE)
    [letter] = card_letters(step)
    assert letter.to == (MARIA_MAIL,)
    assert letter.content == ExtensionAsked(
        "Anna Öberg", "Hemtjänsten Norr", "9752 5678", DUE, until, wanted
    )


@pytest.mark.parametrize(
    ("card", "day", "why"),
    [
        (replace(LOAN, extensions=2), WISH, "redan förlängts 2 gånger"),
        (replace(LOAN, due=CAP), None, "högst tre månader"),
        (LOAN, DUE, "redan utlånat till 2026-12-18"),
        (LOAN, TODAY, "redan utlånat till 2026-12-18"),
    ],
)
def test_a_wish_that_the_rules_forbid_is_answered_with_the_reason(card, day, why):
    step = one_card(reply(card, on(EXTEND, day)))
    assert (step.card, len(card_letters(step))) == (card, 1)
    letter = card_letters(step)[0]
    assert (letter.to, letter.content.granted, why in letter.content.why) == (
        (ANNA_MAIL,), False, True
    )  # fmt: skip


@pytest.mark.parametrize("speaker", [MANAGER, STAFF])
def test_who_may_say_so_extends_at_once_and_both_are_told(speaker):
    block = a_work(Kind.BLOCK)
    decision = reply(LOAN, on(EXTEND, WISH), speaker=speaker, works=(block,))
    step = one_card(decision)
    assert (step.card.due, step.card.extensions) == (WISH, 1)
    assert said(card_letters(step)) == [
        ("extension", (ANNA_MAIL,)), ("extension", (SENDER[speaker],))
    ]  # fmt: skip
    assert card_letters(step)[1].content.reader is Reader.MANAGER
    assert works(step) == [(Kind.BLOCK, Stage.CONFIRMED)]


@pytest.mark.parametrize(
    ("card", "day"),
    [
        (LOAN, CAP + days(1)),
        (replace(LOAN, extensions=2), WISH),
        (LOAN, DUE),
        (replace(LOAN, due=CAP), None),
    ],
)
def test_no_yes_exceeds_the_cap(card, day):
    step = one_card(reply(card, on(EXTEND, day), speaker=MANAGER))
    assert step.card == card
    [letter] = card_letters(step)
    assert isinstance(letter.content, ExtensionAnswered)
    assert (letter.content.granted, letter.content.reader) == (False, Reader.MANAGER)


@pytest.mark.parametrize(
    ("card", "facts"),
    [
        (replace(LOAN, status=Status.RETURNED), {}),
        (replace(LOAN, due=None), {}),
        (a_card(), {}),
        (a_request(), {}),
        (replace(LOAN, holder=a_holder(manager_mail="")), {"manager": ""}),  # nobody to ask
        (replace(LOAN, holder=a_holder(protected=True)), {}),
    ],
)
def test_a_wish_that_can_not_be_asked_about_is_read_by_a_clerk(card, facts):
    assert reply(card, on(EXTEND, WISH), **facts) is None


def test_an_extension_of_what_is_not_lent_is_read_by_a_clerk():
    assert reply(replace(LOAN, status=Status.RETURNED), EXTEND, speaker=MANAGER) is None


# --- yes and no -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "due"), [(None, WISH), (date(2027, 1, 8), date(2027, 1, 8))])
def test_the_managers_yes_gives_what_was_asked_or_what_it_says(day, due):
    step = one_card(reply(WISHED, on(YES, day), speaker=MANAGER))
    assert (step.card.due, step.card.wish) == (due, None)


def test_a_yes_that_the_rules_forbid_by_now_ends_the_wish_and_both_are_told():
    ends = a_record(valid_until=date(2027, 1, 8))
    step = one_card(reply(WISHED, YES, speaker=MANAGER, record=ends))
    assert (step.card.wish, step.card.due) == (None, DUE)
    told = card_letters(step)
    assert [(x.to, x.content.granted, x.content.reader) for x in told] == [
        ((MARIA_MAIL,), False, Reader.MANAGER), ((ANNA_MAIL,), False, Reader.HOLDER)
    ]  # fmt: skip


def test_the_managers_no_is_told_to_the_holder():
    step = one_card(reply(WISHED, NO, speaker=MANAGER))
    assert (step.card.wish, step.card.due) == (None, DUE)
    [letter] = card_letters(step)
    assert (letter.to, letter.content.granted) == ((ANNA_MAIL,), False)


@pytest.mark.parametrize(
    ("card", "word", "speaker", "until"),
    [
        (WISHED, YES, HOLDER, WISH),  # nobody grants his own wish
        (WISHED, NO, HOLDER, WISH),
        (LOAN, YES, MANAGER, WISH),  # no wish is open
        (LOAN, NO, MANAGER, WISH),
        (WISHED, YES, MANAGER, None),  # an answer to another letter
        (WISHED, YES, MANAGER, CAP),  # an answer to an older wish
    ],
)
def test_a_yes_or_no_to_nothing_that_was_asked_is_read_by_a_clerk(card, word, speaker, until):
    assert reply(card, word, speaker=speaker, until=until) is None


# --- the police report ----------------------------------------------------------------------------


def test_the_number_of_the_police_report_is_noted_everywhere():
    lost = replace(LOAN, status=Status.LOST, lost=TODAY)
    loss = a_work(Kind.LOSS, loss=a_report())
    police, bare = a_work(Kind.POLICE, id=CaseId(21)), a_work(Kind.LOSS, id=CaseId(22))
    number = CardSaid(POLICE, text=NUMBER)
    step = one_card(reply(lost, number, works=(loss, police, bare)))
    assert (step.card.police, step.card.next_on) == (NUMBER, None)
    assert works(step) == [(Kind.POLICE, Stage.CONFIRMED), (Kind.LOSS, Stage.STAFF)]
    assert step.works[1].case.loss.police == NUMBER
    assert ("Polisanmälan", NUMBER) in step.works[1].case.details


def test_a_police_report_about_a_card_that_nobody_has_lost_is_an_alarm():
    step = one_card(reply(LOAN, CardSaid(POLICE, text=NUMBER)))
    assert step.card.status is Status.HANDED_OUT
    [work] = step.works
    assert (work.case.kind, work.case.loss.sure, work.case.loss.police) == (
        Kind.LOSS,
        False,
        NUMBER,
    )
    [alarm] = card_letters(step)
    assert isinstance(alarm.content, LossAlert)
    assert (alarm.to, alarm.content.unclear) == ((OFFICE,), True)
    assert one_card(reply(a_card(number=""), CardSaid(POLICE, text=NUMBER))).works


def test_a_number_for_a_loss_whose_card_is_not_known_is_noted_on_the_case():
    loss = a_work(Kind.LOSS, card=None, loss=a_report())
    number = CardSaid(POLICE, text=NUMBER)
    decision = reply(None, number, order=loss)
    assert decision.steps[0].case.loss.police == NUMBER
    for nothing in (
        reply(None, number),
        reply(None, number, order=replace(loss, loss=None)),
        reply(None, BACK, order=loss),
        reply(None, number, YES, order=loss),
        reply(None, number, order=loss, unread=("ring mig",)),
        reply(None, number, order=loss, speaker=STRANGER),
    ):
        assert nothing is None


# --- what is not understood whole -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "speaker", "unread"),
    [
        ((), HOLDER, ()),
        ((BACK,), HOLDER, ("men inte väskan",)),
        ((BACK,), STRANGER, ()),
        ((BACK, on(EXTEND, WISH), YES), MANAGER, ("?",)),
    ],
)
def test_what_is_not_understood_whole_is_not_acted_on(words, speaker, unread):
    assert reply(LOAN, *words, speaker=speaker, unread=unread) is None


def test_two_things_that_are_both_understood_are_both_done():
    decision = reply(replace(LOAN, lost=TODAY, receipt=TODAY), BACK, CardSaid(POLICE, text=NUMBER))
    step = one_card(decision)
    assert (step.card.paused, step.card.police) == (TODAY, NUMBER)
    assert decision.why.text == (
        "Kortet sägs vara lämnat; handläggare ser efter. Polisanmälans nummer är noterat."
    )


def test_a_reply_that_the_core_leaves_goes_to_a_clerk():
    seen = ReplyToLetter(card_facts(LOAN), HOLDER, CardReply(), "reserve_reminder")
    facts = replace(mail_facts(a_mail(), context=context(HOLDER)), cards=CardMail(reply=seen))
    decision = decide_mail(a_mail(), Fit(Route.CARD, "card", "Svar om ett kort."), facts)
    assert (decision.outcome, decision.steps[0].case.kind) == (Outcome.WITH_STAFF, Kind.MAIL)
    good = replace(seen, reply=CardReply((CardSaid(BACK),)))
    facts = replace(facts, cards=CardMail(reply=good))
    decision = decide_mail(a_mail(), Fit(Route.CARD, "card", "Svar om ett kort."), facts)
    assert decision.outcome is Outcome.APPLIED


def test_without_an_address_to_answer_nothing_is_answered():
    seen = ReplyToLetter(card_facts(LOAN), HOLDER, CardReply((CardSaid(BACK),)), "reserve_reminder")
    decision = decide_card_reply(seen, a_context(origin=an_origin(sender="")))
    assert one_card(decision).effects == ()


# --- a clerk's word on a doubtful receipt ---------------------------------------------------------

DOUBT = a_work(Kind.RECEIPT, why=Reason(DOUBTFUL, "Prov."))


def test_a_clerks_yes_takes_the_receipt_and_a_no_asks_for_a_new_one():
    loan = a_loan()
    yes = one_card(reply(loan, YES, speaker=STAFF, kind="receipt_form", works=(DOUBT,)))
    assert (yes.card.receipt, works(yes)) == (TODAY, [(Kind.RECEIPT, Stage.CONFIRMED)])
    no = one_card(reply(loan, NO, speaker=STAFF, kind="receipt_form", works=(DOUBT,)))
    assert (no.card.receipt, works(no)) == (None, [(Kind.RECEIPT, Stage.STAFF)])
    assert no.works[0].case.why.rule == "receipt_refused"


@pytest.mark.parametrize(
    ("words", "speaker", "open_"),
    [
        ((YES,), HOLDER, (DOUBT,)),
        ((YES, NO), STAFF, (DOUBT,)),
        ((BACK,), STAFF, (DOUBT,)),
        ((YES,), STAFF, ()),
        ((YES,), STAFF, (a_work(Kind.CARD_CHECK),)),  # an answer to the receipt to be printed
        ((YES,), STAFF, (a_work(Kind.RECEIPT),)),  # nothing has come in yet
    ],
)
def test_a_receipt_that_nobody_doubts_is_not_settled_by_a_word(words, speaker, open_):
    assert reply(a_loan(), *words, speaker=speaker, kind="receipt_form", works=open_) is None
