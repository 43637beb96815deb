"""Policies side by side as a PNG: the picture that ``charts`` draws, for programs without SVG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.rehearsal.charts import BAR, COLOURS, GAP, LABEL, TOP, WIDE, Bars, said

_INK, _PAPER = "#1f2a37", "#ffffff"
_SCALE = 2  # pixels for each unit of the SVG
_FONTS = Path(__file__).parents[1] / "adapters" / "blank" / "fonts"


def painted(title: str, policies: Sequence[str], groups: Sequence[Bars]) -> bytes:
    """Return a PNG: a group of bars for each measure, each scaled to its own greatest value."""
    high = len(policies) * BAR + GAP
    tall = TOP + len(groups) * high + 10
    picture = Image.new("RGB", (WIDE * _SCALE, tall * _SCALE), _PAPER)
    pen = ImageDraw.Draw(picture)
    _words(pen, 20, 16, title, 17, bold=True)
    for n, name in enumerate(policies):
        x = 20 + n * 210
        _box(pen, x, 42, 12, 12, n)
        _words(pen, x + 18, 41, name[:28], 12)
    for row, group in enumerate(groups):
        top = TOP + row * high
        _words(pen, 20, top + high / 2 - 14, group.label, 12)
        most = max((*group.values, 0.0)) or 1.0
        for n, value in enumerate(group.values):
            long = (WIDE - LABEL - 110) * value / most
            _box(pen, LABEL, top + n * BAR, long, BAR - 4, n)
            _words(pen, LABEL + long + 6, top + n * BAR, said(group, value), 11)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _box(
    pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float, place: int
) -> None:
    if wide > 0:
        area = (x * _SCALE, y * _SCALE, (x + wide) * _SCALE, (y + high) * _SCALE)
        pen.rectangle(area, fill=COLOURS[place % len(COLOURS)])


def _words(
    pen: ImageDraw.ImageDraw, x: float, y: float, words: str, size: int, *, bold: bool = False
) -> None:
    file = _FONTS / f"DejaVuSans{'-Bold' if bold else ''}-Latin.ttf"
    font = ImageFont.truetype(file, size * _SCALE)
    pen.text((x * _SCALE, y * _SCALE), words, font=font, fill=_INK)
