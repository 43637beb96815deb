"""The words of an HTML body, line by line; what is quoted is marked ">". Shows nothing."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_LINES = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol",
        "p", "pre", "section", "table", "tr", "ul",
    }
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_STRUCK = frozenset({"s", "strike", "del"})
_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_MARKS = re.compile(r"<(?:s|strike|del)\b|line-through", re.IGNORECASE)
_ALONE = frozenset({"dd", "dt", "li", "p", "td", "th", "tr"})  # never one in another
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
_LONGEST = 2_000_000
_CID = re.compile(r"""cid:([^"'\s>)]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_DEEPEST = 20


def words(html: str) -> str:
    """Return what *html* says as plain lines; quoted blocks bear "> ".

    Words that are struck through are left out: whoever wrote them has taken them back.
    """
    html = html[:_LONGEST]
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError, IndexError):  # odd declarations: the tags go, words stay
        return _tidy(unescape(_TAG.sub(" ", html)))
    return _tidy("".join(reader.out))


def strikes(html: str) -> bool:
    """Tell whether *html* strikes words through: its plain twin would say them all the same."""
    html = html[:_LONGEST]
    if not _MARKS.search(html):
        return False
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError, IndexError):
        return False
    return reader.left_out


def referenced(html: str) -> frozenset[str]:
    """Return the Content-IDs that *html* shows (cid: links, RFC 2392), in lower case."""
    return frozenset(found.lower() for found in _CID.findall(html[:_LONGEST]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.left_out = False  # words that were struck through
        self._unseen: str | None = None
        self._quotes = 0
        self._struck: list[str] = []  # open elements from the first struck one on

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a cell, something unseen or struck through."""
        self._strike(tag, dict(attrs).get("style") or "")
        if tag in _UNSEEN and self._unseen is None:
            self._unseen = tag
        if tag == "body":
            self._unseen = None  # a head that was never closed ends here
        if tag == "blockquote":
            self._quotes += 1
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take ``<br/>`` as the line's end and no more."""
        del attrs
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what was unseen, a quotation, a line."""
        if tag == self._unseen:
            self._unseen = None
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        self._unstrike(tag)
        if tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        """Keep the words that are shown and stand."""
        if self._unseen is None and self._struck:
            self.left_out |= bool(data.strip())
        elif self._unseen is None:
            self.out.append(" ".join(re.split(r"[ \t\r\n\f]+", data)))

    def _strike(self, tag: str, style: str) -> None:
        """Remember that *tag* strikes its words through, or stands in what does."""
        if tag in _VOID:
            return
        if tag in _ALONE and self._struck[-1:] == [tag]:
            self._struck.pop()  # the next of its kind ends it
        if self._struck or tag in _STRUCK or _THROUGH.search(style):
            self._struck.append(tag)

    def _unstrike(self, tag: str) -> None:
        """Forget *tag* and what was left open in it; a stray end tag ends nothing."""
        if tag in self._struck:
            at = len(self._struck) - 1 - self._struck[::-1].index(tag)
            del self._struck[at:]

    def _break(self, tag: str) -> None:
        if tag in _LINES and self._unseen is None:
            self.out.append("\n" + "> " * min(self._quotes, _DEEPEST))
        elif tag in _CELLS:
            self.out.append(" ")


def _tidy(text: str) -> str:
    lines = (" ".join(line.replace("\xa0", " ").split(" ")).strip() for line in text.split("\n"))
    lines = (re.sub(r" {2,}", " ", line) for line in lines)
    kept = [line for line in lines if line.strip("> ")]
    return "\n".join(kept)
