"""A page of a PDF to a picture of what people see on it. Reads nothing that stands on it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from parsers.pdf.page import Sheet
from parsers.scan.picture import Picture
from parsers.scan.pixels import is_coloured

_INCH = 25.4  # mm
_FINEST = 300 / _INCH  # px/mm
_COARSEST = 150 / _INCH
_PLAIN = 200 / _INCH  # for a page without pictures
_A4 = 3_508  # px, the longer side at 300 dpi: a form that fills its page needs no more
_LONGEST = 5_000  # px
_LOOK = 4.0  # px/mm at which a page is searched for colours
_LOOK_SIDE = 1_200  # px, the most of it


def picture_of(sheet: Sheet) -> Picture:
    """Draw *sheet* as it is shown: annotations laid down, turned, hidden words left out.

    It is drawn as finely as its own pictures are, 150 to 300 dpi, at most 5,000 px long. On a
    page of unusual size the pixels count: a photograph is drawn whole, however large it lies.
    """
    longest = max(sheet.width, sheet.height)
    scale = _pixels(sheet, longest) / longest
    dpi = scale * _INCH
    if not is_coloured(sheet.drawn_in_colour(min(_LOOK, _LOOK_SIDE / longest))):
        return Picture(sheet.drawn(scale), sheet.number, None, dpi)
    colour = sheet.drawn_in_colour(scale)
    grey = np.array(Image.fromarray(colour).convert("L"), dtype=np.uint8)
    return Picture(grey, sheet.number, colour, dpi)


def _pixels(sheet: Sheet, longest: float) -> float:
    """Return how many pixels the page's longer side of *longest* mm is worth."""
    own = (sheet.detail() or _PLAIN) * longest
    least = min(_COARSEST * longest, _A4)
    most = min(max(_FINEST * longest, _A4), _LONGEST)
    return min(max(own, least), most)
