"""Mails of an Exchange mailbox by their ids: read, moved, marked. Chooses none of them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from bot.adapters.exchange.connection import BUSY, Connection
from bot.adapters.exchange.errors import RefusedError, SenselessError
from bot.adapters.exchange.heads import as_it_came
from bot.adapters.exchange.listing import Entry
from bot.adapters.exchange.soap import (
    SPACES,
    Answer,
    Element,
    all_words,
    attribute,
    el,
    extended,
    field,
    folder_id,
    item_id,
    item_ids,
    shape,
    transport_head,
)
from bot.ports.errors import TransientError

GONE = frozenset(
    {"ErrorItemNotFound", "ErrorInvalidIdMalformed", "ErrorInvalidId", "ErrorMessageNotFound"}
)
_NO_SUPPRESSING = ("Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2", "Exchange2013")
_KEYWORDS = re.compile(
    rb"^keywords:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n", re.IGNORECASE | re.MULTILINE
)
_BLANK = re.compile(r"\s+")
_FIRST = 1_000_000  # octets in which a mail's header ends


@dataclass(frozen=True, slots=True)
class Found:
    """One item as it is now; *why* it can't be had, "" when it is here."""

    why: str
    raw: bytes = b""
    categories: tuple[str, ...] = ()
    key: str = ""

    @property
    def gone(self) -> bool:
        """Tell whether it is not there any more."""
        return self.why in GONE or self.why == MOVED


_FAILED = "ErrorMoveCopyFailed"  # some servers' word for an item that is gone, too
MOVED = "moved"
NO_MIME = "no MIME"


def bodies(connection: Connection, entries: Sequence[Entry]) -> list[Found]:
    """Return each mail's bytes as Exchange gives them, in the order of *entries*.

    Raises:
        RefusedError: the server will not answer for one of them.
    """
    return _got(connection, entries, mime=True)


def whereabouts(connection: Connection, entries: Sequence[Entry]) -> list[Found]:
    """Return whether each item is still where it was, and its categories."""
    return _got(connection, entries, mime=False)


def _got(connection: Connection, entries: Sequence[Entry], *, mime: bool) -> list[Found]:
    ways = _MIME if mime else _MARKS
    for way in ways:
        try:
            answers = _answered(connection, entries, shape("m:ItemShape", *way()))
        except RefusedError as error:
            if way is ways[-1] or error.code in _FINAL:
                raise
            continue
        found = [_found(e, a, mime=mime) for e, a in zip(entries, answers, strict=True)]
        if mime and all(one.why == NO_MIME for one in found):  # it knows the other way of asking
            head = way()[2:]
            answers = _answered(connection, entries, shape("m:ItemShape", *head, mime=True))
            return [_found(e, a, mime=True) for e, a in zip(entries, answers, strict=True)]
        return found
    raise AssertionError  # the last try returns or raises


def _answered(connection: Connection, entries: Sequence[Entry], told: Element) -> list[Answer]:
    asked = el("m:GetItem", told, item_ids((entry.id, "") for entry in entries))
    return _matched(connection, asked, entries)


_PARENT, _BYTES = "item:ParentFolderId", "item:MimeContent"
_MIME: tuple[Callable[[], list[Element]], ...] = (  # the fullest first
    lambda: [field(_PARENT), field(_BYTES), transport_head()],
    lambda: [field(_PARENT), field(_BYTES)],
    lambda: [field(_BYTES)],
)
_MARKS: tuple[Callable[[], list[Element]], ...] = (
    lambda: [field(_PARENT), field("item:Categories")],
    list,
)
_TRIES = 4
_FINAL = frozenset({"ErrorServerBusy", "ErrorAccessDenied"})


def _matched(connection: Connection, asked: Element, entries: Sequence[Entry]) -> list[Answer]:
    """Return the answers in the order of *entries*: by the id they name, else by their place."""
    answers = connection.ask(asked)
    if len(answers) != len(entries):
        if len(answers) == 1 and not answers[0].ok:
            connection.sound(answers[0], asked)
        raise SenselessError(f"{connection.endpoint.peer}: not as many answers as questions")
    named = {attribute(a.item, "t:ItemId", "Id"): a for a in answers if a.item is not None}
    return [named.get(entry.id, a) for entry, a in zip(entries, answers, strict=True)]


