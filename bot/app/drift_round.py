"""The nightly round that compares register and catalogue, once a day from its hour. Compares not.

After an outage one comparison makes up for all that were missed: it shows how things are. Where
the catalogue does not answer the day stays open, and is tried again a while later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.app.drifting import JOB, compare
from bot.app.services import Services
from bot.domain.calendar import STOCKHOLM, today
from bot.ports.errors import PortError, TransientError

_AGAIN = timedelta(minutes=10)  # a directory that is away must not hold up the mail each minute


class Nightly:
    """Remembers when the catalogue was away last; the day's run stands in the database."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._wait_until: datetime | None = None

    def run(self) -> None:
        """Compare if the day's comparison is due.

        Raises:
            TransientError: the catalogue does not answer.
            NeedsOperatorError: the catalogue refuses us.
        """
        now = self._services.clock()
        if not self._due(now):
            return
        period = today(now).isoformat()
        try:
            compare(self._services, period=period)
        except PortError as error:
            after = error.retry_after if isinstance(error, TransientError) else None
            wait = timedelta(seconds=after) if after is not None else _AGAIN
            self._wait_until = now + max(wait, _AGAIN)
            raise

    def _due(self, now: datetime) -> bool:
        at = self._services.facts.drift_at
        if at is None or now.astimezone(STOCKHOLM).time() < at:
            return False
        if self._wait_until is not None and now < self._wait_until:
            return False
        with self._services.store.begin() as work:
            return not work.runs.begun(JOB, today(now).isoformat())
