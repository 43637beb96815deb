"""The receipt drawn as one PDF page, with the structure of what stands on it. Knows no loan."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping

from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from bot.adapters.blank.drawing import BLACK, BLUE, DIM, PALE, Drawn, code_modules
from bot.adapters.blank.pen import BOLD, MM, PLAIN, Pen, Style
from bot.adapters.blank.structure import Node
from bot.adapters.receipt import layout
from bot.domain.forms import Box
from bot.domain.receipts import EDITION

_TITLE, _NAME, _BODY = Style(BOLD, 20, BLUE), Style(BOLD, 11, BLUE), Style(PLAIN, 10.2)
_HEAD, _LABEL, _VALUE = Style(BOLD, 11.5, BLUE), Style(PLAIN, 8, DIM), Style(PLAIN, 11.5)
_STRONG, _MARK, _SMALL = Style(BOLD, 11.5), Style(BOLD, 12), Style(PLAIN, 8, DIM)
_LOUD = frozenset({"holder", "due"})
_BARS = ((9.0, 12.0), (6.8, 15.1), (4.6, 18.2))  # three bars: width and top in mm
_BAR = 2.2
_FRAME, _HEAVY = 0.5, 1.1  # points


def draw(office: tuple[str, str], send: str, values: Mapping[str, str], mark: str) -> Drawn:
    """Return the receipt with *values* by cell; *office* is its name and how to reach it.

    An empty *mark* leaves the codes out: so the edition is kept for the reader.
    """
    buffer = io.BytesIO()
    size = (layout.WIDTH * MM, layout.HEIGHT * MM)
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=PLAIN)
    pen = Pen(canvas, layout.HEIGHT)
    nodes = (
        *_header(pen, office),
        *_loan(pen, values),
        *_promises(pen),
        *_signature(pen),
        *_footer(pen, send, mark),
    )
    pen.decorate("/Artifact <</Type /Pagination /Subtype /Footer>> BDC")
    pen.plain(f"Kvittens {EDITION} · Sida 1 (1)", layout.FOOT, _SMALL)
    pen.finish()
    canvas.showPage()
    canvas.save()
    return Drawn(buffer.getvalue(), Node("Document", nodes), tuple(pen.printed))


def printable(text: str) -> str:
    """Return *text* on one line in letters that the face has; others lose their marks."""
    face = getFont(PLAIN).face.charToGlyph
    letters = (
        c if ord(c) in face else unicodedata.normalize("NFD", c)[0]
        for c in unicodedata.normalize("NFC", " ".join(text.split()))
    )
    return "".join(c if ord(c) in face else "?" for c in letters)


def _header(pen: Pen, office: tuple[str, str]) -> tuple[Node, ...]:
    pen.decorate()
    pen.filled((Box(layout.LEFT, y, layout.LEFT + w, y + _BAR) for w, y in _BARS), BLUE)
    pen.finish()
    room = layout.OFFICE.x1 - layout.OFFICE.x0 - 3
    left = layout.OFFICE.x0 + 2.0
    lines = [
        pen.text("P", words, (left, at), pen.fitted(words, style, room))
        for words, at, style in zip(
            map(printable, office), (15.4, 20.6), (_NAME, Style(PLAIN, 8.6)), strict=True
        )
    ]
    return (
        *(Node("P", (line,)) for line in lines),
        Node("H1", (pen.text("H1", layout.TITLE, (layout.LEFT, 38.5), _TITLE),)),
        Node("P", (pen.text("P", layout.LEAD, (layout.LEFT, 45.5), _BODY),)),
    )


def _head(pen: Pen, which: str) -> Node:
    baseline = dict(layout.HEADS)[which]
    return Node("H2", (pen.text("H2", which, (layout.LEFT, baseline), _HEAD),))


def _loan(pen: Pen, values: Mapping[str, str]) -> tuple[Node, ...]:
    nodes = [_head(pen, layout.LOAN)]
    pen.decorate()
    for cell in layout.CELLS:
        pen.ruled(cell.box, width=_FRAME)
    pen.finish()
    for cell in layout.CELLS:
        at = (cell.box.x0 + 1.8, cell.box.y0 + 4.0)
        kids = [pen.text("P", cell.label, at, _LABEL)]
        words = printable(values.get(cell.key, ""))
        if words:
            wide = cell.box.x1 - cell.box.x0 - 3.6
            style = pen.fitted(words, _STRONG if cell.key in _LOUD else _VALUE, wide)
            kids.append(pen.text("P", words, (at[0], cell.box.y1 - 2.9), style))
        nodes.append(Node("P", tuple(kids)))
    return tuple(nodes)


def _promises(pen: Pen) -> tuple[Node, ...]:
    nodes = [_head(pen, layout.PROMISE)]
    for number, (words, box) in enumerate(
        zip(layout.PROMISES, layout.PROMISE_BOXES, strict=True), start=1
    ):
        first = pen.text("P", f"{number}.", (layout.LEFT + 1, box.y0 + 3.5), _BODY)
        nodes.append(Node("P", (first, pen.block("P", words, box, _BODY))))
    box = layout.WARNING
    pen.decorate()
    pen.ruled(box, fill=PALE, width=_HEAVY)
    pen.finish()
    style = pen.fitted(layout.CODES_ARE_YOURS, _STRONG, box.x1 - box.x0 - 6)
    warning = pen.text("P", layout.CODES_ARE_YOURS, (box.x0 + 3, box.y1 - 4.0), style)
    return (*nodes, Node("P", (warning,)))


def _signature(pen: Pen) -> tuple[Node, ...]:
    nodes = [_head(pen, layout.SIGNATURE)]
    pen.decorate()
    for box in (layout.SIGN, layout.DATE):
        pen.ruled(box, width=_HEAVY)
    pen.finish()
    for label, box in ((layout.SIGN_LABEL, layout.SIGN), (layout.DATE_LABEL, layout.DATE)):
        nodes.append(Node("P", (pen.text("P", label, (box.x0, box.y0 - 1.6), _LABEL),)))
    nodes.append(
        Node("P", (pen.block("P", layout.PRIVACY, layout.PRIVACY_BOX, _SMALL),))
    )  # fmt: skip
    return tuple(nodes)


def _footer(pen: Pen, send: str, mark: str) -> tuple[Node, ...]:
    at = layout.SEND
    nodes = [Node("P", (pen.text("P", layout.NEXT, (at.x0, at.y0 - 1.8), _BODY),))]
    if send:
        words = printable(send)
        style = pen.fitted(words, _STRONG, at.x1 - at.x0)
        nodes.append(Node("P", (pen.text("P", words, (at.x0, at.y1 - 2.0), style),)))
    if mark:
        place = layout.MARK
        nodes.append(Node("P", (pen.text("P", mark, (place.x0, place.y1 - 2.2), _MARK),)))
        nodes += [_code(pen, mark, box) for box in layout.CODES]
    return tuple(nodes)


def _code(pen: Pen, mark: str, box: Box) -> Node:
    """Draw the code at level H: a third of it may be lost."""
    figure = pen.figure()
    pen.filled(code_modules(mark, box, error="h"), BLACK)
    pen.finish()
    corners = (box.x0, layout.HEIGHT - box.y1, box.x1, layout.HEIGHT - box.y0)
    return Node(
        "Figure", (figure,), alt=f"QR-kod med kvittensens märke: {mark}",
        bbox=tuple(round(v * MM, 3) for v in corners),
    )  # fmt: skip
