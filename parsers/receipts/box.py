"""The box to sign in on a receipt: a pen, nothing, or doubt. It is larger than a form's box.

So a whole stamp has room in it, and a pencil that a fax lost leaves a few dots of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from bot.domain.forms import Box, Signed
from parsers.scan import signing
from parsers.scan.features import Points
from parsers.scan.paper import Mask, Paper
from parsers.scan.strokes import Component, bow, components, long_lines, roundness
from parsers.scan.thresholds import limits

_SCALE = 8.0  # px/mm
_RIM = 1.2  # mm along the box's edges that its own frame may darken
_HALF = 3.0  # mm: half a side of a patch of bare paper
_BLACK, _PALE = 20, 235  # greys


def read(paper: Paper) -> Signed:
    """Return what the box holds; UNSURE where it lies too badly, or is too coarse, to tell."""
    known, box = limits("receipts"), paper.definition.signature.box
    near = paper.residual <= known["residual"] and paper.stray(box) <= known["stray"]
    if not (near and paper.covers(box)) or paper.quality.scale < limits("quality")["scale"]:
        return Signed.UNSURE
    found = signing.read(paper)
    if found is Signed.INK and not _is_by_pen(paper):
        return Signed.UNSURE
    if found is Signed.NONE and (_has_strokes(paper) or _has_traces(paper)):
        return Signed.UNSURE
    return found


def _inner(paper: Paper) -> Box:
    box = paper.definition.signature.box
    return Box(box.x0 + _RIM, box.y0 + _RIM, box.x1 - _RIM, box.y1 - _RIM)


def _is_by_pen(paper: Paper) -> bool:
    """Tell whether what has a pen's strokes can't be a stamp, a cup's ring or a neighbour."""
    known = limits("receipts")
    ink = paper.ink(_inner(paper), _SCALE)
    bare = np.asarray(ink & ~long_lines(ink, _SCALE, known["rule"]))
    pieces = [p for p in components(bare, _SCALE, known["dust"]) if p.extent > known["speck"]]
    if sum(len(p.pixels) for p in pieces) < known["turning"] * int(ink.sum()):
        return False  # streaks and folds, and a little where they cross something
    return not (_are_letters(pieces) or _are_round(pieces) or _runs_in(ink))


def _are_letters(pieces: Sequence[Component]) -> bool:
    """Tell whether much of the ink is small pieces, as a stamp's letters are; a pen joins its."""
    known = limits("receipts")
    letters = [p for p in pieces if p.extent <= known["letter"]]
    share = sum(p.length for p in letters) / max(sum(p.length for p in pieces), 1e-9)
    return len(letters) >= known["letters"] and share > known["share"]


def _together(pieces: Sequence[Component]) -> Component:
    return replace(pieces[0], pixels=np.concatenate([p.pixels for p in pieces]))


def _are_round(pieces: Sequence[Component]) -> bool:
    """Tell whether all of the ink, or its largest piece, is of one circle: a cup's, a seal's."""
    known = limits("receipts")
    for piece in (max(pieces, key=lambda p: p.area), _together(pieces)):
        radius, off = roundness(piece, _SCALE)
        if off < known["round_off"] and known["round_least"] < radius < known["round_most"]:
            return True
    return False


def _runs_in(ink: Mask) -> bool:
    """Tell whether nearly all ink lies along an edge: it may belong to what stands outside."""
    known = limits("receipts")
    rim, whole = round(known["edge"] * _SCALE), max(int(ink.sum()), 1)
    return any(int(part.sum()) > known["most"] * whole for part in (ink[:rim], ink[-rim:]))


def _has_strokes(paper: Paper) -> bool:
    """Tell whether there is more than a fold, a streak or a ring: straight strokes sign too."""
    known = limits("receipts")
    ink = paper.ink(_inner(paper), _SCALE)
    found = [p for p in components(ink, _SCALE, known["dust"]) if p.extent > known["stroke"]]
    pieces = [p for p in found if not _crosses(p, ink)]
    if sum(p.length for p in pieces) < known["strokes"]:
        return False
    return bow(_together(pieces), _SCALE) > known["fold"] and not _are_round(pieces)


def _crosses(piece: Component, ink: Mask) -> bool:
    """Tell whether a straight *piece* goes through the whole box: a fold, a scanner's streak."""
    high, wide = (side / _SCALE for side in ink.shape)
    box, near = piece.box, 2 / _SCALE
    along = box.x0 < near and box.x1 > wide - near
    down = box.y0 < near and box.y1 > high - near
    slack = max(limits("receipts")["fold"], 0.6 * piece.thickness)
    return (along or down) and bow(piece, _SCALE) < slack


def _has_traces(paper: Paper) -> bool:
    """Tell whether a box on a black and white page has more dots than its paper, or a crowd."""
    known, sample = limits("receipts"), paper.picture.grey[::3, ::3]
    dark = float(np.mean(sample <= _BLACK))
    between = float(np.mean((sample > _BLACK) & (sample < _PALE)))
    if between > known["greys"] * dark:  # in greys a pale stroke is seen as one
        return False
    patches = [Box(x - _HALF, y - _HALF, x + _HALF, y + _HALF) for x, y in paper.plate.bare]
    bare = [len(_dots(paper, patch)) for patch in patches if paper.shows(patch)]
    usual = float(np.mean(bare)) / (2 * _HALF) ** 2 if bare else 0.0
    box, side = _inner(paper), known["around"]
    wide, high, dots = box.x1 - box.x0, box.y1 - box.y0, _dots(paper, box)
    guess = wide * high / max(len(bare) * (2 * _HALF) ** 2, 1.0)  # bare paper is but a sample
    if _beyond(len(dots), usual * wide * high, guess) > known["dots"]:
        return True
    corners = ((x, y) for x in np.arange(0, wide, side / 2) for y in np.arange(0, high, side / 2))
    thickest = max(int(((dots >= at) & (dots < np.add(at, side))).all(1).sum()) for at in corners)
    return _beyond(thickest, usual * side * side) > known["crowd"]


def _beyond(count: int, usual: float, guess: float = 0.0) -> float:
    """Return how many spreads *count* lies over what is *usual*; *guess* widens them."""
    return float((count - usual) / np.sqrt(usual * (1 + guess) + 1))


def _dots(paper: Paper, box: Box) -> Points:
    """Return where in *box* something is not white, mm from its upper left corner."""
    mask = (paper.area(box, _SCALE) < _PALE).astype(np.uint8)
    count, _labels, _stats, middles = cv2.connectedComponentsWithStats(mask)
    return np.asarray(middles, dtype=np.float64)[1:count] / _SCALE
