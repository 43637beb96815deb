"""An event through the core and the gate into the memory, inside one transaction. Only order."""

from __future__ import annotations

from collections.abc import Iterable

from bot.app import cardwork, gather, standing
from bot.app.commit import commit
from bot.app.services import Services
from bot.domain.card_events import CardEvent
from bot.domain.decision import Decision
from bot.domain.events import Event
from bot.domain.following import decide_event
from bot.domain.protection import gate
from bot.domain.values import PersonId
from bot.ports.store import Work


def decide_and_commit(services: Services, work: Work, event: Event, *, actor: str) -> Decision:
    """Run one event through the core and the gate, inside the transaction *work*.

    Raises:
        IllegalStepError: the case's state forbids it.
    """
    if isinstance(event, CardEvent):
        return cardwork.decide_and_commit(services, work, event, actor=actor)
    facts = gather.event_facts(services, work, event)
    decision = decide_event(event, facts)
    persons = {facts.case.person} if facts.case is not None and facts.case.person else set()
    if facts.form is not None and facts.form.person is not None:
        persons.add(facts.form.person)
    if facts.standing is not None:
        persons |= standing.persons(facts.standing)
    decision = gate(decision, protected_of(work, persons))
    commit(work, decision, now=facts.now, actor=actor)
    return decision


def protected_of(work: Work, persons: Iterable[PersonId | None]) -> frozenset[PersonId]:
    """Return those of *persons* whom the register says to be protected."""
    found = set()
    for person in persons:
        record = work.records.get(person) if person is not None else None
        if record is not None and record.entry.protected:
            found.add(record.entry.person_id)
    return frozenset(found)
