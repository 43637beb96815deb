"""Sheets that are no order: other forms, an invoice, a letter, an empty page, nothing much."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from bench.scans import pen, wear
from bench.scans.fonts import Fonts
from bench.scans.sheet import Sheet
from bot.domain.forms import Box

_DPI = 300.0
_SIZE = (2480, 3508)
_LABELS = (
    "Förnamn", "Efternamn", "Personnummer", "Telefon", "E-postadress", "Datum", "Ort", "Kön",
    "Underskrift", "Namnförtydligande", "Vårdnadshavare 1", "Vårdnadshavare 2",
    "Önskad placering från", "Adress",
)  # fmt: skip
_WORDS = (
    "Hej, vi bekräftar härmed att avtalet gäller från den första i nästa månad. Hör gärna av er om "
    "något är oklart. Nyckeln lämnas i receptionen på plan två. Med vänlig hälsning"
)


def _empty(_fonts: Fonts, _rng: random.Random) -> Sheet:
    return Sheet(np.full((_SIZE[1], _SIZE[0], 3), 255, np.uint8), _DPI)


def _texts(fonts: Fonts, lines: list[tuple[float, float, float, str]], family: str) -> Sheet:
    """Return a sheet with *lines*: x and y (mm), size (pt), words."""
    picture = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(picture)
    for x, y, points, words in lines:
        face = fonts.face(family, round(points * _DPI / 72))
        draw.text((x * _DPI / 25.4, y * _DPI / 25.4), words, font=face, fill="black")
    return Sheet(np.array(picture), _DPI)


def _other_form(fonts: Fonts, rng: random.Random) -> Sheet:
    title = rng.choice(("Ansökan om plats i förskola", "Anmälan om bisyssla", "Ledighetsansökan"))
    labels = rng.sample(_LABELS, 12)
    spots = [(15 + 90 * (n % 2), 45 + 22 * (n // 2)) for n in range(12)]
    lines = [(15.0, 20.0, 16.0, title)]
    lines += [(x + 1.0, y + 0.5, 7.0, label) for (x, y), label in zip(spots, labels, strict=True)]
    sheet = _texts(fonts, lines, "pt-sans")
    hand = pen.a_hand(rng, fonts, "lower", "Anna Ek 0701740611")
    for x, y in spots:
        corners = [(x, y), (x + 90.0, y), (x + 90.0, y + 20.0), (x, y + 20.0), (x, y)]
        sheet.stroke(corners, 0.25, (0, 0, 0))
        if rng.random() < 0.6:
            words = rng.choice(("Anna Ek", "0701740611", "2026-11-20"))
            if fonts.draws(hand.family, words):
                pen.write_in(sheet, Box(x, y + 5.0, x + 90, y + 20.0), words, hand, fonts, rng)
    return sheet


def _invoice(fonts: Fonts, rng: random.Random) -> Sheet:
    lines = [
        (15.0, 15.0, 20.0, "FAKTURA"),
        (130.0, 18.0, 10.0, f"Fakturanr {rng.randint(10000, 99999)}"),
    ]
    for n in range(rng.randint(5, 14)):
        price = rng.randint(100, 9000)
        lines.append(
            (15.0, 70.0 + 8 * n, 10.0, f"{rng.randint(1, 9)} st   Artikel {rng.randint(100, 999)}")
        )
        lines.append((160.0, 70.0 + 8 * n, 10.0, f"{price},00 kr"))
    lines.append((130.0, 240.0, 12.0, f"Att betala {rng.randint(1000, 90000)},00 kr"))
    return _texts(fonts, lines, rng.choice(("carlito", "ubuntu", "courier-prime")))


def _letter(fonts: Fonts, rng: random.Random) -> Sheet:
    words = _WORDS.split()
    lines = [(25.0, 30.0, 11.0, "Järfälla den 20 november 2026")]
    lines += [
        (25.0, 50.0 + 7 * n, 11.0, " ".join(rng.choices(words, k=10)))
        for n in range(rng.randint(8, 25))
    ]
    return _texts(fonts, lines, rng.choice(("caladea", "pt-serif", "libre-baskerville")))


def _nothing(_fonts: Fonts, rng: random.Random) -> Sheet:
    tone = 128 + 40 * wear.clouds((_SIZE[1], _SIZE[0]), 300, rng)
    return Sheet(np.repeat(np.clip(tone, 0, 255).astype(np.uint8)[..., None], 3, axis=2), _DPI)


SHEETS: dict[str, Callable[[Fonts, random.Random], Sheet]] = {
    "blank_page": _empty, "wrong_form": _other_form, "invoice": _invoice, "letter": _letter,
    "nothing": _nothing,
}  # fmt: skip
