"""An empty blank as a scanner gives it back: askew, blurred, noisy. Holds no test."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.pdf.page import sheets
from parsers.scan.picture import Grey, Picture

_FINE = 20.0  # px/mm of the drawing that is scanned


def scanned(content: bytes, *, dpi: float = 300, skew: float = 0.0, seed: int = 1) -> Picture:
    """Scan the first page of *content*, turned by *skew* degrees."""
    with sheets(content) as pages:
        grey = next(pages).drawn(_FINE).copy()
    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), skew, 1.0)
    grey = cv2.warpAffine(grey, turn, (wide, high), borderValue=255)
    by = dpi / 25.4 / _FINE
    small = cv2.resize(
        cv2.GaussianBlur(grey, (0, 0), 1.4), None, fx=by, fy=by, interpolation=cv2.INTER_AREA
    )
    noise = np.random.default_rng(seed).normal(0, 6, small.shape)
    faded: Grey = np.clip(40 + small * (205 / 255) + noise, 0, 255).astype(np.uint8)
    return Picture(faded, dpi=dpi)
