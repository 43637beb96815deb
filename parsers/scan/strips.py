"""Cut what is written in a field out of the page: whole letters, no printed lines."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.forms.definition import Kind, TextSpec
from parsers.scan.overlays import without_overlays
from parsers.scan.paper import Mask, Paper
from parsers.scan.picture import Grey

SCALE = 12.0  # px/mm of a strip (305 DPI)
_AROUND = 2.0  # mm beyond the cell in which letters that cross its rim are followed
_PRINT = 200  # the blank is printed where it is darker
_WIDEN = 0.12  # mm around print that is taken away with it
_PRINTED_RUN, _SEEN_RUN, _PRINTED_GAP = 3.0, 2.2, 0.8  # mm of a printed line
_BRIDGE = 0.75  # mm: ink so far above and below a printed line is one letter
_OVER = 0.8  # mm: so high are dots and rings over a letter
_REACH = 6  # px under a foot in which a printed line is looked for
_HIDDEN = 0.12  # mm of a line of writing so close to print
_REMAINS = 0.8  # of a piece's ink in a printed line's zone: it is the line's
_DOT = 0.05  # mm²: ink smaller than this is dust
_TINY = 0.02  # mm²: but over a letter a thin pen's or a fax's dot
_LETTER = 0.35  # mm²: ink larger than this is writing by itself
_BLOB, _MANY = 0.2, 1.0  # mm²: a spot, or so many, that may be writing nobody can read
_MOSTLY = 0.5  # of a letter's ink stands in its own cell
_ABOVE, _BELOW, _BESIDE, _BETWEEN = 1.8, 0.8, 0.5, 2.0  # mm from a letter to its dots
_LEAST = 0.9  # mm: writing is at least this high or wide
_EDGE = 0.25  # mm: the grey rim of a letter
_MARGIN = 0.45  # mm around the writing in a strip
_RULE = 6.0  # mm: a straight stroke this long is no letter
_CROSSES = 0.35  # of the writing's width: a rule over so much of it strikes it out
_GAP = 0.35  # mm without ink between two lines of writing
_LINE = 1.4  # mm: a line of writing is at least this high
_STRAY = 0.9  # mm on both sides of a cell's end: ink there goes on into the neighbour


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Strip:
    """A line of writing: dark on white (255), the form's own lines and labels taken away."""

    key: str  # the field it was cut from
    kind: Kind
    grey: Grey  # SCALE px/mm, a margin of about 5 px


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Cutting:
    """What a field holds: its lines as strips, and what speaks against trusting them."""

    spec: TextSpec
    strips: tuple[Strip, ...] = ()
    dust: bool = False  # too little ink to be writing, too much to be nothing
    struck: bool = False  # a straight stroke runs through the writing
    strays: bool = False  # writing goes on into a neighbour's cell, or comes from there
    over: bool = False  # print stands so close over the letters that rings may be lost in it
    under: bool = False  # letters stand on print: their feet may be lost in it
    box: Box | None = None  # mm on the blank: where the writing stands

    @property
    def empty(self) -> bool:
        """Tell whether nothing at all is written."""
        return not self.strips and not self.dust


