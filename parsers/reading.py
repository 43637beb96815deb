"""The whole reading of a mail or a file: what the child process runs. Bad input never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.forms import DocumentReading
from parsers import files
from parsers.document import read_document
from parsers.mail.attachment import Attachment
from parsers.mail.media import PDF, sniff
from parsers.mail.message import Automatic, ParsedMail, parse
from parsers.settings import Settings

__all__ = ["MailReading", "Settings", "outline", "read_file", "read_head", "read_mail"]

# What these bring along is ours or nobody's: no order comes in them.
_NOBODY = frozenset({Automatic.OWN, Automatic.BOUNCE, Automatic.AUTO_REPLY})
_HEAD = re.compile(rb"\r?\n\r?\n|\r\r")
_LONGEST_HEAD = 200_000


@dataclass(frozen=True, slots=True)
class MailReading:
    """A mail with its documents read; attachments' bytes are left behind (the journal has them)."""

    mail: ParsedMail
    documents: tuple[DocumentReading, ...] = ()


def read_mail(raw: bytes, settings: Settings) -> MailReading:
    """Return the mail with every document in it read."""
    whole = outline(raw, settings)
    documents = tuple(_read(a.name, a.content, a.media, settings) for a in documents_of(whole.mail))
    return MailReading(without_contents(whole.mail), documents)


def read_file(name: str, content: bytes, settings: Settings) -> DocumentReading:
    """Return the reading of one file, whatever it is called."""
    return _read(name, content, sniff(content), settings)


def outline(raw: bytes, settings: Settings) -> MailReading:
    """Return the mail taken apart with its attachments' bytes, no document read."""
    mail = parse(raw, own_addresses=settings.own_addresses, authserv_id=settings.authserv_id)
    return MailReading(mail)


def read_head(raw: bytes, settings: Settings) -> MailReading:
    """Return what the mail's headers say, nothing of its content looked at."""
    found = _HEAD.search(raw)
    head = raw[: found.start() if found else len(raw)][:_LONGEST_HEAD]
    return outline(head, settings)


def documents_of(mail: ParsedMail) -> tuple[Attachment, ...]:
    """Return the attachments that could be forms; a machine's mail has none."""
    if mail.automatic in _NOBODY:
        return ()
    return tuple(a for a in mail.attachments if files.could_be_a_form(a.name, a.media))


def without_contents(mail: ParsedMail) -> ParsedMail:
    """Return *mail* with its attachments' bytes left behind."""
    return replace(mail, attachments=tuple(replace(a, content=b"") for a in mail.attachments))


def _read(name: str, content: bytes, media: str, settings: Settings) -> DocumentReading:
    if media != PDF:
        return files.judge(name, content, media, settings)
    if len(content) > settings.max_bytes:
        return files.too_large(name, content, media, settings)
    return read_document(name, content, settings)
