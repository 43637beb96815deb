"""From a clerk's command to the event that the terminal would make of it. Decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.app import card_finding, cardwork, correcting
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.card_events import (
    CardActivated,
    CardBlocked,
    CardDeregistered,
    CardEvent,
    CardExtended,
    CardHandedOut,
    CardLost,
    CardOrdered,
    CardReturned,
)
from bot.domain.cases import Case
from bot.domain.clerk_reply import Act, Command
from bot.domain.events import (
    Event,
    StaffAsked,
    StaffDone,
    StaffNoted,
    StaffRejected,
    StaffReported,
    StaffTook,
)
from bot.domain.values import CardId
from bot.ports.store import Work
from parsers.answers import day_words

CARD_ACTS = frozenset(
    {
        Act.ORDERED, Act.ACTIVATED, Act.HANDED_OUT, Act.RETURNED, Act.LOST, Act.BLOCKED,
        Act.DEREGISTERED, Act.EXTENDED,
    }
)  # fmt: skip
_STEP = {Act.EXTENDED: "extend"}


class NotEnoughError(ValueError):
    """The command lacks something; the text says in Swedish what to write."""


def dated(command: Command, day: date) -> Command:
    """Return *command* with its dates as a form holds them: «1 december» is the nearest one."""
    fields = tuple((k, _nearest(v, day) if k in correcting.DAYS else v) for k, v in command.fields)
    return replace(command, fields=fields)


def _nearest(words: str, day: date) -> str:
    found = [d for d in (day_words.ahead(words, day), day_words.behind(words, day)) if d]
    return min(found, key=lambda d: abs(d - day)).isoformat() if found else words


def event_of(
    services: Services, work: Work, command: Command, case: Case | None, by: str
) -> Event:  # fmt: skip
    """Return the event that carries *command* out.

    Raises:
        NotEnoughError, NoSuchCardError, NotAValueError: it can't be made; the text says why.
    """
    if command.act in CARD_ACTS:
        return _of_card(services, work, command, case, by)
    if case is None:
        raise NotEnoughError(
            f"{command.ref} är ett kort. Ett kort kan vara utlämnat, återlämnat, förlorat, "
            "spärrat, avregistrerat eller förlängt."
        )
    match command.act:
        case Act.DONE:
            return StaffDone(case.id, by, command.text)
        case Act.REJECT:
            return StaffRejected(case.id, by, command.text)
        case Act.ASK:
            return StaffAsked(case.id, by, command.text)
        case Act.CORRECT:
            return correcting.event_of(services, work, case, command.fields, by)
        case Act.NOTE:
            return StaffNoted(case.id, by, command.text)
        case Act.TAKE:
            return StaffTook(case.id, by)
        case _:
            return StaffReported(case.id, by, command.text)


def _of_card(
    services: Services, work: Work, command: Command, case: Case | None, by: str
) -> CardEvent:  # fmt: skip
    now = services.clock()
    day = command.on or today(now)
    if command.act is Act.HANDED_OUT:
        return _handed_out(services, work, command, day, by)
    if command.act is Act.EXTENDED and command.until is None:
        raise NotEnoughError(f"Skriv till vilken dag: ”{command.ref} förläng till 15/1”.")
    return card_event(command, _card(services, work, command, case), by, day, now)


def card_event(command: Command, card: CardId, by: str, day: date, now: datetime) -> CardEvent:
    """Return what *command* says has happened to *card* on *day*; a hand-out has its own."""
    match command.act:
        case Act.ORDERED:
            return CardOrdered(card, by, day, command.number)
        case Act.ACTIVATED:
            return CardActivated(card, by, day, command.number, command.until)
        case Act.RETURNED:
            return CardReturned(card, by, day)
        case Act.LOST:
            return CardLost(card, by, day, now, command.text)
        case Act.BLOCKED:
            return CardBlocked(card, by, day)
        case Act.DEREGISTERED:
            return CardDeregistered(card, by, day)
        case _ if command.until is not None:
            return CardExtended(card, by, today(now), command.until)
        case act:
            raise NotEnoughError(f"{act.value}: den sista dagen saknas.")


def _card(services: Services, work: Work, command: Command, case: Case | None) -> CardId:
    """Return the card that is meant: the case's own, or the single one that fits.

    A number that is written must be that card's.
    """
    if case is not None and case.card is not None and command.act is not Act.ORDERED:
        card = work.cards.get(case.card)
        other = card is not None and card.number and command.number
        if card is not None and not (other and card.number != command.number):
            return card.id
        raise NotEnoughError("Ärendet handlar om ett kort med ett annat nummer.")
    step = _STEP.get(command.act, command.act.value)
    named = card_finding.Named(command.number, person=command.ref)
    return card_finding.card_for(work, step, named, services.clock()).id


def _handed_out(
    services: Services, work: Work, command: Command, day: date, by: str
) -> CardHandedOut:  # fmt: skip
    if not command.number or command.id_kind is None:
        raise NotEnoughError(
            "Skriv kortets nummer och vilken legitimation som visades: "
            f"”{command.ref} utlämnat 1234 5678 körkort”."
        )
    asked = cardwork.asked_for(services, work, command.ref)
    return CardHandedOut(
        asked.id, command.number, command.id_kind, by, day, command.loa, command.until
    )
