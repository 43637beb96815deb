"""Examples in the memory: put once, listed, let go."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.adapters.store.example_schema import examples
from bot.domain.examples import Example
from bot.domain.forms import How, State

_HAS = select(examples.c.sha256).where(examples.c.sha256 == bindparam("which"))
_ALL = select(examples).order_by(examples.c.month, examples.c.sha256)
_OLD = delete(examples).where(examples.c.month < bindparam("day"))
_KEYS = select(examples.c.sha256).order_by(examples.c.month.desc(), examples.c.sha256)
_GONE = delete(examples).where(examples.c.sha256.in_(bindparam("ids", expanding=True)))


class SqlExamples:
    """Examples inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, example: Example) -> None:
        """Keep an example once: the same picture again changes nothing."""
        if self._connection.execute(_HAS, {"which": example.sha256}).first() is not None:
            return
        row = {
            "sha256": example.sha256, "month": example.month, "key": example.key,
            "truth": example.truth, "read": example.read, "state": example.state.value,
            "how": example.how.value, "form": example.form, "reader": example.reader,
            "png": example.png,
        }  # fmt: skip
        self._connection.execute(insert(examples), row)

    def list(self) -> tuple[Example, ...]:
        """Return all, by month and picture."""
        return tuple(
            Example(
                r.month, r.key, r.truth, r.read, State(r.state), How(r.how), r.form, r.reader, r.png
            )
            for r in self._connection.execute(_ALL).all()
        )

    def purge(self, before: date, most: int) -> int:
        """Let go of those from months before that, and of the oldest above *most*."""
        gone = self._connection.execute(_OLD, {"day": before}).rowcount
        over = [r.sha256 for r in self._connection.execute(_KEYS).all()[most:]]
        if over:
            gone += self._connection.execute(_GONE, {"ids": over}).rowcount
        return gone
