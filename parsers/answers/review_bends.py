"""What bends a subject: a condition, a number beside another name. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.answers.review_counts import SORTS
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_OTHERWISE = frozenset({Sort.SHE, Sort.LEAVES, Sort.LEFT, Sort.MOVES, Sort.ENDS, Sort.REMOVE})

SAYS = frozenset(
    {
        Sort.IS, Sort.STAY, Sort.WORKS, Sort.LEFT, Sort.LEAVES, Sort.MOVED, Sort.MOVES, Sort.LEAVE,
        Sort.DEAD, Sort.GIVEN_NOTICE, Sort.REMOVE, Sort.ENDED, Sort.ENDS, Sort.NEW, Sort.NO,
        Sort.YES, Sort.NOT,
    }
)  # fmt: skip


def conditional(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "annars" says what happens if not: annars slutar hon."""
    return any(t.sort is Sort.IF for t in tokens[:at]) or any(
        t.sort in _OTHERWISE for t in tokens[at + 1 : at + 4]
    )


def clashes(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number and a name right beside each other mean two rows."""
    token = tokens[at]
    return any(
        0 <= n < len(tokens) and tokens[n].sort is Sort.ROW
        and bool(tokens[n].number) != bool(token.number)
        and tokens[n].rows != token.rows
        for n in (at - 1, at + 1)
    )  # fmt: skip


def restricts(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Tell whether nouns make a part of all: alla vikarier, alla ordinarie."""
    return any(SORTS.search(t.plain) for t in tokens[at:end] if t.sort is Sort.PEOPLE)
