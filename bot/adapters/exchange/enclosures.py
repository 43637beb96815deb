"""Files and pictures of a draft: what it has, and adding what it lacks. Knows no letter's words.

Some servers lose what came with a letter when it was saved, so that is looked at each time.
"""

from __future__ import annotations

import base64
import binascii
import email
from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.exchange.connection import Connection
from bot.adapters.exchange.letters import Enclosed
from bot.adapters.exchange.soap import (
    SPACES,
    Element,
    attribute,
    el,
    field,
    item_id,
    item_ids,
    shape,
    words,
)
from bot.ports.errors import PermanentError


@dataclass(frozen=True, slots=True)
class _There:
    names: frozenset[str]
    content: bytes


def missing(connection: Connection, item: Element, wanted: Sequence[Enclosed]) -> list[Enclosed]:
    """Return what the draft lacks of *wanted*; what it has is compared byte by byte.

    Raises:
        PermanentError: an attachment is not what it was.
    """
    if not wanted:
        return []
    ids = [a.get("Id", "") for a in item.findall("t:Attachments/*/t:AttachmentId", SPACES)]
    there = _contents(connection, ids) if ids else []
    lacking = []
    for one in wanted:
        same = next((t for t in there if t.content == one.content), None)
        if same is None:
            lacking.append(one)
        else:
            there.remove(same)
    names = {name for one in lacking for name in (one.name, one.content_id) if name}
    if any(names & other.names for other in there):
        raise PermanentError("the server does not keep an attachment as it is")
    return lacking


def attached(connection: Connection, draft: str, key: str, file: Enclosed) -> str:
    """Add a file to a draft; return the draft's new change key ("": not told)."""
    asked = el(
        "m:CreateAttachment",
        item_id("m:ParentItemId", draft, key),
        el("m:Attachments", _attachment(file)),
    )
    told = connection.one(asked).element
    return attribute(told, "m:Attachments/*/t:AttachmentId", "RootItemChangeKey")


def prove(connection: Connection, draft: str, wanted: Sequence[Enclosed]) -> None:
    """See to it that what was added to a draft goes with the mail that it will be.

    Some servers show an added attachment, and have it not when the mail is made.

    Raises:
        PermanentError: they do not go with it, or that can't be seen.
    """
    told = shape("m:ItemShape", field("item:MimeContent"))
    item = connection.one(el("m:GetItem", told, item_ids([(draft, "")]))).item
    held = words(item, "t:MimeContent") if item is not None else ""
    try:
        mail = email.message_from_bytes(base64.b64decode(held))
    except (binascii.Error, ValueError) as error:
        raise PermanentError("the server does not give the letter back whole") from error
    there = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    if any(one.content not in there for one in wanted):
        raise PermanentError("the server does not keep an attachment that is added")


def _contents(connection: Connection, ids: Sequence[str]) -> list[_There]:
    asked = el(
        "m:GetAttachment",
        el("m:AttachmentIds", *(el("t:AttachmentId", Id=one) for one in ids)),
    )
    found = []
    for answer in connection.ask(asked):
        connection.sound(answer, asked)
        for file in answer.element.findall("m:Attachments/t:FileAttachment", SPACES):
            names = (words(file, "t:Name"), words(file, "t:ContentId").strip("<>"))
            try:
                content = base64.b64decode(words(file, "t:Content"))
            except (binascii.Error, ValueError):
                content = b""
            found.append(_There(frozenset(name for name in names if name), content))
    return found


def _attachment(file: Enclosed) -> Element:
    content = base64.b64encode(file.content).decode("ascii")
    return el(
        "t:FileAttachment",
        el("t:Name", file.name),
        el("t:ContentType", file.kind),
        *([el("t:ContentId", file.content_id)] if file.content_id else []),
        *([el("t:IsInline", "true")] if file.inline else []),
        el("t:Content", content),
    )
