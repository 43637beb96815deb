"""What can stop a letter just before it goes. Decides nothing."""

from __future__ import annotations

from datetime import datetime


class NotTrueAnyMoreError(Exception):
    """What the letter says has been overtaken; the text says by what, in Swedish."""


class NotNowError(Exception):
    """A letter may not go at this hour; *opening* is when it may."""

    def __init__(self, opening: datetime) -> None:
        """Keep when it may go."""
        super().__init__(opening.isoformat())
        self.opening = opening
