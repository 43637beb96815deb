"""A captured page laid on its blank: any area of it by mm, its ink, how well it lies and looks."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.forms.definition import Definition
from parsers.scan.picture import Grey, Picture
from parsers.scan.plate import Plate, pixels

Mask = npt.NDArray[np.bool_]
Matrix = npt.NDArray[np.float64]  # [3, 3]
_BACKGROUND = 6.0  # mm: shadows and stains wider than this are taken away
_INK = 0.78  # of the paper's brightness: darker is ink
_SLACK = 0.3  # mm around printed lines where ink may still be theirs
_PRINTED = 190


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a capture is; figures of the whole page."""

    scale: float  # px/mm of the picture where the form lies
    contrast: float  # 0-1: how much darker print is than paper
    noise: float  # 0-1: part of the paper without print or writing that is dark
    found: float  # 0-1: part of the blank's points that were found


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Paper:
    """A page and the way to it: every length is mm on the blank."""

    picture: Picture
    plate: Plate
    way: Matrix  # mm on the blank to px of the picture
    residual: float  # mm: median distance of the blank's points after laying
    quality: Quality
    missing: tuple[str, ...] = ()  # anchors of the blank that are not on the page
    _levels: list[Grey] = field(default_factory=list)  # the picture halved again and again

    @property
    def definition(self) -> Definition:
        """Return the definition that the page was laid on."""
        return self.plate.definition

    @property
    def number(self) -> int:
        """Return the page's number in its file, from 1."""
        return self.picture.number

    def plain(self, box: Box, scale: float) -> Grey:
        """Return the picture's part under *box* (mm), straightened, at *scale* px/mm."""
        times, grey = self._level(scale)
        wide, high = pixels(box, scale)
        grid = np.array([[1 / scale, 0, box.x0], [0, 1 / scale, box.y0], [0, 0, 1]])
        shrink = np.diag([1 / times, 1 / times, 1.0])
        cut = cv2.warpPerspective(
            grey, shrink @ self.way @ grid, (wide, high),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        return np.asarray(cut, dtype=np.uint8)

    def area(self, box: Box, scale: float) -> Grey:
        """Return the part under *box* with the paper made white (255): no shadows, no stains."""
        rim = _BACKGROUND
        wider = Box(box.x0 - rim, box.y0 - rim, box.x1 + rim, box.y1 + rim)
        flat = flattened(self.plain(wider, scale), scale)
        wide, high = pixels(box, scale)
        skip = round(rim * scale)
        return np.ascontiguousarray(flat[skip : skip + high, skip : skip + wide])

    def blank(self, box: Box, scale: float) -> Grey:
        """Return the same area of the empty blank."""
        return self.plate.area(box, scale)

    def ink(self, box: Box, scale: float) -> Mask:
        """Return where *box* is dark and the blank, its print widened, is not."""
        slack = 2 * round((_SLACK + self.residual) * scale) + 1
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (slack, slack))
        printed = cv2.erode(self.blank(box, scale), kernel)
        dark = self.area(box, scale) < 255 * self.threshold
        return np.asarray(dark & (printed > _PRINTED))

    @property
    def threshold(self) -> float:
        """Return the part of the paper's brightness (0-1) under which a pixel is ink."""
        return max(_INK, 1 - 0.5 * self.quality.contrast)

    def _level(self, scale: float) -> tuple[float, Grey]:
        """Return the picture, halved while it stays finer than *scale*, and how many times."""
        if not self._levels:
            self._levels.append(self.picture.grey)
        index, finer = 0, self.quality.scale / scale
        while finer > 1.7 and min(self._levels[index].shape) > 64:  # noqa: PLR2004
            if index + 1 == len(self._levels):
                halved = cv2.resize(
                    self._levels[index], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
                )
                self._levels.append(np.asarray(halved, dtype=np.uint8))
            index, finer = index + 1, finer / 2
        return 2.0**index, self._levels[index]


def flattened(grey: Grey, scale: float) -> Grey:
    """Return *grey* (*scale* px/mm) with its slowly changing background brought to 255."""
    step = max(1, round(scale / 2))  # 2 px/mm is fine enough for shadows
    small = cv2.resize(
        grey, (max(1, grey.shape[1] // step), max(1, grey.shape[0] // step)),
        interpolation=cv2.INTER_AREA,
    )  # fmt: skip
    size = 2 * round(_BACKGROUND / 2 * scale / step) + 1
    high = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    smooth = cv2.medianBlur(np.asarray(high, dtype=np.uint8), min(size, 31) | 1)
    back = cv2.resize(smooth, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    out = grey.astype(np.float32) * (255.0 / np.maximum(back.astype(np.float32), 40.0))
    return np.asarray(np.clip(out, 0, 255), dtype=np.uint8)
