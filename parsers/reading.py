"""The whole reading of a mail or a file: what the child process runs. Bad input never raises."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.forms import DocumentReading
from parsers.mail.message import ParsedMail
from parsers.settings import Settings

__all__ = ["MailReading", "Settings"]


@dataclass(frozen=True, slots=True)
class MailReading:
    """A mail with its documents read; attachments' bytes are left behind (the journal has them)."""

    mail: ParsedMail
    documents: tuple[DocumentReading, ...] = ()
