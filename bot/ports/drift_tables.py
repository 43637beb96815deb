"""What the memory keeps of differences from the catalogue, and what a comparison asks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.drift import Drift
from bot.domain.records import Record
from bot.domain.values import PersonId


class Drifts(Protocol):
    """Differences by person and attribute; of each pair one at most is open."""

    def open(self) -> tuple[Drift, ...]:
        """Return those that have not ended, oldest first."""
        ...

    def save(self, drift: Drift) -> Drift:
        """Insert (id 0) or replace; return it with its number.

        Raises:
            ConflictError: another program has just noted the same difference.
        """
        ...

    def purge(self, before: datetime) -> int:
        """Let go of those that ended before that; return how many."""
        ...

    def held(self, persons: Iterable[PersonId]) -> Mapping[PersonId, Record]:
        """Return the records of *persons*, of those who have one."""
        ...

    def active(self) -> tuple[PersonId, ...]:
        """Return everybody whose record is active."""
        ...

    def writing(self) -> frozenset[PersonId]:
        """Return everybody of whom a catalogue write waits to go."""
        ...
