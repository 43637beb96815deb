"""When the quarter's letters go: quiet times, send days, preview days, over weekends and holidays."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.calendar import WorkingDays
from bot.domain.review_policy import ReviewPolicy
from tests.review_builders import DAYS

RULES = ReviewPolicy()


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 6, 14), False),
        (date(2026, 6, 15), True),
        (date(2026, 7, 10), True),
        (date(2026, 8, 20), True),
        (date(2026, 8, 21), False),
        (date(2026, 12, 14), False),
        (date(2026, 12, 15), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 10), True),
        (date(2027, 1, 11), False),
    ],
)
def test_no_review_mail_in_summer_nor_over_new_year(day, quiet):
    assert RULES.is_quiet(day) is quiet


def test_an_office_without_quiet_times_may_always_write():
    rules = replace(RULES, quiet=())
    assert not rules.is_quiet(date(2026, 12, 27))
    assert rules.open_from(date(2026, 12, 28), DAYS) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),  # Saturday
        (date(2026, 12, 15), date(2027, 1, 11)),  # over New Year
        (date(2026, 12, 13), date(2026, 12, 14)),  # Sunday: the last day before the quiet time
        (date(2026, 6, 15), date(2026, 8, 21)),
        (date(2026, 8, 21), date(2026, 8, 21)),
    ],
)
def test_a_letter_waits_for_a_working_day_outside_the_quiet_times(day, opens):
    assert RULES.open_from(day, DAYS) == opens


def test_the_first_day_after_a_quiet_time_that_is_closed_is_passed_over():
    closed = WorkingDays(frozenset({date(2027, 1, 11), date(2027, 1, 12)}))
    assert RULES.open_from(date(2026, 12, 20), closed) == date(2027, 1, 13)


@pytest.mark.parametrize(
    ("year", "month", "sends", "shows"),
    [
        (2026, 2, date(2026, 2, 23), date(2026, 2, 20)),  # the 22nd is a Sunday
        (2026, 5, date(2026, 5, 22), date(2026, 5, 21)),
        (2026, 8, date(2026, 8, 24), date(2026, 8, 21)),  # Saturday
        (2026, 11, date(2026, 11, 23), date(2026, 11, 20)),
        (2027, 11, date(2027, 11, 22), date(2027, 11, 19)),  # a Monday: shown on Friday
    ],
)
def test_letters_go_on_the_first_working_day_and_are_shown_on_the_one_before(
    year, month, sends, shows
):
    assert RULES.send_day(year, month, DAYS) == sends
    assert RULES.preview_day(year, month, DAYS) == shows


def test_a_quarter_in_a_quiet_time_goes_on_the_first_day_after_it():
    rules = replace(RULES, months=(12,), day=22)
    assert rules.send_day(2026, 12, DAYS) == date(2027, 1, 11)
    assert rules.preview_day(2026, 12, DAYS) == date(2027, 1, 8)


def test_the_preview_counts_back_over_holidays():
    closed = WorkingDays(frozenset({date(2026, 11, 20), date(2026, 11, 19)}))
    assert RULES.preview_day(2026, 11, closed) == date(2026, 11, 18)
    assert replace(RULES, preview_days=0).preview_day(2026, 11, closed) == date(2026, 11, 23)
    assert replace(RULES, preview_days=3).preview_day(2026, 11, closed) == date(2026, 11, 16)
