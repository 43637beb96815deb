"""Where a small area really lies: paper curls, so print can be off the page's one way by a mm."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from bot.domain.forms import Box
from parsers.scan.paper import Paper

_SCALE = 8.0  # px/mm
_REACH = 1.4  # mm: farther off than this the page was not laid
_PULL = 0.04  # likeness lost a mm: of two places that look alike the near one is right
_PRINTED = 200  # the blank is printed where it is darker


@dataclass(frozen=True, slots=True)
class Shift:
    """How far (mm) an area's print lies from where it should, and how alike (0-1) it looks."""

    x: float = 0.0
    y: float = 0.0
    alike: float = 0.0

    def moved(self, box: Box) -> Box:
        """Return *box* where it really lies."""
        return Box(box.x0 + self.x, box.y0 + self.y, box.x1 + self.x, box.y1 + self.y)


def settle(paper: Paper, box: Box) -> Shift:
    """Return how far the print in *box* (mm on the blank) lies from its place."""
    pattern = paper.blank(box, _SCALE)
    if np.count_nonzero(pattern < _PRINTED) < _SCALE:
        return Shift()
    wider = Box(box.x0 - _REACH, box.y0 - _REACH, box.x1 + _REACH, box.y1 + _REACH)
    seen = cv2.GaussianBlur(paper.plain(wider, _SCALE), (3, 3), 0)
    likeness = cv2.matchTemplate(seen, cv2.GaussianBlur(pattern, (3, 3), 0), cv2.TM_CCOEFF_NORMED)
    high, wide = likeness.shape
    y, x = np.mgrid[:high, :wide].astype(np.float64)
    far = np.hypot(x - (wide - 1) / 2, y - (high - 1) / 2) / _SCALE
    best = int(np.argmax(likeness - _PULL * far))
    down, right = divmod(best, wide)
    return Shift(
        (right - (wide - 1) / 2) / _SCALE,
        (down - (high - 1) / 2) / _SCALE,
        float(np.clip(likeness[down, right], 0, 1)),
    )
