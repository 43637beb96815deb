"""A catalogue that only staff can write to: each write becomes a work item. Keeps no truth itself.

EK has no public write API (domain fact), so this is how most offices run: what must be typed in
stands in the work item that follows from ``by_hand``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from bot.domain.records import Change
from bot.domain.values import PersonId
from bot.ports.catalogue import Found, Written
from bot.ports.check import Check


class Settings(BaseModel, frozen=True, extra="forbid"):
    """``[catalogue] kind = "worklist"``."""

    kind: Literal["worklist"]


class Worklist:
    """Hands every write to staff."""

    def find(self, person: PersonId) -> Found | None:
        """Return None: nobody can ask this catalogue anything."""
        _ = person
        return None

    def entries(self) -> None:
        """Return None: there is nothing to compare with."""
        return

    def write(self, change: Change, expected: str, key: str) -> Written:
        """Return the wanted entry as one that staff must write; the same for the same change."""
        _ = (expected, key)
        return Written(change.after, version="", by_hand=True)

    def check(self) -> tuple[Check, ...]:
        """Say that staff are the connection."""
        return (Check("Katalog", ok=True, seen="skrivs för hand: ärenden i arbetskön"),)
