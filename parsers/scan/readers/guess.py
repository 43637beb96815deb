"""What a reader says of a strip, and what a reader is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from parsers.scan.strips import Strip


@dataclass(frozen=True, slots=True, repr=False)
class Guess:
    """A reader's best text for a strip; may hold personal data, so it never shows itself."""

    text: str
    confidence: float  # 0-1, the reader's own; not comparable between readers
    alternatives: tuple[tuple[str, float], ...] = ()  # other texts, likeliest first


class Reader(Protocol):
    """One make of reader; two makes agreeing is what a value is accepted on."""

    name: str

    def read(self, strips: Sequence[Strip]) -> list[Guess]:
        """Return one guess for each strip, in order; nothing legible is an empty text."""
        ...
