"""Days in replies to review letters: exact ones, and those that only tell before from after.

What could mean two days is none: a month, a season, the last Friday but one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from parsers.answers.review_day_forms import (
    DAY,
    ENGLISH_DAYS,
    KINDS,
    MONTH,
    MONTHS,
    WEEKDAYS,
    YEAR,
)

_LAST = 99  # the last day of whatever month
_FAR = 270  # days: said so long after, or before, it is a slip of the year or of the tense
_NEAR = 120


__all__ = ["DAY", "Day", "Settled", "day_of", "settled"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: *day* alone, with *month*, with *year*; or only a sense of time."""

    day: int = 0
    month: int = 0
    year: int = 0
    fixed: date | None = None
    sense: int = 0  # of what is no exact day: -1 behind, 1 ahead, 0 not said
    weekday: int | None = None  # the day of the week that is named beside the date
    bad: int = 0  # the tense in which it can't be said: "slutade i december", of November


@dataclass(frozen=True, slots=True)
class Settled:
    """What a day comes to: the date where it is one, *sense* -1 before today, 1 from today on."""

    on: date | None = None
    sense: int = 0
    doubtful: bool = False  # it fits no tense


def day_of(found: re.Match[str], today: date) -> Day | None:
    """Return the day that a match of `DAY` means, None for no day of the calendar."""
    kind = next(k for k in KINDS if found[k] is not None)
    if kind in _EXACT:
        exact = _exact(kind, found)
        if exact is None or not found["named"]:
            return exact
        return replace(exact, weekday=_place(found["named"].casefold()))
    if kind in _OFFSETS:
        return Day(fixed=today + timedelta(days=_OFFSETS[kind]))
    if kind == "fromnow":
        number, unit = found["n1"] or found["n2"], found["u1"] or found["u2"]
        count = int(number) if number.isdigit() else _WORDS.get(number.casefold(), 0)
        days = count * (7 if unit.startswith("veck") else 1)
        return Day(fixed=today + timedelta(days=days)) if days else Day(sense=1)
    if kind in ("lastone", "nextone"):
        return _beside(kind, found, today)
    if kind == "next" and _weekday(kind, found, today) - today == timedelta(days=7):
        return Day(sense=1)  # said on a Friday: which Friday?
    if kind in ("past", "last", "next", "nextweek"):
        return Day(fixed=_weekday(kind, found, today))
    return _vague(kind, found, today)


_EXACT = frozenset({"iso", "eight", "six", "slash", "dots", "dot", "name", "english", "day", "ath"})
_OFFSETS = {"beforelast": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "twodays": 2}
_WORDS = {"en": 1, "ett": 1, "två": 2, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6}
_SENSES = {"weeks": 1, "ago": -1, "after": 1, "before": -1, "coming": 1}


def _exact(kind: str, found: re.Match[str]) -> Day | None:
    day = month = year = 0
    if kind in ("eight", "six"):
        digits = found["e"] or f"20{found['s']}"
        year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    elif kind in ("name", "english"):
        name = (found["m4"] or found["m5"]).casefold()
        month = MONTHS[name]
        year = int(found["y4"] or found["y5"] or found["y9"] or 0)
        day = 1 if found["one"] else int(found["d4"] or found["d5"] or 0)
        if found["final"]:
            day = _LAST
    else:
        parts = {"iso": "1", "slash": "2", "dots": "3", "dot": "8", "day": "6", "ath": "7"}[kind]
        groups = found.groupdict()
        day = int(groups[f"d{parts}"])
        month = int(groups.get(f"m{parts}") or 0)
        year = int(groups.get(f"y{parts}") or 0)
    year += 2000 if 0 < year < 100 else 0  # noqa: PLR2004 - two digits of a year
    if _date(year or 2024, month or 1, day) is None:  # a leap year knows all days
        return None
    return Day(day, month, year)


def _beside(kind: str, found: re.Match[str], today: date) -> Day:
    """Return the Friday of last week, or of the next, where that is the nearest one too."""
    back = kind == "lastone"
    place = _place((found["w7"] or found["w8"]).casefold())
    monday = today - timedelta(days=today.weekday()) + timedelta(days=-7 if back else 7)
    day = monday + timedelta(days=place)
    near = abs((today - day).days) <= 7  # noqa: PLR2004 - a week
    return Day(fixed=day) if near else Day(sense=-1 if back else 1)


