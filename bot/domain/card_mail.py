"""What a mail says of cards: a loss, a reply, a receipt, a count. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.card_facts import CardFacts, PersonFacts
from bot.domain.card_letters import StockRow
from bot.domain.forms import ReceiptReading
from bot.domain.reports import CardReply, InventoryReply, LossSeen


class Speaker(StrEnum):
    """Who writes, as far as a mail server that we trust vouches for it."""

    HOLDER = "holder"
    MANAGER = "manager"
    STAFF = "staff"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class LossFacts:
    """A reported loss: what the mail says, who says so, whom it may be about."""

    seen: LossSeen
    speaker: Speaker
    received: datetime
    people: tuple[PersonFacts, ...] = ()
    report: str = ""  # the mail as text, codes and numbers masked: archived
    acts: bool = False  # the reporter's word may mark a card: the holder's own, or the manager's
    hidden: bool = False  # somebody protected is in it


@dataclass(frozen=True, slots=True)
class ReplyToLetter:
    """A reply to a letter about a card."""

    facts: CardFacts
    speaker: Speaker
    reply: CardReply
    letter_kind: str
    until: date | None = None  # the last day that the letter asked about


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """A receipt in the mail: what was read, of which file, and the loan whose mark it bears."""

    reading: ReceiptReading
    file: str
    original: bytes
    facts: CardFacts | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A reply to an inventory: what it says, and the rows that were asked about."""

    reply: InventoryReply
    rows: tuple[StockRow, ...]

    @property
    def clear(self) -> bool:
        """Tell whether the reply says something of the rows, and nothing that is not understood."""
        said = self.reply.there or self.reply.missing
        return bool(said) and not self.reply.unread


@dataclass(frozen=True, slots=True)
class CardMail:
    """Everything about cards in one mail."""

    loss: LossFacts | None = None
    reply: ReplyToLetter | None = None
    receipts: tuple[ReceiptSeen, ...] = ()
    count: Count | None = None
    has_code: bool = False  # a PIN or PUK stands in it: nothing of its words is kept
