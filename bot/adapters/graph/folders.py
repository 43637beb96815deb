"""Folders of a mailbox by the names people give them. Moves no mail.

No id of a folder is remembered: a folder that a human has thrown away keeps its id in Deleted
Items, and mail filed there would be on its way out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.adapters.graph.answers import Request, entries, segment
from bot.adapters.graph.connection import Connection
from bot.adapters.graph.errors import RefusedError
from bot.adapters.graph.names import WELL_KNOWN, MailFolder, User
from bot.adapters.mail_folders import parts
from bot.ports.errors import TransientError

_FIELDS = f"{MailFolder.ID},{MailFolder.NAME},{MailFolder.TOTAL}"


@dataclass(frozen=True, slots=True)
class Found:
    """A folder, and how many items it says that it holds."""

    id: str
    total: int


def looked_up(connection: Connection, folder: str) -> Found | None:
    """Return *folder*, a well-known name or a path of names; None when it is missing.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.get``.
    """
    if folder.lower() in WELL_KNOWN:
        return _well_known(connection, folder.lower())
    at: Found | None = None
    for name in parts(folder):
        at = _child(connection, at.id if at else None, name)
        if at is None:
            return None
    return at


def found(connection: Connection, folder: str) -> str | None:
    """Return the id of *folder*, None when it is missing.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.get``.
    """
    there = looked_up(connection, folder)
    return there.id if there else None


def made(connection: Connection, folder: str) -> str:
    """Return the id of *folder*, made level by level where it is missing.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.get``.
    """
    if folder.lower() in WELL_KNOWN:
        there = _well_known(connection, folder.lower())
        if there is None:
            raise TransientError(f"{connection.peer}: the folder is missing")
        return there.id
    at: str | None = None
    for name in parts(folder):
        at = (_child(connection, at, name) or _new(connection, at, name)).id
    if at is None:
        raise TransientError(f"{connection.peer}: the folder has no name")
    return at


def _well_known(connection: Connection, name: str) -> Found | None:
    path = f"{connection.home}/{User.FOLDERS}/{name}"
    try:
        told = connection.get(path, {"$select": _FIELDS}).told
    except RefusedError as error:
        if error.gone:
            return None
        raise
    return _read(told, connection)


def _place(connection: Connection, parent: str | None) -> str:
    """Return the path of the list of folders below *parent*, None for the message root."""
    top = f"{connection.home}/{User.FOLDERS}"
    return top if parent is None else f"{top}/{segment(parent)}/{MailFolder.CHILDREN}"


def _child(connection: Connection, parent: str | None, name: str) -> Found | None:
    literal = name.replace("'", "''")  # OData 4.01 URL conventions §5.1.1.6.1
    query = {"$filter": f"{MailFolder.NAME} eq '{literal}'", "$select": _FIELDS}
    try:
        told = connection.get(_place(connection, parent), query).told
    except RefusedError as error:
        if error.gone and parent is not None:
            return None
        raise
    for entry in entries(told, connection.peer):
        if str(entry.get(MailFolder.NAME, "")).casefold() == name.casefold():
            return _read(entry, connection)
    return None


def _new(connection: Connection, parent: str | None, name: str) -> Found:
    request = Request("POST", _place(connection, parent), body={MailFolder.NAME: name})
    try:
        return _read(connection.send(request).told, connection)
    except RefusedError as error:
        if error.status != HTTPStatus.CONFLICT:
            raise
        there = _child(connection, parent, name)  # somebody made it in the same instant
        if there is None:
            raise
        return there


def _read(told: Mapping[str, Any], connection: Connection) -> Found:
    uid, total = told.get(MailFolder.ID), told.get(MailFolder.TOTAL)
    if not isinstance(uid, str) or not uid:
        raise TransientError(f"{connection.peer}: a folder without id")
    return Found(uid, total if isinstance(total, int) else 0)
