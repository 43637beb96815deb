"""Folders of an Exchange mailbox, by the names that people see. Moves no mail.

«Klart» lies beside the inbox, at the top of the folder list, where people look; a folder of that
name under the inbox, or at the mailbox's root, is used if there is none beside it. Nothing is
remembered between calls: a folder that a human threw away lives on under its old id among the
deleted items.
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
    is_last,
    shape,
    well_known,
    words,
)
from bot.adapters.mail_folders import parts
from bot.ports.errors import NeedsOperatorError, TransientError

INBOX = "INBOX"
_PAGE = 500
_NOT_HERE = frozenset(
    {
        "ErrorAccessDenied", "ErrorCreateItemAccessDenied", "ErrorFolderNotFound",
        "ErrorParentFolderNotFound", "ErrorItemNotFound", "ErrorInvalidIdMalformed",
        "ErrorInvalidOperation", "ErrorCannotUseFolderIdForItemId",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A folder as it is today: its name with us, its id there, how much lies in it."""

    name: str
    id: str
    owner: str  # the mailbox's address: not every server's ids tell mailboxes apart
    count: int | None = None

    @property
    def generation(self) -> str:
        """Return what changes when another folder, or another mailbox, has taken its place."""
        return hashlib.sha256(f"{self.owner.lower()} {self.id}".encode()).hexdigest()[:16]


def inbox(connection: Connection) -> Box:
    """Return the inbox.

    Raises:
        RefusedError: the mailbox is not there, or not for us.
    """
    return _known(connection, "inbox")[0]


def known(connection: Connection, which: str) -> str:
    """Return the id of a folder that every mailbox has («drafts»), asked for once.

    Raises:
        RefusedError: this mailbox has none.
    """
    if which not in connection.known:
        box, parent = _known(connection, which)
        connection.known[which] = box.id
        if which == "inbox" and parent:
            connection.known["beside"] = parent
    return connection.known[which]


def found(connection: Connection, name: str) -> Box | None:
    """Return the folder of that name, None when there is none."""
    if name.upper() == INBOX:
        return inbox(connection)
    refusals: list[RefusedError] = []
    looked = False
    for top in _tops(connection):
        try:
            last: str | None = top
            for part in parts(name):
                last = _child(connection, last, part) if last else None
        except RefusedError as error:
            if error.code not in _NOT_HERE:
                raise
            refusals.append(error)
            continue
        looked = True
        if last:
            return Box(name, last, connection.mailbox)
    if not looked and refusals:
        raise refusals[0]
    return None


def ensured(connection: Connection, name: str) -> Box:
    """Return the folder of that name; what is missing of it is made beside the inbox.

    Where we may not make it there it is made under the inbox.

    Raises:
        NeedsOperatorError: we may not make it.
    """
    there = found(connection, name)
    if there is not None:
        return there
    for top in _tops(connection):
        try:
            last = top
            for part in parts(name):
                last = _child(connection, last, part) or _made(connection, last, part)
            return Box(name, last, connection.mailbox)
        except RefusedError as error:
            if error.code not in _NOT_HERE:
                raise
    raise NeedsOperatorError(
        f"{connection.endpoint.peer}: the folder cannot be made",
        f"Servern låter oss inte skapa mappen {name}. Skapa den för hand bredvid inkorgen.",
    )


def question(connection: Connection, which: str, *properties: str) -> Element:
    """Return the question for a folder that every mailbox has."""
    return el(
        "m:GetFolder",
        shape("m:FolderShape", *map(field, properties)),
        el("m:FolderIds", well_known(which, connection.mailbox)),
    )


def _known(connection: Connection, which: str) -> tuple[Box, str]:
    """Return a folder that every mailbox has, and the id of the one it lies in ("": not told)."""
    for properties in (("folder:TotalCount", "folder:ParentFolderId"), ()):
        asked = question(connection, which, *properties)
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
        box = Box(INBOX, one, connection.mailbox, int(count) if count.isdigit() else None)
        return box, attribute(folder, "t:ParentFolderId", "Id")
    raise AssertionError  # the last try returns or raises


def _tops(connection: Connection) -> Iterator[str]:
    """Yield where our folders may lie: at the top of the folder list, then under the inbox."""
    seen: set[str] = set()
    for which in ("msgfolderroot", "inbox", "root"):
        try:
            one = known(connection, which)
        except RefusedError:
            if which == "inbox":
                raise
            continue
        beside = connection.known.get("beside", "") if which == "inbox" else ""
        for top in (beside, one):
            if top and top not in seen:
                seen.add(top)
                yield top


def _child(connection: Connection, parent: str, name: str) -> str | None:
    """Return the id of the folder *name* that lies in *parent*."""
    wanted = _key(name)
    offset, begun = 0, ""
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
            el("m:ParentFolderIds", folder_id(parent)),
            Traversal="Shallow",
        )
        root = connection.one(asked).element.find("m:RootFolder", SPACES)
        listed = root.findall("t:Folders/*", SPACES) if root is not None else []
        for folder in listed:
            if _key(words(folder, "t:DisplayName")) == wanted:
                return attribute(folder, "t:FolderId", "Id") or None
        offset += len(listed)
        first = attribute(listed[0], "t:FolderId", "Id") if listed else ""
        if first in ("", begun) or is_last(root, offset, short=len(listed) < _PAGE):
            return None
        begun = begun or first


def _made(connection: Connection, parent: str, name: str) -> str:
    asked = el(
        "m:CreateFolder",
        el("m:ParentFolderId", folder_id(parent)),
        el(
            "m:Folders",
            el("t:Folder", el("t:FolderClass", "IPF.Note"), el("t:DisplayName", name)),
        ),
    )
    try:
        told = connection.one(asked).element
        made = attribute(told, "m:Folders/*/t:FolderId", "Id")
    except RefusedError as error:
        if error.code != "ErrorFolderExists":
            raise
        made = ""
    there = made or _child(connection, parent, name)
    if there is None:
        raise TransientError(f"{connection.endpoint.peer}: the folder was made and is not there")
    return there


def _key(name: str) -> str:
    """Return *name* as Exchange compares it: without regard to case, å as one letter."""
    return unicodedata.normalize("NFC", name).casefold()
