"""Small pictures in lines, on a square of 24 units from its upper left corner. Knows no text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from bot.adapters.blank.pen import Colour
from bot.adapters.documents.sheet import Sheets
from bot.domain.forms import Box

UNITS: Final = 24.0
_LINE = 1.7  # units
Shape = tuple[str, tuple[float, ...]]

# line: points x y …; shape: the same, closed and filled; rect: x y wide high radius;
# ring, dot: x y radius; arc: x y radius, from and length in degrees, clockwise from the right
PICTOGRAMS: Final[Mapping[str, tuple[Shape, ...]]] = {
    "calendar": (
        ("rect", (3, 5, 18, 16, 2)), ("line", (3, 10, 21, 10)), ("line", (8, 2.5, 8, 7)),
        ("line", (16, 2.5, 16, 7)), ("line", (8, 15.3, 11, 18, 16.3, 12.9)),
    ),
    "camera": (
        ("rect", (2, 7, 20, 14, 2.4)), ("line", (7.5, 7, 9.2, 3.8, 14.8, 3.8, 16.5, 7)),
        ("ring", (12, 13.8, 4.1)), ("dot", (18.6, 10.4, 1)),
    ),
    "envelope": (
        ("rect", (2, 5, 20, 14.5, 2)), ("line", (2.8, 6.4, 12, 13.6, 21.2, 6.4)),
    ),
    "activate": (
        ("line", (11.5, 18.5, 4, 18.5, 2.6, 17.8, 2, 16.5, 2, 6.5, 2.6, 5.2, 4, 4.5,
                  20, 4.5, 21.4, 5.2, 22, 6.5, 22, 10.5)),
        ("ring", (7.3, 9.6, 1.9)), ("arc", (7.3, 15.4, 3.1, 180, 180)),
        ("line", (13, 8.8, 18, 8.8)),
        ("line", (13.6, 17.6, 16.6, 20.6, 22.2, 14.6)),
    ),
    "computer": (
        ("rect", (3.5, 3.5, 17, 12, 1.6)), ("line", (1.5, 20, 22.5, 20)),
        ("line", (8.6, 9.6, 11, 12, 15.6, 7.3)),
    ),
    "warning": (
        ("line", (12, 3, 22.3, 20.6, 1.7, 20.6, 12, 3, 12.6, 4)), ("line", (12, 9.4, 12, 14.4)),
        ("dot", (12, 17.5, 1.25)),
    ),
    "lock": (
        ("rect", (4.5, 10.5, 15, 11, 1.8)), ("arc", (12, 8, 4.6, 180, 180)),
        ("line", (7.4, 8, 7.4, 10.5)), ("line", (16.6, 8, 16.6, 10.5)),
        ("dot", (12, 15, 1.5)), ("line", (12, 15, 12, 18)),
    ),
    "scissors": (
        ("ring", (5.5, 6, 3)), ("ring", (5.5, 18, 3)), ("line", (8.1, 7.6, 21.5, 17.6)),
        ("line", (8.1, 16.4, 21.5, 6.4)),
    ),
    "clock": (
        ("ring", (12, 12, 9.5)), ("line", (12, 6.2, 12, 12, 16, 14.6)),
    ),
    "card": (
        ("rect", (1.5, 4.5, 21, 15, 1.8)), ("ring", (7.2, 9.8, 2)),
        ("arc", (7.2, 16, 3.4, 180, 180)), ("line", (13.4, 9, 19.4, 9)),
        ("line", (13.4, 12.2, 19.4, 12.2)), ("line", (13.4, 15.4, 17, 15.4)),
    ),
}  # fmt: skip


def draw_pictogram(sheets: Sheets, name: str, box: Box, colour: Colour) -> None:
    """Draw the pictogram *name* into the square *box*.

    Raises:
        KeyError: there is no such pictogram.
    """
    with sheets.scaled(box, UNITS) as canvas:
        canvas.setStrokeColorRGB(*colour)
        canvas.setFillColorRGB(*colour)
        canvas.setLineWidth(_LINE)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for kind, numbers in PICTOGRAMS[name]:
            _draw(canvas, kind, numbers)


def _draw(canvas: Canvas, kind: str, n: tuple[float, ...]) -> None:
    if kind == "rect":
        canvas.roundRect(n[0], n[1], n[2], n[3], n[4], stroke=1, fill=0)
    elif kind in {"ring", "dot"}:
        dot = kind == "dot"
        canvas.circle(n[0], n[1], n[2], stroke=int(not dot), fill=int(dot))
    elif kind == "arc":
        canvas.arc(n[0] - n[2], n[1] - n[2], n[0] + n[2], n[1] + n[2], n[3], n[4])
    else:
        path = canvas.beginPath()
        path.moveTo(n[0], n[1])
        for at in range(2, len(n), 2):
            path.lineTo(n[at], n[at + 1])
        canvas.drawPath(path, stroke=1, fill=0)
