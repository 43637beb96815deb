"""Outlook's winmail.dat (MS-OXTNEF) unpacked: its text and its files. Keeps no properties."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from tnefparse.tnef import TNEF, TNEFAttachment

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
    """Return what *content* holds, None when it is damaged or nothing is found in it."""
    try:
        opened = TNEF(content, do_checksum=False)  # type: ignore[no-untyped-call]
        found = Unpacked(_text(opened.body), _text(opened.htmlbody), tuple(_files(opened, 0)))
    except Exception:  # noqa: BLE001 - the library raises whatever damaged bytes make of it
        return None
    return found if found.files or found.text or found.html else None


def _files(opened: TNEF, depth: int) -> list[tuple[str, bytes, int]]:
    files: list[tuple[str, bytes, int]] = []
    for attached in opened.attachments[:_MOST_FILES]:
        inner = getattr(attached, "embed", None)
        if inner is not None and depth < _DEEPEST:
            files += _files(inner, depth + 1)
        elif isinstance(attached.data, bytes):
            files.append((_name(attached), attached.data, depth))
    return files


def _name(attached: TNEFAttachment) -> str:
    try:
        return _text(attached.long_filename()).strip("\x00")
    except UnicodeDecodeError:  # a short name in the sender's code page
        return _text(attached._name).strip("\x00")  # noqa: SLF001 - the library takes it for UTF-8


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if isinstance(value, bytes):
        return decode(value.rstrip(b"\x00"))
    return value if isinstance(value, str) else ""
