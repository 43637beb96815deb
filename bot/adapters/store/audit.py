"""The audit log: append-only by trigger, each line's hash covers the one before.

Lines are written at the end of the transaction, so the log's head is locked as briefly as can be
and always last. It proves that nothing was changed afterwards, not that what was written is true.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.adapters.database.columns import storable
from bot.adapters.store.schema import audit, audit_head
from bot.ports.rows import AuditRow

START = "0" * 64  # the hash before the first line
_BATCH = 1000

_ROW = select(audit).order_by(audit.c.id)
_OF = _ROW.where(audit.c.ref == bindparam("about"))
_HEAD = select(audit_head.c.line, audit_head.c.hash, audit_head.c.at)
_LOCK = _HEAD.with_for_update()
_ADD = insert(audit)
_MOVE = update(audit_head).values(
    line=bindparam("number"), hash=bindparam("sealed"), at=bindparam("moment")
)


class SqlAudit:
    """The log inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lines: list[tuple[datetime, str, str, str, str]] = []

    def add(self, actor: str, action: str, ref: str, detail: str, now: datetime) -> None:
        """Append a line; *detail* holds no identity number."""
        if now.utcoffset() is None:
            raise ValueError("an instant without a time zone: pass an aware datetime")
        words = (storable(actor), storable(action), storable(ref), storable(detail))
        self._lines.append((now.astimezone(UTC), *words))

    def waiting(self) -> tuple[tuple[datetime, str, str, str, str], ...]:
        """Return the lines that are not yet written."""
        return tuple(self._lines)

    def wait_again(self, lines: Iterable[tuple[datetime, str, str, str, str]]) -> None:
        """Let just these lines wait: what was added, or written, since is undone."""
        self._lines = list(lines)

    def of(self, ref: str) -> tuple[AuditRow, ...]:
        """Return the lines about *ref* (K-17, M-3, B-5, P-2), oldest first."""
        self.flush()
        return tuple(_row(r) for r in self._connection.execute(_OF, {"about": ref}))

    def head(self) -> tuple[int, str]:
        """Return the number of the newest committed line and its hash."""
        head = self._connection.execute(_HEAD).one()
        return head.line, head.hash

    def verify(self) -> tuple[int, int | None]:
        """Walk the chain; return the number of lines and the first broken one (None: whole)."""
        self.flush()
        count, before, broken = 0, START, None
        for line in self._walk():
            count += 1
            seal = _seal(before, line.id, (line.at, line.actor, line.action, line.ref, line.detail))
            if broken is None and seal != line.hash:
                broken = count
            before = line.hash
        head = self._connection.execute(_HEAD).one()
        if broken is None and (head.line, head.hash) != (count, before):
            broken = min(count, head.line) + 1
        return count, broken

    def flush(self) -> None:
        """Write the lines that were added; the transaction calls it last."""
        if not self._lines:
            return
        head = self._connection.execute(_LOCK).one()
        number, seal = head.line, head.hash
        rows = []
        for line in self._lines:
            number += 1
            seal = _seal(seal, number, line)
            names = ("at", "actor", "action", "ref", "detail")
            rows.append(dict(zip(names, line, strict=True)) | {"id": number, "hash": seal})
        self._connection.execute(_ADD, rows)
        moments = [line[0] for line in self._lines] + ([head.at] if head.at is not None else [])
        self._connection.execute(_MOVE, {"number": number, "sealed": seal, "moment": max(moments)})
        self._lines.clear()

    def _walk(self) -> Iterator[AuditRow]:
        rows = self._connection.execution_options(yield_per=_BATCH).execute(_ROW)
        for row in rows:
            yield _row(row)


def _seal(before: str, number: int, line: tuple[datetime, str, str, str, str]) -> str:
    """Return SHA-256 over the hash before and the line, as JSON without white space."""
    at, *words = line
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps([before, number, moment, *words], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _row(row: Row[*tuple[Any, ...]]) -> AuditRow:
    return AuditRow(row.id, row.at, row.actor, row.action, row.ref, row.detail, row.hash)
