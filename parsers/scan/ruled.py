"""Printed lines, squares and rings of a straightened page, as a vector page gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from bot.domain.forms import Box
from parsers.pdf.content import Outline
from parsers.scan.picture import Grey
from parsers.scan.straight import SCALE, Straight

_DARK = 205  # of the page with white paper: a thin grey line is darker
_PALE = 222  # … and so is the thin side of a square
_SHORTEST = 4.0  # mm, of a line
_THICK = 0.9  # mm: more is no line
_GAP = 4  # px: a line goes on after a gap less wide
_BESIDE = (0.15, 0.35)  # mm off a line, and how deep, where paper must lie
_SURELY = 30.0  # mm: no letters make a line as long
_PAPER, _SOME_PAPER = (0.7, 0.85), (0.3, 0.75)  # of the length: on the worse and better side
_SQUARE = (1.6, 6.6)  # mm, inside
_FULL, _ROUND = 0.9, (0.72, 0.86)  # part of the box around that a square, a ring fills
_STROKE = 1.2  # mm: the thickest stroke of a square
_LONE = 0.6  # mm of paper around a ring


def outlines(page: Straight) -> tuple[Outline, ...]:
    """Return the page's lines and the squares and rings to tick, in mm."""
    dark = (page.clean < _DARK).astype(np.uint8)
    found = [_line(box) for box in (*lines(dark, 0), *lines(dark, 1))]
    pale = (page.clean < _PALE).astype(np.uint8)
    return (*found, *(_square(box) for box in squares(pale)))


def lines(dark: Grey, axis: int) -> Iterator[Box]:
    """Yield the boxes (mm) around lines along *axis*: 0 level, 1 upright."""
    length = round(_SHORTEST * SCALE)
    gap, kernel = ((_GAP, 1), (length, 1)) if axis == 0 else ((1, _GAP), (1, length))
    whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(gap[::-1], np.uint8))
    ruled = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
    count, _labels, stats, centres = cv2.connectedComponentsWithStats(ruled, connectivity=8)
    for n in range(1, count):
        x, y, wide, high, area = (int(v) for v in stats[n])
        thick = area / max(wide if axis == 0 else high, 1) / SCALE
        if thick > _THICK or not _is_bare(dark, axis, (x, y, wide, high)):
            continue
        middle = float(centres[n][1 - axis]) + 0.5
        half = thick * SCALE / 2
        level = (x, middle - half, x + wide, middle + half)
        upright = (middle - half, y, middle + half, y + high)
        yield Box(*(v / SCALE for v in (level, upright)[axis]))


def _is_bare(dark: Grey, axis: int, box: Sequence[int]) -> bool:
    """Tell whether paper lies along both sides of what may be a line, not letters."""
    x, y, wide, high = box
    if axis == 1:
        dark, x, y, wide, high = dark.T, y, x, high, wide
    off, deep = round(_BESIDE[0] * SCALE), round(_BESIDE[1] * SCALE)
    above = dark[max(0, y - off - deep) : max(0, y - off), x : x + wide]
    below = dark[y + high + off : y + high + off + deep, x : x + wide]
    paper = sorted(1 - float(part.any(axis=0).mean()) if part.size else 1.0
                   for part in (above, below))  # fmt: skip
    least = _PAPER if wide < _SURELY * SCALE else _SOME_PAPER
    return paper[0] >= least[0] and paper[1] >= least[1]


def squares(dark: Grey) -> Iterator[Box]:
    """Yield the boxes (mm) of squares and rings, along the middle of their strokes."""
    whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    shapes, family = cv2.findContours(whole, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for shape, (_next, _before, _child, parent) in zip(
        shapes, family[0] if shapes else (), strict=True
    ):
        if parent < 0:
            continue
        x, y, wide, high = cv2.boundingRect(shape)
        x, y, wide, high = x + 1, y + 1, wide - 2, high - 2  # a hole's contour lies on its rim
        sized = all(_SQUARE[0] * SCALE <= side <= _SQUARE[1] * SCALE for side in (wide, high))
        if not sized or not 0.78 < wide / high < 1.28:  # noqa: PLR2004 - nearly as high as wide
            continue
        filled = cv2.contourArea(cv2.convexHull(shape)) / ((wide + 1) * (high + 1))
        outer = cv2.boundingRect(shapes[parent])
        stroke = max(wide, outer[2]) - wide, max(high, outer[3]) - high
        alone = all(side <= 2 * _STROKE * SCALE for side in stroke)
        square = filled > _FULL and _is_empty(dark, x, y, wide, high)
        ring = _ROUND[0] < filled < _ROUND[1] and alone and _is_lone(dark, outer)
        if square or ring:
            rim = min(stroke) / 4 if alone else SCALE * 0.1
            yield Box(*(v / SCALE for v in (x - rim, y - rim, x + wide + rim, y + high + rim)))


def _is_empty(dark: Grey, x: int, y: int, wide: int, high: int) -> bool:
    inside = dark[y + 3 : y + high - 3, x + 3 : x + wide - 3]
    return float(inside.mean()) < 0.06 if inside.size else False  # noqa: PLR2004 - dust


def _is_lone(dark: Grey, outer: Sequence[int]) -> bool:
    """Tell whether nothing is printed close left and right: a ring, not a letter of a word."""
    x, y, wide, high = outer
    rim = round(_LONE * SCALE)
    beside = (
        dark[y : y + high, max(0, x - rim) : x],
        dark[y : y + high, x + wide : x + wide + rim],
    )
    return all(float(part.mean()) < 0.02 for part in beside if part.size)  # noqa: PLR2004 - dust


def _line(box: Box) -> Outline:
    return Outline(box.x0, box.y0, box.x1, box.y1, False, True, (), False)  # noqa: FBT003


def _square(box: Box) -> Outline:
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    sides = ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0))
    return Outline(x0, y0, x1, y1, True, False, sides, False)  # noqa: FBT003
