"""Policies side by side as a picture: grouped bars, SVG without any program to draw it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

COLOURS = ("#173a64", "#b4531a", "#2c7a4b", "#7a3b8f", "#5b6570")
WIDE, BAR, GAP, LABEL, TOP = 860, 18, 16, 250, 64
_FONT = 'font-family="Segoe UI, Arial, sans-serif"'


@dataclass(frozen=True, slots=True)
class Bars:
    """One measure and its value under each policy."""

    label: str
    values: tuple[float, ...]
    unit: str = ""


def drawn(title: str, policies: Sequence[str], groups: Sequence[Bars]) -> str:
    """Return an SVG: a group of bars for each measure, each scaled to its own greatest value."""
    high = len(policies) * BAR + GAP
    parts = [_text(20, 30, title, 18, bold=True)]
    for n, name in enumerate(policies):
        x = 20 + n * 210
        parts.append(f'<rect x="{x}" y="42" width="12" height="12" fill="{_colour(n)}"/>')
        parts.append(_text(x + 18, 53, name[:28], 13))
    for row, group in enumerate(groups):
        top = TOP + row * high
        parts.append(_text(20, top + high / 2 - 2, group.label, 13))
        most = max((*group.values, 0.0)) or 1.0
        for n, value in enumerate(group.values):
            long = (WIDE - LABEL - 110) * value / most
            y = top + n * BAR
            parts.append(
                f'<rect x="{LABEL}" y="{y:.1f}" width="{long:.1f}" height="{BAR - 4}" '
                f'fill="{_colour(n)}"/>'
            )
            parts.append(_text(LABEL + long + 6, y + 12, said(group, value), 12))
    tall = TOP + len(groups) * high + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{tall}" '
        f'viewBox="0 0 {WIDE} {tall}" role="img" aria-label="{escape(title)}">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def said(group: Bars, value: float) -> str:
    """Return a value of *group* as the picture says it."""
    return f"{value:g}{' ' + group.unit if group.unit else ''}"


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def _text(x: float, y: float, words: str, size: int, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" {_FONT} font-size="{size}" fill="#1f2a37"{weight}>'
        f"{escape(words)}</text>"
    )
