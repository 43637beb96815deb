"""The lathund drawn on one page: numbered steps with pictures, then boxes. Holds no words."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.blank.pen import BOLD, MM, PLAIN, Colour, Style
from bot.adapters.documents.guide_text import GuideText, Step
from bot.adapters.documents.lettering import BLUE, INK, fitted, leading, width, wrap
from bot.adapters.documents.pictograms import draw_pictogram
from bot.adapters.documents.sheet import HEIGHT, WIDTH, Sheets
from bot.adapters.documents.tags import Element, Mark
from bot.domain.forms import Box

PALE, WHITE = (0.91, 0.94, 0.97), (1.0, 1.0, 1.0)
RED, ROSE = (0.60, 0.07, 0.07), (0.99, 0.93, 0.92)
_TITLE, _SUBTITLE = Style(BOLD, 27, WHITE), Style(PLAIN, 14, WHITE)
_INTRO, _TEXT, _FOOT = Style(PLAIN, 12, INK), Style(PLAIN, 11.5, INK), Style(PLAIN, 11, INK)
_PART, _STEP, _NUMBER = Style(BOLD, 15, BLUE), Style(BOLD, 13, BLUE), Style(BOLD, 14, WHITE)
_LEFT, _RIGHT = 17.0, 193.0
_BAND = 39.0  # the height of the title's ground
_STEP_X, _TILE = 51.0, 17.0
_GAP, _PAD = 5.0, 4.0
_FOOTLINE = 287.0


class TooMuchTextError(ValueError):
    """The words do not fit on one page: shorten them."""


def draw_guide(guide: GuideText) -> bytes:
    """Return the lathund as a tagged PDF of one page.

    Raises:
        TooMuchTextError: the words need more than one page.
    """
    sheets = Sheets()
    head = _head(sheets, guide)
    steps, y = _steps(sheets, guide, _BAND + 6)
    boxes, y = _boxes(sheets, guide, y)
    with sheets.mark("P") as mark:
        lines = wrap(guide.questions, _TEXT, _RIGHT - _LEFT, marked=True)
        y = sheets.lines(lines, (_LEFT, y), _TEXT)
    if y > _FOOTLINE - 4.5:
        raise TooMuchTextError(f"Texten är {y - _FOOTLINE + 4.5:.0f} mm för lång för en sida.")
    with sheets.passed(footer=True):
        sheets.write(guide.footer, (_LEFT, _FOOTLINE), _FOOT)
    root = Element("Document", (*head, *steps, *boxes, Element("P", (mark,))))
    return sheets.finished(root, title=guide.title)


def _head(sheets: Sheets, guide: GuideText) -> tuple[Element, ...]:
    with sheets.passed():
        sheets.block(Box(0, 0, WIDTH, _BAND), BLUE)
    room = _RIGHT - _LEFT - 40
    with sheets.mark("H1") as title:
        sheets.write(guide.title, (_LEFT, 20.5), fitted(guide.title, _TITLE, room))
    with sheets.mark("P") as subtitle:
        sheets.write(guide.subtitle, (_LEFT, 29.5), fitted(guide.subtitle, _SUBTITLE, room))
    figure = _figure(sheets, guide.picture, guide.alt, Box(161, 3.5, 193, 35.5), WHITE)
    return Element("H1", (title,)), Element("P", (subtitle,)), figure


def _steps(sheets: Sheets, guide: GuideText, y: float) -> tuple[list[Element], float]:
    with sheets.mark("P") as mark:
        lines = wrap(guide.intro, _INTRO, _RIGHT - _LEFT, marked=True)
        y = sheets.lines(lines, (_LEFT, y), _INTRO) + 4
    intro = Element("P", (mark,))
    part, y = _part(sheets, guide.steps_title, y)
    tops = [y]
    for step in guide.steps:
        tops.append(tops[-1] + max(_text_height(step, _RIGHT - _STEP_X), _TILE) + 4.2)
    with sheets.passed():
        x = _LEFT + 4.5
        middle = _TILE / 2
        sheets.block(Box(x - 0.5, tops[0] + middle, x + 0.5, tops[-2] + middle), BLUE)
        for top in tops[:-1]:
            sheets.disc((x, top + middle), 6.0, WHITE)
            sheets.disc((x, top + middle), 4.9, BLUE)
    items = [_item(sheets, n, s, tops[n - 1]) for n, s in enumerate(guide.steps, 1)]
    return [intro, part, Element("L", tuple(items), numbered=True)], tops[-1] + 1.5


def _item(sheets: Sheets, number: int, step: Step, y: float) -> Element:
    digit = str(number)
    middle = y + _TILE / 2
    with sheets.mark("Lbl") as label:
        x = _LEFT + 4.5 - width(digit, _NUMBER) / 2
        sheets.write(digit, (x, middle + 1.75), _NUMBER)
    tile = Box(_STEP_X - 5 - _TILE, y, _STEP_X - 5, y + _TILE)
    with sheets.passed():
        sheets.block(tile, PALE, radius=2.5)
    figure = _figure(sheets, step.picture, step.alt, _inner(tile, 2.7), BLUE)
    down = max(0.0, (_TILE - _text_height(step, _RIGHT - _STEP_X)) / 2)
    texts = _texts(sheets, step, Box(_STEP_X, y + down, _RIGHT, HEIGHT), _STEP)
    return Element("LI", (Element("Lbl", (label,)), Element("LBody", (figure, *texts))))


def _boxes(sheets: Sheets, guide: GuideText, y: float) -> tuple[list[Element], float]:
    part, y = _part(sheets, guide.boxes_title, y)
    wide = (_RIGHT - _LEFT - _GAP) / 2
    made: list[Element] = [part]
    for at in range(0, len(guide.boxes), 2):
        row = guide.boxes[at : at + 2]
        inside = wide - 2 * _PAD
        high = 2 * _PAD - 0.5 + max(_body_height(b, inside) + _HEADLINE for b in row)
        for column, box in enumerate(row):
            x = _LEFT + column * (wide + _GAP)
            made.append(_box(sheets, box, Box(x, y, x + wide, y + high)))
        y += high + 4
    return made, y + 0.5


_HEADLINE = 9.5  # of a box, with its picture


def _box(sheets: Sheets, box: Step, area: Box) -> Element:
    colour, ground = (RED, ROSE) if box.urgent else (BLUE, PALE)
    with sheets.passed():
        sheets.block(area, ground, stroke=RED if box.urgent else None, radius=2.5)
    x, y = area.x0 + _PAD, area.y0 + _PAD
    figure = _figure(sheets, box.picture, box.alt, Box(x, y - 0.8, x + 8.4, y + 7.6), colour)
    room = area.x1 - _PAD - x - 11
    style = fitted(box.title, replace(_STEP, colour=colour), room)
    with sheets.mark("H3") as title:
        sheets.write(box.title, (x + 11, y + 5.0), style)
    body = _paragraphs(sheets, box, Box(x, y + _HEADLINE, area.x1 - _PAD, area.y1))
    return Element("Sect", (figure, Element("H3", (title,)), *body))


def _part(sheets: Sheets, title: str, y: float) -> tuple[Element, float]:
    with sheets.mark("H2") as mark:
        end = sheets.lines(wrap(title, _PART, _RIGHT - _LEFT), (_LEFT, y), _PART)
    return Element("H2", (mark,)), end + 2


def _texts(sheets: Sheets, step: Step, area: Box, style: Style) -> tuple[Element, ...]:
    with sheets.mark("H3") as title:
        y = sheets.lines(wrap(step.title, style, area.x1 - area.x0), (area.x0, area.y0), style)
    below = Box(area.x0, y, area.x1, area.y1)
    return Element("H3", (title,)), *_paragraphs(sheets, step, below)


def _paragraphs(sheets: Sheets, step: Step, area: Box) -> tuple[Element, ...]:
    made, y = [], area.y0
    for paragraph in step.text:
        with sheets.mark("P") as mark:
            lines = wrap(paragraph, _TEXT, area.x1 - area.x0, marked=True)
            y = sheets.lines(lines, (area.x0, y), _TEXT)
        made.append(Element("P", (mark,)))
    return tuple(made)


def _text_height(step: Step, room: float) -> float:
    return leading(_STEP) * len(wrap(step.title, _STEP, room)) + _body_height(step, room)


def _body_height(step: Step, room: float) -> float:
    lines = sum(len(wrap(text, _TEXT, room, marked=True)) for text in step.text)
    return leading(_TEXT) * lines


def _figure(sheets: Sheets, name: str, alt: str, box: Box, colour: Colour) -> Element:
    with sheets.mark("Figure") as mark:
        draw_pictogram(sheets, name, box, colour)
    return _framed(mark, alt, box)


def _framed(mark: Mark, alt: str, box: Box) -> Element:
    corners = (box.x0, HEIGHT - box.y1, box.x1, HEIGHT - box.y0)
    return Element("Figure", (mark,), alt=alt, bbox=tuple(round(v * MM, 3) for v in corners))


def _inner(box: Box, margin: float) -> Box:
    return Box(box.x0 + margin, box.y0 + margin, box.x1 - margin, box.y1 - margin)
