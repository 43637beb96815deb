"""Find the blank on a captured page and lay it straight. Reads nothing that people wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from parsers.scan.code import parse, read_codes
from parsers.scan.edition import Standing, clear, labelled, standing, sure
from parsers.scan.features import Features, Matrix, detect, likeliest, rough
from parsers.scan.laying import Laid, lay, measured, outline
from parsers.scan.paper import Paper
from parsers.scan.picture import Grey, Picture
from parsers.scan.plate import Plate
from parsers.scan.thresholds import limits

_SIDE = 1_250  # px: the longer side of the picture in which features are sought
_MOST = 3  # plates that are tried
_SEEN = 24  # blanks whose features are matched one by one, at most
_CLOSE = 2.0  # mm: a feature may lie this far off
_SECOND = 60  # features outside the page: fewer can't be another page
_CODE = 8.0  # px/mm at which codes are read
_FEW = 20  # points of a blank: this many close together are a piece of it
_DENSE = 0.7  # of the points around them


class Reason(StrEnum):
    """Why a page was not laid on a blank."""

    NOTHING = "nothing"  # too little on the page to be any form
    OTHER_FORM = "other_form"
    OTHER_EDITION = "other_edition"  # much of a known blank, but labels stand elsewhere
    INCOMPLETE = "incomplete"  # only a small part of a known blank is on the picture
    TWO_PAGES = "two_pages"  # more than one form in one picture
    POOR = "poor"  # a known blank, too worn or blurred to tell more


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A page on which none of the blanks lies; the nearest one and how much of it was found."""

    plate: Plate | None = None
    found: float = 0.0
    reason: Reason = Reason.NOTHING
    missing: tuple[str, ...] = ()  # anchors that are not to be seen
    code: str = ""  # edition that a code on the page names


def place(picture: Picture, plates: Sequence[Plate]) -> Paper | Unplaced:
    """Lay *picture* on the plate that fits it best, or tell why none does."""
    spots = _spots(picture)
    best: Laid | None = None
    stand: Standing | None = None
    for laid in _candidates(picture, plates, spots):
        if best is None or _worth(laid) > _worth(best):
            best = laid
        if _worth(laid) < limits("edition")["least"]:
            continue
        one = standing(measured(laid))
        if stand is None or one.lacking < stand.lacking:
            stand = one
        if clear(stand):
            break
    if stand is not None:
        return _judged(picture, plates, spots, stand)
    if best is not None:
        return _foreign(best)
    known = len(spots) >= _SECOND
    return Unplaced(reason=Reason.OTHER_FORM if known else Reason.NOTHING)


def _judged(
    picture: Picture, plates: Sequence[Plate], spots: Features, one: Standing
) -> Paper | Unplaced:
    """Return the page that lies on its likeliest blank, or why that is not enough."""
    limit = limits("edition")
    if _part(one.paper) < limit["part"]:
        return _refused(one, Reason.INCOMPLETE)
    if one.lacking > limit["other"]:
        poor = {"contrast", "blur", "noise", "specks", "scale"} & set(one.paper.quality.faults)
        return _refused(one, Reason.POOR if poor else Reason.OTHER_EDITION)
    if _has_second(picture, plates, spots, one.paper):
        return _refused(one, Reason.TWO_PAGES)
    return labelled(one, certain=sure(one, plates))


def _part(paper: Paper) -> float:
    """Return how much (0-1) of the blank's points lies on the picture."""
    high, wide = paper.picture.grey.shape
    where = paper.seen(paper.plate.points.tolist())
    return float(((where >= 0) & (where < (wide, high))).all(axis=1).mean())


def _worth(laid: Laid) -> float:
    return laid.paper.quality.found


def _spots(picture: Picture) -> Features:
    """Return the features of *picture*, px of the whole picture."""
    shrink = min(1.0, _SIDE / max(picture.grey.shape))
    return detect(_smaller(picture.grey, shrink)).scaled(1 / shrink)


def _smaller(grey: Grey, times: float) -> Grey:
    small = cv2.resize(grey, None, fx=times, fy=times, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _candidates(picture: Picture, plates: Sequence[Plate], spots: Features) -> Iterator[Laid]:
    """Yield *picture* laid on each plate that may be on it, the likeliest first.

    The quick vote can't tell blanks with the same words apart; where its favourites do not fit,
    the others are ranked by how many of their own features lie where they should.
    """
    if not len(spots):
        return
    size = np.ptp(spots.places, axis=0).max()
    order = likeliest([p.features for p in plates], spots, len(plates))
    for index in order[:_MOST]:
        way, _proofs = _rough(plates[index], spots, size)
        yield from _laid(picture, plates[index], way)
    ways = [(index, *_rough(plates[index], spots, size)) for index in order[_MOST:_SEEN]]
    ways.sort(key=lambda row: -row[2])
    for index, way, _proofs in ways[:_MOST]:
        yield from _laid(picture, plates[index], way)


def _rough(plate: Plate, spots: Features, size: float) -> tuple[Matrix | None, int]:
    near = _CLOSE * size / max(plate.page.x1, plate.page.y1)
    return rough(plate.features, spots, near)


def _laid(picture: Picture, plate: Plate, way: Matrix | None) -> Iterator[Laid]:
    laid = None if way is None else lay(picture, plate, way)
    if laid is not None:
        yield laid


def _foreign(best: Laid) -> Unplaced:
    """Return why a page has so little of the blank: another form, or a torn-off piece of it."""
    plate, points = best.paper.plate, best.paper.plate.points
    found = best.paper.quality.found
    reason = Reason.OTHER_FORM
    if int(best.good.sum()) >= _FEW:
        low, high = points[best.good].min(axis=0), points[best.good].max(axis=0)
        around = ((points >= low) & (points <= high)).all(axis=1)
        if best.good[around].mean() >= _DENSE:
            reason = Reason.INCOMPLETE
    missing = standing(best.paper).missing if reason is Reason.INCOMPLETE else ()
    return Unplaced(plate, found, reason, missing)


def _refused(first: Standing, reason: Reason) -> Unplaced:
    paper = first.paper
    code = ""
    if reason is Reason.OTHER_EDITION:
        read = (parse(text) for text, _box in read_codes(paper.level(_CODE)[1]))
        code = next((f"{c.form}/{c.version}" for c in read if c is not None), "")
    return Unplaced(paper.plate, paper.quality.found, reason, first.missing, code)


def has_second(picture: Picture, plates: Sequence[Plate], paper: Paper) -> bool:
    """Tell whether one of *plates* lies beside *paper* in *picture*."""
    return _has_second(picture, plates, _spots(picture), paper)


def _has_second(picture: Picture, plates: Sequence[Plate], spots: Features, paper: Paper) -> bool:
    """Tell whether another form lies beside *paper* in the picture."""
    frame = outline(paper.way, paper.plate).astype(np.float32)
    sides = np.roll(frame, -1, axis=0) - frame
    away = spots.places[None] - frame[:, None]
    turns = sides[:, None, 0] * away[..., 1] - sides[:, None, 1] * away[..., 0]
    outside = np.asarray((turns < 0).any(axis=0), dtype=np.bool_)
    if int(outside.sum()) < _SECOND:
        return False
    least = limits("edition")["least"]
    others = _candidates(picture, plates, spots.only(outside))
    return any(one.paper.quality.found >= least for one in others)
