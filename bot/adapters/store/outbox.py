"""Effects on their way: a row for each, once per key. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from bot.adapters.database.columns import Words, insert_once
from bot.adapters.store.codec import dump_effect, load_effect, pack, unpack
from bot.adapters.store.schema import (
    HELD_LETTER,
    OPEN_WRITE,
    QUEUED,
    SENDING,
    SENT_LETTER,
    letter_bytes,
    letter_recipients,
    outbox,
)
from bot.domain.calendar import start_of
from bot.domain.effects import Effect, SendLetter, WriteRecord
from bot.domain.letters import MAY_LOOP
from bot.domain.values import CardId, CaseId, LetterId, PersonId, ReviewId, address_key
from bot.ports.rows import OutboxRow, RowState

_MOST_IDS = 500  # of a thread
_LETTER, _WRITE = "send_letter", "write_record"
_LIMIT = bindparam("limit", type_=Integer)
_ROW = select(
    outbox.c.id,
    outbox.c.key,
    outbox.c.case,
    outbox.c.effect,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.due,
    outbox.c.queued,
    outbox.c.message_id,
    outbox.c.subject,
    outbox.c.sent,
    outbox.c.error,
)
_PUT = insert_once(outbox, ("key",), outbox.c.id)
_ID = select(outbox.c.id).where(outbox.c.key == bindparam("name"))
_TO = insert(letter_recipients)
_DUE = {
    kind: _ROW.where(text(QUEUED), outbox.c.kind == kind, outbox.c.due <= bindparam("now"))
    .order_by(outbox.c.due, outbox.c.id)
    .limit(_LIMIT)
    for kind in (_WRITE, _LETTER)
}
_DOUBT = _ROW.where(text(SENDING)).order_by(outbox.c.id)
_PUT_OFF = and_(
    outbox.c.state == RowState.QUEUED.value,
    bindparam("new_state", type_=String) == RowState.QUEUED.value,
    outbox.c.attempts == bindparam("new_attempts", type_=Integer),
    bindparam("new_error", type_=Words) != "",
)
_SAVE = (
    update(outbox)
    .where(outbox.c.id == bindparam("number"))
    .values(
        {name: bindparam(f"new_{name}") for name in
         ("state", "attempts", "due", "message_id", "subject", "sent", "error")}
        | {"put_off": _PUT_OFF}
    )
)  # fmt: skip
_WENT = (
    update(letter_recipients)
    .where(letter_recipients.c.letter == bindparam("number"))
    .values(sent=bindparam("moment"))
)
_DROP_BYTES = letter_bytes.delete().where(letter_bytes.c.letter == bindparam("number"))
_ADD_BYTES = insert(letter_bytes)
_BYTES = select(letter_bytes.c.codec, letter_bytes.c.content).where(
    letter_bytes.c.letter == bindparam("number")
)
_GET = _ROW.where(outbox.c.id == bindparam("number"))
_KEYED = _ROW.where(outbox.c.key == bindparam("name"))
_OF_CASE = _ROW.where(outbox.c.case == bindparam("number")).order_by(outbox.c.id)
_WAITS = (
    select(outbox.c.id)
    .where(
        text(OPEN_WRITE),
        outbox.c.person == bindparam("person"),
        or_(outbox.c.due <= outbox.c.queued, outbox.c.attempts > 0),
    )
    .limit(1)
)
_OF_CARD = _ROW.where(outbox.c.card == bindparam("card")).order_by(outbox.c.id)
_OF_REVIEW = _ROW.where(outbox.c.review == bindparam("review")).order_by(outbox.c.id)
_ANSWERED = _ROW.where(
    outbox.c.message_id.in_(bindparam("names", expanding=True)), text("message_id <> ''")
)
_COUNT = select(func.count()).select_from(outbox)
_SENT = _COUNT.where(text(SENT_LETTER), outbox.c.sent >= bindparam("since"))
_SENT_TO = (
    select(func.count())
    .select_from(letter_recipients)
    .where(
        letter_recipients.c.address == bindparam("to"),
        letter_recipients.c.sent >= bindparam("since"),
    )
)
_HELD = _COUNT.where(text(HELD_LETTER))
_LETTERS = _ROW.where(outbox.c.kind == _LETTER).order_by(outbox.c.id)


class SqlOutbox:
    """The outbox inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self, effect: Effect, key: str, *, case: CaseId | None, now: datetime, due: datetime
    ) -> LetterId:
        """Queue an effect once per key; the same key again returns the row that is there.

        A write with a ``not_before`` is not due before that day begins in Stockholm.
        """
        person: str | None = None
        card: CardId | None = None
        review: ReviewId | None = None
        letter_kind, to = "", tuple[str, ...]()
        match effect:
            case SendLetter(letter=letter):
                letter_kind, card, review = letter.kind, letter.card, letter.review
                to = letter.to if letter.kind in MAY_LOOP else ()
            case WriteRecord(change=change, not_before=day):
                person = change.after.person_id.reveal()
                due = max(due, start_of(day)) if day is not None else due
        row = {
            "key": key, "case": case, "kind": effect.kind, "letter_kind": letter_kind,
            "person": person, "state": RowState.QUEUED.value, "attempts": 0, "due": due,
            "queued": now, "sent": None, "message_id": "", "subject": "", "error": "",
            "put_off": False, "effect": dump_effect(effect), "card": card,
            "review": review,
        }  # fmt: skip
        number = self._connection.execute(_PUT[self._connection.dialect.name], row).scalar()
        if number is None:
            number = self._connection.execute(_ID, {"name": key}).scalar_one()
        elif to:
            keys = dict.fromkeys(address_key(a) for a in to)
            rows = [{"letter": number, "address": a, "sent": None} for a in keys]
            self._connection.execute(_TO, rows)
        return LetterId(number)

    def due(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        """Return queued rows that are due, catalogue writes first, oldest first."""
        found = self._all(_DUE[_WRITE], now=now, limit=limit)
        if len(found) < limit:
            found += self._all(_DUE[_LETTER], now=now, limit=limit - len(found))
        return found

    def in_doubt(self) -> tuple[OutboxRow, ...]:
        """Return rows found in the state SENDING: a crash came between send and settle."""
        return self._all(_DOUBT)

    def save(self, row: OutboxRow, *, raw: bytes | None = None) -> None:
        """Keep the row's progress; *raw* are the letter's final bytes, kept for a resend.

        A letter that goes from queued to queued without an attempt, with a reason, was put off.
        """
        values = {
            "number": row.id, "new_state": row.state.value, "new_attempts": row.attempts,
            "new_due": row.due, "new_message_id": row.message_id, "new_subject": row.subject,
            "new_sent": row.sent, "new_error": row.error,
        }  # fmt: skip
        self._connection.execute(_SAVE, values)
        if raw is not None:
            codec, content = pack(raw)
            self._connection.execute(_DROP_BYTES, {"number": row.id})
            self._connection.execute(
                _ADD_BYTES, {"letter": row.id, "codec": codec, "content": content}
            )
        effect = row.effect
        if isinstance(effect, SendLetter) and effect.letter.kind in MAY_LOOP:
            went = row.sent if row.state is RowState.SENT else None
            if went is not None:
                self._connection.execute(_WENT, {"number": row.id, "moment": went})

    def get(self, row: LetterId) -> OutboxRow | None:
        """Return the row with this number."""
        found = self._all(_GET, number=row)
        return found[0] if found else None

    def keyed(self, key: str) -> OutboxRow | None:
        """Return the row that was put under *key*."""
        found = self._all(_KEYED, name=key)
        return found[0] if found else None

    def of_case(self, case: CaseId) -> tuple[OutboxRow, ...]:
        """Return the rows of a case in order of id."""
        return self._all(_OF_CASE, number=case)

    def of_card(self, card: CardId) -> tuple[OutboxRow, ...]:
        """Return the letters about a card in order of id."""
        return self._all(_OF_CARD, card=card)

    def of_review(self, review: ReviewId) -> tuple[OutboxRow, ...]:
        """Return the letters about a review in order of id."""
        return self._all(_OF_REVIEW, review=review)

    def answered_by(self, message_ids: Iterable[str]) -> OutboxRow | None:
        """Return the letter that bears one of *message_ids*, the first that does."""
        names = [name for name in dict.fromkeys(message_ids) if name][:_MOST_IDS]
        found = self._all(_ANSWERED, names=names) if names else ()
        return min(found, key=lambda row: names.index(row.message_id), default=None)

    def raw(self, letter: LetterId) -> bytes:
        """Return the letter's final bytes, b"" before they were made."""
        row = self._connection.execute(_BYTES, {"number": letter}).first()
        return unpack(row.codec, row.content) if row is not None else b""

    def waiting_write(self, person: PersonId) -> bool:
        """Tell whether a catalogue write of this person is due now but not yet carried out.

        A write that was queued for a later day counts from its first attempt on.
        """
        wanted = {"person": person.reveal()}
        return self._connection.execute(_WAITS, wanted).first() is not None

    def sent_to(self, address: str, since: datetime) -> int:
        """Count letters that may loop, SENT to *address* since then ("" counts all letters SENT).

        Queued and held letters do not count, so the cap opens again as time passes.
        """
        if not address:
            return int(self._connection.execute(_SENT, {"since": since}).scalar_one())
        wanted = {"to": address_key(address), "since": since}
        return int(self._connection.execute(_SENT_TO, wanted).scalar_one())

    def held(self) -> int:
        """Count letters that are held, failed or put off by the cap."""
        return int(self._connection.execute(_HELD).scalar_one())

    def list(self) -> tuple[OutboxRow, ...]:
        """Return all letters in order of id."""
        return self._all(_LETTERS)

    def _all(self, query: Select[Any], **wanted: object) -> tuple[OutboxRow, ...]:
        return tuple(_row(r) for r in self._connection.execute(query, wanted))


def _row(row: Row[*tuple[Any, ...]]) -> OutboxRow:
    return OutboxRow(
        id=LetterId(row.id),
        key=row.key,
        case=CaseId(row.case) if row.case is not None else None,
        effect=load_effect(row.effect),
        state=RowState(row.state),
        attempts=row.attempts,
        due=row.due,
        queued=row.queued,
        message_id=row.message_id,
        subject=row.subject,
        sent=row.sent,
        error=row.error,
    )
