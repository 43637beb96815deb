"""All that a reply says, clause by clause, weighed to one answer a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.review_reply import Aside, Heard, Remark, RowAnswer
from parsers.answers.review_sorts import Sort
from parsers.answers.review_verdicts import ANSWERS, Says, Verdict

_LONGEST = 300  # characters of words that are shown


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of some rows, with the words."""

    says: Says
    words: str
    on: date | None = None
    to: str = ""
    but: bool = False
    weak: bool = False
    leave: bool = False  # only a leave is told
    pending: bool = False  # an exception of which nothing is said yet


@dataclass(slots=True)
class Total:
    """What has been said so far of each row, of all, of the rest."""

    order: Sequence[int]
    of: dict[int, list[Statement]] = field(default_factory=dict)
    everyone: list[Statement] = field(default_factory=list)
    others: list[Statement] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)  # words that touch whatever is said in general
    remarks: list[Remark] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    rest_counts: list[tuple[int, str]] = field(default_factory=list)
    closed: date | None = None  # on which day the unit closed
    exceptions: list[tuple[int, str]] = field(default_factory=list)  # "alla utom två": how many
    beside: dict[int, str] = field(default_factory=dict)  # rows only named beside: vikarie för Anna

    def close(self) -> None:
        """Doubt what is said of the rest where they are more or fewer than it says."""
        rest = sum(row not in self.of for row in self.order)
        for count, words in self.rest_counts:
            if count != rest:
                self.doubt(words)
        for count, words in self.exceptions:
            gone = [r for r, said in self.of.items() if any(s.says is not Says.STAYS for s in said)]
            if count != len(gone):
                self.doubt(words)

    def say(self, rows: Iterable[int], statement: Statement) -> None:
        """Note what is said of *rows*."""
        for row in rows:
            self.of.setdefault(row, []).append(statement)

    def doubt(self, words: str) -> None:
        """Note words that nothing explains, and that may concern anybody."""
        self.doubts.append(words[:_LONGEST])
        self.unread.append(words[:_LONGEST])

    def remark(self, kind: Aside, words: str, rows: Iterable[int] = (), name: str = "") -> None:
        """Note an aside, once."""
        one = Remark(kind, words[:_LONGEST], tuple(sorted(set(rows))), name)
        if one not in self.remarks:
            self.remarks.append(one)

    def heard(self) -> tuple[Heard, ...]:
        """Return one answer a row."""
        found = [self._row(row) for row in self.order]
        found = [replace(h, words=_tidied(h.words)) for h in found]
        if self.closed is not None and all(h.answer is RowAnswer.LEFT for h in found):
            found = [replace(h, on=h.on or self.closed) for h in found]
        return tuple(found)

    def _row(self, row: int) -> Heard:
        own = self.of.get(row, [])
        if own:
            return self._own(row, own)
        general = [*self.others, *self.everyone]
        if not general:
            words = " / ".join(self.doubts)
            answer = RowAnswer.UNCLEAR if words else RowAnswer.OPEN
            return Heard(row, answer, words=words[:_LONGEST])
        if row in self.beside:
            return Heard(row, RowAnswer.UNCLEAR, words=self.beside[row])
        if self.doubts:
            return Heard(row, RowAnswer.UNCLEAR, words=" / ".join(self.doubts)[:_LONGEST])
        return _merged(row, general)

    def _own(self, row: int, own: Sequence[Statement]) -> Heard:
        one = _merged(row, own)
        strong = [s for s in self.everyone if s.says is not Says.NOTHING]
        if not strong or one.answer is RowAnswer.UNCLEAR:
            return one
        for general in strong:
            if not _agree(general, own, one.answer):
                both = f"{general.words} / {one.words}"
                return Heard(row, RowAnswer.UNCLEAR, words=both[:_LONGEST])
        return one


def _tidied(words: str) -> str:
    return " / ".join(t for part in words.split(" / ") if (t := tidy(part)))[:_LONGEST]


