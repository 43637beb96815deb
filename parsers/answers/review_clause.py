"""A clause of a reply: whom it names, and the words that say what. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Subject
from parsers.answers.review_tokens import Token

SAYING = frozenset(
    {
        Sort.YES, Sort.NO, Sort.RIGHT, Sort.STAY, Sort.WORKS, Sort.LEFT, Sort.REMOVE, Sort.LEAVES,
        Sort.ENDS, Sort.ENDED, Sort.GIVEN_NOTICE, Sort.MOVED, Sort.MOVES, Sort.LEAVE, Sort.DEAD,
        Sort.UNCHANGED, Sort.NEVER, Sort.NEW, Sort.RENAMED, Sort.NOT_MINE, Sort.ASKED,
    }
)  # fmt: skip


@dataclass(slots=True)
class Clause:
    """Whom it names, what it says of them, and whom it makes an exception."""

    subjects: list[Subject] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    but: bool = False  # it begins with "men": it takes something back
    exception: Clause | None = None
    said: bool = False  # a word that answers stood in it
    first: bool = False  # what it says stands before whom it names
    colon: bool = False  # it ends in a colon

    @property
    def text(self) -> str:
        """The words, those of an exception too."""
        parts: list[tuple[int, str]] = [(t.at, t.text) for t in self.tokens]
        own = " ".join(s.text for s in self.subjects)
        said = " ".join(text for _, text in parts)
        joined = f"{said} {own}" if self.first else f"{own} {said}"
        return f"{joined} {self.exception.text}" if self.exception else joined

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.subjects and not self.tokens and self.exception is None
