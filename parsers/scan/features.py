"""Features of pictures and the first, rough way from a blank to a page. Needs no start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.picture import Grey

Points = npt.NDArray[np.float64]  # [n, 2]: x, y
Matrix = npt.NDArray[np.float64]  # [3, 3]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_MOST = 1_400
_SHORT = 160  # of a blank's features take part in the vote
_LEAST = 16  # matches
_RATIO = 0.85  # best match against second best
_STRAY = 25.0  # degrees that a match may be turned against the page
_TURNS, _SIZES = 18, 24  # bins of the vote: 20 degrees, a quarter of an octave


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Distinct spots of a picture: places, turns (degrees), sizes in the unit of the places."""

    places: Points
    turns: Floats
    sizes: Floats
    codes: npt.NDArray[np.uint8]  # [n, 32]

    def __len__(self) -> int:
        return len(self.places)

    def scaled(self, times: float) -> Features:
        """Return the same spots with every length multiplied."""
        return Features(self.places * times, self.turns, self.sizes * times, self.codes)

    def only(self, kept: Flags) -> Features:
        """Return the spots that *kept* marks."""
        return Features(
            self.places[kept], self.turns[kept], self.sizes[kept], self.codes[kept]
        )  # fmt: skip


def detect(grey: Grey) -> Features:
    """Return the ORB features of *grey*, places in px, the strongest first."""
    finder = cv2.ORB.create(nfeatures=_MOST, fastThreshold=12)
    spots, codes = finder.detectAndCompute(grey, None)
    if not spots:
        return Features(np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.zeros((0, 32), np.uint8))
    order = np.argsort([-s.response for s in spots], kind="stable")
    rows = np.array([(*s.pt, s.angle, s.size) for s in spots])[order]
    kept = np.asarray(codes, dtype=np.uint8)[order]
    return Features(rows[:, :2] + 0.5, rows[:, 2], rows[:, 3], kept)


def likeliest(blanks: Sequence[Features], page: Features, most: int) -> list[int]:
    """Return which *most* of *blanks* may lie on *page*, the likeliest first.

    Few features of every blank are matched at once and vote for a turn and a scale together.
    """
    if len(page) < _LEAST or not blanks:
        return []
    if len(blanks) == 1:
        return [0]
    first = np.concatenate([b.codes[:_SHORT] for b in blanks])
    pairs = _pairs(first, page)
    ends = np.cumsum([0] + [len(b.codes[:_SHORT]) for b in blanks])
    votes = []
    for index, blank in enumerate(blanks):
        mine = [(a - ends[index], b) for a, b in pairs if ends[index] <= a < ends[index + 1]]
        votes.append(_agreeing(blank, page, np.array(mine, dtype=int).reshape(-1, 2)))
    return sorted(range(len(blanks)), key=lambda i: -votes[i])[:most]


def rough(blank: Features, page: Features, near: float) -> tuple[Matrix | None, int]:
    """Return the way from *blank*'s places to *page*'s, None when none is found, and its proofs.

    *near* is how far in the page's unit a proof may lie off.
    """
    if len(blank) < _LEAST or len(page) < _LEAST:
        return None, 0
    pairs = np.array(_pairs(blank.codes, page), dtype=int).reshape(-1, 2)
    if len(pairs) < _LEAST:
        return None, 0
    turned = (page.turns[pairs[:, 1]] - blank.turns[pairs[:, 0]]) % 360
    peak = _peak(turned)
    pairs = pairs[np.abs((turned - peak + 180) % 360 - 180) < _STRAY]
    if len(pairs) < _LEAST // 2:
        return None, 0
    way, inside = fitted(blank.places[pairs[:, 0]], page.places[pairs[:, 1]], near)
    return (way, int(inside.sum())) if int(inside.sum()) >= _LEAST // 2 else (None, 0)


def fitted(source: Points, target: Points, near: float) -> tuple[Matrix | None, Flags]:
    """Return the homography that most of *source* and *target* agree on within *near*, and who."""
    none = np.zeros(len(source), dtype=np.bool_)
    if len(source) < 4:  # noqa: PLR2004
        return None, none
    way, inside = cv2.findHomography(source, target, cv2.USAC_MAGSAC, near, maxIters=2_000)
    found: object = way  # OpenCV gives None where nothing fits; its stubs do not say so
    if found is None:
        return None, none
    return np.asarray(way, dtype=np.float64), np.asarray(inside, dtype=np.bool_).ravel()


def moved(points: Points, way: Matrix) -> Points:
    """Return *points* taken along *way*."""
    if not len(points):
        return points
    return np.asarray(cv2.perspectiveTransform(points[None], way)[0], dtype=np.float64)


def _pairs(codes: npt.NDArray[np.uint8], page: Features) -> list[tuple[int, int]]:
    matches = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(codes, page.codes, k=2)
    return [
        (m[0].queryIdx, m[0].trainIdx)
        for m in matches
        if len(m) == 2 and m[0].distance < _RATIO * m[1].distance  # noqa: PLR2004
    ]


def _agreeing(blank: Features, page: Features, pairs: npt.NDArray[np.int_]) -> int:
    """Return how many *pairs* share a turn and a scale."""
    turned = (page.turns[pairs[:, 1]] - blank.turns[pairs[:, 0]]) % 360
    grown = np.log2(page.sizes[pairs[:, 1]] / blank.sizes[pairs[:, 0]])
    box = np.zeros((_TURNS, _SIZES), dtype=int)
    np.add.at(
        box,
        ((turned * _TURNS / 360).astype(int) % _TURNS, (np.round(grown * 4) % _SIZES).astype(int)),
        1,
    )
    wide = box + np.roll(box, 1, axis=0)
    return int((wide + np.roll(wide, 1, axis=1)).max())


def _peak(turned: Floats) -> float:
    """Return the turn (degrees) that most share."""
    bins = np.bincount((turned / 10).astype(int) % 36, minlength=36)
    smooth = bins + np.roll(bins, 1) + np.roll(bins, -1)
    return float(np.argmax(smooth)) * 10 + 5
