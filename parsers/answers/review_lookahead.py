"""What stands before and after a place of a sentence. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers.review_clause import SAYING, Clause
from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Subject, Whom
from parsers.answers.review_tokens import Token

Piece = Subject | Token

_TOLD = (
    Sort.IS, Sort.UNKNOWN, Sort.CAPITAL, Sort.DAY, Sort.SAME, Sort.SO, Sort.BEGAN, Sort.SERVES,
    Sort.LONGER, Sort.NOT, Sort.TILL, Sort.NOW, Sort.DOUBT, Sort.IF,
)  # fmt: skip
_BREAKS = frozenset({Sort.COMMA, Sort.BUT, Sort.LINE, Sort.AND, Sort.COLON, Sort.TAB})
NAMED = frozenset(
    {
        Whom.ROWS, Whom.ALL, Whom.BOTH, Whom.NONE, Whom.REST, Whom.THEY, Whom.FIRST, Whom.LAST,
        Whom.NEXT_TO_LAST, Whom.NTH, Whom.SOMEONE, Whom.OTHER, Whom.AHEAD, Whom.WE,
    }
)  # fmt: skip

_OWNED = re.compile(
    r"^(?:man|fru|sambo|barn|son|dotter|mamma|pappa|mor|far|kollega|chef|plats|rum|skap|namn|vikarie)"
    r"|konto|^kort|nyck|dator|behorig|rekryter|schema|post|mail|mejl|ersattar|telefon|ledighet|lon"
)

ALONE = frozenset({Sort.YES, Sort.NO, Sort.RIGHT, Sort.UNCHANGED})


class Looking:
    """Looks around in the pieces of one sentence."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces

    def _told_since(self, at: int) -> bool:
        """Tell whether more than names stands between the subject at *at* and the one before."""
        for piece in reversed(self._pieces[:at]):
            if isinstance(piece, Subject):
                return False
            if piece.sort in _TOLD:
                return True
        return False

    def _is_object(self, at: int) -> bool:
        """Tell whether a preposition stands before a name: vikarie för Anna."""
        before = self._pieces[at - 1] if at else None
        return isinstance(before, Token) and before.sort is Sort.AT

    def _without(self, at: int) -> bool:
        """Tell whether "utan" stands before a name: samma gäng utan Eva."""
        before = self._pieces[at - 1] if at else None
        return isinstance(before, Token) and before.plain == "utan"

    def _sums_up(self, at: int, clause: Clause) -> bool:
        """Tell whether "samtliga" at the end only sums up who was named before the verb."""
        ends = all(
            isinstance(p, Token) and p.sort in (Sort.FILL, Sort.COMMA, Sort.LINE)
            for p in self._pieces[at + 1 :]
        )
        before = self._pieces[at - 1] if at else None
        close = isinstance(before, Token) and before.sort not in _BREAKS
        return ends and close and bool(clause.subjects) and not clause.first

    def _linked(self, at: int) -> bool:
        before = self._pieces[at - 1] if at else None
        return isinstance(before, Subject) or (
            isinstance(before, Token)
            and before.sort in (Sort.AND, Sort.COMMA, Sort.LINE, Sort.FILL)
        )

    def _anded(self, at: int) -> bool:
        """Tell whether "och" stands right before *at*."""
        before = self._pieces[at - 1] if at else None
        return isinstance(before, Token) and before.sort is Sort.AND

    def _broken(self, at: int) -> bool:
        """Tell whether a mark stands right before *at*."""
        before = self._pieces[at - 1] if at else None
        return isinstance(before, Token) and before.sort in _BREAKS

    def _says_more(self, at: int) -> bool:
        """Tell whether a word that answers follows before the next mark."""
        for piece in self._pieces[at + 1 :]:
            if isinstance(piece, Subject):
                continue
            if piece.sort in SAYING:
                return True
            if piece.sort in (Sort.COMMA, Sort.BUT):
                return False
        return False

    def _names_more(self, at: int) -> bool:
        return any(
            isinstance(p, Subject) and p.whom in NAMED - {Whom.OTHER, Whom.WE, Whom.SOMEONE}
            for p in self._pieces[at + 1 :]
        )

    def _says_next(self, at: int, *, first: bool) -> bool:
        """Tell whether the subjects from *at* on are followed at once by what is said of them."""
        for n, piece in enumerate(self._pieces[at + 1 :], start=at + 1):
            if isinstance(piece, Subject) and piece.whom in (Whom.REST, Whom.ALL):
                return False  # "ta bort Anna och Sara och övriga är kvar"
            if isinstance(piece, Subject) or piece.sort in (Sort.AND, Sort.FILL, Sort.IS):
                continue
            before = self._pieces[n - 1]
            chain = isinstance(before, Subject) and first and self._names_next(n)
            return piece.sort in SAYING and not chain  # "ja Anna, Bo nej Eva"
        return False

    def _names_next(self, at: int) -> bool:
        for piece in self._pieces[at + 1 :]:
            if isinstance(piece, Subject):
                return piece.whom in NAMED - {Whom.OTHER, Whom.WE}
            if piece.sort not in (Sort.IS, Sort.FILL, Sort.COLON, Sort.LINE, Sort.AND, Sort.DAY):
                return False
        return False

    def _chained(self, at: int) -> bool:
        """Tell whether the next word that answers, after *at*, has its names behind it too."""
        for n in range(at + 1, len(self._pieces)):
            piece = self._pieces[n]
            if isinstance(piece, Subject) or piece.sort in (
                Sort.AND,
                Sort.COMMA,
                Sort.FILL,
                Sort.DAY,
            ):
                continue
            if piece.sort not in SAYING:
                return False
            before = self._pieces[n - 1]
            bare = isinstance(before, Subject) or before.sort in (Sort.DAY, Sort.COMMA)
            return bare and (self._names_next(n) or self._colon(n))
        return False

    def _colon(self, at: int) -> bool:
        after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        return isinstance(after, Token) and after.sort is Sort.COLON

    def _listed_out(self, at: int) -> bool:
        """Tell whether "och" has closed the list of names before *at*: A, B och C, D."""
        names = anded = 0
        for piece in reversed(self._pieces[: at - 1]):
            if isinstance(piece, Subject):
                names += 1
            elif piece.sort is Sort.AND and names == 1:
                anded = 1
            elif piece.sort is not Sort.COMMA:
                break
        return bool(anded) and names > 1

    def _owned(self, at: int, subject: Subject) -> list[str]:
        """Return what is spoken of in place of its owner: Evas nycklar, Evas man."""
        after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        genitive = (
            subject.whom is Whom.ROWS
            and subject.text[-1:] in "sS"
            and not subject.text[-2:-1].isdigit()
        )
        if not genitive or not isinstance(after, Token) or after.sort in SAYING:
            return []
        return [after.text] if _OWNED.search(after.plain) else []

    def _dated_next(self, at: int) -> bool:
        """Tell whether a day begins a clause of its own: "…, idag slutar Omar"."""
        after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        answers = isinstance(after, Token) and after.sort in SAYING
        return self._broken(at) and answers and self._names_next(at + 1)

    def _floats(self, at: int, clause: Clause) -> bool:
        """Tell whether "alla" or "båda" only sums up those named before the verb."""
        before = self._pieces[at - 1] if at else None
        named = [s for s in clause.subjects if s.whom is Whom.ROWS]
        return len(named) > 1 and isinstance(before, Token) and before.sort is Sort.IS

    def _verdict_first(self, at: int, clause: Clause, subject: Subject) -> bool:
        """Tell whether names follow "de som är kvar är" or "jag har kvar"."""
        whoms = {s.whom for s in clause.subjects}
        if not whoms or not whoms <= {Whom.AHEAD, Whom.WE} or subject.whom is not Whom.ROWS:
            return False
        firm = any(t.sort in SAYING - ALONE for t in clause.tokens)
        before = self._pieces[at - 1]
        near = isinstance(before, Token) and before.sort in (
            Sort.IS,
            Sort.STAY,
            Sort.COLON,
            Sort.FILL,
        )
        return firm and near and not self._says_next(at, first=True)


def single(clause: Clause) -> bool:
    """Tell whether a clause names somebody whom "hon" can mean."""
    return any(s.whom not in (Whom.ALL, Whom.REST, Whom.NONE, Whom.WE) for s in clause.subjects)
