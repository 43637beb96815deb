"""A mail, taken apart: headers by one guarded access, bodies, attachments by their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from parsers.mail.authentication import Verdict


class Automatic(StrEnum):
    """What kind of machine wrote it, if one did."""

    NO = "no"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    LIST = "list"  # bulk mail, newsletters
    OWN = "own"  # our own letter come back, or a copy of it


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail; *media* is told from its bytes, never from what it is called."""

    name: str
    media: str
    content: bytes
    depth: int = 0  # inside how many forwarded mails it lay


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
    forwarded: bool = False  # attachments came inside a forwarded mail
    defects: tuple[str, ...] = ()
