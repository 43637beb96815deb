"""What the words of one clause say of whomever it names: stays, left, leaves, moved, unclear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from bot.domain.review_reply import RowAnswer
from parsers.answers.review_answers import DOUBTFUL, GONE, MOVING, STAYS, TIMED
from parsers.answers.review_days import Day, settled
from parsers.answers.review_hearing import Hearing, Said
from parsers.answers.review_places import ELSEWHERE, INSIDE, to_elsewhere
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_TENSES = {Sort.LEFT: -1, Sort.DEAD: -1, Sort.LEAVES: 1, Sort.MOVED: -1, Sort.MOVES: 1}
_STAYING_TAIL = 3  # the same after "kvar"
_MOST_TAIL = 8  # words of a remark that nothing explains
_JOB = re.compile(r"\b(?:anst|employed)", re.IGNORECASE)
_HERE = re.compile(r"\bhos (?:oss|mig)\b|\bhär\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"plats|tjänst|aktiv|avdelning|grupp|fast|tillsvidare|fortsätt|stann|blir|vidare|hos |här|still"
    r"|stay|remain|är med|i gång|styrka|talig"
)  # denied, it may be so only today, or from a day to come
_COMING = frozenset({"kommer", "blir", "ska", "skall", "kommer att", "will"})
_NOWADAYS = frozenset(
    {"idag", "i dag", "just nu", "for narvarande", "i nulaget", "i dagslaget", "for tillfallet",
     "denna vecka", "today", "an", "annu"}
)  # fmt: skip
_SHARE = re.compile(r"natt|kvall|dagtid|helg|deltid|heltid|halvtid|\d ?%|procent|^fast|tillsvidare")
_PAST_WORK = re.compile(r"^(?:jobbade|arbetade|jobbat|arbetat|worked)", re.IGNORECASE)
_WEAK = (Sort.YES, Sort.NO, Sort.RIGHT)
_THEN = frozenset({"sedan", "sen", "darefter", "efter det"})


class Says(Enum):
    """What a clause comes to."""

    NOTHING = auto()
    STAYS = auto()
    LEFT = auto()
    LEAVING = auto()
    UNDATED = auto()  # leaves, nobody says when: unclear, until another word tells the day
    MOVED = auto()
    UNCLEAR = auto()


ANSWERS = {
    Says.STAYS: RowAnswer.STAYS, Says.LEFT: RowAnswer.LEFT, Says.LEAVING: RowAnswer.LEAVING,
    Says.MOVED: RowAnswer.MOVED, Says.UNCLEAR: RowAnswer.UNCLEAR, Says.UNDATED: RowAnswer.UNCLEAR,
}  # fmt: skip
_Told = tuple[Says, date | None]


@dataclass(slots=True)
class Verdict:
    """What is said, from which day, to where; *odd* are words that nothing explains."""

    says: Says
    on: date | None = None
    to: str = ""
    odd: list[str] = field(default_factory=list)
    weak: bool = False  # only "ja", "ok", "stämmer": may be manners
    sorts: frozenset[Sort] = frozenset()


def judged(tokens: Sequence[Token], today: date, heading: Sort | None = None) -> Verdict:
    """Return what the words of a clause say on *today*, under what a *heading* says."""
    heard = Hearing(tokens, heading)
    says, on = _Scales(heard, today).weighed()
    if heard.sorts & DOUBTFUL:
        says = Says.UNCLEAR
    odd = list(heard.odd)
    most = _STAYING_TAIL if says is Says.STAYS else _MOST_TAIL
    if len(heard.tail) > most or says not in (Says.STAYS, Says.LEFT, Says.LEAVING):
        odd += heard.tail
    real = [s for s in heard.said if s.text]
    weak = bool(real) and all(s.sort in _WEAK for s in real)
    return Verdict(says, on, " ".join(heard.to), odd, weak, heard.sorts)


class _Scales:
    def __init__(self, heard: Hearing, today: date) -> None:
        self._heard = heard
        self._today = today
        self._said = list(heard.said)

    def weighed(self) -> _Told:
        if self._reversed():
            return Says.UNCLEAR, None
        if not self._said:
            return (Says.STAYS if self._heard.hours else Says.NOTHING), None
        self._share_day()
        dated = any(s.day is not None and (s.till or s.sort in TIMED | GONE) for s in self._said)
        if dated:  # "har sagt upp sig, slutar 31/12": the day is enough
            self._said = [s for s in self._said if s.sort not in TIMED or s.day or s.negated]
        heard = [self._one(s) for s in self._said]
        kinds = {h for h, _ in heard}
        days = [(h, d) for h, d in heard if d is not None]
        if Says.UNCLEAR in kinds:
            return Says.UNCLEAR, None
        if Says.UNDATED in kinds and any(s.sort is Sort.LEFT and not s.negated for s in self._said):
            kinds -= {Says.UNDATED}  # "har sagt upp sig och slutade i somras"
        if Says.LEAVING in kinds:
            kinds -= {Says.UNDATED}
        if Says.UNDATED in kinds:
            return (Says.UNDATED if kinds <= {Says.UNDATED, Says.STAYS} else Says.UNCLEAR), None
        if Says.MOVED in kinds:
            return self._moved(kinds, days)
        if Says.LEAVING in kinds:
            return self._leaving(kinds, days)
        return self._stayed(heard, days)

    def _moved(self, kinds: set[Says], days: Sequence[_Told]) -> _Told:
        if not to_elsewhere(self._heard, [s for s in self._said if s.sort in MOVING]):
            return Says.UNCLEAR, None
        if ELSEWHERE.search(" ".join(self._heard.to).casefold()):
            if any(s.sort is Sort.MOVES for s in self._said):
                dated = any(s.day is not None for s in self._said)
                plain = kinds == {Says.MOVED}
                return (
                    Says.LEAVING if dated and plain else Says.UNDATED if plain else Says.UNCLEAR
                ), None
            left = kinds <= {Says.MOVED, Says.LEFT}
            return (Says.LEFT, self._first(days, Says.MOVED)) if left else (Says.UNCLEAR, None)
        inside = any(s.sort in MOVING and INSIDE.search(s.text) for s in self._said)
        left = any(s.sort is Sort.LEFT for s in self._said) and not inside
        mixed = left or Says.LEAVING in kinds
        return (Says.UNCLEAR if mixed else Says.MOVED), self._first(days, Says.MOVED)

    def _leaving(self, kinds: set[Says], days: Sequence[_Told]) -> _Told:
        left = any(s.sort is Sort.LEFT and not s.negated and s.day is None for s in self._said)
        if Says.LEFT in kinds and left and not any(s.sort is Sort.ENDS for s in self._said):
            return Says.UNCLEAR, None
        return Says.LEAVING, self._first(days, Says.LEAVING)

    def _stayed(self, heard: Sequence[_Told], days: Sequence[_Told]) -> _Told:
        kinds = {h for h, _ in heard}
        if kinds == {Says.STAYS}:
            return Says.STAYS, None
        stays = [s.sort for s, h in zip(self._said, heard, strict=True) if h[0] is Says.STAYS]
        if all(sort is Sort.LEAVE for sort in stays):  # "var sjukskriven, slutade 31/10"
            return Says.LEFT, self._first(days, Says.LEFT)
        return Says.UNCLEAR, None

    def _first(self, days: Sequence[_Told], says: Says) -> date | None:
        found = {d for h, d in days if h is says}
        return found.pop() if len(found) == 1 else None

    def _share_day(self) -> None:
        """Give a day that stands by "ja", "nej" or a leave to the word that needs one."""
        weak = (*_WEAK, Sort.WORKS, Sort.STAY)
        needing = [s for s in self._said if s.sort in TIMED | {Sort.LEFT} and s.day is None]
        giving = [s for s in self._said if s.sort in weak and s.day is not None and not s.till]
        loose = self._heard.loose
        then = {t.plain for t in self._heard.tokens} & _THEN
        if then and needing and needing[0].sort in (Sort.LEAVES, Sort.ENDED):
            till = next((s.day for s in self._said if s.till and s.sort in weak), None)
            loose = loose or self._heard.leave_ends or till
        if loose is not None and needing:
            needing[0].day = loose
        elif needing and giving:
            needing[0].day, giving[0].day = giving[0].day, None

    def _one(self, said: Said) -> _Told:
        if said.negated:
            return self._denied(said)
        if said.sort in (Sort.STAY, Sort.WORKS) and said.till and said.day is not None:
            if "förläng" in said.text.casefold():
                return Says.UNDATED, None  # until then, or once more?
            return self._timed(said, 1)
        if self._passes(said) or (said.sort is Sort.LEAVES and self._for_place()):
            return Says.UNCLEAR, None
        if said.sort in STAYS:
            return Says.STAYS, None
        if said.sort in MOVING:
            return Says.MOVED, self._date(said)
        if said.sort in GONE:
            told = self._gone(said)
            ahead = said.sort is Sort.NO and told[0] is Says.LEAVING
            return (Says.UNCLEAR, None) if ahead else told  # "nej 1/2"
        return self._ends(said)

    def _passes(self, said: Said) -> bool:
        """Tell whether somebody stays for a time only: kvar 31/12, kvar under sommaren, jobbade."""
        works = said.sort in (Sort.STAY, Sort.WORKS)
        if said.sort in (Sort.YES, Sort.RIGHT) and self._bounded():
            return True  # "ja, till årsskiftet"
        if works and _PAST_WORK.search(said.text):
            return True
        day = said.day
        if day is None or said.since or self._heard.hours:
            return False
        if day.day:
            return not said.early and (works or said.sort is Sort.YES)
        general = {"i ar", "hela"} & {t.plain for t in self._heard.tokens}
        return works and not day.fixed and not general and day.sense >= 0

    def _denied(self, said: Said) -> _Told:
        """Weigh a word with "inte" before or after it."""
        if said.sort is Sort.STAY and self._for_now(said):
            return Says.UNCLEAR, None
        if said.sort is Sort.STAY and not self._only_here(said):
            return self._gone(said)
        if said.sort is Sort.WORKS and self._partly():
            return Says.UNCLEAR, None
        if said.sort is Sort.WORKS:
            gone = said.longer or _JOB.search(said.text) is not None
            return self._gone(said) if gone else (Says.UNCLEAR, None)
        if said.sort is Sort.MOVED and "kvar i" in said.text.casefold():
            return self._gone(said)  # "inte kvar i kommunen"
        if said.sort in (Sort.LEFT, Sort.LEAVES, Sort.REMOVE, Sort.DEAD):
            return Says.STAYS, None
        return Says.UNCLEAR, None

    def _reversed(self) -> bool:
        """Tell whether a later word bends an end: slutat: nej; slutar 18/12 (mammaledig)."""
        said = [s for s in self._said if s.text]
        ends = [n for n, s in enumerate(said) if s.sort in TIMED | {Sort.LEFT, Sort.DEAD}]
        if not ends:
            return len(said) > 1 and said[-1].sort is Sort.NO
        leaves = [n for n, s in enumerate(said) if s.sort is Sort.LEAVE]
        later = any(n > ends[0] for n in leaves)
        only = bool(leaves) and all(said[n].sort is Sort.ENDS for n in ends)
        answered = any(s.sort in (Sort.NO, Sort.YES) for s in said[ends[0] + 1 :])
        return later or only or answered

    def _for_place(self) -> bool:
        tokens = self._heard.tokens
        return any(
            t.plain == "for" and n + 1 < len(tokens) and tokens[n + 1].sort is Sort.CAPITAL
            for n, t in enumerate(tokens)
        )

    def _bounded(self) -> bool:
        """Tell whether a "ja" holds until a time only: ja, till årsskiftet; ja, över jul."""
        tokens = self._heard.tokens
        if any(s.sort not in (Sort.YES, Sort.RIGHT) for s in self._said):
            return False
        return any(
            (t.sort is Sort.DAY and t.plain.startswith(("till ", "fram till ", "over ", "tills ")))
            or (
                (t.plain in ("till", "over", "tills", "fram till", "fram") or t.sort is Sort.TILL)
                and (n + 1 < len(tokens) and tokens[n + 1].sort in (Sort.DAY, Sort.NOW))
            )
            for n, t in enumerate(tokens)
        )

    def _for_now(self, said: Said) -> bool:
        """Tell whether a denied "kvar" tells of today, of a kind of work, or of a time to come."""
        plain = {t.plain for t in self._heard.tokens}
        loose = _PRESENT.search(said.text.casefold()) is not None and not said.longer
        ahead = said.day is not None and not said.since and said.day.sense >= 0
        loose = loose and not (said.since and said.day is not None)
        late = bool(plain & _COMING) or any("lange" in p.split() for p in plain)
        return loose or ahead or late or bool(plain & _NOWADAYS) or self._partly()

    def _partly(self) -> bool:
        """Tell whether what is denied is a shift or hours: jobbar inte längre natt."""
        return any(_SHARE.search(t.plain) for t in self._heard.tokens)

    def _only_here(self, said: Said) -> bool:
        """Tell whether it is only denied that she works here: never, or no longer?"""
        here = _HERE.search(said.text) is not None and "kvar" not in said.text.casefold()
        return here and not said.longer and said.day is None

    def _gone(self, said: Said) -> _Told:
        vague = said.day is not None and not (said.day.day or said.day.fixed)
        if said.day is None or (vague and said.day.sense <= 0):
            soon = said.day is not None and said.day.bad < 0  # "slutade vecka 50", of week 48
            return (Says.UNCLEAR if soon else Says.LEFT), None
        return self._timed(said, _TENSES.get(said.sort, 0))

    def _ends(self, said: Said) -> _Told:
        if said.day is None:
            return (Says.LEFT if said.sort is Sort.ENDED else Says.UNDATED), None
        if said.sort is Sort.GIVEN_NOTICE and not said.till:
            return Says.UNDATED, None
        tense = -1 if said.past else _TENSES.get(said.sort, 0)
        return self._timed(said, tense)

    def _timed(self, said: Said, tense: int) -> _Told:
        found = settled(said.day or Day(), self._today, tense)
        if found.doubtful or not found.sense:
            return Says.UNCLEAR, None
        return (Says.LEFT if found.sense < 0 else Says.LEAVING), found.on

    def _date(self, said: Said) -> date | None:
        if said.day is None:
            return None
        found = settled(said.day, self._today, _TENSES[said.sort])
        return (settled(said.day, self._today, 0) if found.doubtful else found).on
