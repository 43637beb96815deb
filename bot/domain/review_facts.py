"""What the memory says about a review and its rows. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.authority import ManagerEntry
from bot.domain.calendar import WorkingDays
from bot.domain.card_facts import PersonFacts
from bot.domain.cases import Case
from bot.domain.decision import Policy
from bot.domain.records import Record
from bot.domain.review_policy import ReviewPolicy
from bot.domain.review_reply import ReviewReply
from bot.domain.reviews import Absence, Campaign, Review


class ReviewSpeaker(StrEnum):
    """Who answers a review, as far as a mail server that we trust vouches for it."""

    REVIEWER = "reviewer"  # who was asked, or stands in for that manager
    SUPERIOR = "superior"  # the next level, once it has been asked
    STAFF = "staff"
    OTHER = "other"  # somebody whose word does not count here


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One row beside its record as it stands today."""

    record: Record | None
    person: PersonFacts | None = None  # with the person's cards, where they matter
    employed_to: date | None = None  # by the last form; None for no end, or not known
    case: Case | None = None  # what the row's answer has led to
    ordered: bool = False  # a signed cancellation of the person is under way, or done
    awaited: Case | None = None  # the form that an earlier review's answer asked for
    target: ManagerEntry | None = None  # of a move: the one manager whom the words fit
    pending: tuple[Case, ...] = ()  # moves of the record's last day that wait for a clerk

    @property
    def hidden(self) -> bool:
        """Tell whether the person has become protected."""
        return self.record is not None and self.record.entry.protected


NO_ROW = RowFacts(None)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review with all that bears on an answer to it, or on its day."""

    now: datetime
    today: date
    policy: Policy
    campaign: Campaign
    review: Review
    rows: Mapping[int, RowFacts] = field(default_factory=lambda: MappingProxyType({}))
    ended_today: int = 0
    population: int = 0
    desk: tuple[Case, ...] = ()  # staff's open work about the review as a whole
    reminded: int = 0  # reminders that went since it was asked
    lost: frozenset[str] = frozenset()  # units that others manage by now than whoever is asked
    fault: str = ""  # why the letter can't be read back, "" for none

    @property
    def rules(self) -> ReviewPolicy:
        """Return what the office has set about reviews."""
        return self.policy.review

    @property
    def days(self) -> WorkingDays:
        """Return the office's calendar."""
        return self.policy.working_days

    @property
    def replaced(self) -> bool:
        """Tell whether others manage every unit that an answer is wanted about."""
        units = {r.unit_id for r in self.review.open_rows()}
        return bool(units) and units <= self.lost

    def of(self, row: int) -> RowFacts:
        """Return the facts of a row; empty ones where its record is gone."""
        return self.rows.get(row, NO_ROW)


@dataclass(frozen=True, slots=True)
class ReleaseMail:
    """A clerk's reply to the preview of a campaign."""

    campaign: Campaign
    case: Case
    policy: Policy
    go: bool  # it lets the letters go, and says nothing else


@dataclass(frozen=True, slots=True)
class ReviewMail:
    """A mail about a review: who speaks, what was understood."""

    facts: ReviewFacts
    speaker: ReviewSpeaker
    reply: ReviewReply | None = None  # None of a machine's mail
    absence: Absence | None = None
    bounced: bool = False
    aside: bool = False  # it answers a letter that asks about no rows
    units: frozenset[str] | None = None  # that the sender may speak of; None for all
    names: tuple[str, ...] = ()  # of the sender, by the register: nobody answers for himself
    points: bool = False  # its words point at an attachment, and no form came
    file: bool = False  # a file came that is neither form nor picture
