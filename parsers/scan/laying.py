"""Lay a page on one blank exactly: patches of print, a flat way, then the bend that is left.

Also tells how large the mistakes left are, from points that the fit has not seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from bot.domain.forms import Box
from parsers.scan.bend import Bend, fit
from parsers.scan.features import Flags, Floats, Matrix, Points, fitted, moved
from parsers.scan.paper import Paper
from parsers.scan.patches import Found, nearest, seek, seek_each
from parsers.scan.picture import Grey, Picture
from parsers.scan.plate import COARSE, SCALE, Plate
from parsers.scan.quality import Quality, dirt_of, print_of

_PATCH = 2.6  # mm: half a side of a patch
_SEARCH = 3.0  # mm around a patch at first
_AGAIN = 0.8  # mm around a patch when the page lies almost right
_ALIKE = 0.5  # correlation at which a patch is found
_PLANE = 4.0  # mm: a point of a bent page may lie this far from flat
_FAR = 2.0  # mm around a patch that its neighbours tell of
_MISSED = 0.04  # of the points: so many lost ones are sought again
_ROUNDS = 3
_ASTRAY = 0.3  # mm: a point so far off on a flat page is wrong
_LEAST = 12  # points
_SLIM = 0.3  # of a page's longest side: a shorter one is no page
_HOPELESS = 0.15  # of the patches found at first: less is not worth a closer look
_EACH = 4  # every so many patches tell how good the capture is
_BARE = 3.0  # mm: half a side of a patch of bare paper
_FLAT = 0.06  # mm: nobody sees a smaller bend


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A page that lies on a plate, and what was found of the plate's points."""

    paper: Paper
    found: Found
    good: Flags
    inside: Flags  # points that lie on the picture


def lay(picture: Picture, plate: Plate, way: Matrix) -> Laid | None:
    """Return *picture* laid on *plate*, None when *way* leads nowhere."""
    if not is_sound(way, plate):
        return None
    paper = Paper(picture, plate, way, _SEARCH, Quality(scale_of(way, plate), 0.0, 0.0, 0.0))
    near, like = seek(
        paper.plain(plate.page, COARSE), plate.coarse, plate.points[::2],
        scale=COARSE, half=_PATCH, reach=_SEARCH,
    )  # fmt: skip
    moves, alike = np.zeros_like(plate.points), np.zeros(len(plate.points))
    moves[::2], alike[::2] = near, like
    if float((like > _ALIKE).mean()) < _HOPELESS:
        return _lost(paper, moves, alike)
    paper = _refitted(paper, moves, alike > _ALIKE)[0]
    start = np.zeros_like(moves) if paper.bend is None else paper.bend.at(plate.points)
    found = _sought(paper, start, np.ones(len(moves), dtype=np.bool_), _AGAIN)
    paper, good = _refitted(paper, found.moves, found.alike > _ALIKE)
    found, paper, good = _completed(found, paper, good)
    if not is_sound(paper.way, plate):
        return None
    inside = np.array([w is not None for w in found.windows], dtype=np.bool_)
    share = float(good.sum() / max(1, inside.sum()))
    return Laid(replace(paper, quality=replace(paper.quality, found=share)), found, good, inside)


def _completed(found: Found, paper: Paper, good: Flags) -> tuple[Found, Paper, Flags]:
    """Seek what was not found on a bent page again, from the bend that its neighbours show."""
    for _again in range(_ROUNDS):
        lost = ~good
        if paper.bend is None or lost.mean() < _MISSED:
            break
        again = _sought(paper, paper.bend.at(paper.plate.points), lost, _FAR)
        kept = lost & (again.alike > _ALIKE)
        moves = moved(moved(paper.plate.points + found.moves, found.way), _inverse(paper.way))
        moves = np.where(lost[:, None], again.moves, moves - paper.plate.points)
        windows = tuple(
            two if new else one
            for one, two, new in zip(found.windows, again.windows, lost, strict=True)
        )
        found = Found(moves, np.where(lost, again.alike, found.alike), windows, paper.way)
        before = int(good.sum())
        paper, good = _refitted(paper, moves, good | kept)
        if int(good.sum()) <= before:
            break
    return found, paper, good


