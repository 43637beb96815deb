"""Rows set one below the other over as many pages as they need. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.adapters.documents.lettering import Line
from bot.adapters.documents.tags import Element, Mark

_TOGETHER = 2  # rows of a paragraph that stay on one page
_FAR = 99.0
_UNDER_HEADING = 2.2  # mm


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text, its height and how far it is set in, in mm."""

    line: Line
    height: float
    x: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows of one element on a page, from *y* mm down."""

    owner: int
    tag: str
    rows: tuple[Row, ...]
    y: float
    ruled: bool = False  # with a hairline above it


@dataclass(slots=True)
class _Part:
    """What is set as one: rows, or cells side by side; *keep*: the next one follows on its page."""

    cells: tuple[tuple[int, str, tuple[Row, ...]], ...]
    gap: float
    keep: bool = False
    ruled: bool = False
    below: float = _FAR  # the gap to the next one is no wider, in mm


@dataclass(slots=True)
class _Node:
    tag: str
    kids: list[_Node] = field(default_factory=list)
    owner: int = -1
    numbered: bool = False


class Flow:
    """Takes headings, paragraphs, tables of facts and lists; *first* … *end* are mm on the page."""

    def __init__(self, first: float, later: float, end: float) -> None:
        self._first, self._later, self._end = first, later, end
        self._parts: list[_Part] = []
        self._nodes: list[_Node] = []
        self._owners = 0

    def add(self, tag: str, rows: Sequence[Row], *, gap: float = 0.0) -> None:
        """Add a paragraph or a heading, *gap* mm below what came before it."""
        if rows:
            node = self._leaf(tag)
            self._nodes.append(node)
            cells = ((node.owner, tag, tuple(rows)),)
            below = _UNDER_HEADING if tag == "H2" else _FAR
            self._parts.append(_Part(cells, gap, keep=tag.startswith("H"), below=below))

    def facts(self, rows: Sequence[tuple[Sequence[Row], Sequence[Row]]], *, gap: float) -> None:
        """Add facts: label and value side by side, a hairline above each."""
        made = []
        for n, (label, value) in enumerate(rows):
            cells = self._pair("TH", label, "TD", value, 3.8 + gap if n == 0 else 1.1 + gap)
            self._parts[-1].ruled = True
            made.append(_Node("TR", cells))
        self._nodes.append(_Node("Table", made))

    def items(
        self, rows: Sequence[tuple[Sequence[Row], Sequence[Row]]], *, numbered: bool = False
    ) -> None:
        """Add a list: lead and text side by side."""
        made = []
        for n, (lead, text) in enumerate(rows):
            cells = self._pair("Lbl", lead, "LBody", text, 3.0 if n == 0 else 1.4)
            made.append(_Node("LI", cells))
        self._nodes.append(_Node("L", made, numbered=numbered))

    def pages(self) -> list[list[Placed]]:
        """Return what stands on each page; a heading never stands last on one."""
        pages: list[list[Placed]] = [[]]
        y = self._first
        for n, part in enumerate(self._parts):
            gap = self._gap(n) if pages[-1] else 0.0
            if y + gap + self._least(n) > self._end and pages[-1]:
                pages.append([])
                y, gap = self._later, 0.0
            y = self._place(part, y + gap, pages)
        return pages

    def structure(self, marks: Mapping[int, Sequence[Mark]]) -> tuple[Element, ...]:
        """Return the elements in reading order; *marks* are each owner's."""
        return tuple(_element(node, marks) for node in self._nodes)

    def _leaf(self, tag: str) -> _Node:
        self._owners += 1
        return _Node(tag, owner=self._owners)

    def _pair(
        self, tag: str, one: Sequence[Row], other_tag: str, other: Sequence[Row], gap: float
    ) -> list[_Node]:
        nodes = [self._leaf(tag), self._leaf(other_tag)]
        cells = ((nodes[0].owner, tag, tuple(one)), (nodes[1].owner, other_tag, tuple(other)))
        self._parts.append(_Part(cells, gap))
        return nodes

    def _gap(self, at: int) -> float:
        before = self._parts[at - 1].below if at else _FAR
        return min(self._parts[at].gap, before)

    def _least(self, at: int) -> float:
        """Return the room that part *at* needs where it begins, in mm."""
        part = self._parts[at]
        rows = max((cell[2] for cell in part.cells), key=len)
        whole = part.keep or len(rows) <= _TOGETHER + 1
        need = sum(row.height for row in (rows if whole else rows[:_TOGETHER]))
        if part.keep and at + 1 < len(self._parts):
            need += self._gap(at + 1) + self._least(at + 1)
        return need

    def _place(self, part: _Part, y: float, pages: list[list[Placed]]) -> float:
        """Put *part* from *y* down, on new pages where it needs them; return where it ends."""
        left = [list(rows) for _owner, _tag, rows in part.cells]
        ruled = part.ruled
        while True:
            end = y
            for at, (owner, tag, _rows) in enumerate(part.cells):
                rows = tuple(_fitting(left[at], self._end - y))
                left[at] = left[at][len(rows) :]
                if rows:
                    pages[-1].append(Placed(owner, tag, rows, y, ruled=ruled))
                    ruled = False
                    end = max(end, y + sum(row.height for row in rows))
            if not any(left):
                return end
            pages.append([])
            y = self._later


def _fitting(rows: Sequence[Row], room: float) -> Iterator[Row]:
    """Yield the first rows that *room* holds, leaving none alone for the next page."""
    count, used = 0, 0.0
    while count < len(rows) and used + rows[count].height <= room + 0.01:
        used += rows[count].height
        count += 1
    if count == len(rows) - 1 and count > _TOGETHER:
        count -= 1
    yield from rows[:count]


def _element(node: _Node, marks: Mapping[int, Sequence[Mark]]) -> Element:
    if node.owner >= 0:
        return Element(node.tag, tuple(marks.get(node.owner, ())))
    kids = tuple(_element(kid, marks) for kid in node.kids)
    return Element(node.tag, kids, numbered=node.numbered)
