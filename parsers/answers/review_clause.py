"""A clause of a reply: whom it names, and the words that say what. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Subject, Whom
from parsers.answers.review_tokens import Token

SAYING = frozenset(
    {
        Sort.YES, Sort.NO, Sort.RIGHT, Sort.STAY, Sort.WORKS, Sort.LEFT, Sort.REMOVE, Sort.LEAVES,
        Sort.ENDS, Sort.ENDED, Sort.GIVEN_NOTICE, Sort.MOVED, Sort.MOVES, Sort.LEAVE, Sort.DEAD,
        Sort.UNCHANGED, Sort.NEVER, Sort.NEW, Sort.RENAMED, Sort.NOT_MINE, Sort.ASKED,
    }
)  # fmt: skip


_THINGS = frozenset({"kort", "korten", "konton", "nycklar", "uppdrag"})


def bounded(clause: Clause) -> list[str]:
    """Return what makes a part of all: alla på natten, de med fast tjänst, de på Viksjö."""
    whoms = {s.whom for s in clause.subjects}
    if not whoms & {Whom.ALL, Whom.THEY, Whom.NONE, Whom.BOTH} or clause.first:
        return []
    found = []
    sorts = [t.sort for t in clause.tokens]
    if sorts[:2] == [Sort.STAY, Sort.IS] or (
        clause.tokens[:1] and clause.tokens[0].plain in _THINGS
    ):
        found.append(clause.tokens[0].text)  # "alla fast anställda är kvar", "alla kort är kvar"
    for at, token in enumerate(clause.tokens[:-1]):
        if token.sort in SAYING or token.sort in (Sort.COMMA, Sort.LINE):
            break
        after = clause.tokens[at + 1]
        place = after.sort is Sort.CAPITAL and Whom.THEY in whoms
        if token.sort is Sort.SERVES and token.plain.startswith(("pa ", "med ", "som ")):
            found.append(token.text)
        if token.sort is Sort.AT and (
            after.sort in (Sort.SERVES, Sort.UNKNOWN, Sort.PEOPLE) or place
        ):
            found.append(after.text)
    return found


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
    word: str = ""  # that makes an exception: utom
    objects: list[int] = field(default_factory=list)  # rows named after a preposition

    @property
    def text(self) -> str:
        """The words, those of an exception too."""
        parts = [(t.at, t.text) for t in self.tokens] + [(s.at, s.text) for s in self.subjects]
        if all(at >= 0 for at, _ in parts):
            parts.sort(key=lambda part: part[0])
        joined = " ".join(text for _, text in parts)
        joined = f"{self.word} {joined}" if self.word else joined
        if self.exception is None:
            return joined
        return f"{joined} {self.exception.text}" if joined else self.exception.text

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.subjects and not self.tokens and self.exception is None
