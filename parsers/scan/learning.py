"""A definition made from a picture of an office's empty blank. Stores nothing."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pikepdf

from parsers.forms.definition import Definition
from parsers.forms.learning import FEW, Learnt, NotLearntError, learn, learn_page
from parsers.forms.phrases import Text
from parsers.forms.vocabulary import vocabulary
from parsers.mail.media import sniff
from parsers.pdf.geometry import Affine
from parsers.pdf.guard import open_guarded
from parsers.pdf.page import sheets
from parsers.scan.capture import FORMATS, pictures
from parsers.scan.picture import Picture
from parsers.scan.ruled import outlines
from parsers.scan.straight import SCALE, Straight, straighten
from parsers.scan.words import chars

_KEPT = 8.0  # px/mm of the picture that is kept as the blank
_POINT = 72 / 25.4
_INCH = 25.4  # mm
_MOST_PAGES = 10
_MOST_SIDE = 500.0  # mm
_FEW_LETTERS = 60  # a page with fewer that can be seen is a picture of a form
_TURNS = (0, 2, 1, 3)  # quarters, the likeliest first


@dataclass(frozen=True, slots=True, repr=False)
class Captured:
    """What was learnt, and the blank to keep as a PDF: a scanned one straightened and cleaned."""

    learnt: Learnt
    blank: bytes


def learn_file(content: bytes, *, name: str, known: Sequence[Definition]) -> Captured:
    """Make a definition named *name* of an empty blank, drawn or captured, PDF or picture.

    Raises:
        RefusedError: the file can't be opened.
        ModelError: the blank is a picture, and Swedish for Tesseract is not there.
        NotLearntError: too few of the labels of *known* are on it, or no place to sign is.
    """
    media = sniff(content)
    if media in FORMATS:
        pages = [p for p in pictures(content, media, most=_MOST_PAGES) if isinstance(p, Picture)]
        return learn_picture(pages, name=name, known=known)
    open_guarded(content, max_pages=_MOST_PAGES).close()
    pages = []
    with sheets(content) as opened:
        for sheet in opened:
            seen = sum(not c.unseen for c in sheet.chars())
            if seen >= _FEW_LETTERS:
                return Captured(learn(content, name=name, known=known), content)
            size = max(sheet.width, sheet.height)
            if not sheet.is_blank_paper() and size < _MOST_SIDE:
                pages.append(Picture(sheet.drawn(SCALE).copy(), sheet.number, dpi=SCALE * _INCH))
    return learn_picture(pages, name=name, known=known)


def learn_picture(
    pictures: Sequence[Picture], *, name: str, known: Sequence[Definition]
) -> Captured:
    """Make a definition named *name* of the blank shown on the first of *pictures* that has it.

    Raises:
        ModelError: Swedish for Tesseract is not there.
        NotLearntError: too few of the labels of *known* can be read, or no place to sign is.
    """
    phrases = [p for d in known for p in vocabulary([d]).phrases]
    for picture in pictures:
        page = straighten(picture)
        for quarters in _TURNS:
            turned = page.turned(quarters)
            printed = outlines(turned)
            letters = chars(turned, printed, phrases)
            text = Text(letters, turned.width, turned.height, Affine.identity())
            learnt = learn_page(text, printed.__iter__, name=name, known=known)
            if learnt is not None:
                return Captured(learnt, _pdf(turned))
    raise NotLearntError(FEW)


def _pdf(page: Straight) -> bytes:
    shrink = _KEPT / SCALE
    grey = np.asarray(
        cv2.resize(page.clean, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    )
    high, wide = grey.shape
    with pikepdf.new() as pdf:
        image = pdf.make_stream(
            zlib.compress(grey.tobytes(), 9), Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image, Width=wide, Height=high, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.FlateDecode,
        )  # fmt: skip
        size = page.width * _POINT, page.height * _POINT
        sheet = pdf.add_blank_page(page_size=size)
        sheet.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
        sheet.obj.Contents = pdf.make_stream(
            f"{size[0]:.4f} 0 0 {size[1]:.4f} 0 0 cm /P Do".encode()
        )
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
