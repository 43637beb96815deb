"""What a rung says: from a card and a rung to a letter's content. Sends nothing."""

from __future__ import annotations

from datetime import date

from bot.domain import card_policy as ladders
from bot.domain.card_facts import CardFacts, holder_now
from bot.domain.card_letters import (
    Appointment,
    CardBack,
    CardExpiring,
    CardReminder,
    Escalation,
    LossAdvice,
    Reader,
    ReceiptForm,
    ReserveReminder,
)
from bot.domain.cards import Card, shown
from bot.domain.labels import REASONS
from bot.domain.letters import Content
from bot.domain.reminders import Rung, To

KINDS = {True: "reservkort", False: "e-tjänstekort"}


def letter(ladder: str, rung: Rung, card: Card, facts: CardFacts) -> Content | None:
    """Return what *rung* of *ladder* says about *card*; None where it is only work for staff."""
    if ladder in (ladders.RESERVE, ladders.BACK):
        if To.STAFF in rung.to or To.SUPERIOR in rung.to:
            return _escalation(card, facts)
        return _back(ladder, rung, card, facts)
    match ladder:
        case ladders.PICKUP:
            return _unfetched(rung, card, facts)
        case ladders.APPOINTMENT if To.STAFF not in rung.to:
            return appointment(card, facts, reminder=True)
        case ladders.RECEIPT:
            return receipt_form(card, facts, nag=True)
        case ladders.POLICE if To.STAFF not in rung.to:
            return advice(card, facts, reader=reader_of(rung), reminder=True)
        case ladders.EXPIRY:
            return _expiring(card, facts)
        case _:
            return None


def reader_of(rung: Rung) -> Reader:
    """Return who reads the letter of *rung*."""
    if To.HOLDER in rung.to:
        return Reader.BOTH if To.MANAGER in rung.to else Reader.HOLDER
    return Reader.MANAGER if To.MANAGER in rung.to else Reader.STAFF


def _back(ladder: str, rung: Rung, card: Card, facts: CardFacts) -> Content:
    who, due = holder_now(card, facts), card.due or facts.today
    days = (facts.today - due).days
    if ladder == ladders.RESERVE:
        return ReserveReminder(
            who.name, who.unit, shown(card.number), due, days, reader_of(rung), card.why
        )
    why = card.why or "Anställningen upphör."
    return CardBack(who.name, who.unit, shown(card.number), due, days, reader_of(rung), why)


def _escalation(card: Card, facts: CardFacts) -> Content:
    who, due = holder_now(card, facts), card.due or facts.today
    return Escalation(
        who.name, who.unit, shown(card.number), due, (facts.today - due).days,
        manager=who.manager_mail, reserve=card.is_reserve, told=_told(card, due),
    )  # fmt: skip


def _told(card: Card, due: date) -> bool:
    """Tell whether a reminder has gone since the day that the card counts from."""
    name = ladders.RESERVE if card.is_reserve else ladders.BACK
    return len(card.climbed(name, due)) > 1  # the rung of this very letter is among them


def _unfetched(rung: Rung, card: Card, facts: CardFacts) -> Content:
    policy = facts.policy.cards
    informed = card.informed or card.ordered or facts.today
    void = informed.fromordinal(informed.toordinal() + policy.void_days)
    lapsed = rung.days >= 0
    return CardReminder(
        holder_now(card, facts).name, informed, void, max(0, (void - facts.today).days),
        guide="" if lapsed else policy.guide, lapsed=lapsed,
        reader=Reader.BOTH if lapsed else Reader.HOLDER,
    )  # fmt: skip


def appointment(card: Card, facts: CardFacts, *, reminder: bool = False) -> Content:
    """Return the letter that asks the holder to come and get a reserve card (S9, S11)."""
    who = holder_now(card, facts)
    return Appointment(
        who.name, who.unit, tuple(REASONS.get(r, r) for r in card.reasons),
        facts.policy.cards.months, wanted_from=card.wanted_from, wanted_until=card.wanted_until,
        reminder=reminder,
    )  # fmt: skip


def receipt_form(
    card: Card, facts: CardFacts, *, nag: bool = False, unsigned: bool = False,
    doubtful: bool = False, picture: str = "",
) -> Content:  # fmt: skip
    """Return the letter to staff with the receipt to print (S12)."""
    return ReceiptForm(
        holder_now(card, facts).name, shown(card.number), card.due or facts.today, card.handle,
        receipt_name(card), card.handed_out or facts.today, nag=nag, unsigned=unsigned,
        doubtful=doubtful, picture=picture,
    )  # fmt: skip


def receipt_name(card: Card) -> str:
    """Return the file name of a card's receipt; it names nobody."""
    return f"kvittens-{card.handle}.pdf"


def advice(
    card: Card, facts: CardFacts, *, reader: Reader, reminder: bool = False, found: bool = False
) -> Content:
    """Return what to do when a card is lost (S8)."""
    return LossAdvice(
        holder_now(card, facts).name, KINDS[card.is_reserve], reader,
        reserve=not card.is_reserve, police=card.police, found=found, reminder=reminder,
    )  # fmt: skip


def _expiring(card: Card, facts: CardFacts) -> Content:
    who, expires = holder_now(card, facts), card.expires or facts.today
    return CardExpiring(
        who.name, who.unit, shown(card.number), expires, (expires - facts.today).days
    )
