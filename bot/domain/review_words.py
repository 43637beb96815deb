"""The Swedish words for what an answer says of a row: for cases, logs and reports."""

from __future__ import annotations

from datetime import date

from bot.domain.review_reply import RowAnswer

WORDS = {
    RowAnswer.OPEN: "inget svar",
    RowAnswer.STAYS: "är kvar",
    RowAnswer.LEFT: "har slutat",
    RowAnswer.LEAVING: "slutar",
    RowAnswer.MOVED: "har bytt enhet",
    RowAnswer.UNCLEAR: "oklart",
}


def said(answer: RowAnswer, on: date | None = None, to: str = "") -> str:
    """Return the answer in words: "har slutat 2026-10-31"."""
    return " ".join(part for part in (WORDS[answer], str(on) if on else "", to) if part)
