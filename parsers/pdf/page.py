"""One page as everybody sees it: annotations laid down, characters, lines, pictures, ink.

Lengths are mm from the upper left corner of the page as it is shown. Knows no forms.
"""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from parsers.pdf.content import Char, Outline, chars, matrix_of, objects, outlines
from parsers.pdf.geometry import Affine
from parsers.pdf.pdfium import PdfDocument, raw

MM = 25.4 / 72  # a PDF unit in mm
RESOLUTION = 6.0  # pixels per mm (152 dpi): a stroke of 0.2 mm is more than a pixel wide
_MUCH = 0.1  # of the area of the page's largest picture
MOST_SIDE = 500.0  # mm: a longer page is drawn smaller

Grey = npt.NDArray[np.uint8]  # [height, width]
Colour = npt.NDArray[np.uint8]  # [height, width, 3], red green blue


@dataclass(frozen=True, slots=True)
class Ink:
    """The page drawn twice in grey over the same grid: everything, and everything but text."""

    whole: Grey
    bare: Grey
    scale: float = RESOLUTION  # pixels per mm


class Sheet:
    """An open page; valid until the next one is asked for."""

    def __init__(self, page: Any, number: int) -> None:  # noqa: ANN401 - pdfium has no types
        """Measure *page*, the file's page *number* from 1."""
        self.number = number
        self._page = page.raw
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(self._page, box)
        self.width = raw.FPDF_GetPageWidthF(self._page) * MM
        self.height = raw.FPDF_GetPageHeightF(self._page) * MM
        self.to_paper = _shown(box, raw.FPDFPage_GetRotation(self._page))

    def chars(self) -> tuple[Char, ...]:
        """Return every character but white space, in the order in which it was written."""
        text = raw.FPDFText_LoadPage(self._page)
        try:
            return tuple(chars(text, self.to_paper))
        finally:
            raw.FPDFText_ClosePage(text)

    def outlines(self, way: Affine) -> tuple[Outline, ...]:
        """Return every path drawn on the page, moved by *way*."""
        return tuple(outlines(self._page, self.to_paper.then(way)))

    def picture(self) -> float:
        """Return how large a part of the page its pictures cover, 0-1; a scan may lie in strips."""
        area = self.width * self.height or 1.0
        return min(1.0, sum(wide * high for wide, high, _detail in self._pictures()) / area)

    def detail(self) -> float:
        """Return the pixels a mm of the finest picture that covers much, 0 without any picture."""
        found = list(self._pictures())
        large = max((wide * high for wide, high, _detail in found), default=0.0) * _MUCH
        return max((detail for wide, high, detail in found if wide * high >= large), default=0.0)

    def _pictures(self) -> Iterator[tuple[float, float, float]]:
        """Yield the width and height (mm) of each picture as shown, and its pixels a mm."""
        for item, way in objects(self._page):
            if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
                continue
            left, low, right, high = (ctypes.c_float() for _ in range(4))
            raw.FPDFPageObj_GetBounds(item, left, low, right, high)
            box = way.then(self.to_paper).box(left.value, low.value, right.value, high.value)
            onward = matrix_of(item).then(way).then(self.to_paper)
            across, down = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(item, across, down)
            sides = (math.hypot(onward.a, onward.b), math.hypot(onward.c, onward.d))  # mm
            detail = max(across.value / max(sides[0], 1.0), down.value / max(sides[1], 1.0))
            yield box[2] - box[0], box[3] - box[1], detail

    def is_clean(self) -> bool:
        """Tell whether nothing at all is put on the page."""
        return next(objects(self._page), None) is None

    def is_blank_paper(self) -> bool:
        """Tell whether what is drawn is a sheet without writing: a scanned back page."""
        drawn = self._draw(Affine.identity(), _COARSE, self.width, self.height)
        return float((drawn < _DARK).mean()) < _DUST

    def ink(self, laid: Affine, width: float, height: float) -> Ink:
        """Draw *width* x *height* mm of the page moved by *laid*, with and without its text."""
        scale = RESOLUTION * min(1.0, MOST_SIDE / max(width, height))
        whole = self._draw(laid, scale, width, height)
        texts = [item for item, _way in objects(self._page)
                 if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT]  # fmt: skip
        for item in texts:
            raw.FPDFPageObj_SetIsActive(item, 0)
        bare = self._draw(laid, scale, width, height) if texts else whole
        for item in texts:
            raw.FPDFPageObj_SetIsActive(item, 1)
        return Ink(whole, bare, scale)

    def drawn(self, scale: float) -> Grey:
        """Return the page as it is shown, in grey, *scale* px/mm."""
        return self._draw(Affine.identity(), scale, self.width, self.height)

    def drawn_in_colour(self, scale: float) -> Colour:
        """Return the page as it is shown, red green blue, *scale* px/mm."""
        shown = self._draw(
            Affine.identity(), scale, self.width, self.height, kind=raw.FPDFBitmap_BGR
        )
        return np.ascontiguousarray(shown[:, :, ::-1])

    def preview(self, side: int) -> bytes:
        """Return the page as a PNG whose longer side has *side* pixels."""
        scale = side / max(self.width, self.height)
        out = io.BytesIO()
        Image.fromarray(self.drawn(scale)).save(out, "PNG")
        return out.getvalue()

    def _draw(
        self, laid: Affine, scale: float, width: float, height: float, *,
        kind: int = raw.FPDFBitmap_Gray,
    ) -> Grey:  # fmt: skip
        wide, high = max(1, round(width * scale)), max(1, round(height * scale))
        bitmap = raw.FPDFBitmap_CreateEx(wide, high, kind, None, 0)
        if not bitmap:
            raise MemoryError
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
            # pdfium hands over the page in points from its upper left corner
            grid = Affine.scaled(MM).then(laid).then(Affine.scaled(scale))
            matrix, clip = raw.FS_MATRIX(*grid), raw.FS_RECTF(0, 0, wide, high)
            raw.FPDF_RenderPageBitmapWithMatrix(bitmap, self._page, matrix, clip, 0)
            stride = raw.FPDFBitmap_GetStride(bitmap)
            data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high)
            rows = np.frombuffer(data, dtype=np.uint8).reshape(high, stride)
            if kind == raw.FPDFBitmap_Gray:
                return rows[:, :wide]
            return rows[:, : wide * 3].reshape(high, wide, 3)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)


