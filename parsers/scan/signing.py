"""Whether somebody signed on paper: ink, nothing, or doubt. Never whose signature it is.

Called ink is only what has a pen's shape: thin strokes that turn, wide enough for initials, more
than the page's dirt, not come in from a neighbour. What may be a stamp or type is doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from bot.domain.forms import Box, Signed
from parsers.scan.paper import Mask, Paper
from parsers.scan.picture import Grey
from parsers.scan.settling import Shift, settle
from parsers.scan.strokes import Component, bow, components, long_lines, roundness, within
from parsers.scan.thresholds import limits

SCALE = 8.0  # px/mm
_AROUND = 6.0  # mm around the box in which strokes that leave it are followed
_SLICE = 30.0  # mm of the box that are laid by their own print
_PRINT = 200  # the blank is printed where it is darker
_PLAIN = 0.5  # likeness under which a slice's print says nothing about where it lies
_BRIDGE = 1.6  # mm: strokes are joined over a printed line so wide
_NEIGHBOURS = 7.0  # mm between two strokes of one signature


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """The box and its surroundings at SCALE, and what in it is not print."""

    box: Box  # mm on the blank
    grey: Grey
    printed: Mask
    inner: Mask  # the box itself, its rim left out
    finest: float  # px/mm of the picture


def read(paper: Paper) -> Signed:
    """Return what the signature box of *paper* holds."""
    box = paper.definition.signature.box
    if not paper.covers(box):
        return Signed.UNSURE
    window = _window(paper, box)
    dark = np.asarray((window.grey < 255 * paper.threshold) & ~window.printed)
    found = _judged(dark, window)
    if found is not Signed.NONE:
        return found
    return Signed.UNSURE if _has_pale(window) else Signed.NONE


def _window(paper: Paper, box: Box) -> _Window:
    known = limits("signing")
    whole = Box(box.x0 - _AROUND, box.y0 - _AROUND, box.x1 + _AROUND, box.y1 + _AROUND)
    greys = []
    pieces = max(1, round((whole.x1 - whole.x0) / _SLICE))
    edges = np.round(np.linspace(whole.x0, whole.x1, pieces + 1) * SCALE) / SCALE
    shift = Shift()
    for left, right in pairwise(edges):
        part = Box(float(left), whole.y0, float(right), whole.y1)
        own = settle(paper, part)
        shift = own if own.alike >= _PLAIN else shift
        greys.append(paper.area(shift.moved(part), SCALE))
    high = min(g.shape[0] for g in greys)
    grey = np.hstack([g[:high] for g in greys])
    whole = Box(whole.x0, whole.y0, whole.x0 + grey.shape[1] / SCALE, whole.y0 + high / SCALE)
    slack = 2 * round((known["slack"] + paper.residual) / 2 * SCALE) + 1
    blank = cv2.resize(paper.blank(whole, SCALE), (grey.shape[1], high))
    printed = cv2.erode(blank, np.ones((slack, slack), np.uint8)) < _PRINT
    inner = np.zeros(grey.shape, dtype=np.bool_)
    rim = known["rim"]
    rows = slice(round((box.y0 + rim - whole.y0) * SCALE), round((box.y1 - rim - whole.y0) * SCALE))
    inner[
        rows, round((box.x0 + rim - whole.x0) * SCALE) : round((box.x1 - rim - whole.x0) * SCALE)
    ] = True
    return _Window(whole, np.asarray(grey), np.asarray(printed), inner, paper.quality.scale)


def _judged(dark: Mask, window: _Window) -> Signed:
    """Return what the ink *dark* of the window comes to."""
    known = limits("signing")
    strokes, specks, doubtful = _sorted(dark, window)
    if not strokes:
        return Signed.UNSURE if doubtful else Signed.NONE
    group = _together(strokes)
    length = sum(s.length for s in group)
    if length < known["nothing"] and not doubtful:
        return Signed.NONE
    box = _around(group)
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    longest = max(s.extent for s in group)
    large = wide >= known["wide"] and high >= known["high"]
    if not large or length < known["length"] or longest < known["largest"]:
        return Signed.UNSURE
    blurred = window.finest < known["coarse"] and high < known["coarse_high"]
    if blurred or _is_typed(group, box) or wide > _widest(window):
        return Signed.UNSURE
    dust = sum(s.area for s in specks) / (float(window.inner.sum()) / SCALE**2 / 100)
    lost = dust > known["filthy"] or (dust > known["dust"] and longest < 2 * known["wide"])
    return Signed.UNSURE if lost or (doubtful and longest < known["wide"]) else Signed.INK


def _widest(window: _Window) -> float:
    return limits("signing")["across"] * (window.box.x1 - window.box.x0 - 2 * _AROUND)


def _is_through(piece: Component, window: _Window) -> bool:
    """Tell whether a piece leaves the box above and below."""
    rim = _AROUND - limits("signing")["through"]
    return piece.box.y0 < rim and piece.box.y1 > window.box.y1 - window.box.y0 - rim


def _sorted(dark: Mask, window: _Window) -> tuple[list[Component], list[Component], bool]:
    """Return the pen's strokes in the box, its specks, and whether something else is doubtful."""
    known = limits("signing")
    strokes, specks, doubtful = [], [], False
    bare = dark & ~long_lines(dark, SCALE, known["rule"])
    for piece in components(
        _bridged(bare, np.asarray(window.printed & ~window.inner)), SCALE, 0.01
    ):
        inside = piece.inside(window.inner)
        if not inside:
            continue
        if piece.extent < known["stroke"] or piece.area < known["least"]:
            specks.append(piece)
        elif _is_line(within(piece, window.inner)) or _is_bow(within(piece, window.inner)):
            continue
        elif inside < known["above"]:
            doubtful |= _reach(piece, window) > 0.5 * known["wide"]  # a deep stroke from outside
        elif (
            _is_through(piece, window)
            or piece.thickness > known["thick"]
            or piece.box.x1 - piece.box.x0 > _widest(window)
        ):
            doubtful = True
        else:
            strokes.append(piece)
    return strokes, specks, doubtful


