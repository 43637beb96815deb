"""Writing in a box: typed, or by a hand that trembles, drifts and runs out of ink."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.scans.fonts import BLOCK, HANDS, PRINT, Fonts
from bench.scans.sheet import Ink, Mask, Sheet
from bot.domain.forms import Box

Fill = Literal["typed", "mixed", "caps", "lower", "digits"]
BLACK, BLUE, PENCIL = (28, 27, 32), (34, 48, 138), (96, 96, 102)
_PT = 25.4 / 72
_LEAST_X = 1.55  # mm: nobody's small letters are lower than this on a form
_SMALLEST = 0.55  # of the wanted size, before writing runs out of its box


@dataclass(frozen=True)
class Hand:
    """How one person writes: a family, its size (mm of a capital), and its habits."""

    family: str
    high: float
    ink: Ink
    strength: float
    slant: float
    tremble: float  # mm that letters stray
    swing: float  # mm of the baseline's drift over a field
    tight: float  # how much letters are drawn together, a factor
    weight: float  # mm added to each stroke
    real: bool = False  # digits are real people's
    careless: bool = False  # may run over rims and labels


@dataclass(frozen=True)
class Type:
    """How one machine types."""

    family: str
    points: float
    low: float  # mm between the baseline and the box's lower rim
    ink: Ink = (20, 20, 20)


def a_hand(rng: random.Random, fonts: Fonts, fill: Fill, text: str, ink: Ink | None = None) -> Hand:
    """Return somebody who can write every letter of *text*."""
    families = HANDS if fill == "lower" else BLOCK
    able = [f for f in families if fonts.draws(f, text)]
    color = ink or rng.choices((BLACK, BLUE, PENCIL), (5, 5, 1))[0]
    return Hand(
        family=rng.choice(able), high=rng.uniform(2.3, 3.4), ink=color,
        strength=rng.uniform(0.75, 0.9) if color == PENCIL else rng.uniform(0.85, 1),
        slant=rng.uniform(-0.08, 0.22), tremble=rng.uniform(0.03, 0.16),
        swing=rng.uniform(0, 0.7), tight=rng.uniform(0.9, 1.18),
        weight=rng.uniform(0 if fill == "lower" else -0.06, 0.18),
        real=fill == "digits", careless=rng.random() < 0.25,
    )  # fmt: skip


def a_type(rng: random.Random, fonts: Fonts, text: str) -> Type:
    """Return a machine that can type every letter of *text*."""
    able = [f for f in PRINT if fonts.draws(f, text)]
    touching = rng.random() < 0.12
    return Type(rng.choice(able), rng.uniform(8, 12), rng.uniform(-0.1, 0.3) if touching
                else rng.uniform(0.8, 1.9), rng.choice(((15, 15, 15), (40, 40, 40))))  # fmt: skip


def type_in(sheet: Sheet, box: Box, text: str, machine: Type, fonts: Fonts) -> None:
    """Type *text* in *box* (mm), smaller where it would not fit."""
    points = min(machine.points, (box.y1 - box.y0) / _PT / 1.05)
    room = (box.x1 - box.x0 - 1.6) * sheet.scale
    px = max(6, round(points * sheet.dpi / 72))
    face = fonts.face(machine.family, px)
    if face.getlength(text) > room:
        face = fonts.face(machine.family, max(6, int(px * room / face.getlength(text))))
    up, down = face.getmetrics()
    wide = int(face.getlength(text)) + 8
    picture = Image.new("L", (wide, up + down + 4))
    ImageDraw.Draw(picture).text((3, 0), text, font=face, fill=255)
    mask = np.asarray(picture, np.float32) / 255
    low = machine.low if box.y1 - box.y0 > 4 else 0.9
    x = round((box.x0 + 1.0) * sheet.scale)
    sheet.lay(mask, x, round((box.y1 - low) * sheet.scale) - up, machine.ink)


def write_in(sheet: Sheet, box: Box, text: str, hand: Hand, fonts: Fonts,
             rng: random.Random) -> None:  # fmt: skip
    """Write *text* by *hand* in *box* (mm)."""
    high = min(hand.high, 0.72 * (box.y1 - box.y0)) * rng.uniform(0.93, 1.07)
    em = max(high / fonts.capital(hand.family), _LEAST_X / fonts.small(hand.family)) * sheet.scale
    line = _line(text, hand, fonts, em, sheet.scale, rng)
    room = (box.x1 - box.x0 - 1.0) * sheet.scale
    if hand.careless and rng.random() < 0.15:
        room *= 1.12  # runs over the rim
    if line.shape[1] > room:
        share = max(_SMALLEST, room / line.shape[1])
        line = _line(text, hand, fonts, em * share, sheet.scale, rng)
        if line.shape[1] > room:
            line = cv2.resize(line, (int(room), line.shape[0]), interpolation=cv2.INTER_AREA)
        em *= share
    spare = max(0.0, room - line.shape[1]) / sheet.scale
    x = box.x0 + rng.uniform(0.5, min(5.0, 0.6 + spare))
    lift = rng.uniform(0.5, 1.5)
    if hand.careless and rng.random() < 0.3:
        lift = rng.choice((-0.6, -0.3, 2.6))  # over the line below, or up on the label
    base = (box.y1 - min(lift, 0.3 * (box.y1 - box.y0))) * sheet.scale
    sheet.lay(line, round(x * sheet.scale), round(base - line.shape[0] / 2), hand.ink)


def _line(text: str, hand: Hand, fonts: Fonts, em: float, scale: float,
          rng: random.Random) -> Mask:  # fmt: skip
    """Return *text* as ink, its baseline in the middle of the mask's height."""
    face = fonts.face(hand.family, max(8, round(em)))
    cells = [_glyph(c, hand, fonts, face, em, rng) for c in text]
    lead = int(0.7 * em)
    high = int(2 * max(1.5 * em, *(c[0].shape[0] for c in cells)))
    wide = int(sum(c[1] for c in cells) * hand.tight + len(text) * hand.tremble * scale) + 2 * lead
    line = np.zeros((high, wide), np.float32)
    phase, x = rng.uniform(0, 6.3), float(lead)
    for n, (glyph, advance) in enumerate(cells):
        drift = hand.swing * scale * math.sin(phase + 3 * n / max(6, len(text)))
        y = high // 2 - glyph.shape[0] // 2 + round(drift + rng.gauss(0, hand.tremble * scale / 2))
        left = round(x) - glyph.shape[1] // 2 + round(advance / 2)
        top = max(0, y)
        into = line[top : y + glyph.shape[0], max(0, left) : left + glyph.shape[1]]
        part = glyph[top - y :, max(0, -left) :][: into.shape[0], : into.shape[1]]
        np.maximum(into, part, out=into)
        x += advance * hand.tight + rng.gauss(0, hand.tremble * scale / 2)
    line = _bent(line, scale, hand, rng)
    columns = np.flatnonzero(line.max(0) > 0.1)
    return line[:, columns[0] : columns[-1] + 1] if len(columns) else line[:, :1]


