"""What stands in and around every square of a page: shares, strokes, strays. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from bot.domain.forms import Box
from parsers.forms.definition import TickSpec
from parsers.scan.paper import Mask, Paper
from parsers.scan.settling import Shift, settle
from parsers.scan.strokes import Component, bow, components
from parsers.scan.thresholds import limits
from parsers.scan.window import LABEL, PRINT, SCALE, Window, grown, pale_stroke, window_of

_MARGIN = 1.2  # mm around a square that the picture must show too
_RIM = 0.7  # mm around a square in which ink is hidden by its frame
_WORDS = 3.2  # mm without print that end a label
_MOST = 0.9  # of a window's side: what runs so far goes on beyond it


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Square:
    """One square's ink. Shares are parts (0-1) of its inside; lengths are mm."""

    spec: TickSpec
    whole: bool  # all of it lies on the picture
    alike: float  # 0-1: how much its frame and label look like the blank's
    frame: float  # 0-1: how dark its frame is
    share: float  # inked, specks and long lines left out
    raw: float  # inked, nothing left out
    specks: int  # pieces too small to be strokes
    extent: float  # the longest stroke inside
    bend: float  # how far that stroke leaves a straight line as thick as it is
    slim: float  # 0-1: the shorter side of that stroke's box against the longer
    depth: float  # 0-255: how much darker the darkest part of the smoothed inside is than paper
    pale: float  # the longest stroke inside at half that depth
    over: tuple[float, float, float, float]  # how far its mark runs out: left, up, right, down
    beside: float  # the longest piece of ink outside that is nearest to this square
    overlap: float  # the longest piece outside whose middle is at the square: a tick over its edge
    line: float  # part (0-1) of the inside that a long line covers
    ringed: bool  # ink around, under or through its label
    struck: bool  # ink through its label


@lru_cache(maxsize=1)
def squares(paper: Paper) -> tuple[Square, ...]:
    """Return every square of *paper*, kept until another paper is asked for."""
    specs = paper.definition.ticks
    shifts = _shifts(paper, specs)
    return tuple(_square(spec, shift, paper) for spec, shift in zip(specs, shifts, strict=True))


def _shifts(paper: Paper, specs: tuple[TickSpec, ...]) -> list[Shift]:
    """Return each square's shift; where its print is covered, that of the nearest clear one."""
    least = limits("marks")["alike"]
    found = [
        settle(paper, Box(s.box.x0 - 1, s.box.y0 - 1, s.box.x1 + 9, s.box.y1 + 1)) for s in specs
    ]
    clear = [i for i, shift in enumerate(found) if shift.alike >= least]
    out = []
    for i, shift in enumerate(found):
        if shift.alike < least and clear:
            near = min(
                clear,
                key=lambda j: (
                    abs(specs[j].box.y0 - specs[i].box.y0) + abs(specs[j].box.x0 - specs[i].box.x0)
                ),
            )
            shift = Shift(found[near].x, found[near].y, shift.alike)  # noqa: PLW2901
        out.append(shift)
    return out


def _square(spec: TickSpec, shift: Shift, paper: Paper) -> Square:
    known, window = limits("marks"), window_of(paper, spec, shift)
    inner = window.slices(grown(spec.box, -known["inside"]))
    dark = window.grey[inner] < 255 * paper.threshold
    found = components(dark & ~window.lines[inner], SCALE)
    pieces = [p for p in found if p.extent > known["speck"]]
    longest = max(pieces, key=lambda p: p.extent, default=None)
    depth, pale = pale_stroke(
        np.where(window.lines[inner], 255, window.grey[inner]).astype(np.uint8)
    )
    outside = _outside(window, spec, paper)
    over = _over(window, spec)
    ringed, struck = _label(window, spec, paper)
    frame = _frame(window, spec)
    return Square(
        spec,
        paper.covers(grown(shift.moved(spec.box), _MARGIN)),
        shift.alike,
        frame,
        sum(p.area for p in pieces) * SCALE**2 / max(1, dark.size),
        float(dark.mean()) if dark.size else 0.0,
        len(found) - len(pieces),
        longest.extent if longest is not None else 0.0,
        bow(longest, SCALE) - longest.thickness / 2 if longest is not None else 0.0,
        longest.slim if longest is not None else 1.0,
        depth,
        pale,
        over,
        max((p.extent for p, near in outside if not near), default=0.0),
        max((p.extent for p, near in outside if near), default=0.0),
        float(window.lines[inner].mean()) if dark.size else 0.0,
        ringed,
        struck,
    )


def _frame(window: Window, spec: TickSpec) -> float:
    """Return how dark the square's frame is, 0-1: the darkest pixel across it, all around."""
    rows, columns = window.slices(grown(spec.box, 0.35))
    dark = 255 - window.grey[rows, columns].astype(np.float64)
    rim = round(0.8 * SCALE)
    if min(dark.shape) <= 2 * rim:
        return 0.0
    sides = (
        dark[:rim, rim:-rim].max(axis=0),
        dark[-rim:, rim:-rim].max(axis=0),
        dark[rim:-rim, :rim].max(axis=1),
        dark[rim:-rim, -rim:].max(axis=1),
    )
    return float(min(np.median(s) for s in sides)) / 255