def cut(spec: TextSpec, paper: Paper) -> Cutting:
    """Return the writing in the field *spec* of *paper*."""
    cell = spec.cell
    around = Box(cell.x0 - _AROUND, cell.y0 - _AROUND, cell.x1 + _AROUND, cell.y1 + _AROUND)
    grey, own, print_ = _cleaned(paper, around)
    own = without_overlays(grey, own, SCALE, _AROUND)
    letters, dust = _letters(own, _inner(cell, around, own.shape))
    if not letters.any():
        return Cutting(spec, dust=dust)
    rows, columns = np.flatnonzero(letters.any(axis=1)), np.flatnonzero(letters.any(axis=0))
    left, top, right, low = (float(v[i]) / SCALE for i in (0, -1) for v in (columns, rows))
    if max(right - left, low - top) < _LEAST:
        return Cutting(spec, dust=True)
    shown = np.where(_widened(letters, _EDGE), grey, 255).astype(np.uint8)
    strips = tuple(Strip(spec.key, spec.kind, line) for line in _lines(shown, letters))
    box = Box(around.x0 + left, around.y0 + top, around.x0 + right, around.y0 + low)
    return Cutting(
        spec, strips, struck=_is_struck(letters), strays=_strays(own, cell, around),
        over=is_close_over(letters, print_.near), box=box,
        under=runs_into(letters, print_.dark, print_.lines),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class _Print:
    """Where the page is dark, where the blank has lines, and what lies near any print."""

    dark: Mask
    lines: Mask
    near: Mask


def _cleaned(paper: Paper, box: Box) -> tuple[Grey, Mask, _Print]:
    """Return *box* with the blank's print made white, where ink is left, and where print was.

    Labels go with all around them. Of the zone of a printed line only what runs along it goes,
    so that the foot of a letter on it stays; where it crosses a letter, the letter is kept.
    """
    grey = paper.area(box, SCALE)
    widen = 2 * round((_WIDEN + paper.residual) * SCALE) + 1
    blank = (paper.blank(box, SCALE) < _PRINT).astype(np.uint8)
    lines = _runs(blank, _PRINTED_RUN)
    labels = cv2.dilate(blank & ~lines, np.ones((widen, widen), np.uint8)).astype(np.bool_)
    zone = cv2.dilate(lines, np.ones((widen, widen), np.uint8)).astype(np.bool_)
    dark = grey < 255 * paper.threshold
    along = _runs(_closed(dark & zone), _SEEN_RUN).astype(np.bool_)
    printed = labels | (zone & _grown(along, 1))
    free = dark & ~printed
    free &= ~_remains(free, zone)
    bridge = np.ones((round(_BRIDGE * SCALE), 1), np.uint8)
    joined = cv2.morphologyEx(free.astype(np.uint8), cv2.MORPH_CLOSE, bridge).astype(np.bool_)
    kept = printed & joined & dark
    out = np.where((printed | zone) & ~_widened(kept | free, 0.1), 255, grey)
    found = _Print(dark, lines.astype(np.bool_), labels | zone)
    return np.asarray(out, dtype=np.uint8), np.asarray(free | kept), found


def _runs(mask: Grey, length: float) -> Grey:
    """Return what of *mask* runs straight for *length* mm, across or down."""
    run = round(length * SCALE)
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(across, down), dtype=np.uint8)


def _closed(mask: Mask) -> Grey:
    """Return *mask* with the gaps of a poorly printed line closed."""
    grey, gap = mask.astype(np.uint8), round(_PRINTED_GAP * SCALE)
    across = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    down = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(across, down), np.uint8)


def is_close_over(letters: Mask, printed: Mask) -> bool:
    """Tell whether print comes so near over the letters' tops that it may hide dots or rings."""
    columns = np.flatnonzero(letters.any(axis=0))
    tops = np.argmax(letters[:, columns], axis=0)
    rows = np.clip(tops - np.arange(round(_OVER * SCALE) + 1)[:, None], 0, None)
    return int(np.count_nonzero(printed[rows, columns].any(axis=0))) > _HIDDEN * SCALE


def runs_into(letters: Mask, dark: Mask, lines: Mask) -> bool:
    """Tell whether feet of the letters run into a printed line: what is left of them is unknown.

    A foot that ends clear of the line has paper between itself and the line.
    """
    columns = np.flatnonzero(letters.any(axis=0))
    feet = len(letters) - 1 - np.argmax(letters[::-1][:, columns], axis=0)
    rows = np.clip(feet + np.arange(1, _REACH + 1)[:, None], 0, len(letters) - 1)
    reached = np.maximum.accumulate(lines[rows, columns], axis=0)
    joined = (dark[rows, columns] | reached).all(axis=0) & reached.any(axis=0)
    return int(np.count_nonzero(joined)) > _HIDDEN * SCALE


def _remains(free: Mask, zone: Mask) -> Mask:
    """Return pieces of ink that lie in the zone of a printed line and hardly leave it."""
    _count, labels, stats, _middles = cv2.connectedComponentsWithStats(free.astype(np.uint8))
    inside = np.bincount(labels[zone], minlength=len(stats))
    remains = inside > _REMAINS * stats[:, cv2.CC_STAT_AREA]
    remains[0] = False
    return np.asarray(remains[labels])


def _grown(mask: Mask, by: int) -> Mask:
    wide = cv2.dilate(mask.astype(np.uint8), np.ones((2 * by + 1, 2 * by + 1), np.uint8))
    return np.asarray(wide, dtype=np.bool_)


def _widened(mask: Mask, by: float) -> Mask:
    size = 2 * round(by * SCALE) + 1
    wide = cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8))
    return np.asarray(wide, dtype=np.bool_)


def _inner(cell: Box, around: Box, shape: tuple[int, ...]) -> Mask:
    mask = np.zeros(shape, dtype=np.bool_)
    x0, y0 = round((cell.x0 - around.x0) * SCALE), round((cell.y0 - around.y0) * SCALE)
    x1, y1 = round((cell.x1 - around.x0) * SCALE), round((cell.y1 - around.y0) * SCALE)
    mask[y0:y1, x0:x1] = True
    return mask


