"""Picture files to pages: upright, square pixels, no larger than reading needs. Reads nothing."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pi_heif.as_plugin import HeifImageFile
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.domain.forms import Content
from parsers.pdf.guard import MOST_PIXELS, RefusedError
from parsers.scan.picture import Picture
from parsers.scan.pixels import coloured, plain, smaller
from parsers.scan.resolution import claimed, square

FORMATS = {
    "image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF", "image/gif": "GIF",
    "image/bmp": "BMP", "image/webp": "WEBP", "image/heic": "HEIF",
}  # fmt: skip
_LEAST_SIDE = 200  # pixels: less can be no page
_WANTED = 3_500  # pixels, the longer side: A4 at 300 dpi is sharp enough for any pen
_LONGEST = 5_000
_INCH = 25.4  # mm
_PAGE = (100.0, 700.0)  # mm: a longer side beyond these is a camera's empty claim
_SUBFILE = 254  # TIFF 6.0: bit 0 a smaller copy of another page, bit 2 a mask
_SKIPPED = 0b101
_ORIENTATION = 274
_LYING = (5, 6, 7, 8)

_TOO_MANY_PIXELS = (
    "Bilden är för stor. Skanna blanketten som PDF med 300 punkter per tum och skicka igen."
)
_TOO_MANY_PAGES = "Bilden har fler än {} sidor. Skicka en blankett i taget."
_TOO_SMALL = "Bilden är för liten för att vara en blankett."
BROKEN = "Bilden är skadad och går inte att öppna. Skicka blanketten igen, helst som PDF."
_FAULTS = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError,
    KeyError, AttributeError, OverflowError, ZeroDivisionError, RuntimeError, AssertionError,
)  # fmt: skip  # what decoders throw at damaged files


@dataclass(frozen=True, slots=True)
class Broken:
    """A page of a file that can't be decoded, while others of the same file may."""

    number: int


def pictures(content: bytes, media: str, *, most: int = 60) -> Iterator[Picture | Broken]:
    """Yield the pages of a picture file of kind *media* one by one, at most 5,000 px long.

    Only a TIFF has several; of an animation, a burst or a stereo pair the main picture counts.

    Raises:
        RefusedError: before anything is decoded: damaged, too large, too small to be a page, or
            more than *most* pages.
    """
    with _opened(content, media) as image:
        for number, frame in enumerate(_checked(image, most), start=1):
            yield _page(image, frame, number)


@contextmanager
def _opened(content: bytes, media: str) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own warning of size; _checked decides
        try:
            image = _open(content, FORMATS[media])
        except Image.DecompressionBombError:
            raise RefusedError(Content.TOO_LARGE, _TOO_MANY_PIXELS) from None
        except _FAULTS:
            raise RefusedError(Content.DAMAGED, BROKEN) from None
    with image:
        yield image


def _open(content: bytes, kind: str) -> Image.Image:
    if kind != "HEIF":
        return Image.open(io.BytesIO(content), formats=[kind])
    try:  # the containers are alike, and a brand does not tell the coding
        return Image.open(io.BytesIO(content), formats=["AVIF"])
    except UnidentifiedImageError:
        heif: Image.Image = HeifImageFile(io.BytesIO(content))
        return heif


def _checked(image: Image.Image, most: int) -> list[int]:
    """Return the frames of *image* that are pages, none of them decoded yet."""
    pages: list[int] = []
    try:
        for frame in range(most * 2 + 1 if image.format == "TIFF" else 1):
            if frame and not _goes_to(image, frame):
                break
            if image.width * image.height > MOST_PIXELS:
                raise RefusedError(Content.TOO_LARGE, _TOO_MANY_PIXELS)
            if not _is_copy(image):
                pages.append(frame)
    except _FAULTS:
        raise RefusedError(Content.DAMAGED, BROKEN) from None
    if len(pages) > most:
        raise RefusedError(Content.TOO_LARGE, _TOO_MANY_PAGES.format(most))
    if len(pages) == 1 and min(image.size) < _LEAST_SIDE:
        raise RefusedError(Content.OTHER, _TOO_SMALL)
    return pages or [0]


def _goes_to(image: Image.Image, frame: int) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a damaged list of frames ends there
            image.seek(frame)
    except EOFError:
        return False
    return True


def _is_copy(image: Image.Image) -> bool:
    tags = getattr(image, "tag_v2", {})
    return bool(int(tags.get(_SUBFILE, 0) or 0) & _SKIPPED)


def _page(image: Image.Image, frame: int, number: int) -> Picture | Broken:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if image.tell() != frame:
                image.seek(frame)
            return _picture(image, number)
    except (*_FAULTS, Image.DecompressionBombError):
        return Broken(number)


def _picture(image: Image.Image, number: int) -> Picture:
    """Decode the frame that *image* stands at."""
    claim, whole, lies = claimed(image), image.size, _lies(image)
    shrink = _WANTED / max(whole)
    if shrink < 1:  # JPEG can decode at a half, a quarter, an eighth
        image.draft(None, (math.ceil(whole[0] * shrink), math.ceil(whole[1] * shrink)))
    image.load()
    _turn(image)
    if lies:
        claim = claim[::-1]
        whole = whole if image.format == "TIFF" else whole[::-1]  # Pillow gives a TIFF's as shown
    page = smaller(plain(image), _WANTED, _LONGEST)
    across, down = square(claim, whole, bilevel=image.mode == "1")
    if across != down:
        page = _stretched(page, across, down)
    grey, colour = coloured(page)
    return Picture(grey, number, colour, _resolution(claim[0], whole[0], max(whole), page))


def _lies(image: Image.Image) -> bool:
    """Tell whether columns are shown as rows (TIFF 6.0, Orientation 5-8; EXIF means the same)."""
    with suppress(Exception):
        return image.getexif().get(_ORIENTATION, 1) in _LYING
    return False


def _turn(image: Image.Image) -> None:
    """Turn *image* as its EXIF data say; damaged data say nothing."""
    with suppress(Exception):
        ImageOps.exif_transpose(image, in_place=True)


def _stretched(page: Image.Image, across: float, down: float) -> Image.Image:
    """Give *page*, of *across* x *down* dots an inch, square pixels by drawing the coarser way."""
    finest = max(across, down)
    wide, high = page.width * finest / across, page.height * finest / down
    shrink = min(1.0, _LONGEST / max(wide, high))
    size = (max(1, round(wide * shrink)), max(1, round(high * shrink)))
    return page.resize(size, Image.Resampling.BICUBIC)


def _resolution(dots: float, width: int, longest: int, page: Image.Image) -> float | None:
    """Return the dots an inch of *page* as delivered; None where the claim is empty."""
    if not dots or not _PAGE[0] <= longest / dots * _INCH <= _PAGE[1]:
        return None
    return page.width * dots / width
