"""Receipts of loans, printed and signed by pen. Holds no test. Everybody is invented."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pikepdf

from bot.adapters.receipt import layout
from bot.adapters.receipt.write import write_receipt
from bot.domain.forms import Box
from bot.domain.receipts import mark
from bot.ports.documents import ReceiptFacts
from tests.paper import MM, saved

Line = Sequence[tuple[float, float]]  # mm
SIGN = layout.SIGN
FACTS = ReceiptFacts(
    office="Lokala EK i Järfälla kommun", mail="lokala.ek@jarfalla.example",
    phone="08-465 004 10", holder="Åsa-Märta Öberg Fjällström",
    unit="Hemtjänsten Jakobsberg (norra)", number="9752 2690 1234 5678", loa=3,
    id_kind="nationellt id-kort", handed_out=date(2026, 11, 24), due=date(2027, 2, 24),
    handle="C-17", mark=mark(17, "9752269012345678|2026-11-24|R-5"),
)  # fmt: skip


def facts(card: int = 17, **other: object) -> ReceiptFacts:
    """Return what the receipt of *card* says."""
    own = mark(card, f"9752269012345678|2026-11-24|R-{card}")
    return replace(FACTS, handle=f"C-{card}", mark=own, **other)  # type: ignore[arg-type]


def signed(*lines: Line, of: ReceiptFacts = FACTS, width: float = 0.4, grey: float = 0.1) -> bytes:
    """Return the receipt with *lines* drawn on it by pen, a usual signature where none is given."""
    return drawn_on(write_receipt(of), lines or (signature(),), width=width, grey=grey)


def signature(x: float = 40, wide: float = 50, high: float = 14, seed: int = 1) -> Line:
    """Return a pen's way: a tall first letter and waves that die away."""
    random = np.random.default_rng(seed)
    base, swing = (SIGN.y0 + SIGN.y1) / 2 + high / 3, random.uniform(5.5, 7.5)
    steps = np.linspace(0, 1, 160)
    return [
        (
            x + wide * t + 1.2 * math.sin(2 * swing * math.pi * t),
            base - high * (1 - 0.75 * t) * (0.5 - 0.5 * math.cos(2 * swing * math.pi * t)),
        )
        for t in steps.tolist()
    ]


def drawn_on(
    content: bytes, lines: Iterable[Line], *, width: float = 0.4, grey: float = 0.1
) -> bytes:
    """Return *content* with *lines* drawn on its first page, *width* mm wide."""
    ops = [f"q {grey} G {width * MM:.2f} w 1 J 1 j"]
    for line in lines:
        for n, (x, y) in enumerate(line):
            ops.append(f"{x * MM:.2f} {(layout.HEIGHT - y) * MM:.2f} {'l' if n else 'm'}")
        ops.append("S")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].contents_add(pdf.make_stream("\n".join([*ops, "Q"]).encode()))
        return saved(pdf)


def covered(page: np.ndarray, boxes: Iterable[Box], *, dpi: float = 200) -> np.ndarray:
    """Return *page* with white paper over *boxes* and a little around them."""
    page, step = page.copy(), dpi / 25.4
    for box in boxes:
        y0, y1, x0, x1 = (round(v * step) for v in (box.y0, box.y1, box.x0, box.x1))
        page[max(0, y0 - 9) : y1 + 9, max(0, x0 - 9) : x1 + 9] = 255
    return page
