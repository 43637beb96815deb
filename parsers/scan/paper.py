"""A captured page laid on its blank: any area of it by mm, its ink, how well it lies and looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.forms.definition import Definition
from parsers.scan.bend import Bend
from parsers.scan.code import Code
from parsers.scan.features import Floats, Matrix, Points, moved
from parsers.scan.picture import Grey, Picture
from parsers.scan.plate import Plate, pixels
from parsers.scan.quality import Quality
from parsers.scan.thresholds import limits
from parsers.scan.tone import BACKGROUND, COARSE, whitened

Mask = npt.NDArray[np.bool_]
_INK = 0.78  # of the paper's brightness: darker is ink
_SLACK = 0.3  # mm around printed lines where ink may still be theirs
_PRINTED = 190
_NODE = 2.5  # mm between points of a bent page that are computed one by one
_NEAR = 30.0  # mm: points this near a box tell how well it lies
_FEW = 3
_INCH = 25.4  # mm


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Paper:
    """A page and the way to it: every length is mm on the blank."""

    picture: Picture
    plate: Plate
    way: Matrix  # mm on the blank to px of the picture (0 is the first pixel's edge)
    residual: float  # mm: median distance of the blank's points from where they are taken to be
    quality: Quality
    missing: tuple[str, ...] = ()  # anchors of the blank that are not on the page
    bend: Bend | None = None  # None: the page is flat
    errors: Floats = field(default_factory=lambda: np.zeros(0))  # mm a point; NaN: not found
    edition_sure: bool = True  # False: another edition fits as well, or something contradicts
    code: Code | None = None  # what the form's own QR code says
    _levels: list[Grey] = field(default_factory=list)  # the picture halved again and again
    _tints: list[Grey] = field(default_factory=list)  # and in colour

    @property
    def definition(self) -> Definition:
        """Return the definition that the page was laid on."""
        return self.plate.definition

    @property
    def number(self) -> int:
        """Return the page's number in its file, from 1."""
        return self.picture.number

    @property
    def good(self) -> bool:
        """Tell whether a value read here may be called sure: the capture and how it lies allow."""
        near = self.residual <= limits("quality")["residual"]
        return near and self.edition_sure and self.quality.good

    @property
    def whole(self) -> bool:
        """Tell whether every cell and tick, and the signature's box, can be seen on the page."""
        boxes = [f.cell for f in self.definition.fields] + [t.box for t in self.definition.ticks]
        return all(self.covers(box) for box in (*boxes, self.definition.signature.box))

    def shows(self, box: Box) -> bool:
        """Tell whether *box* is on the picture."""
        corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
        seen = self.seen(corners)
        high, wide = self.picture.grey.shape
        return bool((seen >= 0).all() and (seen <= (wide, high)).all())

    def covers(self, box: Box) -> bool:
        """Tell whether *box* is on the picture, and print of the blank was found around it."""
        if not self.shows(box):
            return False
        near = self._near(box)
        return len(near) < _FEW or bool(np.isfinite(near).any())

    def stray(self, box: Box) -> float:
        """Return how far (mm) print around *box* may lie from where it is taken to be."""
        near = self._near(box)
        near = near[np.isfinite(near)]
        return float(max(self.residual, near.max())) if len(near) else self.residual

    def seen(self, points: Iterable[Sequence[float]]) -> Points:
        """Return where *points* (mm) lie in the picture, px."""
        where = np.array(list(points), dtype=np.float64).reshape(-1, 2)
        return moved(where if self.bend is None else where + self.bend.at(where), self.way)

    def on_page(self, box: Box) -> Box:
        """Return the rectangle around *box* (mm on the blank) in mm of the page as captured.

        Where the file claims no resolution, the page is taken to be as large as the form says.
        """
        step = self.picture.dpi / _INCH if self.picture.dpi else self.quality.scale
        corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
        shown = self.seen(corners) / step
        (x0, y0), (x1, y1) = shown.min(axis=0), shown.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))

    def plain(self, box: Box, scale: float) -> Grey:
        """Return the picture's part under *box* (mm), straightened, at *scale* px/mm."""
        return self._cut(*self._level(scale), box, scale)

    def area(self, box: Box, scale: float) -> Grey:
        """Return the part under *box* with the paper made white (255): no shadows, no stains.

        Of a coloured picture the darkest channel counts, so that pale ink stays.
        """
        rim = BACKGROUND
        wider = Box(box.x0 - rim, box.y0 - rim, box.x1 + rim, box.y1 + rim)
        cut, coarse = (
            self._cut(*self._level(step, tinted=True), part, step)
            for part, step in ((box, scale), (wider, COARSE))
        )
        return whitened(cut, coarse, rim)

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

    def level(self, scale: float) -> tuple[float, Grey]:
        """Return the picture, halved while it stays finer than *scale*, and how many times."""
        return self._level(scale)

    def _level(self, scale: float, *, tinted: bool = False) -> tuple[float, Grey]:
        tinted = tinted and self.picture.colour is not None
        levels = self._tints if tinted else self._levels
        if not levels:
            whole = self.picture.colour if tinted else None
            levels.append(self.picture.grey if whole is None else whole)
        index, finer = 0, self.quality.scale / scale
        while finer > 1.7 and min(levels[index].shape[:2]) > 64:  # noqa: PLR2004
            if index + 1 == len(levels):
                halved = cv2.resize(
                    levels[index], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
                )
                levels.append(np.asarray(halved, dtype=np.uint8))
            index, finer = index + 1, finer / 2
        return 2.0**index, levels[index]

    def _cut(self, times: float, grey: Grey, box: Box, scale: float) -> Grey:
        """Return what of *grey*, the picture made *times* smaller, lies under *box*."""
        wide, high = pixels(box, scale)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        if self.bend is None:
            step, half = 1 / scale, 0.5 / scale
            grid = np.array([[step, 0, box.x0 + half], [0, step, box.y0 + half], [0, 0, 1]])
            shrink = np.array([[1 / times, 0, -0.5], [0, 1 / times, -0.5], [0, 0, 1]])
            cut = cv2.warpPerspective(
                grey, shrink @ self.way @ grid, (wide, high),
                flags=flags, borderMode=cv2.BORDER_REPLICATE,
            )  # fmt: skip
            return np.asarray(cut, dtype=np.uint8)
        where = self._where(box, scale, wide, high) / times - 0.5
        x, y = np.split(where.astype(np.float32), 2, axis=2)
        cut = cv2.remap(grey, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(cut, dtype=np.uint8)

    def _where(self, box: Box, scale: float, wide: int, high: int) -> Floats:
        """Return the picture's px for every pixel of *box*, computed at nodes and drawn out."""
        times = max(1, round(_NODE * scale))
        columns, rows = -(-wide // times) + 2, -(-high // times) + 2
        x = box.x0 + ((np.arange(columns) - 0.5) * times) / scale
        y = box.y0 + ((np.arange(rows) - 0.5) * times) / scale
        nodes = self.seen(np.stack(np.meshgrid(x, y), axis=2).reshape(-1, 2).tolist())
        size = (columns * times, rows * times)
        drawn = cv2.resize(
            nodes.reshape(rows, columns, 2).astype(np.float32), size,
            interpolation=cv2.INTER_LINEAR,
        )  # fmt: skip
        return np.asarray(drawn[times : times + high, times : times + wide])

    def _near(self, box: Box) -> Floats:
        """Return the errors of the blank's points nearest to *box*, NaN where one was not found."""
        if not len(self.errors):
            return self.errors
        x, y = self.plate.points.T
        aside = np.maximum(np.maximum(box.x0 - x, x - box.x1), 0)
        beyond = np.maximum(np.maximum(box.y0 - y, y - box.y1), 0)
        off = np.hypot(aside, beyond)
        nearest = np.argsort(off, kind="stable")[:6]
        return np.asarray(self.errors[nearest[off[nearest] < _NEAR]], dtype=np.float64)