def _glyph(letter: str, hand: Hand, fonts: Fonts, face: ImageFont.FreeTypeFont, em: float,
           rng: random.Random) -> tuple[Mask, float]:  # fmt: skip
    """Return one letter, its baseline point in the middle of its square mask, and its advance."""
    side = int(2.6 * em) | 1
    advance = float(face.getlength(letter))
    if hand.real and letter in "0123456789":
        picture, advance = _real(letter, hand, fonts, em, side, rng)
    else:
        sheet = Image.new("L", (side, side))
        ImageDraw.Draw(sheet).text((side / 2 - advance / 2, side / 2), letter, font=face, fill=255,
                                   anchor="ls")  # fmt: skip
        picture = np.asarray(sheet, np.uint8)
    turn, size = rng.gauss(0, 0.035), rng.gauss(1, 0.05)
    cos, sin = math.cos(turn) * size, math.sin(turn) * size
    slant = hand.slant + rng.gauss(0, 0.03)
    middle = side / 2
    move = np.array([[cos, -sin - slant, 0], [sin, cos, 0]])
    move[:, 2] = middle - move[:, :2] @ (middle, middle)
    move = move.astype(np.float32)
    bent = cv2.warpAffine(picture, move, (side, side), flags=cv2.INTER_LINEAR)
    return bent.astype(np.float32) / 255, advance


def _real(digit: str, hand: Hand, fonts: Fonts, em: float, side: int,
          rng: random.Random) -> tuple[np.ndarray, float]:  # fmt: skip
    """Return a real person's *digit*, as high as a capital, standing on the baseline."""
    classes = fonts.digits(digit)
    raw = classes[rng.randrange(len(classes))]
    rows, columns = np.flatnonzero(raw.max(1) > 40), np.flatnonzero(raw.max(0) > 40)
    cut = raw[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    high = max(6, round(fonts.capital(hand.family) * em))
    wide = max(2, round(high * cut.shape[1] / cut.shape[0]))
    big = cv2.resize(cut, (wide, high), interpolation=cv2.INTER_CUBIC)
    big = np.clip((big.astype(np.float32) - 90) * 2.2, 0, 255).astype(np.uint8)
    thin = max(1, round(high * 0.02))
    big = cv2.erode(big, np.ones((thin, thin), np.uint8))
    picture = np.zeros((side, side), np.uint8)
    left = side // 2 - wide // 2
    picture[side // 2 - high : side // 2, left : left + wide] = big
    return picture, wide + 0.22 * high


def _bent(line: Mask, scale: float, hand: Hand, rng: random.Random) -> Mask:
    """Bend the strokes a little, thicken or thin them, and let the ink run unevenly."""
    high, wide = line.shape
    noise = np.random.default_rng(rng.randrange(2**32))
    grid = (max(2, int(wide / scale / 2)), max(2, int(high / scale / 2)))
    fields = [
        cv2.resize(noise.normal(0, 1, grid[::-1]).astype(np.float32), (wide, high),
                   interpolation=cv2.INTER_CUBIC)
        for _ in range(3)
    ]  # fmt: skip
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    stray = hand.tremble * scale
    line = cv2.remap(line, xs + fields[0] * stray, ys + fields[1] * stray, cv2.INTER_LINEAR)
    grow = hand.weight * scale
    if abs(grow) >= 0.5:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (round(abs(grow)) + 1,) * 2)
        line = (
            cv2.dilate(line, kernel)
            if grow > 0
            else np.maximum(cv2.erode(line, kernel), line * 0.5)
        )
    uneven = np.clip(1 - 0.22 * np.abs(fields[2]), 0.35, 1)
    if hand.ink == PENCIL:
        uneven = uneven * np.clip(noise.normal(0.85, 0.25, line.shape), 0.2, 1).astype(np.float32)
    return np.asarray(line * uneven * hand.strength, np.float32)
