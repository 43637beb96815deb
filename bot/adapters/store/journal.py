"""Mails as they came, where they lie, and what became of them. Reads no mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from bot.adapters.store import blobs, marks
from bot.adapters.store import journal_sql as ask
from bot.domain.values import MailId
from bot.ports.errors import TransientError
from bot.ports.mailbox import Ref
from bot.ports.rows import MailRow, MailState, Outcome

_CHUNK = 500  # values in one IN list


class SqlJournal:
    """The journal of mails inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, ref: Ref, raw: bytes, message_id: str, now: datetime) -> MailId | None:
        """Store a mail and where it lies; None when the very same bytes were here before."""
        sha = blobs.digest(raw)
        known = self._connection.execute(ask.BY_SHA, {"sha": sha}).first()
        if known is not None:
            became = None if known.state == MailState.RECEIVED else _outcome(known.outcome)
            self._sight(ref, known.id, became)
            return None
        blobs.put(self._connection, sha, raw)
        row = {
            "sha256": sha, "message_id": message_id, "sender": "", "subject": "", "received": now,
            "state": MailState.RECEIVED.value, "outcome": None, "rule": "", "why": "",
            "attempts": 0, "content_key": "", "raw_gone": False,
        }  # fmt: skip
        number = MailId(self._connection.execute(ask.ADD, row).scalar_one())
        self._sight(ref, number, None)
        return number

    def unknown(self, refs: Sequence[Ref]) -> tuple[Ref, ...]:
        """Return those of *refs* that were never stored, in their order."""
        boxes: dict[tuple[str, str], list[str]] = defaultdict(list)
        for ref in refs:
            boxes[ref.folder, ref.generation].append(ref.uid)
        known: set[Ref] = set()
        for (folder, generation), uids in boxes.items():
            for start in range(0, len(uids), _CHUNK):
                wanted = {"folder": folder, "generation": generation}
                found = self._connection.execute(
                    ask.KNOWN, wanted | {"uids": uids[start : start + _CHUNK]}
                )
                known.update(Ref(folder, generation, uid) for uid in found.scalars())
        return tuple(ref for ref in refs if ref not in known)

    def open(self, limit: int, after: MailId) -> tuple[MailRow, ...]:
        """Return mails that wait to be read and decided, oldest first, with ids above *after*."""
        rows = self._connection.execute(ask.OPEN, {"limit": limit, "after": after})
        return tuple(_row(r) for r in rows)

    def raw(self, mail: MailId) -> bytes:
        """Return the mail's bytes, checked against their SHA-256; b"" once retention took them."""
        row = self._connection.execute(ask.RAW, {"mail": mail}).first()
        return b"" if row is None or row.raw_gone else blobs.get(self._connection, row.sha256)

    def get(self, mail: MailId) -> MailRow | None:
        """Return the mail with this number."""
        row = self._connection.execute(ask.GET, {"mail": mail}).first()
        return _row(row) if row is not None else None

    def save(self, row: MailRow) -> None:
        """Keep what was read and decided, once: a settled mail is never settled again."""
        changed = self._connection.execute(
            ask.SAVE,
            {
                "number": row.id, "new_message_id": row.message_id, "new_sender": row.sender,
                "new_subject": row.subject, "new_state": row.state.value,
                "new_outcome": row.outcome.value if row.outcome is not None else None,
                "new_rule": row.rule, "new_why": row.why, "new_attempts": row.attempts,
                "new_content_key": row.content_key,
            },
        )  # fmt: skip
        if changed.rowcount != 1:
            raise TransientError(f"M-{row.id} was settled by another program")
        if row.state is MailState.RECEIVED:
            return
        stuck = row.state is MailState.STUCK
        became = Outcome.WITH_STAFF.value if stuck else _outcome(row.outcome)
        self._connection.execute(ask.MAY_FILE, {"number": row.id, "became": became})
        if not stuck:
            marks.count(self._connection, marks.MAILS_DECIDED, 1)

    def to_file(self, limit: int) -> tuple[tuple[Ref, Outcome], ...]:
        """Return decided (or stuck: WITH_STAFF) mails that still lie in the inbox."""
        rows = self._connection.execute(ask.TO_FILE, {"limit": limit})
        return tuple((Ref(r.folder, r.generation, r.uid), Outcome(r.outcome)) for r in rows)

    def filed(self, refs: Sequence[Ref], now: datetime) -> None:
        """Remember that these lie in the inbox no more."""
        if refs:
            self._connection.execute(
                ask.FILED,
                [
                    {
                        "in_folder": r.folder, "in_generation": r.generation, "with_uid": r.uid,
                        "moment": now,
                    }
                    for r in refs
                ],
            )  # fmt: skip

    def twin(self, row: MailRow) -> MailRow | None:
        """Return an earlier decided mail with the same Message-ID and content key."""
        if not row.message_id or not row.content_key:
            return None
        wanted = {"message_id": row.message_id, "content_key": row.content_key, "mail": row.id}
        found = self._connection.execute(ask.TWIN, wanted).first()
        return _row(found) if found is not None else None

    def list(self, limit: int = 0) -> tuple[MailRow, ...]:
        """Return all mails (or the newest *limit*), oldest first."""
        if limit:
            newest = self._connection.execute(ask.NEWEST, {"limit": limit}).all()
            return tuple(_row(r) for r in reversed(newest))
        return tuple(_row(r) for r in self._connection.execute(ask.LIST))

    def received_since(self, since: datetime) -> int:
        """Count the mails received since then."""
        return int(self._connection.execute(ask.SINCE, {"since": since}).scalar_one())

    def settled_since(self, since: datetime) -> int:
        """Count the mails received since then that have their outcome."""
        return int(self._connection.execute(ask.SETTLED, {"since": since}).scalar_one())

    def polled(self, now: datetime) -> None:
        """Note that the mailbox answered."""
        marks.put(self._connection, "polled", at=now)

    def last_poll(self) -> datetime | None:
        """Return when the mailbox answered last, None for never."""
        return marks.get(self._connection, "polled")[0]

    def purge(self, *, before: datetime, rejected_before: datetime) -> int:
        """Let go of the raw bytes of decided mails without a live case, older than that."""
        self._overwrite()
        old = self._connection.execute(
            ask.OLD, {"before": before, "rejected_before": rejected_before}
        ).all()
        for start in range(0, len(old), _CHUNK):
            some = old[start : start + _CHUNK]
            ids = {"ids": [r.id for r in some]}
            pictures = self._connection.execute(ask.PICTURES, ids).scalars().all()
            for statement in (ask.GONE, ask.DROP_PICTURES, ask.DROP_LETTERS):
                self._connection.execute(statement, ids)
            blobs.drop(self._connection, [*(r.sha256 for r in some), *pictures])
        return len(old)

    def forget(self, mail: MailId) -> None:
        """Let go of a mail's raw bytes at once: what it holds may not be kept."""
        self._overwrite()
        sha = self._connection.execute(ask.SHA, {"which": mail}).scalar_one()
        self._connection.execute(ask.GONE, {"ids": [mail]})
        blobs.drop(self._connection, [sha])

    def _overwrite(self) -> None:
        """Let nothing that is deleted stay readable in the file's free pages."""
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")

    def counts(self) -> dict[str, int]:
        """Return how many are open, stuck, decided, and settled but unfiled (``unfiled``)."""
        queries = {"open": ask.COUNT_OPEN, "stuck": ask.COUNT_STUCK, "unfiled": ask.COUNT_UNFILED}
        counted = {k: int(self._connection.execute(q).scalar_one()) for k, q in queries.items()}
        return counted | {"decided": marks.tally(self._connection, marks.MAILS_DECIDED)}

    def _sight(self, ref: Ref, mail: int, became: str | None) -> None:
        row = {
            "folder": ref.folder, "generation": ref.generation, "uid": ref.uid, "mail": mail,
            "outcome": became, "filed_at": None,
        }  # fmt: skip
        self._connection.execute(ask.SIGHT[self._connection.dialect.name], row)


def _outcome(outcome: str | None) -> str:
    """Return where a settled mail goes; one without an outcome goes to staff."""
    return str(outcome) if outcome is not None else Outcome.WITH_STAFF.value


def _row(row: Row[*tuple[Any, ...]]) -> MailRow:
    return MailRow(
        id=MailId(row.id),
        sha256=row.sha256,
        message_id=row.message_id,
        sender=row.sender,
        subject=row.subject,
        received=row.received,
        state=MailState(row.state),
        outcome=Outcome(row.outcome) if row.outcome is not None else None,
        rule=row.rule,
        why=row.why,
        attempts=row.attempts,
        content_key=row.content_key,
    )
