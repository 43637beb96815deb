"""A crew that reads in this very process, without bounds. Not for mail from outside."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.forms import DocumentReading
from parsers import reading
from parsers.picturing import ring_all
from parsers.settings import Settings


class DirectCrew:
    """Reads at once and in place."""

    def read_mail(self, raw: bytes, settings: Settings) -> reading.MailReading:
        """Read a whole mail."""
        return reading.read_mail(raw, settings)

    def read_file(self, name: str, content: bytes, settings: Settings) -> DocumentReading:
        """Read one file."""
        return reading.read_file(name, content, settings)

    def ring(self, pictures: Sequence[tuple[bytes, int]]) -> tuple[bytes, ...]:
        """Draw a numbered ring around each picture."""
        return ring_all(pictures)

    def close(self) -> None:
        """Have nothing to stop."""
