"""How good a capture is, measured on the blank's own print and bare paper. Reads no writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.picture import Grey
from parsers.scan.thresholds import limits

_INK, _PAPER = 110, 245  # greys of the blank: surely print, surely paper
_DARK = 0.72  # of the paper around: darker is dirt
_PEN = 0.5  # mm2: a dark spot larger than this is no dirt but a line, a stamp, writing


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a capture is; figures of the whole page."""

    scale: float  # px/mm of the picture where the form lies
    contrast: float  # 0-1: how much darker print is than paper
    noise: float  # 0-1: part of the bare paper that is dark
    found: float  # 0-1: part of the blank's points that were found, of those on the picture
    specks: float = 0.0  # dark spots a cm2 of bare paper
    blur: float = 0.0  # mm from paper to print across an edge

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the names of the figures that are past their limit."""
        limit = limits("quality")
        low = [n for n in ("scale", "contrast", "found") if getattr(self, n) < limit[n]]
        high = [n for n in ("noise", "specks", "blur") if getattr(self, n) > limit[n]]
        return (*low, *high)

    @property
    def good(self) -> bool:
        """Tell whether a value read here may be called sure at all."""
        return not self.faults


def print_of(windows: Sequence[tuple[Grey, Grey]], scale: float) -> tuple[float, float]:
    """Return contrast (0-1) and blur (mm) from *windows* of the page and of the blank alike.

    Both lie *scale* px/mm and exactly over each other; without a window: no contrast.
    """
    contrasts, blurs = [], []
    for page, blank in windows:
        ink, paper = page[blank < _INK], page[blank > _PAPER]
        if len(ink) < 5 or len(paper) < 5:  # noqa: PLR2004
            continue
        white = float(np.median(paper))
        depth = white - float(np.mean(ink))
        contrasts.append(max(0.0, depth) / max(white, 1.0))
        steps = cv2.magnitude(
            cv2.Sobel(page, cv2.CV_32F, 1, 0, scale=0.125),
            cv2.Sobel(page, cv2.CV_32F, 0, 1, scale=0.125),
        )
        steepest = _rank(np.asarray(steps, dtype=np.float32), 0.98)
        span = white - _rank(page, 0.02)
        blurs.append(span / max(steepest, 1.0) / scale)
    if not contrasts:
        return 0.0, 9.0
    return float(np.median(contrasts)), float(np.median(blurs))


def _rank(values: Grey | npt.NDArray[np.float32], part: float) -> float:
    """Return the value that *part* (0-1) of *values* lie under."""
    at = int(part * (values.size - 1))
    return float(np.partition(values, at, axis=None)[at])


def dirt_of(patches: Sequence[Grey], scale: float) -> tuple[float, float]:
    """Return the dark part (0-1) of bare *patches* (*scale* px/mm) and the dark spots a cm2.

    Spots as large as writing count for the dark part only; without patches: no dirt.
    """
    dark, spots, area = 0, 0, 0
    for patch in patches:
        white = _rank(patch, 0.8)
        mask = (patch < _DARK * white).astype(np.uint8)
        if mask.any():
            count, _labels, stats, _middles = cv2.connectedComponentsWithStats(mask)
            sizes = np.asarray(stats)[1:count, cv2.CC_STAT_AREA]
            spots += int((sizes < _PEN * scale**2).sum())
        dark += int(mask.sum())
        area += mask.size
    if not area:
        return 0.0, 0.0
    return dark / area, spots * 100 * scale**2 / area
