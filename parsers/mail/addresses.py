"""Mailboxes in an address header (RFC 5322 §3.4). Strict: what is doubtful is no address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.mail.charsets import clean_line, from_header
from parsers.mail.words import decode_words

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+@[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+")
_SWEDISH = frozenset("ÅÄÖÉÜ")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox: address in lower case ("" when it is malformed), display name decoded."""

    address: str
    name: str = ""


def mailboxes(value: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes of a header value; a group or a malformed one has no address.

    Words without an address (an unquoted «Svensson, Anna <a@x>») are passed over.
    """
    boxes = []
    for piece in _pieces(from_header(value[:_LONGEST])):
        box = _mailbox(piece)
        if box is not None:
            boxes.append(box)
    return tuple(boxes)


def lower(address: str) -> str:
    """Return *address* in lower case; letters that fold onto ASCII ones (K, ſ) stay apart."""
    return "".join(c.lower() if c.isascii() or c in _SWEDISH else c for c in address)


def _pieces(value: str) -> list[list[tuple[str, str]]]:
    """Split at top-level commas; each piece is a list of (kind, text): word, quoted, angle, bad."""
    pieces: list[list[tuple[str, str]]] = [[]]
    position = 0
    while position < len(value):
        char = value[position]
        if char == '"':
            text, position = _until(value, position, '"')
            pieces[-1].append(("quoted", text))
        elif char == "(":
            position = _comment_end(value, position)
        elif char == "<":
            text, position = _until(value, position, ">")
            pieces[-1].append(("angle", text))
        elif char == ",":
            pieces.append([])
            position += 1
        else:
            kind = "bad" if char in ":;>" else "word"
            pieces[-1].append((kind, char))
            position += 1
    return pieces


def _until(value: str, start: int, end: str) -> tuple[str, int]:
    """Return the text up to an unescaped *end*, and the position after it."""
    out: list[str] = []
    position = start + 1
    while position < len(value):
        char = value[position]
        if char == end:
            return "".join(out), position + 1
        if char == "\\" and end == '"' and position + 1 < len(value):
            position += 1
            char = value[position]
        out.append(char)
        position += 1
    return "".join(out), position


def _comment_end(value: str, start: int) -> int:
    depth = 0
    position = start
    while position < len(value):
        char = value[position]
        if char == "\\":
            position += 1
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                return position + 1
        position += 1
    return position


def _mailbox(piece: list[tuple[str, str]]) -> Mailbox | None:
    angles = [text for kind, text in piece if kind == "angle"]
    words = "".join(text for kind, text in piece if kind in ("word", "bad")).strip()
    if any(kind == "bad" for kind, _ in piece) or len(angles) > 1:
        return Mailbox("")
    if not angles:
        if "@" not in words:
            return None
        quoted = any(kind == "quoted" for kind, _ in piece)
        return Mailbox(_address(words) if not quoted else "")
    last = [kind for kind, text in piece if kind != "word" or text.strip()][-1]
    if last != "angle":
        return Mailbox("")
    shown = "".join(text for kind, text in piece if kind != "angle")
    return Mailbox(_address(angles[0]), clean_line(decode_words(shown)))


def _address(text: str) -> str:
    stripped = text.strip()
    return lower(stripped) if _ADDRESS.fullmatch(stripped) else ""
