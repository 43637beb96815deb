"""A letter on paper for somebody without a mail address: A4 for a window envelope (H2).

Takes the plain text of a mail letter; decides no wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.adapters.blank.pen import BOLD, PLAIN, Style
from bot.adapters.documents.blocks import Block, blocks, runs
from bot.adapters.documents.flow import Flow, Placed, Row
from bot.adapters.documents.lettering import BLUE, INK, Line, fitted, leading, width, wrap, writable
from bot.adapters.documents.sheet import Sheets
from bot.adapters.documents.tags import Element, Mark
from bot.domain.forms import Box

MARGIN, MEASURE = 25.0, 152.0
# Where the windows at the right of C5 (229 mm) and E65 (220 mm) both show the folded sheet.
WINDOW = Box(119.0, 46.0, 188.0, 72.0)
_ADDRESS, _NAME, _SMALL = Style(PLAIN, 11.5, INK), Style(BOLD, 13, BLUE), Style(PLAIN, 11, INK)
_TITLE, _HEAD = Style(BOLD, 16, BLUE), Style(BOLD, 12.5, BLUE)
_TEXT, _STRONG = Style(PLAIN, 11.5, INK), Style(BOLD, 11.5, INK)
_FOOT = Style(PLAIN, 9.5, (0.2, 0.2, 0.2))
_RULE, _FOLD = (0.72, 0.77, 0.83), (0.6, 0.6, 0.6)
_BARS = ((9.0, 15.2), (6.8, 18.3), (4.6, 21.4))  # the office's mark as on the blank: width, top
_FIRST, _LATER, _END = 83.0, 24.0, 273.0  # where the text begins and ends on its pages
_FOOTLINE, _FOOT_ROOM = 276.5, 10.0
_LABEL = 52.0  # the width of the facts' labels
_HANG = 6.5  # of a list's texts
_MOST_ADDRESS_LINES = 5
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sender:
    """The office as it signs on paper."""

    name: str
    mail: str
    phone: str = ""
    hours: str = ""


def write_letter(
    paragraphs: Sequence[str], *, heading: str, to: str, office: Sender, day: date
) -> bytes:
    """Return the letter as a tagged PDF, the same bytes for the same arguments.

    *paragraphs* are the plain text of a mail letter: sentences, "  Label: value", "- " and "1. "
    rows. *to*: the address, one row a line: name, then the unit.
    """
    flow = Flow(_FIRST, _LATER, _END)
    flow.add("H1", [Row(line, leading(_TITLE)) for line in wrap(heading, _TITLE, MEASURE)])
    for run in runs(blocks(paragraphs)):
        _set(flow, run)
    pages = flow.pages()
    sheets = Sheets()
    top = _top(sheets, to, office, day)
    marks: dict[int, list[Mark]] = {}
    for number, page in enumerate(pages, 1):
        if number > 1:
            sheets.turn()
        _draw(sheets, page, marks)
        _edges(sheets, office, number, len(pages))
    body = flow.structure(marks)
    return sheets.finished(Element("Document", (*top, *body)), title=writable(heading))


def _set(flow: Flow, run: tuple[Block, ...]) -> None:
    first = run[0]
    if first.kind == "fact":
        flow.facts([_fact(block) for block in run], gap=1.0)
    elif first.kind in {"point", "number"}:
        flow.items([_point(block) for block in run], numbered=first.kind == "number")
    else:
        style, tag = (_HEAD, "H2") if first.kind == "head" else (_TEXT, "P")
        lines = wrap(first.text, style, MEASURE)
        gap = 4.6 if first.kind == "head" else 0.0 if first.near else 3.0
        flow.add(tag, [Row(line, leading(style)) for line in lines], gap=gap)


def _fact(block: Block) -> tuple[list[Row], list[Row]]:
    label = wrap(block.label, _TEXT, _LABEL - 3)
    value = wrap(block.text, _STRONG, MEASURE - _LABEL)
    step = leading(_TEXT)
    return [Row(line, step) for line in label], [Row(line, step, _LABEL) for line in value]


def _point(block: Block) -> tuple[list[Row], list[Row]]:
    step = leading(_TEXT)
    lead = wrap(block.label or "•", _STRONG if block.label else _TEXT, _HANG + 5)
    hang = max(_HANG, width(block.label, _STRONG) + 2.5)
    lines = wrap(block.text, _TEXT, MEASURE - hang)
    return [Row(line, step) for line in lead], [Row(line, step, hang) for line in lines]


def _draw(sheets: Sheets, page: Sequence[Placed], marks: dict[int, list[Mark]]) -> None:
    for placed in page:
        if placed.ruled:
            with sheets.passed():
                edge = Box(MARGIN, placed.y - 1.1, MARGIN + MEASURE, placed.y - 0.9)
                sheets.block(edge, _RULE)
        with sheets.mark(placed.tag) as mark:
            y = placed.y
            for row in placed.rows:
                sheets.lines([row.line], (MARGIN + row.x, y), row.line[0].style)
                y += row.height
        marks.setdefault(placed.owner, []).append(mark)


def _top(sheets: Sheets, to: str, office: Sender, day: date) -> tuple[Element, ...]:
    """Draw the sender, the day and the address in the window; return them in reading order."""
    with sheets.passed():
        for wide, y in _BARS:
            sheets.block(Box(MARGIN, y, MARGIN + wide, y + 2.2), BLUE)
    made = []
    name = fitted(writable(office.name), _NAME, MEASURE - 13)
    with sheets.mark("P") as mark:
        sheets.write(writable(office.name), (MARGIN + 13, 21.2), name)
    made.append(Element("P", (mark,)))
    with sheets.mark("P") as mark:
        sheets.write(
            f"{day.day} {_MONTHS[day.month - 1]} {day.year}", (MARGIN, WINDOW.y0 + 5.0), _SMALL
        )
    made.append(Element("P", (mark,)))
    lines = [writable(line).strip() for line in to.splitlines() if line.strip()]
    with sheets.mark("P") as mark:
        for n, line in enumerate(lines[:_MOST_ADDRESS_LINES]):
            style = fitted(line, _ADDRESS, WINDOW.x1 - WINDOW.x0)
            at = (WINDOW.x0, WINDOW.y0 + 5.0 + n * 4.7)
            sheets.write(line + (" " if n + 1 < len(lines) else ""), at, style)
    made.append(Element("P", (mark,)))
    return tuple(made)


def _edges(sheets: Sheets, office: Sender, number: int, count: int) -> None:
    page = f"Sida {number} ({count})"
    right = MARGIN + MEASURE
    with sheets.passed(footer=True):
        sheets.block(Box(MARGIN, _FOOTLINE, right, _FOOTLINE + 0.2), _RULE)
        rows, style = _contact(office)
        sheets.lines(rows, (MARGIN, _FOOTLINE + 2.2), style)
        sheets.lines(wrap(page, _FOOT, 30), (right - width(page, _FOOT), _FOOTLINE + 2.2), _FOOT)
        if number > 1:
            words = writable(office.name)
            sheets.write(words, (MARGIN, 15.0), fitted(words, _FOOT, MEASURE))
        sheets.block(Box(5.0, 148.4, 9.0, 148.6), _FOLD)  # where A4 is folded for C5


def _contact(office: Sender) -> tuple[tuple[Line, ...], Style]:
    """Return how the office is reached, in as large letters as its room allows."""
    phone = office.phone and f"telefon {office.phone}"
    words = " · ".join(filter(None, (office.name, office.mail, phone)))
    hours = office.hours and f"Kontorstid: {office.hours}"
    for size in (_FOOT.size, 8.5, 7.5, 6.5):
        style = replace(_FOOT, size=size)
        most = int(_FOOT_ROOM / leading(style))
        rows = (*wrap(words, style, MEASURE - 22), *wrap(hours, style, MEASURE - 22))
        if len(rows) <= most:
            break
    return rows[:most], style
