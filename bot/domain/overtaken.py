"""Whether a letter about a card is true still when it goes, and what it counts then. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain import card_policy as ladders
from bot.domain.calendar import WorkingDays
from bot.domain.card_facts import CardFacts
from bot.domain.card_letters import (
    Appointment,
    Booking,
    CardBack,
    CardExpiring,
    CardReminder,
    Escalation,
    ExtensionAsked,
    LossAdvice,
    ReceiptForm,
    ReserveReminder,
)
from bot.domain.cards import LENT, Card, Status
from bot.domain.chasing import reached
from bot.domain.letters import Content, EndingSoon, Letter

_CALENDAR = frozenset({"ending_soon", "review", "review_reminder", "escalation"})
_LADDERS = {
    "reserve_reminder": ladders.RESERVE,
    "escalation": ladders.RESERVE,
    "card_return": ladders.BACK,
    "card_reminder": ladders.PICKUP,
    "appointment": ladders.APPOINTMENT,
    "receipt_form": ladders.RECEIPT,
    "loss_advice": ladders.POLICE,
    "card_expiring": ladders.EXPIRY,
}


def still_true(letter: Letter, facts: CardFacts) -> bool:
    """Tell whether a letter that was queued still says the truth, just before it goes.

    One whose rung has been passed while it waited is overtaken: only the highest goes (domain §3).
    """
    card = facts.card
    return card is None or (_holds(letter.content, card) and not _passed(letter, card, facts))


def _passed(letter: Letter, card: Card, facts: CardFacts) -> bool:
    """Tell whether a later rung than the letter's has been climbed, or has its day today."""
    name = _LADDERS.get(letter.kind)
    if isinstance(letter.content, Escalation) and not letter.content.reserve:
        name = ladders.BACK
    climbed = [c.rung for c in card.rungs if c.ladder == name]
    if not letter.rung or not climbed:
        return False
    return climbed[-1] != letter.rung or reached(card, name or "", facts) is not None


def still_ends(content: Content, valid_until: date | None) -> bool:
    """Tell whether a letter about a record's end names the end that the record has by now."""
    return not isinstance(content, EndingSoon) or content.ends == valid_until


def waits_for_open_day(letter: Letter, queued: date, day: date, days: WorkingDays) -> bool:
    """Tell whether a letter of the calendar was due on a working day and *day* is none.

    One that somebody let go on a closed day goes at once.
    """
    return letter.kind in _CALENDAR and days.is_open(queued) and not days.is_open(day)


def counts_days(content: Content, day: date) -> bool:
    """Tell whether a letter says how many days are left: another number the day after *day*."""
    return as_of(content, day) != as_of(content, day + timedelta(days=1))


def as_of(content: Content, today: date) -> Content:
    """Return a reminder with its days counted on the day on which it is written."""
    match content:
        case ReserveReminder() | CardBack() | Escalation():
            return replace(content, days=(today - content.due).days)
        case Booking():
            return replace(content, void_on=today + timedelta(days=content.void_days))
        case CardReminder():
            return replace(content, days_left=max(0, (content.void_on - today).days))
        case CardExpiring():
            return replace(content, days=(content.expires - today).days)
        case EndingSoon():
            return replace(content, days=(content.ends - today).days)
        case _:
            return content


def _holds(content: Content, card: Card) -> bool:
    match content:
        case ReserveReminder() | Escalation(reserve=True):
            return card.status in LENT and card.paused is None and card.due == content.due
        case CardBack() | Escalation():
            back = card.status in (Status.ACTIVATED, Status.TO_RETURN)
            return back and card.paused is None and card.due == content.due
        case CardExpiring():
            used = card.status is Status.ACTIVATED and card.paused is None
            return used and card.expires == content.expires
        case Booking():
            return card.status in (Status.ORDERED, Status.INFORMED)
        case CardReminder():
            waits = (Status.ORDERED, Status.INFORMED)
            return card.status is Status.CANCELLED if content.lapsed else card.status in waits
        case Appointment():
            return card.status is Status.APPROVED
        case ExtensionAsked():
            return card.status in LENT and card.wish == content.until
        case ReceiptForm(nag=True):
            return card.receipt is None
        case LossAdvice(reminder=True):
            return not card.police and card.lost is not None
        case _:
            return True
