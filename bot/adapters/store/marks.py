"""Small facts of which there is one each: the clock, the register's source, tallies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Select, Table, bindparam, func, select, text, update

from bot.adapters.database.columns import insert_once
from bot.adapters.store.card_schema import cards
from bot.adapters.store.review_schema import reviews
from bot.adapters.store.schema import audit_head, cases, marks, tallies

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
_STRETCH = 10_000  # more than an office makes between two copies
_NUMBERED = (cases, cards, reviews)
_NEXT = text("SELECT setval(pg_get_serial_sequence(:place, 'id'), :first, false)")
_MAKE_TALLY = insert_once(tallies, ("name",), tallies.c.name)
_SET_TALLY = (
    update(tallies).where(tallies.c.name == bindparam("which")).values(value=bindparam("now"))
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


def raise_numbers(connection: Connection) -> None:
    """Let what is made from now on have numbers that no copy of this memory has given out.

    Old letters and clerks' replies name cases, cards and reviews: a number that means something
    else after an older copy was put back would be taken for the old thing.
    """
    for table in _NUMBERED:
        highest = connection.execute(_highest(table)).scalar_one()
        first = (highest // _STRETCH + 1) * _STRETCH + 1
        if connection.dialect.name == "postgresql":
            connection.execute(_NEXT, {"place": table.name, "first": first})
            continue
        row = {"name": f"first_{table.name}", "value": first}
        if connection.execute(_MAKE_TALLY[connection.dialect.name], row).first() is None:
            connection.execute(_SET_TALLY, {"which": row["name"], "now": first})


def number(connection: Connection, table: Table) -> dict[str, int]:
    """Return the id that the next row must have, {} where the database counts on by itself."""
    if connection.dialect.name == "postgresql":
        return {}
    first = connection.execute(_TALLY, {"which": f"first_{table.name}"}).scalar()
    if first is None or connection.execute(_highest(table)).scalar_one() >= first:
        return {}
    return {"id": first}


def _highest(table: Table) -> Select[int]:
    return select(func.coalesce(func.max(table.c.id), 0))
