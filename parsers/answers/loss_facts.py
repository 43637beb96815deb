"""What a loss mail gives with it: the day, the police report's number, the card's number."""

from __future__ import annotations

import re
from datetime import date, timedelta

from parsers.answers.loss_words import folded

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb february", "mars mar march", "april apr",
            "maj may", "juni jun june", "juli jul july", "augusti aug august",
            "september sep sept", "oktober okt october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(?<![\d-])(20\d\d)[-./](\d{1,2})[-./](\d{1,2})(?![\d-])")
_SLASHED = re.compile(
    r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:(?:\s?-\s?|\s|/)(20\d\d|\d\d(?![\d:.])))?(?![\d/])"
)
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?::?e|:?a|th|st|nd|rd)?\s+(?:of\s+)?({_NAMES})\b\.?(?:\s+(20\d\d))?"
)
_ENGLISH = re.compile(rf"\b({_NAMES})\s+(\d{{1,2}})(?:th|st|nd|rd)?\b(?:,?\s+(20\d\d))?")
_AGO = (
    (r"\b(?:idag|i dag|today|i morse|imorse|this morning|nyss)\b", 0),
    (r"\b(?:i ?gar|yesterday)\b(?!\s*(?:pa|for)\s+jobbet\s+sedan)", 1),
    (r"\b(?:i ?forr ?gar|forr ?gar|day before yesterday)\b", 2),
)
_WEEKDAYS = {
    "mandag": 0, "tisdag": 1, "onsdag": 2, "torsdag": 3, "fredag": 4, "lordag": 5, "sondag": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6,
}  # fmt: skip
_PAST_DAY = re.compile(
    r"\b(?:(?:i|sedan i) (?P<past>mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag)s"
    r"|(?P<before>\bpa |forra |nasta |next |till |kommande )?"
    r"(?P<bare>mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday)(?:en)?)\b"
)
_POLICE = re.compile(
    r"(?<![\w])(?:(?P<region>\d{4})\s*[-–—−/ ]?\s*)?K\s*[-–—−:]?\s*(?P<number>\d(?:\s?\d){3,7})"
    r"\s*[-–—−/]\s*(?P<year>20\d\d|\d\d)(?!\d)",
    re.IGNORECASE,
)
_CARD_NUMBER = re.compile(
    r"\b(?:kort(?:ets|et)?[\s-]*(?:nummer|numret|nr|num|no)\b\.?|card[\s-]*(?:number|no|nr)\b\.?"
    r"|serienum(?:mer|ret)\b|kort-?id\b|kortnum\w*)"
    r"(?:\s+(?:är|på|kortet|mitt|med|is|som|det|var|står))*\s*[:=#]?\s*(\d(?:[ -]?\d){7,23})(?!\d)",
    re.IGNORECASE,
)
_YEAR = 365
_NEW_YEAR = 2  # months into a year in which a day of the last months means last year's


def day(text: str, today: date) -> date | None:
    """Return the one day at or before *today* that *text* gives; None for none and for several."""
    plain = folded(text)
    days = set(_written(plain, today))
    if not days:
        days = set(_spoken(plain, today))
    past = {d for d in days if d <= today}
    return past.pop() if len(past) == 1 else None


def police_reference(text: str) -> str:
    """Return the police report's number as 5000-K123456-26, without the district if none stands."""
    found = _POLICE.search(text)
    if found is None:
        return ""
    number = f"K{''.join(found['number'].split())}-{found['year'][-2:]}"
    return f"{found['region']}-{number}" if found["region"] else number


def card_number(text: str) -> str:
    """Return the digits after the word for a card's number."""
    found = _CARD_NUMBER.search(text)
    return re.sub(r"\D", "", found[1]) if found else ""


def _written(plain: str, today: date) -> list[date]:
    found = [_exact(int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(plain)]
    found += [_placed(m[3], int(m[2]), int(m[1]), today) for m in _SLASHED.finditer(plain)]
    found += [_placed(m[3], _MONTHS[m[2]], int(m[1]), today) for m in _WORDED.finditer(plain)]
    found += [_placed(m[3], _MONTHS[m[1]], int(m[2]), today) for m in _ENGLISH.finditer(plain)]
    return [d for d in found if d is not None]


def _spoken(plain: str, today: date) -> list[date]:
    found = [today - timedelta(days=ago) for shape, ago in _AGO if re.search(shape, plain)]
    if re.search(_AGO[2][0], plain):  # "day before yesterday" holds "yesterday"
        found = [today - timedelta(days=2)]
    for m in _PAST_DAY.finditer(plain):
        back = (today.weekday() - _WEEKDAYS[m["past"] or m["bare"]]) % 7
        if m["past"]:
            found.append(today - timedelta(days=back or 7))
        elif m["before"] is None and back:  # today's own name may mean either week
            found.append(today - timedelta(days=back))
    return found


def _placed(year: str | None, month: int, of_month: int, today: date) -> date | None:
    if year:
        return _exact(int(year) if len(year) > 2 else 2000 + int(year), month, of_month)  # noqa: PLR2004
    this = _exact(today.year, month, of_month)
    if this is not None and this > today and today.month <= _NEW_YEAR and month > 12 - _NEW_YEAR:
        return _exact(today.year - 1, month, of_month)
    return this


def _exact(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month)
    except ValueError:
        return None
