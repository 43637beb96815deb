"""Long straight lines through a small place: folds, streaks, rules, a stamp's edge. No ticks."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.scan.paper import Mask, Paper
from parsers.scan.picture import Grey
from parsers.scan.settling import Shift

_SCALE = 5.0  # px/mm
_REACH = 13.0  # mm to both sides of the place: no tick's tail goes so far
_NEAR = 2.6  # mm: what is nearer may be the mark itself
_ASIDE = 1.0  # mm from a line to the paper it is compared with
_STEP = 0.2  # mm between samples along a line
_DARKER = 12  # grey levels between a line and the paper beside it
_MOST = 0.66  # of the samples on each side that are darker
_FREE = 10  # samples on each side (2 mm) that print does not hide
_SLACK = 0.35  # mm around print
_PRINT = 200
_WIDE = 0.8  # mm of ink that are taken away with a line
_ALIKE = 0.02  # of the samples
_TURNS = 4  # steps of the angle
_ANGLES = np.deg2rad(np.arange(0, 180, 2.0))


@dataclass(frozen=True, slots=True)
class Run:
    """A line through (*x*, *y*), mm on the page as laid, in the direction *angle* (radians)."""

    x: float
    y: float
    angle: float

    def drawn(self, box: Box, scale: float, shape: tuple[int, ...]) -> Mask:
        """Return where the line lies in *box* (mm), a mask of *shape* at *scale* px/mm."""
        out = np.zeros(shape, dtype=np.uint8)
        far = 100.0 * np.array([np.cos(self.angle), np.sin(self.angle)])
        middle = np.array([self.x - box.x0, self.y - box.y0])
        ends = [tuple(int(v) for v in np.rint((middle + s * far) * scale)) for s in (-1, 1)]
        cv2.line(out, ends[0], ends[1], 1, max(1, round(_WIDE * scale)))
        return out > 0


def crossing(paper: Paper, box: Box, shift: Shift) -> Run | None:
    """Return the long line that runs through the middle of *box* (mm on the blank), if one does."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    rim = _REACH + _ASIDE + 1
    around = Box(x - rim, y - rim, x + rim, y + rim)
    grey = cv2.erode(paper.area(shift.moved(around), _SCALE), np.ones((3, 3), np.uint8))
    slack = 2 * round(_SLACK * _SCALE) + 1
    free = cv2.erode(paper.blank(around, _SCALE), np.ones((slack, slack), np.uint8)) >= _PRINT
    half = (box.x1 - box.x0) / 2 - 0.4
    offsets = np.arange(-half, half + 0.01, 0.15)
    darker, known = _sampled(np.asarray(grey), free, rim, offsets)
    sides = [slice(0, darker.shape[2] // 2), slice(darker.shape[2] // 2, None)]
    worth = np.ones(darker.shape[:2])
    for side in sides:
        count = known[:, :, side].sum(axis=2)
        share = (darker & known)[:, :, side].sum(axis=2) / np.maximum(count, 1)
        worth = np.minimum(worth, np.where(count >= _FREE, share, 0.0))
    best = int(np.argmax(worth))
    turn, off = divmod(best, len(offsets))
    if worth[turn, off] < _MOST:
        return None
    # a broad line is found at several angles and offsets alike: it lies in their middle
    turns, offs = np.nonzero(worth >= worth[turn, off] - _ALIKE)
    near = np.abs(turns - turn) <= _TURNS
    angle, aside = float(_ANGLES[turns[near]].mean()), float(offsets[offs[near]].mean())
    moved = shift.moved(Box(x, y, x, y))
    return Run(moved.x0 - aside * np.sin(angle), moved.y0 + aside * np.cos(angle), angle)


def _sampled(
    grey: Grey, free: Mask, rim: float, offsets: npt.NDArray[np.float64]
) -> tuple[Mask, Mask]:
    """Return, [angle, offset, place along it], where a line is darker, and where that is known."""
    along = np.arange(_NEAR, _REACH, _STEP)
    along = np.concatenate((-along[::-1], along))
    cos, sin = np.cos(_ANGLES)[:, None, None], np.sin(_ANGLES)[:, None, None]

    def at(aside: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        off = offsets[None, :, None] + aside
        columns = (rim + along * cos - off * sin) * _SCALE
        rows = (rim + along * sin + off * cos) * _SCALE
        high, wide = grey.shape
        return (
            np.clip(rows.astype(np.intp), 0, high - 1),
            np.clip(columns.astype(np.intp), 0, wide - 1),
        )

    middle, left, right = at(0.0), at(-_ASIDE), at(_ASIDE)
    beside = np.minimum(grey[left], grey[right]).astype(np.int16)
    darker = grey[middle].astype(np.int16) < beside - _DARKER
    return darker, np.asarray(free[middle] & free[left] & free[right])
