"""What is new in a reply to a review letter, and beside which quoted rows it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.answers.fresh import Index, Word, quoted_words, words_of

_LINE = 1_500  # characters of a typed line; nobody answers in a longer one
_LINES = 1_000  # typed lines
LONGEST = 200_000  # characters of a reply that are looked at


@dataclass(frozen=True, slots=True)
class Line:
    """Words typed on one line; *row* is the quoted row before them on it, *ahead* the one after."""

    text: str
    row: int | None = None
    ahead: int | None = None
    foreign: bool = False  # perhaps somebody else's
    place: int = 0  # number of the line in the reply


@dataclass(frozen=True, slots=True)
class Quoted:
    """The line of a row in the quotation; None for other lines of the letter."""

    row: int | None


@dataclass(frozen=True, slots=True)
class Parted:
    """A reply taken apart: what was typed and what was quoted, in order."""

    items: tuple[Line | Quoted, ...]
    cut: bool = False  # it goes on beyond what is looked at

    @property
    def quoted(self) -> frozenset[int]:
        """The rows that stand in the quotation."""
        rows = {i.row for i in self.items if isinstance(i, Quoted) and i.row is not None}
        rows |= {r for i in self.items if isinstance(i, Line) for r in (i.row, i.ahead) if r}
        return frozenset(rows)


@lru_cache(maxsize=8)
def _index(letters: tuple[str, ...]) -> Index:
    return Index(letters, brief=True)


def parted(text: str, letters: Sequence[str]) -> Parted:
    """Return *text*, a reply to one of *letters*, taken apart."""
    lines = unicodedata.normalize("NFC", text[:LONGEST]).splitlines()
    words = words_of(lines)
    old = quoted_words(words, _index(tuple(letters)))
    items: list[Line | Quoted] = []
    begun = False
    for place, line in _by_line(words):
        begun = begun or any(n in old for n, _ in line)
        if all(n not in old for n, _ in line):  # as it stood, with the tabs of a table
            bare = re.sub(r"^(?:\s*>)+\s?", "", lines[place]).strip(" ")
            items.append(
                Line(bare, foreign=_is_foreign([w for _, w in line], begun=begun), place=place)
            )
            continue
        items += _line(place, line, old, begun=begun)
    kept = [i for i in items if isinstance(i, Quoted) or len(i.text) <= _LINE]
    typed = sum(isinstance(i, Line) for i in kept)
    cut = len(text) > LONGEST or len(kept) < len(items) or typed > _LINES
    return Parted(tuple(_whole(kept))[: _LINES if typed > _LINES else None], cut=cut)


def _by_line(words: Sequence[Word]) -> Iterator[tuple[int, list[tuple[int, Word]]]]:
    line: list[tuple[int, Word]] = []
    for n, word in enumerate(words):
        if line and line[-1][1].line != word.line:
            yield line[0][1].line, line
            line = []
        line.append((n, word))
    if line:
        yield line[0][1].line, line


def _line(
    place: int, line: Sequence[tuple[int, Word]], old: dict[int, int | None], *, begun: bool
) -> Iterator[Line | Quoted]:
    """Yield the parts of one line: a row, and what is typed before and after it."""
    row: int | None = None
    typed: list[Word] = []
    for n, word in line:
        if n not in old:
            typed.append(word)
            continue
        point = old[n]
        if point is not None and typed:
            yield _typed(typed, place, row, point, begun=begun)
            typed = []
        elif typed:
            yield _typed(typed, place, row, None, begun=begun)
            typed = []
        if point != row or row is None:
            yield Quoted(point)
        row = point
    if typed:
        yield _typed(typed, place, row, None, begun=begun)


def _typed(
    words: Sequence[Word], place: int, row: int | None, ahead: int | None, *, begun: bool
) -> Line:
    text = " ".join(w.raw for w in words)
    return Line(text, row, ahead, _is_foreign(words, begun=begun), place)


def _is_foreign(words: Sequence[Word], *, begun: bool) -> bool:
    return any(w.depth > 1 or (w.depth and not begun) for w in words)


def _whole(items: Sequence[Line | Quoted]) -> Iterator[Line | Quoted]:
    """Yield *items* without crumbs of the quotation and repeated lines of the same row."""
    last: Line | Quoted | None = None
    for item in items:
        if isinstance(item, Line) and not item.text.strip():
            continue
        if isinstance(item, Quoted) and isinstance(last, Quoted) and item.row == last.row:
            continue
        yield item
        last = item
