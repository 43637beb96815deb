"""A receipt laid on its edition: by the corners of its codes, else by its print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import permutations
from pathlib import Path

import cv2
import numpy as np

from bot.domain.forms import Box
from parsers.forms.definition import Definition, load
from parsers.receipts.codes import Found
from parsers.scan.edition import labelled, standing
from parsers.scan.features import Matrix, Points, moved
from parsers.scan.laying import lay, measured, outline
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import Plate, plate_of
from parsers.scan.registration import Reason, has_second, place
from parsers.scan.thresholds import limits

CODES = 3  # on every receipt
_WORD = "QR-kod"  # how the definition calls their places
_FOLDER = Path(__file__).parent
_ASTRAY = 2.5  # mm that a code's corner may lie off the flat way of all
_BY_LOOKS = frozenset({Reason.POOR, Reason.INCOMPLETE, Reason.TWO_PAGES})


@cache
def editions() -> dict[str, Plate]:
    """Return every edition of the receipt that was ever handed out, by its name in the mark."""
    found = {d.version or "": plate_of(d) for d in load(_FOLDER)}
    return {name: plate for name, plate in found.items() if plate is not None}


def laid(picture: Picture, plate: Plate, codes: Sequence[Found]) -> Paper | None:
    """Return *picture* laid on *plate*, None where it does not lie as a receipt must."""
    way = _way(plate, codes)
    found = lay(picture, plate, way) if way is not None else None
    if found is not None and found.paper.quality.found >= limits("receipts")["found"]:
        paper = measured(found)
        return labelled(standing(paper), certain=True)
    by_print = place(picture, [plate])
    return by_print if isinstance(by_print, Paper) else None


def by_looks(picture: Picture) -> tuple[bool, Paper | None]:
    """Tell whether *picture* surely is a receipt by its print, and return it laid where it can."""
    known = list(editions().values())
    found = place(picture, known)
    if isinstance(found, Paper):
        return True, found
    return found.reason in _BY_LOOKS, None


def has_company(paper: Paper, definitions: Sequence[Definition]) -> bool:
    """Tell whether a form, or another receipt, lies beside the receipt *paper* in its picture."""
    high, wide = paper.picture.grey.shape
    own = cv2.contourArea(outline(paper.way, paper.plate).astype(np.float32))
    if own > limits("receipts")["alone"] * high * wide:
        return False
    forms = [plate for d in definitions if (plate := plate_of(d)) is not None]
    return has_second(paper.picture, [*forms, *editions().values()], paper)


def _way(plate: Plate, codes: Sequence[Found]) -> Matrix | None:
    """Return the way by *codes*, which all say the same: their places tell which is which."""
    places = [_corners(i.cell) for i in plate.definition.ignored if i.label == _WORD]
    if not 1 < len(codes) <= len(places):  # one alone says too little of a page's far end
        return None
    seen = np.concatenate([c.corners for c in codes])
    best, least = None, np.inf
    for taken in permutations(places, len(codes)):
        printed = np.concatenate(taken)
        way: object = cv2.findHomography(printed, seen, 0)[0]
        if not isinstance(way, np.ndarray):
            continue
        off = float(np.linalg.norm(moved(printed, way) - seen, axis=1).max())
        if off < least:
            best, least = way, off
    side = float(np.linalg.norm(codes[0].corners[1] - codes[0].corners[0]))
    wide = float(np.linalg.norm(places[0][1] - places[0][0]))
    return best if best is not None and least < _ASTRAY * side / wide else None


def _corners(box: Box) -> Points:
    return np.array([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])
