"""Draws that depend on the seed and what is drawn for, never on order or process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
_SPAN = 2**64


@dataclass(frozen=True, slots=True)
class Dice:
    """Dice that fall the same way for the same seed and names."""

    seed: int

    def share(self, *names: object) -> float:
        """Return a number from 0 up to 1 for *names*."""
        text = "|".join(str(part) for part in (self.seed, *names))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / _SPAN

    def below(self, bound: int, *names: object) -> int:
        """Return a whole number from 0 up to *bound* for *names*."""
        return int(self.share(*names) * bound)

    def one(self, choices: Sequence[tuple[T, float]], *names: object) -> T:
        """Return one of *choices*, each with its weight."""
        mark = self.share(*names) * sum(weight for _, weight in choices)
        for choice, weight in choices:
            mark -= weight
            if mark < 0:
                return choice
        return choices[-1][0]
