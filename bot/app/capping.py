"""Breaks loops: too many letters to one reader, or in all. Holds them; drops none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.app.services import Services
from bot.domain.letters import AT_ONCE, MAY_LOOP, Letter
from bot.ports.rows import OutboxRow
from bot.ports.store import Work

CAP_PAUSE = timedelta(hours=1)


def capped(services: Services, work: Work, row: OutboxRow, letter: Letter, now: datetime) -> bool:
    """Put a letter off when too many went already: a loop breaker that holds, never drops."""
    facts = services.facts
    if letter.kind in AT_ONCE:
        return False
    full = work.outbox.sent_to("", now - timedelta(hours=1)) >= facts.cap_total
    if not full and letter.kind in MAY_LOOP:
        since = now - timedelta(hours=24)
        full = any(work.outbox.sent_to(a, since) >= facts.cap_per_sender for a in letter.to)
    if full:
        error = "Taket för antal brev är nått; brevet går när det finns plats."
        work.outbox.save(replace(row, due=now + CAP_PAUSE, error=error))
        work.audit.add("bot", "letter_capped", f"B-{row.id}", letter.kind, now)
    return full
