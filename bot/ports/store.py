"""The memory: mails, cases, records, outbox, periods, audit; one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from bot.domain.authority import ManagerEntry
from bot.domain.cases import Case
from bot.domain.effects import Effect
from bot.domain.events import Event
from bot.domain.records import Record
from bot.domain.values import CaseId, LetterId, MailId, PersonId
from bot.ports.mailbox import Ref
from bot.ports.rows import AuditRow, MailRow, OutboxRow, Outcome


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

    def open(self, limit: int) -> tuple[MailRow, ...]:
        """Return mails that wait to be read and decided, oldest first."""
        ...

    def raw(self, mail: MailId) -> bytes:
        """Return the mail's bytes, checked against their SHA-256; b"" once retention took them."""
        ...

    def save(self, row: MailRow) -> None:
        """Keep what was read and decided."""
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

    def of_mail(self, mail: MailId) -> tuple[Case, ...]:
        """Return the cases that came of a mail."""
        ...

    def list(self, *, open_only: bool = False) -> tuple[Case, ...]:
        """Return the cases in order of number."""
        ...

    def due(self, today: date, limit: int) -> tuple[Case, ...]:
        """Return approved cases whose ``not_before`` has come, oldest first."""
        ...

    def ended_since(self, since: datetime) -> int:
        """Count the cancellations approved or carried out since then (for the brake)."""
        ...


class Records(Protocol):
    """Our register of persons."""

    def get(self, person: PersonId) -> Record | None:
        """Return the person's record."""
        ...

    def save(self, record: Record) -> Record:
        """Insert (id 0) or replace (version must match).

        Raises:
            ConflictError: another hand saved it meanwhile.
        """
        ...

    def due(self, today: date, limit: int) -> tuple[Record, ...]:
        """Return records whose status the day has changed: to start, to end, to remove."""
        ...

    def ending(self, first: date, last: date) -> tuple[Record, ...]:
        """Return active records whose valid_until lies from *first* to *last*, both included."""
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

    def raw(self, letter: LetterId) -> bytes:
        """Return the letter's final bytes, b"" before they were made."""
        ...

    def waiting_write(self, person: PersonId) -> bool:
        """Tell whether a catalogue write of this person is due now but not yet carried out."""
        ...

    def sent_to(self, address: str, since: datetime) -> int:
        """Count letters that may loop, sent to *address* since then ("" counts all letters)."""
        ...

    def list(self) -> tuple[OutboxRow, ...]:
        """Return all letters in order of id."""
        ...


class Inbox(Protocol):
    """Events of our own making that wait for the funnel."""

    def put(self, event: Event, key: str, now: datetime) -> None:
        """Queue an event once per key."""
        ...

    def open(self, limit: int) -> tuple[tuple[int, Event, int], ...]:
        """Return (id, event, attempts) of those that wait, oldest first."""
        ...

    def done(self, event: int) -> None:
        """Mark it handled."""
        ...

    def failed(self, event: int, reason: str, *, stuck: bool) -> None:
        """Count a failed attempt; *stuck* sets it aside."""
        ...


class Runs(Protocol):
    """Which periods of which job have been done."""

    def begin(self, job: str, period: str, now: datetime) -> bool:
        """Claim a period; False when it was claimed before."""
        ...

    def clock(self, now: datetime) -> datetime:
        """Return the latest instant this store has seen, after moving it to *now* if later."""
        ...


class Audit(Protocol):
    """The append-only, hash-chained log."""

    def add(self, actor: str, action: str, ref: str, detail: str, now: datetime) -> None:
        """Append a line; *detail* holds no identity number."""
        ...

    def of(self, ref: str) -> tuple[AuditRow, ...]:
        """Return the lines about *ref* (K-17, M-3, B-5, P-2), oldest first."""
        ...

    def verify(self) -> tuple[int, int | None]:
        """Walk the chain; return the number of lines and the first broken one (None: whole)."""
        ...


class Managers(Protocol):
    """The register of managers."""

    def replace(self, entries: Sequence[ManagerEntry], source: str) -> None:
        """Take a whole new register; *source* is a fingerprint of where it came from."""
        ...

    def source(self) -> str:
        """Return the fingerprint of the register in force, "" for none."""
        ...

    def by_mail(self, mail: str) -> tuple[ManagerEntry, ...]:
        """Return the rows where *mail* is manager or deputy."""
        ...

    def by_unit(self, unit_key: str) -> tuple[ManagerEntry, ...]:
        """Return the rows whose unit bears this name or id (compared by ``name_key``)."""
        ...

    def list(self) -> tuple[ManagerEntry, ...]:
        """Return the whole register."""
        ...


class Work(Protocol):
    """One transaction over the whole memory."""

    journal: Journal
    cases: Cases
    records: Records
    outbox: Outbox
    inbox: Inbox
    runs: Runs
    audit: Audit
    managers: Managers

    def keep(self, case: CaseId, name: str, content: bytes) -> str:
        """Store a file of a case (preview, picture), content-addressed; return its SHA-256."""
        ...

    def kept(self, case: CaseId) -> tuple[tuple[str, str, bytes], ...]:
        """Return (name, SHA-256, content) of the files of a case."""
        ...


class Store(Protocol):
    """Opens transactions; all or nothing."""

    def begin(self) -> AbstractContextManager[Work]:
        """Open a transaction that commits at the end of the block, or undoes all on an error.

        Raises:
            TransientError: the database is busy or away.
        """
        ...

    def close(self) -> None:
        """Let the database go."""
        ...
