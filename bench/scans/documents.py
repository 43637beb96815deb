"""Whole documents as they come in the mail, with their truth. Writes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from bench.scans import strangers
from bench.scans.captures import CAPTURES, Shot, photo, scan
from bench.scans.containers import packed, turned_by_file, with_words
from bench.scans.filling import FILLS, fill
from bench.scans.fonts import Fonts
from bench.scans.orders import DEFECTS, Order, an_order
from bench.scans.pen import Fill
from bench.scans.sheet import Sheet
from parsers.forms.definition import Definition

NOW = "2026-11-23T09:00:00+01:00"
MASTER = 300.0  # dpi at which sheets are written
_DEFECTIVE = 0.22
_FOREIGN = 0.3
Truth = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """A file's name, its bytes, and its line of the truth."""

    name: str
    content: bytes
    truth: Truth


@dataclass(frozen=True)
class Maker:
    """Makes documents of *ours* and *foreign* blanks with *fonts*."""

    fonts: Fonts
    ours: tuple[Definition, ...]
    foreign: tuple[Definition, ...]

    def make(self, stem: str, capture: str, how: Fill, rng: random.Random) -> Document:
        """Return a document; *capture* one of KINDS, *stem* begins its name."""
        make = _SPECIAL.get(capture, _plain)
        made = make(self, capture, how, rng)
        name = f"{stem}-{capture}-{made.truth['fill']}.{made.name}"
        return replace(made, name=name, truth={"file": name} | made.truth | {"now": NOW})

    def form(self, rng: random.Random) -> Definition:
        """Return a blank, mostly one of ours."""
        return rng.choice(self.foreign if self.foreign and rng.random() < _FOREIGN else self.ours)

    def sheet(self, form: Definition, order: Order, how: Fill, rng: random.Random) -> Sheet:
        """Return *form* filled in."""
        return fill(form, order, how, self.fonts, rng, MASTER)


def _order(rng: random.Random) -> Order:
    return an_order(rng, rng.choice(DEFECTS) if rng.random() < _DEFECTIVE else None)


def _told(order: Order) -> Truth:
    told: Truth = {"fields": order.truth(), "signed": order.signed, "verdict": order.verdict,
                   "problem_fields": order.problems}  # fmt: skip
    if order.also:
        told["also"] = order.also
    if order.defect:
        told["defect"] = order.defect
    return told


def _about(form: Definition, capture: str, how: str, shot: Shot | None = None) -> Truth:
    about: Truth = {"layout": form.version or "", "capture": capture, "fill": how}
    return about | ({"note": shot.note} if shot is not None and shot.note else {})


def _plain(maker: Maker, capture: str, how: Fill, rng: random.Random) -> Document:
    form, order = maker.form(rng), _order(rng)
    shot = CAPTURES[capture](maker.sheet(form, order, how, rng), rng)
    kind = rng.choice(shot.containers)
    content = packed([shot], kind)
    if kind == "pdf" and capture == "rotated" and rng.random() < 0.5:
        content = turned_by_file(content, rng.choice((1, 2, 3)))
    return Document(kind, content, _about(form, capture, how, shot) | _told(order))


def _ocrlayer(maker: Maker, capture: str, how: Fill, rng: random.Random) -> Document:
    form, order = maker.form(rng), _order(rng)
    shot = CAPTURES["scan200"](maker.sheet(form, order, how, rng), rng)
    content = with_words(packed([shot], "pdf"), form, order.values, rng)
    truth = _about(form, capture, how) | _told(order) | {"note": "hidden text layer with errors"}
    return Document("pdf", content, truth)


def _multi(maker: Maker, capture: str, how: Fill, rng: random.Random) -> Document:
    """Scan two or three forms at once, with empty backs between them."""
    form, take = maker.form(rng), CAPTURES[rng.choice(("scan200", "scan150", "scan300", "fax"))]
    shots: list[Shot] = []
    forms: list[Truth] = []
    for _ in range(rng.choice((2, 2, 3))):
        order = _order(rng)
        shots.append(take(maker.sheet(form, order, how, rng), rng))
        forms.append({"pages": [len(shots)]} | _told(order))
        if rng.random() < 0.6:
            shots.append(take(_empty(), rng))
    kind = "tif" if shots[0].bilevel else rng.choice(("pdf", "tif"))
    truth = _about(form, capture, how, shots[0]) | {"forms": len(forms), "list": forms}
    return Document(kind, packed(shots, kind), truth)


