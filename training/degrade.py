"""What a pen, a scanner, a telephone or a fax does to a line. All pictures about 12 px/mm."""

from __future__ import annotations

import random
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Capture = Literal["scan300", "scan200", "low", "photo", "fax"]
CAPTURES: tuple[Capture, ...] = ("scan300", "scan200", "low", "photo", "fax")
KEPT = 0.62  # of the ink must outlast a thinner pen
_FAX = (204 / 304.8, 98 / 304.8)  # of a strip's 12 px/mm


def penned(ink: Grey, dice: random.Random, *, hand: bool) -> Grey:
    """Return *ink* as a pen leaves it on paper: grey, 255 where nothing stands."""
    noise = np.random.default_rng(dice.getrandbits(32))
    if hand:
        ink = _bent(_stroked(ink, dice), dice, noise)
    elif dice.random() < 0.2:
        ink = cv2.dilate(ink, np.ones((2, 2), np.uint8)) if dice.random() < 0.5 else _thinned(ink)
    strength = ink.astype(np.float32) / max(int(ink.max()), 1)
    if dice.random() < (0.5 if hand else 0.2):  # uneven or failing ink
        deep = dice.uniform(0.15, 0.6)
        strength *= 1 - deep * _cloud(strength.shape, dice.choice((4, 10, 30)), noise)
    colour = dice.choice((0, 0, 20, 40, 70, dice.randint(0, 130)))
    return (255 - strength * (255 - colour)).astype(np.uint8)


def _thinned(ink: Grey) -> Grey:
    """Return thinner strokes, or the same where they would break."""
    thin = cv2.erode(ink, np.ones((2, 2), np.uint8))
    return thin if thin.sum() > KEPT * ink.sum() else ink


def _stroked(ink: Grey, dice: random.Random) -> Grey:
    """Return the strokes with another width of pen."""
    way = dice.random()
    if way < 0.35:
        wide = dice.choice((2, 2, 3, 3, 4))
        return cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide, wide)))
    if way < 0.5:
        return _thinned(ink)
    return ink


