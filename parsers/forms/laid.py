"""A page laid on a definition: what was written on it, told from what the blank prints itself.

Everything is in the definition's mm. Decides nothing about values.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.forms.acroform import Widget
from parsers.forms.cells import Grid
from parsers.forms.definition import Anchor, Definition
from parsers.forms.phrases import Text
from parsers.pdf.content import Char, moved_boxes
from parsers.pdf.geometry import Affine
from parsers.pdf.page import MOST_SIDE, RESOLUTION, Grey, Ink, sheets

DARK = 60  # grey levels below the paper: ink
_LIGHT = 255 - DARK
_NEAR = 2.0  # mm: printed words this near their place on a blank are its own
_BY_LINE = 0.45  # mm off its place that a line may run
_STEP = 0.8  # mm: how far a printed letter may stand from its place on the blank
_SPREAD = 2  # pixels that the blank's own lines may be off
_APART = 0.55  # of a line's height: two pieces of writing
_APART_RUNS = 0.35  # when they were not put down in one go

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters written in one go, without gaps, on one line."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        """Return the letters, nothing between them."""
        return "".join(c.text for c in self.chars)


class Writing:
    """The pieces that somebody wrote, to be asked for by place."""

    def __init__(self, chars: Iterable[Char]) -> None:
        """Join *chars*, in the order written, to pieces."""
        self.pieces = pieces_of(chars)
        self.chars = tuple(c for p in self.pieces for c in p.chars)
        self._owner = [p for p in self.pieces for _c in p.chars]
        self._middles = np.array([c.middle for c in self.chars]).reshape(-1, 2)

    def chars_in(self, box: Box) -> list[Char]:
        """Return the characters whose middle lies in *box*."""
        return [self.chars[i] for i in self._places(box)]

    def pieces_in(self, box: Box) -> list[Piece]:
        """Return the pieces that have a character in *box*, as they were written."""
        found: list[Piece] = []
        for place in self._places(box):
            piece = self._owner[place]
            if not found or found[-1] is not piece:
                found.append(piece)
        return found

    def _places(self, box: Box) -> list[int]:
        x, y = self._middles[:, 0], self._middles[:, 1]
        within = (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
        return [int(i) for i in np.flatnonzero(within)]


@dataclass(frozen=True, slots=True)
class Blank:
    """What a blank prints: letters by place, and where its lines and squares are inked."""

    lines: Mask
    letters: dict[tuple[str, int, int], tuple[int, ...]] = field(default_factory=dict)
    text: Text | None = None
    anchors: tuple[Anchor, ...] = ()  # of a blank that is a picture: its words as learnt

    def printed_among(self, chars: Sequence[Char]) -> list[bool]:
        """Tell of each letter whether it is the blank's own; each of those is there only once.

        A value that runs over a printed word keeps its letters, also where they are the same.
        """
        if not self.letters:
            own_words = self._words(chars)
            return [index in own_words for index in range(len(chars))]
        seen: set[int] = set()
        own = []
        for char in chars:
            x, y = char.middle
            places = self.letters.get((char.text, round(x / _STEP), round(y / _STEP)), ())
            place = next((p for p in places if p not in seen), None)
            if place is not None:
                seen.add(place)
            own.append(place is not None)
        return own

    def _words(self, chars: Sequence[Char]) -> set[int]:
        """Return which letters are of the anchors' words, in the anchors' places."""
        text = Text(tuple(chars), 0.0, 0.0, Affine.identity())
        found = text.find(anchor.text for anchor in self.anchors)
        places = {anchor.text: anchor.box for anchor in self.anchors}
        return {
            index for f in found for index in range(f.begun, f.last + 1)
            if math.hypot(f.box.x0 - places[f.phrase].x0, f.box.y1 - places[f.phrase].y1) < _NEAR
        }  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Laid:
    """The page: ink, the fields of a fillable form, and what somebody wrote."""

    number: int
    definition: Definition
    ink: Ink
    writing: Writing
    printed: tuple[Char, ...]  # the blank's own words
    squares: tuple[Char, ...]  # those of them that are squares set as letters
    blank: Blank | None
    widgets: tuple[Widget, ...]
    redrawn: bool  # programs shall draw the fields anew
    doubts: frozenset[str]  # keys whose place on the page is not certain
    to_page: Affine  # back to the page as shown

    def on_page(self, box: Box) -> Box:
        """Return where *box* lies on the page as shown."""
        return Box(*(round(v, 1) for v in self.to_page.box(box.x0, box.y0, box.x1, box.y1)))

    def area(self, picture: Grey, box: Box) -> Grey:
        """Return the part of *picture* inside *box*."""
        rows, columns = self._slices(box)
        return picture[rows, columns]

    def strange(self, box: Box) -> Mask:
        """Return where *box* has ink that is neither text nor a line of the blank."""
        rows, columns = self._slices(box)
        part = self.ink.bare[rows, columns]
        dark = inked(part)
        if self.blank is not None:
            lines = self.blank.lines[rows, columns]
            dark[: lines.shape[0], : lines.shape[1]] &= ~lines
        return dark

    def has_edges(self, box: Box, within: float = 0.45, along: float = 0.8) -> bool:
        """Tell whether a line or a change of shade runs *within* mm of every side of *box*.

        It must run *along* so much of each side, 0-1.
        """
        return all(_edge(self.area(self.ink.bare, side), along) for side in _sides(box, within))

    def has_line(self, box: Box) -> bool:
        """Tell whether a line runs along the lower side of *box*."""
        return _edge(self.area(self.ink.bare, _sides(box, _BY_LINE)[1]), 0.8)

    def is_there(self, box: Box, *, line: bool) -> bool:
        """Tell whether the page has the frame *box*, or the *line* along its lower side."""
        return self.has_line(box) if line else self.has_edges(box)

    def _slices(self, box: Box) -> tuple[slice, slice]:
        return _pixels(box, self.ink.scale)


def inked(part: Grey) -> Mask:
    """Return where *part* is clearly darker than its paper (its middle shade)."""
    if not part.size:
        return np.zeros(part.shape, dtype=np.bool_)
    if part.min() >= _LIGHT:
        return np.zeros(part.shape, dtype=np.bool_)
    paper = max(float(np.median(part)), 160.0)
    return np.asarray(part < paper - DARK)


def _sides(box: Box, off: float) -> tuple[Box, ...]:
    return (
        Box(box.x0 + off, box.y0 - off, box.x1 - off, box.y0 + off),
        Box(box.x0 + off, box.y1 - off, box.x1 - off, box.y1 + off),
        Box(box.x0 - off, box.y0 + off, box.x0 + off, box.y1 - off),
        Box(box.x1 - off, box.y0 + off, box.x1 + off, box.y1 - off),
    )


def _edge(part: Grey, along: float) -> bool:
    """Tell whether the shade changes across the strip *part*, *along* so much of it."""
    if not part.size:
        return False
    across = 0 if part.shape[0] <= part.shape[1] else 1
    change = part.max(axis=across).astype(int) - part.min(axis=across)
    return float((change > 8).mean()) > along  # noqa: PLR2004 - grey levels


def pieces_of(chars: Iterable[Char]) -> tuple[Piece, ...]:
    """Join characters, in the order written, to pieces."""
    pieces: list[list[Char]] = []
    for char in chars:
        if pieces and _goes_on(pieces[-1][-1], char):
            pieces[-1].append(char)
        else:
            pieces.append([char])
    return tuple(Piece(tuple(p)) for p in pieces)


def _goes_on(last: Char, char: Char) -> bool:
    high = min(last.y1 - last.y0, char.y1 - char.y0)
    same_line = min(last.y1, char.y1) - max(last.y0, char.y0) > high / 2
    apart = _APART if last.run == char.run else _APART_RUNS
    return same_line and -high / 2 < char.x0 - last.x1 < apart * high


def inside(box: Box, point: tuple[float, float]) -> bool:
    """Tell whether *point* lies in *box*."""
    return box.x0 <= point[0] <= box.x1 and box.y0 <= point[1] <= box.y1


def shrunk(box: Box, by: float) -> Box:
    """Return *box* without a rim of *by* mm; a negative rim makes it larger."""
    return Box(box.x0 + by, box.y0 + by, box.x1 - by, box.y1 - by)


def blank_of(definition: Definition) -> Blank | None:
    """Return what the definition's own blank prints, or None when it has none."""
    path = definition.blank
    if path is None:
        return None
    blank = _blank(path, path.stat().st_mtime_ns, definition.width, definition.height)
    return blank if blank.letters else replace(blank, anchors=definition.anchors)


