"""Days as the office counts them: working days, months, Stockholm's date. Reads no clock."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The office's calendar: weekdays that are not in *closed* (holidays and own closed days)."""

    closed: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Tell whether the office works on *day*."""
        return day.weekday() < _SATURDAY and day not in self.closed

    def on_or_after(self, day: date) -> date:
        """Return the first working day from *day* on."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """Return the last working day up to *day*."""
        while not self.is_open(day):
            day -= timedelta(days=1)
        return day

    def after(self, day: date, count: int) -> date:
        """Return the working day that comes *count* working days after *day*."""
        for _ in range(count):
            day = self.on_or_after(day + timedelta(days=1))
        return day


def today(now: datetime) -> date:
    """Return the date in Stockholm at the instant *now*."""
    return now.astimezone(STOCKHOLM).date()


def start_of(day: date) -> datetime:
    """Return the instant at which *day* begins in Stockholm."""
    return datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)


def add_months(day: date, count: int) -> date:
    """Return *day* moved by calendar months, clipped to the month's end (31 May + 3 = 31 Aug).

    What would fall after the last day that a date can hold becomes that day.
    """
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def add_years(day: date, count: int) -> date:
    """Return *day* moved by whole years (29 February becomes 28 February)."""
    return add_months(day, 12 * count)