def _letters(own: Mask, inner: Mask) -> tuple[Mask, bool]:
    """Return the ink that belongs to the cell, and whether there is doubtful ink beside it."""
    count, labels, raw, middles = cv2.connectedComponentsWithStats(
        own.astype(np.uint8), connectivity=8
    )
    stats = np.asarray(raw, dtype=np.int32)
    area = stats[:, cv2.CC_STAT_AREA] / SCALE**2
    within = np.bincount(labels[inner], minlength=count) / np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
    belongs = (within > _MOSTLY) & (area >= _TINY) & ~_is_rule(stats)
    belongs[0] = False
    large = belongs & (area >= _LETTER)
    small = belongs & ~large
    kept = large.copy()
    for index in np.flatnonzero(small):
        middle = np.asarray(middles[index], dtype=np.float64)
        kept[index] = _is_part(stats[large], middle, over_only=bool(area[index] < _DOT))
    left = small & ~kept
    doubtful = bool(left.any()) and (
        float(area[left].max()) > _BLOB or float(area[left].sum()) > _MANY
    )
    return np.asarray(kept[labels]), doubtful


def _is_part(
    letters: npt.NDArray[np.int32], middle: npt.NDArray[np.float64], *, over_only: bool
) -> bool:
    """Tell whether a small spot is a letter's: over or under one, or between two of a line."""
    if not len(letters):
        return False
    x, y = middle / SCALE
    x0, y0 = (letters[:, i] / SCALE for i in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP))
    x1 = x0 + letters[:, cv2.CC_STAT_WIDTH] / SCALE
    y1 = y0 + letters[:, cv2.CC_STAT_HEIGHT] / SCALE
    over = (x0 - _BESIDE < x) & (x < x1 + _BESIDE) & (y0 - _ABOVE < y) & (y < y1 + _BELOW)
    between = (y0 - _BESIDE < y) & (y < y1 + _BELOW) & (x0 - _BETWEEN < x) & (x < x1 + _BETWEEN)
    if over_only:
        return bool((over & (y < y0 + _BESIDE)).any())
    return bool((over | between).any())


def _is_rule(stats: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Tell which components are straight lines along a rim: what is left of printed ones."""
    wide, high = stats[:, cv2.CC_STAT_WIDTH] / SCALE, stats[:, cv2.CC_STAT_HEIGHT] / SCALE
    flat = (high < 0.3) & (wide > 3.0)  # noqa: PLR2004
    upright = (wide < 0.3) & (high > 3.0)  # noqa: PLR2004
    return np.asarray(flat | upright)


def _is_struck(letters: Mask) -> bool:
    columns = np.flatnonzero(letters.any(axis=0))
    width = columns[-1] - columns[0] + 1
    kernel = np.ones((1, round(_RULE * SCALE)), np.uint8)
    thick = cv2.dilate(letters.astype(np.uint8), np.ones((3, 1), np.uint8))
    rules = np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel), dtype=np.bool_)
    covered = int(np.count_nonzero(rules.any(axis=0)))
    return bool(covered > max(_CROSSES * width, _RULE * SCALE))


def _strays(own: Mask, cell: Box, around: Box) -> bool:
    """Tell whether ink at the cell's left or right end stands on both sides of the line."""
    top, low = (
        round((cell.y0 - around.y0 + 0.8) * SCALE),
        round((cell.y1 - around.y0 - 0.8) * SCALE),
    )
    reach = round(_STRAY * SCALE)
    for edge in (cell.x0, cell.x1):
        at = round((edge - around.x0) * SCALE)
        left, right = own[top:low, max(0, at - reach) : at], own[top:low, at : at + reach]
        if left.sum() > _LETTER * SCALE**2 and right.sum() > _LETTER * SCALE**2:
            return True
    return False


def _lines(grey: Grey, letters: Mask) -> list[Grey]:
    """Return the lines of writing from top to bottom, each tight with a margin."""
    bands = _bands(letters)
    out = []
    margin = round(_MARGIN * SCALE)
    for top, low in bands:
        columns = np.flatnonzero(letters[top:low].any(axis=0))
        part = grey[top:low, columns[0] : columns[-1] + 1]
        out.append(
            np.asarray(
                cv2.copyMakeBorder(
                    part, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255
                ),
                dtype=np.uint8,
            )
        )
    return out


def _bands(letters: Mask) -> list[tuple[int, int]]:
    """Return the rows (top, below) of each line of writing; dots stay with their line."""
    inked = letters.any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    bands: list[tuple[int, int]] = []
    for top, low in runs:
        if bands and (
            top - bands[-1][1] < _GAP * SCALE
            or min(low - top, bands[-1][1] - bands[-1][0]) < _LINE * SCALE
        ):
            bands[-1] = (bands[-1][0], low)
        else:
            bands.append((top, low))
    return bands
