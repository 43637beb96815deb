"""Pixels of any kind to greys and colours of one byte, on white. Knows no files."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from parsers.scan.picture import Colour, Grey, Picture

_BYTE = 255
_TIMES = 257  # a 16-bit grey to a byte
_SEEN = 800  # pixels of the longer side that are looked at, each as it is
_VIVID = 50  # between the strongest and the weakest channel, the paper taken for white
_SHARE = 0.0002  # of the page
_COARSE = 900  # pixels, the longer side: enough to see writing, too few to see dust
_DARK = 170
_DUST = 0.0005  # of the sheet; a printed form has forty times as much, a short note four


def plain(image: Image.Image) -> Image.Image:
    """Return the decoded *image* as L, RGB, LA or RGBA with a byte a channel."""
    match image.mode:
        case "L" | "RGB" | "LA" | "RGBA":
            return image
        case "1":
            return image.convert("L")
        case "P" | "PA" | "La" | "RGBa":
            clear = image.mode != "P" or "transparency" in image.info
            return image.convert("RGBA" if clear else "RGB")
        case "LAB":
            return image.getchannel(0)
        case mode if mode.startswith(("I", "F")):
            return Image.fromarray(_bytes(np.asarray(image)))
        case _:
            return image.convert("RGB")


def smaller(page: Image.Image, wanted: int, longest: int) -> Image.Image:
    """Return *page* a whole number of times smaller, not under *wanted* px long, on white.

    Where that leaves more than *longest* px, it is drawn with so many.
    """
    times = max(page.size) // wanted
    if times > 1:
        page = page.reduce(times)
    if max(page.size) > longest:
        shrink = longest / max(page.size)
        size = (max(1, round(page.width * shrink)), max(1, round(page.height * shrink)))
        page = page.resize(size, Image.Resampling.BOX)
    return _on_white(page)


def coloured(page: Image.Image) -> tuple[Grey, Colour | None]:
    """Return the greys of *page* (L or RGB), and its colours where they tell anything."""
    if page.mode == "L":
        return np.array(page, dtype=np.uint8), None
    colour = np.array(page, dtype=np.uint8)
    grey = np.array(page.convert("L"), dtype=np.uint8)
    return grey, colour if is_coloured(colour) else None


def is_coloured(colour: Colour) -> bool:
    """Tell whether something on the page has a colour that its paper and light have not."""
    step = max(1, max(colour.shape) // _SEEN)
    small = colour[::step, ::step].astype(np.float32)
    white = np.maximum(np.percentile(small[::4, ::4], 90, axis=(0, 1)), 1.0)
    toned = np.minimum(small * (_BYTE / white), _BYTE)
    vivid = toned.max(axis=2) - toned.min(axis=2) > _VIVID
    return float(vivid.mean()) > _SHARE


def is_empty(picture: Picture) -> bool:
    """Tell whether the page is a sheet without writing: the back of another, as a rule."""
    page = Image.fromarray(picture.grey)
    page.thumbnail((_COARSE, _COARSE), Image.Resampling.BOX)
    return float((np.asarray(page) < _DARK).mean()) < _DUST


def preview(picture: Picture, side: int) -> bytes:
    """Return *picture* as a PNG whose longer side has at most *side* pixels."""
    image = Image.fromarray(picture.grey if picture.colour is None else picture.colour)
    image.thumbnail((side, side), Image.Resampling.BOX)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _on_white(page: Image.Image) -> Image.Image:
    if page.mode not in ("LA", "RGBA"):
        return page
    below = Image.new(page.mode[:-1], page.size, (_BYTE,) * (len(page.mode) - 1))
    below.paste(page.convert(below.mode), mask=page.getchannel("A"))
    return below


def _bytes(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Grey:
    """Return numbers of 16 bits or more as greys of a byte; a range of their own is spread out."""
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:  # noqa: PLR2004 - bytes
        return (values // _TIMES).astype(np.uint8)
    numbers = np.nan_to_num(values.astype(np.float64))
    low, high = float(numbers.min()), float(numbers.max())
    if low >= 0 and high <= _BYTE:
        return numbers.astype(np.uint8)
    if low >= 0 and high <= _BYTE * _TIMES:
        return (numbers / _TIMES).astype(np.uint8)
    return ((numbers - low) * (_BYTE / max(high - low, 1e-9))).astype(np.uint8)
