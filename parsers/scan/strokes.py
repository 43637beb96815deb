"""Pieces of ink and their shape: how large, how thick, how straight, how round."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.scan.paper import Mask

Pixels = npt.NDArray[np.int32]  # [n, 2]: x, y in px of the mask


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Component:
    """Ink that hangs together; lengths in mm from the mask's upper left corner."""

    box: Box
    area: float  # mm²
    thickness: float  # mm: mean width of its strokes
    pixels: Pixels

    @property
    def extent(self) -> float:
        """Return the longer side of its box in mm."""
        return max(self.box.x1 - self.box.x0, self.box.y1 - self.box.y0)

    @property
    def slim(self) -> float:
        """Return the shorter side of its box against the longer, 0-1."""
        wide, high = self.box.x1 - self.box.x0, self.box.y1 - self.box.y0
        return min(wide, high) / max(wide, high)

    @property
    def length(self) -> float:
        """Return how far a pen went, about, in mm."""
        return self.area / max(self.thickness, 0.05)

    def inside(self, area: Mask) -> float:
        """Return the part (0-1) of its ink that lies in *area*, a mask of the same size."""
        return float(area[self.pixels[:, 1], self.pixels[:, 0]].mean())


def components(mask: Mask, scale: float, least: float = 0.0) -> list[Component]:
    """Return the pieces of ink in *mask* (*scale* px/mm) of at least *least* mm²."""
    seen = mask.astype(np.uint8)
    count, labels, raw, _middles = cv2.connectedComponentsWithStats(seen, connectivity=8)
    if count < 2:  # noqa: PLR2004 - the background alone
        return []
    stats = np.asarray(raw, dtype=np.int32)
    # with a rim: a mask that is ink all over has no edge to measure from
    rimmed = cv2.copyMakeBorder(seen, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    depth = cv2.distanceTransform(rimmed, cv2.DIST_L2, 3)[1:-1, 1:-1]
    rows, columns = np.nonzero(mask)
    names = labels[rows, columns]
    order = np.argsort(names, kind="stable")
    ends = np.cumsum(np.bincount(names, minlength=count))
    found = []
    for index in range(1, count):
        left, top, wide, high, size = (int(v) for v in stats[index])
        if size < least * scale**2:
            continue
        own = order[ends[index - 1] : ends[index]]
        pixels = np.column_stack((columns[own], rows[own])).astype(np.int32)
        # in a stroke of width w the mean distance to its edge is w / 4, plus the edge's own pixel
        thickness = max(1.0, 4 * float(depth[rows[own], columns[own]].mean()) - 1.0) / scale
        box = Box(left / scale, top / scale, (left + wide) / scale, (top + high) / scale)
        found.append(Component(box, size / scale**2, thickness, pixels))
    return found


def within(piece: Component, area: Mask) -> Component:
    """Return the part of *piece* that lies in *area*; its box and area stay."""
    kept = area[piece.pixels[:, 1], piece.pixels[:, 0]]
    return replace(piece, pixels=piece.pixels[kept])


def bow(piece: Component, scale: float) -> float:
    """Return how far (mm, 95 % of its ink) *piece* leaves the straight line that fits it best."""
    points = piece.pixels.astype(np.float64)
    points -= points.mean(axis=0)
    _u, _s, axes = np.linalg.svd(points[:: max(1, len(points) // 2_000)], full_matrices=False)
    if len(axes) < 2:  # noqa: PLR2004 - a single pixel
        return 0.0
    return float(np.percentile(np.abs(points @ axes[1]), 95)) / scale


def roundness(piece: Component, scale: float) -> tuple[float, float]:
    """Return the radius (mm) of the circle that fits *piece* best and how far (mm) it leaves it."""
    points = piece.pixels.astype(np.float64) / scale
    x, y = points[:, 0], points[:, 1]
    known = np.column_stack((x, y, np.ones(len(x))))
    (a, b, c), *_rest = np.linalg.lstsq(known, x**2 + y**2, rcond=None)
    radius = float(np.sqrt(max(c + (a**2 + b**2) / 4, 0.0)))
    off = np.abs(np.hypot(x - a / 2, y - b / 2) - radius)
    return radius, float(np.percentile(off, 95))


def long_lines(mask: Mask, scale: float, least: float) -> Mask:
    """Return the parts of *mask* (*scale* px/mm) that run straight for *least* mm or more.

    Sought at half the scale: a line may waver by a pixel there.
    """
    high, wide = (v // 2 * 2 for v in mask.shape)
    small = mask[:high, :wide].reshape(high // 2, 2, wide // 2, 2).any(axis=(1, 3))
    joined = np.asarray(small, np.uint8)
    side = round(least * scale / 2) | 1
    out: Mask = np.zeros(small.shape, dtype=np.bool_)
    for degrees in np.arange(0, 180, 3.0):
        found = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _ruler(side, float(degrees)))
        out = np.asarray(out | (found > 0))
    grown = cv2.dilate(out.astype(np.uint8), np.ones((2, 2), np.uint8))
    size = (mask.shape[1], mask.shape[0])
    drawn = cv2.resize(grown, size, interpolation=cv2.INTER_NEAREST)
    return np.asarray((drawn > 0) & mask)


def _ruler(side: int, degrees: float) -> npt.NDArray[np.uint8]:
    kernel = np.zeros((side, side), np.uint8)
    middle, angle = side // 2, np.deg2rad(degrees)
    x, y = round(middle * float(np.cos(angle))), round(middle * float(np.sin(angle)))
    cv2.line(kernel, (middle - x, middle - y), (middle + x, middle + y), 1, 1)
    return kernel