def _over(window: Window, spec: TickSpec) -> tuple[float, float, float, float]:
    """Return how far (mm) the mark inside runs out of the square on each side."""
    box = grown(spec.box, -limits("marks")["inside"])
    core = grown(spec.box, _RIM)
    joined = window.ink.copy()  # the frame under a mark counts as the mark's
    rows, columns = window.slices(core)
    dark = window.grey < PRINT
    joined[rows, columns] |= dark[rows, columns]
    joined &= ~window.lines
    seed = np.zeros_like(joined)
    seed[window.slices(box)] = joined[window.slices(box)]
    if not seed.any():
        return 0.0, 0.0, 0.0, 0.0
    # only what runs out of the square this way: letters and neighbours stay out
    joined[:, window.slices(grown(spec.box, 3.5))[1].stop :] = False
    _count, labels = cv2.connectedComponents(joined.astype(np.uint8), connectivity=8)
    own = np.isin(labels, np.unique(labels[seed])) & joined
    ys, xs = np.nonzero(own)
    x0, x1 = window.box.x0 + xs.min() / SCALE, window.box.x0 + (xs.max() + 1) / SCALE
    y0, y1 = window.box.y0 + ys.min() / SCALE, window.box.y0 + (ys.max() + 1) / SCALE
    out = (spec.box.x0 - x0, spec.box.y0 - y0, x1 - spec.box.x1, y1 - spec.box.y1)
    return tuple(max(0.0, float(v)) for v in out)  # type: ignore[return-value]


def _outside(window: Window, spec: TickSpec, paper: Paper) -> list[tuple[Component, bool]]:
    """Return the pieces of ink beside the square, and whether each one's middle is at it."""
    known = limits("marks")
    reach = grown(spec.box, known["beside"])
    rows, columns = window.slices(reach)
    found = []
    for piece in components(window.pale & ~window.lines, SCALE, known["stray"]):
        if not piece.inside(_filled(window, rows, columns)):
            continue
        middle = piece.pixels.mean(axis=0) / SCALE + (window.box.x0, window.box.y0)
        x, y = float(middle[0]), float(middle[1])
        if _is_writing(paper, x, y) or not _is_nearest(paper, spec, window, piece):
            continue
        if _is_through(window, piece):
            continue
        found.append((piece, _holds(grown(spec.box, known["edge"]), x, y)))
    return found


def _is_through(window: Window, piece: Component) -> bool:
    """Tell whether a piece runs through the whole window: a fold, no mark."""
    wide, high = window.ink.shape[1] / SCALE, window.ink.shape[0] / SCALE
    across, up = piece.box.x1 - piece.box.x0, piece.box.y1 - piece.box.y0
    return across > _MOST * wide or (up > _MOST * high and across < 0.25 * up)


def _filled(window: Window, rows: slice, columns: slice) -> Mask:
    mask = np.zeros(window.ink.shape, dtype=np.bool_)
    mask[rows, columns] = True
    return mask


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _is_writing(paper: Paper, x: float, y: float) -> bool:
    """Tell whether a place belongs to a field that people write in."""
    written = [f.cell for f in paper.definition.fields] + [paper.definition.signature.box]
    return any(_holds(box, x, y) for box in written)


def _is_nearest(paper: Paper, spec: TickSpec, window: Window, piece: Component) -> bool:
    """Tell whether a piece comes nearer to this square than to any other."""
    places = piece.pixels / SCALE + (window.box.x0, window.box.y0)

    def far(other: TickSpec) -> float:
        box = other.box
        aside = np.maximum(np.maximum(box.x0 - places[:, 0], places[:, 0] - box.x1), 0)
        beyond = np.maximum(np.maximum(box.y0 - places[:, 1], places[:, 1] - box.y1), 0)
        return float(np.hypot(aside, beyond).min())

    own = far(spec)
    return all(far(t) >= own for t in paper.definition.ticks if t is not spec)


def _label(window: Window, spec: TickSpec, paper: Paper) -> tuple[bool, bool]:
    """Tell whether ink surrounds or underlines the square's label, and whether it strikes it."""
    words = _words(spec, paper)
    if words is None:
        return False, False
    rows, columns = window.slices(grown(words, 1.0))
    near = _filled(window, rows, columns)
    wide = words.x1 - words.x0
    ringed = struck = False
    for piece in components(window.pale & ~window.lines, SCALE, 0.3):
        middle = piece.pixels.mean(axis=0) / SCALE + (window.box.x0, window.box.y0)
        across = piece.box.x1 - piece.box.x0
        if across < min(0.5 * wide, 8.0) or not piece.inside(near):
            continue
        if _is_through(window, piece) or piece.thickness > limits("marks")["broad"]:
            continue
        if _is_writing(paper, float(middle[0]), float(middle[1])):
            continue
        ringed = True
        struck |= words.y0 - 0.2 <= float(middle[1]) <= words.y1 + 0.2 and across > 0.6 * wide
    return ringed, struck


def _words(spec: TickSpec, paper: Paper) -> Box | None:
    """Return where the label right of the square is printed, None where nothing is."""
    row = Box(spec.box.x1 + 0.4, spec.box.y0 - 0.3, spec.box.x1 + LABEL, spec.box.y1 + 0.3)
    printed = paper.blank(row, SCALE) < PRINT
    rule = printed.mean(axis=0) > 0.9  # noqa: PLR2004 - an upright line is no word
    inked = np.flatnonzero(printed.any(axis=0) & ~rule)
    if not len(inked):
        return None
    gaps = np.flatnonzero(np.diff(inked) > _WORDS * SCALE)
    end = int(inked[gaps[0]]) if len(gaps) else int(inked[-1])
    rows = np.flatnonzero(printed[:, inked[0] : end + 1].any(axis=1))
    return Box(
        row.x0 + inked[0] / SCALE, row.y0 + rows[0] / SCALE,
        row.x0 + end / SCALE, row.y0 + (rows[-1] + 1) / SCALE,
    )  # fmt: skip