def _spread(maker: Maker, capture: str, how: Fill, rng: random.Random) -> Document:
    """Photograph two sheets side by side."""
    form, orders = maker.form(rng), [_order(rng), _order(rng)]
    pages = [maker.sheet(form, o, how, rng).pixels for o in orders]
    gap = np.full((pages[0].shape[0], round(MASTER / 4), 3), 70, np.uint8)
    both = cv2.resize(np.hstack([pages[0], gap, pages[1]]), None, fx=0.75, fy=0.75,
                      interpolation=cv2.INTER_AREA)  # fmt: skip
    shot = photo(Sheet(np.asarray(both, np.uint8), MASTER * 0.75), rng)
    forms = [{"pages": [1]} | _told(o) | {"also": ["ask"]} for o in orders]
    truth = _about(form, capture, how, shot) | {"forms": 2, "list": forms}
    return Document("jpg", packed([shot], "jpg"), truth)


def _half(maker: Maker, capture: str, how: Fill, rng: random.Random) -> Document:
    """Scan a part of a sheet: what stands on the rest is not on the picture."""
    form, order = maker.form(rng), _order(rng)
    sheet = maker.sheet(form, order, how, rng)
    cut = round(rng.uniform(0.4, 0.75) * form.height, 1)
    upper = rng.random() < 0.6
    seen = (0.0, cut) if upper else (form.height - cut, form.height)
    rows = [round(y * sheet.scale) for y in seen]
    shot = scan(200, skew=0.5, clean=True)(Sheet(sheet.pixels[rows[0] : rows[1]], sheet.dpi), rng)
    told = _told(order)
    for spec in (*form.fields, *form.ticks):
        box = spec.box if hasattr(spec, "box") else spec.cell
        if box.y0 < seen[0] + 2 or box.y1 > seen[1] - 2:
            blank = told["fields"][spec.key]
            told["fields"][spec.key] = {bool: False, list: []}.get(type(blank))  # type: ignore[call-overload]
    box = form.signature.box
    told["signed"] = None if box.y0 < seen[0] + 2 or box.y1 > seen[1] - 2 else order.signed
    told |= {"verdict": "ask", "also": ["reject"], "problem_fields": [], "defect": "half"}
    note = f"{'upper' if upper else 'lower'} {cut:.0f} mm of the sheet"
    return Document(
        "pdf", packed([shot], "pdf"), _about(form, capture, how) | told | {"note": note}
    )


def _stranger(maker: Maker, capture: str, _how: Fill, rng: random.Random) -> Document:
    """Capture something that is no order."""
    name = rng.choice(sorted(strangers.SHEETS))
    sheet = strangers.SHEETS[name](maker.fonts, rng)
    shot = CAPTURES[rng.choice(("scan200", "scan300", "fax", "photo"))](sheet, rng)
    kind = rng.choice(shot.containers)
    truth: Truth = {"layout": "-", "capture": capture, "fill": name, "defect": name, "fields": {},
                    "signed": None, "verdict": "reject", "problem_fields": []}  # fmt: skip
    return Document(kind, packed([shot], kind), truth)


def _empty() -> Sheet:
    return Sheet(np.full((3508, 2480, 3), 255, np.uint8), MASTER)


_SPECIAL: dict[str, Callable[[Maker, str, Fill, random.Random], Document]] = {
    "ocrlayer": _ocrlayer, "multi": _multi, "spread": _spread, "half": _half, "file": _stranger,
}  # fmt: skip
KINDS = (*CAPTURES, *_SPECIAL)


def plan(count: int, captures: Sequence[str], fills: Sequence[Fill]) -> list[tuple[str, Fill]]:
    """Return the capture and fill of each of *count* documents: every pair comes in turn."""
    wanted, by = captures or KINDS, fills or FILLS
    return [(wanted[n % len(wanted)], by[(n + n // len(wanted)) % len(by)]) for n in range(count)]