def _agree(general: Statement, own: Sequence[Statement], answer: RowAnswer) -> bool:
    """Tell whether what is said of all leaves room for what is said of one."""
    if ANSWERS.get(general.says) is answer or any(s.but for s in own):
        return True
    if general.says is Says.STAYS:
        return answer is RowAnswer.LEAVING
    return False


def _merged(row: int, said: Sequence[Statement]) -> Heard:
    told = [s for s in said if not s.pending]
    said = told or said
    words = " / ".join(dict.fromkeys(s.words for s in said))[:_LONGEST]
    kinds = {s.says for s in said}
    if Says.UNCLEAR in kinds:
        odd = " / ".join(dict.fromkeys(s.words for s in said if s.says is Says.UNCLEAR))
        return Heard(row, RowAnswer.UNCLEAR, words=odd[:_LONGEST])
    if Says.UNDATED in kinds:
        dated = any(s.says in (Says.LEAVING, Says.LEFT) and s.on is not None for s in said)
        if not dated:
            return Heard(row, RowAnswer.UNCLEAR, words=words)
        kinds -= {Says.UNDATED}
    if kinds == {Says.STAYS, Says.LEFT} and all(s.leave for s in said[:-1]) and not said[-1].leave:
        kinds = {Says.LEFT}  # "var föräldraledig men slutade 31/10"
    if kinds == {Says.STAYS, Says.LEAVING} and not (said[-1].says is Says.STAYS and said[-1].but):
        kinds = {Says.LEAVING}
    if kinds == {Says.STAYS, Says.MOVED} and any(s.says is Says.MOVED and s.but for s in said):
        kinds = {Says.MOVED}
    if len(kinds) > 1:
        return Heard(row, RowAnswer.UNCLEAR, words=words)
    says = kinds.pop()
    days = {s.on for s in said if s.on is not None}
    if len(days) > 1:
        return Heard(row, RowAnswer.UNCLEAR, words=words)
    to = next((s.to for s in said if s.to), "") if says is Says.MOVED else ""
    to = _LEADS.sub("", tidy(to))
    return Heard(row, ANSWERS[says], days.pop() if days else None, words, to)


def statement(verdict: Verdict, words: str, *, but: bool) -> Statement:
    """Return what a verdict says, unclear where a word of it is not explained."""
    odd = bool(verdict.odd)
    says = Says.UNCLEAR if odd else verdict.says
    return Statement(
        says,
        " ".join(words.split())[:_LONGEST],
        verdict.on,
        verdict.to,
        but,
        verdict.weak,
        leave=Sort.LEAVE in verdict.sorts and not verdict.sorts & {Sort.STAY, Sort.WORKS, Sort.YES},
    )


_LEADS = re.compile(r"^(?:(?:till|på|hos|under|över|i|vid|mot|to|at|in)\s+)+", re.IGNORECASE)
_SPACED = re.compile(r"\s+(?=[,.;:!?)])|(?<=\()\s+")
_EDGES = re.compile(r"^[\s,.;:&+–—-]+|[\s,;:&+–—(-]+$|\s+(?:och|o|samt|men|and|but)\s*$")


def tidy(words: str) -> str:
    """Return words as somebody would write them: no space before a comma, none left over."""
    text = _SPACED.sub("", " ".join(words.split()))
    before = None
    while before != text:
        before, text = text, _EDGES.sub("", text)
    return text + ")" * (text.count("(") - text.count(")"))


_ASIDES = {
    Sort.LEAVE: Aside.LEAVE, Sort.DEAD: Aside.DECEASED, Sort.RENAMED: Aside.NAME_CHANGE,
    Sort.NEW: Aside.NEW_PERSON, Sort.ASKED: Aside.DELEGATED, Sort.NOT_MINE: Aside.WRONG_MANAGER,
}  # fmt: skip


def asides(sorts: Iterable[Sort]) -> list[Aside]:
    """Return which asides words of these *sorts* are."""
    return [_ASIDES[s] for s in _ASIDES if s in set(sorts)]
