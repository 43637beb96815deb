"""The QR code on a blank: which form and edition it is, and for which unit. Trusts no value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp

from bot.domain.forms import Box
from parsers.scan.picture import Grey

_LONGEST = 80  # characters: ours are much shorter
_PARTS = (2, 3)


@dataclass(frozen=True, slots=True)
class Code:
    """What one of our codes says: ``form/version`` and, where the office put it in, a unit."""

    form: str
    version: str
    unit: str = ""


def read_codes(grey: Grey) -> tuple[tuple[str, Box], ...]:
    """Return the texts of the QR codes (ISO/IEC 18004) in *grey* and the boxes (px) around them."""
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_downscale=False,
    )
    return tuple((one.text, _around(one.position)) for one in found if one.text)


def parse(text: str) -> Code | None:
    """Return what *text* says; None when it is no code of a blank."""
    parts = text.strip().split("/")
    if len(text) > _LONGEST or len(parts) not in _PARTS or not all(parts):
        return None
    if any(not part.isprintable() or ":" in part for part in parts):
        return None
    return Code(*parts)


def _around(position: zxingcpp.Position) -> Box:
    corners = (
        position.top_left, position.top_right, position.bottom_right, position.bottom_left
    )  # fmt: skip
    x, y = [float(c.x) for c in corners], [float(c.y) for c in corners]
    return Box(min(x), min(y), max(x), max(y))
