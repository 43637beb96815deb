"""What the memory says about a card, and small questions asked of it. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.cards import Card, Holder
from bot.domain.cases import Case, Kind
from bot.domain.decision import Policy
from bot.domain.effects import Effect, SendLetter
from bot.domain.letters import Content, Letter
from bot.domain.records import Record, Status
from bot.domain.reminders import To


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A card with all that bears on it; *card* None where there is none yet."""

    now: datetime
    today: date
    policy: Policy
    card: Card | None = None
    record: Record | None = None
    others: tuple[Card, ...] = ()  # the same person's, not this one
    works: tuple[Case, ...] = ()  # cases about this card that are not done
    order: Case | None = None  # the case that asked for it
    returns: tuple[Case, ...] = ()  # the person's card returns that are not done
    cases: tuple[Case, ...] = ()  # all of the person's that are not done
    manager: str = ""  # of the unit today; "" where nobody is known
    superior: str = ""
    vacant: bool = False  # the unit is known, and nobody manages it today
    manager_name: str = ""
    same_number: tuple[Card, ...] = ()  # other cards that bear, or bore, the number
    stock_expires: date | None = None  # of the drawer's blank with that number
    stock_complete: bool = False  # the office has brought in its cards: what is not known is not


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person's record, cards and live cases: what an order, or a day, bears on."""

    now: datetime
    today: date
    policy: Policy
    record: Record | None = None
    cards: tuple[Card, ...] = ()
    cases: tuple[Case, ...] = ()
    manager: str = ""
    superior: str = ""
    stock_complete: bool = False

    def of(self, card: Card) -> CardFacts:
        """Return the facts of one of the person's cards."""
        return CardFacts(
            now=self.now, today=self.today, policy=self.policy, card=card, record=self.record,
            others=tuple(c for c in self.cards if c.id != card.id),
            works=tuple(c for c in self.cases if _about(c, card)),
            order=next((c for c in self.cases if c.id == card.case and c.id), None),
            returns=tuple(c for c in self.cases if c.kind is Kind.CARD_RETURN), cases=self.cases,
            manager=self.manager, superior=self.superior, stock_complete=self.stock_complete,
        )  # fmt: skip


def beside(other: Card, card: Card, facts: CardFacts) -> CardFacts:
    """Return the facts of *other*, another of the person's cards, beside *card* as it is now."""
    rest = tuple(c for c in facts.others if c.id != other.id)
    return replace(
        facts, card=other, others=(card, *rest), same_number=(),
        works=tuple(c for c in facts.cases if _about(c, other)),
        order=next((c for c in facts.cases if c.id == other.case), None),
    )  # fmt: skip


def order_of(kind: Kind, card: Card | None, facts: PersonFacts) -> Case | None:
    """Return the open order that *card* came of, else one that no other card came of."""
    own = card.case if card is not None else None
    taken = {c.case for c in facts.cards} - {own}
    free = [c for c in facts.cases if c.kind is kind and c.id not in taken]
    return next((c for c in free if c.id == own), free[0] if free else None)


def _about(case: Case, card: Card) -> bool:
    """Tell whether a case is work about *card*; a loss of the person's may be of any card."""
    if case.card is not None:
        return case.card == card.id
    return case.kind is Kind.LOSS


def holder_now(card: Card, facts: CardFacts) -> Holder:
    """Return whose card it is as the register has it today; as it was where there is no record."""
    known = facts.record
    manager = facts.superior if facts.vacant else facts.manager or card.holder.manager_mail
    held = replace(card.holder, manager_mail=manager)
    if known is None:
        return held
    entry = known.entry
    return replace(
        held, name=entry.full_name, unit=entry.unit or held.unit,
        unit_id=entry.unit_id or held.unit_id, mail=entry.mail, record=known.id,
        protected=held.protected or entry.protected,
    )  # fmt: skip


def employed_until(record: Record | None) -> date | None:
    """Return the last day of the person's record, None where there is no record."""
    return record.entry.valid_until if record is not None else None


def has_ended(record: Record | None) -> bool:
    """Tell whether the person's record has ended."""
    return record is not None and record.status in (Status.ENDED, Status.CLOSED, Status.REMOVED)


def letters_to(
    content: Content, to: tuple[To, ...], card: Card, facts: CardFacts, *, rung: str = ""
) -> tuple[Effect, ...]:
    """Return the letter to everybody in *to*; to a holder without mail one that staff post.

    Nothing goes about a protected person: a named clerk does it by hand.
    """
    who = holder_now(card, facts)
    if who.protected:
        return ()
    staff = facts.policy.staff
    named = {
        To.HOLDER: (who.mail,), To.MANAGER: (who.manager_mail,), To.STAFF: staff,
        To.SUPERIOR: (facts.superior,),
    }  # fmt: skip
    addresses = tuple(dict.fromkeys(a for one in to for a in named[one] if a))
    found: list[Effect] = []
    if addresses:
        found.append(SendLetter(Letter(addresses, content, rung=rung, card=card.id or None)))
    if To.HOLDER in to and not who.mail and staff:
        posted = Letter(staff, content, rung=rung, card=card.id or None, by_post=who.name)
        found.append(SendLetter(posted))
    return tuple(found)
