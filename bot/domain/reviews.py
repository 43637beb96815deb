"""A review (granskning): each quarter every manager is asked who still works there (S2).

Values only: a campaign with its frozen lists, one review for each manager, what was answered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.review_reply import DECIDED, Listed, RowAnswer
from bot.domain.values import CampaignId, CaseId, MailId, PersonId, RecordId, ReviewId


class CampaignState(StrEnum):
    """Where a campaign stands."""

    PREPARING = "preparing"  # the lists are being frozen
    PREPARED = "prepared"  # staff have the preview; no letter has gone
    RUNNING = "running"
    PAUSED = "paused"  # nothing goes out; answers are taken
    STOPPED = "stopped"
    CLOSED = "closed"


TAKING = frozenset({CampaignState.RUNNING, CampaignState.PAUSED})  # answers are taken
OVER = frozenset({CampaignState.STOPPED, CampaignState.CLOSED})


@dataclass(frozen=True, slots=True)
class Campaign:
    """The review of one quarter, or one that staff began by hand."""

    name: str  # 2026-Q4
    state: CampaignState
    prepared: datetime
    send_on: date  # the day on which the letters may go
    id: CampaignId = 0  # type: ignore[assignment]
    version: int = 0
    before: CampaignId | None = None  # the one that ran last
    released: datetime | None = None
    released_by: str = ""
    started: date | None = None  # the day the letters were let go for
    ends: date | None = None
    closed: datetime | None = None
    case: CaseId | None = None  # the release that staff have in hand
    protected: int = 0  # persons that named staff review by hand
    test: str = ""  # what the self-test found, for the report

    @property
    def is_over(self) -> bool:
        """Tell whether it takes no answers any more."""
        return self.state in OVER


class ReviewStatus(StrEnum):
    """Where one manager's review stands; the words of the command line."""

    OPEN = "open"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One person on a manager's list, as frozen, with the answer."""

    row: int
    record: RecordId
    person: PersonId
    given_name: str
    surname: str
    title: str = ""
    unit: str = ""
    unit_id: str = ""
    since: date | None = None
    new: bool = False  # not on the list of the quarter before
    answer: RowAnswer = RowAnswer.OPEN
    on: date | None = None
    to: str = ""  # moved: where, in the manager's words
    words: str = ""  # the manager's words that decided, or that were not understood
    answered: datetime | None = None
    via: MailId | None = None
    by: str = ""  # the address that answered; "" for the register itself
    case: CaseId | None = None  # what the answer led to
    until_before: date | None = None  # the record's last day before the answer moved it
    until_after: date | None = None
    manual: bool = False  # became protected since: named staff see to it

    @property
    def name(self) -> str:
        """Return the name as the letter lists it."""
        return f"{self.given_name} {self.surname}".strip()

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is still wanted."""
        return self.answer not in DECIDED and not self.manual

    def listed(self) -> Listed:
        """Return the row as the letter lists it."""
        return Listed(self.row, self.given_name, self.surname, self.title, self.unit)

    def reset(self) -> ReviewRow:
        """Return the row as it was before anybody answered."""
        return replace(
            self, answer=RowAnswer.OPEN, on=None, to="", words="", answered=None, via=None, by="",
            case=None, until_before=None, until_after=None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that was taken: what it changed, so that it can be undone."""

    mail: MailId
    by: str
    at: datetime
    before: tuple[ReviewRow, ...]  # the rows it changed, as they stood
    until: date  # the last day on which «ÅNGRA» restores
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """What an out-of-office reply says: shown to staff, never an answer (domain §5)."""

    mail: MailId
    at: datetime
    back: date | None = None
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One manager's review: the letter's rows, what was answered, when it moves by itself."""

    campaign: CampaignId
    mail: str  # who is asked; "" where nobody manages the units
    name: str
    rows: tuple[ReviewRow, ...]
    key: str = ""  # one review of a campaign for each: the address first asked, or the unit
    id: ReviewId = 0  # type: ignore[assignment]
    version: int = 0
    status: ReviewStatus = ReviewStatus.OPEN
    deputy: str = ""  # gets the letter too, while in the manager's place
    superior: str = ""
    gone: tuple[str, ...] = ()  # who was on the list of the quarter before and is not now
    began: date | None = None  # the day the letter went
    rung: str = ""  # the highest reminder that went: "5", "10", "15"
    next_on: date | None = None  # the day it acts by itself
    touched: date | None = None  # the day of the last answer
    shift: int = 0  # working days that staff gave
    tries: int = 0  # replies in a row of which nothing was understood
    said: tuple[Said, ...] = ()
    absences: tuple[Absence, ...] = ()
    bounced: bool = False  # a letter did not arrive
    before: tuple[str, ...] = ()  # addresses it was moved from
    desk: tuple[CaseId, ...] = ()  # what staff have in hand because nobody has answered
    fault: str = ""  # why the letter does not go: it can't be read back

    @property
    def handle(self) -> str:
        """Return the number that people use."""
        return f"G-{self.id}"

    def open_rows(self) -> tuple[ReviewRow, ...]:
        """Return the rows that want an answer."""
        return tuple(r for r in self.rows if r.is_open)

    def with_rows(self, changed: tuple[ReviewRow, ...]) -> Review:
        """Return the review with *changed* in the place of the rows of their numbers."""
        new = {r.row: r for r in changed}
        return replace(self, rows=tuple(new.get(r.row, r) for r in self.rows))


def settled(review: Review) -> ReviewStatus:
    """Return the status that the rows give: answered when none wants an answer."""
    if review.status is ReviewStatus.CLOSED:
        return ReviewStatus.CLOSED
    if not review.open_rows():
        return ReviewStatus.ANSWERED
    escalated = review.status is ReviewStatus.ESCALATED or review.rung == ESCALATED
    return ReviewStatus.ESCALATED if escalated else ReviewStatus.OPEN


ON_DESK = frozenset(  # the rules of work that is done once everybody has been answered for
    {"review_unanswered", "review_absence", "no_reviewer", "self_test"}
)
ESCALATED = "escalated"  # the rung at which the next level and staff are told
