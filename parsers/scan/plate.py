"""The empty blank as a picture, with the points by which a filled one is found and laid on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.forms.definition import Definition
from parsers.pdf.page import sheets
from parsers.scan.picture import Grey

SCALE = 8.0  # px/mm of the plate (203 DPI)
COARSE = 4.0  # px/mm at which features are sought
_FEATURES = 2_500
_POINTS = 160  # patches that lay a page exactly
_APART = 5.0  # mm between two of them
_CLEAR = 0.8  # mm around what people write in: no patch there
Points = npt.NDArray[np.float64]  # [n, 2]: x, y
Descriptors = npt.NDArray[np.uint8]  # [n, 32]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Plate:
    """An empty blank: its picture, features (mm) and the distinct points (mm) to check it by."""

    definition: Definition
    grey: Grey  # SCALE px/mm
    points: Points
    features: Points
    descriptors: Descriptors

    def area(self, box: Box, scale: float) -> Grey:
        """Return what is printed in *box* (mm) at *scale* px/mm."""
        wide, high = pixels(box, scale)
        step = SCALE / scale
        move = np.array([[step, 0, box.x0 * SCALE], [0, step, box.y0 * SCALE]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        cut = cv2.warpAffine(self.grey, move, (wide, high), flags=flags, borderValue=255)
        return np.asarray(cut, dtype=np.uint8)


def pixels(box: Box, scale: float) -> tuple[int, int]:
    """Return the width and height in px of *box* (mm) at *scale* px/mm, at least one each."""
    return max(1, round((box.x1 - box.x0) * scale)), max(1, round((box.y1 - box.y0) * scale))


def detect(grey: Grey) -> tuple[Points, Descriptors]:
    """Return the ORB features of *grey*: places in px and their descriptors."""
    finder = cv2.ORB.create(nfeatures=_FEATURES, fastThreshold=12)
    places, found = finder.detectAndCompute(grey, None)
    if not places:
        return np.zeros((0, 2)), np.zeros((0, 32), np.uint8)
    return np.array([p.pt for p in places]), np.asarray(found, dtype=np.uint8)


def plate_of(definition: Definition) -> Plate | None:
    """Return the plate of *definition*, kept per process; None when it has no blank to draw."""
    return _plate(definition) if definition.blank is not None else None


@lru_cache(maxsize=16)
def _plate(definition: Definition) -> Plate | None:
    if definition.blank is None:
        return None
    with sheets(definition.blank.read_bytes()) as pages:
        grey = next(pages).drawn(SCALE).copy()
    small = cv2.resize(
        grey, None, fx=COARSE / SCALE, fy=COARSE / SCALE, interpolation=cv2.INTER_AREA
    )
    places, found = detect(np.asarray(small, dtype=np.uint8))
    return Plate(definition, grey, _points(grey, definition), places / COARSE, found)


def _points(grey: Grey, definition: Definition) -> Points:
    """Return distinct printed points, spread over the page, where nobody writes."""
    free = np.full(grey.shape, 255, np.uint8)
    written = [f.value for f in definition.fields] + [t.box for t in definition.ticks]
    written += [definition.signature.box] + [i.cell for i in definition.ignored]
    for box in written:
        x0, y0 = (max(0, round((v + _CLEAR) * SCALE)) for v in (box.x0, box.y0))
        x1, y1 = (max(0, round((v - _CLEAR) * SCALE)) for v in (box.x1, box.y1))
        free[y0:y1, x0:x1] = 0
    found: object = cv2.goodFeaturesToTrack(
        grey, _POINTS, qualityLevel=0.02, minDistance=_APART * SCALE, mask=free, blockSize=9
    )
    if not isinstance(found, np.ndarray):  # nothing is printed
        return np.zeros((0, 2))
    return np.asarray(found.reshape(-1, 2), dtype=np.float64) / SCALE
