"""Characters and paths of an open page, taken from pdfium's raw interface. Draws nothing."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from parsers.pdf.geometry import Affine
from parsers.pdf.pdfium import raw

_UNSEEN_MODES = frozenset({3, 7})  # text render modes that leave no ink (PDF 1.7 §9.3.6)
_DEPTH = 8  # forms inside forms
_SPACE = 32
_WHITE = frozenset({0xA0, 0xAD, 0x2FF, 0xFFFE})  # no-break space, hyphens that only may be
MOST_CHARS = 40_000  # a page with more is no form
MOST_PATHS = 20_000


class Char(NamedTuple):
    """One printed character: its box (advance wide, line high) and the text run it is of."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    run: int  # characters of one text object share it
    font: str
    unseen: bool  # written in a mode that leaves no ink

    @property
    def middle(self) -> tuple[float, float]:
        """Return the centre of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def placed(self, box: tuple[float, float, float, float]) -> Char:
        """Return the letter in another place."""
        return Char(self.text, *box, self.run, self.font, self.unseen)


class Outline(NamedTuple):
    """A drawn path: the box around it, how it is drawn, its straight parts."""

    x0: float
    y0: float
    x1: float
    y1: float
    stroked: bool
    filled: bool
    lines: tuple[tuple[float, float, float, float], ...]
    curved: bool


class _Run(NamedTuple):
    number: int
    font: str
    unseen: bool


def chars(text: Any, way: Affine) -> list[Char]:  # noqa: ANN401 - ctypes handles have no type
    """Return the characters of the text page *text*, moved by *way*; white space is left out."""
    runs: dict[bytes, _Run] = {}
    letters: list[tuple[str, _Run]] = []
    boxes: list[tuple[float, float, float, float]] = []
    box = raw.FS_RECTF()
    at = ctypes.byref(box)
    code_of, box_of, object_of = (
        raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
    )  # fmt: skip
    for index in range(min(raw.FPDFText_CountChars(text), MOST_CHARS)):
        code = code_of(text, index)
        if code <= _SPACE or code in _WHITE:
            continue
        owner = object_of(text, index)
        if not owner or not box_of(text, index, at):
            continue  # made up by pdfium between words
        address = bytes(owner)  # of the pointer itself
        run = runs.get(address)
        if run is None:
            run = runs[address] = _run(len(runs), owner)
        letters.append((_letter(code), run))
        boxes.append((box.left, box.bottom, box.right, box.top))
    return [
        Char(letter, *moved, run.number, run.font, run.unseen)
        for (letter, run), moved in zip(letters, moved_boxes(boxes, way), strict=True)
    ]


def moved_boxes(
    boxes: list[tuple[float, float, float, float]], way: Affine
) -> list[tuple[float, float, float, float]]:
    """Return the upright boxes around where *boxes* come to lie, all in one go."""
    if not boxes:
        return []
    x0, y0, x1, y1 = np.asarray(boxes, dtype=np.float64).T
    x = np.stack([way.a * x + way.c * y for x in (x0, x1) for y in (y0, y1)]) + way.e
    y = np.stack([way.b * x + way.d * y for x in (x0, x1) for y in (y0, y1)]) + way.f
    moved = np.stack([x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0)], axis=1)
    return [tuple(row) for row in moved.tolist()]


@cache
def _letter(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)  # noqa: PLR2004 - surrogates


def _run(number: int, owner: Any) -> _Run:  # noqa: ANN401
    font = raw.FPDFTextObj_GetFont(owner)
    name = b""
    if font:
        length = raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFFont_GetBaseFontName(font, buffer, length)
        name = buffer.value
    mode = raw.FPDFTextObj_GetTextRenderMode(owner)
    return _Run(number, name.decode("utf-8", "replace").rpartition("+")[2], mode in _UNSEEN_MODES)


def objects(page: Any) -> Iterator[tuple[Any, Affine]]:  # noqa: ANN401
    """Yield the page's objects, those inside forms too, each with the way to the page's units."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, index), Affine.identity(), 0)


def _inside(item: Any, way: Affine, depth: int) -> Iterator[tuple[Any, Affine]]:  # noqa: ANN401
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
        yield item, way
    elif depth < _DEPTH:
        onward = matrix_of(item).then(way)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _inside(raw.FPDFFormObj_GetObject(item, index), onward, depth + 1)


def matrix_of(item: Any) -> Affine:  # noqa: ANN401
    """Return the way of a page object into what it stands in; a picture fills the unit square."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return Affine.identity()
    return Affine(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def outlines(page: Any, way: Affine) -> Iterator[Outline]:  # noqa: ANN401
    """Yield every path that *page* draws, moved by *way*."""
    seen = 0
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item, inner in objects(page):
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH or seen >= MOST_PATHS:
            continue
        seen += 1
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        onward = matrix_of(item).then(inner).then(way)
        yield from _subpaths(item, onward, stroked=bool(stroke.value), filled=bool(fill.value))


def _subpaths(item: Any, way: Affine, *, stroked: bool, filled: bool) -> Iterator[Outline]:  # noqa: ANN401
    """Cut a path at its moves: each piece is an outline of its own."""
    points: list[tuple[float, float]] = []
    curved = closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item), MOST_PATHS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield _outline(
                    points, curved=curved, closed=closed or filled, stroked=stroked, filled=filled
                )
            points, curved, closed = [], False, False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append(way.point(x.value, y.value))
        closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
    if len(points) > 1:
        yield _outline(
            points, curved=curved, closed=closed or filled, stroked=stroked, filled=filled
        )


def _outline(
    points: list[tuple[float, float]], *, curved: bool, closed: bool, stroked: bool, filled: bool
) -> Outline:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    around = [*points, points[0]] if closed else points
    lines = () if curved else tuple(
        (*a, *b) for a, b in pairwise(around) if a != b
    )  # fmt: skip
    return Outline(min(xs), min(ys), max(xs), max(ys), stroked, filled, lines, curved)
