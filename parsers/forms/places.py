"""Where the value of a label stands: the cell around, right of or below it; the square beside it.

Offers places; which one is right for the page as a whole is decided in layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, takewhile

from bot.domain.forms import Box
from parsers.forms.cells import Grid
from parsers.forms.phrases import SQUARES, Found, Text

_ROOM_BELOW = 3.0  # mm under a label inside a cell
_ROOM_BESIDE = 10.0
_LEAST_HIGH, _MOST_HIGH, _LEAST_WIDE = 3.5, 45.0, 8.0  # mm, of a cell to write in
_FAR = 60.0  # mm from a label to its box on the same line
_NEAR_SQUARE = 9.0
_SAME_LINE = 2.8
_LAP = 0.8  # mm by which a label and its square may overlap


class Side(StrEnum):
    """Where a place lies, seen from its label."""

    INSIDE = "inside"
    RIGHT = "right"
    BELOW = "below"
    LINE = "line"  # no cell, a line to write on
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Page:
    """What places are looked for on."""

    text: Text
    grid: Grid
    labels: tuple[Found, ...]

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


def cells(page: Page, found: Found) -> dict[Side, Box]:
    """Return every place in which the value of a text label may stand."""
    around = page.grid.cell(found.box.x0 + 0.3, page.start(found)[1])
    if around is not None and page.labels_in(around, but=found):
        around = None  # a frame around many fields, or two labels that share a cell
    places = {}
    if around is not None and _has_room(around, found.box) and not page.grid.squares_in(around):
        places[Side.INSIDE] = around
    right, below = _right(page, found, around), _below(page, found, around)
    if right is not None:
        places[Side.RIGHT] = right
    if below is not None:
        places[Side.BELOW] = below
    if not places:
        line = _line(page, found)
        if line is not None:
            places[Side.LINE] = line
    return places


def _has_room(cell: Box, label: Box) -> bool:
    return cell.y1 - label.y1 >= _ROOM_BELOW or cell.x1 - label.x1 >= _ROOM_BESIDE


def _right(page: Page, found: Found, around: Box | None) -> Box | None:
    y = page.start(found)[1]
    start = around.x1 if around is not None else found.box.x1
    reach = 1.5 if around is not None else _FAR
    others = [
        f.box.x0 for f in page.labels
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


def _is_free(page: Page, cell: Box) -> bool:
    high, wide = cell.y1 - cell.y0, cell.x1 - cell.x0
    sized = _LEAST_HIGH <= high <= _MOST_HIGH and wide >= _LEAST_WIDE
    return sized and not page.labels_in(cell) and not page.grid.squares_in(cell)


def _line(page: Page, found: Found) -> Box | None:
    """Return the strip over a line to write on, beside the label or under it."""
    label = found.box
    for rule in sorted(page.grid.level, key=lambda r: (r.at, r.start)):
        beside = rule.start >= label.x1 - 1 and rule.start - label.x1 < 8  # noqa: PLR2004 - mm
        under = rule.start <= label.x0 + 1 < rule.end
        if (beside and -2 < rule.at - label.y1 < 3) or (under and 4 < rule.at - label.y1 < 10):  # noqa: PLR2004
            return Box(rule.start, rule.at - 6.5, rule.end, rule.at)
    return None


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
    places = {}
    if left:
        places[Side.LEFT] = max(left, key=lambda s: s.x1)
    if right:
        places[Side.RIGHT] = min(right, key=lambda s: s.x0)
    return places


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