def furniture(definition: Definition, ruled: Grid) -> Blank:
    """Return the long lines that a page without a blank prints itself.

    A line through a cell to write in is not among them: somebody may have struck something out.
    """
    scale = RESOLUTION * min(1.0, MOST_SIDE / max(definition.width, definition.height))
    high, wide = round(definition.height * scale), round(definition.width * scale)
    lines = np.zeros((max(high, 1), max(wide, 1)), dtype=np.bool_)
    strips = [Box(r.start, r.at, r.end, r.at) for r in ruled.level]
    strips += [Box(r.at, r.start, r.at, r.end) for r in ruled.upright]
    for strip in strips:
        rows, columns = _pixels(shrunk(strip, -0.4), scale)
        lines[rows, columns] = True
    for cell in (*(f.cell for f in definition.fields), definition.signature.box):
        rows, columns = _pixels(shrunk(cell, 0.6), scale)
        lines[rows, columns] = False
    return Blank(lines)


def _pixels(box: Box, scale: float) -> tuple[slice, slice]:
    rows = slice(max(0, round(box.y0 * scale)), max(0, round(box.y1 * scale)))
    return rows, slice(max(0, round(box.x0 * scale)), max(0, round(box.x1 * scale)))


@lru_cache(maxsize=8)
def _blank(path: Path, _changed: int, width: float, height: float) -> Blank:
    with sheets(path.read_bytes()) as pages:
        sheet = next(pages)
        laid = Affine(width / sheet.width, 0, 0, height / sheet.height, 0, 0)
        boxes = moved_boxes([c[1:5] for c in sheet.chars()], laid)
        chars = tuple(c.placed(b) for c, b in zip(sheet.chars(), boxes, strict=True))
        ink = sheet.ink(laid, width, height)
    text = Text(chars, width, height, Affine.identity())
    return Blank(_widened(ink.bare < 255 - DARK, _SPREAD), _places(chars), text)


def _places(chars: Sequence[Char]) -> dict[tuple[str, int, int], tuple[int, ...]]:
    """Return for every spot near a printed letter which letters it may be of."""
    near = (0, -1, 1)
    places: dict[tuple[str, int, int], tuple[int, ...]] = {}
    for index, char in enumerate(chars):
        x, y = char.middle
        for dx in near:
            for dy in near:
                spot = (char.text, round(x / _STEP) + dx, round(y / _STEP) + dy)
                places[spot] = (*places.get(spot, ()), index)
    return places


def _widened(mask: Mask, by: int) -> Mask:
    out = mask.copy()
    for _step in range(by):
        grown = out.copy()
        grown[1:] |= out[:-1]
        grown[:-1] |= out[1:]
        grown[:, 1:] |= out[:, :-1]
        grown[:, :-1] |= out[:, 1:]
        out = grown
    return out