def _cloud(shape: tuple[int, int], coarse: int, noise: np.random.Generator) -> NDArray[np.float32]:
    rows, columns = max(shape[0] // coarse, 2), max(shape[1] // coarse, 2)
    small = noise.random((rows, columns), dtype=np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)


def _bent(ink: Grey, dice: random.Random, noise: np.random.Generator) -> Grey:
    """Slant the line, let its baseline drift, make the hand tremble."""
    high, wide = ink.shape
    slant = dice.gauss(0, 0.14) if dice.random() < 0.7 else 0.0
    side = int(abs(slant) * high) + 4
    ink = cv2.copyMakeBorder(ink, 6, 6, side, side, cv2.BORDER_CONSTANT, value=0)
    high, wide = ink.shape
    x = np.arange(wide, dtype=np.float32)[None, :]
    y = np.arange(high, dtype=np.float32)[:, None]
    drift = (
        dice.uniform(0, 0.06) * high * np.sin(x / wide * dice.uniform(2, 9) + dice.uniform(0, 6))
    )
    rise = dice.gauss(0, 0.012) * (x - wide / 2)
    rise = np.clip(rise, -0.15 * high, 0.15 * high)
    sway = dice.choice((0, 1.0, 1.8, 2.6)) * (high / 60)
    grain = dice.choice((8, 14, 24))
    map_x = x + slant * (y - high / 2) + sway * 2 * (_cloud((high, wide), grain, noise) - 0.5)
    map_y = y + drift + rise + sway * 2 * (_cloud((high, wide), grain, noise) - 0.5)
    return cv2.remap(ink, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR)


def soiled(grey: Grey, dice: random.Random, other: Grey | None = None) -> Grey:
    """Return the line with what a form leaves in a strip: dirt, rules, a neighbour, a cut edge."""
    grey = grey.copy()
    high, wide = grey.shape
    if dice.random() < 0.25:
        for _ in range(dice.randint(1, 8)):
            at = (dice.randrange(wide), dice.randrange(high))
            cv2.circle(grey, at, dice.choice((0, 0, 1, 1, 2)), dice.randint(0, 180), -1)
    if dice.random() < 0.18:
        _ruled(grey, dice)
    if other is not None and dice.random() < 0.12:
        _neighboured(grey, other, dice)
    if dice.random() < 0.3:
        top, left = dice.randint(0, 14), dice.randint(0, 14)
        grey = grey[top : high - dice.randint(0, 13), left : wide - dice.randint(0, 14)]
    elif dice.random() < 0.4:
        more = [dice.randint(0, 15) for _ in range(4)]
        grey = cv2.copyMakeBorder(grey, *more, cv2.BORDER_CONSTANT, value=255)
    return grey


def _ruled(grey: Grey, dice: random.Random) -> None:
    """Leave a bit of the box's line at the bottom, top or a side."""
    high, wide = grey.shape
    shade, thick = dice.randint(30, 200), dice.choice((1, 1, 2))
    if dice.random() < 0.7:
        y = high - 1 - dice.randint(0, 12) if dice.random() < 0.75 else dice.randint(0, 5)
        start = dice.randrange(wide)
        end = min(start + dice.randint(6, max(wide // 2, 8)), wide)
        cv2.line(grey, (start, y), (end, y + dice.choice((-1, 0, 0, 1))), shade, thick)
    else:
        x = dice.choice((dice.randint(0, 6), wide - 1 - dice.randint(0, 6)))
        top = dice.randrange(high)
        cv2.line(grey, (x, top), (x, min(top + dice.randint(5, high), high)), shade, thick)


def _neighboured(grey: Grey, other: Grey, dice: random.Random) -> None:
    """Let the feet or the heads of the next line look in."""
    reach = dice.randint(2, 7)
    wide = min(grey.shape[1], other.shape[1])
    rows = np.flatnonzero(other.min(axis=1) < 128)
    if not len(rows):
        return
    if dice.random() < 0.5:
        feet = other[max(rows[-1] - reach, 0) : rows[-1] + 1, :wide]
        part = grey[: len(feet), :wide]
    else:
        feet = other[rows[0] : rows[0] + reach, :wide]
        part = grey[-len(feet) :, :wide]
    np.minimum(part, feet, out=part)


def captured(grey: Grey, capture: Capture, dice: random.Random) -> Grey:
    """Return the strip as *capture* hands it over: flattened, again at about 12 px/mm."""
    noise = np.random.default_rng(dice.getrandbits(32))
    if capture == "fax":
        return _faxed(grey, dice, noise)
    high, wide = grey.shape
    share, jpeg, blur, grain = {
        "scan300": (1.0, (55, 98), (0.0, 0.8), 6), "scan200": (dice.uniform(0.6, 0.72), (35, 90), (0.0, 0.7), 9),
        "low": (dice.uniform(0.26, 0.5), (50, 95), (0.0, 0.5), 6),
        "photo": (dice.uniform(0.45, 0.95), (40, 90), (0.3, 1.3), 12),
    }[capture]  # fmt: skip
    angle = dice.gauss(0, 0.5 if capture == "photo" else 0.25)
    if abs(angle) > 0.15:
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1)
        grey = cv2.warpAffine(grey, matrix, (wide, high), borderValue=255)
    picture = grey.astype(np.float32)
    if capture == "photo":
        picture = 255 - (255 - picture) * dice.uniform(0.45, 1)
        picture *= 1 - dice.uniform(0, 0.3) * _cloud((high, wide), max(high, 40), noise)
    small = (max(round(wide * share), 8), max(round(high * share), 8))
    picture = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
    sigma = dice.uniform(*blur)
    if sigma > 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), sigma)
    picture += noise.standard_normal(picture.shape, dtype=np.float32) * dice.uniform(0, grain)
    flat = np.clip(picture, 0, 255).astype(np.uint8)
    if dice.random() < 0.7:
        coded = cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, dice.randint(*jpeg)])[1]
        flat = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    if dice.random() < 0.12:  # a scanner set to black and white
        flat = np.where(flat < dice.randint(110, 190), 0, 255).astype(np.uint8)
    way = cv2.INTER_CUBIC if dice.random() < 0.5 else cv2.INTER_LINEAR
    return cv2.resize(flat, (wide, high), interpolation=way)


def _faxed(grey: Grey, dice: random.Random, noise: np.random.Generator) -> Grey:
    high, wide = grey.shape
    fine = 2 if dice.random() < 0.25 else 1
    small = (max(round(wide * _FAX[0]), 8), max(round(high * _FAX[1] * fine), 6))
    picture = cv2.resize(grey, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    picture += noise.standard_normal(picture.shape, dtype=np.float32) * dice.uniform(0, 14)
    bilevel = np.where(picture < dice.randint(125, 205), 0, 255).astype(np.uint8)
    salt = noise.random(bilevel.shape)
    share = dice.choice((0, 0.001, 0.004))
    bilevel[salt < share] = 0
    bilevel[salt > 1 - share] = 255
    way = dice.choice((cv2.INTER_LINEAR, cv2.INTER_NEAREST, cv2.INTER_CUBIC, cv2.INTER_LINEAR))
    return cv2.resize(bilevel, (wide, high), interpolation=way)
