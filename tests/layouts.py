"""Other offices' blanks with the same labels, drawn and filled in. Holds no test."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from parsers.forms.definition import TextSpec, TickSpec
from tests.filled import definition

WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT = 14.0, 196.0
HEADINGS = {
    "A": "Ärende", "B": "Person", "C": "Anställning", "D": "E-tjänstekort", "E": "Reservkort",
    "F": "Förlust", "G": "Underskrift",
}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How an office draws its blank."""

    label: Literal["inside", "left", "above"] = "inside"
    order: str = "ABCDEFG"
    columns: int = 1
    across: int = 3  # fields in a row
    lines: Literal["boxes", "lines", "bars", "shaded"] = "boxes"
    square: Literal["box", "lines", "ring", "letter"] = "box"
    square_side: Literal["left", "right"] = "left"
    suffix: str = ""
    footer: str = ""
    size: float = 7.5
    row: float = 10.0
    title: str = "Beställning/avbeställning av personuppgifter i Elektroniska Katalogen (EK)"
    numbered: bool = False
    fillable: bool = False
    hint: str = ""  # printed under two labels
    words: tuple[tuple[str, str], ...] = ()  # key, what this office calls it
    upper: bool = False


def draw(style: Style, values: Mapping[str, Any] | None = None, *, signed: bool = True) -> bytes:
    """Return the office's blank as a PDF, filled with *values*."""
    out = io.BytesIO()
    pen = _Pen(
        Canvas(out, pagesize=(WIDE * mm, HIGH * mm), invariant=1), style, values or {}, signed
    )
    pen.page()
    pen.canvas.save()
    return out.getvalue()


