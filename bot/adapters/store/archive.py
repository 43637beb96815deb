"""What is kept for years, by its content, with the retention plan's word for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from bot.adapters.store import blobs
from bot.adapters.store.card_schema import archive
from bot.domain.values import CardId, CaseId
from bot.ports.card_tables import ArchiveRow

_ADD = insert(archive)
_SAME = select(archive.c.id).where(
    archive.c.sha256 == bindparam("sha"), archive.c.card == bindparam("which"),
    archive.c.kind == bindparam("class"),
)  # fmt: skip
_OF_CARD = select(archive).where(archive.c.card == bindparam("which")).order_by(archive.c.id)
_OF_CASE = select(archive).where(archive.c.case == bindparam("which")).order_by(archive.c.id)
_OLD = select(archive.c.id, archive.c.sha256).where(archive.c.keep_until < bindparam("today"))
_GONE = delete(archive).where(archive.c.id.in_(bindparam("ids", expanding=True)))
_CHUNK = 500


class SqlArchive:
    """The archive inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, content: bytes, row: ArchiveRow) -> str:
        """Keep *content* once; return its SHA-256. *row*'s id and digest are not looked at."""
        sha = blobs.digest(content)
        same = {"sha": sha, "which": row.card, "class": row.kind}
        if row.card is not None and self._connection.execute(_SAME, same).first() is not None:
            return sha
        blobs.put(self._connection, sha, content)
        values = {
            "sha256": sha, "name": row.name, "kind": row.kind, "case": row.case, "card": row.card,
            "at": row.at, "keep_until": row.keep_until, "reference": row.reference,
        }  # fmt: skip
        self._connection.execute(_ADD, values)
        return sha

    def of_card(self, card: CardId) -> tuple[ArchiveRow, ...]:
        """Return what is kept about a card."""
        return tuple(_row(r) for r in self._connection.execute(_OF_CARD, {"which": card}))

    def of_case(self, case: CaseId) -> tuple[ArchiveRow, ...]:
        """Return what is kept about a case."""
        return tuple(_row(r) for r in self._connection.execute(_OF_CASE, {"which": case}))

    def content(self, sha256: str) -> bytes:
        """Return a content, checked against its SHA-256."""
        return blobs.get(self._connection, sha256)

    def purge(self, today: date) -> int:
        """Let go of what need not be kept any more; return how many."""
        old = self._connection.execute(_OLD, {"today": today}).all()
        for start in range(0, len(old), _CHUNK):
            some = old[start : start + _CHUNK]
            self._connection.execute(_GONE, {"ids": [r.id for r in some]})
            blobs.drop(self._connection, [r.sha256 for r in some])
        return len(old)


def _row(row: Row[*tuple[Any, ...]]) -> ArchiveRow:
    return ArchiveRow(
        row.id, row.sha256, row.name, row.kind, CaseId(row.case) if row.case else None,
        CardId(row.card) if row.card else None, row.at, row.keep_until, row.reference,
    )  # fmt: skip
