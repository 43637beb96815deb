"""A pen that draws in mm from the upper left corner and marks every text. Knows no form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.domain.forms import Box

MM = 72 / 25.4  # points
PLAIN, BOLD = "EKBlank", "EKBlank-Bold"
NARROW = 0.88  # Vera is a wide face; narrowed, it has the measure of the type it replaces
_FACES = ((PLAIN, "Vera.ttf"), (BOLD, "VeraBd.ttf"))  # Bitstream Vera, packaged with ReportLab
_SMALLEST = 4.0  # points; a text that needs less runs over its box
_STEP = 0.1
_ASCENT, _DESCENT = 0.76, 0.236  # of Vera's letters with and without ring or dots, per em

for _name, _file in _FACES:
    registerFont(TTFont(_name, _file))

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: face, size in points, colour."""

    face: str
    size: float
    colour: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Printed:
    """Words on the page and the box around them: ascenders to descenders, in mm."""

    words: str
    box: Box


class Pen:
    """Draws on one page; each ``text`` is a mark of its own, numbered from 0 in drawing order."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas = canvas
        self._height = height
        self._marks = 0
        self.printed: list[Printed] = []  # single lines of ``text`` only

    def text(self, tag: str, words: str, at: tuple[float, float], style: Style) -> int:
        """Write *words* from the baseline point *at* as content tagged *tag*; return its mark."""
        mark = self._begin(tag)
        self._write(words, at, style)
        self._canvas.addLiteral("EMC")
        em = style.size / MM
        x, baseline = at
        right = x + self.width(words, style)
        around = Box(x, baseline - _ASCENT * em, right, baseline + _DESCENT * em)
        self.printed.append(Printed(words, around))
        return mark

    def block(self, tag: str, words: str, box: Box, style: Style) -> int:
        """Write *words* in lines that fill *box*, smaller if they need it; return the mark."""
        size = style.size
        while size > _SMALLEST and _needs(words, box, style.face, size) > box.y1 - box.y0:
            size -= _STEP
        fitted = Style(style.face, size, style.colour)
        mark = self._begin(tag)
        for line, words_of_line in enumerate(_split(words, box, style.face, size)):
            self._write(words_of_line, (box.x0, box.y0 + _leading(size) * (line + 0.8)), fitted)
        self._canvas.addLiteral("EMC")
        return mark

    def fitted(self, words: str, style: Style, width: float) -> Style:
        """Return *style*, smaller where *words* would be wider than *width* mm."""
        size = style.size
        while size > _SMALLEST and self.width(words, Style(style.face, size)) > width:
            size -= _STEP
        return Style(style.face, size, style.colour)

    def width(self, words: str, style: Style) -> float:
        """Return how wide *words* stand, in mm."""
        return float(stringWidth(words, style.face, style.size)) * NARROW / MM

    def decorate(self, kind: str = "/Artifact BMC") -> None:
        """Begin drawing what a screen reader passes over; ``finish`` ends it."""
        self._canvas.addLiteral(kind)

    def finish(self) -> None:
        """End what ``decorate`` or ``figure`` began."""
        self._canvas.addLiteral("EMC")

    def figure(self) -> int:
        """Begin drawing a figure; return its mark."""
        return self._begin("Figure")

    def ruled(self, box: Box, *, fill: Colour | None = None, width: float = 0.5) -> None:
        """Rule *box* with a line of *width* points, on a ground of *fill*."""
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColorRGB(*((0.0, 0.0, 0.0) if width > _HAIR else (0.25, 0.25, 0.25)))
        if fill is not None:
            self._canvas.setFillColorRGB(*fill)
        self._canvas.rect(*self._place(box), stroke=1, fill=int(fill is not None))

    def filled(self, boxes: Iterable[Box], colour: Colour) -> None:
        """Fill *boxes* as one shape, so that no hairline shows between neighbours."""
        path = self._canvas.beginPath()
        for box in boxes:
            path.rect(*self._place(box))
        self._canvas.setFillColorRGB(*colour)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def plain(self, words: str, at: tuple[float, float], style: Style) -> None:
        """Write *words* without a mark: inside ``decorate`` only."""
        self._write(words, at, style)

    def _begin(self, tag: str) -> int:
        mark = self._marks
        self._marks += 1
        self._canvas.addLiteral(f"/{tag} <</MCID {mark}>> BDC")
        return mark

    def _write(self, words: str, at: tuple[float, float], style: Style) -> None:
        text = self._canvas.beginText(at[0] * MM, (self._height - at[1]) * MM)
        text.setFont(style.face, style.size)
        text.setHorizScale(NARROW * 100)
        text.setFillColorRGB(*style.colour)
        text.textOut(words)
        self._canvas.drawText(text)

    def _place(self, box: Box) -> tuple[float, float, float, float]:
        return (
            box.x0 * MM,
            (self._height - box.y1) * MM,
            (box.x1 - box.x0) * MM,
            (box.y1 - box.y0) * MM,
        )


_HAIR = 0.5  # points: the rules between cells; heavier ones are boxes to tick


def _leading(size: float) -> float:
    return size * 1.22 / MM


def _needs(words: str, box: Box, face: str, size: float) -> float:
    return len(_split(words, box, face, size)) * _leading(size)


def _split(words: str, box: Box, face: str, size: float) -> list[str]:
    return list(simpleSplit(words, face, size, (box.x1 - box.x0) * MM / NARROW))
