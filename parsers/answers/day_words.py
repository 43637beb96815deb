"""Days as people write them in a short reply: a closed list of forms, behind us or ahead.

What could mean two days, or lies further off than any loan of a card, is no day: never a guess.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

FURTHEST = 183  # days; a loan is three months at most, so a day further off is a slip

_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb febr february", "mars mar march", "april apr",
            "maj may", "juni jun june", "juli jul july", "augusti aug august",
            "september sep sept", "oktober okt october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_COUNTS = {
    "en": 1, "ett": 1, "två": 2, "tva": 2, "tre": 3, "fyra": 4, "one": 1, "two": 2, "three": 3,
    "four": 4, "a": 1,
}  # fmt: skip
_WEEKDAY = rf"(?:{'|'.join((*_WEEKDAYS, 'lor', 'son'))})dag"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    r"\d{4}-\d{2}-\d{2}",
    r"(?:den )?\d{1,2}/\d{1,2}(?: ?-(?:20)?\d{2}| 20\d{2})?",
    rf"(?:den )?\d{{1,2}}(?::?[ea])?\.? ?(?:{_MONTH})\b\.?(?:,? 20\d{{2}})?",
    r"den \d{1,2}:?[ea]",
)
_DATE = rf"(?:{'|'.join(_DATES)})"
_FORMS = (
    rf"(?:{_WEEKDAY}(?:en)? ?,? ?)?{_DATE}",
    rf"(?:på )?{_WEEKDAY}(?: i)? nästa vecka|nästa vecka (?:på )?{_WEEKDAY}|(?:på )?{_WEEKDAY}",
    rf"i {_WEEKDAY}s",
    r"i ?dag|i ?g[åa]r(?: förmiddag| eftermiddag| kväll)?|today|yesterday",
)
DAY = re.compile(rf"(?<![\w/:-])(?:{'|'.join(_FORMS)})(?![\w/]|[:-]\d)", re.IGNORECASE)
SPAN = re.compile(
    rf"(?<![\w/-])(?:ytterligare |i (?=.* till\b))?(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}) "
    r"(?P<more>more )?(?P<unit>dag(?:ar)?|vecka|veckor|månad(?:er)?|manad(?:er)?|days?|weeks?"
    r"|months?)(?P<till> till| extra| more| längre| longer)?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Written:
    """A date as written: *year* and *month* only where they stand there."""

    day: int
    month: int | None = None
    year: int | None = None


def behind(text: str, today: date) -> date | None:
    """Return the day in the past (or today) that *text* means, None where that is not plain."""
    plain = " ".join(text.casefold().split())
    if re.match(r"i ?dag$|today$", plain):
        return today
    if re.match(r"i ?g[åa]r|yesterday", plain):
        return today - timedelta(days=1)
    if found := re.fullmatch(rf"i ({_WEEKDAY})s", plain):
        back = (today.weekday() - _weekday(found[1])) % 7 or 7
        return today - timedelta(days=back)
    day = _dated(plain, today, past=True)
    return day if day is not None and 0 <= (today - day).days <= FURTHEST else None


def ahead(text: str, today: date) -> date | None:
    """Return the day after today that *text* means, None where that is not plain."""
    plain = " ".join(text.casefold().split())
    if found := re.fullmatch(
        rf"(?:på )?({_WEEKDAY})(?: i)? nästa vecka|nästa vecka (?:på )?({_WEEKDAY})", plain
    ):
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=_weekday(found[1] or found[2]))
    if found := re.fullmatch(rf"(?:på )?({_WEEKDAY})", plain):
        on = (_weekday(found[1]) - today.weekday()) % 7
        return today + timedelta(days=on) if on else None  # said on a Friday: which Friday?
    day = _dated(plain, today, past=False)
    return day if day is not None and 0 < (day - today).days <= FURTHEST else None


def after(text: str, today: date) -> date | None:
    """Return the day that lies the span *text* ("två veckor till") after today."""
    found = SPAN.fullmatch(text)
    if found is None:
        return None
    word = found["count"].casefold()
    count = int(word) if word.isdigit() else _COUNTS[word]
    unit = found["unit"].casefold()
    if unit[0] == "m":
        month = today.month - 1 + count
        year, month = today.year + month // 12, month % 12 + 1
        day = date(year, month, min(today.day, monthrange(year, month)[1]))
    else:
        day = today + timedelta(days=count * (7 if unit[0] in "vw" else 1))
    return day if 0 < (day - today).days <= FURTHEST else None


def _weekday(name: str) -> int:
    stem = name.casefold().removesuffix("dag")
    return _WEEKDAYS.index({"lor": "lör", "son": "sön"}.get(stem, stem))


def _dated(plain: str, today: date, *, past: bool) -> date | None:
    """Return the date; a weekday before it must be that day's."""
    named = re.match(rf"({_WEEKDAY})(?:en)? ?,? ?(?=\S)", plain)
    written = _written(plain[named.end() :] if named else plain)
    if written is None:
        return None
    day = _settled(written, today, past=past)
    if day is None or (named and day.weekday() != _weekday(named[1])):
        return None
    return day


def _written(text: str) -> _Written | None:
    if m := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        return _Written(int(m[3]), int(m[2]), int(m[1]))
    text = text.removeprefix("den ")
    if m := re.fullmatch(r"(\d{1,2})/(\d{1,2})(?: ?-?(?:20)?(\d{2}))?", text):
        return _Written(int(m[1]), int(m[2]), 2000 + int(m[3]) if m[3] else None)
    if m := re.fullmatch(r"(\d{1,2}):?[ea]", text):
        return _Written(int(m[1]))
    if m := re.fullmatch(r"(\d{1,2})(?::?[ea])?\.? ?([a-z]+)\.?(?:,? (\d{4}))?", text):
        month = _MONTHS.get(m[2])
        return _Written(int(m[1]), month, int(m[3]) if m[3] else None) if month else None
    return None


def _settled(written: _Written, today: date, *, past: bool) -> date | None:
    """Return the last such day up to today, or the next one after it."""
    if written.year is not None:
        return _date(written.year, written.month or 0, written.day)
    if written.month is not None:
        years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
        near = [_date(year, written.month, written.day) for year in years]
    else:
        step = -1 if past else 1
        place = today.year * 12 + today.month - 1
        near = [_date(p // 12, p % 12 + 1, written.day) for p in (place, place + step)]
    if not past and near[0] in (today, None):
        return None  # until today, or its next time? the 31st, said in November?
    return next((d for d in near if d and (d <= today if past else d > today)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
