"""Likely replies to a review letter, made of its own rows, with what each must be heard to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.review_reply import Heard, Listed, RowAnswer


def likely_replies(
    rows: Sequence[Listed], on: date, letter: str = ""
) -> tuple[tuple[str, tuple[Heard, ...]], ...]:
    """Return the texts of likely replies of the day *on*, each with the answers it must give.

    *letter* is the letter's text part: what a reply quotes. Without it no answer stands in a
    quotation.
    """
    del on, letter
    return (("", tuple(Heard(row.row, RowAnswer.OPEN) for row in rows)),)
