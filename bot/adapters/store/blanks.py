"""The drawer of blank reserve cards in the memory. Lends none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, select, text, update

from bot.adapters.database.columns import insert_once
from bot.adapters.store.card_schema import IN_DRAWER, blanks
from bot.domain.cards import Blank

_ADD = insert_once(blanks, ("number",), blanks.c.number)
_ROW = select(blanks.c.number, blanks.c.received, blanks.c.expires).where(text(IN_DRAWER))
_ALL = _ROW.order_by(blanks.c.expires.is_(None), blanks.c.expires, blanks.c.received,
                     blanks.c.number)  # fmt: skip
_FIND = _ROW.where(blanks.c.number == bindparam("which"))
_WORD = select(blanks.c.status).where(blanks.c.number == bindparam("which"))
_RENEW = (
    update(blanks)
    .where(blanks.c.number == bindparam("which"), text(IN_DRAWER))
    .values(received=bindparam("came"), expires=bindparam("ends"))
)
_TAKE = (
    update(blanks).where(blanks.c.number == bindparam("which")).values(status=bindparam("became"))
)
_SEEN = update(blanks).where(blanks.c.number == bindparam("which")).values(seen=bindparam("day"))


class SqlBlanks:
    """The drawer inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Sequence[Blank]) -> int:
        """Put new blanks into the drawer; return how many were not known before."""
        insertion = _ADD[self._connection.dialect.name]
        rows = (
            {
                "number": b.number, "received": b.received, "expires": b.expires,
                "status": "in_stock", "seen": None,
            }
            for b in new
        )  # fmt: skip
        return sum(self._connection.execute(insertion, r).first() is not None for r in rows)

    def find(self, number: str) -> Blank | None:
        """Return the blank with this number if it lies in the drawer."""
        row = self._connection.execute(_FIND, {"which": number}).first()
        return Blank(row.number, row.received, row.expires) if row is not None else None

    def word(self, number: str) -> str:
        """Return ``in_stock``, ``lent``, ``missing`` or ``spoiled``; "" of one never known."""
        return str(self._connection.execute(_WORD, {"which": number}).scalar() or "")

    def renew(self, blank: Blank) -> None:
        """Note other days of a blank that lies in the drawer."""
        days = {"which": blank.number, "came": blank.received, "ends": blank.expires}
        self._connection.execute(_RENEW, days)

    def list(self) -> tuple[Blank, ...]:
        """Return what lies in the drawer: those that run out first, then the oldest."""
        rows = self._connection.execute(_ALL)
        return tuple(Blank(r.number, r.received, r.expires) for r in rows)

    def take(self, number: str, status: str) -> None:
        """Take a blank out of the drawer: *status* is ``lent``, ``missing`` or ``spoiled``."""
        self._connection.execute(_TAKE, {"which": number, "became": status})

    def seen(self, numbers: Iterable[str], on: date) -> None:
        """Note that these lay in the drawer at an inventory."""
        rows = [{"which": number, "day": on} for number in numbers]
        if rows:
            self._connection.execute(_SEEN, rows)
