"""Days in replies to review letters: exact ones, and those that only tell before from after.

What could mean two days is none: a month, a season, the last Friday but one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("man", "tis", "ons", "tors", "fre", "lor", "son")
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb febr february", "mars mar march",
            "april apr", "maj may", "juni jun june", "juli jul july", "augusti aug august",
            "september sep sept", "oktober okt october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_YEAR = r"(?:20\d\d)"
_DAYNAME = r"(?:m[åa]n|tis|ons|tors|fre|l[öo]r|s[öo]n)(?:dag)"
_ENGLISH = rf"(?:{'|'.join(_ENGLISH_DAYS)})"
_NUMBER = r"(?:\d{1,2}|en|ett|två|tva|tre|fyra|fem|sex|några|nagra|ett par|a|one|two|three|four)"
_UNIT = r"(?:dag(?:ar)?|veck(?:a|or)|månad(?:er)?|manad(?:er)?|år|ar|days?|weeks?|months?)"
_SEASON = r"(?:vår|var|sommar|höst|host|vinter|jul|påsk|pask)"
_DOT = r"(?:\.(?=\s*(?:20\d\d|(?-i:[a-zåäö,;)]))))?"  # of a month cut short
_ON = r"(?:den |d\. ?|d )?"
_PARTS = (
    # exact
    ("iso", r"(?P<y1>20\d\d)[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})(?!\d)"),
    ("eight", r"(?P<e>20[2-4]\d[01]\d[0-3]\d)(?!\d)"),
    ("six", r"(?P<s>2[4-9][01]\d[0-3]\d)(?![\d-])"),
    (
        "slash",
        (
            rf"{_ON}(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})"
            r"(?:(?:\s?[-/’']\s?|\s)(?P<y2>20\d\d|2\d)(?![\d/%]))?(?![\d/])"
        ),
    ),
    ("dots", r"(?P<d3>\d{1,2})[.-](?P<m3>\d{1,2})[.-](?P<y3>20\d\d|2\d)(?!\d)"),
    ("dot", r"(?P<d8>\d{1,2})\.(?P<m8>0[1-9]|1[0-2])(?![\d%])"),
    (
        "name",
        (
            rf"{_ON}(?:(?P<d4>\d{{1,2}})(?:[:.]?(?:a|e|st|nd|rd|th))?|(?P<one>första|forsta)"
            rf"|(?P<final>sista|siste)(?: dagen| dag)?)\.? ?(?:i |of "
            rf"|av )?(?P<m4>{_MONTH})(?!\w){_DOT}"
            rf"(?:,? ?(?P<y4>{_YEAR}))?"
        ),
    ),
    (
        "english",
        (
            rf"(?P<m5>{_MONTH}) (?:the )?(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)"
            rf"(?:,? (?P<y5>{_YEAR}))?"
        ),
    ),
    ("day", r"den (?P<d6>\d{1,2})(?::?[ae])?(?![\d/:.%-]*\d)(?!\w)"),
    ("ath", r"(?P<d7>\d{1,2}):(?:a|e)(?!\w)"),
    ("past", rf"(?:nu )?i (?P<w1>{_DAYNAME})s(?!\w)"),
    ("last", rf"last (?P<w3>{_ENGLISH})(?!\w)"),
    (
        "next",
        (
            rf"(?:nu |redan )?(?:på |till |kommande )(?P<w2>{_DAYNAME})(?:en)?(?! nästa)(?!\w)"
            rf"|this (?P<w4>{_ENGLISH})(?!\w)"
        ),
    ),
    (
        "nextweek",
        (
            rf"(?:på )?(?P<w5>{_DAYNAME})(?:en)? (?:i )?nästa vecka"
            rf"|nästa vecka(?:s)? (?:på )?(?P<w6>{_DAYNAME})"
        ),
    ),
    ("lastone", rf"(?:i )?(?:förra|forra) (?P<w7>{_DAYNAME})(?:en)?"),
    ("nextone", rf"(?:på )?(?:nästa|nasta) (?P<w8>{_DAYNAME})(?:en)?"),
    ("beforelast", r"i ?f[öo]rrg[åa]r"),
    ("yesterday", r"i ?g[åa]r(?!\w)|yesterday"),
    ("today", r"i ?dag(?!\w)|today|ikv[äa]ll"),
    ("tomorrow", r"i ?mor+gon|imor+n|i morrn|tomorrow"),
    ("twodays", r"i ?[öo]vermorgon"),
    # vague
    (
        "ago",
        (
            rf"f[öo]r (?:(?:ca |cirka |ungefär |drygt |typ )?{_NUMBER} {_UNIT}|l[äa]nge"
            rf"|ett tag|en tid"
            rf"|en stund) (?:sedan|sen)|{_NUMBER} {_UNIT} ago"
        ),
    ),
    ("after", rf"om (?:ca |cirka |ungefär |drygt |typ )?{_NUMBER} {_UNIT}(?! sedan)"),
    (
        "before",
        (
            r"(?:i )?(?:förra|forra|föregående) (?:veckan?|månaden?|året?|hösten|våren|sommaren"
            r"|vintern|terminen|läsåret)|last (?:week|month|year|summer|autumn)"
            r"|i (?:våras|varas|somras|höstas|hostas|vintras|julas|fjol)|häromdagen|haromdagen"
            r"|häromveckan|nyligen|recently"
        ),
    ),
    (
        "coming",
        (
            rf"(?:nästa|nasta|kommande) (?:veckan?|månad|manad|år|termin|läsår|vår|sommar|höst"
            rf")|next (?:week|month|year|summer|spring|{_ENGLISH}|{_MONTH})"
            rf"|(?:fram till|till|inför) (?:{_SEASON}(?:en|n|ens)?)(?!\w)"
        ),
    ),
    (
        "about",
        (
            rf"(?:(?:i|under|från och med|fr om|sedan|sen|till|vid|runt|kring|omkring|efter"
            rf"|före|innan"
            rf"|in|since|end of|at the end of) )?"
            rf"(?:(?:(?:i )?(?:slutet|mitten|början|borjan) (?:av|på|i) )?"
            rf"(?:{_MONTH}(?: månad)?(?: {_YEAR})?|månadsskiftet(?: {_MONTH}[-/ ]{_MONTH})?"
            r"|månaden|manaden|årsskiftet|arsskiftet|nyår|nyar|halvårsskiftet|året|aret|årets slut"
            r"|månadens slut|jul(?:en)?|påsk(?:en)?"
            r"|sommaren|hösten|våren|vintern|semestern|vårterminen|höstterminen|terminen"
            r"|terminens slut"
            r"|vårterminens slut|läsåret|läsårets slut|skolavslutningen|midsommar"
            rf"|terminsskiftet|läsårsskiftet|kvartalsskiftet))(?!\w){_DOT}"
            rf"|i (?:{_SEASON})(?!\w)|i år(?!\w)|(?:v\.?|vecka) ?\d{{1,2}}(?!\w)"
            rf"|(?:sedan|sen|under|i|hösten|våren|sommaren) {_YEAR}(?![\d-])"
            rf"|(?:den )?sista i månaden"
            r"|i slutet av (?:året|månaden|veckan|terminen|sommaren|hösten|våren)"
            rf"|under (?:{_SEASON})(?:en|n)?"
        ),
    ),
)
_NAMED = rf"(?:(?:på |i )?(?P<named>{_DAYNAME})(?:en)?,? (?:den )?)?"
DAY = re.compile(
    rf"(?<![\w/:-]){_NAMED}(?:" + "|".join(f"(?P<{kind}>{p})" for kind, p in _PARTS) + r")(?![\w])",
    re.IGNORECASE,
)
_KINDS = tuple(kind for kind, _ in _PARTS)
_LAST = 99  # the last day of whatever month
_FAR = 270  # days: said so long after, or before, it is a slip of the year or of the tense
_NEAR = 120


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: *day* alone, with *month*, with *year*; or only a sense of time."""

    day: int = 0
    month: int = 0
    year: int = 0
    fixed: date | None = None
    sense: int = 0  # of what is no exact day: -1 behind, 1 ahead, 0 not said


