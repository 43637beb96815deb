"""Cards in the memory: columns for what is asked, the rest as one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.adapters.store import marks
from bot.adapters.store.card_schema import DUE_CARD, LENT_CARD, LIVE_CARD, cards
from bot.adapters.store.codec import dump_card, load_card, load_record
from bot.adapters.store.schema import ENDED_RECORD, records
from bot.domain.cards import Card
from bot.domain.records import Record
from bot.domain.values import CardId, CaseId, PersonId, RecordId, address_key
from bot.ports.errors import ConflictError

_ROW = select(cards.c.id, cards.c.version, cards.c.doc)
_ADD = insert(cards).returning(cards.c.id)
_SAVE = update(cards).where(
    cards.c.id == bindparam("which"), cards.c.version == bindparam("before")
)
_GET = _ROW.where(cards.c.id == bindparam("which"))
_OF_PERSON = _ROW.where(cards.c.person == bindparam("digits")).order_by(cards.c.id)
_BY_NUMBER = _ROW.where(text("number <> ''"), cards.c.number == bindparam("digits")).order_by(
    cards.c.id
)
_BY_MARK = _ROW.where(text("mark <> ''"), cards.c.mark == bindparam("name"))
_BY_MAIL = _ROW.where(cards.c.mail == bindparam("address"), text(LIVE_CARD)).order_by(cards.c.id)
_OF_CASE = _ROW.where(cards.c.case == bindparam("which")).order_by(cards.c.id)
_LENT = _ROW.where(text(LENT_CARD)).order_by(cards.c.person)  # by the index of just these
_DUE = (
    _ROW.where(
        text(DUE_CARD),
        cards.c.next_on <= bindparam("today"),
        or_(
            cards.c.next_on > bindparam("day"),
            and_(cards.c.next_on == bindparam("day"), cards.c.id > bindparam("past")),
        ),
    )
    .order_by(cards.c.next_on, cards.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_ENDED = (
    select(
        cards.c.id, cards.c.version, cards.c.doc, records.c.id.label("record_id"),
        records.c.version.label("record_version"), records.c.doc.label("record_doc"),
    )
    .join(records, records.c.person == cards.c.person)
    .where(
        text(ENDED_RECORD.replace("status", "records.status")),
        text(LIVE_CARD.replace("status", "cards.status")),
    )
)  # fmt: skip
_ALL = _ROW.order_by(cards.c.id)


class SqlCards:
    """The cards inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, card: Card) -> Card:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile, another card bears its number, or the
                person has a reserve card already.
        """
        values = _columns(card)
        try:
            with self._connection.begin_nested():
                if not card.id:
                    values |= marks.number(self._connection, cards) | {"version": 1}
                    made = self._connection.execute(_ADD, values).scalar_one()
                    return replace(card, id=CardId(made), version=1)
                key = {"which": card.id, "before": card.version}
                changed = self._connection.execute(
                    _SAVE, values | {"version": card.version + 1} | key
                )
        except IntegrityError:
            raise ConflictError("the number is borne, or the person has a card") from None
        if changed.rowcount != 1:
            raise ConflictError(f"{card.handle} was changed meanwhile")
        return replace(card, version=card.version + 1)

    def get(self, card: CardId) -> Card | None:
        """Return the card with this id."""
        return self._first(_GET, which=card)

    def of_person(self, person: PersonId) -> tuple[Card, ...]:
        """Return all cards of a person in order of id, those that are over too."""
        return self._all(_OF_PERSON, digits=person.reveal())

    def by_number(self, number: str) -> tuple[Card, ...]:
        """Return the cards that bear, or bore, a number, in order of id."""
        return self._all(_BY_NUMBER, digits=number) if number else ()

    def by_mark(self, mark: str) -> Card | None:
        """Return the card whose receipt bears *mark*."""
        return self._first(_BY_MARK, name=mark) if mark else None

    def by_mail(self, mail: str) -> tuple[Card, ...]:
        """Return the cards that are not over whose holder has this address."""
        return self._all(_BY_MAIL, address=address_key(mail)) if mail else ()

    def of_case(self, case: CaseId) -> tuple[Card, ...]:
        """Return the cards that an order asked for."""
        return self._all(_OF_CASE, which=case)

    def due(self, today: date, after: tuple[date, CardId], limit: int) -> tuple[Card, ...]:
        """Return cards whose day has come, past the place *after*, by day and id."""
        day, past = after
        return self._all(_DUE, today=today, day=day, past=past, limit=limit)

    def lent(self) -> tuple[Card, ...]:
        """Return the reserve cards that are with somebody, or lost, in no order."""
        return self._all(_LENT)

    def ended(self) -> tuple[tuple[Card, Record], ...]:
        """Return the cards that are not over of persons whose record has ended."""
        rows: Sequence[Any] = self._connection.execute(_ENDED).all()
        return tuple(
            (
                load_card(r.doc, number=r.id, version=r.version),
                replace(
                    load_record(r.record_doc), id=RecordId(r.record_id), version=r.record_version
                ),
            )
            for r in sorted(rows, key=lambda r: r.id)  # ordered by the database it reads all cards
        )

    def list(self) -> tuple[Card, ...]:
        """Return all cards in order of id."""
        return self._all(_ALL)

    def _first(self, query: Select[Any], **wanted: object) -> Card | None:
        found = self._all(query, **wanted)
        return found[0] if found else None

    def _all(self, query: Select[Any], **wanted: object) -> tuple[Card, ...]:
        rows: Sequence[Any] = self._connection.execute(query, wanted).all()
        return tuple(load_card(r.doc, number=r.id, version=r.version) for r in rows)


def _columns(card: Card) -> dict[str, object]:
    holder = card.holder
    return {
        "kind": card.kind.value,
        "status": card.status.value,
        "person": holder.person.reveal() if holder.person is not None else None,
        "number": card.number,
        "mark": card.mark,
        "case": card.case,
        "mail": address_key(holder.mail) if holder.mail else None,
        "next_on": card.next_on,
        "doc": dump_card(card),
    }
