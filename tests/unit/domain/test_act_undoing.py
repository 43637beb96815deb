"""What can be undone, and what is refused with advice: pure, on what the memory says."""

from dataclasses import replace

import pytest

from bot.domain.cards import Status as CardStatus
from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError, Policy
from bot.domain.effects import SendLetter, WriteRecord
from bot.domain.events import StaffUndone
from bot.domain.following import decide_event
from bot.domain.letters import HandedOver, Letter
from bot.domain.records import Action, Change
from bot.domain.staff_acts import Act, Queued, Standing, Touched, Trail, Via
from bot.domain.values import CardId, CaseId, LetterId
from tests.builders import NOW, a_case, a_record, an_entry, event_facts
from tests.card_builders import a_card

CASE, RECORD = a_case(), a_record()
MADE = Change(Action.MODIFY, an_entry(surname="Ek"), RECORD.entry)
ADDED = Change(Action.ADD, None, RECORD.entry)
STAFF = "eva.ek@jarfalla.example"


def touched(thing, *, made=False):
    return Touched(None if made else thing, thing.id, thing.version)


def write(change, state="sent"):
    return Queued(LetterId(5), WriteRecord(change, "v1"), state, CaseId(7))


def letter(*to):
    return Queued(LetterId(6), SendLetter(Letter(to, HandedOver())), "sent", subject="Hej")


def undo(*rows, cases=((CASE, False),), cards=(), records=(), **values):
    trail = Trail(
        tuple(touched(c, made=m) for c, m in cases), tuple(touched(c, made=m) for c, m in cards),
        tuple(touched(r, made=m) for r, m in records), review=values.pop("review", False),
    )  # fmt: skip
    act = Act(NOW, "eva", Via.MAIL, values.pop("ref", CASE.handle), "staff_done", trail, 1)
    act = replace(act, **values)
    now = Standing(
        act, tuple(c for c, _ in cases), tuple(c for c, _ in cards), tuple(r for r, _ in records),
        rows,
    )  # fmt: skip
    facts = event_facts(CASE, standing=now, policy=Policy(staff=(STAFF,)))
    return decide_event(StaffUndone(CASE.id, 1, "olle"), facts)


@pytest.mark.parametrize(
    ("rows", "values", "says"),
    [
        ((), {"review": True}, "hör till granskningen"),
        ((), {"undone": NOW, "undone_by": "olle"}, "redan ångrat av olle"),
        ((write(MADE),), {}, "på väg"),
        ((write(ADDED),), {"records": ((RECORD, True),)}, "kan inte tas bort"),
        ((write(MADE),), {"records": ((a_record(surname="Al"), False),)}, "någon annan"),
    ],
)  # fmt: skip
def test_what_can_not_be_undone_is_refused_with_advice(rows, values, says):
    with pytest.raises(IllegalStepError, match=says):
        undo(*rows, **values)


def test_what_the_act_opened_is_closed_and_what_is_closed_is_left():
    opened = a_case(id=CaseId(8))
    over = a_case(id=CaseId(9), stage=Stage.CONFIRMED)
    card, gone = a_card(id=CardId(3)), a_card(id=CardId(4), status=CardStatus.CANCELLED)
    decision = undo(
        letter("a@x.example"), cases=((opened, True), (over, True)),
        cards=((card, True), (gone, True)), ref="C-9",
    )  # fmt: skip
    assert [(s.case.id, s.case.stage) for s in decision.steps] == [(8, Stage.REJECTED)]
    assert [(c.card.id, c.card.status) for c in decision.cards] == [(3, CardStatus.CANCELLED)]
    assert len(decision.steps[0].effects) == 1


def test_a_write_that_staff_were_to_make_is_let_be_and_the_record_is_as_before():
    by_hand = a_case(id=CaseId(8), kind=Kind.BY_HAND)
    decision = undo(write(MADE), cases=((CASE, False), (by_hand, True)), records=((RECORD, False),))
    assert decision.records == (RECORD,)
    assert [s.case.stage for s in decision.steps] == [CASE.stage, Stage.REJECTED]
    new = undo(write(ADDED), cases=((by_hand, True),), records=((RECORD, True),))
    assert new.records == ()


def test_the_clerks_own_letters_are_not_corrected():
    assert undo(letter(STAFF)).steps[0].effects == ()
    assert len(undo(letter(STAFF, "a@x.example")).steps[0].effects) == 1


def test_a_letter_goes_with_the_card_that_the_act_was_about():
    card = a_card(id=CardId(3))
    decision = undo(letter("a@x.example"), cards=((card, False),), ref="C-3")
    assert decision.steps[0].effects == ()
    assert len(decision.cards[0].effects) == 1
    alone = undo(letter("a@x.example"), cases=(), cards=((card, False),))
    assert len(alone.cards[0].effects) == 1
    assert undo(cases=()).steps == ()
    first = a_case(id=CaseId(6))
    several = undo(letter("a@x.example"), cases=((first, False), (CASE, False)))
    assert [len(s.effects) for s in several.steps] == [0, 1]
