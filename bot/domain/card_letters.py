"""The letters about cards: one frozen class per template, exactly what the template may say.

No letter carries an identity number, a code or a place for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Reader(StrEnum):
    """Who reads the letter."""

    HOLDER = "holder"
    MANAGER = "manager"
    BOTH = "both"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Booking:
    """The ordinary card is ordered: how the holder books a time, with the lathund (S6)."""

    name: str
    guide: str  # the attached guide's file name
    void_days: int  # after so many days the order lapses
    void_on: date
    replaces: bool = False  # instead of a lost card
    kind: Literal["booking"] = "booking"


@dataclass(frozen=True, slots=True)
class CardReminder:
    """The ordinary card is not fetched yet, or its order has lapsed (S6)."""

    name: str
    informed: date
    void_on: date
    days_left: int
    guide: str = ""
    lapsed: bool = False
    reader: Reader = Reader.HOLDER  # the manager is told too when it has lapsed
    kind: Literal["card_reminder"] = "card_reminder"


@dataclass(frozen=True, slots=True)
class CardBack:
    """An ordinary card shall be cut and brought back (S7)."""

    name: str
    unit: str
    number: str  # in groups of four, "" where not known
    due: date  # the last day of the employment, or the day it was replaced or ran out
    days: int  # since then; negative before
    reader: Reader
    why: str  # a sentence: "Din anställning upphör."
    kind: Literal["card_return"] = "card_return"


@dataclass(frozen=True, slots=True)
class CardExpiring:
    """An ordinary card runs out: a new one must be ordered in time."""

    name: str
    unit: str
    number: str
    expires: date
    days: int
    kind: Literal["card_expiring"] = "card_expiring"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A reserve card may be fetched: when, where, what to bring (S9, S11)."""

    name: str
    unit: str
    reasons: tuple[str, ...]  # in words
    months: int  # the longest loan
    wanted_from: date | None = None
    wanted_until: date | None = None
    reminder: bool = False
    kind: Literal["appointment"] = "appointment"


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """The receipt of a loan for staff to print and have signed, or one that is missing (S12)."""

    name: str
    number: str
    due: date
    handle: str  # of the loan: C-17
    file: str  # the attached receipt's file name
    handed_out: date
    nag: bool = False  # it has not come back
    unsigned: bool = False  # it came back with the box empty
    doubtful: bool = False  # something stands in the box, maybe no signature
    picture: str = ""  # the name of the case's file that shows the box
    kind: Literal["receipt_form"] = "receipt_form"


@dataclass(frozen=True, slots=True)
class ReserveReminder:
    """A reserve card shall come back (S13). Never asks for a code."""

    name: str
    unit: str
    number: str
    due: date
    days: int  # since the due date; negative before
    reader: Reader
    why: str = ""  # a sentence where it is due before its time
    kind: Literal["reserve_reminder"] = "reserve_reminder"


@dataclass(frozen=True, slots=True)
class Escalation:
    """A card has not come back in spite of all: to staff and the manager's manager."""

    name: str
    unit: str
    number: str
    due: date
    days: int
    manager: str  # the manager's address, who has been told
    reserve: bool = True
    told: bool = True  # reminders have gone before this letter
    kind: Literal["escalation"] = "escalation"


@dataclass(frozen=True, slots=True)
class LossAlert:
    """A card is, or may be, lost: to staff at once, at any hour (S8)."""

    handle: str  # of the case
    name: str  # "" where not known
    unit: str
    what: str  # "e-tjänstekort", "reservkort" or "kort"
    reported: str  # 2026-11-23 kl. 22.14
    sender: str
    numbers: tuple[str, ...] = ()  # of the cards that it may be
    unclear: bool = False
    stolen: bool = False
    found: bool = False
    words: str = ""  # what the mail says
    kind: Literal["loss_alert"] = "loss_alert"


@dataclass(frozen=True, slots=True)
class LossAdvice:
    """What to do when a card is lost: the police, a reserve card; the number asked for (S8)."""

    name: str
    what: str
    reader: Reader
    reserve: bool = True  # a reserve card is offered
    police: str = ""  # the report's number, where known already
    found: bool = False  # it has turned up and stays blocked
    reminder: bool = False  # the police report's number is still missing
    called_off: bool = False  # the report was a mistake: the card works as before
    kind: Literal["loss_advice"] = "loss_advice"


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """The holder wants to keep a reserve card longer: the manager says yes or no."""

    name: str
    unit: str
    number: str
    due: date
    until: date  # what a yes gives
    wanted: date | None = None  # what was asked for, where the rules allow less
    kind: Literal["extension_asked"] = "extension_asked"


@dataclass(frozen=True, slots=True)
class ExtensionAnswered:
    """A reserve card may, or may not, be kept longer."""

    name: str
    number: str
    granted: bool
    due: date
    why: str = ""  # where it was not granted
    reader: Reader = Reader.HOLDER
    kind: Literal["extension"] = "extension"


@dataclass(frozen=True, slots=True)
class CardKept:
    """An ordinary card that was asked back may be kept: the employment goes on after all (S7)."""

    name: str
    number: str
    kind: Literal["card_kept"] = "card_kept"


@dataclass(frozen=True, slots=True)
class ReplyNoted:
    """Thanks for saying that the card is back: we look, and no reminder goes until we have."""

    name: str
    number: str
    kind: Literal["reply_noted"] = "reply_noted"


@dataclass(frozen=True, slots=True)
class StockRow:
    """One numbered row of a list to staff."""

    row: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """The blank reserve cards that should lie in the drawer: answered by reply."""

    day: date
    rows: tuple[StockRow, ...]
    again: bool = False
    unread: tuple[str, ...] = ()
    kind: Literal["inventory"] = "inventory"


@dataclass(frozen=True, slots=True)
class EndedRow:
    """A person who has ended and whose card is not deregistered."""

    handle: str
    name: str
    unit: str
    number: str
    status: str  # in words
    ended: date


@dataclass(frozen=True, slots=True)
class EndedWithCard:
    """Each month to staff: who has ended with a card that still is valid (the audit's finding)."""

    day: date
    rows: tuple[EndedRow, ...]
    protected: int = 0
    kind: Literal["ended_with_card"] = "ended_with_card"


CardContent = (
    Booking
    | CardReminder
    | CardBack
    | CardExpiring
    | Appointment
    | ReceiptForm
    | ReserveReminder
    | Escalation
    | LossAlert
    | LossAdvice
    | ExtensionAsked
    | ExtensionAnswered
    | CardKept
    | ReplyNoted
    | Inventory
    | EndedWithCard
)
