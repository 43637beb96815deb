"""The alphabet of our own line reader, and how a strip is shaped for it. Shared with training."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

ALPHABET = (
    " 0123456789"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz"
    "åäöÅÄÖéÉèÈüÜáÁíÍóÓúÚñÑçÇøØæÆëËïÏôÔêÊ"
    "čČćĆšŠžŽđĐłŁńŃśŚżŻęĘąĄ"
    "@.,-_'/+:&()"
)
HEIGHT = 40  # px of a shaped line
MARGIN = 3  # px of paper kept around the ink of a shaped line
STEP = 4  # px of a shaped line for each step of the net
LARGEST = 1.6  # small writing is enlarged no more, so that a full stop stays a full stop
WIDEST = 1600  # px; a longer line is squeezed

_PAPER, _INK = 205, 0.35  # grey from which a pixel is paper; share of contrast that is ink
_FEW = 41  # px as dark as the darkest ink, at most


def shape(grey: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """Return the line as ink 0-1, ``HEIGHT`` px high and trimmed to its writing; None if empty.

    *grey* is [h, w] at about 12 px/mm, 0 black, 255 white.
    """
    if min(grey.shape) < MARGIN:
        return None
    ink = _ink(grey)
    if ink is None:
        return None
    box = _writing(ink)
    if box is None:
        return None
    top, bottom, left, right = box
    room = HEIGHT - 2 * MARGIN
    scale = min(room / (bottom - top), LARGEST)
    wide = min(max(round((right - left) * scale), 1), WIDEST - 2 * MARGIN)
    high = min(max(round((bottom - top) * scale), 1), room)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    line = cv2.resize(ink[top:bottom, left:right], (wide, high), interpolation=way)
    whole = wide + 2 * MARGIN
    page = np.zeros((HEIGHT, whole + -whole % STEP), np.float32)
    above = (HEIGHT - high) // 2
    page[above : above + high, MARGIN : MARGIN + wide] = line
    return page


def _ink(grey: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """Return ink 0-1, stretched to the contrast of the strip; None for bare paper."""
    below = np.bincount(grey.ravel(), minlength=256).cumsum()
    paper = int(np.searchsorted(below, 0.75 * grey.size))
    dark = int(np.searchsorted(below, max(min(0.005 * grey.size, _FEW), 1)))
    if paper - dark < 255 - _PAPER:
        return None
    stretched = (paper - grey.astype(np.float32)) / np.float32(paper - dark)
    clipped: NDArray[np.float32] = np.clip(stretched * 1.1 - 0.08, 0, 1)
    return clipped


def _writing(ink: NDArray[np.float32]) -> tuple[int, int, int, int] | None:
    """Return top, bottom, left and right of the writing, one px of paper on each side."""
    firm = cv2.blur(ink, (3, 3)) > _INK
    rows, columns = np.flatnonzero(firm.any(axis=1)), np.flatnonzero(firm.any(axis=0))
    if not len(rows):
        return None
    high, wide = ink.shape
    return (
        max(int(rows[0]) - 1, 0), min(int(rows[-1]) + 2, high),
        max(int(columns[0]) - 1, 0), min(int(columns[-1]) + 2, wide),
    )  # fmt: skip
