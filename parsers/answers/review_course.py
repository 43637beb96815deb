"""What a reply has said so far while it is read: whom "she" means, which heading stands above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Subject, Whom
from parsers.answers.review_total import Statement, Total
from parsers.answers.review_verdicts import Says, Verdict


@dataclass(frozen=True, slots=True)
class Where:
    """Where a sentence stands: beside the quoted *row*, below the quoted rows *above*."""

    row: int | None = None
    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()  # the rows quoted right below a line that ends in a colon
    missing: tuple[int, ...] = ()  # rows that somebody has deleted from the quotation


@dataclass(slots=True)
class Course:
    """The state of the reading."""

    total: Total
    today: date
    last: tuple[int, ...] = ()  # whom "she" and "they" mean
    stranger: bool = False  # the last person spoken of is not on the list
    heading: tuple[Sort, str] | None = None
    headed: Verdict | None = None  # what the heading says by itself
    said: Statement | None = None  # what "likaså" repeats
    turned: str = ""  # a question that "ja" and "nej" answer otherwise: "slutat?"
    noes: list[str] = field(default_factory=list)  # "nej" without a word of what

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows of the letter."""
        return tuple(self.total.order)

    def unclear(self, rows: Iterable[int], words: str) -> None:
        """Note that *words* speak of *rows* and nobody knows what they say."""
        self.total.say(rows, Statement(Says.UNCLEAR, words))
        self.total.unread.append(words)

    def doubt(self, words: str) -> None:
        """Note words that touch whatever is said in general, and whomever was spoken of last."""
        self.total.doubt(words)
        if len(self.last) < len(self.rows):
            self.total.say(self.last, Statement(Says.UNCLEAR, words))

    def again(self, one: Statement) -> None:
        """Note more of whom the clause before named."""
        rows = self.rows if len(self.rows) == 1 else self.last
        if rows:
            if one.says is Says.UNCLEAR:
                self.total.unread.append(one.words)
            self.total.say(rows, one)
        elif not self.stranger:
            self.total.doubt(one.words)

    def resolved(self, subject: Subject, where: Where) -> tuple[int, ...] | None:
        """Return the rows that a subject means, None where that can't be told."""
        whom = subject.whom
        if whom is Whom.ROWS:
            return subject.rows
        if whom is Whom.BOTH:
            groups = (self.rows, where.above, self.last)
            return next((tuple(g) for g in groups if len(g) == 2), None)  # noqa: PLR2004 - both are two
        if whom is Whom.SHE:
            return self._she(where)
        return self._they(subject, where) if whom is Whom.THEY else self._placed(subject)

    def _she(self, where: Where) -> tuple[int, ...] | None:
        if where.row is not None:
            return (where.row,)
        if len(self.last) == 1 and not self.stranger:
            return self.last
        return self.rows if len(self.rows) == 1 and not self.stranger else None

    def _they(self, subject: Subject, where: Where) -> tuple[int, ...] | None:
        if subject.count:
            groups = (where.above, self.last, self.rows)
            return next((tuple(g) for g in groups if len(g) == subject.count), None)
        for group in (where.above, self.last):
            if len(group) > 1:
                return group
        return self.rows if not self.last and not self.stranger else None

    def _placed(self, subject: Subject) -> tuple[int, ...] | None:
        rows, count = self.rows, subject.count
        if subject.whom is Whom.NEXT_TO_LAST:
            return rows[-2:-1] or None
        if not 0 < count <= len(rows):
            return None
        if subject.whom is Whom.NTH:
            return (rows[count - 1],)
        return rows[:count] if subject.whom is Whom.FIRST else rows[-count:]