_COARSE = 3.0  # pixels a mm: enough to see writing, too few to see dust
_DARK = 170
_DUST = 0.0005  # of the sheet; a printed form has forty times as much, a short note four


@contextmanager
def sheets(content: bytes) -> Iterator[Iterator[Sheet]]:
    """Open *content* (already guarded) and give its pages one after the other, from page 1."""
    document = PdfDocument(content)
    try:
        yield _pages(document)
    finally:
        document.close()


def _pages(document: Any) -> Iterator[Sheet]:  # noqa: ANN401
    for index in range(len(document)):
        page = document[index]
        if raw.FPDFPage_GetAnnotCount(page.raw):
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]  # what was laid down is seen after loading anew
        try:
            yield Sheet(page, index + 1)
        finally:
            page.close()


def _shown(box: Any, turn: int) -> Affine:  # noqa: ANN401
    """Return the way from the file's units to mm on the page as shown (PDF 1.7 §7.7.3.3)."""
    left, low, right, high = box.left, box.bottom, box.right, box.top
    match turn % 4:
        case 0:
            way = Affine(1, 0, 0, -1, -left, high)
        case 1:
            way = Affine(0, 1, 1, 0, -low, -left)
        case 2:
            way = Affine(-1, 0, 0, 1, right, -low)
        case _:
            way = Affine(0, -1, -1, 0, high, right)
    return way.then(Affine.scaled(MM))
