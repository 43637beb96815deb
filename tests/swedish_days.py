"""Sweden's days by the words of the law, counted in plain loops: judges the program's. No test.

Shares nothing with the program. Sources: lagen (1989:253) om allmänna helgdagar; semesterlagen
3 a §, which puts the eves of Midsummer, Christmas and New Year beside Sundays; förordningen
(2001:127) om sommartid.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache

ONE = timedelta(days=1)
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6
NONE: frozenset[date] = frozenset()


def easter(year: int) -> date:
    """Return Easter Sunday (Butcher's computation)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, left = divmod(century, 4)
    shift = (century + 8) // 25
    moon = (19 * golden + century - leaps - (century - shift + 1) // 3 + 15) % 30
    week = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def first(weekday: int, day: date) -> date:
    """Return the first *weekday* from *day* on."""
    while day.weekday() != weekday:
        day += ONE
    return day


@lru_cache
def holidays(year: int) -> dict[date, str]:
    """Return every day of *year* on which offices are closed, beside Saturdays and Sundays."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "nyårsdagen",
        date(year, 1, 6): "trettondedag jul",
        sunday - 2 * ONE: "långfredagen",
        sunday: "påskdagen",
        sunday + ONE: "annandag påsk",
        date(year, 5, 1): "första maj",
        sunday + 39 * ONE: "Kristi himmelsfärds dag",
        sunday + 49 * ONE: "pingstdagen",
        date(year, 6, 6): "nationaldagen",
        first(FRIDAY, date(year, 6, 19)): "midsommarafton",
        first(SATURDAY, date(year, 6, 20)): "midsommardagen",
        first(SATURDAY, date(year, 10, 31)): "alla helgons dag",
        date(year, 12, 24): "julafton",
        date(year, 12, 25): "juldagen",
        date(year, 12, 26): "annandag jul",
        date(year, 12, 31): "nyårsafton",
    }


def is_open(day: date, own: Collection[date] = NONE) -> bool:
    """Tell whether an office whose own closed days are *own* works on *day*."""
    if day.weekday() in (SATURDAY, SUNDAY):
        return False
    return day not in holidays(day.year) and day not in own


def open_from(day: date, own: Collection[date] = NONE) -> date:
    """Return the first working day from *day* on."""
    while not is_open(day, own):
        day += ONE
    return day


def open_until(day: date, own: Collection[date] = NONE) -> date:
    """Return the last working day up to *day*."""
    while not is_open(day, own):
        day -= ONE
    return day


def working_days_after(day: date, count: int, own: Collection[date] = NONE) -> date:
    """Return the *count*-th working day after *day*, which is not counted itself."""
    while count:
        day += ONE
        count -= is_open(day, own)
    return day


def three_months_after(day: date) -> date:
    """Return the same day three calendar months on, the month's last where it has no such day."""
    year, month = (day.year, day.month + 3) if day.month <= 9 else (day.year + 1, day.month - 9)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, number))
        except ValueError:
            continue
    raise AssertionError(day)


def summer_time(year: int) -> tuple[datetime, datetime]:
    """Return between which instants, in UTC without a zone, the clocks show summer time."""
    begins, ends = date(year, 3, 25), date(year, 10, 25)  # the earliest last Sundays
    hour = time(1)
    return datetime.combine(first(SUNDAY, begins), hour), datetime.combine(
        first(SUNDAY, ends), hour
    )


def stockholm(instant: str) -> datetime:
    """Return what the clocks in Stockholm show at the ISO instant *instant*, without a zone."""
    aware = datetime.fromisoformat(instant)
    offset = aware.utcoffset()
    assert offset is not None, instant
    utc = aware.replace(tzinfo=None) - offset
    begins, ends = summer_time(utc.year)
    return utc + timedelta(hours=2 if begins <= utc < ends else 1)


def instant(day: date, clock: time) -> str:
    """Return as ISO with offset the instant at which the clocks in Stockholm show *clock*.

    An hour that comes twice is the first of them; one that never comes is counted as winter's.
    """
    shown = datetime.combine(day, clock)
    for hours in (2, 1):
        text = f"{shown.isoformat()}+0{hours}:00"
        if stockholm(text) == shown:
            return text
    return f"{shown.isoformat()}+01:00"
