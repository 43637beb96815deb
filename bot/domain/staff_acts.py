"""What a clerk has done: when, by which way, and how everything stood before. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.cards import Card
from bot.domain.cases import Case
from bot.domain.effects import Effect
from bot.domain.records import Record
from bot.domain.values import CaseId, LetterId, MailId

Thing = TypeVar("Thing", Case, Card, Record)
UNDO = "staff_undone"  # the act that takes another back


class Via(StrEnum):
    """The way a clerk's word came."""

    MAIL = "mail"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Touched(Generic[Thing]):
    """One thing that an act saved: how it stood before (None: it was made), its version after."""

    before: Thing | None
    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Trail:
    """Everything that an act, and what the program did because of it, has saved and queued."""

    cases: tuple[Touched[Case], ...] = ()
    cards: tuple[Touched[Card], ...] = ()
    records: tuple[Touched[Record], ...] = ()
    rows: tuple[LetterId, ...] = ()  # of the outbox: letters and catalogue writes
    blanks: tuple[str, ...] = ()  # numbers taken out of the drawer
    review: bool = False  # a review or a campaign was saved: that can't be taken back here

    @property
    def refs(self) -> tuple[str, ...]:
        """Return the handles of all that was touched."""
        return (*(f"K-{t.id}" for t in self.cases), *(f"C-{t.id}" for t in self.cards))


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a clerk; ``id`` 0 until it is first saved. Without *trail* its time is over."""

    at: datetime
    by: str
    via: Via
    ref: str  # K-17 or C-4
    act: str  # the event's kind
    trail: Trail | None
    id: int = 0
    mail: MailId | None = None
    undone: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter or a write that an act queued, and how far it has come (``RowState``'s word)."""

    id: LetterId
    effect: Effect
    state: str
    case: CaseId | None = None
    subject: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the things that an act touched stand now, in the order of its trail."""

    act: Act
    cases: tuple[Case, ...]
    cards: tuple[Card, ...]
    records: tuple[Record, ...]
    rows: tuple[Queued, ...]
    since: str = ""  # who has acted since, and when; "" nobody
