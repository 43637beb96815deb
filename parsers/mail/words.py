"""Encoded words in headers (RFC 2047). Not a header parser: takes text, gives text."""

from __future__ import annotations

import base64
import quopri
import re

from parsers.mail.charsets import decode

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")


def decode_words(text: str) -> str:
    """Return *text* with its encoded words decoded; malformed ones stay as they are.

    Neighbours in one charset are joined before decoding, as a letter may be split between them.
    """
    if "=?" not in text:
        return text
    out: list[str] = []
    pending, charset, end = b"", "", 0
    text = _BETWEEN.sub(r"\1", text)
    for word in _WORD.finditer(text):
        named = word[1].partition("*")[0].lower()  # RFC 2231 §5: charset*language
        if pending and (word.start() != end or named != charset):
            out.append(decode(pending, charset))
            pending = b""
        out.append(text[end : word.start()])
        pending += _content(word[2], word[3])
        charset, end = named, word.end()
    if pending:
        out.append(decode(pending, charset))
    out.append(text[end:])
    return "".join(out)


def _content(coding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if coding in "qQ":
        return quopri.decodestring(raw.replace(b" ", b"_"), header=True)
    return lenient_base64(raw)


def lenient_base64(raw: bytes) -> bytes:
    """Return the bytes that *raw* encodes, whatever stands between the letters or is cut off."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw.partition(b"=")[0] if b"=" in raw[-4:] else raw)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))
