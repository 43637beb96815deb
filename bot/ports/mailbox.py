"""The mailbox that the office's mail arrives in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from threading import Event

    from bot.ports.check import Check


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Where a mail lies: folder, the folder's generation (IMAP UIDVALIDITY), and its uid."""

    folder: str
    generation: str
    uid: str


class Mailbox(Protocol):
    """Mail in; independent of the read flag. One object, one thread."""

    def arrived(self) -> tuple[Ref, ...]:
        """Return all that lies in the inbox now, oldest first, read or unread.

        Raises:
            TransientError: the server does not answer; the next call reconnects.
            NeedsOperatorError: login refused, certificate not trusted, folder missing.
        """
        ...

    def filed(self, folders: Sequence[str], since: datetime) -> tuple[Ref, ...]:
        """Return what lies in *folders* and was taken in *since* then, in the order it came.

        A folder that is missing is empty. Such refs can be fetched and filed as the inbox's can.

        Raises:
            TransientError: as for ``arrived``.
        """
        ...

    def fetch(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        """Yield the raw bytes of each mail as delivered, without marking it read.

        A mail that is gone, or whose generation is not today's, is left out.

        Raises:
            TransientError: as for ``arrived``.
        """
        ...

    def file(self, refs: Sequence[Ref], folder: str) -> tuple[Ref, ...]:
        """Move the mails to *folder* (made if missing); return those that were gone already.

        Filing twice is harmless. A ref of another generation never moves anything.

        Raises:
            TransientError: as for ``arrived``; some may have been moved.
        """
        ...

    def wait(self, seconds: float, stop: Event) -> bool:
        """Wait until mail may have come (True), *seconds* passed or *stop* is set (False)."""
        ...

    def check(self) -> tuple[Check, ...]:
        """Try each step of the connection and say how it went; never raises."""
        ...

    def close(self) -> None:
        """Let the connection go; the next call opens a new one."""
        ...
