"""A case (ärende): what it is about, where it stands, who has the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.forms import FormReading
from bot.domain.orders import Order
from bot.domain.problems import Problem
from bot.domain.questions import Answered, Inquiry
from bot.domain.records import Change
from bot.domain.values import (
    CampaignId,
    CardId,
    CaseId,
    LetterId,
    MailId,
    PersonId,
    RecordId,
    ReviewId,
)


class Kind(StrEnum):
    """What a case is about."""

    NEW = "new"
    CHANGE = "change"
    CANCEL = "cancel"
    MAIL = "mail"  # a mail that a person must read
    SCAN = "scan"  # a page that no reader could take
    CARD_ORDER = "card_order"  # e-tjänstekort to be ordered at the region (S5)
    RESERVE_ORDER = "reserve_order"  # reservkort asked for (S9, S10)
    LOSS = "loss"  # a lost card to be blocked (S8)
    CARD_RETURN = "card_return"  # cards to be taken back and deregistered (S7, S13)
    RECEIPT = "receipt"  # a receipt that is missing, or can't be taken as it is (S12)
    CARD_CHECK = "card_check"  # somebody says that a card is back: is it?
    NO_ORDER = "no_order"  # a reserve card was lent and no form asks for it (S10)
    BLOCK = "block"  # a card that has not come back shall be blocked (S13)
    DEREGISTER = "deregister"  # a returned or blocked card shall be deregistered (S7)
    POLICE = "police"  # the police report's number never came (S8)
    STOCK = "stock"  # the drawer of blank reserve cards
    RELEASE = "review_release"  # the quarter's letters wait for staff to let them go (S2)
    REVIEW = "review"  # something about a manager's review that a person must see to
    REVIEW_MANUAL = "review_manual"  # a protected person, reviewed by named staff by hand
    RENEWAL = "renewal"  # a record renewed, or given its planned end, by an answer (S2)
    LEAVER = "leaver"  # somebody has left by the manager's answer: the signed form is awaited (S3)
    MOVE = "move"  # somebody works for another manager by the answer
    BRAKE = "brake"  # an answer that would end unusually many, held (domain §5)
    BY_HAND = "by_hand"  # a catalogue write that staff make (catalogue kind "worklist")
    DRIFT = "drift"  # register and catalogue say different things about somebody
    DRIFT_HALT = "drift_halt"  # a comparison that can't be right, and was let be
    TROUBLE = "trouble"  # something of the bot's own that failed and needs a person


class Stage(StrEnum):
    """Where a case stands; ``Status`` is what the outside sees of it."""

    ASKED = "asked"  # a question is with the manager
    STAFF = "staff"  # staff must decide or do something
    APPROVED = "approved"  # a catalogue write is under way or waits for its day
    WAITS = "waits"  # for somebody outside: the region makes a card, its holder fetches it
    CONFIRMED = "confirmed"  # done, and everybody told
    REJECTED = "rejected"
    LINKED = "linked"  # the same form as another case: one answer


class Status(StrEnum):
    """The three words of the command line."""

    OPEN = "open"  # staff have the next step
    WAITING = "waiting"  # somebody or something else has
    DONE = "done"


class Priority(StrEnum):
    """How soon staff must look."""

    URGENT = "urgent"
    NORMAL = "normal"


_STATUS = {
    Stage.ASKED: Status.WAITING,
    Stage.STAFF: Status.OPEN,
    Stage.APPROVED: Status.WAITING,
    Stage.WAITS: Status.WAITING,
    Stage.CONFIRMED: Status.DONE,
    Stage.REJECTED: Status.DONE,
    Stage.LINKED: Status.DONE,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided: the rule's name, its source mark, and a Swedish sentence."""

    rule: str
    text: str
    source: str = ""  # "S13", "D", "F": domain marks


@dataclass(frozen=True, slots=True)
class LossReport:
    """When a loss was reported, and who registered it (S8): kept ten years."""

    reported: datetime  # the instant the report reached us
    registrar: str
    sender: str = ""
    lost_on: date | None = None
    police: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """The mail a case came from: what an answer needs to be threaded. No rights follow from it."""

    mail: MailId | None = None
    sender: str = ""
    answerable: bool = False  # authenticated and in the register: may be written to
    message_id: str = ""
    references: tuple[str, ...] = ()
    file: str = ""  # the attachment's name, as the manager knows it
    number: int = 1  # which form of the mail, from 1
    of: int = 1  # how many forms the mail had


@dataclass(frozen=True, slots=True)
class Case:
    """A case; ``id`` 0 until it is first saved. ``plan`` is the write it leads to."""

    kind: Kind
    stage: Stage
    title: str  # never names a protected person
    why: Reason
    opened: datetime
    id: CaseId = 0  # type: ignore[assignment]
    version: int = 0
    priority: Priority = Priority.NORMAL
    origin: Origin = Origin()
    parent: CaseId | None = None
    person: PersonId | None = None
    record: RecordId | None = None
    protected: bool = False
    fingerprint: str = ""  # of the form's content: the same form twice is seen by it
    order: Order | None = None
    reading: FormReading | None = None
    problems: tuple[Problem, ...] = ()
    plan: Change | None = None
    expected: str = ""  # the catalogue version the plan was made on
    not_before: date | None = None  # the day the write is due
    approvable: bool = False  # "case done" carries out the plan
    details: tuple[tuple[str, str], ...] = ()  # label and text for the clerk, in order
    letter: LetterId | None = None
    closed: datetime | None = None
    sent_on: date | None = None  # the author's date of the mail that the form came in
    inquiry: Inquiry | None = None  # the question that is out, or was
    answers: tuple[Answered, ...] = ()  # what was said afterwards, by reply or by a clerk
    remind_on: date | None = None  # the day an asked case acts by itself
    card: CardId | None = None  # the card that the work is about
    loss: LossReport | None = None
    review: ReviewId | None = None  # the review that it came of
    campaign: CampaignId | None = None

    @property
    def status(self) -> Status:
        """Return the outside's word for the stage."""
        return _STATUS[self.stage]

    @property
    def handle(self) -> str:
        """Return the number that people use."""
        return f"K-{self.id}"
