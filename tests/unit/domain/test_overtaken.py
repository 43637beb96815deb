"""Just before a letter goes: whether it is true still, and what it counts on that day."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import card_letters as say
from bot.domain.cards import Climbed, Status
from bot.domain.letters import HandedOver, Letter
from bot.domain.overtaken import as_of, still_true
from tests.builders import MARIA_MAIL, TODAY, days
from tests.card_builders import ANNA_MAIL, OFFICE, a_card, a_loan, a_request, card_facts

DUE = date(2026, 12, 18)  # a Friday
LOAN, USED = a_loan(receipt=TODAY), a_card()
BACK = a_card(status=Status.TO_RETURN, due=DUE, why="Anställningen upphör.")
INFORMED = a_card(status=Status.INFORMED, informed=TODAY, number="")


def with_rungs(card, ladder, anchor, *names):
    marks = tuple(Climbed(ladder, name, TODAY, anchor) for name in names)
    return replace(card, rungs=(*card.rungs, *marks))


OVERDUE = replace(LOAN, status=Status.OVERDUE)
REMINDER = say.ReserveReminder("A", "E", "1", DUE, 1, say.Reader.HOLDER)
STUCK = say.Escalation("A", "E", "1", DUE, 10, MARIA_MAIL)
EXPIRING = say.CardExpiring("A", "E", "1", DUE, 30)
UNFETCHED = say.CardReminder("A", TODAY, DUE, 30)
ADVICE = say.LossAdvice("A", "kort", say.Reader.HOLDER, reminder=True)
NAG = say.ReceiptForm("A", "1", DUE, "C-6", "kvittens.pdf", TODAY, nag=True)
LOST = a_loan(status=Status.LOST, lost=TODAY)


@pytest.mark.parametrize(
    ("content", "true", "untrue"),
    [
        (REMINDER, OVERDUE, replace(LOAN, status=Status.RETURNED)),
        (REMINDER, OVERDUE, replace(OVERDUE, paused=TODAY)),
        (REMINDER, OVERDUE, replace(OVERDUE, due=TODAY)),
        (STUCK, OVERDUE, replace(OVERDUE, status=Status.BLOCKED)),
        (replace(STUCK, reserve=False), BACK, replace(BACK, status=Status.RETURNED)),
        (say.CardBack("A", "E", "1", DUE, 1, say.Reader.HOLDER, ""), BACK, replace(BACK, paused=TODAY)),
        (EXPIRING, replace(USED, expires=DUE), replace(USED, expires=DUE, paused=TODAY)),
        (EXPIRING, replace(USED, expires=DUE), replace(BACK, expires=DUE)),
        (EXPIRING, replace(USED, expires=DUE), replace(USED, expires=TODAY)),
        (say.Booking("A", "g", 90, DUE), replace(INFORMED, status=Status.ORDERED), replace(INFORMED, status=Status.CANCELLED)),
        (UNFETCHED, INFORMED, USED),
        (replace(UNFETCHED, lapsed=True), replace(INFORMED, status=Status.CANCELLED), USED),
        (say.Appointment("A", "E", (), 3), a_request(), LOAN),
        (say.ExtensionAsked("A", "E", "1", DUE, DUE), replace(LOAN, wish=DUE), LOAN),
        (NAG, a_loan(), LOAN),
        (ADVICE, LOST, replace(LOST, police="5000-K1-26")),
        (ADVICE, LOST, LOAN),
    ],
)  # fmt: skip
def test_a_letter_that_is_not_true_any_more_does_not_go(content, true, untrue):
    letter = Letter((ANNA_MAIL,), content)
    assert still_true(letter, card_facts(true))
    assert not still_true(letter, card_facts(untrue))


def test_what_speaks_of_no_standing_is_always_true():
    assert still_true(Letter((OFFICE,), HandedOver()), card_facts(None))
    assert still_true(Letter((OFFICE,), replace(NAG, nag=False)), card_facts(LOAN))


@pytest.mark.parametrize(
    ("card", "rung", "today", "goes"),
    [
        (with_rungs(LOAN, "reserve", DUE, "-14"), "-14", date(2026, 12, 4), True),
        (with_rungs(LOAN, "reserve", DUE, "-14"), "-14", date(2026, 12, 15), False),
        (with_rungs(LOAN, "reserve", DUE, "-14", "-3"), "-14", date(2026, 12, 15), False),
        (LOAN, "-14", date(2026, 12, 15), True),
    ],
)
def test_a_rung_that_a_later_one_has_passed_does_not_go(card, rung, today, goes):
    letter = Letter((ANNA_MAIL,), REMINDER, rung=rung)
    assert still_true(letter, card_facts(card, today=today)) is goes


def test_the_escalation_of_an_ordinary_card_is_of_its_own_ladder():
    card = with_rungs(BACK, "return", DUE, "+10")
    letter = Letter((OFFICE,), replace(STUCK, reserve=False), rung="+10")
    assert still_true(letter, card_facts(card, today=date(2027, 1, 7)))


@pytest.mark.parametrize(
    ("content", "field", "count"),
    [
        (REMINDER, "days", 3),
        (STUCK, "days", 3),
        (EXPIRING, "days", -3),
        (UNFETCHED, "days_left", 0),
        (say.Booking("A", "g", 90, DUE), "void_on", DUE + days(93)),
    ],
)
def test_a_letter_counts_its_days_when_it_is_written(content, field, count):
    assert getattr(as_of(content, DUE + days(3)), field) == count
    assert as_of(NAG, DUE) == NAG
