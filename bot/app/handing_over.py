"""A catalogue write is marked before it is made: it can't be both made and withdrawn."""

from __future__ import annotations

from dataclasses import replace

from bot.app.services import Services
from bot.ports.rows import OutboxRow, RowState


def begun(services: Services, row: OutboxRow) -> bool:
    """Mark a write as handed over; False when it was withdrawn, or another program has it."""
    with services.store.begin() as work:
        fresh = work.outbox.get(row.id)
        if fresh is None or fresh.state is not RowState.QUEUED:
            return False
        work.outbox.save(replace(fresh, state=RowState.SENDING))
    return True
