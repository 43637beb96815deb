"""The memory of what clerks have done, as the app needs it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.staff_acts import Act
from bot.domain.values import MailId


class Acts(Protocol):
    """Clerks' acts by number, mail, and what they touched."""

    def save(self, act: Act) -> Act:
        """Insert (id 0) or replace; return it with its number."""
        ...

    def get(self, act: int) -> Act | None:
        """Return the act with this number."""
        ...

    def of_mail(self, mail: MailId) -> tuple[Act, ...]:
        """Return the acts that came of a mail, in order of number."""
        ...

    def about(self, ref: str) -> tuple[Act, ...]:
        """Return the acts that touched *ref* (K-17, C-4), newest first."""
        ...

    def kept(self, act: str, before: datetime) -> tuple[Act, ...]:
        """Return the acts of a kind before that moment whose trail is there still."""
        ...

    def purge(self, before: datetime) -> int:
        """Let go of how things stood before the acts older than that; return how many."""
        ...
