"""What happened to a card: past tense, closed union. Each goes through the one funnel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain.cards import IdKind
from bot.domain.values import CardId, CaseId


@dataclass(frozen=True, slots=True)
class CardOrdered:
    """A clerk has ordered the card at the region (S5)."""

    card: CardId
    by: str
    on: date
    number: str = ""
    case: CaseId | None = None
    kind: Literal["card_ordered"] = "card_ordered"


@dataclass(frozen=True, slots=True)
class HolderInformed:
    """The booking letter has left us (S6)."""

    card: CardId
    on: date
    case: CaseId | None = None
    kind: Literal["holder_informed"] = "holder_informed"


@dataclass(frozen=True, slots=True)
class CardActivated:
    """The holder has the ordinary card and uses it."""

    card: CardId
    by: str
    on: date
    number: str = ""
    expires: date | None = None
    case: CaseId | None = None
    kind: Literal["card_activated"] = "card_activated"


@dataclass(frozen=True, slots=True)
class CardHandedOut:
    """A reserve card was lent to a person who showed a valid identity document (S11)."""

    card: CardId
    number: str
    id_kind: IdKind
    by: str
    on: date
    loa: int | None = None
    until: date | None = None
    case: CaseId | None = None
    kind: Literal["card_handed_out"] = "card_handed_out"


@dataclass(frozen=True, slots=True)
class CardReturned:
    """A card came back to Lokala EK (S7, S13)."""

    card: CardId
    by: str
    on: date
    case: CaseId | None = None
    kind: Literal["card_returned"] = "card_returned"


@dataclass(frozen=True, slots=True)
class CardLost:
    """A clerk was told that a card is lost (S8)."""

    card: CardId
    by: str
    on: date
    reported: datetime
    police: str = ""
    case: CaseId | None = None
    kind: Literal["card_lost"] = "card_lost"


@dataclass(frozen=True, slots=True)
class CardBlocked:
    """A card was blocked: that can't be undone."""

    card: CardId
    by: str
    on: date
    case: CaseId | None = None
    kind: Literal["card_blocked"] = "card_blocked"


@dataclass(frozen=True, slots=True)
class CardDeregistered:
    """A card was deregistered: its end."""

    card: CardId
    by: str
    on: date
    case: CaseId | None = None
    kind: Literal["card_deregistered"] = "card_deregistered"


@dataclass(frozen=True, slots=True)
class CardExtended:
    """A clerk lets a reserve card be kept longer."""

    card: CardId
    by: str
    on: date
    until: date
    case: CaseId | None = None
    kind: Literal["card_extended"] = "card_extended"


CardEvent = (
    CardOrdered
    | HolderInformed
    | CardActivated
    | CardHandedOut
    | CardReturned
    | CardLost
    | CardBlocked
    | CardDeregistered
    | CardExtended
)
