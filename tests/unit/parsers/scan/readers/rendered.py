"""Lines of writing drawn for tests, with a typeface that comes with a library of ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

from parsers.forms.definition import Kind
from parsers.scan.strips import Strip

VERA = Path(reportlab.__file__).with_name("fonts") / "Vera.ttf"


def strip(text: str, kind: Kind = "name", size: int = 42) -> Strip:
    """Return *text* dark on white, trimmed, with a margin of 5 px."""
    font = ImageFont.truetype(str(VERA), size)
    left, top, right, low = (int(edge) for edge in font.getbbox(text))
    picture = Image.new("L", (right - left + 10, low - top + 10), 255)
    ImageDraw.Draw(picture).text((5 - left, 5 - top), text, font=font, fill=0)
    return Strip("field", kind, np.array(picture))
