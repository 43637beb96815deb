"""Who does the reading: parsing of foreign bytes, kept away from the main process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.forms import DocumentReading
    from parsers.reading import MailReading, Settings


class Crew(Protocol):
    """Reads mails and files within bounds of time and memory; never raises for bad input."""

    def read_mail(self, raw: bytes, settings: Settings) -> MailReading:
        """Read a whole mail; a reader that dies or hangs gives a reading that says so.

        Raises:
            TransientError: no reader could be started at all.
        """
        ...

    def read_file(self, name: str, content: bytes, settings: Settings) -> DocumentReading:
        """Read one file.

        Raises:
            TransientError: no reader could be started at all.
        """
        ...

    def ring(self, pictures: Sequence[tuple[bytes, int]]) -> tuple[bytes, ...]:
        """Draw a red ring with its number around each PNG; b"" where that can't be done.

        Raises:
            TransientError: no reader could be started at all.
        """
        ...

    def close(self) -> None:
        """Stop the readers."""
        ...
