"""Outlook's winmail.dat (MS-OXTNEF) unpacked: its text and its files. Keeps no properties."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from tnefparse.tnef import TNEF

from parsers.mail.charsets import decode

# The library logs names of files and persons; ours are the only words that leave this process.
logging.getLogger("tnefparse").disabled = True
logging.getLogger("tnefparse.tnef").disabled = True
logging.getLogger("tnefparse.mapi").disabled = True
_MOST_FILES = 200
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What lay in a winmail.dat: its text, and (name, content, depth) of its files."""

    text: str
    html: str
    files: tuple[tuple[str, bytes, int], ...]


def unpack(content: bytes) -> Unpacked | None:
    """Return what *content* holds, None when it is damaged."""
    try:
        opened = TNEF(content, do_checksum=False)  # type: ignore[no-untyped-call]
        return Unpacked(_text(opened.body), _text(opened.htmlbody), tuple(_files(opened, 0)))
    except Exception:  # noqa: BLE001 - the library raises whatever damaged bytes make of it
        return None


def _files(opened: TNEF, depth: int) -> list[tuple[str, bytes, int]]:
    files: list[tuple[str, bytes, int]] = []
    for attached in opened.attachments[:_MOST_FILES]:
        inner = getattr(attached, "embed", None)
        if inner is not None and depth < _DEEPEST:
            files += _files(inner, depth + 1)
        elif isinstance(attached.data, bytes):
            name = _text(attached.long_filename()).strip("\x00")
            files.append((name, attached.data, depth))
    return files


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if isinstance(value, bytes):
        return decode(value.rstrip(b"\x00"))
    return value if isinstance(value, str) else ""
