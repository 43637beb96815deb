"""A catalogue write is marked before it is made: it can't be both made and withdrawn.

Makes none itself.
"""

from __future__ import annotations

from dataclasses import replace

from bot.app.services import Services
from bot.domain.effects import WriteRecord
from bot.domain.events import WriteConflicted, WriteRefused
from bot.domain.values import CaseId
from bot.ports.errors import ConflictError, UnclearEntryError
from bot.ports.rows import OutboxRow, RowState


def begun(services: Services, row: OutboxRow) -> bool:
    """Mark a write as handed over; False when it was withdrawn, or another program has it."""
    with services.store.begin() as work:
        fresh = work.outbox.get(row.id)
        if fresh is None or fresh.state is not RowState.QUEUED:
            return False
        work.outbox.save(replace(fresh, state=RowState.SENDING))
    return True


def conflicted(
    services: Services, case: CaseId, effect: WriteRecord, error: ConflictError
) -> WriteConflicted | WriteRefused:
    """Return what stands in the catalogue instead; where that cannot be told, staff must look.

    Raises:
        TransientError: the catalogue does not answer.
        NeedsOperatorError: it refuses us.
    """
    try:
        found = services.catalogue.find(effect.change.after.person_id)
    except UnclearEntryError as unclear:
        return WriteRefused(case, unclear.reason)
    seen, version = (found.entry, found.version) if found is not None else (None, "")
    return WriteConflicted(case, error.reason, seen=seen, version=version)
