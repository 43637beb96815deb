"""Parameters of a MIME header (RFC 2045, 2231) and names of files. Decides nothing about parts."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from parsers.mail.charsets import clean_line, decode, from_header
from parsers.mail.words import decode_words

_PARAMETER = re.compile(
    r"""\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))[^;]*""", re.DOTALL
)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", re.DOTALL)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_LONGEST_NAME = 150
_LONGEST_HEADER = 8_000
_MOST = 200


def split(value: str) -> tuple[str, dict[str, str]]:
    """Return a header's main value (lower case) and its parameters, decoded; never raises.

    Takes RFC 2231 charsets and continuations, and what clients really send: RFC 2047 words in
    quotes, raw 8-bit bytes, a missing closing quote.
    """
    value = value[:_LONGEST_HEADER]
    main, _, rest = value.partition(";")
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(rest)):
        if count >= _MOST:
            break
        raw = found[3].strip() if found[2] is None else re.sub(r"\\([\"\\])", r"\1", found[2])
        named = _SECTION.fullmatch(found[1].lower())
        if named is None:
            continue
        number = int(named[2] or 0)
        parts = sections.setdefault(named[1], {})
        if number not in parts or named[3]:  # name*= is preferred to name= (RFC 6266 §4.3)
            parts[number] = (raw, bool(named[3]))
    return main.strip().lower(), {name: _joined(parts) for name, parts in sections.items()}


def file_name(name: str) -> str:
    """Return *name* fit to be shown and stored: one line, no path, NFC; "" when nothing is left."""
    last = re.split(r"[/\\]", clean_line(name))[-1]
    last = _NOT_IN_NAMES.sub("_", last).strip(" .")
    if len(last) > _LONGEST_NAME:
        stem, dot, ending = last.rpartition(".")
        if not dot or len(ending) > 10:  # noqa: PLR2004 - no real ending is longer
            return last[:_LONGEST_NAME]
        last = f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return last


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    first, extended = parts.get(0, ("", False))
    charset = ""
    if extended and first.count("'") >= 2:  # noqa: PLR2004 - charset'language'text
        charset, _, first = first.split("'", 2)
    if len(parts) == 1 and 0 in parts and not extended:
        return clean_line(decode_words(from_header(first)))
    pieces = [(first, extended)]
    for number in range(1, len(parts) + 1):
        if number not in parts:
            break
        pieces.append(parts[number])
    return clean_line(decode(b"".join(_bytes(text, coded) for text, coded in pieces), charset))


def _bytes(text: str, coded: bool) -> bytes:  # noqa: FBT001 - a pair as parsed
    raw = text.encode("utf-8", "surrogateescape")
    return unquote_to_bytes(raw) if coded else raw
