"""Which periods of which job are done, and the latest instant seen. Runs nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.adapters.database.columns import insert_once
from bot.adapters.store import marks
from bot.adapters.store.schema import runs

_BEGIN = insert_once(runs, ("job", "period"), runs.c.job)

_BEGUN = select(runs.c.at).where(
    runs.c.job == bindparam("which"), runs.c.period == bindparam("when")
)


_LAST = (
    select(runs.c.at)
    .where(runs.c.job == bindparam("which"))
    .order_by(runs.c.period.desc())
    .limit(1)
)


class SqlRuns:
    """The done periods inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, job: str, period: str, now: datetime) -> bool:
        """Claim a period; False when it was claimed before."""
        row = {"job": job, "period": period, "at": now}
        insertion = _BEGIN[self._connection.dialect.name]
        return self._connection.execute(insertion, row).first() is not None

    def begun(self, job: str, period: str) -> bool:
        """Tell whether a period was claimed before."""
        wanted = {"which": job, "when": period}
        return self._connection.execute(_BEGUN, wanted).first() is not None

    def last(self, job: str) -> datetime | None:
        """Return when the newest period of *job* was claimed, None when none was."""
        found = self._connection.execute(_LAST, {"which": job}).first()
        return found.at if found is not None else None

    def clock(self, now: datetime) -> datetime:
        """Return the latest instant this store has seen, after moving it to *now* if later."""
        seen = marks.latest(self._connection)
        if seen is not None and seen >= now:
            return seen
        marks.put(self._connection, "clock", at=now)
        return now
