"""Sheets of A4 that are drawn on in mm from the upper left corner. Knows no document."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pikepdf import ObjectStreamMode, Pdf
from reportlab.pdfgen.canvas import Canvas

from bot.adapters.blank.pen import MM, NARROW, PLAIN, Colour, Style
from bot.adapters.documents.lettering import Line, leading, width
from bot.adapters.documents.tags import Element, Mark, tag
from bot.domain.forms import Box

WIDTH, HEIGHT = 210.0, 297.0
_BASELINE = 0.74  # of a line's height, from its upper edge
_FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"


class Sheets:
    """Draws page after page; everything stands in a ``mark`` or is passed over in ``passed``."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        size = (WIDTH * MM, HEIGHT * MM)
        self._canvas = Canvas(
            self._buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=PLAIN
        )
        self._page = self._marks = 0

    def turn(self) -> None:
        """Begin the next page."""
        self._canvas.showPage()
        self._page += 1
        self._marks = 0

    @contextmanager
    def mark(self, kind: str) -> Iterator[Mark]:
        """Draw content tagged *kind* (P, Lbl, Figure …)."""
        mark = Mark(self._page, self._marks)
        self._marks += 1
        self._canvas.addLiteral(f"/{kind} <</MCID {mark.number}>> BDC")
        yield mark
        self._canvas.addLiteral("EMC")

    @contextmanager
    def passed(self, *, footer: bool = False) -> Iterator[None]:
        """Draw what a screen reader passes over."""
        self._canvas.addLiteral(_FOOTER if footer else "/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def scaled(self, box: Box, units: float) -> Iterator[Canvas]:
        """Draw on *box* as a square of *units* each way, from its upper left corner."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(box.x0 * MM, (HEIGHT - box.y0) * MM)
        scale = (box.x1 - box.x0) * MM / units
        canvas.scale(scale, -scale)
        yield canvas
        canvas.restoreState()

    def write(self, words: str, at: tuple[float, float], style: Style) -> None:
        """Write *words* from the baseline point *at*."""
        text = self._canvas.beginText(at[0] * MM, (HEIGHT - at[1]) * MM)
        text.setFont(style.face, style.size)
        text.setHorizScale(NARROW * 100)
        text.setFillColorRGB(*style.colour)
        text.textOut(words)
        self._canvas.drawText(text)

    def lines(self, lines: Sequence[Line], at: tuple[float, float], style: Style) -> float:
        """Write *lines* with their upper edge at *at*; return where they end, in mm."""
        x, y = at
        step = leading(style)
        for line in lines:
            for piece in line:
                self.write(piece.words, (x + piece.x, y + step * _BASELINE), piece.style)
            y += step
        return y

    def block(
        self, box: Box, fill: Colour | None, *, stroke: Colour | None = None, radius: float = 0.0
    ) -> None:
        """Fill *box*, with a line of 0.9 points around it in *stroke*; *radius* in mm."""
        canvas = self._canvas
        canvas.setLineWidth(0.9)
        if fill is not None:
            canvas.setFillColorRGB(*fill)
        if stroke is not None:
            canvas.setStrokeColorRGB(*stroke)
        canvas.roundRect(
            box.x0 * MM, (HEIGHT - box.y1) * MM, (box.x1 - box.x0) * MM, (box.y1 - box.y0) * MM,
            radius * MM, stroke=int(stroke is not None), fill=int(fill is not None),
        )  # fmt: skip

    def disc(self, centre: tuple[float, float], radius: float, colour: Colour) -> None:
        """Fill a circle of *radius* mm."""
        self._canvas.setFillColorRGB(*colour)
        x, y = centre
        self._canvas.circle(x * MM, (HEIGHT - y) * MM, radius * MM, stroke=0, fill=1)

    def rule(self, at: tuple[float, float], right: float, colour: Colour) -> None:
        """Draw a hairline from the point *at* to *right* mm."""
        canvas = self._canvas
        canvas.setLineWidth(0.4)
        canvas.setStrokeColorRGB(*colour)
        y = (HEIGHT - at[1]) * MM
        canvas.line(at[0] * MM, y, right * MM, y)

    def later(self, name: str, at: tuple[float, float]) -> None:
        """Leave the point *at* for words that are known when all is drawn, see ``settle``."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(at[0] * MM, (HEIGHT - at[1]) * MM)
        canvas.doForm(name)
        canvas.restoreState()

    def settle(self, name: str, words: str, style: Style) -> None:
        """Write *words* wherever ``later`` left room for *name*; after this nothing is drawn."""
        self._canvas.showPage()
        self._canvas.beginForm(name, 0, -style.size, width(words, style) * MM + 1, style.size * 2)
        self.write(words, (0.0, HEIGHT), style)
        self._canvas.endForm()

    def drawn(self) -> bytes:
        """Return the pages as they are, after ``settle``: a PDF without structure."""
        self._canvas.save()
        return self._buffer.getvalue()

    def finished(self, root: Element, *, title: str) -> bytes:
        """Return the PDF with the structure *root*: the same bytes for the same drawing."""
        self._canvas.showPage()
        self._canvas.save()
        with Pdf.open(self._buffer) as pdf:
            tag(pdf, root, title=title)
            out = io.BytesIO()
            pdf.save(
                out, deterministic_id=True, object_stream_mode=ObjectStreamMode.disable,
                min_version="1.7",
            )  # fmt: skip
        return out.getvalue()
