"""Find the blank on a captured page and lay it straight. Reads nothing that people wrote.

Features give a first way (any turn, scale, slant); small patches of the blank's print, sought
one by one near where they must be, make it exact and tell whether the page is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.scan.paper import Matrix, Paper, Quality
from parsers.scan.picture import Grey, Picture
from parsers.scan.plate import SCALE, Descriptors, Plate, Points, detect

_SIDE = 1_250  # px: the longer side of the picture in which features are sought
_LEAST_MATCHES = 20
_RATIO = 0.85  # best match against second best
_CLOSE = 1.5  # mm: a feature may lie this far off
_PATCH = 2.6  # mm: half a side of a patch
_SEARCH = (3.0, 1.2)  # mm around a patch, first and second pass
_ALIKE = 0.55  # correlation at which a patch is found
_SLIM = 0.3  # of a page's longest side: a shorter one is no page
_LEAST_FOUND = 0.35  # of the patches: less is no such form


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A page on which none of the blanks lies; the nearest one and how much of it was found."""

    plate: Plate | None = None
    found: float = 0.0


def place(picture: Picture, plates: Sequence[Plate]) -> Paper | Unplaced:
    """Lay *picture* on the plate that fits it best."""
    side = max(picture.grey.shape)
    shrink = min(1.0, _SIDE / side)
    small = cv2.resize(picture.grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    places, found = detect(np.asarray(small, dtype=np.uint8))
    best: Paper | None = None
    for plate in plates:
        way = _coarse(plate, places / shrink, found)
        paper = None if way is None else _exact(picture, plate, way)
        if paper is not None and (best is None or _worth(paper) > _worth(best)):
            best = paper
    if best is None:
        return Unplaced()
    if best.quality.found < _LEAST_FOUND:
        return Unplaced(best.plate, best.quality.found)
    return best


def _worth(paper: Paper) -> float:
    return paper.quality.found


def _coarse(plate: Plate, places: Points, found: Descriptors) -> Matrix | None:
    """Return the way from mm on the blank to px of the picture by matching features."""
    if len(found) < _LEAST_MATCHES or len(plate.descriptors) < _LEAST_MATCHES:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(plate.descriptors, found, k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < _RATIO * p[1].distance]  # noqa: PLR2004
    if len(good) < _LEAST_MATCHES:
        return None
    source = np.array([plate.features[m.queryIdx] for m in good])
    target = np.array([places[m.trainIdx] for m in good])
    scale = np.ptp(places, axis=0).max() / 297
    way, inside = _fitted(source, target, _CLOSE * scale)
    if way is None or int(inside.sum()) < _LEAST_MATCHES // 2:
        return None
    return way if _is_sound(way, plate) else None


def _fitted(
    source: Points, target: Points, near: float
) -> tuple[Matrix | None, npt.NDArray[np.bool_]]:
    """Return the way from *source* to *target* that most agree on within *near* px, and who."""
    way, inside = cv2.findHomography(source, target, cv2.USAC_MAGSAC, near, maxIters=5_000)
    found: object = way  # OpenCV gives None where nothing fits; its stubs do not say so
    if found is None:
        return None, np.zeros(len(source), dtype=np.bool_)
    return np.asarray(way, dtype=np.float64), np.asarray(inside, dtype=np.bool_).ravel()


def _is_sound(way: npt.NDArray[np.float64], plate: Plate) -> bool:
    """Tell whether *way* keeps the page a page: not mirrored, not folded into a point."""
    wide, high = plate.definition.width, plate.definition.height
    corners = np.array([[[0, 0], [wide, 0], [wide, high], [0, high]]], dtype=np.float64)
    shown = cv2.perspectiveTransform(corners, way)[0]
    area = cv2.contourArea(shown.astype(np.float32), oriented=True)
    sides = np.linalg.norm(shown - np.roll(shown, 1, axis=0), axis=1)
    if area <= 0 or sides.min() < _SLIM * sides.max():
        return False
    return bool(cv2.isContourConvex(shown.astype(np.int32)))


def _exact(picture: Picture, plate: Plate, way: Matrix) -> Paper | None:
    """Return the page laid by its patches, None when the way falls apart."""
    paper = _paper(picture, plate, way, Quality(_scale(way, plate), 1.0, 0.0, 0.0), 1.0)
    for search in _SEARCH:
        moves, alike = _moves(paper, search)
        good = alike > _ALIKE
        if int(good.sum()) < 12:  # noqa: PLR2004
            quality = Quality(paper.quality.scale, 1.0, 0.0, float(good.mean()))
            return _paper(picture, plate, way, quality, search)
        seen = cv2.perspectiveTransform((plate.points + moves)[None], paper.way)[0]
        scale = _scale(way, plate)
        fitted, _inside = _fitted(plate.points[good], seen[good], 0.5 * scale)
        if fitted is None or not _is_sound(fitted, plate):
            return None
        way = fitted
        off = cv2.perspectiveTransform(plate.points[None], way)[0] - seen
        residual = float(np.median(np.linalg.norm(off[good], axis=1))) / scale
        quality = Quality(scale, 1.0, 0.0, float(good.mean()))
        paper = _paper(picture, plate, way, quality, residual)
    return paper


def _paper(picture: Picture, plate: Plate, way: Matrix, quality: Quality, residual: float) -> Paper:
    return Paper(picture, plate, way, residual, quality)


def _scale(way: Matrix, plate: Plate) -> float:
    """Return how many px of the picture a mm of the blank takes, at the page's middle."""
    x, y = plate.definition.width / 2, plate.definition.height / 2
    ends = cv2.perspectiveTransform(np.array([[[x, y], [x + 10, y], [x, y + 10]]]), way)[0]
    return float(np.linalg.norm(ends[1:] - ends[0], axis=1).mean() / 10)


def _moves(paper: Paper, search: float) -> tuple[Points, npt.NDArray[np.float64]]:
    """Return how far (mm) each patch lies from where it should be, and how alike it looks."""
    points = paper.plate.points
    moves, alike = np.zeros_like(points), np.zeros(len(points))
    page = Box(0, 0, paper.definition.width, paper.definition.height)
    whole = paper.plain(page, SCALE)
    rim, reach = round(_PATCH * SCALE), round((_PATCH + search) * SCALE)
    padded = cv2.copyMakeBorder(whole, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    blank = cv2.copyMakeBorder(paper.plate.grey, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
    for index, (x, y) in enumerate(np.rint(points * SCALE).astype(int)):
        patch = blank[y : y + 2 * rim + 1, x : x + 2 * rim + 1]
        window = padded[y : y + 2 * reach + 1, x : x + 2 * reach + 1]
        likeness = cv2.matchTemplate(window, patch, cv2.TM_CCOEFF_NORMED)
        _low, top, _at, (left, down) = cv2.minMaxLoc(likeness)
        shift = _peak(np.asarray(likeness), left, down) - (reach - rim)
        moves[index], alike[index] = shift / SCALE, top
    return moves, alike


def _peak(likeness: npt.NDArray[np.float32], x: int, y: int) -> npt.NDArray[np.float64]:
    """Return the place of the maximum at *x*, *y* to a part of a pixel, by parabolas."""
    return np.array([x + _vertex(likeness[y], x), y + _vertex(likeness[:, x], y)], dtype=np.float64)


def _vertex(values: Grey | npt.NDArray[np.float32], at: int) -> float:
    if not 0 < at < len(values) - 1:
        return 0.0
    left, middle, right = (float(v) for v in values[at - 1 : at + 2])
    bend = left - 2 * middle + right
    return 0.0 if bend >= 0 else float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5))
