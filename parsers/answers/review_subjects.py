"""Of whom a clause speaks: names, numbers, all, the rest, the last two. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from parsers.answers.review_bends import SAYS, clashes, conditional, restricts
from parsers.answers.review_counts import (
    AHEAD,
    BESIDE,
    COUNTS,
    FIRST,
    LAST,
    NTH,
    WHOLE,
)  # fmt: skip
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token


class Whom(Enum):
    """Which kind of subject."""

    ROWS = auto()
    ALL = auto()
    BOTH = auto()
    NONE = auto()
    REST = auto()
    SHE = auto()
    THEY = auto()
    FIRST = auto()  # the first, or the last, of the list
    LAST = auto()
    NEXT_TO_LAST = auto()
    NTH = auto()
    AHEAD = auto()  # "the following": named after what is said of them
    OTHER = auto()  # somebody who is not on the list
    SOMEONE = auto()  # nobody knows who
    WE = auto()


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as written."""

    whom: Whom
    text: str
    rows: tuple[int, ...] = ()
    count: int = 0
    only: bool = False
    sure: bool = True
    at: int = -1  # where it begins in its line
    other: bool = False  # "den andra Anna": the one of whom nothing is said yet


_PART = (Sort.PEOPLE, Sort.COUNT, Sort.NUMBER)


