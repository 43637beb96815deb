"""Cases: columns for what is asked of them, the rest as one document. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from bot.adapters.store import marks
from bot.adapters.store.codec import dump_case, load_case
from bot.adapters.store.schema import (
    ASKED_CASE,
    ENDING_CASE,
    FORM_CASE,
    LIVE_CASE,
    PLANNED_CASE,
    cases,
    outbox,
    records,
)
from bot.domain.cases import Case, Kind, Status
from bot.domain.values import CardId, CaseId, MailId, PersonId, RecordId
from bot.ports.errors import ConflictError

_CHUNK = 500  # values in one IN list
_LATELY = timedelta(days=30)

_LIMIT = bindparam("limit", type_=Integer)
_ROW = select(
    cases.c.id, cases.c.version, cases.c.opened, cases.c.closed, cases.c.doc, cases.c.reading
)
_ADD = insert(cases).returning(cases.c.id)
_SAVE = update(cases).where(
    cases.c.id == bindparam("number"), cases.c.version == bindparam("before")
)
_GET = _ROW.where(cases.c.id == bindparam("number"))
_SAME_FORM = (
    _ROW.where(cases.c.fingerprint == bindparam("fingerprint"), text(FORM_CASE))
    .order_by(cases.c.id)
    .limit(1)
)
_OF_PERSON = _ROW.where(
    cases.c.person == bindparam("person"),
    or_(cases.c.status != Status.DONE.value, cases.c.closed >= bindparam("since")),
).order_by(cases.c.id)
_ALL_OF_PERSON = _ROW.where(cases.c.person == bindparam("person")).order_by(cases.c.id)
_ANSWERED = select(outbox.c.message_id, outbox.c.case).where(
    outbox.c.message_id.in_(bindparam("names", expanding=True)),
    text("message_id <> ''"),
    outbox.c.case.is_not(None),
)
_PERSON_OF = select(records.c.person).where(records.c.id == bindparam("record")).scalar_subquery()
_OF_RECORD = _ROW.where(
    or_(cases.c.record == bindparam("record"), cases.c.person == _PERSON_OF)
).order_by(cases.c.id)
_OF_MAIL = _ROW.where(cases.c.mail == bindparam("mail")).order_by(cases.c.id)
_OF_CARD = _ROW.where(
    cases.c.card == bindparam("card"), cases.c.status != Status.DONE.value
).order_by(cases.c.id)
_ALL = _ROW.order_by(cases.c.id)
_OPEN_OF = select(cases.c.id).where(text(LIVE_CASE), cases.c.kind == bindparam("which")).limit(1)
_LIVE = _ROW.where(text(LIVE_CASE)).order_by(cases.c.id)
_DUE = (
    _ROW.where(text(PLANNED_CASE), cases.c.not_before <= bindparam("today"))
    .order_by(cases.c.not_before, cases.c.id)
    .limit(_LIMIT)
)
_ASKED = (
    _ROW.where(text(ASKED_CASE), cases.c.remind_on <= bindparam("today"))
    .order_by(cases.c.remind_on, cases.c.id)
    .limit(_LIMIT)
)
_CLOSED = _ROW.where(
    cases.c.closed >= bindparam("since"), cases.c.status == Status.DONE.value
)  # sorted by us: asked to, SQLite walks all cases by number instead of the few by date
_COUNT = select(func.count()).select_from(cases)
_ENDED = (
    _COUNT.where(text(ENDING_CASE), cases.c.opened >= bindparam("since")),
    _COUNT.where(
        text(ENDING_CASE),
        cases.c.closed >= bindparam("since"),
        cases.c.opened < bindparam("since"),
    ),
)


class SqlCases:
    """The cases inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._latest: datetime | None = None

    def save(self, case: Case) -> Case:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile.
        """
        values = _columns(case)
        if not case.id:
            values |= marks.number(self._connection, cases) | {"version": 1}
            number = self._connection.execute(_ADD, values).scalar_one()
            return replace(case, id=CaseId(number), version=1)
        key = {"number": case.id, "before": case.version}
        changed = self._connection.execute(_SAVE, values | {"version": case.version + 1} | key)
        if changed.rowcount != 1:
            raise ConflictError(f"{case.handle} was changed meanwhile")
        return replace(case, version=case.version + 1)

    def get(self, case: CaseId) -> Case | None:
        """Return the case with this number."""
        return self._first(_GET, number=case)

    def same_form(self, fingerprint: str) -> Case | None:
        """Return the earliest case with this content that was neither rejected nor linked."""
        return self._first(_SAME_FORM, fingerprint=fingerprint) if fingerprint else None

    def of_person(self, person: PersonId) -> tuple[Case, ...]:
        """Return the person's cases that are not done, and orders done in the last 30 days.

        The days count from the latest instant that this memory has seen.
        """
        self._latest = self._latest or marks.latest(self._connection)  # once in a transaction
        if self._latest is None:
            return self._all(_ALL_OF_PERSON, person=person.reveal())
        found = self._all(_OF_PERSON, person=person.reveal(), since=self._latest - _LATELY)
        return tuple(c for c in found if c.status is not Status.DONE or c.order is not None)

    def answered_by(self, message_ids: Iterable[str]) -> Case | None:
        """Return the case of the letter that bears one of *message_ids*, the first that does."""
        names = [name for name in dict.fromkeys(message_ids) if name]
        for start in range(0, len(names), _CHUNK):
            some = names[start : start + _CHUNK]
            rows = self._connection.execute(_ANSWERED, {"names": some}).all()
            if rows:
                number = min(rows, key=lambda row: some.index(row.message_id)).case
                return self.get(CaseId(number))
        return None

    def of_record(self, record: RecordId) -> tuple[Case, ...]:
        """Return all cases about a record, also those saved before it had one, by its person."""
        return self._all(_OF_RECORD, record=record)

    def of_card(self, card: CardId) -> tuple[Case, ...]:
        """Return the cases about a card that are not done."""
        return self._all(_OF_CARD, card=card)

    def of_mail(self, mail: MailId) -> tuple[Case, ...]:
        """Return the cases that came of a mail."""
        return self._all(_OF_MAIL, mail=mail)

    def open_of(self, kind: Kind) -> bool:
        """Tell whether a case of this kind is not done."""
        return self._connection.execute(_OPEN_OF, {"which": kind.value}).first() is not None

    def list(self, *, open_only: bool = False) -> tuple[Case, ...]:
        """Return the cases (or those that are not done) in order of number."""
        return self._all(_LIVE if open_only else _ALL)

    def due(self, today: date, limit: int) -> tuple[Case, ...]:
        """Return approved cases whose ``not_before`` has come, oldest first."""
        return self._all(_DUE, today=today, limit=limit)

    def asked(self, today: date, limit: int) -> tuple[Case, ...]:
        """Return the asked cases whose day to be reminded, or handed over, has come."""
        return self._all(_ASKED, today=today, limit=limit)

    def closed_since(self, since: datetime) -> tuple[Case, ...]:
        """Return the cases done since then (``closed`` at or after it), in order of number."""
        return tuple(sorted(self._all(_CLOSED, since=since), key=lambda case: case.id))

    def ended_since(self, since: datetime) -> int:
        """Count the cancellations approved or carried out since then (for the brake).

        One that is carried out without a clerk is approved in the moment it is opened.
        """
        counts = (self._connection.execute(q, {"since": since}).scalar_one() for q in _ENDED)
        return sum(counts)

    def _first(self, query: Select[Any], **wanted: object) -> Case | None:
        found = self._all(query, **wanted)
        return found[0] if found else None

    def _all(self, query: Select[Any], **wanted: object) -> tuple[Case, ...]:
        rows: Sequence[Any] = self._connection.execute(query, wanted).all()
        return tuple(
            load_case(
                r.doc, number=r.id, version=r.version, opened=r.opened, closed=r.closed,
                reading=r.reading,
            )
            for r in rows
        )  # fmt: skip


def _columns(case: Case) -> dict[str, object]:
    doc, reading = dump_case(case)
    return {
        "kind": case.kind.value,
        "stage": case.stage.value,
        "status": case.status.value,
        "person": case.person.reveal() if case.person is not None else None,
        "record": case.record,
        "fingerprint": case.fingerprint,
        "mail": case.origin.mail,
        "parent": case.parent,
        "opened": case.opened,
        "closed": case.closed,
        "not_before": case.not_before,
        "remind_on": case.remind_on,
        "card": case.card,
        "doc": doc,
        "reading": reading,
    }
