"""Follows a letter that left back to the row of the memory that called for it. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.domain.calendar import today
from bot.domain.card_letters import ReserveReminder
from bot.domain.effects import SendLetter
from bot.domain.values import LetterId
from bot.ports.rows import OutboxRow
from bot.ports.store import Work
from bot.rehearsal.invariants import Seen
from bot.rehearsal.recount import Step

_DAILY = frozenset(  # a day calls for these, whatever they are about
    {"digest", "ending_soon", "inventory", "ended_with_card", "review_preview", "review_report"}
)


def steps(work: Work, letters: Iterable[Seen], known: Collection[str]) -> tuple[Step, ...]:
    """Return what called for each letter; *known*: Message-IDs of mails that came or left."""
    return tuple(_step(work, letter, known) for letter in letters)


def _step(work: Work, letter: Seen, known: Collection[str]) -> Step:
    number = letter.number.removeprefix("B-")
    row = work.outbox.get(LetterId(int(number))) if number.isdecimal() else None
    if row is None or not isinstance(row.effect, SendLetter):
        return Step(letter.message_id, letter.kind, letter.about, letter.to, letter.on)
    content = row.effect.letter.content
    return Step(
        letter.message_id, letter.kind, _about(row, letter), letter.to, today(row.queued),
        _cause(work, row, letter, known), row.effect.letter.rung,
        content.due if isinstance(content, ReserveReminder) else None,
    )  # fmt: skip


def _about(row: OutboxRow, letter: Seen) -> str:
    """Return the card where there is one: a card's letters stand in no case's thread."""
    assert isinstance(row.effect, SendLetter)  # noqa: S101 - looked at just before
    card = row.effect.letter.card
    return letter.about if card is None else f"kort {card}"


def _cause(work: Work, row: OutboxRow, letter: Seen, known: Collection[str]) -> str:
    """Return "mail" or "day"; "" for an answer to a mail that never came, or no cause at all."""
    assert isinstance(row.effect, SendLetter)  # noqa: S101 - looked at just before
    sent = row.effect.letter
    if letter.answers:
        return "mail" if letter.answers in known else ""
    case = work.cases.get(row.case) if row.case is not None else None
    if case is not None and case.origin.mail is not None:
        return "mail"
    by_day = case is not None or sent.card is not None or sent.review is not None
    return "day" if by_day or letter.kind in _DAILY or letter.about.startswith("G-") else ""
