"""How many dots an inch a picture file claims, and whether its pixels are square. Decodes nothing.

A fax has 204 dots an inch across and 98, 196 or 391 down (ITU-T T.4, T.30).
"""

from __future__ import annotations

import math

from PIL import Image

Dots = tuple[float, float]  # an inch, across and down; 0 is not known
_X, _Y, _UNIT = 282, 283, 296  # TIFF 6.0: XResolution, YResolution, ResolutionUnit
_CENTIMETRE = 3
_CM = 2.54  # to the inch
_SQUARE = 0.005
_WIDEST = 4.5  # times: no device has pixels longer than that
_FAX_WIDTHS = (1728, 2048, 2432)  # pixels a line for A4, B4, A3
_ACROSS = 204.0
_DOWN = (98.0, 196.0, _ACROSS, 391.0)
_LIKE = 0.15  # of log aspect
_A4 = math.sqrt(2)
_FAR, _NEAR = 0.35, 0.1  # of log aspect: no sheet of paper, surely one


def claimed(image: Image.Image) -> Dots:
    """Return what *image* (opened, not decoded) claims, as it is stored."""
    tags = getattr(image, "tag_v2", None)
    if tags is not None:
        across, down = _number(tags.get(_X)), _number(tags.get(_Y))
        times = _CM if tags.get(_UNIT) == _CENTIMETRE else 1.0
    else:
        pair = image.info.get("dpi") or image.info.get("jfif_density") or (0, 0)
        across, down = (_number(part) for part in (*pair, 0, 0)[:2])
        times = 1.0
    return across * times, down * times


def square(claim: Dots, size: tuple[int, int], *, bilevel: bool) -> Dots:
    """Return the dots across and down to go by; two equal numbers where pixels are square.

    A claim is not believed where it makes no sheet of paper of *size* pixels that, with square
    pixels, are one. A bilevel page as wide as a fax that claims square pixels, or
    nothing, is as long as a sheet of paper.
    """
    across, down = claim
    wide, high = size
    if not across or not down or abs(across / down - 1) < _SQUARE:
        return _fax(size) if bilevel else (1.0, 1.0)
    if max(across, down) > _WIDEST * min(across, down):
        return 1.0, 1.0
    if _off(wide / across, high / down) > _FAR and _off(wide, high) < _NEAR:
        return 1.0, 1.0
    return across, down


def _fax(size: tuple[int, int]) -> Dots:
    """Return the dots of a fax of *size*: it is upright, and as long as an A sheet."""
    wide, high = size
    if wide not in _FAX_WIDTHS:
        return 1.0, 1.0
    off, down = min((abs(math.log(high / n * _ACROSS / wide / _A4)), n) for n in _DOWN)
    return (_ACROSS, down) if off < _LIKE else (1.0, 1.0)


def _off(wide: float, high: float) -> float:
    """Return how far a page's sides are from an A sheet's, upright or lying, as a logarithm."""
    return abs(math.log(max(wide, high) / min(wide, high) / _A4))


def _number(value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0
    return number if math.isfinite(number) and number > 0 else 0.0
