"""Whether somebody signed: ink in the box, nothing, or doubt. Never whose signature it is."""

from __future__ import annotations

import re

import numpy as np

from bot.domain.forms import Box, Signed
from parsers.forms.laid import Laid, Mask, Piece, shrunk

_RIM = 0.6  # mm
_LEAST_INK = 1.2  # mm² of ink: less is specks
_LEAST_WIDE = 5.0  # mm, of a signature or initials
_LEAST_HIGH = 1.5
_GENEROUS = 12.0  # mm wide: a signature also when it runs over the box's edge
_SPECKS = 0.25  # mm²
_RULE = 0.6  # of the box's width: a straight line this long is printed, not signed
_TEXT_FONTS = re.compile(
    r"arial|helvetica|helv|times|courier|calibri|cambria|candara|corbel|constantia|consolas|verdana"
    r"|tahoma|trebuchet|georgia|segoe(?!script)|liberation|dejavu|bitstream|vera|noto(sans|serif|mono)"
    r"|roboto|opensans|lato|carlito|caladea|aptos|myriad|minion|garamond|palatino|bookantiqua|century"
    r"|gothic|univers|frutiger|futura|nimbus|freesans|freeserif|ubuntu|inter|sourcesans|sourceserif"
    r"|montserrat|franklin|gill|lucidasans|msungothic|sans|serif|mono",
    re.IGNORECASE,
)


def read(laid: Laid) -> Signed:
    """Return what the signature box holds."""
    spec = laid.definition.signature
    box = spec.box
    if "signed" in laid.doubts or not laid.is_there(box, line=spec.line):
        return Signed.UNSURE
    texts = laid.writing.pieces_in(box)
    drawn = _drawn(laid, box)
    if drawn is Signed.INK or not texts:
        return drawn
    if all(_is_handwriting(p, laid) and _seen(p, laid) for p in texts):
        return Signed.INK
    return Signed.UNSURE


def _drawn(laid: Laid, box: Box) -> Signed:
    area = shrunk(box, _RIM)
    dark = _without_rules(laid.strange(area))
    scale = laid.ink.scale
    amount = float(dark.sum()) / scale**2
    if amount < _SPECKS:
        return Signed.NONE
    wide, high = _extent(dark, scale)
    if amount < _LEAST_INK or wide < _LEAST_WIDE or high < _LEAST_HIGH:
        return Signed.UNSURE
    if _leaves(dark) and _extent(_core(dark, scale), scale)[0] < _GENEROUS:
        return Signed.UNSURE
    return Signed.INK


def _without_rules(dark: Mask) -> Mask:
    """Return *dark* without straight printed lines from side to side."""
    if not dark.size:
        return dark
    rules = dark.mean(axis=1) > _RULE
    out = dark.copy()
    out[rules] = False
    return out


def _extent(dark: Mask, scale: float) -> tuple[float, float]:
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return 0.0, 0.0
    return (columns[-1] - columns[0] + 1) / scale, (rows[-1] - rows[0] + 1) / scale


def _leaves(dark: Mask) -> bool:
    """Tell whether ink touches the rim: it may come from a neighbour."""
    return bool(dark[0].any() or dark[-1].any() or dark[:, 0].any() or dark[:, -1].any())


def _core(dark: Mask, scale: float) -> Mask:
    """Return the ink well inside the box."""
    rim = round(2 * scale)
    return dark[rim:-rim, rim:-rim]


def _is_handwriting(piece: Piece, laid: Laid) -> bool:
    """Tell whether *piece* is set in a font that neither the form's values nor texts use."""
    fonts = {c.font for c in piece.chars}
    others = {c.font for f in laid.definition.fields for c in laid.writing.chars_in(f.cell)}
    return fonts.isdisjoint(others) and not any(_TEXT_FONTS.search(f) for f in fonts)


def _seen(piece: Piece, laid: Laid) -> bool:
    box = Box(
        min(c.x0 for c in piece.chars), min(c.y0 for c in piece.chars),
        max(c.x1 for c in piece.chars), max(c.y1 for c in piece.chars),
    )  # fmt: skip
    whole, bare = laid.area(laid.ink.whole, box), laid.area(laid.ink.bare, box)
    scale = laid.ink.scale
    return float((whole.astype(int) < bare.astype(int) - 40).sum()) / scale**2 > _LEAST_INK / 2
