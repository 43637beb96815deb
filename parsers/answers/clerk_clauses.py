"""What a clerk says of one handle in few words: an act with its day, card and document.

Every word must be explained; one that no list holds leaves the whole clause unread.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.cards import IdKind, InvalidCardNumberError, card_number
from bot.domain.clerk_reply import Act, Command
from parsers.answers import clerk_words as words
from parsers.answers.clerk_doubts import speaks
from parsers.answers.review_days import DAY, day_of, settled

_FURTHEST = timedelta(days=183)  # a loan is three months at most: further off is a slip
_FURTHEST_CARD = timedelta(days=366 * 6)  # a card's own last day
_NUMBER = re.compile(r"[0-9]{4}(?: ?[0-9]{4}){1,5}(?![0-9\w]|-[0-9])|[0-9]{8,24}(?![\w]|-[0-9])")
_SHORT = re.compile(r"[0-9]{4,24}(?![\w]|-[0-9])")
_IDENTITY = re.compile(r"(?:19|20)?[0-9]{2}(?:0[0-9]|1[0-2])[0-9]{6}")
_LOA = re.compile(r"(?:loa|tillitsnivå|nivå|tillit) ?-?:? ?([234])(?!\w)", re.IGNORECASE)
_EVENING = re.compile(r"i ?kv[äa]ll", re.IGNORECASE)  # not yet, when the mail is read
_CLOCK = re.compile(  # only what can't be a day: "8.10" may be either
    r"(?:[01]?[0-9]|2[0-3])(?::[0-5][0-9]|\.(?:00|1[3-9]|[2-5][0-9]))(?![\w/-]|[.:][0-9])"
)
_EITHER = re.compile(r"(?:0?[6-9]|1[0-8])\.(?:0[1-9]|1[0-2])(?!\w|\.[0-9])")
_TILL = "till "
_WRY = re.compile(  # K-17 "klar", K-17 klar :(, K-23 avsluta kortet
    r"(?i:avsluta|stäng|stänga) (?i:e-?tjänste|reserv)?kortet\b"
    r"|[:;]-?\((?!\w)|^\W*[\"”“'’]\w+[\"”“'’]\W*$"
)
_HOUR = re.compile(  # "klar vid lunch": is it, or will it be?
    r"(?<!\w)(?:kl(?:ockan)?\.? ?[0-9]|em|fm|vid [0-9]|vid lunch|på (?:för|efter)middagen"
    r"|(?:för|efter)middag(?!s)|[0-9]{1,2}[:.][0-9]{2})",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(r"(?:den )?[0-9]{1,2}(?::?[ae])?", re.IGNORECASE)
_LONG_AGO = timedelta(days=14)  # a day without its month that lies further back may be to come
_MARK = re.compile(r"!(?=[\s!.,)]|$)|[\s.,;:()/=>*\"”“'-]+|[🙂😊☺😀😃😄🙏🌸☀❤🌞]+|[:;]-?[)D]")
_WORD = re.compile(r"\w+")
_ACTS = frozenset(act.value for act in Act)
_WIDEST = 60  # characters of a phrase
_NAMED_BEFORE = re.compile(r"(?:nr|nummer|numret|number)[.: ]*$", re.IGNORECASE)
_SHOWN_BEFORE = re.compile(
    r"(?:mot|med|visade|visat|legitimation|leg|id|via|showed|against)[.: ]*$|[0-9][,.:; ]*$",
    re.IGNORECASE,
)
_PAIRS = (  # said together, one after the other
    (Act.RETURNED, Act.DEREGISTERED),
    (Act.LOST, Act.BLOCKED),
    (Act.BLOCKED, Act.DEREGISTERED),
)
_OF = re.compile(r"(till|åt|för|av|från) (?=\w)", re.IGNORECASE)
_GIVEN = (Act.ORDERED, Act.ACTIVATED, Act.HANDED_OUT)
_OF_WHOM: dict[str, tuple[Act, ...]] = {  # acts in which that may lead to the holder's name
    "till": _GIVEN,
    "åt": (*_GIVEN, Act.BLOCKED, Act.DEREGISTERED),
    "för": (*_GIVEN, Act.BLOCKED, Act.DEREGISTERED, Act.EXTENDED, Act.DONE),
    "av": (Act.HANDED_OUT, Act.RETURNED, Act.LOST),
    "från": (Act.RETURNED,),
}
_TAKES: dict[Act, frozenset[str]] = {
    Act.DONE: frozenset({"on"}),
    Act.ORDERED: frozenset({"on", "number"}),
    Act.ACTIVATED: frozenset({"on", "number", "until", "loa"}),
    Act.HANDED_OUT: frozenset({"on", "number", "until", "loa", "id_kind"}),
    Act.RETURNED: frozenset({"on", "number"}),
    Act.LOST: frozenset({"on", "number"}),
    Act.BLOCKED: frozenset({"on", "number"}),
    Act.DEREGISTERED: frozenset({"on", "number"}),
    Act.EXTENDED: frozenset({"until"}),
}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A day as found: after how many acts, and whether "till" leads to it."""

    found: re.Match[str]
    till: bool
    acts: int


