"""What the memory keeps of examples. Holds no logic."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.domain.examples import Example


class Examples(Protocol):
    """Examples by their picture; nothing in them leads back to a case or a person."""

    def put(self, example: Example) -> None:
        """Keep an example once: the same picture again changes nothing."""
        ...

    def list(self) -> tuple[Example, ...]:
        """Return all, by month and picture."""
        ...

    def purge(self, before: date, most: int) -> int:
        """Let go of those from months before that, and of the oldest above *most*."""
        ...
