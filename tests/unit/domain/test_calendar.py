"""Working days, Stockholm's date, calendar months."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkingDays, add_months, add_years, start_of, today

CHRISTMAS = WorkingDays(frozenset({date(2026, 12, 24), date(2026, 12, 25)}))


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 5, 31), 3, date(2026, 8, 31)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(9999, 11, 1), 3, date.max),
    ],
)
def test_months_are_calendar_months_clipped_to_the_months_end(day, months, found):
    assert add_months(day, months) == found


def test_a_leap_day_moves_to_the_28th():
    assert add_years(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert add_years(date(2028, 2, 29), 4) == date(2032, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_a_later_day_is_never_moved_before_an_earlier_one(day, months):
    assert add_months(day, months) <= add_months(day + timedelta(days=1), months)


def test_the_office_is_closed_on_weekends_and_holidays():
    assert CHRISTMAS.is_open(date(2026, 12, 23))
    assert not CHRISTMAS.is_open(date(2026, 12, 24))
    assert not CHRISTMAS.is_open(date(2026, 12, 26))


def test_the_next_and_the_last_working_day_pass_over_closed_days():
    assert CHRISTMAS.on_or_after(date(2026, 12, 24)) == date(2026, 12, 28)
    assert CHRISTMAS.on_or_before(date(2026, 12, 27)) == date(2026, 12, 23)
    assert CHRISTMAS.on_or_after(date(2026, 12, 23)) == date(2026, 12, 23)
    assert CHRISTMAS.on_or_before(date(2026, 12, 23)) == date(2026, 12, 23)


def test_the_date_is_stockholms():
    assert today(datetime(2026, 11, 22, 23, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert today(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)
    assert today(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == date(2026, 7, 1)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_begins_on_itself(day):
    assert today(start_of(day)) == day
    assert today(start_of(day) - timedelta(seconds=1)) == day - timedelta(days=1)
