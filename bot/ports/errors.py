"""Errors by what to do about them, not by where they come from."""

from __future__ import annotations

_LONGEST = 86_400.0  # seconds


class PortError(Exception):
    """Anything outside that went wrong; adapters translate their library's errors into these."""


class TransientError(PortError):
    """It may work later: the work waits and is tried again."""

    def __init__(
        self, reason: str, retry_after: float | None = None, *, in_doubt: bool = False
    ) -> None:
        """Say *reason* (no personal data); *retry_after* in seconds where the peer named one.

        Nobody may ask us to wait longer than a day.

        *in_doubt*: the peer may have done it all the same (a letter was handed over whole, and
        no answer came), so a repeat may double it.
        """
        super().__init__(reason)
        self.reason = reason
        self.retry_after = None if retry_after is None else min(retry_after, _LONGEST)
        self.in_doubt = in_doubt


class PermanentError(PortError):
    """It will never work as it is: staff must look."""

    def __init__(self, reason: str) -> None:
        """Say *reason* (no personal data)."""
        super().__init__(reason)
        self.reason = reason


class ConflictError(PortError):
    """Somebody else changed it meanwhile; decide anew on what is *seen* now."""

    def __init__(self, reason: str, seen: str = "") -> None:
        """Say *reason*; *seen* is the version found."""
        super().__init__(reason)
        self.reason = reason
        self.seen = seen


class NeedsOperatorError(PortError):
    """Configuration or the peer's set-up must change; *advice* says what to do, in Swedish."""

    def __init__(self, reason: str, advice: str) -> None:
        """Say *reason* for the log and *advice* for the operator."""
        super().__init__(f"{reason}: {advice}")
        self.reason = reason
        self.advice = advice


class UnclearEntryError(NeedsOperatorError):
    """One entry in a peer cannot be told from another, or not be read; all others can be."""
