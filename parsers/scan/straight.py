"""A captured blank turned level and cut to its page, its paper made white. Reads nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.picture import Grey, Picture

SCALE = 12.0  # px/mm of a straightened page (305 DPI)
_SIZES = ((210.0, 297.0), (215.9, 279.4))  # mm: A4, Letter
_ASPECT = 0.02  # by which a page's sides may be off a size's
_LEAST_DPI, _MOST_DPI = 72.0, 1_250.0
_LONG = 15.0  # mm: lines that tell how a page lies
_MOST_SKEW = 12.0  # degrees
_COARSE = 4.0  # px/mm at which the turn is sought first
_RUN = 60  # px in one row: part of a line
_FLAT = 2.5  # mm: more across is no line
_TINT = 1 / 6  # of SCALE: 2 px/mm is fine enough for shadows and tints
_LEAST_LIT = 40  # grey level: nothing is lit less
_PAPER = 225  # of the flattened page: lighter is paper


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Straight:
    """A page turned level: greys at SCALE px/mm as captured, and with its paper made white."""

    grey: Grey
    clean: Grey

    @property
    def width(self) -> float:
        """Return the page's width in mm."""
        return float(self.grey.shape[1] / SCALE)

    @property
    def height(self) -> float:
        """Return the page's height in mm."""
        return float(self.grey.shape[0] / SCALE)

    def turned(self, quarters: int) -> Straight:
        """Return the page turned clockwise by *quarters*."""
        grey, clean = (
            np.ascontiguousarray(np.rot90(g, -quarters)) for g in (self.grey, self.clean)
        )
        return Straight(grey, clean)


def straighten(picture: Picture) -> Straight:
    """Return *picture* in its true size, its long lines level and upright."""
    wide, high = _size(picture)
    sides = round(wide * SCALE), round(high * SCALE)
    grow = sides[0] > picture.grey.shape[1]
    grey = np.asarray(
        cv2.resize(picture.grey, sides, interpolation=cv2.INTER_CUBIC if grow else cv2.INTER_AREA),
        dtype=np.uint8,
    )
    turn = _coarse(grey)
    grey = _sheared(grey, turn, -turn)
    for _pass in range(2):
        level, upright = _exact(grey, 0), _exact(grey, 1)
        if level is None and upright is None:
            break
        grey = _sheared(
            grey, level if level is not None else -(upright or 0.0),
            upright if upright is not None else -(level or 0.0),
        )  # fmt: skip
    return Straight(grey, _whitened(grey))


def _whitened(grey: Grey) -> Grey:
    """Return *grey* with its paper, shadows and even tints made white (255)."""
    small = cv2.resize(grey, None, fx=_TINT, fy=_TINT, interpolation=cv2.INTER_AREA)
    lit = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    back = cv2.resize(
        cv2.medianBlur(lit, 13), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR
    )
    shown = cv2.divide(grey, np.maximum(back, _LEAST_LIT), scale=255)
    return np.asarray(np.where(shown > _PAPER, 255, shown), dtype=np.uint8)


def _size(picture: Picture) -> tuple[float, float]:
    """Return width and height in mm: a known size by its sides' ratio, else by the resolution."""
    high, wide = picture.grey.shape[:2]
    stated = picture.dpi if picture.dpi and _LEAST_DPI <= picture.dpi <= _MOST_DPI else None
    for short, long in _SIZES:
        for size in ((short, long), (long, short)):
            alike = abs(wide / high / (size[0] / size[1]) - 1) < _ASPECT
            if alike and (stated is None or abs(wide / stated * 25.4 / size[0] - 1) < 2 * _ASPECT):
                return size
    if stated is not None:
        return wide / stated * 25.4, high / stated * 25.4
    longest = 297.0 / max(wide, high)
    return wide * longest, high * longest


def _coarse(grey: Grey) -> float:
    """Return by how much (radians) the page is turned, to a tenth of a degree."""
    shrink = _COARSE / SCALE
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    edges = cv2.adaptiveThreshold(
        np.asarray(small), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 21, 14
    )
    shortest = _LONG * _COARSE
    found: object = cv2.HoughLinesP(
        edges, 1, math.radians(0.1), int(shortest / 2), minLineLength=shortest, maxLineGap=3
    )
    if not isinstance(found, np.ndarray):
        return 0.0
    x0, y0, x1, y1 = found.reshape(-1, 4).astype(float).T
    angle = np.arctan2(y1 - y0, x1 - x0)
    turned = angle - np.round(angle / (math.pi / 2)) * (math.pi / 2)
    near = np.abs(turned) < math.radians(_MOST_SKEW)
    return _median(turned[near], np.hypot(x1 - x0, y1 - y0)[near]) if near.any() else 0.0


def _exact(grey: Grey, axis: int) -> float | None:
    """Return by how much (radians) long lines along *axis* (0 level, 1 upright) still slope."""
    lines = cv2.morphologyEx(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 61, 20),
        cv2.MORPH_OPEN,
        np.ones((1, _RUN) if axis == 0 else (_RUN, 1), np.uint8),
    )
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(lines, connectivity=8)
    slopes, lengths = [], []
    for n in range(1, count):
        x, y, wide, high = (int(v) for v in stats[n][:4])
        length = (wide, high)[axis]
        if length < _LONG * SCALE or (high, wide)[axis] > _FLAT * SCALE:
            continue
        rows, columns = np.nonzero(labels[y : y + high, x : x + wide] == n)
        along, across = (columns, rows) if axis == 0 else (rows, columns)
        slopes.append(float(np.polyfit(along, across, 1)[0]))
        lengths.append(float(length))
    return math.atan(_median(np.array(slopes), np.array(lengths))) if slopes else None


def _median(values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    order = np.argsort(values)
    summed = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(summed, summed[-1] / 2)])


def _sheared(grey: Grey, level: float, upright: float) -> Grey:
    """Return *grey* with lines turned by *level* and *upright* brought along the sides."""
    high, wide = grey.shape
    x, y = wide / 2, high / 2
    along, down = math.tan(level), math.tan(upright)
    # a point of the result is looked up in the picture: right goes along, down goes across
    move = np.array([[1, down, -down * y], [along, 1, -along * x]])
    return np.asarray(
        cv2.warpAffine(
            grey, move, (wide, high), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        dtype=np.uint8,
    )  # fmt: skip
