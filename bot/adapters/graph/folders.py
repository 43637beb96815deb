"""Folders of a mailbox by the names people give them. Moves no mail.

No id of a folder is remembered: a folder that a human has thrown away keeps its id in Deleted
Items, and mail filed there would be on its way out.
"""

from __future__ import annotations

from http import HTTPStatus

from bot.adapters.graph.answers import Request, entries, segment
from bot.adapters.graph.connection import Connection
from bot.adapters.graph.errors import RefusedError
from bot.adapters.graph.names import WELL_KNOWN, MailFolder, User
from bot.adapters.mail_folders import parts
from bot.ports.errors import TransientError

_FIELDS = f"{MailFolder.ID},{MailFolder.NAME}"


def found(connection: Connection, folder: str) -> str | None:
    """Return the id of *folder*, a well-known name or a path of names; None when it is missing.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.get``.
    """
    if folder.lower() in WELL_KNOWN:
        return _well_known(connection, folder.lower())
    at: str | None = None
    for name in parts(folder):
        at = _child(connection, at, name)
        if at is None:
            return None
    return at


def made(connection: Connection, folder: str) -> str:
    """Return the id of *folder*, made level by level where it is missing.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.get``.
    """
    if folder.lower() in WELL_KNOWN:
        there = _well_known(connection, folder.lower())
        if there is None:
            raise TransientError(f"{connection.peer}: the folder is missing")
        return there
    at: str | None = None
    for name in parts(folder):
        at = _child(connection, at, name) or _new(connection, at, name)
    if at is None:
        raise TransientError(f"{connection.peer}: the folder has no name")
    return at


def _well_known(connection: Connection, name: str) -> str | None:
    path = f"{connection.home}/{User.FOLDERS}/{name}"
    try:
        told = connection.get(path, {"$select": MailFolder.ID}).told
    except RefusedError as error:
        if error.gone:
            return None
        raise
    return _id(told, connection)


def _place(connection: Connection, parent: str | None) -> str:
    """Return the path of the list of folders below *parent*, None for the message root."""
    top = f"{connection.home}/{User.FOLDERS}"
    return top if parent is None else f"{top}/{segment(parent)}/{MailFolder.CHILDREN}"


def _child(connection: Connection, parent: str | None, name: str) -> str | None:
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
            return _id(entry, connection)
    return None


def _new(connection: Connection, parent: str | None, name: str) -> str:
    request = Request("POST", _place(connection, parent), body={MailFolder.NAME: name})
    try:
        return _id(connection.send(request).told, connection)
    except RefusedError as error:
        if error.status != HTTPStatus.CONFLICT:
            raise
        there = _child(connection, parent, name)  # somebody made it in the same instant
        if there is None:
            raise
        return there


def _id(told: object, connection: Connection) -> str:
    found = told.get(MailFolder.ID) if isinstance(told, dict) else None
    if not isinstance(found, str) or not found:
        raise TransientError(f"{connection.peer}: a folder without id")
    return found
