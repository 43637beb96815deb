"""Our register of persons: columns for what is asked, the rest as one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, select, text, update

from bot.adapters.database.columns import insert_once
from bot.adapters.store import marks
from bot.adapters.store.codec import dump_record, load_record
from bot.adapters.store.schema import CLOSED_RECORD, LIVE_RECORD, PLANNED_RECORD, records
from bot.domain.records import Record, Status
from bot.domain.values import PersonId, RecordId, address_key
from bot.ports.errors import ConflictError

_LIVE = (Status.PLANNED, Status.ACTIVE)
_LIMIT = bindparam("limit", type_=Integer)
_ROW = select(records.c.id, records.c.version, records.c.doc)
_ADD = insert_once(records, ("person",), records.c.id)
_STATUS = select(records.c.status).where(records.c.id == bindparam("number"))
_SAVE = update(records).where(
    records.c.id == bindparam("number"), records.c.version == bindparam("before")
)
_BY_PERSON = _ROW.where(records.c.person == bindparam("digits"))
_BY_ID = _ROW.where(records.c.id == bindparam("number"))
_STARTED = _ROW.where(text(PLANNED_RECORD), records.c.valid_from <= bindparam("day"))
_OVER = _ROW.where(text(LIVE_RECORD), records.c.valid_until < bindparam("day"))
_QUARANTINED = _ROW.where(text(CLOSED_RECORD), records.c.valid_until <= bindparam("day"))
_ENDING = _ROW.where(
    text(LIVE_RECORD),
    records.c.status == Status.ACTIVE.value,
    records.c.valid_until >= bindparam("first"),
    records.c.valid_until <= bindparam("last"),
).order_by(records.c.valid_until, records.c.id)
_ALL = _ROW.order_by(records.c.id)
_BY_MAIL = _ROW.where(records.c.mail == bindparam("address")).order_by(records.c.id)
_PROTECTED = _ROW.where(text("protected")).order_by(records.c.id)
_UNITS = (
    select(records.c.unit_id)
    .where(text(LIVE_RECORD), records.c.status == Status.ACTIVE.value)
    .distinct()
)
_WITHOUT_UNIT = _ROW.where(
    records.c.unit_id.is_(None), records.c.status == Status.ACTIVE.value
).order_by(records.c.id)
_OF_UNITS = _ROW.where(records.c.unit_id.in_(bindparam("units", expanding=True))).order_by(
    records.c.id
)


class SqlRecords:
    """The register inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person: PersonId) -> Record | None:
        """Return the person's record."""
        found = self._all(_BY_PERSON, digits=person.reveal())
        return found[0] if found else None

    def by_id(self, record: RecordId) -> Record | None:
        """Return the record with this number."""
        found = self._all(_BY_ID, number=record)
        return found[0] if found else None

    def save(self, record: Record) -> Record:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile.
        """
        values = _columns(record) | {"version": record.version + 1}
        if not record.id:
            insertion = _ADD[self._connection.dialect.name]
            number = self._connection.execute(insertion, values | {"version": 1}).scalar()
            if number is None:
                raise ConflictError("the person got a record meanwhile")
            marks.count(self._connection, marks.RECORDS_LIVE, int(record.status in _LIVE))
            return replace(record, id=RecordId(number), version=1)
        key = {"number": record.id, "before": record.version}
        was = self._connection.execute(_STATUS, {"number": record.id}).scalar()
        if self._connection.execute(_SAVE, values | key).rowcount != 1:
            raise ConflictError(f"P-{record.id} was changed meanwhile")
        change = int(record.status in _LIVE) - int(was in _LIVE)
        marks.count(self._connection, marks.RECORDS_LIVE, change)
        return replace(record, version=record.version + 1)

    def due(self, today: date, quarantine_days: int, limit: int) -> tuple[Record, ...]:
        """Return records whose status the day has changed, in order of id.

        Planned ones that start today or before, planned and active ones that ended before today,
        closed ones whose valid_until is at least *quarantine_days* ago.
        """
        last = today - timedelta(days=quarantine_days)
        questions = ((_STARTED, today), (_OVER, today), (_QUARANTINED, last))
        found = {
            record.id: record
            for query, day in questions
            for record in self._all(query.limit(_LIMIT), day=day, limit=limit)
        }
        return tuple(found[number] for number in sorted(found)[:limit])

    def ending(self, first: date, last: date) -> tuple[Record, ...]:
        """Return active records whose valid_until lies from *first* to *last*, both included."""
        return self._all(_ENDING, first=first, last=last)

    def by_mail(self, mail: str) -> tuple[Record, ...]:
        """Return the records that bear the address *mail*, in order of id."""
        return self._all(_BY_MAIL, address=address_key(mail))

    def of_units(self, unit_ids: Sequence[str]) -> tuple[Record, ...]:
        """Return the records that stand on one of the units, in order of id."""
        return self._all(_OF_UNITS, units=list(unit_ids)) if unit_ids else ()

    def protected(self) -> tuple[Record, ...]:
        """Return the records of protected persons, in order of id."""
        return self._all(_PROTECTED)

    def units(self) -> tuple[str | None, ...]:
        """Return the units on which active records stand, None for those that stand on none."""
        found = (r.unit_id for r in self._connection.execute(_UNITS))
        return tuple(sorted(found, key=lambda unit: unit or ""))

    def without_unit(self) -> tuple[Record, ...]:
        """Return the active records that stand on no unit, in order of id."""
        return self._all(_WITHOUT_UNIT)

    def population(self) -> int:
        """Count the planned and active records."""
        return marks.tally(self._connection, marks.RECORDS_LIVE)

    def list(self) -> tuple[Record, ...]:
        """Return all records in order of id."""
        return self._all(_ALL)

    def _all(self, query: Select[Any], **wanted: object) -> tuple[Record, ...]:
        rows: Sequence[Any] = self._connection.execute(query, wanted).all()
        return tuple(replace(load_record(r.doc), id=r.id, version=r.version) for r in rows)


def _columns(record: Record) -> dict[str, object]:
    return {
        "person": record.entry.person_id.reveal(),
        "status": record.status.value,
        "valid_from": record.entry.valid_from,
        "valid_until": record.entry.valid_until,
        "doc": dump_record(record),
        "mail": address_key(record.entry.mail) if record.entry.mail else None,
        "unit_id": record.entry.unit_id or None,
        "protected": record.entry.protected,
    }
