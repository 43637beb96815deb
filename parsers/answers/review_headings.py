"""What a heading says of the names below it. Decides nothing."""

from __future__ import annotations

from datetime import date

from parsers.answers.review_clause import SAYING, Clause
from parsers.answers.review_sorts import Sort
from parsers.answers.review_verdicts import Says, judged


def of_heading(clause: Clause, today: date) -> tuple[Sort, str] | None:
    """Return what a heading says of the names below it."""
    said = [t for t in clause.tokens if t.sort in SAYING]
    if len(said) == 1 and not any(t.sort is Sort.NOT for t in clause.tokens):
        return said[0].sort, said[0].text
    verdict = judged(clause.tokens, today)
    sort = {Says.STAYS: Sort.STAY, Says.LEFT: Sort.LEFT}.get(verdict.says)
    return (sort, clause.text) if sort is not None and not verdict.odd else None
