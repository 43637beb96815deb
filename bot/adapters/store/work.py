"""One transaction over the whole memory, its parts put together. Begins and ends none itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, select

from bot.adapters.database.columns import insert_once
from bot.adapters.store import blobs
from bot.adapters.store.acts import SqlActs
from bot.adapters.store.archive import SqlArchive
from bot.adapters.store.audit import SqlAudit
from bot.adapters.store.blanks import SqlBlanks
from bot.adapters.store.cards import SqlCards
from bot.adapters.store.cases import SqlCases
from bot.adapters.store.drifts import SqlDrifts
from bot.adapters.store.examples import SqlExamples
from bot.adapters.store.inbox import SqlInbox
from bot.adapters.store.journal import SqlJournal
from bot.adapters.store.managers import SqlManagers
from bot.adapters.store.outbox import SqlOutbox
from bot.adapters.store.records import SqlRecords
from bot.adapters.store.reviews import SqlReviews
from bot.adapters.store.runs import SqlRuns
from bot.adapters.store.schema import case_files
from bot.domain.values import CaseId
from bot.ports import act_tables, card_tables, drift_tables, example_tables, review_tables, tables
from bot.ports import store as port

_KEEP = insert_once(case_files, ("case", "name", "sha256"), case_files.c.id)
_KEPT = (
    select(case_files.c.name, case_files.c.sha256)
    .where(case_files.c.case == bindparam("number"))
    .order_by(case_files.c.id)
)


class SqlWork:
    """The memory's parts over one connection."""

    journal: tables.Journal
    cases: tables.Cases
    records: tables.Records
    outbox: tables.Outbox
    inbox: port.Inbox
    runs: port.Runs
    audit: port.Audit
    managers: port.Managers
    cards: card_tables.Cards
    blanks: card_tables.Blanks
    archive: card_tables.Archive
    reviews: review_tables.Reviews
    acts: act_tables.Acts
    examples: example_tables.Examples
    drifts: drift_tables.Drifts

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._audit = SqlAudit(connection)
        self.journal = SqlJournal(connection)
        self.cases = SqlCases(connection)
        self.records = SqlRecords(connection)
        self.outbox = SqlOutbox(connection)
        self.inbox = SqlInbox(connection)
        self.runs = SqlRuns(connection)
        self.audit = self._audit
        self.managers = SqlManagers(connection)
        self.cards = SqlCards(connection)
        self.blanks = SqlBlanks(connection)
        self.archive = SqlArchive(connection)
        self.reviews = SqlReviews(connection)
        self.acts = SqlActs(connection)
        self.examples = SqlExamples(connection)
        self.drifts = SqlDrifts(connection)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try a part of the transaction: an error undoes that part alone, and is raised on."""
        lines = self._audit.waiting()
        try:
            with self._connection.begin_nested():
                yield
        except BaseException:
            self._audit.wait_again(lines)
            raise

    def keep(self, case: CaseId, name: str, content: bytes) -> str:
        """Store a file of a case (preview, picture), content-addressed; return its SHA-256."""
        sha = blobs.digest(content)
        blobs.put(self._connection, sha, content)
        row = {"case": case, "name": name, "sha256": sha}
        self._connection.execute(_KEEP[self._connection.dialect.name], row)
        return sha

    def kept(self, case: CaseId) -> tuple[tuple[str, str, bytes], ...]:
        """Return (name, SHA-256, content) of the files of a case, oldest first."""
        rows = self._connection.execute(_KEPT, {"number": case}).all()
        return tuple((r.name, r.sha256, blobs.get(self._connection, r.sha256)) for r in rows)

    def finish(self) -> None:
        """Write what was held back until the end: the audit lines."""
        self._audit.flush()
