"""A mail, taken apart: headers by one guarded access, bodies, attachments by their bytes.

Believes nothing of what it reads and reads no document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from parsers.mail import bounce
from parsers.mail.addresses import lower
from parsers.mail.attachment import Attachment
from parsers.mail.authentication import Verdict, author_verdict
from parsers.mail.automatic import Automatic, Traits, classify, is_document
from parsers.mail.exchange import is_inside
from parsers.mail.headers import Headers, read_tree, unique
from parsers.mail.parts import Contents

__all__ = ["Attachment", "Automatic", "ParsedMail", "Verdict", "parse"]
_LONGEST_SUBJECT = 1_000
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """What a mail says. Text is decoded; nothing of it is trusted."""

    message_id: str = ""
    sender: str = ""  # the one address in From, lower case; "" when none or several
    sender_name: str = ""
    return_path: str | None = None  # None: not stated; "": the empty envelope sender
    subject: str = ""
    date: datetime | None = None  # the author's Date, aware
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""  # the plain text, or the HTML's words
    attachments: tuple[Attachment, ...] = ()
    automatic: Automatic = Automatic.NO
    automatic_why: str = ""  # which header or word told
    failed_recipients: tuple[str, ...] = ()  # of a bounce
    failed_message_ids: tuple[str, ...] = ()  # of a bounce: the letters it speaks of
    authenticated: Verdict = Verdict.NONE  # by Authentication-Results of the trusted server
    inside: bool = False  # by Exchange's own word: a mailbox of the organisation's wrote it
    forwarded: bool = False  # attachments came inside a forwarded mail
    defects: tuple[str, ...] = ()


def parse(raw: bytes, *, own_addresses: Sequence[str] = (), authserv_id: str = "") -> ParsedMail:
    """Return what *raw* says; any bytes give a mail, the odd ones one with defects.

    *own_addresses* tell our own letters come back; *authserv_id* names the server whose word on
    the author counts ("" none).
    """
    tree, broken = read_tree(raw)
    headers = Headers(tree)
    contents = Contents()
    contents.take(tree)
    for defect in broken:
        contents.defect(defect)
    text = contents.text
    sender, sender_name = _author(headers)
    own = frozenset(lower(address.strip()) for address in own_addresses)
    traits = Traits(
        sender=sender,
        sender_name=sender_name,
        return_path=_return_path(headers),
        subject=headers.text("subject")[:_LONGEST_SUBJECT],
        text=text,
        has_document=is_document([a.media for a in contents.attachments]),
        has_own_document=is_document([a.media for a in contents.attachments if not a.depth]),
        own=own,
    )
    automatic, why = classify(tree, headers, traits)
    failed = _failure(automatic, tree, traits)
    return ParsedMail(
        message_id="".join(headers.ids("message-id")[:1]),
        sender=sender,
        sender_name=sender_name,
        return_path=traits.return_path,
        subject=traits.subject,
        date=headers.date(),
        in_reply_to=headers.ids("in-reply-to"),
        references=headers.ids("references"),
        text=text,
        attachments=tuple(contents.attachments),
        automatic=automatic,
        automatic_why=why,
        failed_recipients=failed.recipients,
        failed_message_ids=failed.message_ids,
        authenticated=author_verdict(headers.items, authserv_id, sender),
        inside=is_inside(headers.items),
        forwarded=any(a.depth for a in contents.attachments),
        defects=unique(contents.defects),
    )


def _author(headers: Headers) -> tuple[str, str]:
    """Return the one author's address and name; a doubtful From has none (RFC 5322 §3.6.2)."""
    boxes = headers.boxes("from")
    if len(headers.all("from")) != 1 or len(boxes) != 1:
        return "", ""
    return boxes[0].address, boxes[0].name[:_LONGEST_NAME]


def _return_path(headers: Headers) -> str | None:
    """Return the envelope sender as the delivering server noted it (RFC 5321 §4.4)."""
    values = headers.all("return-path")
    if not values:
        return None
    if values[0].strip() == "<>":
        return ""
    boxes = headers.boxes("return-path")
    return boxes[0].address or None if boxes else None


def _failure(automatic: Automatic, tree: Message, traits: Traits) -> bounce.Failure:
    if automatic is not Automatic.BOUNCE:
        return bounce.Failure()
    return bounce.failure(tree, traits.text, traits.own | {traits.sender})
