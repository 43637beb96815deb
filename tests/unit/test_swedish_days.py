"""The judge of the program's calendar is right itself, and the program agrees with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.bootstrap.policies import working_days
from tests import swedish_days as law

_CLOSED = """
2026-01-01 2026-01-06 2026-04-03 2026-04-05 2026-04-06 2026-05-01 2026-05-14 2026-05-24 2026-06-06
2026-06-19 2026-06-20 2026-10-31 2026-12-24 2026-12-25 2026-12-26 2026-12-31
2027-01-01 2027-01-06 2027-03-26 2027-03-28 2027-03-29 2027-05-01 2027-05-06 2027-05-16 2027-06-06
2027-06-25 2027-06-26 2027-11-06 2027-12-24 2027-12-25 2027-12-26 2027-12-31
2028-01-01 2028-01-06 2028-04-14 2028-04-16 2028-04-17 2028-05-01 2028-05-25 2028-06-04 2028-06-06
2028-06-23 2028-06-24 2028-11-04 2028-12-24 2028-12-25 2028-12-26 2028-12-31
"""
_OPEN = """
2026-01-02 2026-01-05 2026-04-02 2026-04-30 2026-05-15 2026-05-25 2026-06-05 2026-06-18 2026-10-30
2026-12-23 2026-12-28 2026-12-30 2027-02-26 2027-06-24 2027-12-23 2027-12-27 2028-01-03 2028-02-29
2028-04-13 2028-06-05 2028-06-22 2028-11-03
"""
CLOSED, OPEN = _CLOSED.split(), _OPEN.split()
MOVED = (
    ("2026-06-19", "2026-06-18", "2026-06-22"),
    ("2026-12-24", "2026-12-23", "2026-12-28"),
    ("2026-04-05", "2026-04-02", "2026-04-07"),
    ("2027-02-28", "2027-02-26", "2027-03-01"),
    ("2027-12-31", "2027-12-30", "2028-01-03"),
    ("2028-04-30", "2028-04-28", "2028-05-02"),
)
MONTHS = (
    ("2026-05-31", "2026-08-31"), ("2026-01-31", "2026-04-30"), ("2026-11-28", "2027-02-28"),
    ("2026-11-29", "2027-02-28"), ("2026-11-30", "2027-02-28"), ("2027-11-28", "2028-02-28"),
    ("2027-11-29", "2028-02-29"), ("2027-11-30", "2028-02-29"), ("2027-12-01", "2028-03-01"),
    ("2028-02-29", "2028-05-29"), ("2026-09-30", "2026-12-30"), ("2026-10-31", "2027-01-31"),
)  # fmt: skip
COUNTED = (
    ("2026-04-30", 1, "2026-05-04"), ("2026-04-30", 5, "2026-05-08"),
    ("2026-06-18", 5, "2026-06-26"), ("2026-12-23", 5, "2027-01-05"),
    ("2026-12-23", 10, "2027-01-13"), ("2028-02-28", 2, "2028-03-01"),
    ("2028-04-13", 10, "2028-05-02"), ("2026-03-27", 5, "2026-04-07"),
)  # fmt: skip
CLOCKS = (
    ("2026-03-29T00:59:59+00:00", "2026-03-29T01:59:59"),
    ("2026-03-29T01:00:00+00:00", "2026-03-29T03:00:00"),
    ("2026-10-25T00:59:59+00:00", "2026-10-25T02:59:59"),
    ("2026-10-25T01:00:00+00:00", "2026-10-25T02:00:00"),
    ("2027-10-31T12:00:00+00:00", "2027-10-31T13:00:00"),
    ("2028-03-26T12:00:00+00:00", "2028-03-26T14:00:00"),
    ("2026-07-01T23:30:00+00:00", "2026-07-02T01:30:00"),
)


@pytest.mark.parametrize("day", CLOSED)
def test_the_law_closes_the_day(day: str) -> None:
    assert not law.is_open(date.fromisoformat(day))
    assert date.fromisoformat(day) in law.holidays(int(day[:4]))


@pytest.mark.parametrize("day", OPEN)
def test_the_law_leaves_the_day_open(day: str) -> None:
    assert law.is_open(date.fromisoformat(day))


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_year_has_its_holidays_and_no_more(year: int) -> None:
    written = {date.fromisoformat(day) for day in CLOSED if day.startswith(str(year))}
    assert set(law.holidays(year)) == written


@pytest.mark.parametrize(("day", "before", "after"), MOVED)
def test_a_closed_day_has_working_days_around_it(day: str, before: str, after: str) -> None:
    assert law.open_until(date.fromisoformat(day)).isoformat() == before
    assert law.open_from(date.fromisoformat(day)).isoformat() == after


@pytest.mark.parametrize(("day", "later"), MONTHS)
def test_three_months_are_calendar_months(day: str, later: str) -> None:
    assert law.three_months_after(date.fromisoformat(day)).isoformat() == later


@pytest.mark.parametrize(("day", "count", "later"), COUNTED)
def test_working_days_are_counted_from_the_day_after(day: str, count: int, later: str) -> None:
    assert law.working_days_after(date.fromisoformat(day), count).isoformat() == later


@pytest.mark.parametrize(("utc", "shown"), CLOCKS)
def test_the_clocks_change_on_the_last_sundays(utc: str, shown: str) -> None:
    found = law.stockholm(utc)
    assert found.isoformat() == shown
    assert law.stockholm(law.instant(found.date(), found.time())) == found


def test_own_closed_days_count_as_closed() -> None:
    own = {date(2026, 5, 15)}
    assert not law.is_open(date(2026, 5, 15), own)
    assert law.open_from(date(2026, 5, 14), own) == date(2026, 5, 18)
    assert law.working_days_after(date(2026, 5, 13), 1, own) == date(2026, 5, 18)


def test_the_program_works_on_the_days_of_the_law() -> None:
    own = (date(2026, 5, 15), date(2028, 6, 5))
    office, day = working_days(2027, own), date(2026, 1, 1)
    while day < date(2031, 1, 1):
        assert office.is_open(day) == law.is_open(day, own), day
        day += timedelta(days=1)
