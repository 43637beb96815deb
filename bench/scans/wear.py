"""What happens to paper and light: grain, tone, toner, dirt, coffee, stamps, folds, shadows."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from bench.scans.sheet import Mask, Pixels, Sheet, curve

Floats = npt.NDArray[np.float32]


def noisy(page: Pixels, amount: float, rng: random.Random) -> Pixels:
    """Add grain with the standard deviation *amount*."""
    cv2.setRNGSeed(rng.randrange(2**31))
    grain = np.empty(page.shape[:2], np.int16)
    cv2.randn(grain, 0, amount)
    if page.ndim == 3:
        grain = cv2.merge([grain] * 3)
    return np.asarray(cv2.add(page, grain, dtype=cv2.CV_8U), np.uint8)


def toned(page: Pixels, black: float, paper: float) -> Pixels:
    """Map black and white to the greys *black* and *paper*."""
    table = np.linspace(black, paper, 256).round().astype(np.uint8)
    return np.asarray(cv2.LUT(page, table), np.uint8)


def clouds(shape: tuple[int, int], cell: float, rng: random.Random) -> Floats:
    """Return smooth noise of about unit strength whose lumps are *cell* px large."""
    noise = np.random.default_rng(rng.randrange(2**32))
    grid = [max(2, int(n / cell)) for n in shape]
    small = noise.normal(0, 1, grid).astype(np.float32)
    return np.asarray(cv2.resize(small, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def maps(back: npt.NDArray[Any], frame: tuple[int, int], curl: float) -> tuple[Floats, Floats]:
    """Return where each px of *frame* (wide, high) lies on the sheet; *curl* px of bend."""
    step = 32
    xs, ys = np.meshgrid(np.arange(0, frame[0] + step, step), np.arange(0, frame[1] + step, step))
    grid = np.stack([xs, ys], -1).astype(np.float32).reshape(-1, 1, 2)
    at = cv2.perspectiveTransform(grid, back).reshape(*xs.shape, 2)
    at[..., 1] += curl * np.sin(at[..., 0] / max(1.0, float(at[..., 0].max())) * 3.1)
    size = (at.shape[1] * step, at.shape[0] * step)
    big = cv2.warpAffine(at.astype(np.float32), np.array([[step, 0, 0], [0, step, 0]], np.float32),
                         size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    cut = big[: frame[1], : frame[0]]
    return np.ascontiguousarray(cut[..., 0]), np.ascontiguousarray(cut[..., 1])


def table(frame: tuple[int, int], rng: random.Random) -> Pixels:
    """Return a table top: wood, cloth or plain."""
    wide, high = frame
    base = np.array(
        rng.choice(((92, 66, 44), (60, 60, 64), (150, 130, 105), (190, 190, 186))), np.float32
    )
    grain = (
        clouds((high // 4, 30), 2, rng)
        if rng.random() < 0.5
        else clouds((high // 4, wide // 4), 2, rng)
    )
    tone = cv2.resize(grain, (wide, high))
    return np.clip(base + tone[..., None] * rng.uniform(3, 12), 0, 255).astype(np.uint8)


def lit(shot: Pixels, rng: random.Random) -> Pixels:
    """Light a photo unevenly, with the soft edge of a shadow over a part of it."""
    high, wide = shot.shape[:2]
    ys, xs = np.mgrid[0:64, 0:64].astype(np.float32) / 64
    turn = rng.uniform(0, 6.28)
    along = xs * np.cos(turn) + ys * np.sin(turn)
    light = rng.uniform(0.82, 1.0) - rng.uniform(0.05, 0.25) * (along - along.min())
    if rng.random() < 0.7:
        edge = rng.uniform(0.25, 0.8) * (along.max() - along.min()) + along.min()
        soft = rng.uniform(0.02, 0.08)
        light -= rng.uniform(0.1, 0.4) / (1 + np.exp(-(along - edge) / soft))
    light *= rng.uniform(0.8, 1.0) / float(np.percentile(light, 80))  # the camera exposes for it
    big = cv2.resize(light.astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC)
    warm = np.array((1.0, rng.uniform(0.94, 1), rng.uniform(0.84, 1)), np.float32)
    big3 = cv2.merge([big * w for w in warm.tolist()])
    return np.asarray(cv2.multiply(shot, big3, dtype=cv2.CV_8U), np.uint8)


def faded(sheet: Sheet, rng: random.Random) -> Pixels:
    """Return the sheet with little toner: pale in places, speckled, streaked."""
    high, wide = sheet.pixels.shape[:2]
    cover = np.clip(0.78 + 0.15 * clouds((high, wide), 60 * sheet.scale, rng), 0.45, 1)
    cover *= np.clip(1 - 0.12 * np.abs(clouds((high, wide), 3, rng)), 0.3, 1)
    for _ in range(rng.randint(0, 3)):
        x, w = rng.randrange(wide), int(rng.uniform(0.5, 3) * sheet.scale)
        cover[:, x : x + w] *= rng.uniform(0.45, 0.8)
    ink = (255 - cv2.cvtColor(sheet.pixels, cv2.COLOR_RGB2GRAY)).astype(np.float32) * cover
    return cv2.cvtColor(np.clip(255 - ink, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2RGB)


def dirty(page: Pixels, dpi: float, rng: random.Random) -> Pixels:
    """Add a bad copier's dirt: dark bands, spots, edges in shade."""
    high, wide = page.shape[:2]
    scale = dpi / 25.4
    dirt = np.zeros((high, wide), np.float32)
    for _ in range(rng.randint(0, 3)):
        x, w = rng.randrange(wide), max(1, int(rng.uniform(0.2, 4) * scale))
        dirt[:, x : x + w] += rng.uniform(8, 60)
    noise = np.random.default_rng(rng.randrange(2**32))
    for _ in range(rng.randint(10, 120)):
        at = (int(noise.integers(wide)), int(noise.integers(high)))
        cv2.circle(
            dirt,
            at,
            max(1, int(noise.uniform(0.05, 0.3) * scale)),
            float(noise.uniform(40, 180)),
            -1,
        )
    if rng.random() < 0.5:
        rim = int(rng.uniform(4, 20) * scale)
        dirt[:, :rim] += np.linspace(rng.uniform(30, 120), 0, rim, dtype=np.float32)
    dirt += np.abs(clouds((high, wide), 2, rng)) * rng.uniform(1, 6)
    return np.clip(page.astype(np.float32) - dirt, 0, 255).astype(np.uint8)


