"""A word of a reply to a review letter, and what it does. Reads nothing."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.answers.review_days import Day
from parsers.answers.review_names import fold
from parsers.answers.review_sorts import Sort


@dataclass(frozen=True, slots=True)
class Token:
    """A word, phrase, day or mark as written, and what it does."""

    sort: Sort
    text: str
    at: int = 0  # where it begins in its line
    rows: tuple[int, ...] = ()
    number: int = 0
    day: Day | None = None
    sure: bool = True  # of a row: False for a number that may count, a name that may be a word
    strange: bool = False  # of a row: a word of somebody else's name stands beside it
    glued: bool = False  # of a number: a mark sets it off

    @property
    def plain(self) -> str:
        """The text as it is compared."""
        return fold(self.text)
