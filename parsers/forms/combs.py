"""Rows of small boxes, one for each digit. Knows no labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.forms import Box

_WIDE = (2.8, 9.5)  # mm, of a box for one digit
_EVEN = 0.2  # by which boxes of a row may differ in width
_LEAST = 4  # boxes
_APART = 2.5  # mm between boxes that don't touch
_TOUCH = 0.7  # mm


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line at *at*, from *start* to *end* along the other axis."""

    at: float
    start: float
    end: float


def combs(
    level: Sequence[Rule], upright: Sequence[Rule], squares: Sequence[Box]
) -> tuple[Box, ...]:
    """Return every row of digit boxes, drawn as one ladder or as squares side by side."""
    ladders = [_around(row) for row in _chains(sorted(_rungs(upright), key=_place), _TOUCH)
               if len(row) >= _LEAST and _is_closed(_around(row), level)]  # fmt: skip
    rows = [_around(row) for row in _chains(sorted(squares, key=_place), _APART)
            if len(row) >= _LEAST]  # fmt: skip
    return tuple(sorted({*ladders, *rows}, key=_place))


def _place(box: Box) -> tuple[float, float]:
    return round(box.y0), box.x0


def _rungs(upright: Sequence[Rule]) -> Iterator[Box]:
    """Yield the spaces between neighbouring upright lines of one height."""
    ordered = sorted(upright, key=lambda r: (round(r.start), round(r.end), r.at))
    for left, right in pairwise(ordered):
        level = abs(left.start - right.start) < _TOUCH and abs(left.end - right.end) < _TOUCH
        if level and _WIDE[0] <= right.at - left.at <= _WIDE[1] and left.end - left.start < 15:  # noqa: PLR2004 - mm
            yield Box(left.at, left.start, right.at, left.end)


def _chains(boxes: Sequence[Box], apart: float) -> list[list[Box]]:
    """Put boxes of one row, size and step together."""
    chains: list[list[Box]] = []
    for box in boxes:
        last = chains[-1][-1] if chains else None
        if last is not None and _goes_on(last, box, apart):
            chains[-1].append(box)
        else:
            chains.append([box])
    return chains


def _goes_on(last: Box, box: Box, apart: float) -> bool:
    wide = last.x1 - last.x0
    even = abs((box.x1 - box.x0) - wide) < _EVEN * wide
    level = abs(box.y0 - last.y0) < _TOUCH and abs(box.y1 - last.y1) < _TOUCH
    return even and level and -_TOUCH < box.x0 - last.x1 < apart


def _around(row: Sequence[Box]) -> Box:
    return Box(row[0].x0, row[0].y0, row[-1].x1, row[0].y1)


def _is_closed(box: Box, level: Sequence[Rule]) -> bool:
    """Tell whether lines run along the top and the bottom of *box*."""
    return all(
        any(abs(r.at - y) < _TOUCH and r.start < box.x0 + 1 and r.end > box.x1 - 1 for r in level)
        for y in (box.y0, box.y1)
    )
