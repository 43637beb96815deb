"""The letters of the quarterly review: one frozen class per template, all that it may say.

No letter carries an identity number or anything of a protected person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.review_reply import RowAnswer


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One numbered row of a review letter."""

    row: int
    name: str
    title: str
    unit: str
    since: date | None
    new: bool = False


@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """Who still works here? The quarter's letter to one manager, for all of her units (S2)."""

    handle: str  # G-17
    rows: tuple[ListedRow, ...]
    reply_by: date
    gone: tuple[str, ...] = ()  # on the list of the quarter before, not on this one
    instead: str = ""  # asked in somebody else's place: why
    kind: Literal["review"] = "review"


@dataclass(frozen=True, slots=True)
class ReviewReminded:
    """The rows that still want an answer; the last one says who is asked next."""

    handle: str
    rows: tuple[ListedRow, ...]
    asked: date  # the day of the first letter
    answered: int  # rows that are done
    passed_on: date  # the day on which the next level is asked
    kind: Literal["review_reminder"] = "review_reminder"


@dataclass(frozen=True, slots=True)
class ReviewEscalated:
    """The manager has not answered: to the next level and to staff."""

    handle: str
    rows: tuple[ListedRow, ...]
    manager: str
    asked: date
    reminders: int
    answered: int
    away: str = ""  # what an out-of-office said
    superior: bool = True  # False: only staff read it
    reply_by: date | None = None  # the day before the review closes
    about: Literal["review"] = "review"
    kind: Literal["escalation"] = "escalation"


@dataclass(frozen=True, slots=True)
class EchoRow:
    """One row as it was understood; *was* is what it said before."""

    row: int
    name: str
    answer: RowAnswer
    on: date | None = None
    to: str = ""
    was: RowAnswer = RowAnswer.OPEN
    note: str = ""  # what follows from it, in a sentence


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One row that still wants an answer, with the words that were not understood."""

    row: int
    name: str
    words: str = ""
    question: str = ""  # what is asked, where it is not whether the person stays


@dataclass(frozen=True, slots=True)
class ReviewEcho:
    """What was understood of a manager's answer, and the one precise question that is left."""

    handle: str
    taken: tuple[EchoRow, ...]
    open: tuple[OpenRow, ...] = ()
    unread: tuple[str, ...] = ()  # words that belong to no row
    undo_until: date | None = None
    notes: tuple[str, ...] = ()  # what else was said, and what becomes of it
    clerk: bool = False  # a clerk reads the reply as well
    reply_by: date | None = None  # the last day for what is open
    kind: Literal["review_echo"] = "review_echo"


@dataclass(frozen=True, slots=True)
class Leaver:
    """One person to be cancelled, with the form that is attached."""

    name: str
    unit: str
    last_day: date | None
    handle: str  # K-17
    file: str  # the attached form's name
    record: int


@dataclass(frozen=True, slots=True)
class CancellationForm:
    """Somebody has left, or leaves: the prefilled form to sign and send back (S3)."""

    people: tuple[Leaver, ...]
    reminder: bool = False
    send_by: date | None = None  # the last day for the signed forms
    kind: Literal["cancellation_form"] = "cancellation_form"


@dataclass(frozen=True, slots=True)
class ReviewMoved:
    """Somebody has moved to the reader's unit, by what the manager before says."""

    handle: str  # K-17
    name: str
    title: str
    unit: str  # where the person stood
    manager: str  # who says so
    to: str  # the reader's unit
    on: date | None = None
    send_by: date | None = None  # the last day for the form
    kind: Literal["review_move"] = "review_move"


@dataclass(frozen=True, slots=True)
class Undone:
    """An answer was taken back: how the rows stand now."""

    handle: str
    rows: tuple[EchoRow, ...]
    clerk: tuple[str, ...] = ()  # what could not be taken back by itself
    nothing: bool = False  # there is no answer of the reader's to take back
    late: bool = False  # the time to take back is over: a clerk sees to it
    moved: str = ""  # to the manager whom a move was proposed to: who does not move after all
    kind: Literal["undone"] = "undone"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One manager's letter as it will go."""

    handle: str
    name: str
    mail: str
    persons: int
    units: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPreview:
    """To staff the day before: who will be asked about how many, who is missing or away."""

    campaign: str
    send_on: date
    persons: int
    managers: int
    rows: tuple[PreviewRow, ...]  # those that need a look first; not more than fit a mail
    missing: tuple[PreviewRow, ...] = ()  # units without a manager
    protected: int = 0
    more: int = 0  # managers that are not shown
    auto: bool = False  # the letters go by themselves
    kind: Literal["review_preview"] = "review_preview"


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the report."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ReviewClosed:
    """To staff at the end: the numbers; the report and its table are attached."""

    campaign: str
    counts: tuple[Count, ...]
    open: tuple[PreviewRow, ...] = ()  # managers with rows that nobody answered
    more: int = 0
    files: tuple[str, ...] = ()  # names of the archived files
    kind: Literal["review_report"] = "review_report"


ReviewContent = (
    ReviewAsked
    | ReviewReminded
    | ReviewEscalated
    | ReviewEcho
    | CancellationForm
    | ReviewMoved
    | Undone
    | ReviewPreview
    | ReviewClosed
)
