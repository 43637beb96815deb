"""A table of any length, set row by row; its head stands on every page. Knows no review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.adapters.blank.latin import LATIN, LATIN_BOLD
from bot.adapters.blank.pen import Style
from bot.adapters.documents.lettering import BLUE, INK, Line, leading, wrap
from bot.adapters.documents.review.paper import END, LEFT, RIGHT, RULE, Paper
from bot.domain.forms import Box
from bot.ports.review_papers import harmless

_CELL, _HEAD, _BAND = Style(LATIN, 8, INK), Style(LATIN_BOLD, 8, BLUE), Style(LATIN_BOLD, 8, INK)
_PALE = (0.91, 0.94, 0.97)
_STEP = leading(_CELL) * 0.95
_PAD, _GUTTER = 0.7, 1.6  # above and below a row, between columns, in mm
_BAND_HIGH = _STEP + 2 * _PAD
_LONGEST = 240  # characters of a cell; the table that goes with the report has the rest
_BASELINE = 0.72


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, and its width in mm."""

    head: str
    wide: float


@dataclass(frozen=True, slots=True)
class Band:
    """A line across the table that says whose rows follow."""

    words: str


Cells = Sequence[str]


class LongTable:
    """Sets rows as they come; holds none of them."""

    def __init__(self, paper: Paper, columns: Sequence[Column]) -> None:
        self._paper, self._columns = paper, columns
        self._lefts: list[float] = []
        at = LEFT
        for column in columns:
            self._lefts.append(at)
            at += column.wide

    def fill(self, rows: Iterable[Cells | Band]) -> None:
        """Set *rows*, turning pages as needed; a band never stands last on one."""
        paper = self._paper
        paper.y += 2.0
        with paper.tree.inside("Table"):
            self._head(first=True)
            band, new = Band(""), False
            for row in rows:
                if isinstance(row, Band):
                    band, new = row, True
                    continue
                cells = [_lines(text, c.wide) for text, c in zip(row, self._columns, strict=True)]
                high = _STEP * max(map(len, cells)) + 2 * _PAD
                turned = self._turned(high + (_BAND_HIGH if new else 0.0))
                if new or (turned and band.words):
                    self._band(band, new=new)
                    new = False
                self._row(cells, high)
        with paper.sheets.passed():
            paper.sheets.rule((LEFT, paper.y), RIGHT, RULE)

    def _turned(self, need: float) -> bool:
        """Turn the page unless *need* mm are left; tell whether it was turned."""
        if self._paper.y + need <= END:
            return False
        self._paper.turn()
        self._head(first=False)
        return True

    def _row(self, cells: Sequence[Sequence[Line]], high: float) -> None:
        paper = self._paper
        with paper.sheets.passed():
            paper.sheets.rule((LEFT, paper.y), RIGHT, RULE)
        with paper.tree.inside("TR"):
            for lines, x in zip(cells, self._lefts, strict=True):
                if not lines:
                    paper.tree.leaf("TD")
                    continue
                with paper.sheets.mark("TD") as mark:
                    self._write(lines, x)
                paper.tree.leaf("TD", mark)
        paper.y += high

    def _band(self, band: Band, *, new: bool) -> None:
        """Set the band; on a further page it is said again to the eye only."""
        paper = self._paper
        words = band.words if new else f"{band.words} (forts.)"
        lines = wrap(harmless(words), _BAND, RIGHT - LEFT - 2)[:1]
        with paper.sheets.passed():
            paper.sheets.block(Box(LEFT, paper.y, RIGHT, paper.y + _BAND_HIGH), _PALE)
            if not new:
                self._write(lines, LEFT + 0.8)
        if new:
            with paper.tree.inside("TR"), paper.sheets.mark("TH") as mark:
                self._write(lines, LEFT + 0.8)
                paper.tree.leaf("TH", mark, span=len(self._columns))
        paper.y += _BAND_HIGH

    def _head(self, *, first: bool) -> None:
        """Set the head; a screen reader hears it once only."""
        paper = self._paper
        heads = [wrap(column.head, _HEAD, column.wide - _GUTTER) for column in self._columns]
        high = _STEP * max(map(len, heads)) + 2 * _PAD
        paper.room(high + 3 * _STEP)
        if first:
            with paper.tree.inside("TR"):
                for lines, x in zip(heads, self._lefts, strict=True):
                    with paper.sheets.mark("TH") as mark:
                        self._write(lines, x)
                    paper.tree.leaf("TH", mark, scope="column")
        else:
            with paper.sheets.passed():
                for lines, x in zip(heads, self._lefts, strict=True):
                    self._write(lines, x)
        paper.y += high

    def _write(self, lines: Iterable[Line], x: float) -> None:
        y = self._paper.y + _PAD + _STEP * _BASELINE
        for line in lines:
            for piece in line:
                self._paper.sheets.write(piece.words, (x + piece.x, y), piece.style)
            y += _STEP


@lru_cache(maxsize=8192)  # units, managers, days and answers come again and again
def _lines(text: str, wide: float) -> tuple[Line, ...]:
    words = harmless(text)
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    return wrap(words, _CELL, wide - _GUTTER)
