"""The wide parts of the memory: mails, cases, records and the outbox, as the app needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.cases import Case, Kind
from bot.domain.effects import Effect
from bot.domain.records import Record
from bot.domain.values import (
    CardId,
    CaseId,
    LetterId,
    MailId,
    PersonId,
    RecordId,
    ReviewId,
)
from bot.ports.mailbox import Ref
from bot.ports.rows import MailRow, OutboxRow, Outcome


class Journal(Protocol):
    """Mails as they came, and what became of them."""

    def add(self, ref: Ref, raw: bytes, message_id: str, now: datetime) -> MailId | None:
        """Store a mail and where it lies; None when the very same bytes were here before.

        Either way *ref* is known afterwards and will be filed once the mail is decided.
        """
        ...

    def unknown(self, refs: Sequence[Ref]) -> tuple[Ref, ...]:
        """Return those of *refs* that were never stored, in their order."""
        ...

    def open(self, limit: int, after: MailId) -> tuple[MailRow, ...]:
        """Return mails that wait to be read and decided, oldest first, with ids above *after*."""
        ...

    def raw(self, mail: MailId) -> bytes:
        """Return the mail's bytes, checked against their SHA-256; b"" once retention took them."""
        ...

    def get(self, mail: MailId) -> MailRow | None:
        """Return the mail with this number."""
        ...

    def save(self, row: MailRow) -> None:
        """Keep what was read and decided, once: a settled mail is never settled again.

        Raises:
            TransientError: another program has settled it; nothing of this transaction may stay.
        """
        ...

    def to_file(self, limit: int) -> tuple[tuple[Ref, Outcome], ...]:
        """Return decided (or stuck: WITH_STAFF) mails that still lie in the inbox."""
        ...

    def filed(self, refs: Sequence[Ref], now: datetime) -> None:
        """Remember that these lie in the inbox no more."""
        ...

    def twin(self, row: MailRow) -> MailRow | None:
        """Return an earlier decided mail with the same Message-ID and content key."""
        ...

    def list(self, limit: int = 0) -> tuple[MailRow, ...]:
        """Return all mails (or the newest *limit*), oldest first."""
        ...

    def received_since(self, since: datetime) -> int:
        """Count the mails received since then."""
        ...

    def settled_since(self, since: datetime) -> int:
        """Count the mails received since then that have their outcome."""
        ...

    def polled(self, now: datetime) -> None:
        """Note that the mailbox answered."""
        ...

    def last_poll(self) -> datetime | None:
        """Return when the mailbox answered last, None for never."""
        ...

    def purge(self, *, before: datetime, rejected_before: datetime) -> int:
        """Let go of the raw bytes of decided mails without a live case, older than that.

        With them go the pictures that were cut out of them, with the cases and in letters that
        have been sent. Rows and everything decided stay; ``raw`` gives b"" afterwards. Returns how
        many.
        """
        ...

    def forget(self, mail: MailId) -> None:
        """Let go of a mail's raw bytes at once: what it holds may not be kept."""
        ...

    def counts(self) -> dict[str, int]:
        """Return how many are open, stuck, decided and known but unfiled (``unfiled``)."""
        ...


class Cases(Protocol):
    """Cases by number, person, form and thread."""

    def save(self, case: Case) -> Case:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile.
        """
        ...

    def get(self, case: CaseId) -> Case | None:
        """Return the case with this number."""
        ...

    def same_form(self, fingerprint: str) -> Case | None:
        """Return the earliest case with this content that was neither rejected nor linked."""
        ...

    def of_person(self, person: PersonId) -> tuple[Case, ...]:
        """Return the person's cases that are not done, and orders done in the last 30 days."""
        ...

    def answered_by(self, message_ids: Iterable[str]) -> Case | None:
        """Return the case of the letter that bears one of *message_ids*."""
        ...

    def of_record(self, record: RecordId) -> tuple[Case, ...]:
        """Return all cases about a record, also those saved before it had one, by its person."""
        ...

    def of_card(self, card: CardId) -> tuple[Case, ...]:
        """Return the cases about a card that are not done."""
        ...

    def of_mail(self, mail: MailId) -> tuple[Case, ...]:
        """Return the cases that came of a mail."""
        ...

    def open_of(self, kind: Kind) -> bool:
        """Tell whether a case of this kind is not done."""
        ...

    def list(self, *, open_only: bool = False) -> tuple[Case, ...]:
        """Return the cases in order of number."""
        ...

    def due(self, today: date, limit: int) -> tuple[Case, ...]:
        """Return approved cases whose ``not_before`` has come, oldest first."""
        ...

    def asked(self, today: date, limit: int) -> tuple[Case, ...]:
        """Return the asked cases whose day to be reminded, or handed over, has come."""
        ...

    def closed_since(self, since: datetime) -> tuple[Case, ...]:
        """Return the cases done since then (``closed`` at or after it), in order of number."""
        ...

    def ended_since(self, since: datetime) -> int:
        """Count the cancellations approved or carried out since then (for the brake)."""
        ...


