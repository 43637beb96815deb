"""Blanks as quite other offices draw them, each field's true place kept. Holds no test."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from bot.domain.forms import Box
from parsers.forms.definition import TickSpec
from tests.filled import definition
from tests.looks import Look

Name = tuple[str, str]
_COMBS = {"person_id": 12, "date": 8, "digits": 10}
_TITLE = "Beställning av personuppgifter i Elektroniska Katalogen"


@dataclass
class Drawn:
    """A blank and where its fields are."""

    content: bytes
    places: dict[Name, Box]


def draw(look: Look, values: Mapping[str, Any] | None = None, *, signed: bool = False) -> Drawn:
    """Draw the office's blank, filled with *values*."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(look.size[0] * mm, look.size[1] * mm), invariant=1)
    pen = _Pen(canvas, look, values or {}, signed)
    pen.page()
    for number in range(1, look.pages):
        canvas.showPage()
        pen.text(20, 30, f"Så behandlar vi uppgifterna, sida {number + 1}", 12)
        pen.text(20, 40, "Efternamn och förnamn hämtas från folkbokföringen.", 9)
    canvas.save()
    return Drawn(out.getvalue(), pen.places)


@dataclass
class _Pen:
    canvas: Canvas
    look: Look
    values: Mapping[str, Any]
    signed: bool
    places: dict[Name, Box] = field(default_factory=dict)

    def page(self) -> None:
        wide, left, y = self.look.size[0] - 32, 16.0, 14.0
        self.text(left, y, _TITLE, 13, bold=True)
        if self.look.note:
            y += 5
            self.text(left, y, self.look.note, 7.5)
        count = self.look.columns
        part = (wide - 8 * (count - 1)) / count
        share = -(-len(self.look.order) // count)
        for n in range(count):
            at = y + 5
            for letter in self.look.order[n * share : (n + 1) * share]:
                at = self.section(letter, left + n * (part + 8), at, part)

    def section(self, letter: str, x: float, y: float, wide: float) -> float:
        words = self.look.headings["ABCDEFG".index(letter)]
        match self.look.heading:
            case "band":
                self.fill(x, y, wide, 5, 0.82)
                self.text(x + 1, y + 3.8, words, 9.5, bold=True)
            case "plain":
                self.text(x, y + 4, words, 10.5, bold=True)
            case "picture":
                self.canvas.drawImage(ImageReader(_picture(words)), x * mm, self.up(y + 5) * mm,
                                      width=40 * mm, height=5 * mm)  # fmt: skip
            case "none":
                y -= 4
        y = self.ticks([t for t in definition().ticks if t.section == letter], x, y + 6, wide)
        specs = [f for f in definition().fields if f.section == letter]
        for start in range(0, len(specs), self.look.across):
            row = specs[start : start + self.look.across]
            part = wide / len(row)
            for n, spec in enumerate(row):
                label = dict(self.look.words).get(spec.key, spec.label) + self.look.suffix
                cells = _COMBS.get(spec.kind, 0) if self.look.comb else 0
                value = str(self.values.get(spec.key) or "")
                self.places[spec.key, ""] = self.entry(
                    label, value, Box(x + n * part, y, x + (n + 1) * part, y + self.look.row), cells
                )
            y += self.look.row
        if letter == "G":
            name = dict(self.look.words).get("signed", definition().signature.label)
            around = Box(x, y, x + min(wide, 110), y + 14)
            self.places["signed", ""] = box = self.entry(name + self.look.suffix, "", around, 0)
            self.scribble(box)
            y += 14
        return y + 1.5

    def entry(self, label: str, value: str, around: Box, cells: int) -> Box:
        """Draw one field inside *around*; return where its value goes."""
        x0, y0, x1, y1 = around.x0, around.y0, around.x1 - 2, around.y1
        long = self.wide(label, self.look.label_size)
        half = x0 + max(0.42 * (x1 - x0), long + 1.5)
        match self.look.entry:
            case "line" | "line above" | "line below":
                box = self.on_line(label, Box(x0, y0, x1, y1), long)
            case "cell" | "table":
                box = self.in_cell(label, Box(x0, y0, around.x1, y1), half)
            case _:
                box = self.in_box(label, Box(x0, y0, x1, y1), half, cells)
        if cells and "box" in self.look.entry:
            step = (box.x1 - box.x0) / cells
            for n, letter in enumerate(value.replace("-", "")[:cells]):
                self.text(box.x0 + n * step + step / 2 - 0.9, box.y1 - 1, letter, 9, face="Courier")
        else:
            self.text(box.x0 + 1.2, box.y1 - 1.2, value, 9, face="Times-Roman")
        return box

    def on_line(self, label: str, at: Box, long: float) -> Box:
        match self.look.entry:
            case "line":
                box, y = Box(at.x0 + long + 1.5, at.y0 + 1, at.x1, at.y1 - 2.5), at.y1 - 3
            case "line above":
                box, y = Box(at.x0, at.y0 + 3.2, at.x1, at.y1 - 1), at.y0 + 2.6
            case _:
                box, y = Box(at.x0, at.y0, at.x1, at.y1 - 3.5), at.y1 - 0.8
        self.line(box.x0, box.y1, box.x1, box.y1)
        self.text(at.x0, y, label, self.look.label_size)
        return box

    def in_cell(self, label: str, at: Box, half: float) -> Box:
        table = self.look.entry == "table"
        mine = Box(at.x0, at.y0, half, at.y1) if table else at
        if self.look.shade is not None:
            self.fill(mine.x0, mine.y0, mine.x1 - mine.x0, mine.y1 - mine.y0, self.look.shade)
        self.frame(mine)
        y = (at.y0 + at.y1) / 2 + 1 if table else at.y0 + 2.9
        self.text(at.x0 + 0.9, y, label, self.look.label_size)
        if not table:
            return Box(at.x0, at.y0 + 3.2, at.x1, at.y1)
        box = Box(half, at.y0, at.x1, at.y1)
        self.frame(box)
        return box

    def in_box(self, label: str, at: Box, half: float, cells: int) -> Box:
        left = half if self.look.entry == "box left" else at.x0
        right = min(at.x1, left + 5.2 * cells) if cells else at.x1
        match self.look.entry:
            case "box left":
                box, y = Box(left, at.y0 + 1, right, at.y1 - 1), (at.y0 + at.y1) / 2 + 1
            case "box above":
                box, y = Box(left, at.y0 + 3.4, right, at.y1 - 0.8), at.y0 + 2.6
            case _:
                box, y = Box(left, at.y0 + 0.4, right, at.y1 - 3.6), at.y1 - 0.9
        self.text(at.x0, y, label, self.look.label_size)
        self.comb(box, cells)
        return box

    def ticks(self, specs: Sequence[TickSpec], x: float, y: float, wide: float) -> float:
        step = 42.0 if wide > 150 else 84.0
        at = x
        for n, spec in enumerate(specs):
            label = dict(self.look.words).get(f"{spec.key}={spec.value}", spec.label)
            need = self.wide(label, self.look.label_size + 0.5) + 12
            column = self.look.ticks == "column"
            if n and (column or at + need > x + wide):
                at, y = x, y + 5.2
            self.tick(spec, label, at, y, x + 66 if column else None)
            at += max(need, step) if need > step else step
        return y + 6.5 if specs else y

    def tick(self, spec: TickSpec, label: str, x: float, y: float, column: float | None) -> None:
        size = self.look.label_size + 0.5
        side = 3.4
        if self.look.ticks == "left":
            at = x
            self.text(x + side + 1.6, y + 2.8, label, size)
        else:
            at = column or x + self.wide(label, size) + 1.6
            self.text(x, y + 2.8, label, size)
        self.places[spec.key, str(spec.value)] = Box(at, y, at + side, y + side)
        canvas = self.canvas
        canvas.setLineWidth(1.4 if self.look.square == "heavy" else 0.6)
        canvas.setStrokeGray(self.look.grey)
        low = self.up(y + side) * mm
        match self.look.square:
            case "box" | "heavy":
                canvas.rect(at * mm, low, side * mm, side * mm)
            case "ring":
                canvas.circle((at + side / 2) * mm, low + side / 2 * mm, side / 2 * mm)
            case "round":
                canvas.roundRect(at * mm, low, side * mm, side * mm, 0.6 * mm)
            case "letter":
                canvas.setFont("ZapfDingbats", 11)
                canvas.drawString(at * mm, low + 0.3 * mm, "\u2751")
        value = self.values.get(spec.key)
        on = spec.value in (value if isinstance(value, tuple) else (value,)) and value is not None
        if on:
            canvas.setLineWidth(0.9)
            for a, b in ((0.7, side - 0.7), (side - 0.7, 0.7)):
                self.line(at + 0.7, y + a, at + side - 0.7, y + b, 0.9, 0)

    def scribble(self, box: Box) -> None:
        if self.signed:
            x, y = box.x0 + 8, box.y1 - 2
            for n in range(16):
                up = 5 if n % 2 else 0.5
                self.line(x + 2 * n, y - up, x + 2 * n + 2, y - 5.5 + up, 1.1, 0)

    def comb(self, box: Box, cells: int) -> None:
        self.frame(box)
        for n in range(1, cells):
            x = box.x0 + n * (box.x1 - box.x0) / cells
            self.line(x, box.y0, x, box.y1)

    def frame(self, box: Box) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeGray(self.look.grey)
        wide, high = box.x1 - box.x0, box.y1 - box.y0
        self.canvas.rect(box.x0 * mm, self.up(box.y1) * mm, wide * mm, high * mm)

    def fill(self, x: float, y: float, wide: float, high: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x * mm, self.up(y + high) * mm, wide * mm, high * mm, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5,
             grey: float | None = None) -> None:  # fmt: skip
        self.canvas.setLineWidth(width)
        self.canvas.setStrokeGray(self.look.grey if grey is None else grey)
        self.canvas.line(x0 * mm, self.up(y0) * mm, x1 * mm, self.up(y1) * mm)

    def text(self, x: float, y: float, words: str, size: float, *, bold: bool = False,
             face: str = "") -> None:  # fmt: skip
        strong = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}
        font = face or (strong.get(self.look.font, self.look.font) if bold else self.look.font)
        spacing = 0 if face else self.look.spaced
        self.canvas.setFont(font, size)
        self.canvas.drawString(x * mm, self.up(y) * mm, words, charSpace=spacing)

    def wide(self, words: str, size: float) -> float:
        return (
            pdfmetrics.stringWidth(words, self.look.font, size) + len(words) * self.look.spaced
        ) / mm

    def up(self, y: float) -> float:
        return self.look.size[1] - y


def _picture(words: str) -> Image.Image:
    picture = Image.new("L", (480, 60), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((4, 4), words, fill=0, font=ImageFont.load_default(44))
    return picture
