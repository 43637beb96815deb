"""The gate over cards: nothing about a protected person leaves, whoever knows it first."""

from dataclasses import replace

import pytest

from bot.domain.card_events import CardHandedOut, CardLost, CardOrdered
from bot.domain.card_facts import holder_now, letters_to
from bot.domain.card_letters import LossAlert, Reader, ReserveReminder
from bot.domain.card_life import decide_card
from bot.domain.cards import IdKind, Status
from bot.domain.cases import Kind, Reason, Stage
from bot.domain.chasing import decide_card_day
from bot.domain.decision import CardStep, Decision, Step
from bot.domain.effects import SendLetter
from bot.domain.letters import HandedOver, Letter
from bot.domain.protection import NEUTRAL, TITLE, bare_alert, gate, may_leave
from bot.domain.reminders import To
from bot.domain.triage import Outcome
from tests.builders import ANNA, BO, MARIA_MAIL, NOW, TODAY, a_record, days, person
from tests.card_builders import (
    ANNA_MAIL,
    CHIEF,
    OFFICE,
    a_card,
    a_holder,
    a_loan,
    a_request,
    a_work,
    all_letters,
    an_order_case,
    card_facts,
    said,
)

WHY = Reason("day", "Prov.")
ALARM = LossAlert("K-20", "Anna Öberg", "Norr", "reservkort", "i dag", ANNA_MAIL, ("1",), words="!")
TELLING = SendLetter(
    Letter((MARIA_MAIL,), ReserveReminder("Anna", "", "", TODAY, 0, Reader.HOLDER))
)
SECRET = frozenset({person(ANNA)})
WORK = Step(
    a_work(Kind.CARD_CHECK, title="Anna Öberg", details=(("Kort", "1"),)),
    (SendLetter(Letter((OFFICE,), ALARM)),),
)


def decided(card, **values):
    step = CardStep(card, (TELLING, SendLetter(Letter((OFFICE,), ALARM))), (WORK,))
    return Decision(Outcome.APPLIED, WHY, cards=(step,), **values)


def test_a_card_of_nobody_protected_passes_as_it_is():
    decision = decided(a_loan())
    assert gate(decision, ()) == decision
    assert gate(decision, {person(BO)}) == decision


@pytest.mark.parametrize(
    ("card", "protected"),
    [(a_loan(), SECRET), (a_loan(holder=a_holder(protected=True)), frozenset())],
)
def test_of_a_protected_persons_card_only_the_bare_alarm_leaves(card, protected):
    decision = gate(decided(card), protected)
    [step] = decision.cards
    assert step.card.holder.protected
    assert [e.letter.content for e in step.effects] == [bare_alert(ALARM)]
    work = step.works[0]
    assert (work.case.title, work.case.details, work.case.protected) == (TITLE, (), True)
    assert work.case.why.text == NEUTRAL
    assert [e.letter.content for e in work.effects] == [bare_alert(ALARM)]


def test_a_card_under_a_protected_case_is_covered_by_it():
    card = CardStep(a_loan(holder=a_holder(person=None)), (TELLING,), (WORK,))
    step = Step(a_work(Kind.LOSS, protected=True), cards=(card,))
    gated = gate(Decision(Outcome.APPLIED, WHY, (step,)), ()).steps[0].cards[0]
    assert (gated.card.holder.protected, gated.effects) == (True, ())
    free = Step(a_work(Kind.LOSS, person=None), cards=(card,))
    assert gate(Decision(Outcome.APPLIED, WHY, (free,)), SECRET).steps[0].cards[0].effects


def test_the_bare_alarm_says_that_there_is_one_and_when():
    bare = bare_alert(ALARM)
    assert (bare.handle, bare.what, bare.reported) == ("K-20", "kort", "i dag")
    assert (bare.name, bare.unit, bare.sender, bare.numbers, bare.words) == ("", "", "", (), "")


@pytest.mark.parametrize(
    ("content", "may"),
    [
        (HandedOver(), True),
        (bare_alert(ALARM), True),
        (ALARM, False),
        (TELLING.letter.content, False),
    ],
)
def test_what_may_leave_says_the_same_to_everybody(content, may):
    assert may_leave(Letter((OFFICE,), content)) is may


@pytest.mark.parametrize(
    ("record", "holder"),
    [(a_record(protected=True), a_holder()), (None, a_holder(protected=True))],
)
def test_a_protected_holder_is_never_written_to(record, holder):
    card = a_loan(holder=holder)
    facts = card_facts(card, record=record)
    assert holder_now(card, facts).protected
    everybody = (To.HOLDER, To.MANAGER, To.STAFF, To.SUPERIOR)
    assert letters_to(TELLING.letter.content, everybody, card, facts) == ()


def test_a_letter_goes_once_to_each_and_by_post_to_who_has_no_address():
    card = a_loan(holder=a_holder(mail=None))
    facts = card_facts(card, record=None)
    everybody = (To.HOLDER, To.MANAGER, To.STAFF, To.SUPERIOR, To.MANAGER)
    found = [e.letter for e in letters_to(TELLING.letter.content, everybody, card, facts)]
    assert [(x.to, x.by_post) for x in found] == [
        ((MARIA_MAIL, OFFICE, CHIEF), ""), ((OFFICE,), "Anna Öberg")
    ]  # fmt: skip
    nobody = card_facts(card, record=None, policy=replace(facts.policy, staff=()))
    assert letters_to(TELLING.letter.content, (To.HOLDER,), card, nobody) == ()


HIDDEN = a_record(protected=True)


@pytest.mark.parametrize(
    ("event", "card"),
    [
        (CardOrdered(5, "Eva", TODAY), a_card(status=Status.NEEDED, number="")),
        (CardHandedOut(6, "97525678", IdKind.PASSPORT, "Eva", TODAY), a_request()),
        (CardLost(6, "Eva", TODAY, NOW), a_loan()),
    ],
)
def test_no_step_of_a_protected_persons_card_says_who_it_is(event, card):
    facts = card_facts(card, record=HIDDEN, order=an_order_case(stage=Stage.STAFF))
    decision = gate(decide_card(event, facts), SECRET)
    assert {k for k, _ in said(all_letters(decision))} <= {"loss_alert"}
    assert all(may_leave(x) for x in all_letters(decision))
    works = [w.case for s in decision.cards for w in s.works]
    assert all((c.title, c.details) == (TITLE, ()) for c in works)


@pytest.mark.parametrize("ahead", [4, 11, 25, 28, 45])
def test_no_day_of_a_protected_persons_card_writes_a_letter(ahead):
    facts = card_facts(a_loan(), record=HIDDEN, today=TODAY + days(ahead))
    step = decide_card_day(a_loan(), facts, may_write=True)
    decision = gate(Decision(Outcome.APPLIED, WHY, cards=(step,)), SECRET)
    assert all_letters(decision) == []
