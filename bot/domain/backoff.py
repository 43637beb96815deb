"""How long to wait before the next try. Waits for nothing itself, and rolls no dice."""

from __future__ import annotations

_FIRST = 1.0  # seconds
_LONGEST = 300.0  # seconds: a server that comes back is found within five minutes
_DOUBLINGS = 9  # 2⁹ s is past the longest already; a larger power says nothing more


def delay(attempt: int, jitter: float) -> float:
    """Return the seconds to wait after the failed try number *attempt* (1 for the first).

    Doubles from 1 s to 300 s. *jitter*, 0 to 1, is the caller's die: it takes away up to half,
    so that many programs that lost one server do not return to it in the same second.
    """
    whole = min(_LONGEST, _FIRST * 2.0 ** min(max(attempt, 1) - 1, _DOUBLINGS))
    return whole * (1 - min(max(jitter, 0.0), 1.0) / 2)
