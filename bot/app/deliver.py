"""Effects out: catalogue writes and letters, each settled before the next. Decides nothing."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app import recognising, review_sending, veil
from bot.app.capping import capped
from bot.app.doubts import (
    failed,
    hold_like,
    holds,
    in_doubt,
    is_dated,
    settle_doubts,
    tell_late,
    tell_of_days,
)
from bot.app.enclosing import Enclosed, enclosed
from bot.app.handing_over import begun, conflicted
from bot.app.letters import Rendered
from bot.app.overtaking import NotNowError, NotTrueAnyMoreError
from bot.app.services import Services
from bot.domain.backoff import delay
from bot.domain.calendar import today
from bot.domain.card_events import HolderInformed
from bot.domain.effects import SendLetter, WriteRecord
from bot.domain.events import RecordWritten, WriteConflicted, WriteRefused
from bot.domain.letters import Letter
from bot.domain.overtaken import as_of
from bot.ports.errors import ConflictError, NeedsOperatorError, PermanentError, TransientError
from bot.ports.outgoing import Parcel, Refusal
from bot.ports.rows import OutboxRow, RowState

__all__ = ["Delivery", "settle_doubts"]

log = logging.getLogger(__name__)

BATCH = 100
IN_A_ROW = 3  # so many that fail one after the other: the peer is away, not one mailbox full
LATE = timedelta(days=2)  # a letter that still waits then is told of; it is tried on
_AGAIN = "/again"  # in the key of a letter that goes once more to those put off


class Delivery:
    """Drains the outbox; remembers whether something outside did not answer."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.waits = ""  # the last reason why work waits, "" for none
        self._failed: dict[str, int] = {}  # by kind: how many in a row, this time

    def run(self) -> int:
        """Deliver all that is due; return how many rows were settled.

        One that must wait holds up no other, until so many in a row fail that the peer is away.
        """
        count, limit = 0, BATCH
        self.waits = ""
        self._failed.clear()
        while True:
            now = self._services.clock()
            with self._services.store.begin() as work:
                seen = work.outbox.due(now, limit)
            rows = tuple(r for r in seen if not self._away(r))
            if not rows and len(seen) < limit:
                return count
            limit = limit if rows else 2 * limit  # what waits must not hide what could go
            for row in rows:
                if self._away(row):
                    continue
                done = self._one(row)
                count += done
                kind = row.effect.kind
                self._failed[kind] = 0 if done else self._failed.get(kind, 0) + 1

    def _away(self, row: OutboxRow) -> bool:
        return self._failed.get(row.effect.kind, 0) >= IN_A_ROW

    def _one(self, row: OutboxRow) -> bool:
        """Carry out one row; False when it has to wait."""
        try:
            match row.effect:
                case WriteRecord() as effect:
                    self._write(row, effect)
                case SendLetter(letter=letter):
                    return self._send(row, letter)
        except TransientError as error:
            if error.in_doubt and holds(row):
                self._hold(row)
                return True
            self._later(row, error.reason, error.retry_after, went=error.in_doubt)
            return False
        except NeedsOperatorError as error:
            self._later(row, error.reason, None, went=False)
            self._failed[row.effect.kind] = IN_A_ROW
            log.error("set-up must change", extra={"action": "needs_operator", "letter": row.id})
            return False
        return True

    def _write(self, row: OutboxRow, effect: WriteRecord) -> None:
        services = self._services
        if not begun(services, row):
            return
        case = row.case
        if case is None:
            raise PermanentError("a write without a case")
        event: RecordWritten | WriteConflicted | WriteRefused
        try:
            written = services.catalogue.write(effect.change, effect.expected, row.key)
            event = RecordWritten(
                case, effect.change, written.entry, written.version, written.by_hand,
                written.shown,
            )  # fmt: skip
            done = replace(row, state=RowState.SENT, sent=services.clock())
        except ConflictError as error:
            event = conflicted(services, case, effect, error)
            done = replace(row, state=RowState.FAILED, error=error.reason)
        except PermanentError as error:
            event = WriteRefused(case, error.reason)
            done = replace(row, state=RowState.FAILED, error=error.reason)
        now = services.clock()
        with services.store.begin() as work:
            work.outbox.save(replace(done, attempts=row.attempts + 1))
            work.inbox.put(event, f"{row.key}/written", now)
            work.audit.add("bot", event.kind, f"K-{case}", effect.change.action.value, now)

    def _send(self, row: OutboxRow, letter: Letter) -> bool:
        services = self._services
        try:
            with services.store.begin() as work:
                letter = review_sending.current(work, row, letter, services.clock())
                letter = veil.current(work, row, letter)
            known = recognising.prints(services, row, letter)
            if self._left_before(row, letter, known):
                return True
            with_it = enclosed(services, row, letter, services.clock())
            ready = self._ready(row, letter, services.clock(), with_it)
            if ready is None:
                return True
            row, raw = ready
            parcel = Parcel(services.facts.address, letter.to, row.message_id, raw)
            refused = services.outgoing.send(parcel)
        except NotTrueAnyMoreError as error:
            self._withdrawn(row, letter, str(error))
            return True
        except NotNowError as error:
            with services.store.begin() as work:
                work.outbox.save(replace(row, due=error.opening))
            return True
        except PermanentError as error:
            self._refused(row, letter, letter.to, error.reason, RowState.FAILED)
            return True
        recognising.remember(services, row, letter, refused, known)
        self._sent(row, letter, refused, services.clock())
        return True

    def _left_before(self, row: OutboxRow, letter: Letter, known: recognising.Prints) -> bool:
        """Settle a letter that left before, by the log of what was sent; False when it is new."""
        now = self._services.clock()
        name = row.message_id or recognising.name_of(self._services, row)
        if recognising.is_new(self._services, name):
            return False
        with self._services.store.begin() as work:
            fresh = work.outbox.get(row.id)
            if fresh is None or fresh.state is not RowState.QUEUED:
                return True  # another program has it
            try:
                sending = recognising.left_before(self._services, work, row, name, known)
            except recognising.DoubtfulLetterError:
                hold_like(work, row, letter, now)
                return True
            if sending is not None and recognising.says_else(sending, letter, known):
                tell_of_days(work, row, letter, now)
        if sending is None:
            return False
        named = replace(row, message_id=sending.message_id, subject=row.subject or known.subject)
        self._sent(named, letter, (), sending.at, "letter_known")
        return True

    def _ready(
        self, row: OutboxRow, letter: Letter, now: datetime, with_it: Enclosed
    ) -> tuple[OutboxRow, bytes] | None:
        """Render once, keep the bytes, mark as handed over; the next try sends the same bytes.

        None when the cap is reached and the letter was put off.
        """
        services = self._services
        with services.store.begin() as work:
            fresh = work.outbox.get(row.id)
            if fresh is None or fresh.state is not RowState.QUEUED:
                return None  # another program has it
            if capped(services, work, row, letter, now):
                return None
            raw = work.outbox.raw(row.id)
            if raw:
                row = replace(row, state=RowState.SENDING, attempts=row.attempts + 1)
                work.outbox.save(row)
                return row, raw
            name = recognising.name_of(services, row)
            rendered = self._rendered(row, letter, now, name, with_it)
            row = replace(
                row, state=RowState.SENDING, attempts=row.attempts + 1, message_id=name,
                subject=rendered.subject,
            )  # fmt: skip
            work.outbox.save(row, raw=rendered.raw)
            return row, rendered.raw

    def _rendered(
        self, row: OutboxRow, letter: Letter, now: datetime, name: str, with_it: Enclosed
    ) -> Rendered:
        """Return the letter written out.

        Raises:
            PermanentError: it can't be; staff are told, and no other letter waits for it.
        """
        services = self._services
        try:
            dated = replace(letter, content=as_of(letter.content, today(now)))
            return services.letters.render(
                dated, case=row.case, letter_id=row.id, now=now, message_id=name,
                sender=services.facts.address, pictures=with_it.pictures, files=with_it.files,
            )  # fmt: skip
        except Exception as error:
            log.exception("letter not written", extra={"action": "not_written", "letter": row.id})
            raise PermanentError(f"Brevet gick inte att skriva ({type(error).__name__})") from None

    def _sent(
        self, row: OutboxRow, letter: Letter, refused: tuple[Refusal, ...], at: datetime,
        action: str = "letter_sent",
    ) -> None:  # fmt: skip
        now = self._services.clock()
        with self._services.store.begin() as work:
            work.outbox.save(replace(row, state=RowState.SENT, sent=at, error=""))
            work.audit.add("bot", action, f"B-{row.id}", letter.kind, now)
            if letter.kind == "booking" and letter.card is not None:
                left = HolderInformed(letter.card, today(at))
                work.inbox.put(left, f"{row.key}/left", now)
            lost = tuple(r for r in refused if not r.temporary)
            if lost:
                names = tuple(r.recipient for r in lost)
                event = failed(row, letter, names, lost[0].reason)
                work.inbox.put(event, f"{row.key}/refused", now)
            later = tuple(r.recipient for r in refused if r.temporary)
            if later:  # the others have it; these get the same letter when they can take it
                effect = SendLetter(replace(letter, to=later))
                due = now + timedelta(seconds=delay(row.attempts, self._services.jitter()))
                again = work.outbox.put(effect, row.key + _AGAIN, case=row.case, now=now, due=due)
                held = work.outbox.get(again)
                if held is not None:  # the same bytes, the same Message-ID
                    named = replace(held, message_id=row.message_id, subject=row.subject)
                    work.outbox.save(named, raw=work.outbox.raw(row.id))
        log.info("letter sent", extra={"action": action, "letter": row.id})

    def _withdrawn(self, row: OutboxRow, letter: Letter, reason: str) -> None:
        """Let a letter be that has been overtaken: its card is back, or was given more time."""
        now = self._services.clock()
        with self._services.store.begin() as work:
            work.outbox.save(replace(row, state=RowState.WITHDRAWN, error=reason))
            work.audit.add("bot", "letter_withdrawn", f"B-{row.id}", letter.kind, now)

    def _refused(
        self, row: OutboxRow, letter: Letter, names: tuple[str, ...], reason: str, state: RowState
    ) -> None:
        now = self._services.clock()
        with self._services.store.begin() as work:
            work.outbox.save(replace(row, state=state, error=reason))
            work.audit.add("bot", "letter_refused", f"B-{row.id}", letter.kind, now)
            work.inbox.put(failed(row, letter, names, reason), f"{row.key}/refused", now)

    def _hold(self, row: OutboxRow) -> None:
        with self._services.store.begin() as work:
            in_doubt(work, work.outbox.get(row.id) or row, self._services.clock())

    def _later(self, row: OutboxRow, reason: str, after: float | None, *, went: bool) -> None:
        services, now = self._services, self._services.clock()
        self.waits = reason
        seconds = after if after is not None else delay(row.attempts + 1, services.jitter())
        due = now + timedelta(seconds=seconds)
        with services.store.begin() as work:
            kept = work.outbox.get(row.id) or row  # with the name and subject of its first try
            row = replace(kept, state=RowState.QUEUED, attempts=row.attempts + 1, due=due)
            anew = not went and is_dated(row) and not row.key.endswith(_AGAIN)
            work.outbox.save(replace(row, error=reason), raw=b"" if anew else None)
            if now - row.queued >= LATE:
                tell_late(work, row, reason, now)
        log.warning("delivery waits", extra={"action": "delivery_waits", "letter": row.id})