class _Pen:
    def __init__(
        self, canvas: Canvas, style: Style, values: Mapping[str, Any], signed: bool
    ) -> None:
        self.canvas, self.style, self.values, self.signed = canvas, style, values, signed
        self.number = 0

    def page(self) -> None:
        self.text(LEFT, 12, self.style.title, 11, "Helvetica-Bold")
        if self.style.footer:
            self.text(LEFT, 291, self.style.footer, 7)
        count = self.style.columns
        wide = (RIGHT - LEFT - 6 * (count - 1)) / count
        parts = (
            [self.style.order[n::count] for n in range(count)] if count > 1 else [self.style.order]
        )
        for n, letters in enumerate(parts):
            y = 18.0
            for letter in letters:
                y = self.section(letter, LEFT + n * (wide + 6), y, wide)

    def section(self, letter: str, x: float, y: float, wide: float) -> float:
        self.box(x, y, wide, 5.5, fill=0.9)
        heading = HEADINGS[letter].upper() if self.style.upper else HEADINGS[letter]
        self.text(x + 1.5, y + 4, f"{letter}  {heading}", 9.5, "Helvetica-Bold")
        y += 5.5
        ticks = [t for t in definition().ticks if t.section == letter]
        fields = [f for f in definition().fields if f.section == letter]
        y = self.ticks(ticks, x, y, wide)
        y = self.fields(fields, x, y, wide)
        if letter == "G":
            y = self.signature(x, y, wide)
        return y + 1.5

    def ticks(self, specs: Sequence[TickSpec], x: float, y: float, wide: float) -> float:
        if not specs:
            return y
        per_row = max(1, int(wide // 62))
        rows = -(-len(specs) // per_row)
        self.box(x, y, wide, rows * 6 + 2)
        for n, spec in enumerate(specs):
            at_x, at_y = x + 3 + (n % per_row) * wide / per_row, y + 2 + (n // per_row) * 6
            label_wide = pdfmetrics.stringWidth(spec.label, "Helvetica", self.style.size) / mm
            if self.style.square_side == "left":
                self.square(at_x, at_y, spec)
                self.text(at_x + 5, at_y + 3, spec.label, self.style.size)
            else:
                self.text(at_x, at_y + 3, spec.label, self.style.size)
                self.square(at_x + label_wide + 1.5, at_y, spec)
        return y + rows * 6 + 2

    def square(self, x: float, y: float, spec: TickSpec) -> None:
        value = self.values.get(spec.key)
        on = spec.value in (value if isinstance(value, tuple) else (value,)) and value is not None
        side = 3.2
        self.canvas.setLineWidth(0.7)
        match self.style.square:
            case "box":
                self.canvas.rect(x * mm, (HIGH - y - side) * mm, side * mm, side * mm)
            case "ring":
                self.canvas.circle((x + side / 2) * mm, (HIGH - y - side / 2) * mm, side / 2 * mm)
            case "lines":
                for a, b, c, d in ((0, 0, 1, 0), (1, 0, 1, 1), (1, 1, 0, 1), (0, 1, 0, 0)):
                    self.line(x + a * side, y + b * side, x + c * side, y + d * side)
            case "letter":  # ZapfDingbats: an empty square, or a crossed-out mark set over it
                self.canvas.setFont("ZapfDingbats", 10)
                self.canvas.drawString(x * mm, (HIGH - y - 3) * mm, "\u274f")
        if on:
            self.canvas.setLineWidth(0.9)
            self.line(x + 0.7, y + 0.7, x + side - 0.7, y + side - 0.7)
            self.line(x + 0.7, y + side - 0.7, x + side - 0.7, y + 0.7)

    def fields(self, specs: Sequence[TextSpec], x: float, y: float, wide: float) -> float:
        across = (
            1
            if self.style.label == "left" and self.style.columns > 1
            else min(self.style.across, len(specs) or 1)
        )
        for start in range(0, len(specs), across):
            row = specs[start : start + across]
            high = self.style.row + (5 if self.style.label == "above" else 0)
            for n, spec in enumerate(row):
                cell_wide = wide / len(row)
                self.field(spec, x + n * cell_wide, y, cell_wide, high)
            y += high
        return y

    def field(self, spec: TextSpec, x: float, y: float, wide: float, high: float) -> None:
        self.number += 1
        label = (
            (f"{self.number}. " if self.style.numbered else "")
            + self.called(spec)
            + self.style.suffix
        )
        value = "" if self.style.fillable else str(self.values.get(spec.key) or "")
        if self.style.fillable:
            self.entry(spec, x, y, wide, high)
        if self.style.hint and spec.key in ("person_id", "title"):
            self.text(x + 1, y + 5.2, self.style.hint, min(self.style.size, 6.5))
        match self.style.label:
            case "inside":
                self.box(x, y, wide, high)
                self.text(x + 1, y + 3, label, min(self.style.size, 6.5))
                self.text(x + 1.5, y + high - 2, value, 9, "Times-Roman")
            case "left":
                part = max(30.0, 0.5 * wide)
                self.box(x, y, part, high)
                self.text(x + 1, y + high / 2 + 1, label, min(self.style.size, 6.5))
                self.box(x + part, y, wide - part, high)
                self.text(x + part + 1.5, y + high / 2 + 1.2, value, min(8, 9), "Times-Roman")
            case "above":
                self.box(x, y, wide, 5, fill=0.95)
                self.text(x + 1, y + 3.5, label, min(self.style.size, 6.5))
                self.box(x, y + 5, wide, high - 5)
                self.text(x + 1.5, y + high - 2.5, value, 9, "Times-Roman")

    def called(self, spec: TextSpec) -> str:
        return dict(self.style.words).get(spec.key, spec.label)

    def entry(self, spec: TextSpec, x: float, y: float, wide: float, high: float) -> None:
        """Put a fillable field over the lower part of an inside-label cell."""
        self.canvas.acroForm.textfield(
            name=f"Text{self.number}", value=str(self.values.get(spec.key) or ""), x=(x + 0.8) * mm,
            y=(HIGH - y - high + 0.5) * mm, width=(wide - 1.6) * mm, height=(high - 4) * mm,
            fontSize=8, borderWidth=0, fillColor=None, forceBorder=False, relative=False,
        )  # fmt: skip

    def signature(self, x: float, y: float, wide: float) -> float:
        self.box(x, y, wide, 16)
        self.text(x + 1, y + 3, "Underskrift verksamhetschef" + self.style.suffix, 6.5)
        if self.signed:
            path = self.canvas.beginPath()
            path.moveTo((x + 10) * mm, (HIGH - y - 12) * mm)
            for n in range(14):
                path.lineTo(
                    (x + 12 + 3 * n) * mm, (HIGH - y - (6 if n % 2 else 12) - (n * 5) % 3) * mm
                )
            self.canvas.setLineWidth(1.1)
            self.canvas.drawPath(path)
        return y + 16

    def box(self, x: float, y: float, wide: float, high: float, fill: float | None = None) -> None:
        canvas = self.canvas
        canvas.setLineWidth(0.5)
        if fill is not None or self.style.lines == "shaded":
            canvas.setFillGray(fill if fill is not None else 0.93)
            canvas.rect(x * mm, (HIGH - y - high) * mm, wide * mm, high * mm, stroke=0, fill=1)
            canvas.setFillGray(0)
        corners = ((x, y, x + wide, y), (x, y + high, x + wide, y + high),
                   (x, y, x, y + high), (x + wide, y, x + wide, y + high))  # fmt: skip
        match self.style.lines:
            case "boxes":
                canvas.rect(x * mm, (HIGH - y - high) * mm, wide * mm, high * mm)
            case "lines":
                for corner in corners:
                    self.line(*corner)
            case "bars":
                for x0, y0, x1, y1 in corners:
                    canvas.rect(
                        x0 * mm,
                        (HIGH - y1) * mm,
                        (x1 - x0) * mm + 0.5,
                        (y1 - y0) * mm + 0.5,
                        stroke=0,
                        fill=1,
                    )
            case "shaded":
                canvas.setStrokeGray(1)
                canvas.setLineWidth(1.5)
                canvas.rect(x * mm, (HIGH - y - high) * mm, wide * mm, high * mm)
                canvas.setStrokeGray(0)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0 * mm, (HIGH - y0) * mm, x1 * mm, (HIGH - y1) * mm)

    def text(self, x: float, y: float, words: str, size: float, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x * mm, (HIGH - y) * mm, words)


STYLES = {
    "older edition": Style(footer="Blankett EK-1 · version 2024-03", across=4, row=10),
    "label left": Style(label="left", across=1, row=4.9, order="ABCDEFG"),
    "label left, two in a row": Style(label="left", across=2, row=7, order="GBACDEF", suffix=":"),
    "label above": Style(label="above", across=3, row=6, order="BCAGEDF"),
    "two columns": Style(columns=2, across=1, row=9.5, order="ABCDEFG"),
    "two columns, label left": Style(columns=2, label="left", across=1, row=8, order="ABCDEFG"),
    "drawn line by line": Style(lines="lines", square="lines", row=9),
    "bars as in a word processor": Style(lines="bars", order="BACDEFG", suffix=":"),
    "shaded boxes": Style(lines="shaded", order="ABCDEGF"),
    "squares set as letters": Style(square="letter", order="ABDCEFG"),
    "rings": Style(square="ring", order="AGBCDEF"),
    "squares to the right": Style(square_side="right", order="ACBDEFG"),
    "other words": Style(
        words=(
            ("person_id", "Personnr"),
            ("given_name", "Tilltalsnamn"),
            ("mail", "E-postadress"),
            ("manager_mail", "E-postadress"),
            ("unit", "Arbetsplats"),
            ("title", "Befattning"),
            ("manager_name", "Chefens namn"),
            ("phone", "Telefonnummer"),
        ),
        order="BACDEFG",
        suffix=":",
    ),
    "fillable": Style(fillable=True, row=11, order="ABCDEFG"),
    "numbered": Style(numbered=True, upper=True),
}
