"""What a mail says of a card: lost, back, wanted longer. As read; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How plainly a mail says that a card is lost."""

    SURE = "sure"
    UNCLEAR = "unclear"  # it may; a clerk reads it, at once


class Lost(StrEnum):
    """Which card a mail says is lost."""

    ORDINARY = "ordinary"
    RESERVE = "reserve"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, repr=False)
class LossSeen:
    """What a mail says of a lost card (routine S8). May hold personal data."""

    certainty: Certainty
    what: Lost = Lost.UNKNOWN
    stolen: bool = False
    found: bool = False  # it also says that the card has turned up: it stays blocked all the same
    lost_on: date | None = None
    police_reference: str = ""
    card_number: str = ""  # digits
    words: str = ""  # the words that say so, identity numbers and codes masked, at most 300


class CardWord(StrEnum):
    """What a reply to a letter about a card can say."""

    BACK = "back"  # "redan lämnat"
    EXTEND = "extend"  # "förläng till …"
    YES = "yes"
    NO = "no"
    POLICE = "police"  # the police report's number


@dataclass(frozen=True, slots=True)
class CardSaid:
    """One thing that a reply says: the word, the day or the number that goes with it."""

    word: CardWord
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CardReply:
    """A reply to a letter about a card as understood, and every word that nothing explains."""

    said: tuple[CardSaid, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class InventoryReply:
    """A reply to an inventory's numbered rows: which cards lie in the drawer, which don't."""

    there: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
