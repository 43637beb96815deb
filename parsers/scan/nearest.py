"""The entry of a closed list that a reading is nearest to, and whether any other comes close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NEAR = 0.25  # of a text's length may be misread
_CLEAR = 2  # times as far the next one must be
_APART = 2  # letters, at least


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest entry, how many letters it is off, and whether it is the only one near."""

    value: str
    off: int
    clear: bool


def nearest(text: str, known: Sequence[str], key: Callable[[str], str]) -> Nearest | None:
    """Return the entry of *known* nearest to *text* (already keyed), None when none is near."""
    ranked = sorted((distance(text, key(entry)), entry) for entry in known)
    if not ranked or not text or ranked[0][0] > _NEAR * max(len(text), len(key(ranked[0][1]))):
        return None
    off, value = ranked[0]
    others = [d for d, entry in ranked[1:] if key(entry) != key(value)]
    following = min(others, default=len(text))
    return Nearest(value, off, clear=following >= max(off * _CLEAR, off + _APART))


def distance(one: str, two: str) -> int:
    """Return the fewest letters to add, drop or change that make *one* into *two*."""
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, start=1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]
