"""Where the value of a label may stand: cells and lines around it; the square beside it.

Offers places; which one is right for the page as a whole is decided in choosing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import count, takewhile

from bot.domain.forms import Box
from parsers.forms.cells import Grid
from parsers.forms.combs import Rule
from parsers.forms.phrases import SQUARES, Found, Text

_ROOM_BELOW = 3.0  # mm under a label inside a cell
_ROOM_BESIDE = 10.0
_LEAST_HIGH, _MOST_HIGH, _LEAST_WIDE = 3.0, 45.0, 8.0  # mm, of a cell to write in
_FAR = 110.0  # mm from a label to its box on the same line
_NEAR_LINE = 8.0  # mm from a label to the line beside it
_TO_LINE = (3.5, 12.0)  # mm from a label down to the line that its value stands on
_OVER = (-0.3, 2.5)  # mm from such a line down to a label under it
_WRITING = 8.0  # mm: as high as writing on a line is
_FLUSH = 2.5  # mm: label and line begin together
_NEAR_SQUARE = 9.0
_SAME_LINE = 2.8
_HINT = re.compile(r"[åäaymdxn\d\-–_./:()+]*")  # such as ÅÅÅÅMMDD-NNNN
_LAP = 0.8  # mm by which a label and its square may overlap


class Side(StrEnum):
    """Where a place lies, seen from its label."""

    RIGHT = "right"
    BELOW = "below"
    ABOVE = "above"
    INSIDE = "inside"
    BESIDE_LINE = "beside line"  # no cell, a line to write on
    ABOVE_LINE = "above line"
    UNDER_LINE = "under line"
    LEFT = "left"


@dataclass(frozen=True)
class Page:
    """What places are looked for on."""

    text: Text
    grid: Grid
    labels: tuple[Found, ...]
    others: tuple[Found, ...] = ()  # the other printed words, where every word is printed

    @cached_property
    def printed(self) -> tuple[Found, ...]:
        """Return labels and other printed words but hints how to write."""
        return (*self.labels, *(f for f in self.others if not _HINT.fullmatch(f.phrase.casefold())))

    def labels_in(self, box: Box, but: Found | None = None) -> list[Found]:
        """Return the labels whose first letter stands in *box*."""
        return [f for f in self.labels if f is not but and _holds(box, *self.start(f))]

    def start(self, found: Found) -> tuple[float, float]:
        """Return the middle of the label's first letter."""
        return self.text.chars[found.first].middle

    def writes_in(self, box: Box) -> bool:
        """Tell whether something stands in *box* that is no label."""
        printed = {i for f in self.labels for i in range(f.begun, f.last + 1)}
        return any(
            i not in printed and _holds(box, *c.middle) for i, c in enumerate(self.text.chars)
        )


def places(page: Page, found: Found) -> dict[Side, Box]:
    """Return every place in which the value of a text label may stand."""
    around = page.grid.cell(found.box.x0 + 0.3, page.start(found)[1])
    if around is not None and page.labels_in(around, but=found):
        around = None  # a frame around many fields, or two labels that share a cell
    inside = around
    if around is not None and (
        not _has_room(around, found.box) or page.grid.squares_in(around) or _is_rack(page, around)
    ):
        inside = None
    offers = {
        Side.RIGHT: _right(page, found, around), Side.BELOW: _below(page, found, around),
        Side.ABOVE: _above(page, found, around), Side.INSIDE: inside,
    }  # fmt: skip
    if around is None:
        offers |= _lines(page, found)
    return {side: box for side, box in offers.items() if box is not None}


def _is_rack(page: Page, cell: Box) -> bool:
    """Tell whether the cell holds boxes to write in, one for each digit."""
    return any(cell.y0 < r.y0 and r.y1 < cell.y1 and cell.x0 < r.x0 < cell.x1
               for r in page.grid.combs)  # fmt: skip


def _has_room(cell: Box, label: Box) -> bool:
    return cell.y1 - label.y1 >= _ROOM_BELOW or cell.x1 - label.x1 >= _ROOM_BESIDE


def _right(page: Page, found: Found, around: Box | None) -> Box | None:
    y = page.start(found)[1]
    start = around.x1 if around is not None else found.box.x1
    reach = 1.5 if around is not None else _FAR
    others = [
        f.box.x0 for f in page.printed
        if f is not found and f.box.x0 > found.box.x1 - 1 and abs(page.start(f)[1] - y) < _SAME_LINE
    ]  # fmt: skip
    limit = min([start + reach, *others])
    for x in takewhile(lambda x: x < limit, (start + 0.8 + 2 * n for n in count())):
        cell = page.grid.cell(x, y)
        if cell is not None and cell.x0 >= start - 0.8 and _is_free(page, cell):
            return cell
    return None


