"""What a page turned out to be when no form was read from it. Reads nothing itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Foreign:
    """A page that is no form of ours; *why* says in Swedish what speaks against it."""

    why: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Pictured:
    """A page whose words are only in a picture."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A picture of what may be a form and can't be read; *why* says it in Swedish."""

    why: str