class Records(Protocol):
    """Our register of persons."""

    def get(self, person: PersonId) -> Record | None:
        """Return the person's record."""
        ...

    def by_id(self, record: RecordId) -> Record | None:
        """Return the record with this number."""
        ...

    def save(self, record: Record) -> Record:
        """Insert (id 0) or replace (version must match).

        Raises:
            ConflictError: another hand saved it meanwhile.
        """
        ...

    def due(self, today: date, quarantine_days: int, limit: int) -> tuple[Record, ...]:
        """Return records whose status the day has changed.

        Planned ones that start today or before, planned and active ones that ended before today,
        closed ones whose valid_until is at least *quarantine_days* ago.
        """
        ...

    def ending(self, first: date, last: date) -> tuple[Record, ...]:
        """Return active records whose valid_until lies from *first* to *last*, both included."""
        ...

    def by_mail(self, mail: str) -> tuple[Record, ...]:
        """Return the records that bear the address *mail*, in order of id."""
        ...

    def of_units(self, unit_ids: Sequence[str]) -> tuple[Record, ...]:
        """Return the records that stand on one of the units, in order of id."""
        ...

    def protected(self) -> tuple[Record, ...]:
        """Return the records of protected persons, in order of id."""
        ...

    def units(self) -> tuple[str | None, ...]:
        """Return the units on which active records stand, None for those that stand on none."""
        ...

    def without_unit(self) -> tuple[Record, ...]:
        """Return the active records that stand on no unit, in order of id."""
        ...

    def population(self) -> int:
        """Count the planned and active records."""
        ...

    def list(self) -> tuple[Record, ...]:
        """Return all records in order of id."""
        ...


class Outbox(Protocol):
    """Effects on their way to the world."""

    def put(
        self, effect: Effect, key: str, *, case: CaseId | None, now: datetime, due: datetime
    ) -> LetterId:
        """Queue an effect once per key; the same key again returns the row that is there."""
        ...

    def due(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        """Return queued rows that are due, catalogue writes first, oldest first."""
        ...

    def in_doubt(self) -> tuple[OutboxRow, ...]:
        """Return rows found in the state SENDING: a crash came between send and settle."""
        ...

    def save(self, row: OutboxRow, *, raw: bytes | None = None) -> None:
        """Keep the row's progress; *raw* are the letter's final bytes, kept for a resend."""
        ...

    def get(self, row: LetterId) -> OutboxRow | None:
        """Return the row with this number."""
        ...

    def keyed(self, key: str) -> OutboxRow | None:
        """Return the row that was put under *key*."""
        ...

    def of_card(self, card: CardId) -> tuple[OutboxRow, ...]:
        """Return the letters about a card in order of id."""
        ...

    def of_review(self, review: ReviewId) -> tuple[OutboxRow, ...]:
        """Return the letters about a review in order of id."""
        ...

    def answered_by(self, message_ids: Iterable[str]) -> OutboxRow | None:
        """Return the letter that bears one of *message_ids*, the first that does."""
        ...

    def of_case(self, case: CaseId) -> tuple[OutboxRow, ...]:
        """Return the rows of a case in order of id."""
        ...

    def raw(self, letter: LetterId) -> bytes:
        """Return the letter's final bytes, b"" before they were made."""
        ...

    def waiting_write(self, person: PersonId) -> bool:
        """Tell whether a catalogue write of this person is due now but not yet carried out."""
        ...

    def sent_to(self, address: str, since: datetime) -> int:
        """Count letters that may loop, SENT to *address* since then ("" counts all letters SENT).

        Queued and held letters do not count, so the cap opens again as time passes.
        """
        ...

    def held(self) -> int:
        """Count letters that are held, failed or put off by the cap."""
        ...

    def list(self) -> tuple[OutboxRow, ...]:
        """Return all letters in order of id."""
        ...
