"""What a decision looks like: cases with their effects, records, one outcome. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.calendar import WorkingDays
from bot.domain.card_policy import CardPolicy
from bot.domain.cards import Card
from bot.domain.cases import Case, Reason
from bot.domain.effects import Effect
from bot.domain.records import Record
from bot.domain.retention import Archived, Retention
from bot.domain.review_policy import ReviewPolicy
from bot.domain.reviews import Campaign, Review
from bot.domain.triage import Outcome
from bot.domain.values import LetterId


class IllegalStepError(ValueError):
    """The case or the card can't take this step; the text says why and what to do, in Swedish."""


@dataclass(frozen=True, slots=True)
class CardStep:
    """One card as it shall be saved, what follows from it, and the work that hangs on it."""

    card: Card
    effects: tuple[Effect, ...] = ()
    works: tuple[Step, ...] = ()
    archive: tuple[Archived, ...] = ()
    said: str = ""  # what happened, for the log


@dataclass(frozen=True, slots=True)
class Step:
    """One case as it shall be saved, what follows from it, and the cases that hang on it."""

    case: Case
    effects: tuple[Effect, ...] = ()
    children: tuple[Step, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()  # name and content to keep with the case
    cards: tuple[CardStep, ...] = ()  # of this order; saved after it
    archive: tuple[Archived, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One review as it shall be saved, what follows from it, and the work that hangs on it.

    *works* stand beside the number of the row that they are about, None for the whole review.
    """

    review: Review
    effects: tuple[Effect, ...] = ()
    works: tuple[tuple[int | None, Step], ...] = ()
    cards: tuple[CardStep, ...] = ()
    said: str = ""  # what happened, for the log


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that one event leads to, committed in one transaction."""

    outcome: Outcome
    why: Reason
    steps: tuple[Step, ...] = ()
    records: tuple[Record, ...] = ()
    cards: tuple[CardStep, ...] = ()
    reviews: tuple[ReviewStep, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    withdrawn: tuple[LetterId, ...] = ()  # letters and writes that shall not go after all
    blanks: tuple[str, ...] = ()  # numbers that lie in the drawer again


@dataclass(frozen=True, slots=True)
class Policy:
    """What the office may set; every default is the domain's."""

    approve_all: bool = False  # [approval] mode = "staff": nothing is written unreleased
    brake_records: int = 20
    brake_share: float = 0.10
    brake_floor: int = 5  # a batch this small is never held for its share alone
    correction_days: int = 14
    quarantine_days: int = 90
    ending_days: tuple[int, ...] = (30, 14, 7)
    question_days: tuple[int, ...] = (3, 7)  # working days until a question is put again
    question_staff_day: int = 10  # working days until an unanswered question goes to staff
    undo_days: int = 2  # working days in which a clerk's act can be undone
    staff: tuple[str, ...] = ()  # the clerks' addresses
    working_days: WorkingDays = field(default_factory=WorkingDays)
    cards: CardPolicy = field(default_factory=CardPolicy)
    retention: Retention = field(default_factory=Retention)
    review: ReviewPolicy = field(default_factory=ReviewPolicy)