def _found(entry: Entry, answer: Answer, *, mime: bool) -> Found:
    item = answer.item
    if not answer.ok or item is None:
        return Found(answer.code if not answer.ok else "ErrorItemNotFound")
    named = attribute(item, "t:ItemId", "Id")
    if named and named != entry.id:
        return Found("another item's answer")
    parent = attribute(item, "t:ParentFolderId", "Id")
    if entry.parent and parent and parent != entry.parent:
        return Found(MOVED)  # a server whose ids follow the mail
    key = attribute(item, "t:ItemId", "ChangeKey")
    if not mime:
        return Found("", categories=all_words(item, "t:Categories/t:String"), key=key)
    held = item.find("t:MimeContent", SPACES)
    if held is None:
        return Found(NO_MIME)
    try:
        raw = base64.b64decode(_BLANK.sub("", held.text or ""), validate=True)
    except (binascii.Error, ValueError):
        return Found("MIME that is not Base64")
    return Found("", raw=as_it_came(raw, extended(item, tag="0x007D")), key=key)


def moved(connection: Connection, entries: Sequence[Entry], folder: str) -> list[tuple[str, str]]:
    """Move the items; return for each why it was not moved ("": it was), and its new id.

    Those for which the server was too busy are asked for again a few times.
    """
    done = dict(zip(entries, _moved(connection, entries, folder), strict=True))
    for _ in range(_TRIES):
        busy = [entry for entry, (why, _) in done.items() if why == BUSY]
        if not busy:
            break
        connection.rest()
        done |= zip(busy, _moved(connection, busy, folder), strict=True)
    failed = [entry for entry, (why, _) in done.items() if why == _FAILED]
    if failed:
        now = whereabouts(connection, failed)
        lost = ("ErrorItemNotFound", "")
        done |= {e: lost for e, one in zip(failed, now, strict=True) if one.gone}
    return [done[entry] for entry in entries]


def _moved(connection: Connection, entries: Sequence[Entry], folder: str) -> list[tuple[str, str]]:
    asked = el(
        "m:MoveItem",
        el("m:ToFolderId", folder_id(folder)),
        item_ids((entry.id, "") for entry in entries),
    )
    answers = connection.ask(asked)
    if len(answers) != len(entries):
        if len(answers) == 1:
            connection.sound(answers[0], asked)
        raise TransientError(f"{connection.endpoint.peer}: not as many answers as questions")
    ids = (attribute(a.item, "t:ItemId", "Id") if a.item is not None else "" for a in answers)
    return [("" if a.ok else a.code, one) for a, one in zip(answers, ids, strict=True)]


def categorised(connection: Connection, marks: Mapping[str, Sequence[str]]) -> None:
    """Give each message (by its id) those categories in place of what it has.

    Raises:
        RefusedError: the server takes no categories.
    """
    changes = [
        el(
            "t:ItemChange",
            item_id("t:ItemId", one, ""),
            el(
                "t:Updates",
                set_field(field("item:Categories"), el("t:Categories", *map(_text, names))),
            ),
        )
        for one, names in marks.items()
    ]
    for answer in connection.ask(updated(connection, changes)):
        if not answer.ok and answer.code not in GONE:
            raise RefusedError(answer.code, answer.code)


def _text(name: str) -> Element:
    return el("t:String", name)


def set_field(path: Element, value: Element) -> Element:
    """Return the change of one property of a message."""
    return el("t:SetItemField", path, el("t:Message", value))


def updated(connection: Connection, changes: Sequence[Element]) -> Element:
    """Return the question that makes *changes*, without a read receipt to anyone."""
    attributes = {
        "MessageDisposition": "SaveOnly",
        "ConflictResolution": "AlwaysOverwrite",
        "SendMeetingInvitationsOrCancellations": "SendToNone",
    }
    if connection.wire.version not in _NO_SUPPRESSING:
        attributes["SuppressReadReceipts"] = "true"
    return el("m:UpdateItem", el("m:ItemChanges", *changes), **attributes)


def delivered(raw: bytes, ours: Sequence[str]) -> bytes:
    """Return a mail as it was before we marked it.

    A MIME writer copies an item's categories to Keywords ([MS-OXCMAIL]), so that a mail which we
    filed would look like another one. A line that a human's categories share is left as it is.
    """
    head, gap, body = raw[:_FIRST].partition(b"\r\n\r\n")
    if not ours or not gap:
        return raw

    def without(found: re.Match[bytes]) -> bytes:
        words_ = found[0].partition(b":")[2].strip().decode("ascii", "replace")
        return b"" if _decoded(words_) in ours else found[0]

    return _KEYWORDS.sub(without, head + b"\r\n")[:-2] + gap + body + raw[_FIRST:]


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(" ".join(text.split()))))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text