def _below(page: Page, found: Found, around: Box | None) -> Box | None:
    x = found.box.x0 + 0.5
    for step in (0.8, 2.0, 3.5):
        cell = page.grid.cell(x, (around.y1 if around is not None else found.box.y1) + step)
        if cell is not None and cell.y0 >= found.box.y1 - 0.8 and _is_free(page, cell):
            return cell
        if around is not None:
            return None
    return None


def _above(page: Page, found: Found, around: Box | None) -> Box | None:
    """Return the box over a label that stands free."""
    if around is not None:
        return None
    for step in (0.8, 2.0):
        cell = page.grid.cell(found.box.x0 + 0.5, found.box.y0 - step)
        if cell is not None and cell.y1 <= found.box.y0 + 0.8 and _is_free(page, cell):
            return cell
    return None


def _is_free(page: Page, cell: Box) -> bool:
    high, wide = cell.y1 - cell.y0, cell.x1 - cell.x0
    sized = _LEAST_HIGH <= high <= _MOST_HIGH and wide >= _LEAST_WIDE
    words = any(_holds(cell, *page.start(f)) for f in page.printed)
    return sized and not words and not page.grid.squares_in(cell)


def _lines(page: Page, found: Found) -> dict[Side, Box | None]:
    """Return the strips over lines to write on: beside the label, under it, over it."""
    label, offers = found.box, dict[Side, Box | None]()
    for rule in sorted(page.grid.free_lines(), key=lambda r: (r.at, r.start)):
        flush = abs(rule.start - label.x0) < _FLUSH and not _is_shared(page, found, rule)
        beside = -_LAP <= rule.start - label.x1 < _NEAR_LINE and abs(rule.at - label.y1) < _FLUSH
        if beside and not _between(page, found, rule):
            offers.setdefault(Side.BESIDE_LINE, _strip(page, rule))
        elif flush and _TO_LINE[0] < rule.at - label.y1 < _TO_LINE[1]:
            offers.setdefault(Side.ABOVE_LINE, _strip(page, rule, label.y1))
        elif flush and _OVER[0] < label.y0 - rule.at < _OVER[1]:
            offers[Side.UNDER_LINE] = _strip(page, rule)
    return {side: box for side, box in offers.items() if _is_strip(box)}


def _between(page: Page, found: Found, rule: Rule) -> bool:
    y = page.start(found)[1]
    return any(found.box.x1 < f.box.x0 < rule.start and abs(page.start(f)[1] - y) < _SAME_LINE
               for f in page.printed if f is not found)  # fmt: skip


def _is_shared(page: Page, found: Found, rule: Rule) -> bool:
    """Tell whether another label of the same row stands over or under the line."""
    y = page.start(found)[1]
    return any(rule.start < f.box.x0 < rule.end and abs(page.start(f)[1] - y) < _SAME_LINE
               for f in page.printed if f is not found)  # fmt: skip


def _strip(page: Page, rule: Rule, top: float = 0.0) -> Box:
    """Return the room for writing over a line: up to what is printed above it."""
    above = [f.box.y1 for f in page.printed if f.box.y1 < rule.at - 1
             and f.box.x0 < rule.end and f.box.x1 > rule.start]  # fmt: skip
    above += [r.at for r in page.grid.level if r.at < rule.at - 1
              and r.start < rule.end and r.end > rule.start]  # fmt: skip
    return Box(rule.start, max([top, rule.at - _WRITING, *above]), rule.end, rule.at)


def _is_strip(box: Box | None) -> bool:
    return box is not None and box.y1 - box.y0 >= _LEAST_HIGH and box.x1 - box.x0 >= _LEAST_WIDE


def squares(page: Page) -> tuple[Box, ...]:
    """Return the page's squares, drawn or set as letters."""
    letters = [Box(c.x0, c.y0, c.x1, c.y1) for c in page.text.chars if c.text in SQUARES]
    return (*page.grid.squares, *letters)


def square(page: Page, found: Found, among: Iterable[Box]) -> dict[Side, Box]:
    """Return the nearest square left of the label and the nearest right of it."""
    y = page.start(found)[1]
    last = page.text.chars[found.last]
    level = [s for s in among if abs((s.y0 + s.y1) / 2 - y) < _SAME_LINE]
    left = [s for s in level if -_LAP < found.box.x0 - s.x1 < _NEAR_SQUARE]
    right = [
        s for s in among
        if abs((s.y0 + s.y1) / 2 - last.middle[1]) < _SAME_LINE and -_LAP < s.x0 - last.x1 < _FAR
        and not any(last.x1 < f.box.x0 < s.x0 and abs(page.start(f)[1] - y) < _SAME_LINE
                    for f in page.labels)
    ]  # fmt: skip
    offers = {}
    if left:
        offers[Side.LEFT] = max(left, key=lambda s: s.x1)
    if right:
        offers[Side.RIGHT] = min(right, key=lambda s: s.x0)
    return offers


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