def _bridged(dark: Mask, printed: Mask) -> Mask:
    """Return *dark* with strokes joined where a printed line takes a piece out of them.

    Only at the box's rim: its label would join what stands above with what stands below.
    """
    size = round(_BRIDGE * SCALE)
    upright = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((size, 1), np.uint8))
    return np.asarray(dark | ((upright > 0) & printed))


def _is_line(piece: Component) -> bool:
    """Tell whether a piece is a fold, a rule or a scanner's streak."""
    return bow(piece, SCALE) < max(limits("signing")["line"], 0.6 * piece.thickness)


def _is_bow(piece: Component) -> bool:
    """Tell whether a piece is part of one large circle: a stamp's rim, a cup's."""
    known = limits("signing")
    if piece.extent < known["round_long"]:
        return False
    radius, off = roundness(piece, SCALE)
    return off < max(known["round_off"], 0.6 * piece.thickness) and radius < 10 * piece.extent


def _reach(piece: Component, window: _Window) -> float:
    """Return how far (mm) a piece reaches into the box, up and down."""
    rows = piece.pixels[window.inner[piece.pixels[:, 1], piece.pixels[:, 0]], 1]
    return float(rows.max() - rows.min() + 1) / SCALE


def _around(pieces: Sequence[Component]) -> Box:
    return Box(
        min(p.box.x0 for p in pieces), min(p.box.y0 for p in pieces),
        max(p.box.x1 for p in pieces), max(p.box.y1 for p in pieces),
    )  # fmt: skip


def _together(strokes: Sequence[Component]) -> list[Component]:
    """Return the strokes that stand together and go farthest."""
    ordered = sorted(strokes, key=lambda s: s.box.x0)
    groups: list[list[Component]] = []
    end = -1e9
    for stroke in ordered:
        if stroke.box.x0 - end > _NEIGHBOURS:
            groups.append([])
        groups[-1].append(stroke)
        end = max(end, stroke.box.x1)
    return max(groups, key=lambda g: sum(s.length for s in g))


def _is_typed(group: Sequence[Component], box: Box) -> bool:
    """Tell whether the strokes, *box* around them, are like letters of type: apart and low."""
    known = limits("signing")
    longest = max(s.extent for s in group)
    low = box.y1 - box.y0 < known["typed_high"]
    line = low and longest < known["typed_long"] * (box.x1 - box.x0)
    return len(group) >= known["typed"] and (line or longest < known["typed_high"])


def _has_pale(window: _Window) -> bool:
    """Tell whether the box holds a stroke too pale to be counted as ink."""
    known = limits("signing")
    soft = cv2.GaussianBlur(window.grey, (0, 0), 0.12 * SCALE)
    free = soft[window.inner & ~window.printed]
    if not free.size:
        return False
    middle = float(np.median(free))
    grain = 1.5 * float(np.median(np.abs(free - middle)))
    limit = middle - max(known["pale"], known["pale_times"] * grain)
    pale = np.asarray((soft < limit) & ~window.printed)
    return _judged(pale, window) is not Signed.NONE
