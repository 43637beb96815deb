"""Folders of an Exchange mailbox, by the names that people see. Moves no mail.

«Klart» lies beside the inbox, at the top of the folder list, where people look; a folder of that
name under the inbox is used if there is none beside it. Nothing is remembered between calls: a
folder that a human threw away lives on under its old id among the deleted items.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.adapters.exchange.connection import Connection
from bot.adapters.exchange.errors import RefusedError, is_decided
from bot.adapters.exchange.soap import (
    SPACES,
    Element,
    attribute,
    el,
    field,
    folder_id,
    shape,
    well_known,
    words,
)
from bot.adapters.mail_folders import parts
from bot.ports.errors import NeedsOperatorError, TransientError

INBOX = "INBOX"
_PAGE = 500
_NO_ROOT = frozenset({"ErrorFolderNotFound", "ErrorItemNotFound", "ErrorInvalidIdMalformed"})


@dataclass(frozen=True, slots=True)
class Box:
    """A folder as it is today: its name with us, its id there, how much lies in it."""

    name: str
    id: str
    count: int | None = None

    @property
    def generation(self) -> str:
        """Return what changes when another folder, or another mailbox, has taken its place."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:16]


def inbox(connection: Connection) -> Box:
    """Return the inbox.

    Raises:
        RefusedError: the mailbox is not there, or not for us.
    """
    return _known(connection, "inbox")[0]


def found(connection: Connection, name: str) -> Box | None:
    """Return the folder of that name, None when there is none."""
    if name.upper() == INBOX:
        return inbox(connection)
    there = parts(name)
    for top in _tops(connection):
        last: str | None = None
        parent: Element = top
        for part in there:
            last = _child(connection, parent, part)
            if last is None:
                break
            parent = folder_id(last)
        if last is not None:
            return Box(name, last)
    return None


def ensured(connection: Connection, name: str) -> Box:
    """Return the folder of that name; what is missing of it is made beside the inbox.

    Raises:
        NeedsOperatorError: we may not make it.
    """
    there = found(connection, name)
    if there is not None:
        return there
    parent = next(_tops(connection))
    last = ""
    for part in parts(name):
        last = _child(connection, parent, part) or _made(connection, parent, part, name)
        parent = folder_id(last)
    return Box(name, last)


def _known(connection: Connection, which: str) -> tuple[Box, str]:
    """Return a folder that every mailbox has, and the id of the one it lies in ("": not told)."""
    for properties in (("folder:TotalCount", "folder:ParentFolderId"), ()):
        asked = el(
            "m:GetFolder",
            shape("m:FolderShape", *map(field, properties)),
            el("m:FolderIds", well_known(which, connection.mailbox)),
        )
        try:
            answer = connection.one(asked)
        except RefusedError as error:
            if not properties or is_decided(error.code):
                raise
            continue
        folder = answer.element.find("m:Folders/*", SPACES)
        one = attribute(folder, "t:FolderId", "Id") if folder is not None else ""
        if folder is None or not one:
            raise TransientError(f"{connection.endpoint.peer}: a folder without an id")
        count = words(folder, "t:TotalCount")
        box = Box(INBOX, one, int(count) if count.isdigit() else None)
        return box, attribute(folder, "t:ParentFolderId", "Id")
    raise AssertionError  # the last try returns or raises


def _tops(connection: Connection) -> Iterator[Element]:
    """Yield where our folders may lie: at the top of the folder list, then under the inbox."""
    yield well_known("msgfolderroot", connection.mailbox)
    yield well_known("inbox", connection.mailbox)


def _child(connection: Connection, parent: Element, name: str) -> str | None:
    """Return the id of the folder *name* that lies in *parent*."""
    wanted = _key(name)
    offset = 0
    while True:
        view = el(
            "m:IndexedPageFolderView",
            MaxEntriesReturned=str(_PAGE),
            Offset=str(offset),
            BasePoint="Beginning",
        )
        asked = el(
            "m:FindFolder",
            shape("m:FolderShape", field("folder:DisplayName")),
            view,
            el("m:ParentFolderIds", _copied(parent)),
            Traversal="Shallow",
        )
        root = connection.one(asked).element.find("m:RootFolder", SPACES)
        listed = root.findall("t:Folders/*", SPACES) if root is not None else []
        for folder in listed:
            if _key(words(folder, "t:DisplayName")) == wanted:
                return attribute(folder, "t:FolderId", "Id") or None
        offset += len(listed)
        last = root is None or root.get("IncludesLastItemInRange", "true").lower() == "true"
        if last or not listed:
            return None


def _made(connection: Connection, parent: Element, part: str, whole: str) -> str:
    asked = el(
        "m:CreateFolder",
        el("m:ParentFolderId", _copied(parent)),
        el(
            "m:Folders",
            el("t:Folder", el("t:FolderClass", "IPF.Note"), el("t:DisplayName", part)),
        ),
    )
    try:
        answer = connection.one(asked)
        made = attribute(answer.element, "m:Folders/*/t:FolderId", "Id")
    except RefusedError as error:
        if error.code not in ("ErrorFolderExists", "ErrorAccessDenied"):
            raise
        made = ""
    there = made or _child(connection, parent, part)
    if there is None:
        raise NeedsOperatorError(
            f"{connection.endpoint.peer}: the folder cannot be made",
            f"Servern låter oss inte skapa mappen {whole}. Skapa den för hand bredvid inkorgen.",
        )
    return there


def _copied(element: Element) -> Element:
    """Return a copy: an element can stand in one question only."""
    return el(
        f"t:{str(element.tag).rpartition('}')[2]}",
        *(_copied(child) for child in element),
        *([element.text] if element.text else []),
        **dict(element.attrib),
    )


def _key(name: str) -> str:
    """Return *name* as Exchange compares it: without regard to case, å as one letter."""
    return unicodedata.normalize("NFC", name).casefold()
