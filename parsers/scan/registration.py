"""Find the blank on a captured page and lay it straight. Reads nothing that people wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from parsers.scan.features import Features, detect, likeliest, rough
from parsers.scan.laying import Laid, lay
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import Plate

_SIDE = 1_250  # px: the longer side of the picture in which features are sought
_MOST = 3  # plates that are tried
_CLOSE = 2.0  # mm: a feature may lie this far off
_LEAST_FOUND = 0.35  # of the patches: less is no such form


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A page on which none of the blanks lies; the nearest one and how much of it was found."""

    plate: Plate | None = None
    found: float = 0.0


def place(picture: Picture, plates: Sequence[Plate]) -> Paper | Unplaced:
    """Lay *picture* on the plate that fits it best."""
    spots = _spots(picture)
    laid = _candidates(picture, plates, spots)
    if not laid:
        return Unplaced()
    best = max(laid, key=lambda one: one.paper.quality.found)
    if best.paper.quality.found < _LEAST_FOUND:
        return Unplaced(best.paper.plate, best.paper.quality.found)
    return best.paper


def _spots(picture: Picture) -> Features:
    """Return the features of *picture*, px of the whole picture."""
    shrink = min(1.0, _SIDE / max(picture.grey.shape))
    small = cv2.resize(picture.grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return detect(np.asarray(small, dtype=np.uint8)).scaled(1 / shrink)


def _candidates(picture: Picture, plates: Sequence[Plate], spots: Features) -> list[Laid]:
    """Return *picture* laid on each plate that may be on it."""
    found = []
    for index in likeliest([p.features for p in plates], spots, _MOST):
        plate = plates[index]
        size = np.ptp(spots.places, axis=0).max() / max(plate.page.x1, plate.page.y1)
        way, _proofs = rough(plate.features, spots, _CLOSE * size)
        laid = None if way is None else lay(picture, plate, way)
        if laid is not None:
            found.append(laid)
    return found
