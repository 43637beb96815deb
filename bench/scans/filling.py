"""A blank filled in with an order: who wrote what, and how the values look on paper."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from bench.scans import marks, pen
from bench.scans.fonts import Fonts
from bench.scans.orders import Order
from bench.scans.pen import BLACK, BLUE, PENCIL, Fill, Hand
from bench.scans.sheet import Sheet, blank
from bot.domain.forms import Box
from parsers.forms.definition import Definition, TickSpec

FILLS: tuple[Fill, ...] = ("typed", "mixed", "caps", "lower", "digits")
_BY_PEN = frozenset({"signed_place", "signed_on"})  # in mixed
_LOWER = frozenset({"mail", "manager_mail"})
_AS_IS = frozenset({"hsa_id", "police_reference"})


def fill(
    form: Definition, order: Order, how: Fill, fonts: Fonts, rng: random.Random, dpi: float
) -> Sheet:
    """Return *form* filled with *order* as a page of *dpi*.

    Raises:
        ValueError: the form has no blank.
    """
    if form.blank is None:
        raise ValueError(f"{form.version}: no blank")
    sheet = blank(form.blank, dpi)
    texts = {
        spec.key: as_written(spec.key, str(order.values[spec.key]), how, rng)
        for spec in form.fields
        if order.values.get(spec.key)
    }
    whole = "".join(texts.values())
    hand = pen.a_hand(rng, fonts, how if how in ("lower", "digits") else "caps", whole)
    if how in ("typed", "mixed"):
        hand = replace(hand, ink=rng.choice((BLACK, BLUE)))
    machine = pen.a_type(rng, fonts, whole)
    for spec in form.fields:
        if spec.key not in texts:
            continue
        typed = how == "typed" or (how == "mixed" and spec.key not in _BY_PEN)
        if typed:
            pen.type_in(sheet, spec.value, texts[spec.key], machine, fonts)
        else:
            pen.write_in(sheet, spec.value, texts[spec.key], hand, fonts, rng)
    _tick_all(sheet, form, order, hand, rng, by_pen=how != "typed" and rng.random() < 0.9)
    marks.sign(sheet, form.signature.box, order, hand, fonts, rng)
    return sheet


def _tick_all(
    sheet: Sheet, form: Definition, order: Order, hand: Hand, rng: random.Random, *, by_pen: bool
) -> None:
    kind, faint = marks.a_tick(rng), rng.random() < 0.05
    ink, strength = (PENCIL, 0.7) if faint and by_pen else (hand.ink, hand.strength)
    odd = bool(order.twice or order.struck or order.beside)
    for spec in form.ticks:
        if spec.key == "action" and spec.value == order.struck:
            marks.tick(sheet, spec.box, "cross", ink, rng)
            marks.strike(sheet, spec.box, ink, rng)
        if not _ticked(spec, order):
            continue
        if spec.key == order.beside:
            marks.tick(sheet, _beside(spec.box, rng), "cross", ink, rng)
        elif by_pen or odd:
            one = marks.a_tick(rng) if rng.random() < 0.1 else kind
            marks.tick(sheet, spec.box, one, ink, rng, strength)
        else:
            marks.print_tick(sheet, spec.box)


def _ticked(spec: TickSpec, order: Order) -> bool:
    if spec.key == "action" and order.twice:
        return spec.value in order.twice
    value: Any = order.values.get(spec.key)
    if value is None or value is False:
        return False
    return spec.value in value if isinstance(value, list) else spec.value == value


def _beside(box: Box, rng: random.Random) -> Box:
    """Return where a tick stands that missed its square."""
    side = box.x1 - box.x0
    dx, dy = rng.choice(((-1.05, 0.1), (0.2, -0.95), (0.1, 1.0)))
    return Box(box.x0 + dx * side, box.y0 + dy * side, box.x1 + dx * side, box.y1 + dy * side)


def as_written(key: str, value: str, how: Fill, rng: random.Random) -> str:
    """Return *value* as people write it down."""
    if key == "person_id":
        return _number(value, rng)
    if key in ("phone", "manager_phone"):
        return _phone(value, rng)
    if key == "card_number":
        return " ".join(value[n : n + 4] for n in range(0, 16, 4)) if rng.random() < 0.7 else value
    if len(value) == 10 and value[4] == value[7] == "-" and value[:4].isdigit():
        return _day(value, rng)
    if how in ("caps", "digits") and key not in _AS_IS:
        return value if key in _LOWER and rng.random() < 0.7 else value.upper()
    return value


def _number(value: str, rng: random.Random) -> str:
    if len(value) != 12:
        return value
    ways = (
        f"{value[:8]}-{value[8:]}",
        value,
        f"{value[2:8]}-{value[8:]}",
        f"{value[:8]} {value[8:]}",
    )
    return rng.choices(ways, (6, 3, 3, 1))[0]


def _day(value: str, rng: random.Random) -> str:
    year, month, day = value.split("-")
    ways = (value, year + month + day, f"{int(day)}/{int(month)} {year}", f"{year}.{month}.{day}")
    return rng.choices(ways, (14, 4, 1, 1))[0]


def _phone(value: str, rng: random.Random) -> str:
    cut = 2 if value.startswith("08") else 3
    area, rest = value[:cut], value[cut:]
    spaced = f"{rest[:-4]} {rest[-4:-2]} {rest[-2:]}"
    ways = (f"{area}-{spaced}", value, f"+46 {area[1:]} {spaced}", f"{area}-{rest}")
    return rng.choices(ways, (6, 3, 1, 2))[0]