class Reducer:
    """Makes subjects of the tokens of one sentence."""

    def __init__(self, tokens: Sequence[Token], *, numbered: bool | None, most: int = 0) -> None:
        self._tokens = tokens
        self._most = most  # rows of the letter
        self._numbered = numbered  # numbers in this reply are those of rows

    def run(self) -> list[Subject | Token]:
        """Return the tokens with subjects among them."""
        found: list[Subject | Token] = []
        at, only = 0, False
        while at < len(self._tokens):
            token = self._tokens[at]
            if token.sort is Sort.ONLY:
                only, at = True, at + 1
                continue
            if (
                token.sort is Sort.NUMBER
                and self._sort(at + 1) is Sort.ROW
                and not self._tokens[at + 1].number
            ):
                at += 1  # "1) Anna": of a list of her own
                continue
            of_them = token.sort is Sort.PEOPLE and token.plain.startswith("av ")
            if of_them and self._sort(at + 1) in (Sort.COUNT, Sort.NUMBER):
                at += 2  # "av dessa tio har tre slutat"
                continue
            made = self._made(at, only=only)
            if made is None:
                alone = only and token.sort in (Sort.COUNT, Sort.NUMBER)  # "bara en kvar": who?
                found.append(replace(token, sort=Sort.DOUBT) if alone else token)
                at += 1
                continue
            subject, end = made
            found.append(replace(subject, at=token.at))
            at = end
            only = False
        return found

    def _sort(self, at: int) -> Sort | None:
        return self._tokens[at].sort if at < len(self._tokens) else None

    def _made(self, at: int, *, only: bool) -> tuple[Subject, int] | None:
        token = self._tokens[at]
        place = self._place(at, only=only)
        if place is not None:
            return place
        if (
            self._tokens[at].plain == "andra"
            and self._sort(at + 1) is Sort.ROW
            and at
            and self._tokens[at - 1].plain == "den"
        ):
            found = self._tokens[at + 1]
            return Subject(Whom.ROWS, found.text, found.rows, only=only, other=True), at + 2
        simple = {
            Sort.ALL: Whom.ALL, Sort.BOTH: Whom.BOTH, Sort.NONE: Whom.NONE, Sort.REST: Whom.REST,
            Sort.THEY: Whom.THEY,
        }.get(token.sort)  # fmt: skip
        if {token.sort, self._sort(at + 1)} == {Sort.BOTH, Sort.REST}:
            return Subject(Whom.REST, self._text(at, at + 2), count=2, only=only), at + 2
        if simple is not None:
            return self._group(at, simple, only=only)
        if token.sort is Sort.SHE:
            return Subject(Whom.SHE, token.text, only=only), at + 1
        return self._row(at, only=only)

    def _group(self, at: int, whom: Whom, *, only: bool) -> tuple[Subject, int] | None:
        """Return all, both, none, the rest, they: with their count."""
        token = self._tokens[at]
        if token.plain == "annars" and conditional(self._tokens, at):
            return None
        count, end = self._counted(at + 1)
        if whom is not Whom.REST and restricts(self._tokens, at + 1, end):
            return Subject(Whom.SOMEONE, self._text(at, end)), end
        if whom in (Whom.THEY, Whom.ALL) and self._sort(end) is Sort.REST:
            return Subject(Whom.REST, self._text(at, end + 1), count=count, only=only), end + 1
        if whom is Whom.REST and token.plain in ("annars", "i ovrigt", "ovrigt"):
            count, end = 0, at + 1
        return Subject(whom, self._text(at, end), count=count, only=only), end

    def _row(self, at: int, *, only: bool) -> tuple[Subject, int] | None:
        """Return a listed name or number, or nobody."""
        token = self._tokens[at]
        if token.sort is Sort.ROW:
            other = self._beside(at)
            if other is not None:
                return other
            sure = token.sure and not token.strange and not clashes(self._tokens, at)
            many = len(token.rows) > 1 and not token.number
            return Subject(
                Whom.ROWS, token.text, token.rows, only=only, sure=sure and not many
            ), at + 1
        if token.sort is Sort.NUMBER:
            return self._number(at, only=only)
        return self._nobody(at)

    def _beside(self, at: int) -> tuple[Subject, int] | None:
        """Return somebody who is only described by a listed name: Monas vikarie."""
        token = self._tokens[at]
        whose = token.text.endswith("s") and not token.number
        if (
            whose
            and self._sort(at + 1) in (Sort.PEOPLE, Sort.CHIEF)
            and self._tokens[at + 1].plain in BESIDE
        ):
            return Subject(Whom.OTHER, self._text(at, at + 2), token.rows), at + 2
        return None

    def _nobody(self, at: int) -> tuple[Subject, int] | None:
        token = self._tokens[at]
        if token.sort is Sort.OTHER:
            return Subject(Whom.OTHER, token.text), at + 1
        if token.sort is Sort.WE:
            return Subject(Whom.WE, token.text), at + 1
        if token.sort is Sort.SOMEONE:
            whom = Whom.AHEAD if token.plain in AHEAD else Whom.SOMEONE
            if token.plain in ("en annan", "annan") and self._sort(at + 1) in (
                Sort.ROW,
                Sort.OTHER,
            ):
                return Subject(Whom.OTHER, self._text(at, at + 2)), at + 2
            _, end = self._counted(at + 1)
            return Subject(whom, token.text), end
        opens = (
            at == 0
            or self._is_exception(at)
            or self._tokens[at - 1].sort in (Sort.COMMA, Sort.BUT, Sort.AND, Sort.LINE)
        )
        following = self._sort(at + 1)
        if token.sort is Sort.COUNT and (opens or token.plain not in ("en", "ett")):
            _, end = self._counted(at)
            if end > at + 1 or following in SAYS or self._is_exception(at):
                count = COUNTS.get(token.plain, 0)
                return Subject(Whom.SOMEONE, self._text(at, end), count=count), end
        if token.sort is Sort.CAPITAL and opens and following in SAYS:
            return Subject(Whom.OTHER, token.text), at + 1
        if token.sort is Sort.PEOPLE and opens:
            _, end = self._counted(at)
            if self._sort(end) in SAYS:
                whom = Whom.ALL if token.plain in WHOLE and end == at + 1 else Whom.SOMEONE
                return Subject(whom, self._text(at, end)), end
        return None

    def _is_exception(self, at: int) -> bool:
        return at > 0 and self._tokens[at - 1].sort is Sort.EXCEPT

    def _counted(self, at: int) -> tuple[int, int]:
        """Return a count ("alla 4", "de andra två medarbetarna") and where it ends."""
        count = 0
        bracket = at < len(self._tokens) and self._tokens[at].text == "("
        if bracket and self._sort(at + 1) in (Sort.COUNT, Sort.NUMBER):
            count, end = self._counted(at + 1)
            closed = end < len(self._tokens) and self._tokens[end].text == ")"
            return (count, end + 1) if closed and count else (0, at)
        while at < len(self._tokens) and self._tokens[at].sort in (*_PART, Sort.WE):
            token = self._tokens[at]
            if token.sort in (Sort.COUNT, Sort.NUMBER):
                if count and self._tokens[at - 1].plain.startswith("av "):
                    at += 1
                    continue
                if count or (token.sort is Sort.NUMBER and not token.number):
                    break
                count = COUNTS.get(token.plain, 0) or token.number
            elif token.sort is Sort.WE and token.plain not in ("mina", "vara", "min", "var"):
                break
            at += 1
        return count, at

    def _place(self, at: int, *, only: bool) -> tuple[Subject, int] | None:
        """Return "de två sista", "den första", "sista två"."""
        start = at
        if self._tokens[at].sort is Sort.THEY or self._tokens[at].plain == "den":
            at += 1
        count = 0
        if self._sort(at) in (Sort.COUNT, Sort.NUMBER) and at > start:
            count = COUNTS.get(self._tokens[at].plain, 0) or self._tokens[at].number
            at += 1
        if at >= len(self._tokens):
            return None
        word = self._tokens[at].plain
        if (
            word in ("nast", "nest")
            and at + 1 < len(self._tokens)
            and self._tokens[at + 1].plain in LAST
        ):
            return Subject(Whom.NEXT_TO_LAST, self._text(start, at + 2), only=only), at + 2
        if word in NTH and at > start:
            return Subject(Whom.NTH, self._text(start, at + 1), count=NTH[word], only=only), at + 1
        if word not in FIRST | LAST:
            return None
        more, end = self._counted(at + 1)
        if at == start and not more and word not in ("oversta", "understa", "nedersta"):
            return None
        whom = Whom.FIRST if word in FIRST else Whom.LAST
        plural = self._tokens[start].sort is Sort.THEY
        if plural and not (count or more):
            return None
        return Subject(whom, self._text(start, end), count=count or more or 1, only=only), end

    def _number(self, at: int, *, only: bool) -> tuple[Subject, int] | None:
        """Return a row by its number; one that may count people is not sure."""
        token = self._tokens[at]
        if self._sort(at + 1) is Sort.PEOPLE:
            _, end = self._counted(at)
            return Subject(Whom.SOMEONE, self._text(at, end)), end
        if not token.rows:
            return None
        linked = any(
            self._sort(n) in (Sort.AND, Sort.COMMA) and self._sort(m) in (Sort.NUMBER, Sort.ROW)
            for n, m in ((at - 1, at - 2), (at + 1, at + 2))
            if n >= 0 and m >= 0
        )
        sure = bool(self._numbered) or token.glued or linked or self._is_taught(at)
        return Subject(Whom.ROWS, token.text, token.rows, only=only, sure=sure), at + 1

    def _is_taught(self, at: int) -> bool:
        """Tell whether a number is a row's, said as the letter teaches: "2 slutade 31/10"."""
        token = self._tokens[at]
        others = [t for n, t in enumerate(self._tokens) if n != at]
        if self._numbered is None or any(
            t.sort in (Sort.ROW, Sort.OTHER, Sort.NUMBER, Sort.COUNT, Sort.COLON) for t in others
        ):
            return False
        if self._is_exception(at):  # "alla utom 3, som slutade 31 oktober"
            after = self._tokens[at + 1 : at + 3]
            return [t.sort for t in after] == [Sort.COMMA, Sort.THAT]
        before = {t.sort for t in self._tokens[:at]}
        opens = before <= {Sort.FILL, Sort.LINE}
        return opens and self._sort(at + 1) in SAYS and token.number < self._most

    def _text(self, start: int, end: int) -> str:
        return " ".join(t.text for t in self._tokens[start:end])
