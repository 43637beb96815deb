"""Sheets filled from top to bottom: headings, text, facts; edges on every page. Knows no review."""

from __future__ import annotations

from collections.abc import Sequence

from bot.adapters.blank.latin import LATIN, LATIN_BOLD
from bot.adapters.blank.pen import Style
from bot.adapters.documents.lettering import BLUE, INK, fitted, leading, width, wrap, writable
from bot.adapters.documents.review.structure import Tree
from bot.adapters.documents.review.update import tagged
from bot.adapters.documents.sheet import Sheets

LEFT, RIGHT = 15.0, 195.0
FIRST, END = 25.0, 277.0  # where text begins and ends on a page
RULE = (0.72, 0.77, 0.83)
_TITLE, _HEAD = Style(LATIN_BOLD, 20, BLUE), Style(LATIN_BOLD, 13, BLUE)
_SUB, _TEXT, _STRONG = (
    Style(LATIN_BOLD, 10.5, BLUE),
    Style(LATIN, 10, INK),
    Style(LATIN_BOLD, 10, INK),
)
_EDGE = Style(LATIN, 8.5, (0.2, 0.2, 0.2))
_STYLES = {"H1": _TITLE, "H2": _HEAD, "H3": _SUB, "P": _TEXT}
_GAPS = {"H1": 0.0, "H2": 7.0, "H3": 4.0, "P": 2.0}  # above, in mm
_NEAR = 22.0  # mm that must follow a heading on its page
_HEADLINE, _FOOTLINE = 15.0, 287.0
_LABEL = 52.0  # the width of the facts' labels
_PAGES = "pages"


class Paper:
    """Draws downwards and turns the page by itself; everything goes into the structure too."""

    def __init__(self, office: str, title: str) -> None:
        self._office, self._title = writable(office, LATIN), writable(title, LATIN)
        self.sheets, self.tree = Sheets(), Tree()
        self.page = 1
        self.y = FIRST
        self._edges()

    def turn(self) -> None:
        """Go on at the top of the next page."""
        self.sheets.turn()
        self.page += 1
        self.y = FIRST
        self._edges()

    def room(self, need: float) -> None:
        """Turn the page unless *need* mm are left."""
        if self.y + need > END and self.y > FIRST:
            self.turn()

    def heading(self, words: str, tag: str = "H2") -> None:
        """Set a heading; what it heads begins on its page."""
        self.room(_GAPS[tag] + leading(_STYLES[tag]) + _NEAR)
        self.text(words, tag)

    def text(self, words: str, tag: str = "P") -> None:
        """Set a paragraph; one that meets the page's end goes on over it."""
        style = _STYLES[tag]
        step = leading(style)
        self.y += _GAPS[tag] if self.y > FIRST else 0.0
        owner = self.tree.leaf(tag)
        lines = wrap(words, style, RIGHT - LEFT)
        while lines:
            self.room(step)
            fits = max(1, int((END - self.y + 0.01) / step))
            with self.sheets.mark(tag) as mark:
                self.y = self.sheets.lines(lines[:fits], (LEFT, self.y), style)
            self.tree.own(owner, mark)
            lines = lines[fits:]
        self.y += 1.2 if tag != "P" else 0.0

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Set a table of labels and values, a hairline above each row."""
        step = leading(_TEXT)
        self.y += 1.5
        with self.tree.inside("Table"):
            for label, value in rows:
                names = wrap(label, _TEXT, _LABEL - 3)
                room = RIGHT - LEFT - _LABEL
                strong = _STRONG if " " in value else fitted(value, _STRONG, room)
                values = wrap(value or "–", strong, room)
                high = step * max(len(names), len(values)) + 1.6
                self.room(high)
                with self.sheets.passed():
                    self.sheets.rule((LEFT, self.y), RIGHT, RULE)
                with self.tree.inside("TR"):
                    for tag, lines, x, style in (
                        ("TH", names, LEFT, _TEXT), ("TD", values, LEFT + _LABEL, strong),
                    ):  # fmt: skip
                        with self.sheets.mark(tag) as mark:
                            self.sheets.lines(lines, (x, self.y + 0.8), style)
                        self.tree.leaf(tag, mark, scope="row" if tag == "TH" else "")
                self.y += high

    def finished(self) -> bytes:
        """Return the PDF: the same bytes for the same drawing."""
        self.sheets.settle(_PAGES, f" av {self.page}", _EDGE)
        return tagged(self.sheets.drawn(), self.tree, title=self._title)

    def _edges(self) -> None:
        sheets = self.sheets
        with sheets.passed(footer=True):
            name = fitted(self._office, _EDGE, 110)
            sheets.write(self._office, (LEFT, _HEADLINE), name)
            wide = width(self._title, _EDGE)
            sheets.write(self._title, (RIGHT - wide, _HEADLINE), _EDGE)
            sheets.rule((LEFT, _HEADLINE + 2.2), RIGHT, RULE)
            words = f"Sida {self.page}"
            sheets.write(words, (LEFT, _FOOTLINE), _EDGE)
            sheets.later(_PAGES, (LEFT + width(words, _EDGE), _FOOTLINE))
