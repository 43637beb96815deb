"""Differences from the catalogue in the memory. Compares nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.adapters.store.codec import load_record
from bot.adapters.store.drift_schema import ENDED_DRIFT, OPEN_DRIFT, drifts
from bot.adapters.store.schema import LIVE_RECORD, OPEN_WRITE, outbox, records
from bot.domain.drift import Drift
from bot.domain.records import Record, Status
from bot.domain.values import CaseId, PersonId
from bot.ports.errors import ConflictError

_OPEN = select(drifts).where(text(OPEN_DRIFT))
_ADD = insert(drifts).returning(drifts.c.id)
_SAVE = update(drifts).where(drifts.c.id == bindparam("which"))
_PURGE = delete(drifts).where(text(ENDED_DRIFT), drifts.c.closed < bindparam("moment"))
_HELD = select(records.c.id, records.c.version, records.c.doc).where(
    records.c.person.in_(bindparam("people", expanding=True))
)
_ACTIVE = select(records.c.person).where(
    text(LIVE_RECORD), records.c.status == Status.ACTIVE.value
)  # fmt: skip
_WRITING = select(outbox.c.person).where(text(OPEN_WRITE), outbox.c.person.is_not(None))
_PAGE = 500  # identity numbers in one question


class SqlDrifts:
    """The differences inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self) -> tuple[Drift, ...]:
        """Return those that have not ended, oldest first."""
        found = (_drift(row) for row in self._connection.execute(_OPEN).all())
        return tuple(sorted(found, key=lambda drift: drift.id))

    def save(self, drift: Drift) -> Drift:
        """Insert (id 0) or replace; return it with its number.

        Raises:
            ConflictError: another program has just noted the same difference.
        """
        values = _columns(drift)
        if drift.id:
            self._connection.execute(_SAVE, values | {"which": drift.id})
            return drift
        try:
            with self._connection.begin_nested():
                number = self._connection.execute(_ADD, values).scalar_one()
        except IntegrityError:
            raise ConflictError("another program compares at the same time") from None
        return replace(drift, id=number)

    def purge(self, before: datetime) -> int:
        """Let go of those that ended before that; return how many."""
        return self._connection.execute(_PURGE, {"moment": before}).rowcount

    def held(self, persons: Iterable[PersonId]) -> Mapping[PersonId, Record]:
        """Return the records of *persons*, of those who have one."""
        wanted = [person.reveal() for person in persons]
        found: dict[PersonId, Record] = {}
        for start in range(0, len(wanted), _PAGE):
            page = {"people": wanted[start : start + _PAGE]}
            for row in self._connection.execute(_HELD, page).all():
                record = replace(load_record(row.doc), id=row.id, version=row.version)
                found[record.entry.person_id] = record
        return found

    def active(self) -> tuple[PersonId, ...]:
        """Return everybody whose record is active."""
        return tuple(PersonId(row.person) for row in self._connection.execute(_ACTIVE).all())

    def writing(self) -> frozenset[PersonId]:
        """Return everybody of whom a catalogue write waits to go."""
        return frozenset(PersonId(row.person) for row in self._connection.execute(_WRITING).all())


def _drift(row: Any) -> Drift:  # noqa: ANN401 - a row of the table
    return Drift(
        PersonId(row.person), row.attribute, row.mark, row.ours, row.theirs, row.since, row.seen,
        CaseId(row.case) if row.case is not None else None, row.closed, row.id,
    )  # fmt: skip


def _columns(drift: Drift) -> dict[str, object]:
    return {
        "person": drift.person.reveal(), "attribute": drift.attribute, "mark": drift.mark,
        "ours": drift.ours, "theirs": drift.theirs, "since": drift.since, "seen": drift.seen,
        "case": drift.case, "closed": drift.closed,
    }  # fmt: skip
