"""One file that came with a mail. Says nothing of what is in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail; *media* is told from its bytes, never from what it is called."""

    name: str
    media: str
    content: bytes
    depth: int = 0  # inside how many forwarded mails it lay
