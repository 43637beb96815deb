"""Small pictures for letters: a piece of a page as PNG, and a numbered red ring around it.

Knows no form and no mail. Takes only pictures that this house has made itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

RESOLUTION = 6.0  # pixels per mm (152 dpi)
LARGEST = 60_000  # bytes of one picture
_MOST_WIDE = 1_200  # pixels: a whole line of an A4 page
_MOST_HIGH = 400
_MOST_PIXELS = 4_000_000
_GREYS = 16  # shades kept: writing needs no more, and a letter must stay small
_PAPER = 250  # lighter is paper: noise costs bytes
_RED = (200, 16, 32)
_MARGIN = 16  # pixels around the piece, for the ring
_DISC = 21  # radius of the number's disc, in pixels
_LINE = 5

Grey = npt.NDArray[np.uint8]


def encoded(part: Grey) -> bytes:
    """Return *part*, grey [h, w], as a PNG of at most ``LARGEST`` bytes; b"" for an empty one."""
    if not part.size:
        return b""
    picture = Image.fromarray(np.ascontiguousarray(part))
    picture.thumbnail((_MOST_WIDE, _MOST_HIGH))
    while True:
        content = _png(picture)
        if len(content) <= LARGEST or min(picture.size) < 2 * _MARGIN:
            return content
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))


def ringed(content: bytes, number: int) -> bytes:
    """Return the PNG *content* on white with a red ring around it and *number* in a red disc.

    b"" for what is no PNG, or one that is larger than we make them.
    """
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return b""
            piece = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    edge = 2 * _DISC + _MARGIN // 2
    whole = Image.new("RGB", (piece.width + edge + _MARGIN, piece.height + 2 * _MARGIN), "white")
    whole.paste(piece, (edge, _MARGIN))
    pen = ImageDraw.Draw(whole)
    frame = (_DISC, _LINE, whole.width - _LINE, whole.height - _LINE - 1)
    pen.rounded_rectangle(frame, radius=min(28, whole.height // 2), outline=_RED, width=_LINE)
    middle = (_DISC, whole.height // 2)
    pen.ellipse(
        (middle[0] - _DISC, middle[1] - _DISC, middle[0] + _DISC - 1, middle[1] + _DISC - 1),
        fill=_RED,
    )
    pen.text(middle, str(number), fill="white", anchor="mm", font=ImageFont.load_default(size=27))
    return _png(whole.quantize(32, dither=Image.Dither.NONE))


def ring_all(pictures: Iterable[tuple[bytes, int]]) -> tuple[bytes, ...]:
    """Return each picture ringed with its number, b"" where that can't be done."""
    return tuple(ringed(content, number) for content, number in pictures)


def _png(picture: Image.Image) -> bytes:
    if picture.mode == "L":
        step = 256 // _GREYS
        flat = np.asarray(picture)
        kept = np.where(flat >= _PAPER, 255, flat // step * step + step // 2).astype(np.uint8)
        picture = Image.fromarray(kept)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
