"""A definition drawn on its blank, for a person's yes. Reads nothing from the page."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument

from bot.domain.forms import Box
from parsers.forms.definition import Definition

_DPI = 110
_FIELD, _TICK, _SIGNATURE = (23, 58, 100), (178, 34, 34), (0, 110, 60)


def sketch(content: bytes, definition: Definition) -> bytes:
    """Return a PNG of the blank with every field's writing area, square and signature box."""
    with PdfDocument(content) as pdf:  # type: ignore[no-untyped-call]
        bitmap = pdf[0].render(scale=_DPI / 72)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for field in definition.fields:
        _frame(pen, field.value, _FIELD, field.key)
    for tick in definition.ticks:
        _frame(pen, tick.box, _TICK, "")
    _frame(pen, definition.signature.box, _SIGNATURE, "signed")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _frame(pen: ImageDraw.ImageDraw, box: Box, colour: tuple[int, int, int], name: str) -> None:
    x0, y0, x1, y1 = (round(v * _DPI / 25.4) for v in (box.x0, box.y0, box.x1, box.y1))
    pen.rectangle((x0, y0, x1, y1), outline=colour, width=2)
    if name:
        pen.text((x0 + 3, y1 - 12), name, fill=colour)
