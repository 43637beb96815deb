"""What has left, remembered outside the memory: an older memory must not send it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.values import CaseId


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter that left: its Message-ID, three prints of what it was, when. Names nobody."""

    message_id: str
    same: str  # print of kind, readers, mail answered and words: the same letter made anew
    like: str  # print of kind, readers and mail answered: the same matter, maybe other words
    exact: str  # print of the words with their days and numbers
    at: datetime
    case: CaseId | None = None  # whose number the letter bears


@dataclass(frozen=True, slots=True)
class Restored:
    """The memory was replaced by an older copy of itself."""

    at: datetime  # when the newest letter before it had left
    backup: datetime  # the latest instant that the copy has seen
    reread: bool  # the filed mails have been read again


class SentLog(Protocol):
    """An append-only log; what ``add`` returned from survives a power cut."""

    def add(self, sending: Sending) -> None:
        """Remember a letter that the way out has taken.

        Raises:
            NeedsOperatorError: the log can't be written.
        """
        ...

    def of(self, message_id: str) -> tuple[Sending, ...]:
        """Return what left under this Message-ID, oldest first."""
        ...

    def before(self, *, same: str = "", like: str = "") -> tuple[Sending, ...]:
        """Return what left before the latest restoring with this print, oldest first."""
        ...

    def restored(self) -> Restored | None:
        """Return the latest restoring, None when there was none."""
        ...

    def restore(self, backup: datetime) -> None:
        """Remember that the memory is now a copy from *backup*."""
        ...

    def reread(self) -> None:
        """Remember that the filed mails have been read again."""
        ...
