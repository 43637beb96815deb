"""A blank to draw on as a pen, a fold or dirt would, laid without searching. Holds no test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from bot.domain.forms import Box
from parsers.forms.definition import Definition, load
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import SCALE, plate_of
from parsers.scan.quality import Quality

Points = Sequence[tuple[float, float]]


class Inked:
    """The empty blank at SCALE px/mm; everything is drawn in mm."""

    def __init__(self, edition: str = "2026-09") -> None:
        """Take the blank of *edition*."""
        self.definition: Definition = next(
            d for d in load(Path("templates/forms")) if d.version == edition
        )
        plate = plate_of(self.definition)
        assert plate is not None
        self.plate = plate
        self.grey = plate.grey.copy()

    def square(self, key: str, value: str | bool = True) -> Box:
        """Return the square that says *value* of *key*."""
        return next(t.box for t in self.definition.ticks if (t.key, t.value) == (key, value))

    def line(self, points: Points, *, width: float = 0.4, tone: int = 40) -> Inked:
        """Draw a stroke through *points*; what is darker already stays."""
        layer = np.full(self.grey.shape, 255, np.uint8)
        places = np.rint(np.array(points) * SCALE * 16).astype(np.int32)
        cv2.polylines(layer, [places], False, tone, max(1, round(width * SCALE)), cv2.LINE_AA, 4)
        self.grey = np.minimum(self.grey, layer)
        return self

    def ring(self, x: float, y: float, wide: float, high: float, **pen: float) -> Inked:
        """Draw an ellipse around *x*, *y*."""
        turn = np.linspace(0, 2 * np.pi, 90)
        places = zip(x + wide / 2 * np.cos(turn), y + high / 2 * np.sin(turn), strict=True)
        return self.line([(float(a), float(b)) for a, b in places], **pen)  # type: ignore[arg-type]

    def cross(self, box: Box, *, reach: float = 0.9, **pen: float) -> Inked:
        """Draw a cross over *box*, *reach* of its half side."""
        x, y, r = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, reach * (box.x1 - box.x0) / 2
        self.line([(x - r, y - r), (x + r, y + r)], **pen)  # type: ignore[arg-type]
        return self.line([(x + r, y - r), (x - r, y + r)], **pen)  # type: ignore[arg-type]

    def scribble(self, box: Box, *, over: float = 0.0) -> Inked:
        """Blacken *box* and *over* mm to its left and right."""
        for part in np.linspace(0.05, 0.95, 12):
            y = box.y0 + float(part) * (box.y1 - box.y0)
            self.line([(box.x0 - over, y), (box.x1 + over, y)], tone=20)
        return self

    def spot(self, x: float, y: float, wide: float, tone: int = 20) -> Inked:
        """Drop a round spot."""
        at = (round(x * SCALE * 16), round(y * SCALE * 16))
        cv2.circle(self.grey, at, round(wide / 2 * SCALE * 16), tone, -1, cv2.LINE_AA, 4)
        return self

    def typed(self, x: float, y: float, text: str, *, high: float = 2.6) -> Inked:
        """Set *text* in a plain face, letters apart, feet on *y*."""
        for n, letter in enumerate(text):
            at = (round((x + n * high * 0.85) * SCALE), round(y * SCALE))
            size = high * SCALE / 22
            cv2.putText(self.grey, letter, at, cv2.FONT_HERSHEY_SIMPLEX, size, 30, 2, cv2.LINE_AA)
        return self

    def wave(self, x: float, y: float, wide: float, high: float, **pen: float) -> Inked:
        """Draw a signature's up and down in one stroke from *x*, around the height *y*."""
        turn = np.linspace(0, 1, 120)
        up = high / 2 * np.sin(turn * wide * 1.9) * (1 - 0.5 * turn)
        places = zip(x + wide * turn, y + up, strict=True)
        return self.line([(float(a), float(b)) for a, b in places], **pen)  # type: ignore[arg-type]

    def paper(self, *, noise: float = 0.0, seen: int | None = None) -> Paper:
        """Return the page laid as it is, with grain; only its first *seen* mm from the top."""
        grain = np.random.default_rng(1).normal(0, noise, self.grey.shape) if noise else 0
        grey = np.clip(self.grey - np.abs(grain), 0, 255).astype(np.uint8)
        grey = grey if seen is None else grey[: round(seen * SCALE)]
        quality = Quality(SCALE, 0.9, 0.0, 1.0)
        way = np.diag([SCALE, SCALE, 1.0])
        return Paper(Picture(np.ascontiguousarray(grey)), self.plate, way, 0.02, quality)
