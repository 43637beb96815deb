"""A crew that reads in this very process, without bounds. Not for mail from outside."""

from __future__ import annotations

from bot.domain.forms import DocumentReading
from parsers import reading
from parsers.settings import Settings


class DirectCrew:
    """Reads at once and in place."""

    def read_mail(self, raw: bytes, settings: Settings) -> reading.MailReading:
        """Read a whole mail."""
        return reading.read_mail(raw, settings)

    def read_file(self, name: str, content: bytes, settings: Settings) -> DocumentReading:
        """Read one file."""
        return reading.read_file(name, content, settings)

    def close(self) -> None:
        """Have nothing to stop."""
