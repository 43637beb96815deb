"""A reply that says nothing of the rows but wants to be rung: asked of staff, never passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.review_reply import Aside, Remark, ReviewReply, RowAnswer

_TALK = re.compile(
    r"\b(?:ring(?:er|a)?|hör(?:a)? av|slå en signal|kontakta|prata(?:s vid)?|höras|hörs|"
    r"talas vid|ta (?:det|den här|listan) (?:på|per|över) telefon|call|phone)\b",
    re.IGNORECASE,
)
_IF_NEEDED = re.compile(
    r"\b(?:vid (?:frågor|behov)|(?:om|ifall|ifall att|if) (?:ni|du|det|något|nåt|någon|you|there)|"
    r"med vänlig|vi hörs(?: av)?\W*$)",
    re.IGNORECASE,
)


def with_call(reply: ReviewReply, lines: Iterable[str]) -> ReviewReply:
    """Return *reply* with a wish to talk among its remarks, where that is all that it says.

    «Hör av er om det är något» is courtesy; «Ring mig så berättar jag» is an answer to come.
    """
    said = any(h.answer is not RowAnswer.OPEN for h in reply.rows)
    if said or reply.unread or reply.remarks or reply.undo is not None:
        return reply
    wish = next((x for x in lines if _TALK.search(x) and not _IF_NEEDED.search(x)), None)
    if wish is None:
        return reply
    return replace(reply, remarks=(Remark(Aside.QUESTION, wish.strip()),))
