"""What happened: past tense, closed union; every event goes through the one funnel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.card_events import CardEvent
from bot.domain.forms import Value
from bot.domain.records import Change, Entry
from bot.domain.values import CardId, CaseId, LetterId


@dataclass(frozen=True, slots=True)
class RecordWritten:
    """The catalogue took a write and it was read back (or handed to staff: *by_hand*).

    *shown*: what staff then make can be read there.
    """

    case: CaseId
    change: Change
    entry: Entry
    version: str
    by_hand: bool = False
    shown: bool = False
    kind: Literal["record_written"] = "record_written"


@dataclass(frozen=True, slots=True)
class WriteConflicted:
    """The catalogue's entry was changed by another hand between plan and write.

    *seen* and *version* are what the catalogue holds now, where that was looked up.
    """

    case: CaseId
    reason: str
    seen: Entry | None = None
    version: str = ""
    kind: Literal["write_conflicted"] = "write_conflicted"


@dataclass(frozen=True, slots=True)
class WriteRefused:
    """The catalogue refused a write for good."""

    case: CaseId
    reason: str
    kind: Literal["write_refused"] = "write_refused"


@dataclass(frozen=True, slots=True)
class LetterFailed:
    """A letter was refused for good, for some or all recipients, or its fate is in doubt."""

    case: CaseId | None
    letter: LetterId
    letter_kind: str
    recipients: tuple[str, ...]
    reason: str
    card: CardId | None = None
    kind: Literal["letter_failed"] = "letter_failed"


@dataclass(frozen=True, slots=True)
class StaffDone:
    """A clerk approved a prepared case, or finished a work item."""

    case: CaseId
    by: str
    why: str = ""
    kind: Literal["staff_done"] = "staff_done"


@dataclass(frozen=True, slots=True)
class StaffRejected:
    """A clerk refused a case."""

    case: CaseId
    by: str
    why: str
    kind: Literal["staff_rejected"] = "staff_rejected"


@dataclass(frozen=True, slots=True, repr=False)
class StaffCorrected:
    """A clerk looked at the form and gave the values of some fields, as a form would hold them."""

    case: CaseId
    by: str
    on: date
    values: tuple[tuple[str, Value], ...]
    kind: Literal["staff_corrected"] = "staff_corrected"


@dataclass(frozen=True, slots=True)
class StaffNoted:
    """A clerk wrote something down about a case."""

    case: CaseId
    by: str
    text: str
    kind: Literal["staff_noted"] = "staff_noted"


@dataclass(frozen=True, slots=True)
class StaffTook:
    """A clerk says that a case is hers or his."""

    case: CaseId
    by: str
    kind: Literal["staff_took"] = "staff_took"


@dataclass(frozen=True, slots=True)
class StaffAsked:
    """A clerk wants the manager asked, in the clerk's words."""

    case: CaseId
    by: str
    text: str
    kind: Literal["staff_asked"] = "staff_asked"


@dataclass(frozen=True, slots=True)
class StaffReported:
    """A clerk gave the number of the police report about a lost card (S8)."""

    case: CaseId
    by: str
    police: str
    kind: Literal["staff_reported"] = "staff_reported"


@dataclass(frozen=True, slots=True)
class DayPassed:
    """A new day has begun in Stockholm."""

    today: date
    kind: Literal["day_passed"] = "day_passed"


@dataclass(frozen=True, slots=True)
class StaffUndone:
    """A clerk takes back what a clerk has done; *case* is None where it was about a card alone."""

    case: CaseId | None
    act: int
    by: str
    why: str = ""
    card: CardId | None = None
    kind: Literal["staff_undone"] = "staff_undone"


CaseEvent = (
    RecordWritten
    | WriteConflicted
    | WriteRefused
    | LetterFailed
    | StaffDone
    | StaffRejected
    | StaffCorrected
    | StaffNoted
    | StaffTook
    | StaffAsked
    | StaffReported
    | StaffUndone
)
Event = CaseEvent | CardEvent
