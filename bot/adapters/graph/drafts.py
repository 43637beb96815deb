"""Letters too large for one request: a draft, its files one by one, and then it is sent.

Decides nothing about repeats. A draft that was not finished is never sent by this program.
"""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import Any

from bot.adapters.graph.answers import Request, segment
from bot.adapters.graph.connection import Connection
from bot.adapters.graph.errors import BrokenError, RefusedError
from bot.adapters.graph.letters import Draft, Part, key, recipients_of
from bot.adapters.graph.names import (
    FILE_ATTACHMENT,
    AttachmentItem,
    Control,
    FileAttachment,
    Message,
    Upload,
    UploadSession,
    User,
)
from bot.ports.errors import PermanentError, TransientError

SESSION = 3_000_000  # octets: larger files go by an upload session, smaller ones may not
_STEP = 10 * 320 * 1024  # octets in one part of an upload: below 4 MB
_TOO_SMALL = "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize"
_TRIES = 5  # of one part of an upload


def made(connection: Connection, draft: Draft) -> str:
    """Make the draft with all its files; return its id.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.send``.
        PermanentError: Exchange made of it another letter than ours.
    """
    answer = connection.send(Request("POST", _place(connection), body=draft.message)).told
    uid = answer.get(Message.ID)
    if not isinstance(uid, str) or not uid:
        raise TransientError(f"{connection.peer}: a draft without id")
    wanted = sorted(key(address) for address in recipients_of(draft.message))
    if sorted(key(address) for address in recipients_of(answer)) != wanted:
        raise PermanentError(f"{connection.peer}: the draft has other recipients than the letter")
    if answer.get(Message.MESSAGE_ID) != draft.message[Message.MESSAGE_ID]:
        raise PermanentError(f"{connection.peer}: the draft has another Message-ID than the letter")
    for number, part in enumerate(draft.parts, 1):
        _attached(connection, uid, part, number)
    return uid


def complete(connection: Connection, uid: str, draft: Draft, *, files: bool) -> bool:
    """Tell whether the draft *uid* has all recipients, and *files*, that *draft* has.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.get``.
    """
    path = f"{_place(connection)}/{segment(uid)}"
    fields = f"{Message.TO},{Message.CC},{Message.BCC}"
    told = connection.get(path, {"$select": fields}).told
    wanted = sorted(key(address) for address in recipients_of(draft.message))
    if sorted(key(address) for address in recipients_of(told)) != wanted:
        return False
    if not files:
        return True
    there = _names(connection, f"{path}/{Message.ATTACHMENTS}")
    return sorted(there) == sorted(part.name for part in draft.parts)


def sent(connection: Connection, uid: str) -> None:
    """Have Exchange send the draft.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.send``.
    """
    path = f"{_place(connection)}/{segment(uid)}/send"
    answer = connection.send(Request("POST", path))
    if answer.status != HTTPStatus.ACCEPTED:
        reason = f"{connection.peer}: {answer.status} where 202 was due"
        raise RefusedError(reason, HTTPStatus.BAD_GATEWAY, "")


def discarded(connection: Connection, uid: str) -> None:
    """Remove a draft that was never finished.

    Raises:
        RefusedError, TransientError, NeedsOperatorError: as for ``Connection.send``.
    """
    try:
        connection.send(Request("DELETE", f"{_place(connection)}/{segment(uid)}"))
    except RefusedError as error:
        if not error.gone:
            raise


def _place(connection: Connection) -> str:
    return f"{connection.home}/{User.MESSAGES}"


def _names(connection: Connection, place: str) -> list[str]:
    told = connection.pages(place, {"$select": FileAttachment.NAME})
    return [str(entry.get(FileAttachment.NAME)) for entry in told]


def _attached(connection: Connection, uid: str, part: Part, number: int) -> None:
    """Attach a file, the draft's *number*-th."""
    place = f"{_place(connection)}/{segment(uid)}/{Message.ATTACHMENTS}"
    if len(part.content) >= SESSION:
        try:
            _uploaded(connection, place, part, number)
        except RefusedError as error:
            if error.code != _TOO_SMALL:
                raise
        else:
            return
    body: dict[str, Any] = {
        Control.TYPE: FILE_ATTACHMENT,
        FileAttachment.NAME: part.name,
        FileAttachment.CONTENT_TYPE: part.kind,
        FileAttachment.CONTENT: base64.b64encode(part.content).decode("ascii"),
    }
    if part.content_id:
        body |= {FileAttachment.INLINE: True, FileAttachment.CONTENT_ID: part.content_id}
    connection.send(Request("POST", place, body=body))


def _uploaded(connection: Connection, place: str, part: Part, number: int) -> None:
    """Upload a file part by part, each where Graph says that the next one begins."""
    item: dict[str, Any] = {
        AttachmentItem.KIND: "file",
        AttachmentItem.NAME: part.name,
        AttachmentItem.SIZE: len(part.content),
        AttachmentItem.CONTENT_TYPE: part.kind,
    }
    if part.content_id:
        item |= {AttachmentItem.INLINE: True, AttachmentItem.CONTENT_ID: part.content_id}
    asked = Request("POST", f"{place}/createUploadSession", body={Upload.ITEM: item})
    session = connection.send(asked).told
    url = session.get(UploadSession.URL)
    if not isinstance(url, str) or not url.startswith(connection.scheme):
        raise TransientError(f"{connection.peer}: an upload session without a safe address")
    at, failures, total = 0, 0, len(part.content)
    while at < total:
        try:
            answer = connection.upload(url, part.content[at : at + _STEP], at, total)
        except BrokenError:
            failures += 1
            if failures == _TRIES:
                raise
            continue  # the same part again; the answer says which one Graph lacks
        except RefusedError:
            if failures and len(_names(connection, place)) == number:
                return  # the part whose answer was lost was the last one
            raise
        if answer.status == HTTPStatus.CREATED:
            return
        before, at = at, _next(answer.told, connection.peer)
        failures += at <= before
        if failures >= _TRIES:
            break
    raise TransientError(f"{connection.peer}: an upload that never ends")


def _next(session: object, peer: str) -> int:
    """Return where the next part begins: "2097152" or "2097152-" or "2097152-3483321"."""
    expected = session.get(UploadSession.EXPECTED) if isinstance(session, dict) else None
    first = str(expected[0]).partition("-")[0] if isinstance(expected, list) and expected else ""
    if not first.isdecimal():
        raise TransientError(f"{peer}: an upload session that does not say what it lacks")
    return int(first)
