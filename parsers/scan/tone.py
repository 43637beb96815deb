"""Paper made white: shadows, stains and yellowed sheets taken away. Knows no forms."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.scan.picture import Colour, Grey

BACKGROUND = 6.0  # mm: what changes more slowly than this is paper
COARSE = 2.0  # px/mm: fine enough for shadows
_WRITING = 5  # coarse px: the widest strokes are narrower
_DARKEST = 40


def whitened(cut: Grey | Colour, coarse: Grey | Colour, rim: float) -> Grey:
    """Return *cut* in grey with its paper at 255; of colours, the darkest channel counts.

    *coarse* is the same part with *rim* (mm) around it at COARSE px/mm: the paper is judged there.
    """
    if cut.ndim == 2:  # noqa: PLR2004
        return _one(cut, coarse, rim)
    channels = [
        _one(np.ascontiguousarray(cut[..., n]), np.ascontiguousarray(coarse[..., n]), rim)
        for n in range(3)
    ]
    darkest = cv2.min(cv2.min(channels[0], channels[1]), channels[2])
    return np.asarray(darkest, dtype=np.uint8)


def _one(cut: Grey, coarse: Grey, rim: float) -> Grey:
    light = cv2.dilate(
        coarse, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_WRITING, _WRITING))
    )  # fmt: skip
    size = round(BACKGROUND * COARSE) * 2 + 1
    paper = cv2.GaussianBlur(cv2.medianBlur(light, size), (5, 5), 0)
    skip = round(rim * COARSE)
    high, wide = cut.shape
    inner = np.maximum(paper[skip : paper.shape[0] - skip, skip : paper.shape[1] - skip], _DARKEST)
    back = cv2.resize(inner, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(cut, back, scale=255), dtype=np.uint8)
