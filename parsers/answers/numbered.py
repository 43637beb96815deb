"""Answers to numbered questions: "1 Öberg 2 ja", "ok", "allt stämmer utom 2, det ska vara …".

Fails closed: what no rule explains is returned as unread, and nobody then acts on the rest.
Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.domain.forms import Value
from bot.domain.questions import Answer, Reply, Said
from parsers.answers import words
from parsers.answers.fresh import Piece
from parsers.answers.leads import AGREED, AGREED_AFTER, BUT, EDGES, RATHER, stripped, without_rest
from parsers.answers.marks import Mark, Marks, Wanted

Check = Callable[[str, str], Value]  # a field's key and a text: the value, None for none

_MOST_MARKS = 10  # in one line; more is no list of answers
_LONGEST = 300  # characters of one line


@dataclass(slots=True)
class _Said:
    """What has been understood so far."""

    answers: dict[int, Answer] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    rest: bool = False  # yes to all that is read and not spoken of

    def take(self, found: Iterable[Answer], line: str) -> None:
        """Keep answers; two that differ explain nothing."""
        for answer in found:
            old = self.answers.setdefault(answer.number, answer)
            if (old.said, old.value) != (answer.said, answer.value):
                self.unread.append(line)


@dataclass(frozen=True, slots=True)
class _Split:
    answers: tuple[Answer, ...]
    rest: bool = False
    pending: int | None = None  # the last number, whose answer stands on the next line


def understand(pieces: Sequence[Piece], wanted: Sequence[Wanted], check: Check) -> Reply:
    """Return what the new words of a reply say to the questions *wanted*."""
    reader = _Reader({w.number: w for w in wanted}, check)
    said = _Said()
    for piece in pieces:
        if piece.foreign:
            said.unread += piece.lines
        else:
            reader.piece(piece, said)
    if said.rest and not said.unread:
        for one in wanted:
            if one.open and one.proposal:
                said.answers.setdefault(one.number, Answer(one.number, Said.YES))
    if said.unread:
        return Reply(unread=tuple(dict.fromkeys(said.unread)))
    return Reply(tuple(said.answers[n] for n in sorted(said.answers)))


class _Reader:
    def __init__(self, wanted: dict[int, Wanted], check: Check) -> None:
        self._wanted = wanted
        self._check = check
        self._open = [w for w in wanted.values() if w.open]
        self._marks = Marks(wanted)

    def piece(self, piece: Piece, said: _Said) -> None:
        pending: int | None = None
        for line in piece.lines:
            text = words.without_filler(line.strip().lstrip("*•·- \t"))
            if words.is_filler(text):
                continue
            split = self._line(text, pending or piece.under)
            waited, pending = pending, split.pending if split is not None else None
            if split is not None and waited not in (None, *(a.number for a in split.answers)):
                said.unread.append(f"{waited}: –")  # a number without its answer
            if split is None:
                said.unread.append(line.strip()[:_LONGEST])
                continue
            said.take(split.answers, line.strip())
            said.rest = said.rest or split.rest
        if pending is not None:
            said.unread.append(f"{pending}: –")

    def _line(self, text: str, under: int | None) -> _Split | None:
        """Return what one line says, None when any word of it is unexplained."""
        if len(text) > _LONGEST or "?" in text:
            return None
        return self._numbered(text) or self._bare(text, under)

    def _bare(self, text: str, under: int | None) -> _Split | None:
        """Return what a line without numbers says: of the point above it, or of all."""
        if under is not None:
            one = self._part(self._wanted[under], text) if under in self._wanted else None
            return _Split((one,)) if one is not None else None
        rest = words.of_the_rest(text)
        if words.says_yes(text if rest is None else rest):
            return _Split((), rest=True)
        loose = len(self._open) == 1 and self._open[0].key in _BY_FORM and self._marks.of(text)
        if len(self._open) == 1 and rest is None and not loose:
            one = self._part(self._open[0], text, bare=True)
            if one is not None:
                return _Split((one,))
        return self._sentences(text)

    def _sentences(self, text: str) -> _Split | None:
        parts = [p for p in re.split(r"(?<=[.!;])\s+", text) if not words.is_filler(p)]
        if len(parts) < 2:  # noqa: PLR2004 - one sentence is the line itself
            return None
        found = [self._numbered(p) or self._bare(p, None) for p in parts]
        if any(f is None for f in found):
            return None
        known = [f for f in found if f is not None]
        answers = tuple(a for f in known for a in f.answers)
        return _Split(answers, rest=any(f.rest for f in known))

    def _numbered(self, text: str) -> _Split | None:
        """Return what the line says by its numbers; None when no way of reading it is the one."""
        marks = self._marks.of(text)
        if not marks or len(marks) > _MOST_MARKS:
            return None
        firm = [m for m in marks if m.firm]
        best: dict[tuple[object, ...], _Split] = {}
        for size in range(len(marks), 0, -1):
            for chosen in combinations(marks, size):
                split = self._split(text, chosen)
                if split is not None:
                    lost = sum(m not in chosen for m in firm)
                    best.setdefault((lost, split.answers, split.rest, split.pending), split)
        if not best:
            return None
        least = min(key[0] for key in best)  # type: ignore[type-var]
        ways = [split for key, split in best.items() if key[0] == least]
        return ways[0] if len(ways) == 1 else None

    def _split(self, text: str, marks: Sequence[Mark]) -> _Split | None:
        """Return what the line says when just *marks* are numbers of questions."""
        above = text[: marks[0].start]
        before = above.strip(EDGES)
        but = BUT.match(f"{before} ") if before else None
        rest = False
        if but is not None:
            whole = set(words.tokens(but[1]))
            if not whole or not (words.says_yes(but[1]) or whole <= words.GLUE):
                return None
            rest = True
        elif before and not words.is_filler(before):
            rest = words.agrees_to_all(above)
            if not rest:
                return None
        ends = [m.start for m in marks[1:]] + [len(text)]
        contents = [text[m.end : end].strip() for m, end in zip(marks, ends, strict=True)]
        contents[-1], tail = without_rest(contents[-1])
        return self._parts(marks, contents, rest=rest or tail, except_=but)

    def _parts(
        self, marks: Sequence[Mark], contents: Sequence[str], *, rest: bool,
        except_: re.Match[str] | None,
    ) -> _Split | None:  # fmt: skip
        found: list[Answer] = []
        waiting: list[int] = []
        for mark, content in zip(marks, contents, strict=True):
            wanted = self._wanted[mark.number]
            bare = re.sub(r"^(?:och|samt|&|\+)?\W*|\W*(?:och|samt|&|\+)?\W*$", "", content)
            if not bare:
                waiting.append(mark.number)
                continue
            if except_ is not None and words.says_yes(content):
                return None  # "allt utom 2 stämmer": of whom is it said?
            group = self._group((*waiting, wanted.number), content)
            if group is None:
                return None
            found += group
            waiting = []
        if not waiting:
            return _Split(tuple(found), rest=rest)
        if except_ is not None:
            denied = self._group(waiting, "nej")
            return _Split((*found, *denied), rest=rest) if denied is not None else None
        if len(waiting) == 1 and not found and not rest:
            return _Split((), pending=waiting[0])
        return None

    def _group(self, numbers: Sequence[int], content: str) -> list[Answer] | None:
        """Return one answer for each of *numbers*: "1 och 2 stämmer"; a value is one number's."""
        found = [self._part(self._wanted[n], content) for n in numbers]
        known = [a for a in found if a is not None]
        if len(known) < len(found):
            return None
        return None if len(known) > 1 and known[0].said is Said.VALUE else known

    def _part(self, wanted: Wanted, content: str, *, bare: bool = False) -> Answer | None:
        """Return what *content* says to one question; *bare*: nothing but it tells which."""
        text = content.strip(" \t,;:=–")
        confirmable = bool(wanted.proposal) or wanted.yes_no
        if words.says_yes(text):
            return Answer(wanted.number, Said.YES) if confirmable else None
        if words.says_no(text):
            return Answer(wanted.number, Said.NO) if confirmable else None
        return self._given(wanted, text, bare=bare)

    def _given(self, wanted: Wanted, text: str, *, bare: bool) -> Answer | None:
        agreed = AGREED.match(text) or AGREED_AFTER.search(text)
        rather = RATHER.match(text)
        if agreed:
            text = text[: agreed.start()] + text[agreed.end() :]
        elif rather:
            if rather[1].strip(EDGES).casefold() != wanted.proposal.casefold():
                return None
            text = rather[2]
        plain = stripped(text, wanted.label)
        led = plain != text.strip(EDGES)
        value = self._check(wanted.key, plain) if plain else None
        if value is None or (bare and not led and not _like(plain, wanted)):
            return None
        same = self._check(wanted.key, wanted.proposal) if wanted.proposal else None
        if agreed:
            return Answer(wanted.number, Said.YES) if value == same else None
        return Answer(wanted.number, Said.VALUE, value)


def _like(text: str, wanted: Wanted) -> bool:
    """Tell whether a bare value needs no more to be taken: its form tells, or it is near."""
    if any(c.isdigit() for c in text) or "@" in text:
        return True
    if not wanted.proposal:
        return len(text.split()) <= 3 and text[:1].isupper() and wanted.key not in _BY_FORM  # noqa: PLR2004
    one, two = text.casefold(), wanted.proposal.casefold()
    same = sum(a == b for a, b in zip(one, two, strict=False))
    back = sum(a == b for a, b in zip(reversed(one), reversed(two), strict=False))
    return 2 * max(same, back) >= max(len(one), len(two))


_BY_FORM = frozenset({"title", "nationality", "signed_place", "police_reference"})
