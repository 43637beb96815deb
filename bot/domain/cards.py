"""A smart card in its life: whose it is, where it stands, what it waits for. Decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.values import CardId, CaseId, PersonId, RecordId

_NUMBER = re.compile(r"[0-9A-Z]{4,24}", re.ASCII)
_GAPS = re.compile(r"[\s\-‐‑‒–—―−.]+")
_GROUP = 4


class CardKind(StrEnum):
    """The two kinds of card."""

    ORDINARY = "ordinary"  # e-tjänstekort (SITHS), made by the region (S4-S8)
    RESERVE = "reserve"  # reservkort, lent by Lokala EK itself for three months at most (S9-S13)


class Status(StrEnum):
    """Where a card stands: five of an ordinary card, five of a reserve card, then of both."""

    NEEDED = "needed"  # the manager has ordered it (S4)
    ORDERED = "ordered"  # Lokala EK has ordered it at the region (S5)
    INFORMED = "informed"  # the holder knows how to book a time (S6)
    ACTIVATED = "activated"  # in use
    TO_RETURN = "to_return"  # shall come back to be cut (S7)

    REQUESTED = "requested"  # asked for, a clerk must look at the reasons
    APPROVED = "approved"  # the holder may come and get it (S11)
    HANDED_OUT = "handed_out"  # lent (S11)
    DUE = "due"  # its last day is today
    OVERDUE = "overdue"  # its last day has passed

    LOST = "lost"  # shall be blocked before anything else (S8)
    BLOCKED = "blocked"  # can't be undone
    RETURNED = "returned"  # back at Lokala EK, not yet deregistered
    DEREGISTERED = "deregistered"  # the end of a card
    CANCELLED = "cancelled"  # the end of an order that never became a card


OVER = frozenset({Status.DEREGISTERED, Status.CANCELLED})
ORDERING = frozenset({Status.NEEDED, Status.ORDERED, Status.INFORMED})
ASKING = frozenset({Status.REQUESTED, Status.APPROVED})
LENT = frozenset({Status.HANDED_OUT, Status.DUE, Status.OVERDUE})
OUT = frozenset({Status.ACTIVATED, Status.TO_RETURN, Status.LOST}) | LENT  # with somebody
VALID = frozenset({Status.ACTIVATED, Status.TO_RETURN}) | LENT  # could open a door today


class IdKind(StrEnum):
    """Which valid identity document the holder showed (S11)."""

    PASSPORT = "passport"
    NATIONAL_ID = "national_id"  # nationellt id-kort
    ID_CARD = "id_card"  # Skatteverkets, a bank's, a company's SIS card
    DRIVING_LICENCE = "driving_licence"
    FOREIGN_PASSPORT = "foreign_passport"
    FOREIGN_ID = "foreign_id"  # national identity card of an EEA country
    SERVICE_CARD = "service_card"  # a valid e-tjänstekort, which is an ID document (S7)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose card it is, as known when it was asked for; the register's word of today goes first."""

    name: str
    unit: str = ""
    unit_id: str = ""
    mail: str | None = None
    manager_mail: str = ""
    person: PersonId | None = None  # None: nobody with a Swedish number (S9)
    record: RecordId | None = None
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Climbed:
    """A rung that was reached: which ladder, which rung, on which day, counted from which day."""

    ladder: str
    rung: str
    on: date
    anchor: date


@dataclass(frozen=True, slots=True)
class Card:
    """A card or the order of one; ``id`` 0 until it is first saved."""

    kind: CardKind
    status: Status
    holder: Holder
    opened: date
    id: CardId = 0  # type: ignore[assignment]
    version: int = 0
    number: str = ""
    case: CaseId | None = None  # the order that asked for it
    loa: int | None = None  # level of assurance, 2 or 3
    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()  # by id, those in force when it was lent; never looked up again
    replaces: bool = False  # another card was lost
    ordered: date | None = None
    informed: date | None = None
    activated: date | None = None
    approved: date | None = None
    handed_out: date | None = None
    wanted_from: date | None = None
    wanted_until: date | None = None
    due: date | None = None  # the last day with the holder
    due_before: date | None = None  # the last day before the employment's end cut it short
    cap: date | None = None  # the latest that the rules let ``due`` be
    chase_from: date | None = None  # rungs of this day and before are passed over
    expires: date | None = None  # as printed on the card
    lost: date | None = None
    blocked: date | None = None
    returned: date | None = None
    deregistered: date | None = None
    id_kind: IdKind | None = None
    mark: str = ""  # what the receipt's printed mark says
    receipt: date | None = None  # the signed receipt was archived
    paused: date | None = None  # somebody says that it is back; staff look
    wish: date | None = None  # an extension that the manager has been asked about
    extensions: int = 0
    reported: date | None = None  # the loss; its police report is chased from then
    police: str = ""  # the police report's number
    why: str = ""  # why it is due at once, or was cancelled
    rungs: tuple[Climbed, ...] = ()
    letters: int = 0  # reminders that have gone about it
    next_on: date | None = None  # the day on which it moves by itself

    @property
    def handle(self) -> str:
        """Return the number that clerks use."""
        return f"C-{self.id}"

    @property
    def is_reserve(self) -> bool:
        """Tell a reserve card from an ordinary one."""
        return self.kind is CardKind.RESERVE

    def climbed(self, ladder: str, anchor: date) -> tuple[str, ...]:
        """Return the rungs of *ladder* that have been reached, counted from *anchor*."""
        return tuple(c.rung for c in self.rungs if c.ladder == ladder and c.anchor == anchor)


@dataclass(frozen=True, slots=True)
class Blank:
    """A reserve card in the drawer that nobody has had yet."""

    number: str
    received: date
    expires: date | None = None


class InvalidCardNumberError(ValueError):
    """The text is no card number."""


def card_number(text: str) -> str:
    """Return a card's number as it is kept: digits and capital letters, no gaps.

    Raises:
        InvalidCardNumberError: it is shorter than 4 or longer than 24, or holds other signs.
    """
    plain = _GAPS.sub("", text).upper()
    if not _NUMBER.fullmatch(plain):
        raise InvalidCardNumberError("shape")
    return plain


def shown(number: str) -> str:
    """Return a card's number in groups of four, as it is printed on the card."""
    return " ".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP))
