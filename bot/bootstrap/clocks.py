"""The clocks: the computer's own, and one for rehearsals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic


def system_clock() -> datetime:
    """Return the instant now, aware, in UTC."""
    return datetime.now(UTC)


def rehearsal_clock(start: datetime, *, ticking: bool) -> Callable[[], datetime]:
    """Return a clock that shows *start*, standing still or ticking from there."""
    if not ticking:
        return lambda: start
    begun = monotonic()
    return lambda: start + timedelta(seconds=monotonic() - begun)