@dataclass(slots=True)
class _Told:
    """What the words of a clause come to."""

    acts: list[Act] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)  # acts that explain a word, any of each
    days: list[_Dated] = field(default_factory=list)
    tills: int = 0
    numbers: list[str] = field(default_factory=list)
    ids: list[IdKind] = field(default_factory=list)
    loas: list[int] = field(default_factory=list)
    others: list[frozenset[str]] = field(default_factory=list)


def read(text: str, ref: str, today: date, title: str = "") -> list[Command] | None:
    """Return what *text* says of *ref*; None where a word of it stays unexplained.

    *title* is the row as our letter shows it: its names may be repeated.
    """
    told = None if _WRY.search(text) else _told(text, named(title))
    if told is None or not told.acts:
        return None
    if Act.UNDO in told.acts and any(sign.isdigit() for sign in text):
        return None  # "ångra kl 10": what was done then?
    if set(told.acts) == {Act.DONE} and not told.days and _HOUR.search(text):
        return None
    acts = _settled_acts(told.acts)
    if acts is None or not all(o & {f"at:{a.value}" for a in acts} for o in told.others):
        return None
    return _commands(told, acts, ref, " ".join(text.split()), today)


def named(title: str) -> frozenset[str]:
    """Return the words of a row's *title* that may be repeated, lower case."""
    return frozenset(_title_words(title))


def _title_words(title: str) -> Iterator[str]:
    for word in _WORD.findall(title):
        if not speaks(word) and word[0].isupper():
            yield word.casefold()


def _told(text: str, title: Collection[str]) -> _Told | None:
    told = _Told()
    at, till = 0, False
    while at < len(text):
        if whom := _whom(text, at, title):
            told.others.append(frozenset(f"at:{a.value}" for a in _OF_WHOM[whom[1].casefold()]))
            at = whom.end()
            continue
        if mark := _MARK.match(text, at):
            at = mark.end()
            continue
        end = _figures(text, at, told, till=till)
        if end:
            at, till = end, False
            continue
        end, parts = words.known(text[at : at + _WIDEST])
        if end:
            _phrase(parts, text[:at], told)
            told.tills += words.TILL in parts
            at, till = at + end, words.TILL in parts or (till and words.FILL in parts)
            continue
        word = _WORD.match(text, at)
        if word is None or not _is_named(word.group(), title):
            return None
        at = word.end()
    return told


def _whom(text: str, at: int, title: Collection[str]) -> re.Match[str] | None:
    """Return "till" and the like at *at*, where one of the row's own names follows."""
    found = _OF.match(text, at)
    word = _WORD.match(text, found.end()) if found else None
    return found if word and word.group()[0].isupper() and _is_named(word.group(), title) else None


def _is_named(word: str, title: Collection[str]) -> bool:
    """Tell whether *word* stands in the row, be it as "Majas"."""
    plain = word.casefold()
    return plain in title or (plain.endswith("s") and plain[:-1] in title)


