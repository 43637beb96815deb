"""A captured page to a receipt: its mark by its codes, its signature by the ink in the box.

A mark that is given is right or nobody's: codes that disagree give none. A box that does not lie
exactly is never called signed or empty.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from bot.domain.forms import Box, ReceiptReading, Signed
from bot.domain.receipts import parse
from parsers.forms.definition import Definition
from parsers.picturing import RESOLUTION, encoded
from parsers.receipts import box, codes, placing
from parsers.scan import code
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.pixels import preview
from parsers.settings import Settings

_SIDE = 1_000  # px: the picture of a page that a person must look at
_AROUND = 3.0  # mm around the box in its picture: a signature may run out


def at_a_glance(
    picture: Picture, definitions: Sequence[Definition], settings: Settings
) -> ReceiptReading | None:
    """Return the receipt that *picture* shows; None when no code of one is seen at once."""
    cv2.setNumThreads(settings.threads)
    found = codes.glance(picture.grey)
    return _read(picture, found, definitions) if any(parse(one.text) for one in found) else None


def at_length(
    picture: Picture, definitions: Sequence[Definition], settings: Settings
) -> ReceiptReading | None:
    """Return the receipt that *picture*, which is no form, shows; None when it is none."""
    cv2.setNumThreads(settings.threads)
    found = codes.search(picture.grey, (), placing.CODES)
    if any(parse(one.text) for one in found):
        return _read(picture, found, definitions)
    is_one, paper = placing.by_looks(picture)
    return _asked(picture, paper) if is_one else None


def unknown(picture: Picture) -> ReceiptReading:
    """Return the reading of a receipt of which only its words are known."""
    return _asked(picture, None)


def _read(
    picture: Picture, seen: Sequence[codes.Found], definitions: Sequence[Definition]
) -> ReceiptReading:
    found = codes.search(picture.grey, seen, placing.CODES)
    ours = [one for one in found if parse(one.text)]
    marks = {one.text.strip() for one in ours}
    strangers = any(code.parse(one.text) for one in found if not parse(one.text))
    if len(marks) != 1 or strangers:  # two receipts, or a form beside it, in one picture
        return _asked(picture, None)
    mark = marks.pop()
    known = parse(mark)
    plate = placing.editions().get(known.edition) if known else None
    paper = placing.laid(picture, plate, ours) if plate is not None else None
    if paper is None:
        shown = preview(picture, _SIDE)
        return ReceiptReading(mark, picture.number, Signed.UNSURE, picture=shown)
    if placing.has_company(paper, definitions):
        return _asked(picture, None)
    return ReceiptReading(mark, picture.number, box.read(paper), _crop(paper))


def _asked(picture: Picture, paper: Paper | None) -> ReceiptReading:
    signed = box.read(paper) if paper is not None else Signed.UNSURE
    crop = _crop(paper) if paper is not None else b""
    return ReceiptReading("", picture.number, signed, crop, preview(picture, _SIDE))


def _crop(paper: Paper) -> bytes:
    b = paper.definition.signature.box
    wider = Box(b.x0 - _AROUND, b.y0 - _AROUND, b.x1 + _AROUND, b.y1 + _AROUND)
    return encoded(paper.plain(wider, RESOLUTION))