@dataclass(frozen=True, slots=True)
class Settled:
    """What a day comes to: the date where it is one, *sense* -1 before today, 1 from today on."""

    on: date | None = None
    sense: int = 0
    doubtful: bool = False  # it fits no tense


def day_of(found: re.Match[str], today: date) -> Day | None:
    """Return the day that a match of `DAY` means, None for no day of the calendar."""
    kind = next(k for k in _KINDS if found[k] is not None)
    if kind in _EXACT:
        return _exact(kind, found)
    if kind in _OFFSETS:
        return Day(fixed=today + timedelta(days=_OFFSETS[kind]))
    if kind in ("lastone", "nextone"):
        return _beside(kind, found, today)
    if kind == "next" and _weekday(kind, found, today) - today == timedelta(days=7):
        return Day(sense=1)  # said on a Friday: which Friday?
    if kind in ("past", "last", "next", "nextweek"):
        return Day(fixed=_weekday(kind, found, today))
    return _vague(kind, found, today)


_EXACT = frozenset({"iso", "eight", "six", "slash", "dots", "dot", "name", "english", "day", "ath"})
_OFFSETS = {"beforelast": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "twodays": 2}
_SENSES = {"ago": -1, "after": 1, "before": -1, "coming": 1}


def _exact(kind: str, found: re.Match[str]) -> Day | None:
    day = month = year = 0
    if kind in ("eight", "six"):
        digits = found["e"] or f"20{found['s']}"
        year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    elif kind in ("name", "english"):
        name = (found["m4"] or found["m5"]).casefold()
        month = _MONTHS[name]
        year = int(found["y4"] or found["y5"] or 0)
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
    if name in _ENGLISH_DAYS:
        return _ENGLISH_DAYS.index(name)
    plain = name.translate(str.maketrans("åäö", "aao")).removesuffix("dag")
    return _WEEKDAYS.index(plain)


def _vague(kind: str, found: re.Match[str], today: date) -> Day:
    if kind in _SENSES:
        return Day(sense=_SENSES[kind])
    text = found[kind].casefold()
    year = re.search(_YEAR, text)
    names = re.findall(rf"(?<!\w){_MONTH}(?!\w)", text)
    if year and int(year[0]) != today.year:
        return Day(sense=-1 if int(year[0]) < today.year else 1)
    if year and names and _MONTHS[names[-1]] != today.month:
        return Day(sense=-1 if _MONTHS[names[-1]] < today.month else 1)
    return Day()


def settled(day: Day, today: date, tense: int) -> Settled:
    """Return what *day* comes to when spoken of in *tense*: -1 past, 1 to come, 0 neither."""
    if day.fixed is not None or day.year:
        on = day.fixed or _date(day.year, day.month, day.day)
        return Settled(on, -1 if on is not None and on < today else 1, doubtful=on is None)
    if not day.day:
        sense = day.sense or tense
        return Settled(None, sense, doubtful=bool(day.sense and tense and day.sense != tense))
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
