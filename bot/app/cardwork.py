"""An event about a card through the funnel: facts → decide → the gate → commit. Only order."""

from __future__ import annotations

from datetime import date

from bot.app import card_facts
from bot.app.commit import commit
from bot.app.services import Services
from bot.domain.card_events import CardEvent, CardHandedOut
from bot.domain.card_life import decide_card
from bot.domain.cards import Card, CardKind, Holder, Status
from bot.domain.decision import Decision
from bot.domain.protection import gate
from bot.domain.values import CaseId, PersonId
from bot.ports.store import Work


def decide_and_commit(services: Services, work: Work, event: CardEvent, *, actor: str) -> Decision:
    """Run one event about a card through the core and the gate, inside the transaction *work*.

    Raises:
        IllegalStepError: the card can't take this step.
        ConflictError: another hand was quicker, or the number is borne by another card.
    """
    facts = card_facts.of_event(services, work, event)
    decision = gate(decide_card(event, facts), protected(facts.card, work))
    commit(work, decision, now=facts.now, actor=actor)
    if isinstance(event, CardHandedOut):
        work.blanks.take(event.number, "lent")
    return decision


def protected(card: Card | None, work: Work) -> frozenset[PersonId]:
    """Return the card's person when the register says that he or she is protected."""
    person = card.holder.person if card is not None else None
    record = work.records.get(person) if person is not None else None
    if person is None or record is None or not record.entry.protected:
        return frozenset()
    return frozenset({person})


def request(
    work: Work, holder: Holder, day: date, reasons: tuple[str, ...], case: CaseId | None
) -> Card:
    """Save a request of which no order is under way: the person stands at the counter.

    *case* is the form that a clerk has in hand; None where nobody has sent one.
    """
    return work.cards.save(
        Card(CardKind.RESERVE, Status.REQUESTED, holder, day, reasons=reasons, case=case)
    )
