"""The empty blank as a picture, with the points by which a filled one is found and laid on it.

Lengths are mm on the blank; the middle of the pixel [row, column] of a plate stands at
((column + 0.5) / SCALE, (row + 0.5) / SCALE).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.forms.definition import Definition
from parsers.pdf.content import Char
from parsers.pdf.page import sheets
from parsers.scan.bend import Springs, springs
from parsers.scan.code import parse, read_codes
from parsers.scan.features import Features, Points, detect
from parsers.scan.picture import Grey

SCALE = 8.0  # px/mm of the plate (203 DPI)
COARSE = 4.0  # px/mm at which features are sought
_FINER = 2  # times: letters and thin lines are drawn on whole pixels only
_POINTS = 200  # patches that lay a page exactly
_APART = 5.0  # mm between two of them
_PART = 14.0  # mm: parts of the page that each have their points
_CLEAR = 0.8  # mm around what people write in: no patch there
_MOST_BARE = 40
_EMPTY = 3.0  # mm: half a side of a patch of bare paper
_RIM = 9.0  # mm along the page's edges where scanners leave shadows
_WIDE = 1.5  # mm around cells into which writing runs over


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Plate:
    """An empty blank: its picture, features (mm) and the distinct points (mm) to check it by."""

    definition: Definition
    grey: Grey  # SCALE px/mm
    coarse: Grey  # COARSE px/mm
    points: Points
    features: Features
    wires: Springs
    bare: Points  # middles of patches on which nothing is printed and nobody writes
    version: tuple[Box, ...] = ()  # digits of the version text, where the file tells
    code: Box | None = None  # the QR code, where one is printed

    def area(self, box: Box, scale: float) -> Grey:
        """Return what is printed in *box* (mm) at *scale* px/mm."""
        wide, high = pixels(box, scale)
        step = SCALE / scale
        start = (0.5 * step - 0.5 + box.x0 * SCALE, 0.5 * step - 0.5 + box.y0 * SCALE)
        move = np.array([[step, 0, start[0]], [0, step, start[1]]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        cut = cv2.warpAffine(self.grey, move, (wide, high), flags=flags, borderValue=255)
        return np.asarray(cut, dtype=np.uint8)

    @property
    def page(self) -> Box:
        """Return the whole blank."""
        return Box(0, 0, self.definition.width, self.definition.height)


def pixels(box: Box, scale: float) -> tuple[int, int]:
    """Return the width and height in px of *box* (mm) at *scale* px/mm, at least one each."""
    return max(1, round((box.x1 - box.x0) * scale)), max(1, round((box.y1 - box.y0) * scale))


def plate_of(definition: Definition) -> Plate | None:
    """Return the plate of *definition*, kept per process; None when it has no blank to draw."""
    return _plate(definition) if definition.blank is not None else None


@lru_cache(maxsize=64)
def _plate(definition: Definition) -> Plate | None:
    if definition.blank is None:
        return None
    with sheets(definition.blank.read_bytes()) as pages:
        sheet = next(pages)
        fine, chars = sheet.drawn(SCALE * _FINER), sheet.chars()
    grey = _smaller(fine, _FINER)
    small = _smaller(grey, round(SCALE / COARSE))
    points = _points(small, definition)
    page = Box(0, 0, definition.width, definition.height)
    return Plate(
        definition, grey, small, points, detect(small).scaled(1 / COARSE), springs(points, page),
        _bare(grey, definition), _version(chars, definition.version_text), _coded(small),
    )  # fmt: skip


def _smaller(grey: Grey, times: int) -> Grey:
    high, wide = (side // times * times for side in grey.shape)
    size = (wide // times, high // times)
    small = cv2.resize(grey[:high, :wide], size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _points(grey: Grey, definition: Definition) -> Points:
    """Return distinct printed points, spread over the page, where nobody writes."""
    free = np.full(grey.shape, 255, np.uint8)
    for box in _written(definition):
        _fill(free, box, -_CLEAR, COARSE)
    found: object = cv2.goodFeaturesToTrack(
        grey, 0, qualityLevel=0.01, minDistance=_APART * COARSE, mask=free, blockSize=5
    )
    if not isinstance(found, np.ndarray):  # nothing is printed
        return np.zeros((0, 2))
    return _spread(np.asarray((found.reshape(-1, 2) + 0.5) / COARSE, dtype=np.float64))


def _spread(points: Points) -> Points:
    """Return the points that lay a page best: of every part of it the strongest in turn.

    Words are stronger than the corners of cells, but stand on one side of them: a page whose
    other side no point holds would bend there as it likes.
    """
    taken: Counter[tuple[int, int]] = Counter()
    turns = []
    for index, (x, y) in enumerate(points):
        part = int(x / _PART), int(y / _PART)
        turns.append((taken[part], index))
        taken[part] += 1
    return points[[index for _turn, index in sorted(turns)[:_POINTS]]]


def _bare(grey: Grey, definition: Definition) -> Points:
    """Return the middles of patches where paper shows: no print, no cell, no edge of the page."""
    free = np.where(grey > 250, 255, 0).astype(np.uint8)  # noqa: PLR2004
    for box in (*_written(definition), *(f.cell for f in definition.fields)):
        _fill(free, box, _WIDE, SCALE)
    rim = round(_RIM * SCALE)
    free[:rim], free[-rim:], free[:, :rim], free[:, -rim:] = 0, 0, 0, 0
    side = 2 * round((_EMPTY + 0.5) * SCALE) + 1
    middles = cv2.erode(free, np.ones((side, side), np.uint8))
    step = round(2 * _EMPTY * SCALE)
    rows, columns = np.nonzero(middles[::step, ::step])
    every = max(1, len(rows) // _MOST_BARE)
    rows, columns = rows[::every], columns[::every]
    return np.asarray((np.stack([columns, rows], axis=1) * step + 0.5) / SCALE, dtype=np.float64)


def _written(definition: Definition) -> Iterable[Box]:
    yield from (f.value for f in definition.fields)
    yield from (t.box for t in definition.ticks)
    yield definition.signature.box
    yield from (i.cell for i in definition.ignored)


def _fill(mask: npt.NDArray[np.uint8], box: Box, wider: float, scale: float) -> None:
    x0, y0 = (max(0, round((v - wider) * scale)) for v in (box.x0, box.y0))
    x1, y1 = (max(0, round((v + wider) * scale)) for v in (box.x1, box.y1))
    mask[y0:y1, x0:x1] = 0


def _coded(small: Grey) -> Box | None:
    """Return where a code of ours is printed."""
    boxes = (box for text, box in read_codes(small) if parse(text) is not None)
    return next((Box(*(v / COARSE for v in astuple(box))) for box in boxes), None)


def _version(chars: tuple[Char, ...], text: str) -> tuple[Box, ...]:
    """Return where the digits of the version *text* are printed: in them editions differ."""
    wanted = "".join(text.split())
    written = "".join(c.text for c in chars)
    at = written.find(wanted) if wanted else -1
    if at < 0 or len(written) != len(chars):
        return ()
    printed = (c for c in chars[at : at + len(wanted)] if c.text.isdigit())
    return tuple(Box(c.x0, c.y0, c.x1, c.y1) for c in printed)
