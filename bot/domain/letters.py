"""The letters: one frozen class per template, holding exactly what the template may say.

No letter carries an identity number. What a letter says of a protected person is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from bot.domain.card_letters import CardContent
from bot.domain.desk_letters import StaffEcho
from bot.domain.review_letters import ReviewContent, ReviewEscalated
from bot.domain.values import CardId, ReviewId


class OnDoubt(StrEnum):
    """What to do when the power went while a letter was handed over (ADR 0002)."""

    RESEND = "resend"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point of a question: the field as the blank calls it, what is wrong with it."""

    label: str
    text: str
    read: str = ""  # what was read, where it may be shown
    number: int = 0  # 0: its place in the letter
    picture: str = ""  # the name of the case's file that shows it, "" for none


@dataclass(frozen=True, slots=True)
class Line:
    """One row of facts: label and text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The order is carried out (or planned for its day): what now stands in the catalogue."""

    action: Literal["new", "change", "cancel"]
    name: str
    unit: str
    lines: tuple[Line, ...]
    next_steps: tuple[str, ...]
    planned_for: date | None = None
    corrected: bool = False
    given: tuple[Line, ...] = ()  # what did not stand on the form: by reply, or by a clerk
    kind: Literal["applied"] = "applied"


@dataclass(frozen=True, slots=True)
class Question:
    """Something on the form is missing or unsure: numbered, precise points."""

    file: str
    name: str  # "" where the name could not be read or must not be said
    points: tuple[Point, ...]
    by_reply: bool = False  # a reply can answer; else a new form is needed
    sign: bool = False  # the form must be signed, which no reply can do
    again: bool = False  # the last reply was not understood
    unread: tuple[str, ...] = ()  # words of the last reply that were not understood
    taken: tuple[Line, ...] = ()  # what has been answered already
    reminder: bool = False
    staff: str = ""  # to the office's own clerks: why they get it
    free: bool = False  # a clerk's own question: any reply answers it
    kind: Literal["question"] = "question"


@dataclass(frozen=True, slots=True)
class Rejected:
    """The file could not be taken or the order was refused: why, and what to do instead."""

    file: str
    reason: str
    advice: str
    kind: Literal["rejected"] = "rejected"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A clerk takes the case; the same words whatever the cause, so that they reveal nothing."""

    kind: Literal["handed_over"] = "handed_over"


@dataclass(frozen=True, slots=True)
class EndingSoon:
    """A record ends soon: the manager is told 30, 14 and 7 days before (domain default)."""

    name: str
    unit: str
    ends: date
    days: int
    kind: Literal["ending_soon"] = "ending_soon"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One case in the digest."""

    handle: str
    title: str
    why: str
    age_days: int
    urgent: bool = False
    by: str = ""  # the clerk who has taken it
    picture: str = ""  # the name of the case's file that shows what could not be read


@dataclass(frozen=True, slots=True)
class ReviewState:
    """How far a quarter's review has come: managers who have answered, of all."""

    name: str
    answered: int
    asked: int
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class DriftState:
    """How far our register and the catalogue say different things; protected persons left out."""

    open: int  # differences that are not over
    answered: int  # of them: staff have said how it shall be
    new: tuple[str, ...] = ()  # handles of the cases opened since the last digest


@dataclass(frozen=True, slots=True)
class Digest:
    """The day on one page for staff."""

    day: date
    urgent: tuple[WorkRow, ...]
    open: tuple[WorkRow, ...]  # to be decided
    waiting: tuple[WorkRow, ...]  # for somebody else; chased
    done: tuple[WorkRow, ...]
    protected: int
    mails: int
    letters: int
    held: int
    health: tuple[Line, ...]
    today: tuple[WorkRow, ...] = ()  # to be done: cards to order, to hand out, to take back
    ending: tuple[WorkRow, ...] = ()  # records that end within a week
    review: ReviewState | None = None  # the quarter's review, while it runs
    trend: tuple[tuple[date, int], ...] = ()  # open cases of clerks by the day before, oldest first
    since: datetime | None = None  # when the last one was written
    drift: DriftState | None = None
    kind: Literal["digest"] = "digest"


@dataclass(frozen=True, slots=True)
class ActUndone:
    """What a clerk did was taken back: which of our letters no longer hold, and what comes next."""

    handle: str  # K-17 or C-4
    letters: tuple[str, ...]  # subjects of those that no longer hold
    news_by: date
    kind: Literal["undone"] = "undone"


Content = (
    Applied
    | Question
    | Rejected
    | HandedOver
    | EndingSoon
    | Digest
    | ActUndone
    | StaffEcho
    | CardContent
    | ReviewContent
)

ON_DOUBT: dict[str, OnDoubt] = {
    "applied": OnDoubt.RESEND,
    "question": OnDoubt.RESEND,
    "rejected": OnDoubt.RESEND,
    "handed_over": OnDoubt.RESEND,
    "ending_soon": OnDoubt.RESEND,
    "digest": OnDoubt.RESEND,
    "booking": OnDoubt.RESEND,
    "card_reminder": OnDoubt.RESEND,
    "card_return": OnDoubt.RESEND,
    "card_expiring": OnDoubt.RESEND,
    "appointment": OnDoubt.RESEND,
    "receipt_form": OnDoubt.RESEND,
    "reserve_reminder": OnDoubt.RESEND,
    "escalation": OnDoubt.RESEND,
    "loss_alert": OnDoubt.RESEND,
    "loss_advice": OnDoubt.RESEND,
    "extension_asked": OnDoubt.RESEND,
    "extension": OnDoubt.RESEND,
    "card_kept": OnDoubt.RESEND,
    "reply_noted": OnDoubt.RESEND,
    "inventory": OnDoubt.RESEND,
    "ended_with_card": OnDoubt.RESEND,
    "review": OnDoubt.RESEND,
    "review_reminder": OnDoubt.RESEND,
    "review_echo": OnDoubt.RESEND,
    "cancellation_form": OnDoubt.RESEND,
    "review_move": OnDoubt.RESEND,
    "undone": OnDoubt.RESEND,
    "staff_echo": OnDoubt.RESEND,
    "review_preview": OnDoubt.RESEND,
    "review_report": OnDoubt.RESEND,
}
AT_ONCE = frozenset({"loss_alert", "loss_advice"})  # wait for no cap and no queue (S8)
# Counted by the loop breaker.
MAY_LOOP = frozenset(
    {
        "question",
        "rejected",
        "handed_over",
        "reply_noted",
        "extension_asked",
        "extension",
        "review_echo",
        "undone",
        "staff_echo",
    }
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be sent: to whom, what, and which mail it answers."""

    to: tuple[str, ...]
    content: Content
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    rung: str = ""
    card: CardId | None = None  # the card it is about: looked at once more just before it goes
    review: ReviewId | None = None  # the review it is about: looked at once more before it goes
    by_post: str = ""  # whom it is for, who has no mail address: staff print it and post it

    @property
    def kind(self) -> str:
        """Return the kind that the X-EKbot-Kind header carries."""
        return self.content.kind

    @property
    def template(self) -> str:
        """Return the name of the letter's templates: some kinds have two."""
        if isinstance(self.content, ActUndone):
            return "act_undone"
        return "review_escalation" if isinstance(self.content, ReviewEscalated) else self.kind
