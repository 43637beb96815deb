"""Ticks and signatures as pens leave them. Lengths in mm."""

from __future__ import annotations

import random
from typing import Literal

import numpy as np

from bench.scans.fonts import FLOWING, Fonts
from bench.scans.orders import Order
from bench.scans.pen import PENCIL, Hand, write_in
from bench.scans.sheet import Ink, Sheet, curve
from bot.domain.forms import Box

Tick = Literal["cross", "check", "filled", "stroke", "blob"]
TICKS: tuple[Tick, ...] = ("cross", "check", "filled", "stroke", "blob")
_USUAL = (8, 5, 2, 2, 1)


def a_tick(rng: random.Random) -> Tick:
    """Return how somebody ticks."""
    return rng.choices(TICKS, _USUAL)[0]


def print_tick(sheet: Sheet, box: Box) -> None:
    """Draw the cross that a fillable form prints."""
    inset = 0.18 * (box.x1 - box.x0)
    x0, y0, x1, y1 = box.x0 + inset, box.y0 + inset, box.x1 - inset, box.y1 - inset
    for line in (((x0, y0), (x1, y1)), ((x0, y1), (x1, y0))):
        sheet.stroke(line, 0.32, (15, 15, 15))


def tick(sheet: Sheet, box: Box, kind: Tick, ink: Ink, rng: random.Random,
         strength: float = 1.0) -> None:  # fmt: skip
    """Tick *box* by pen, more or less inside it."""
    side = box.x1 - box.x0
    loose = rng.choice((0.05, 0.12, 0.25)) * side
    width = rng.uniform(0.3, 0.55)

    def at(x: float, y: float) -> tuple[float, float]:
        return (box.x0 + x * side + rng.gauss(0, loose / 2),
                box.y0 + y * (box.y1 - box.y0) + rng.gauss(0, loose / 2))  # fmt: skip

    match kind:
        case "cross":
            far = rng.uniform(-0.1, 0.2)
            lines = [[at(far, far), at(0.5, 0.5), at(1 - far, 1 - far)],
                     [at(far, 1 - far), at(0.5, 0.5), at(1 - far, far)]]  # fmt: skip
        case "check":
            lines = [[at(0.12, 0.5), at(0.4, 0.88), at(1.15, -0.2)]]
        case "filled":
            lines = [[at(x, 0.12 if n % 2 else 0.88) for n, x in
                      enumerate(np.linspace(0.12, 0.88, 11))]]  # fmt: skip
        case "stroke":
            lines = [[at(0.05, 0.95), at(0.5, 0.5), at(1.0, 0.0)]]
        case "blob":
            around = [(t, 0.3 * (1 - t / 18)) for t in np.linspace(0, 14, 26).tolist()]
            lines = [[at(0.5 + r * np.cos(t), 0.5 + r * np.sin(t)) for t, r in around]]
    for line in lines:
        sheet.stroke(curve(line, 5), width, ink, strength, 0.15)


def strike(sheet: Sheet, box: Box, ink: Ink, rng: random.Random) -> None:
    """Strike a tick out: strokes well beyond its square."""
    for _ in range(rng.choice((1, 2, 3))):
        y = (box.y0 + box.y1) / 2 + rng.uniform(-0.5, 0.5)
        line = [(box.x0 - rng.uniform(1, 2), y + rng.uniform(-0.4, 0.4)),
                ((box.x0 + box.x1) / 2, y),
                (box.x1 + rng.uniform(1, 2), y + rng.uniform(-0.4, 0.4))]  # fmt: skip
        sheet.stroke(curve(line, 5), 0.4, ink)


def sign(sheet: Sheet, box: Box, order: Order, hand: Hand, fonts: Fonts,
         rng: random.Random) -> None:  # fmt: skip
    """Sign in *box* as the *order* says: properly, hardly, or not at all."""
    inner = Box(box.x0 + 3, box.y0 + min(3.5, 0.25 * (box.y1 - box.y0)), box.x1 - 3, box.y1 - 0.8)
    name = str(order.values.get("manager_name") or "Bo Ek")
    match order.sign:
        case "none":
            return
        case "specks":
            for _ in range(rng.randint(1, 3)):
                x, y = rng.uniform(inner.x0, inner.x1), rng.uniform(inner.y0, inner.y1)
                sheet.stroke([(x, y), (x + 0.25, y + 0.1)], rng.uniform(0.15, 0.35), (70, 70, 70))
        case "intruder":
            x = rng.uniform(inner.x0 + 5, inner.x1 - 20)
            line = [(x, box.y0 - 6), (x + 2, box.y0 - 1), (x + 1, box.y0 + rng.uniform(1.0, 2.2)),
                    (x - 2, box.y0 + 0.5), (x - 1, box.y0 - 3)]  # fmt: skip
            sheet.stroke(curve(line), 0.4, hand.ink, hand.strength)
        case "name":
            able = [f for f in FLOWING if fonts.draws(f, name)]
            flowing = Hand(
                rng.choice(able), rng.uniform(4, 6), hand.ink, 1.0, 0.15, 0.1, 0.8, 0.95, 0.1
            )
            wide = min(inner.x1, inner.x0 + 80)
            write_in(sheet, Box(inner.x0, inner.y0, wide, inner.y1), name, flowing, fonts, rng)
        case "ink" | "initials" | "pencil":
            faint = order.sign == "pencil"
            ink = PENCIL if faint else hand.ink
            strength = rng.uniform(0.5, 0.75) if faint else rng.uniform(0.85, 1)
            _flourish(sheet, inner, ink, strength, rng, short=order.sign == "initials")


def _flourish(sheet: Sheet, box: Box, ink: Ink, strength: float, rng: random.Random, *,
              short: bool) -> None:  # fmt: skip
    """Draw a signature: a large initial, waves that die away, perhaps a line under it."""
    high = (box.y1 - box.y0) * rng.uniform(0.5, 0.9)
    wide = rng.uniform(8, 14) if short else min(rng.uniform(28, 60), box.x1 - box.x0)
    x0 = box.x0 + rng.uniform(0, max(0.1, min(60, box.x1 - box.x0 - wide)))
    base = box.y1 - rng.uniform(0.1, 0.3) * (box.y1 - box.y0)
    points = [(x0, base - 0.5 * high), (x0 + 0.08 * wide, base - high), (x0 + 0.1 * wide, base)]
    count = 3 if short else rng.randint(7, 14)
    for n in range(count):
        x = x0 + wide * (0.15 + 0.85 * n / count)
        reach = high * rng.uniform(0.15, 0.75) * (1 - 0.6 * n / count)
        loop = rng.uniform(-0.04, 0.05) * wide
        points += [
            (x + loop, base - reach),
            (x + 0.5 * wide / count, base - reach * rng.uniform(-0.3, 0.2)),
        ]
    width = rng.uniform(0.25, 0.55)
    sheet.stroke(curve(points), width, ink, strength, 0.3)
    if rng.random() < 0.4:
        y = base + 0.12 * high
        line = [
            (x0 + 0.2 * wide, y),
            (x0 + 0.6 * wide, y - 0.6),
            (x0 + wide, y + rng.uniform(-1, 1)),
        ]
        sheet.stroke(curve(line), width, ink, strength, 0.2)
