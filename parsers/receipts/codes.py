"""The codes on a captured page, sought with growing effort. Judges no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from parsers.scan.features import Points
from parsers.scan.picture import Grey

_SIDE = 2_000  # px, the longer side at first: some 6 px a module of ours, and grain averaged away
_COARSE = 1_300  # px
_SMALL = 1_800  # px, the longer side: smaller pages are drawn twice as large
_BLOCK = 41  # px around a pixel in which its paper is judged
_BELOW = 12  # grey levels under the mean around it: ink


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A QR code: what it says and its corners (px), clockwise from the code's own upper left."""

    text: str
    corners: Points

    def lies_on(self, other: Found) -> bool:
        """Tell whether the two are the same print."""
        away = float(np.linalg.norm(self.corners.mean(axis=0) - other.corners.mean(axis=0)))
        return away < 0.5 * float(np.linalg.norm(other.corners[1] - other.corners[0]))


def glance(grey: Grey) -> tuple[Found, ...]:
    """Return the codes that one look at the page gives: some milliseconds."""
    return _read(*_sized(grey, _SIDE))


def search(grey: Grey, known: Sequence[Found], enough: int) -> tuple[Found, ...]:
    """Return *known* and what closer looks add, until there are *enough*."""
    found = list(known)
    for picture, times in _looks(grey):
        if len(found) >= enough:
            break
        for one in _read(picture, times):
            if not any(one.text == other.text and one.lies_on(other) for other in found):
                found.append(one)
    return tuple(found)


def _looks(grey: Grey) -> Iterator[tuple[Grey, float]]:
    """Yield the page made ready in other ways, and how many times smaller it was made."""
    small, times = _sized(grey, _SIDE)
    soft = _grey(cv2.GaussianBlur(small, (0, 0), 1.2))
    yield soft, times
    yield grey, 1.0
    if max(grey.shape) < _SMALL:
        yield _grey(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)), 0.5
    yield _black(soft), times
    yield _grey(cv2.medianBlur(small, 5)), times  # salt, scratches, lines that a fax lost
    coarse, many = _sized(grey, _COARSE)
    yield coarse, many
    yield _black(_grey(cv2.GaussianBlur(coarse, (0, 0), 0.8))), many


def _sized(grey: Grey, side: int) -> tuple[Grey, float]:
    shrink = side / max(grey.shape)
    if shrink >= 1:
        return grey, 1.0
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return _grey(small), 1 / shrink


def _black(grey: Grey) -> Grey:
    return _grey(
        cv2.adaptiveThreshold(
            grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, _BLOCK, _BELOW
        )
    )


def _grey(picture: object) -> Grey:
    return np.asarray(picture, dtype=np.uint8)


def _read(grey: Grey, times: float) -> tuple[Found, ...]:
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_downscale=False,
    )
    return tuple(Found(one.text, _corners(one.position) * times) for one in found if one.text)


def _corners(position: zxingcpp.Position) -> Points:
    around = (
        position.top_left, position.top_right, position.bottom_right, position.bottom_left
    )  # fmt: skip
    return np.array([(c.x + 0.5, c.y + 0.5) for c in around], dtype=np.float64)
