"""Affine maps of the plane and boxes moved by them. Knows no PDF."""

from __future__ import annotations

import math
from typing import NamedTuple, Self


class Affine(NamedTuple):
    """The map (x, y) -> (a x + c y + e, b x + d y + f), written as PDF does (PDF 1.7 §8.3.3)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def identity(cls) -> Self:
        """Return the map that moves nothing."""
        return cls(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    @classmethod
    def scaled(cls, by: float) -> Self:
        """Return the map that makes everything *by* times as large."""
        return cls(by, 0.0, 0.0, by, 0.0, 0.0)

    def then(self, after: Affine) -> Affine:
        """Return the map that applies this one and *after* it the other."""
        a, b, c, d, e, f = self
        return Affine(
            a * after.a + b * after.c,
            a * after.b + b * after.d,
            c * after.a + d * after.c,
            c * after.b + d * after.d,
            e * after.a + f * after.c + after.e,
            e * after.b + f * after.d + after.f,
        )

    def inverse(self) -> Affine:
        """Return the way back.

        Raises:
            ValueError: the map is flat, nothing comes back from it.
        """
        a, b, c, d, e, f = self
        size = a * d - b * c
        if abs(size) < 1e-12:  # noqa: PLR2004 - numerically nothing
            raise ValueError("flat")
        return Affine(
            d / size, -b / size, -c / size, a / size,
            (c * f - d * e) / size, (b * e - a * f) / size,
        )  # fmt: skip

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return the upright box around where the box comes to lie."""
        corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def size(self) -> float:
        """Return by how much lengths grow."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    @property
    def quarter_turns(self) -> int:
        """Return the turn in quarters, the nearest whole number 0-3."""
        return round(math.atan2(self.b, self.a) / (math.pi / 2)) % 4
