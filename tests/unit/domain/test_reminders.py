"""Ladders: which rung has been reached, on which working day, each once."""

from datetime import date

import pytest

from bot.domain.calendar import WorkingDays
from bot.domain.card_policy import NAMES, PICKUP, CardPolicy
from bot.domain.reminders import Ladder, Rung, To, climb, day_of, next_day
from tests.builders import days
from tests.card_builders import CLOSED, LADDERS, card_policy, noon

OPEN = WorkingDays(CLOSED)
RESERVE = LADDERS["reserve"]
DUE = date(2026, 12, 18)  # a Friday
RUNG = {r.name: r for r in RESERVE.rungs}


@pytest.mark.parametrize(
    ("rung", "anchor", "day"),
    [
        ("-14", DUE, date(2026, 12, 4)),
        ("-14", date(2026, 12, 20), date(2026, 12, 4)),  # Sunday: the working day before
        ("-3", DUE, date(2026, 12, 15)),
        ("-3", date(2026, 12, 28), date(2026, 12, 23)),  # Christmas Day: the working day before
        ("0", DUE, DUE),
        ("+1", DUE, date(2026, 12, 21)),  # Saturday: the working day after
        ("+5", DUE, date(2026, 12, 29)),  # five working days, none of them closed
        ("+10", DUE, date(2027, 1, 7)),
    ],
)
def test_a_rung_goes_on_a_working_day_before_or_after_its_anchor(rung, anchor, day):
    assert day_of(RUNG[rung], anchor, OPEN) == day


@pytest.mark.parametrize(
    ("today", "climbed", "reached"),
    [
        (date(2026, 12, 3), (), None),
        (date(2026, 12, 4), (), "-14"),
        (date(2026, 12, 4), ("-14",), None),
        (date(2026, 12, 17), ("-14",), "-3"),
        (date(2026, 12, 22), (), "+1"),  # after an outage the highest only
        (date(2026, 12, 22), ("+1",), None),
        (date(2026, 12, 22), ("-14", "a rung of before"), "+1"),
        (date(2027, 2, 1), (), "+10"),
        (date(2027, 2, 1), ("+10",), None),
        (date(2026, 12, 22), ("+5",), None),  # a higher one has gone: nothing lower does
    ],
)
def test_only_the_highest_rung_reached_is_climbed_and_each_once(today, climbed, reached):
    rung = climb(RESERVE, DUE, today, OPEN, climbed=climbed)
    assert (rung.name if rung is not None else None) == reached


def test_a_loan_that_begins_late_is_not_reminded_of_what_is_past():
    begun = DUE - days(10)
    assert climb(RESERVE, DUE, begun, OPEN, after=begun) is None
    assert next_day(RESERVE, DUE, begun, OPEN, after=begun) == date(2026, 12, 15)
    assert climb(RESERVE, DUE, date(2026, 12, 15), OPEN, after=begun).name == "-3"


def test_the_next_day_is_the_next_rungs_and_none_after_the_last():
    assert next_day(RESERVE, DUE, date(2026, 12, 4), OPEN) == date(2026, 12, 15)
    assert next_day(RESERVE, DUE, date(2026, 12, 1), OPEN) == date(2026, 12, 4)
    assert next_day(RESERVE, DUE, date(2027, 1, 7), OPEN) is None


def test_the_shipped_ladders_are_the_domains():
    told = [(r.name, r.to, r.block) for r in RESERVE.rungs]
    assert told == [
        ("-14", (To.HOLDER,), False),
        ("-3", (To.HOLDER,), False),
        ("0", (To.HOLDER,), False),
        ("+1", (To.HOLDER, To.MANAGER), False),
        ("+5", (To.MANAGER,), False),
        ("+10", (To.STAFF, To.SUPERIOR), True),
    ]
    assert set(LADDERS) == set(NAMES)
    assert (RESERVE.source, LADDERS["return"].source) == ("S13", "S7")


def test_the_pickup_ladder_is_made_of_the_days_and_ends_with_the_void():
    ladder = card_policy().ladder(PICKUP)
    assert [(r.name, r.days) for r in ladder.rungs] == [
        ("30", -60), ("60", -30), ("80", -10), ("90", 0)
    ]  # fmt: skip
    assert ladder.rungs[-1].to == (To.HOLDER, To.MANAGER)


def test_a_ladder_that_the_office_has_not_set_up_has_no_rungs():
    assert CardPolicy().ladder("reserve") == Ladder("reserve", ())
    assert climb(Ladder("reserve", ()), DUE, DUE, OPEN) is None
    assert next_day(Ladder("reserve", ()), DUE, DUE, OPEN) is None


def test_a_working_rung_before_its_anchor_counts_calendar_days():
    rung = Rung("x", -2, (To.HOLDER,), working=True)
    assert day_of(rung, date(2026, 12, 21), OPEN) == DUE


@pytest.mark.parametrize(
    ("day", "hour", "may", "chance"),
    [
        (date(2026, 11, 23), 9, True, date(2026, 11, 23)),
        (date(2026, 11, 23), 5, False, date(2026, 11, 23)),  # at six in Stockholm: later today
        (date(2026, 11, 23), 17, False, date(2026, 11, 24)),  # at six in the evening: tomorrow
        (date(2026, 11, 21), 9, False, date(2026, 11, 23)),  # Saturday
        (date(2026, 12, 24), 9, False, date(2026, 12, 28)),
    ],
)
def test_reminders_go_in_office_hours_of_working_days(day, hour, may, chance):
    now = noon(day).replace(hour=hour)
    assert card_policy().may_write(now, OPEN) is may
    assert card_policy().next_chance(now, OPEN) == chance
    opening = card_policy().opening(now, OPEN)
    assert (opening.date(), opening.hour) == (chance, 7)