def _coffee(sheet: Sheet, rng: random.Random) -> None:
    radius = rng.uniform(30, 44) * sheet.scale
    side = int(2.4 * radius)
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) - side / 2
    away = np.hypot(xs, ys) + clouds((side, side), side / 6, rng) * radius * 0.02
    ring = np.exp(-(((away - radius) / (0.035 * radius)) ** 2)) * (
        0.7 + 0.3 * clouds((side, side), side / 5, rng)
    )
    mask: Mask = np.clip(ring * 0.6 + (away < radius) * 0.08, 0, 0.7).astype(np.float32)
    high, wide = sheet.pixels.shape[:2]
    sheet.lay(
        mask,
        rng.randint(-side // 3, wide - side // 2),
        rng.randint(0, high - side // 2),
        (150, 105, 60),
    )


def _stamp(sheet: Sheet, rng: random.Random) -> None:
    scale = sheet.scale
    wide, high = int(52 * scale), int(20 * scale)
    mask = np.zeros((high, wide), np.uint8)
    rim = int(scale)
    cv2.rectangle(mask, (rim, rim), (wide - rim, high - rim), 255, max(1, int(0.7 * scale)))
    for row, words in enumerate(("JARFALLA KOMMUN", f"INKOM 2026-11-{rng.randint(10, 23)}")):
        at = (int(4 * scale), int((8 + 7 * row) * scale))
        cv2.putText(
            mask,
            words,
            at,
            cv2.FONT_HERSHEY_DUPLEX,
            0.16 * scale,
            255,
            max(1, int(0.3 * scale)),
            cv2.LINE_AA,
        )
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.uniform(-8, 8), 1)
    worn = cv2.warpAffine(mask, turn, (wide, high)).astype(np.float32) / 255
    worn *= np.clip(0.75 + 0.25 * clouds((high, wide), scale, rng), 0.1, 1)
    x, y = rng.choice(
        ((120, 3), (130, 262), (15, 265), (rng.uniform(20, 130), rng.uniform(30, 230)))
    )
    ink = rng.choice(((170, 30, 40), (40, 40, 150), (40, 40, 40)))
    sheet.lay(worn, int(x * scale), int(y * scale), ink)


def _fold(sheet: Sheet, rng: random.Random) -> None:
    high, wide = sheet.pixels.shape[:2]
    for place in rng.choice(((0.5,), (0.333, 0.667))):
        y = int((place + rng.uniform(-0.01, 0.01)) * high)
        reach = int(3 * sheet.scale)
        mask = np.zeros((2 * reach, wide), np.float32)
        mask[:reach] = np.linspace(0, rng.uniform(0.08, 0.2), reach)[:, None]
        mask[reach - 1 : reach + 1] = rng.uniform(0.15, 0.4)
        sheet.lay(mask, 0, y - reach, (60, 60, 60))
        sheet.pixels[y + 1 : y + 3] = 255 - (255 - sheet.pixels[y + 1 : y + 3]) // 3  # toner cracks


def _holes(sheet: Sheet, rng: random.Random) -> None:
    high, scale = sheet.pixels.shape[0], sheet.scale
    x = int(rng.uniform(9, 12) * scale)
    for offset in (-40, 40):  # ISO 838, 80 mm apart
        at = (x, int(high / 2 + offset * scale))
        cv2.circle(
            sheet.pixels,
            at,
            int(3 * scale),
            rng.choice(((35, 35, 35), (250, 250, 250))),
            -1,
            cv2.LINE_AA,
        )
        cv2.circle(sheet.pixels, at, int(3 * scale), (120, 120, 120), 1, cv2.LINE_AA)


def _staple(sheet: Sheet, rng: random.Random) -> None:
    x, y = rng.uniform(8, 16), rng.uniform(6, 14)
    sheet.stroke([(x, y), (x + 8, y - 6)], 0.5, (90, 90, 95))
    sheet.stroke([(x + 0.5, y + 0.6), (x + 8.5, y - 5.4)], 0.4, (190, 190, 190))


def _scribble(sheet: Sheet, rng: random.Random) -> None:
    """Note something in the margin, as clerks do."""
    y = rng.uniform(287, 292)
    points = [(rng.uniform(0, 2) + 60 + 4 * n, y + rng.uniform(-1.5, 1.5)) for n in range(12)]
    sheet.stroke(curve(points), 0.4, (34, 48, 138), 0.9)


Stain = Callable[[Sheet, random.Random], None]
STAINS: dict[str, Stain] = {
    "coffee": _coffee, "stamp": _stamp, "fold": _fold, "holes": _holes, "staple": _staple,
    "scribble": _scribble,
}  # fmt: skip