def _sought(paper: Paper, start: Points, which: Flags, reach: float) -> Found:
    """Return what becomes of the points *which*; the others keep *start* and are not found."""
    plate = paper.plate
    some = seek_each(
        paper.level(SCALE), paper.way, plate.grey, plate.points[which], start[which],
        scale=SCALE, half=_PATCH, reach=reach,
    )  # fmt: skip
    moves, alike = start.copy(), np.zeros(len(start))
    moves[which], alike[which] = some.moves, some.alike
    windows: list[tuple[Grey, Grey] | None] = [None] * len(start)
    for index, window in zip(np.flatnonzero(which), some.windows, strict=True):
        windows[index] = window
    return Found(moves, alike, tuple(windows), paper.way)


def _inverse(way: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(way), dtype=np.float64)


def _lost(paper: Paper, moves: Points, alike: Floats) -> Laid:
    """Return a page on which next to nothing of the blank was found."""
    none = np.zeros(len(moves), dtype=np.bool_)
    found = float((alike[::2] > _ALIKE).mean())
    paper = replace(paper, quality=replace(paper.quality, found=found))
    return Laid(paper, Found(moves, alike, (None,) * len(moves), paper.way), none, none)


def measured(laid: Laid) -> Paper:
    """Return the page with its quality, from patches of print and of bare paper."""
    paper = laid.paper
    pairs = []
    for index in np.flatnonzero(laid.good)[::_EACH]:
        windows = laid.found.windows[index]
        if windows is not None:
            page, blank = windows
            (x, y), side = nearest(page, blank), blank.shape[0]
            pairs.append((page[y : y + side, x : x + side], blank))
    contrast, blur = print_of(pairs, SCALE)
    fine = min(SCALE, paper.quality.scale)
    boxes = (Box(x - _BARE, y - _BARE, x + _BARE, y + _BARE) for x, y in paper.plate.bare)
    noise, specks = dirt_of([paper.plain(b, fine) for b in boxes if paper.shows(b)], fine)
    quality = replace(paper.quality, contrast=contrast, blur=blur, noise=noise, specks=specks)
    return replace(paper, quality=quality)


def _refitted(paper: Paper, moves: Points, good: Flags) -> tuple[Paper, Flags]:
    """Return *paper* laid by the *moves* (mm) found from its flat way, and which were right."""
    if int(good.sum()) < _LEAST:
        return paper, good & False
    plate = paper.plate
    points = plate.points
    scale = paper.quality.scale
    targets = moved(points + moves, paper.way)
    way, near = fitted(points[good], targets[good], _PLANE * scale)
    if way is None or int(near.sum()) < _LEAST:
        return paper, good & False
    good = good.copy()
    good[np.flatnonzero(good)[~near]] = False
    best: object = cv2.findHomography(points[good], targets[good], 0)[0]
    way = best if isinstance(best, np.ndarray) else way
    left = np.zeros_like(points)
    left[good] = moved(targets[good], _inverse(way)) - points[good]
    bend, errors, good = _bend(plate, left, good)
    return replace(
        paper, way=way, bend=bend, errors=errors, residual=float(np.nanmedian(errors)),
        quality=replace(paper.quality, scale=scale_of(way, plate)),
    ), good  # fmt: skip


def _bend(plate: Plate, left: Points, good: Flags) -> tuple[Bend | None, Floats, Flags]:
    off = np.linalg.norm(left, axis=1)
    if np.percentile(off[good], 90) < _FLAT:
        good = good & (off < _ASTRAY)
        return None, np.where(good, off, np.nan), good
    return fit(plate.wires, left, good)


def is_sound(way: Matrix, plate: Plate) -> bool:
    """Tell whether *way* keeps the page a page: not mirrored, not folded into a point."""
    shown = outline(way, plate)
    if not np.isfinite(shown).all():
        return False
    area = cv2.contourArea(shown.astype(np.float32), oriented=True)
    sides = np.linalg.norm(shown - np.roll(shown, 1, axis=0), axis=1)
    if area <= 0 or sides.min() < _SLIM * sides.max():
        return False
    return bool(cv2.isContourConvex(shown.astype(np.int32)))


def outline(way: Matrix, plate: Plate) -> Points:
    """Return the blank's four corners in the picture, px."""
    page = plate.page
    return moved(np.array([[0, 0], [page.x1, 0], [page.x1, page.y1], [0, page.y1]]) * 1.0, way)


def scale_of(way: Matrix, plate: Plate) -> float:
    """Return how many px of the picture a mm of the blank takes, at the page's middle."""
    x, y = plate.page.x1 / 2, plate.page.y1 / 2
    ends = moved(np.array([[x, y], [x + 10, y], [x, y + 10]]), way)
    return float(np.linalg.norm(ends[1:] - ends[0], axis=1).mean() / 10)
