"""A sheet of paper that ink is laid on; lengths in mm from the upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

Pixels = npt.NDArray[np.uint8]  # [h, w, 3] or [h, w]
Mask = npt.NDArray[np.float32]  # [h, w], 0 nothing, 1 covered
Ink = tuple[int, int, int]
_FINE = 2  # strokes are drawn this much larger and shrunk


@dataclass
class Sheet:
    """An RGB page at *dpi*."""

    pixels: Pixels
    dpi: float

    @property
    def scale(self) -> float:
        """Return px per mm."""
        return self.dpi / 25.4

    def lay(self, mask: Mask, x: int, y: int, ink: Ink) -> None:
        """Lay *ink* through *mask* with its upper left corner at px *x*, *y*."""
        high, wide = self.pixels.shape[:2]
        x0, y0, x1, y1 = (
            max(0, x),
            max(0, y),
            min(wide, x + mask.shape[1]),
            min(high, y + mask.shape[0]),
        )
        if x0 >= x1 or y0 >= y1:
            return
        part = mask[y0 - y : y1 - y, x0 - x : x1 - x, None]
        tint = 1 - part * (1 - np.array(ink, np.float32) / 255)
        under = self.pixels[y0:y1, x0:x1]
        self.pixels[y0:y1, x0:x1] = np.rint(under * tint).astype(np.uint8)

    def stroke(self, points: Sequence[tuple[float, float]], width: float, ink: Ink,
               strength: float = 1.0, swell: float = 0.0) -> None:  # fmt: skip
        """Draw a line through *points* (mm), *width* mm thick, swelling by *swell* of it."""
        around = np.array(points)
        x0, y0 = around.min(0) - width - 0.5
        x1, y1 = around.max(0) + width + 0.5
        scale = self.scale * _FINE
        left, top = int(x0 * self.scale), int(y0 * self.scale)
        size = (int((y1 - y0) * self.scale) + 2, int((x1 - x0) * self.scale) + 2)
        big = np.zeros((size[0] * _FINE, size[1] * _FINE), np.uint8)
        placed = around * scale - (left * _FINE, top * _FINE)
        for n in range(len(placed) - 1):
            thick = width * scale * (1 + swell * float(np.sin(n * 0.7)))
            ends = [tuple(int(v * 16) for v in placed[m]) for m in (n, n + 1)]
            cv2.line(big, ends[0], ends[1], 255, max(1, round(thick)), cv2.LINE_AA, 4)
        small = cv2.resize(big, (size[1], size[0]), interpolation=cv2.INTER_AREA)
        self.lay(small.astype(np.float32) * (strength / 255), left, top, ink)


def blank(path: Path, dpi: float) -> Sheet:
    """Return the first page of the PDF *path* at *dpi*, a fresh copy."""
    return Sheet(_drawn(path, dpi).copy(), dpi)


@lru_cache(maxsize=6)
def _drawn(path: Path, dpi: float) -> Pixels:
    pdf = pypdfium2.PdfDocument(path)  # type: ignore[no-untyped-call]
    try:
        picture = pdf[0].render(scale=dpi / 72, rev_byteorder=True)
        return np.array(picture.to_numpy()[:, :, :3])
    finally:
        pdf.close()  # type: ignore[no-untyped-call]


def curve(points: Sequence[tuple[float, float]], steps: int = 10) -> list[tuple[float, float]]:
    """Return a smooth line through *points* (Catmull-Rom)."""
    knots = np.array([points[0], *points, points[-1]], dtype=float)
    out: list[tuple[float, float]] = []
    for n in range(len(points) - 1):
        a, b, c, d = knots[n : n + 4]
        for t in np.linspace(0, 1, steps, endpoint=False):
            at = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                        + (3 * b - a - 3 * c + d) * t**3)  # fmt: skip
            out.append((float(at[0]), float(at[1])))
    return [*out, (float(points[-1][0]), float(points[-1][1]))]
