"""Letters whose fate nobody knows: sent again, or held for a person (ADR 0002). Sends nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.effects import SendLetter
from bot.domain.events import LetterFailed
from bot.domain.letters import ON_DOUBT, Letter, OnDoubt
from bot.domain.overtaken import counts_days
from bot.domain.troubles import LIKE_IT, OTHER_DAYS
from bot.ports.rows import OutboxRow, RowState
from bot.ports.store import Work


def settle_doubts(services: Services) -> int:
    """Decide what a crash left between "handed over" and "known": send again, or hold (ADR 0002).

    Called once when the program starts, before anything is delivered.
    """
    now = services.clock()
    with services.store.begin() as work:
        rows = work.outbox.in_doubt()
        for row in rows:
            if services.sent.of(row.message_id) and holds(row):
                work.outbox.save(replace(row, state=RowState.QUEUED))  # the log knows it
                continue
            in_doubt(work, row, now)
    return len(rows)


def in_doubt(work: Work, row: OutboxRow, now: datetime) -> None:
    """Queue the row once more, or hold it and tell staff.

    One that the log of what was sent knows is recognised there when its turn comes.
    """
    state = RowState.HELD if holds(row) else RowState.QUEUED
    work.outbox.save(replace(row, state=state, error="Avbrott under leverans."))
    work.audit.add("bot", "in_doubt", f"B-{row.id}", state.value, now)
    if state is RowState.HELD and isinstance(row.effect, SendLetter):
        letter = row.effect.letter
        event = failed(row, letter, letter.to, "Det är oklart om brevet gick iväg.")
        work.inbox.put(event, f"{row.key}/doubt", now)


def hold_like(work: Work, row: OutboxRow, letter: Letter, now: datetime) -> None:
    """Hold a letter that an older memory made anew, in other words than it left in."""
    work.outbox.save(replace(row, state=RowState.HELD, error=LIKE_IT))
    work.audit.add("bot", "letter_doubtful", f"B-{row.id}", letter.kind, now)
    work.inbox.put(failed(row, letter, letter.to, LIKE_IT), f"{row.key}/like", now)


def tell_of_days(work: Work, row: OutboxRow, letter: Letter, now: datetime) -> None:
    """Tell staff of a letter that left in an older life of the memory, with other days in it."""
    work.inbox.put(failed(row, letter, letter.to, OTHER_DAYS), f"{row.key}/days", now)


def tell_late(work: Work, row: OutboxRow, reason: str, now: datetime) -> None:
    """Tell staff of a letter that the way out has not taken for long; it is tried on."""
    if isinstance(row.effect, SendLetter):
        text = f"Servern tar inte emot det än ({reason}). Nya försök görs."
        letter = row.effect.letter
        work.inbox.put(failed(row, letter, letter.to, text), f"{row.key}/late", now)


def is_dated(row: OutboxRow) -> bool:
    """Tell whether it is a letter that says something else tomorrow."""
    effect = row.effect
    return isinstance(effect, SendLetter) and counts_days(effect.letter.content, today(row.queued))


def holds(row: OutboxRow) -> bool:
    """Tell whether a letter of this kind waits for a person when its fate is unknown."""
    return isinstance(row.effect, SendLetter) and ON_DOUBT[row.effect.letter.kind] is OnDoubt.HOLD


def failed(row: OutboxRow, letter: Letter, names: tuple[str, ...], reason: str) -> LetterFailed:
    """Return that the letter did not reach *names*."""
    return LetterFailed(row.case, row.id, letter.kind, names, reason, letter.card)
