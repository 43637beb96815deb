"""The memory: mails, cases, records, outbox, periods, audit; one transaction at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.authority import ManagerEntry
from bot.domain.events import Event
from bot.domain.values import CaseId
from bot.ports.act_tables import Acts
from bot.ports.card_tables import Archive, Blanks, Cards
from bot.ports.drift_tables import Drifts
from bot.ports.example_tables import Examples
from bot.ports.review_tables import Reviews
from bot.ports.rows import AuditRow
from bot.ports.tables import Cases, Journal, Outbox, Records


class Inbox(Protocol):
    """Events of our own making that wait for the funnel."""

    def put(self, event: Event, key: str, now: datetime) -> None:
        """Queue an event once per key."""
        ...

    def open(self, limit: int) -> tuple[tuple[int, Event, int], ...]:
        """Return (id, event, attempts) of those that wait, oldest first."""
        ...

    def done(self, event: int) -> None:
        """Mark it handled.

        Raises:
            TransientError: another program has; nothing of this transaction may stay.
        """
        ...

    def failed(self, event: int, reason: str, *, stuck: bool) -> None:
        """Count a failed attempt; *stuck* sets it aside."""
        ...


class Runs(Protocol):
    """Which periods of which job have been done."""

    def begin(self, job: str, period: str, now: datetime) -> bool:
        """Claim a period; False when it was claimed before."""
        ...

    def begun(self, job: str, period: str) -> bool:
        """Tell whether a period was claimed before."""
        ...

    def last(self, job: str) -> datetime | None:
        """Return when the newest period of *job* was claimed, None when none was."""
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

    def head(self) -> tuple[int, str]:
        """Return the number of the newest committed line and its hash."""
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
    cards: Cards
    blanks: Blanks
    archive: Archive
    reviews: Reviews
    acts: Acts
    examples: Examples
    drifts: Drifts

    def attempt(self) -> AbstractContextManager[None]:
        """Try a part of the transaction: an error undoes that part alone, and is raised on."""
        ...

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
