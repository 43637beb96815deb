"""Paper made white: shadows, stains and yellowed sheets taken away. Knows no forms."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.scan.picture import Grey

BACKGROUND = 6.0  # mm: what changes more slowly than this is paper
_DARKEST = 40.0


def flattened(grey: Grey, scale: float) -> Grey:
    """Return *grey* (*scale* px/mm) with its slowly changing background brought to 255."""
    step = max(1, round(scale / 2))  # 2 px/mm is fine enough for shadows
    small = cv2.resize(
        grey, (max(1, grey.shape[1] // step), max(1, grey.shape[0] // step)),
        interpolation=cv2.INTER_AREA,
    )  # fmt: skip
    size = 2 * round(BACKGROUND / 2 * scale / step) + 1
    high = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    smooth = cv2.medianBlur(np.asarray(high, dtype=np.uint8), min(size, 31) | 1)
    back = cv2.resize(smooth, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    out = grey.astype(np.float32) * (255.0 / np.maximum(back.astype(np.float32), _DARKEST))
    return np.asarray(np.clip(out, 0, 255), dtype=np.uint8)
