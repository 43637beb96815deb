"""Plain replies to review letters: who stays, has left, leaves, has moved. Decides nothing.

Fails closed: a row that unexplained words may concern is unclear, silence leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.review_reply import Heard, Listed, ReviewReply, RowAnswer


def understand_review(
    text: str, letters: Sequence[str], rows: Sequence[Listed], *, on: date,
    names: Iterable[str] = (),
) -> ReviewReply:  # fmt: skip
    """Return what the reply *text* of the day *on* says of *rows*.

    *letters* are those that may be quoted, each as its reader saw it (the text part, the HTML's
    words). *names* are the sender's: they sign.
    """
    del text, letters, on, names
    return ReviewReply(tuple(Heard(row.row, RowAnswer.OPEN) for row in rows))
