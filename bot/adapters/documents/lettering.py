"""Words made into lines: what the faces can write, and where a line breaks. Draws nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfmetrics import getFont, stringWidth

from bot.adapters.blank.pen import BOLD, MM, NARROW, PLAIN, Style

BLUE, INK = (0.09, 0.22, 0.38), (0.1, 0.1, 0.1)
_BOLD_WORDS = re.compile(r"\*([^*]+)\*")
_INSTEAD = {"‐": "-", "‑": "-", "→": "–", "\t": " ", "\n": " "}
_SMALLEST = 7.0  # points
_UNKNOWN = "?"  # seen by the clerk who puts the letter into its envelope


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one style, *x* mm from where their line begins."""

    words: str
    style: Style
    x: float


Line = tuple[Piece, ...]


def writable(text: str, face: str = PLAIN) -> str:
    """Return *text* as *face* can write it: without marks that it lacks (ń becomes n)."""
    return "".join(_letter(letter, face) for letter in unicodedata.normalize("NFC", text))


def width(words: str, style: Style) -> float:
    """Return how wide *words* stand, in mm."""
    return float(stringWidth(words, style.face, style.size)) * NARROW / MM


def wrap(text: str, style: Style, room: float, *, marked: bool = False) -> tuple[Line, ...]:
    """Return the lines of *text*, none wider than *room* mm; a too long word is cut.

    A line ends with the blank that it breaks at, so that a screen reader hears two words.

    *marked*: words between asterisks stand in bold, and so does the comma after them.
    """
    lines: list[Line] = []
    line: list[Piece] = []
    at, end = 0.0, ""
    for word, own, blank in _words(text, style, room, marked=marked):
        wide = width(word, own)
        gap = width(" ", own if line[-1].style == own else style) if line else 0.0
        if line and at + gap + wide > room:
            lines.append(_joined(line, end))
            line, at, gap = [], 0.0, 0.0
        line.append(Piece(word, own, at + gap))
        at += gap + wide
        end = blank
    return (*lines, _joined(line, "")) if line else tuple(lines)


def fitted(words: str, style: Style, room: float) -> Style:
    """Return *style*, smaller where *words* would be wider than *room* mm; 7 points at least."""
    size = style.size
    while size > _SMALLEST and width(words, replace(style, size=size)) > room:
        size = round(size - 0.1, 1)
    return replace(style, size=size)


def leading(style: Style) -> float:
    """Return the distance from line to line, in mm."""
    return style.size * 1.36 / MM


def _letter(letter: str, face: str) -> str:
    letter = _INSTEAD.get(letter, letter)
    if ord(letter) in getFont(face).face.charToGlyph and letter != "\u00ad":
        return letter
    if unicodedata.category(letter) in {"Cc", "Cf", "Mn"}:
        return ""
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(_letter(part, face) for part in parts) if parts != letter else _UNKNOWN


def _words(
    text: str, style: Style, room: float, *, marked: bool
) -> Iterator[tuple[str, Style, str]]:
    """Yield words or parts of too long ones, each with its style and the blank that follows."""
    bold = replace(style, face=BOLD)
    shown = writable(text, style.face)
    parts = _BOLD_WORDS.split(shown) if marked else [shown]
    for n, part in enumerate(parts):
        own = bold if n % 2 else style
        for word in part.split(" "):
            bits = [bit for bit in _cut(word, own, room) if bit]
            yield from ((bit, own, "") for bit in bits[:-1])
            yield from ((bit, own, " ") for bit in bits[-1:])


def _cut(word: str, style: Style, room: float) -> Iterator[str]:
    while width(word, style) > room and len(word) > 1:
        end = len(word) - 1
        while end > 1 and width(word[:end], style) > room:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word


def _joined(line: list[Piece], end: str) -> Line:
    """Return neighbours of one style as one piece, with the blanks that a reader hears."""
    joined: list[Piece] = []
    for piece in line:
        if joined and joined[-1].style == piece.style:
            before = joined[-1]
            joined[-1] = replace(before, words=f"{before.words} {piece.words}")
        else:
            joined.append(piece)
    last = joined.pop()
    last = replace(last, words=f"{last.words}{end}")
    return (*(replace(p, words=f"{p.words} ") for p in joined), last)