def _weekday(kind: str, found: re.Match[str], today: date) -> date:
    name = next(w for g in ("w1", "w2", "w3", "w4", "w5", "w6") if (w := found[g])).casefold()
    place = _place(name)
    if kind in ("past", "last"):
        return today - timedelta(days=(today.weekday() - place) % 7 or 7)
    if kind == "nextweek":
        return today + timedelta(days=7 - today.weekday() + place)
    return today + timedelta(days=(place - today.weekday()) % 7 or 7)


def _place(name: str) -> int:
    if name in ENGLISH_DAYS:
        return ENGLISH_DAYS.index(name)
    plain = name.translate(str.maketrans("åäö", "aao")).removesuffix("dag")
    return WEEKDAYS.index(plain)


def _vague(kind: str, found: re.Match[str], today: date) -> Day:
    if kind in _SENSES:
        return Day(sense=_SENSES[kind])
    text = found[kind].casefold()
    year = re.search(YEAR, text)
    names = re.findall(rf"(?<!\w){MONTH}(?!\w)", text)
    if year and int(year[0]) != today.year:
        return Day(sense=-1 if int(year[0]) < today.year else 1)
    if year and names and MONTHS[names[-1]] != today.month:
        return Day(sense=-1 if MONTHS[names[-1]] < today.month else 1)
    return Day(bad=0 if year else _bad(names, text, today))


def _bad(names: Sequence[str], text: str, today: date) -> int:
    """Return the tense that a month or week just ahead, or just behind, can't be meant in."""
    week = re.search(r"(?:v\.?|vecka) ?(\d{1,2})$", text)
    season = next((m for word, m in _SEASONS if re.search(rf"^(?:i|under) (?:{word})", text)), 0)
    if len(names) != 1 and not week and not season:
        return 0
    if week:
        ahead = (int(week[1]) - today.isocalendar().week) * 7 / 30.5 % 12
    else:
        ahead = ((season or MONTHS[names[0]]) - today.month) % 12
    if ahead >= 9 and ahead < 12:  # noqa: PLR2004 - months: it has just passed
        return 1
    return -1 if 0 < ahead <= 3 or (season and 0 < ahead <= 7) else 0  # noqa: PLR2004 - soon to come


_SEASONS = (("sommar(?!n)", 7), ("var(?!e)|vår", 4), ("h[öo]st", 10))


def settled(day: Day, today: date, tense: int) -> Settled:
    """Return what *day* comes to when spoken of in *tense*: -1 past, 1 to come, 0 neither."""
    if day.weekday is not None and (day.day or day.fixed):
        plain = settled(replace(day, weekday=None), today, tense)
        off = plain.on is not None and plain.on.weekday() != day.weekday
        return Settled(None, plain.sense, plain.doubtful) if off else plain
    if day.fixed is not None or day.year:
        on = day.fixed or _date(day.year, day.month, day.day)
        sense = -1 if on is not None and on < today else 1
        wrong = on is None or (on != today and tense == -sense)  # "slutade" on a day to come
        return Settled(on, sense, doubtful=wrong)
    if not day.day:
        sense = day.sense or tense
        wrong = bool(day.sense and tense and day.sense != tense) or bool(tense and day.bad == tense)
        return Settled(None, sense, doubtful=wrong)
    behind, ahead = _around(day, today)
    if tense < 0:
        chosen = behind
    elif tense > 0:
        chosen = ahead
    else:
        chosen = _nearest(behind, ahead, today)
    if chosen is None or abs((chosen - today).days) > _FAR:
        return Settled(doubtful=True)
    return Settled(chosen, -1 if chosen < today else 1)


def _around(day: Day, today: date) -> tuple[date | None, date | None]:
    """Return the last such day up to today and the next from today on."""
    if day.month:
        near = [_date(today.year + n, day.month, day.day) for n in (-1, 0, 1)]
    else:
        place = today.year * 12 + today.month - 1
        near = [_date((place + n) // 12, (place + n) % 12 + 1, day.day) for n in (-1, 0, 1)]
    known = [d for d in near if d is not None]
    behind = max((d for d in known if d <= today), default=None)
    return behind, min((d for d in known if d >= today), default=None)


def _nearest(behind: date | None, ahead: date | None, today: date) -> date | None:
    """Return the nearer of two days where it is by far the nearer."""
    if behind is None or ahead is None:
        return behind or ahead
    back, on = (today - behind).days, (ahead - today).days
    if min(back, on) > _NEAR or abs(back - on) < _NEAR:
        return None
    return behind if back < on else ahead


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, monthrange(year, month)[1] if day == _LAST else day)
    except ValueError:
        return None
