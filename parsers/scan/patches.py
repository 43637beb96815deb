"""Small patches of the blank sought on the page, one by one. Draws no conclusion from them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.scan.features import Floats, Matrix, Points, moved
from parsers.scan.picture import Grey

_WAY = 0.5  # mm over which a way is taken to be straight


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What became of every patch: moves in mm, likeness -1 to 1; 0 and 0 off the picture."""

    moves: Points
    alike: Floats
    windows: tuple[tuple[Grey, Grey] | None, ...]  # of the page and of the blank, each
    way: Matrix  # from mm to px of the picture, to which the moves are added in mm


def seek(
    page: Grey, blank: Grey, centres: Points, *, scale: float, half: float, reach: float
) -> tuple[Points, Floats]:
    """Return the moves (mm) and likenesses of patches of *blank* on *page*, both *scale* px/mm.

    *centres* in mm, *half* a patch's half side and *reach* how far it may lie off, both in mm.
    """
    rim, far = round(half * scale), round((half + reach) * scale)
    padded = cv2.copyMakeBorder(page, far, far, far, far, cv2.BORDER_REPLICATE)
    around = cv2.copyMakeBorder(blank, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
    moves, alike = np.zeros_like(centres), np.zeros(len(centres))
    for index, (x, y) in enumerate(np.floor(centres * scale).astype(int)):
        patch = around[y : y + 2 * rim + 1, x : x + 2 * rim + 1]
        window = padded[y : y + 2 * far + 1, x : x + 2 * far + 1]
        shift, alike[index] = match(np.asarray(window), np.asarray(patch))
        moves[index] = shift / scale
    return moves, alike


def seek_each(
    level: tuple[float, Grey], way: Matrix, blank: Grey, centres: Points, start: Points,
    *, scale: float, half: float, reach: float,
) -> Found:  # fmt: skip
    """Seek patches of *blank* (*scale* px/mm) in the picture itself, each where it must lie.

    *level* is the picture made smaller and how many times, *way* leads from mm to px of the whole
    picture, *start* are the moves (mm) expected; the moves found include them.
    """
    times, grey = level
    rim, far = round(half * scale), round((half + reach) * scale)
    around = cv2.copyMakeBorder(blank, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
    places = np.floor(centres * scale).astype(int)
    middles = (places + 0.5) / scale + start
    seen, along, down = (
        moved(middles + step, way) for step in ((0.0, 0.0), (_WAY, 0.0), (0.0, _WAY))
    )
    high, wide = grey.shape
    moves, alike = start.copy(), np.zeros(len(centres))
    windows: list[tuple[Grey, Grey] | None] = []
    for index, (x, y) in enumerate(places):
        centre = seen[index] / times
        if not (0 <= centre[0] < wide and 0 <= centre[1] < high):
            windows.append(None)
            continue
        turn = np.stack([along[index] - seen[index], down[index] - seen[index]], axis=1)
        turn = turn / (_WAY * scale * times)
        shift = centre - 0.5 - turn @ (far, far)
        window = cv2.warpAffine(
            grey, np.column_stack([turn, shift]), (2 * far + 1, 2 * far + 1),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        patch = around[y : y + 2 * rim + 1, x : x + 2 * rim + 1]
        off, alike[index] = match(np.asarray(window), np.asarray(patch))
        moves[index] += off / scale
        windows.append((np.asarray(window, dtype=np.uint8), np.asarray(patch, dtype=np.uint8)))
    return Found(moves, alike, tuple(windows), way)


def match(window: Grey, patch: Grey) -> tuple[Floats, float]:
    """Return how far (px) *patch* lies from the middle of *window*, and how alike it is there."""
    likeness = np.asarray(cv2.matchTemplate(window, patch, cv2.TM_CCOEFF_NORMED), dtype=np.float64)
    _low, top, _at, (x, y) = cv2.minMaxLoc(likeness)
    if not np.isfinite(top):
        return np.zeros(2), 0.0
    middle = (likeness.shape[1] - 1) / 2, (likeness.shape[0] - 1) / 2
    place = x + _vertex(likeness[y], x) - middle[0], y + _vertex(likeness[:, x], y) - middle[1]
    return np.array(place, dtype=np.float64), float(top)


def nearest(window: Grey, patch: Grey) -> tuple[int, int]:
    """Return the column and row of *window* at which *patch* begins to lie best."""
    likeness = cv2.matchTemplate(window, patch, cv2.TM_CCOEFF_NORMED)
    x, y = cv2.minMaxLoc(likeness)[3]
    return int(x), int(y)


def _vertex(values: Floats, at: int) -> float:
    """Return how far from *at* the maximum is, by a parabola through three values."""
    if not 0 < at < len(values) - 1:
        return 0.0
    left, middle, right = values[at - 1 : at + 2].tolist()
    bend = left - 2 * middle + right
    return 0.0 if bend >= 0 else min(0.5, max(-0.5, 0.5 * (left - right) / bend))