def _figures(text: str, at: int, told: _Told, *, till: bool) -> int:
    """Take a day, a level or a card's number at *at*; return its end, 0 for none."""
    if clock := _CLOCK.match(text, at):
        return clock.end()
    if _EITHER.match(text, at) and not till:
        return 0
    named = _NAMED_BEFORE.search(text[max(0, at - 20) : at]) is not None
    number = _NUMBER.match(text, at) or (_SHORT.match(text, at) if named else None)
    day = None if _EVENING.match(text, at) else DAY.match(text, at)
    later = DAY.match(text, at + len(_TILL)) if text[at:].casefold().startswith(_TILL) else None
    if day and later and later.end() > day.end():
        return 0  # "till fredag den 4 december": one day, and "till" leads to it
    if day and not (named and number) and not (number and number.end() > day.end()):
        told.days.append(_Dated(day, till, len(told.acts)))
        return day.end()
    if number:
        told.numbers.append(number.group())
        return number.end()
    if loa := _LOA.match(text, at):
        told.loas.append(int(loa[1]))
        return loa.end()
    return 0


def _phrase(parts: frozenset[str], before: str, told: _Told) -> None:
    acts = sorted(Act(p) for p in parts if p in _ACTS)
    kinds = [IdKind(p.removeprefix("id:")) for p in parts if p.startswith("id:")]
    if acts:
        told.acts += acts
    elif kinds and (words.FILL not in parts or _SHOWN_BEFORE.search(before[-24:])):
        told.ids += kinds
    elif words.FILL not in parts and words.TILL not in parts:
        told.others.append(parts)


def _settled_acts(said: Sequence[Act]) -> tuple[Act, ...] | None:
    acts = tuple(dict.fromkeys(said))
    if (
        len(acts) > 1
        and Act.DONE in acts
        and set(acts) - {Act.DONE} <= words.CARD_ACTS - {Act.LOST}
    ):
        acts = tuple(a for a in acts if a is not Act.DONE)  # "spärrat, klart"
    return acts if len(acts) == 1 or acts in _PAIRS else None


def _commands(
    told: _Told, acts: Sequence[Act], ref: str, said: str, today: date
) -> list[Command] | None:
    given = _given(told, acts, today)
    if given is None:
        return None
    on, until, number = given
    first = len(acts) > 1 and any(
        d.acts == 1 for d in told.days
    )  # "återlämnat 12/11, avregistrerat"
    made = []
    for act in acts:
        day = None if first and act is not acts[0] else on
        takes = _TAKES.get(act, frozenset())
        if (
            (on and "on" not in takes)
            or (until and "until" not in takes)
            or (number and "number" not in takes)
            or (told.ids and "id_kind" not in takes)
            or (told.loas and "loa" not in takes)
            or (act is Act.EXTENDED and until is None)
        ):
            return None
        made.append(
            Command(
                act, ref, said, on=day, until=until, number=number,
                id_kind=told.ids[0] if told.ids else None,
                loa=told.loas[0] if told.loas else None,
            )
        )  # fmt: skip
    return made


def _given(
    told: _Told, acts: Sequence[Act], today: date
) -> tuple[date | None, date | None, str] | None:
    """Return the day, the last day and the number; None for one too many or one that is none."""
    last = [d.found for d in told.days if d.till or Act.EXTENDED in acts]
    past = [d.found for d in told.days if not d.till and Act.EXTENDED not in acts]
    kinds = set(told.ids)
    if told.tills > len(last):
        return None  # till when, or to whom?
    if max(len(last), len(past), len(told.numbers), len(told.loas), len(kinds)) > 1:
        return None
    on = _day(past[0], today, -1, _FURTHEST) if past else None
    reach = _FURTHEST if Act.EXTENDED in acts else _FURTHEST_CARD
    until = _day(last[0], today, 1, reach) if last else None
    number = _card_number(told.numbers[0]) if told.numbers else ""
    if (past and on is None) or (last and until is None) or number is None:
        return None
    return on, until, number


def _day(found: re.Match[str], today: date, tense: int, reach: timedelta) -> date | None:
    day = day_of(found, today)
    if day is None:
        return None
    said = settled(day, today, tense)
    if said.on and _BARE_DAY.fullmatch(found.group()) and (today - said.on) > _LONG_AGO:
        return None
    if said.on is None or said.doubtful or not timedelta(0) <= (said.on - today) * tense <= reach:
        return None
    return said.on


def _card_number(text: str) -> str | None:
    """Return the number as kept, None for none or for what may be a person's."""
    try:
        plain = card_number(text)
    except InvalidCardNumberError:
        return None
    return None if _IDENTITY.fullmatch(plain) else plain
