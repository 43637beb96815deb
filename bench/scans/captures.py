"""What scanners, faxes, copiers and cameras make of a sheet."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from bench.scans import wear
from bench.scans.sheet import Pixels, Sheet

FAX_WIDE = 1728


@dataclass(frozen=True)
class Shot:
    """One captured page."""

    pixels: Pixels  # grey [h, w] or RGB [h, w, 3]
    dpi: tuple[float, float]  # across, down; what the file claims
    bilevel: bool = False
    exif: int = 1  # the EXIF orientation it is stored with
    quality: int = 75
    containers: tuple[str, ...] = ("pdf", "jpg", "tif", "png")
    note: str = ""
    skew: float = field(default=0.0, compare=False)


def scan(dpi: float, *, skew: float = 2.0, clean: bool = False, colour: bool = False) -> Capture:
    """Return a scanner of *dpi* that takes sheets in up to *skew* degrees askew."""

    def take(sheet: Sheet, rng: random.Random) -> Shot:
        page = sheet.pixels if colour else cv2.cvtColor(sheet.pixels, cv2.COLOR_RGB2GRAY)
        page = _sized(page, dpi / sheet.dpi)
        angle = rng.uniform(-skew, skew)
        lid = 40 if rng.random() < 0.12 else 255
        page = _askew(page, angle, lid, rng)
        page = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.25, 0.6 if clean else 0.9) * dpi / 200)
        paper = rng.uniform(240, 255) if clean else rng.uniform(222, 252)
        page = wear.toned(page, rng.uniform(0, 45), paper)
        page = wear.noisy(page, rng.uniform(1, 3) if clean else rng.uniform(2, 8), rng)
        return Shot(page, (dpi, dpi), quality=rng.randint(55, 90), skew=angle)

    return take


def _sized(page: Pixels, share: float) -> Pixels:
    if share == 1:
        return page
    way = cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(page, None, fx=share, fy=share, interpolation=way), np.uint8)


def _askew(page: Pixels, angle: float, lid: int, rng: random.Random, fit: float = 1.0) -> Pixels:
    high, wide = page.shape[:2]
    move = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, fit)
    move[:, 2] += rng.uniform(-0.008, 0.008) * wide, rng.uniform(-0.008, 0.008) * wide
    back = cv2.warpAffine(page, move, (wide, high), borderValue=(lid,) * 3)
    return np.asarray(back, np.uint8)


def coarse(sheet: Sheet, rng: random.Random) -> Shot:
    """Scan so coarsely (75 to 100 dpi) that little can be read for certain."""
    return scan(rng.choice((75, 90, 100)), skew=1.5, clean=True)(sheet, rng)


def bilevel600(sheet: Sheet, rng: random.Random) -> Shot:
    """Scan to black and white at 600 dpi."""
    page = cv2.cvtColor(sheet.pixels, cv2.COLOR_RGB2GRAY)
    page = _askew(_sized(page, 600 / sheet.dpi), rng.uniform(-1, 1), 255, rng)
    page = wear.noisy(cv2.blur(page, (3, 3)), 10, rng)
    black = np.where(page > rng.uniform(150, 190), 255, 0).astype(np.uint8)
    return Shot(black, (600, 600), bilevel=True, containers=("tif", "pdf"))


def fax(*, fine: bool = False) -> Capture:
    """Return a fax machine: 204 x 98 dpi, or 204 x 196 when *fine*."""
    lines = 196 if fine else 98

    def take(sheet: Sheet, rng: random.Random) -> Shot:
        page = cv2.cvtColor(sheet.pixels, cv2.COLOR_RGB2GRAY)
        page = _askew(page, rng.uniform(-1, 1), 255, rng)
        high = round(sheet.pixels.shape[0] / sheet.dpi * lines)
        page = cv2.resize(page, (FAX_WIDE, high), interpolation=cv2.INTER_AREA)
        page = wear.noisy(page, rng.uniform(4, 16), rng)
        noise = np.random.default_rng(rng.randrange(2**32))
        black = np.where(page > rng.uniform(140, 185), 255, 0).astype(np.uint8)
        salt = noise.random(black.shape) < rng.choice((0, 0.0003, 0.002))
        black[salt] = 255 - black[salt]
        for _ in range(rng.choice((0, 0, 1, 3))):
            row = rng.randrange(high - 3)
            black[row + 1 : row + 1 + rng.randint(1, 2)] = black[row]  # a line that got lost
        note = "204 x 196 dpi" if fine else "204 x 98 dpi"
        return Shot(black, (204, lines), bilevel=True, containers=("tif", "tif", "pdf"), note=note)

    return take


def photo(sheet: Sheet, rng: random.Random) -> Shot:
    """Photograph the sheet on a table."""
    high, wide = sheet.pixels.shape[:2]
    upright = high > wide
    frame = (2448, 3264) if rng.random() < 0.6 else (3000, 4000)
    frame = frame if upright else frame[::-1]
    share = rng.uniform(0.74, 0.93) * min(frame[0] / wide, frame[1] / high)
    left, top = (frame[0] - wide * share) / 2, (frame[1] - high * share) / 2
    square = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    turn = np.radians(rng.uniform(-5, 5))
    cos, sin = np.cos(turn), np.sin(turn)
    around = (square - (wide / 2, high / 2)) @ np.array([[cos, sin], [-sin, cos]])
    seen = around * share * 0.96 + (left + wide * share / 2, top + high * share / 2)
    lean = 0.035 * frame[0]
    seen += np.array([[rng.uniform(-lean, lean) for _ in range(2)] for _ in range(4)])
    back = cv2.getPerspectiveTransform(seen.astype(np.float32), square)
    maps = wear.maps(back, frame, curl=rng.choice((0, 0, 0.004, 0.01)) * wide)
    page = cv2.remap(sheet.pixels, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    inside = (maps[0] >= 0) & (maps[0] < wide) & (maps[1] >= 0) & (maps[1] < high)
    shot = np.where(inside[..., None], page, wear.table(frame, rng))
    shot = wear.lit(shot, rng)
    shot = cv2.GaussianBlur(shot, (0, 0), rng.uniform(0.4, 1.3))
    shot = wear.noisy(shot, rng.uniform(1.5, 6), rng)
    if rng.random() < 0.3:
        shot = cv2.cvtColor(shot, cv2.COLOR_RGB2GRAY)
    exif = rng.choice((1, 1, 6, 8, 3))
    containers = ("jpg", "jpg", "jpg", "pdf") if exif == 1 else ("jpg",)
    return Shot(shot, (72, 72), exif=exif, quality=rng.randint(68, 90), containers=containers,
                note=f"EXIF orientation {exif}" if exif != 1 else "")  # fmt: skip


def worn(sheet: Sheet, rng: random.Random) -> Shot:
    """Copy on a bad machine, low on toner, then scan."""
    shot = scan(rng.choice((200, 200, 300)), skew=1.5)(
        replace(sheet, pixels=wear.faded(sheet, rng)), rng
    )
    return replace(shot, pixels=wear.dirty(shot.pixels, shot.dpi[0], rng))


def rotated(sheet: Sheet, rng: random.Random) -> Shot:
    """Scan the sheet sideways or upside down."""
    shot = scan(200)(sheet, rng)
    quarters = rng.choice((1, 2, 3))
    turned = np.ascontiguousarray(np.rot90(shot.pixels, quarters))
    return replace(shot, pixels=turned, note=f"turned {quarters * 90} degrees anticlockwise")


def fit(sheet: Sheet, rng: random.Random) -> Shot:
    """Print the sheet shrunk to fit, then scan."""
    share = rng.uniform(0.94, 0.97)
    return scan(200)(replace(sheet, pixels=_askew(sheet.pixels, 0, 255, rng, share)), rng)


def colour(sheet: Sheet, rng: random.Random) -> Shot:
    """Scan in colour."""
    return scan(rng.choice((200, 300)), clean=True, colour=True)(sheet, rng)


def stain(sheet: Sheet, rng: random.Random) -> Shot:
    """Scan a sheet that lay about: coffee, a stamp, folds, holes."""
    names = rng.sample(sorted(wear.STAINS), rng.randint(1, 3))
    page = Sheet(sheet.pixels.copy(), sheet.dpi)
    for name in names:
        wear.STAINS[name](page, rng)
    shot = scan(rng.choice((200, 300)), colour=rng.random() < 0.6, clean=True)(page, rng)
    return replace(shot, note=" and ".join(names))


Capture = Callable[[Sheet, random.Random], Shot]
CAPTURES: dict[str, Capture] = {
    "scan300": scan(300, skew=1.0, clean=True), "scan200": scan(200), "scan150": scan(150),
    "scan75": coarse, "scan600": bilevel600, "fax": fax(), "faxfine": fax(fine=True),
    "photo": photo, "worn": worn, "rotated": rotated, "fit": fit, "colour": colour, "stain": stain,
}  # fmt: skip
