"""Events of our own making that wait for the funnel. Handles none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Integer, bindparam, case, select, text, update

from bot.adapters.database.columns import insert_once
from bot.adapters.store.codec import dump_event, load_event
from bot.adapters.store.schema import OPEN_EVENT, events
from bot.domain.events import Event
from bot.ports.errors import TransientError

_PUT = insert_once(events, ("key",), events.c.id)
_OPEN = (
    select(events.c.id, events.c.event, events.c.attempts)
    .where(text(OPEN_EVENT))
    .order_by(events.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_THIS = update(events).where(events.c.id == bindparam("number"), text(OPEN_EVENT))
_DONE = _THIS.values(state="done")
_FAILED = _THIS.values(
    attempts=events.c.attempts + 1,
    reason=bindparam("because"),
    state=case((bindparam("stuck", type_=Integer) == 1, "stuck"), else_="open"),
)


class SqlInbox:
    """The waiting events inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, event: Event, key: str, now: datetime) -> None:
        """Queue an event once per key."""
        row = {
            "key": key, "event": dump_event(event), "state": "open", "attempts": 0, "reason": "",
            "created": now,
        }  # fmt: skip
        self._connection.execute(_PUT[self._connection.dialect.name], row)

    def open(self, limit: int) -> tuple[tuple[int, Event, int], ...]:
        """Return (id, event, attempts) of those that wait, oldest first."""
        rows = self._connection.execute(_OPEN, {"limit": limit})
        return tuple((r.id, load_event(r.event), r.attempts) for r in rows)

    def done(self, event: int) -> None:
        """Mark it handled.

        Raises:
            TransientError: another program has handled it; nothing of this transaction may stay.
        """
        if self._connection.execute(_DONE, {"number": event}).rowcount != 1:
            raise TransientError(f"event {event} was handled by another program")

    def failed(self, event: int, reason: str, *, stuck: bool) -> None:
        """Count a failed attempt; *stuck* sets it aside."""
        values = {"number": event, "because": reason, "stuck": int(stuck)}
        self._connection.execute(_FAILED, values)
