"""A layout drawn as one PDF page, with the structure of what stands on it. Makes no fields."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import segno
from reportlab.pdfgen.canvas import Canvas

from bot.adapters.blank.office import OfficeFacts
from bot.adapters.blank.pen import BOLD, MM, PLAIN, Pen, Printed, Style
from bot.adapters.blank.plan import Cell, Layout, Section, TextField, Tick
from bot.adapters.blank.structure import Node
from bot.domain.forms import Box

BLUE, PALE, GREY = (0.09, 0.22, 0.38), (0.87, 0.91, 0.95), (0.94, 0.94, 0.94)
BLACK, DIM = (0.0, 0.0, 0.0), (0.2, 0.2, 0.2)
TITLE, NAME, BODY = Style(BOLD, 12), Style(BOLD, 10.5, BLUE), Style(PLAIN, 7.6)
HEAD, LABEL = Style(BOLD, 8.6, BLUE), Style(PLAIN, 6, (0.1, 0.1, 0.1))
INTRO, NOTE, CERTIFY, SMALL, FOOT = (
    Style(PLAIN, 7),
    Style(BOLD, 7),
    Style(PLAIN, 6.4),
    Style(PLAIN, 6.8, DIM),
    Style(PLAIN, 6.8, DIM),
)
_MARK = ((9.0, 11.2), (6.8, 14.3), (4.6, 17.4))  # three bars: width and top in mm
_BAR = 2.2
_NAME_X, _TITLE_X, _TITLE_END = 26.5, 72.0, 175.0
_FOOT_UP = 6.5  # from the page's lower edge to the footer's baseline


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: the PDF, the structure of what stands on it, and where each line of it stands."""

    pdf: bytes
    structure: Node
    printed: tuple[Printed, ...]


def draw(layout: Layout, office: OfficeFacts, payload: str, note: str = "") -> Drawn:
    """Return *layout* drawn as one page; *payload* is what the QR code says.

    *note* stands under the intro: one line, smaller where it needs to be.
    """
    buffer = io.BytesIO()
    size = (layout.width * MM, layout.height * MM)
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=PLAIN)
    pen = Pen(canvas, layout.height)
    nodes = (
        *_header(pen, layout, office, payload),
        *_intro(pen, layout, office, note),
        *(_section(pen, s) for s in layout.sections[:-1]),
        Node("P", (pen.block("P", office.privacy, layout.privacy, SMALL),)),
        _section(pen, layout.sections[-1]),
    )
    _footer(pen, layout)
    canvas.showPage()
    canvas.save()
    return Drawn(buffer.getvalue(), Node("Document", nodes), tuple(pen.printed))


def code_modules(payload: str, box: Box, *, error: str = "m") -> tuple[Box, ...]:
    """Return the dark squares of the QR code (ISO/IEC 18004) that says *payload* and fills *box*.

    Level M: at 15 mm it survives a fax of 204 × 98 dpi; the quiet zone is left to the layout.
    """
    code = segno.make_qr(payload, error=error)
    rows = tuple(tuple(row) for row in code.matrix)
    side = (box.x1 - box.x0) / len(rows)
    return tuple(
        Box(box.x0 + x * side, box.y0 + y * side, box.x0 + (x + 1) * side, box.y0 + (y + 1) * side)
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )


def _header(pen: Pen, layout: Layout, office: OfficeFacts, payload: str) -> tuple[Node, ...]:
    left = layout.sections[0].heading.x0
    pen.decorate()
    pen.filled((Box(left, y, left + w, y + _BAR) for w, y in _MARK), BLUE)
    pen.finish()
    room = _TITLE_X - _NAME_X - 3
    municipality = office.municipality
    style = pen.fitted(municipality, NAME, room)
    name = pen.text("P", municipality, (_NAME_X, 14.6), style)
    part = pen.fitted(office.department, BODY, room)
    below = pen.text("P", office.department, (_NAME_X, 19.0), part)
    style = pen.fitted(max(layout.title, key=len), TITLE, _TITLE_END - _TITLE_X)
    title = tuple(
        pen.text("H1", line, (_TITLE_X, 15.3 + 5.6 * n), style)
        for n, line in enumerate(layout.title)
    )
    code = layout.code
    mark = pen.figure()
    pen.filled(code_modules(payload, code), BLACK)
    pen.finish()
    corners = (code.x0, layout.height - code.y1, code.x1, layout.height - code.y0)
    return (
        Node("P", (name,)),
        Node("P", (below,)),
        Node("H1", title),
        Node(
            "Figure",
            (mark,),
            alt=f"QR-kod med blankettens beteckning: {payload}",
            bbox=tuple(round(v * MM, 3) for v in corners),
        ),
    )


def _intro(pen: Pen, layout: Layout, office: OfficeFacts, note: str) -> tuple[Node, ...]:
    box = replace(layout.intro, y1=layout.note.y0) if note else layout.intro
    intro = Node("P", (pen.block("P", office.intro, box, INTRO),))
    if not note:
        return (intro,)
    return (intro, Node("P", (pen.block("P", note, layout.note, NOTE),)))


def _section(pen: Pen, section: Section) -> Node:
    box = section.heading
    pen.decorate()
    pen.ruled(box, fill=PALE)
    for cell in section.cells:
        pen.ruled(cell.box, fill=GREY if cell.ignored else None)
    for tick in _ticks(section):
        pen.ruled(tick.box, width=0.8)
    pen.finish()
    baseline = box.y1 - 1.55
    letter = pen.text("H2", section.letter, (box.x0 + 1.2, baseline), HEAD)
    title = pen.text("H2", section.title, (box.x0 + 6.0, baseline), HEAD)
    nodes = [Node("H2", (letter, title))]
    if section.text_box is not None:
        nodes.append(Node("P", (pen.block("P", section.text, section.text_box, CERTIFY),)))
    for cell in section.cells:
        nodes.extend(_cell(pen, cell))
    return Node("Sect", tuple(nodes))


def _cell(pen: Pen, cell: Cell) -> tuple[Node, ...]:
    nodes: list[Node] = []
    at = (cell.box.x0 + 1.1, cell.box.y0 + 2.45)
    label = pen.text("P", cell.label, at, LABEL) if cell.label else None
    if label is not None:
        fields = (Node("Form", (e.acro,)) for e in cell.content if isinstance(e, TextField))
        nodes.append(Node("P", (label, *fields)))
    for tick in cell.content:
        if isinstance(tick, Tick):
            beside = (tick.box.x1 + 1.4, tick.box.y1 - 0.65)
            words = pen.text("P", tick.label, beside, BODY)
            nodes.append(Node("P", (Node("Form", (tick.acro,)), words)))
    return tuple(nodes)


def _ticks(section: Section) -> tuple[Tick, ...]:
    return tuple(e for cell in section.cells for e in cell.content if isinstance(e, Tick))


def _footer(pen: Pen, layout: Layout) -> None:
    box = layout.sections[0].heading
    baseline = layout.height - _FOOT_UP
    page = "Sida 1 (1)"
    pen.decorate("/Artifact <</Type /Pagination /Subtype /Footer>> BDC")
    pen.plain(layout.version_text, (box.x0, baseline), FOOT)
    pen.plain(page, (box.x1 - pen.width(page, FOOT), baseline), FOOT)
    pen.finish()
