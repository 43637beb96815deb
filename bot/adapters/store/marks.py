"""Small facts of which there is one each: the clock, the register's source, tallies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.adapters.database.columns import insert_once
from bot.adapters.store.schema import audit_head, marks, tallies

MAILS_DECIDED = "mails_decided"
RECORDS_LIVE = "records_live"

_GET = select(marks.c.at, marks.c.text).where(marks.c.name == bindparam("which"))
_MAKE = insert_once(marks, ("name",), marks.c.name)
_SET = (
    update(marks)
    .where(marks.c.name == bindparam("which"))
    .values(at=bindparam("moment"), text=bindparam("words"))
)
_TALLY = select(tallies.c.value).where(tallies.c.name == bindparam("which"))
_COUNT = (
    update(tallies)
    .where(tallies.c.name == bindparam("which"))
    .values(value=tallies.c.value + bindparam("change"))
)
_HEAD = select(audit_head.c.at)


def get(connection: Connection, name: str) -> tuple[datetime | None, str]:
    """Return the instant and the text of a mark; (None, "") when it was never set."""
    row = connection.execute(_GET, {"which": name}).first()
    return (row.at, row.text) if row is not None else (None, "")


def put(connection: Connection, name: str, *, at: datetime | None = None, text: str = "") -> None:
    """Set a mark."""
    row = {"name": name, "at": at, "text": text}
    if connection.execute(_MAKE[connection.dialect.name], row).first() is None:
        connection.execute(_SET, {"which": name, "moment": at, "words": text})


def tally(connection: Connection, name: str) -> int:
    """Return a count that is kept."""
    return int(connection.execute(_TALLY, {"which": name}).scalar_one())


def count(connection: Connection, name: str, change: int) -> None:
    """Add *change* to a count that is kept."""
    if change:
        connection.execute(_COUNT, {"which": name, "change": change})


def latest(connection: Connection) -> datetime | None:
    """Return the latest instant that this memory has seen, None for a new one."""
    seen = (get(connection, "clock")[0], connection.execute(_HEAD).scalar_one())
    return max((s for s in seen if s is not None), default=None)
