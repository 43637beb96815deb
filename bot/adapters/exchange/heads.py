"""A mail as it came, where the server writes its MIME anew. Judges no field.

Some servers keep a mail as properties and make MIME when it is asked for: with a head of the fields
that they know (no Authentication-Results, Auto-Submitted or Return-Path; one author where From
named two), and with new boundaries each time. The head as it came is kept beside it ([MS-OXOMSG]
PidTagTransportMessageHeaders).
"""

from __future__ import annotations

import re

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*", re.MULTILINE)
_OF_THE_BODY = (b"content-", b"mime-version")  # tell of the body as it is now, not as it was
_EXCHANGES_OWN = b"x-ms-exchange-organization-"
_TRANSPORTED = frozenset({b"from", b"received"})  # of a head that is whole
_SUBJECT = b"subject"
_WORD = re.compile(rb"=\?[^?\s]+\?[bq]\?[^?\s]*\?=", re.IGNORECASE)  # RFC 2047
_BOUNDARY = re.compile(
    rb"(\bboundary=)(?:\"([^\"\r\n]{1,70})\"|([^\s;\"]{1,70})(?![^\s;]))", re.IGNORECASE
)
_EXCHANGES = re.compile(rb"_\d{3}_")  # so its boundaries begin, and are the same each time
_SIGNED = re.compile(rb"\bmultipart/signed\b", re.IGNORECASE)
_LONE_CR = re.compile(rb"\r(?!\n)")
_DELIMITER = re.compile(rb"^--([^\r\n]++\r?)$", re.MULTILINE)
_MOST = 200  # boundaries of a mail; one with more is left as it is
_FIRST = 1_000_000  # octets in which a mail's head ends

Fields = list[tuple[bytes, bytes]]  # name in lower case, all its lines with LF


def as_it_came(raw: bytes, came: str) -> bytes:
    """Return the mail under its head as it *came* ("": not told), the same at each fetch.

    A mail whose MIME has all the fields that it came with keeps its head.
    """
    head, gap, _ = raw[:_FIRST].partition(b"\r\n\r\n")
    kept = _LONE_CR.sub(b" ", came.encode("utf-8", "surrogateescape"))
    arrived, made = _fields(kept), _fields(head)
    if not gap or not arrived:
        return raw
    there = {name for name, _ in made}
    if any(name not in there for name, _ in arrived if not name.startswith(_OF_THE_BODY)):
        written = b"".join(_merged(arrived, made)).replace(b"\n", b"\r\n")
        raw = written + raw[len(head) + 2 :]
    drawn = [name for name in _boundaries(head) - _boundaries(kept) if not _EXCHANGES.match(name)]
    return _steady(raw) if drawn else raw


def _fields(head: bytes) -> Fields:
    text = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n"
    return [(found[1].lower(), found[0]) for found in _FIELD.finditer(text)]


def _merged(arrived: Fields, made: Fields) -> list[bytes]:
    """Return the fields as they came, and of the *made* ones those of the body and Exchange's own.

    What Exchange says itself counts for more than what came under the same name.
    A head that is not whole (of a mail that never left the server) only adds to the made one.
    """
    names = {name for name, _ in arrived}
    if not names & _TRANSPORTED:
        there = {name for name, _ in made}
        wanted = [(n, line) for n, line in arrived if n not in there]
        return [*_lines(wanted, body=False), *(line for _, line in made)]
    own = [(n, line) for n, line in made if n.startswith(_EXCHANGES_OWN)]
    said = {name for name, _ in own}
    arrived = [(n, line) for n, line in arrived if n not in said]
    read = [line for name, line in made if name == _SUBJECT]
    came = [(n, read[0] if len(read) == 1 and _lost(n, line) else line) for n, line in arrived]
    return [*_lines(own + came, body=False), *_lines(made, body=True)]


def _lost(name: bytes, line: bytes) -> bool:
    """Tell whether a subject may have lost letters: those without a charset are «?» in the head."""
    plain = _WORD.sub(b"", line)
    return name == _SUBJECT and (b"?" in plain or not plain.isascii())


def _lines(fields: Fields, *, body: bool) -> list[bytes]:
    return [line for name, line in fields if name.startswith(_OF_THE_BODY) == body]


def _boundaries(text: bytes) -> set[bytes]:
    return {_named(found) for found in _BOUNDARY.finditer(text)}


def _named(found: re.Match[bytes]) -> bytes:
    return bytes(found[2] or found[3]).rstrip(b" \t")  # RFC 2046 §5.1.1: blanks do not end it


def _steady(raw: bytes) -> bytes:
    """Name boundaries by their order: those that are drawn by lot differ at each fetch.

    Inside a signed mail they are part of what is signed.
    """
    where = raw.partition(b"\r\n\r\n")[0] if _SIGNED.search(raw) else raw
    names = dict.fromkeys(_named(found) for found in _BOUNDARY.finditer(where))
    names.pop(b"", None)
    if len(names) > _MOST:
        return raw
    new = {name: b"=_part_%d" % number for number, name in enumerate(names)}

    def told(found: re.Match[bytes]) -> bytes:
        name = new.get(_named(found))
        return b'%b"%b"' % (found[1], name) if name else found[0]

    def line(found: re.Match[bytes]) -> bytes:
        text = found[1].rstrip(b" \t\r")
        for end in (b"", b"--"):
            name = new.get(text.removesuffix(end)) if text.endswith(end) else None
            if name:
                return b"--" + name + end + found[1][len(text) :]
        return found[0]

    return _DELIMITER.sub(line, _BOUNDARY.sub(told, raw))
