"""Captured pages put into files: PDF, TIFF, JPEG, PNG."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from bench.scans.captures import Shot
from parsers.forms.definition import Definition
from tests.paper import MM, saved

_QUARTERS = {1: 0, 3: 2, 6: 1, 8: 3}  # how the stored picture is turned for an EXIF orientation
_ORIENTATION = 0x0112
_MADE = time.struct_time((2026, 11, 23, 9, 0, 0, 0, 327, 0))


def packed(shots: Sequence[Shot], kind: str) -> bytes:
    """Return a file of *kind* (pdf, tif, jpg, png) with *shots* as its pages.

    Raises:
        ValueError: no such kind, or several pages in a kind that holds one.
    """
    if kind in ("jpg", "png") and len(shots) != 1:
        raise ValueError(f"{kind} holds one page")
    pictures = [_picture(s) for s in shots]
    first, more = pictures[0], pictures[1:]
    shot, out = shots[0], io.BytesIO()
    match kind:
        case "pdf":
            how = {} if shot.bilevel else {"quality": shot.quality}
            first.save(out, "PDF", save_all=True, append_images=more, creationDate=_MADE,
                       modDate=_MADE, **how, **_resolution(shot))  # fmt: skip
        case "tif":
            press = "group4" if shot.bilevel else "tiff_adobe_deflate"
            first.save(out, "TIFF", save_all=True, append_images=more, compression=press,
                       dpi=shot.dpi)  # fmt: skip
        case "jpg":
            exif = Image.Exif()
            exif[_ORIENTATION] = shot.exif
            first.save(out, "JPEG", quality=shot.quality, exif=exif, dpi=shot.dpi)
        case "png":
            first.save(out, "PNG", compress_level=1, dpi=shot.dpi)
        case _:
            raise ValueError(f"no such kind of file: {kind}")
    return out.getvalue()


def _picture(shot: Shot) -> Image.Image:
    turned = np.rot90(shot.pixels, _QUARTERS[shot.exif]) if shot.exif != 1 else shot.pixels
    picture = Image.fromarray(np.ascontiguousarray(turned))
    return picture.convert("1", dither=Image.Dither.NONE) if shot.bilevel else picture


def _resolution(shot: Shot) -> dict[str, Any]:
    if shot.dpi[0] == 72:  # a photo claims nothing true: let it fill an A4 page
        dpi = max(shot.pixels.shape[:2]) / 297 * 25.4
        return {"dpi": (dpi, dpi)}
    return {"dpi": shot.dpi}


def turned_by_file(content: bytes, quarters: int) -> bytes:
    """Give every page of a PDF a /Rotate of *quarters* clockwise."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.obj.Rotate = quarters * 90
        return saved(pdf)


def with_words(
    content: bytes, form: Definition, values: dict[str, Any], rng: random.Random
) -> bytes:
    """Lay a hidden text layer over a PDF's first page, as bad OCR leaves it: wrong letters."""
    ops = ["BT 3 Tr /F0 9 Tf"]
    words = [(f.cell.x0 + 1, f.cell.y0 + 3, f.label) for f in form.fields]
    words += [
        (f.value.x0 + 1, f.value.y1 - 1, str(values[f.key]))
        for f in form.fields
        if values.get(f.key)
    ]
    for x, y, text in words:
        wrong = "".join(rng.choice("eoc1l5S8B0") if rng.random() < 0.15 else c for c in text)
        safe = wrong.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        ops.append(f"1 0 0 1 {x * MM:.1f} {(297 - y) * MM:.1f} Tm ({safe}) Tj")
    ops.append("ET")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                          Encoding=Name.WinAnsiEncoding)  # fmt: skip
        page.obj.Resources.Font = Dictionary(F0=pdf.make_indirect(font))
        page.contents_add(pdf.make_stream("\n".join(ops).encode("cp1252", "replace")))
        return saved(pdf)
