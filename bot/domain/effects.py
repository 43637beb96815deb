"""What shall be done: imperative, carried out by ``bot.app.deliver`` after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.letters import Letter
from bot.domain.records import Change


@dataclass(frozen=True, slots=True)
class SendLetter:
    """Send a letter; what it says is settled, how it looks is the template's business."""

    letter: Letter
    kind: Literal["send_letter"] = "send_letter"


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """Write to the catalogue, on or after *not_before*, if it still has version *expected*."""

    change: Change
    expected: str
    not_before: date | None = None
    kind: Literal["write_record"] = "write_record"


Effect = SendLetter | WriteRecord
