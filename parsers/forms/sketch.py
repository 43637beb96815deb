"""A definition drawn on its blank, for a person's yes. Reads nothing from the page."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import PdfDocument

from bot.domain.forms import Box
from parsers.forms.definition import Definition

_DPI = 150
_SIZE = 15  # pixels, of the keys
_GAP = 3
_FIELD, _TICK, _SIGNATURE, _LABEL = (23, 58, 160), (200, 30, 30), (0, 120, 60), (150, 150, 150)
Colour = tuple[int, int, int]


def sketch(content: bytes, definition: Definition) -> bytes:
    """Return a PNG of the blank: labels grey, fields blue, squares red, the signature green."""
    with PdfDocument(content) as pdf:  # type: ignore[no-untyped-call]
        bitmap = pdf[0].render(scale=_DPI / 72)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture, "RGBA")
    for anchor in definition.anchors:
        _frame(pen, anchor.box, _LABEL, "")
    for field in definition.fields:
        _frame(pen, field.value, _FIELD, field.key)
    for tick in definition.ticks:
        _frame(pen, tick.box, _TICK, tick.key if tick.value is True else f"{tick.key} {tick.value}")
    _frame(pen, definition.signature.box, _SIGNATURE, "signed")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _frame(pen: ImageDraw.ImageDraw, box: Box, colour: Colour, name: str) -> None:
    x0, y0, x1, y1 = (round(v * _DPI / 25.4) for v in (box.x0, box.y0, box.x1, box.y1))
    pen.rectangle((x0, y0, x1, y1), outline=colour, fill=(*colour, 28), width=2)
    if not name:
        return
    font = ImageFont.load_default(_SIZE if x1 - x0 > 6 * _SIZE else 0.7 * _SIZE)
    left, top, right, low = pen.textbbox((0, 0), name, font=font)
    at = (x1 - (right - left) - _GAP, y1 - low - _GAP) if x1 - x0 > right - left else (x0, y1)
    pen.rectangle((at[0], at[1] + top, at[0] + right, at[1] + low), fill=(255, 255, 255, 200))
    pen.text(at, name, fill=colour, font=font)
