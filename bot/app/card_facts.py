"""The facts that a decision about a card needs, looked up in one transaction. Decides nothing."""

from __future__ import annotations

from datetime import date

from bot.app.services import Services
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import today
from bot.domain.card_events import CardActivated, CardEvent, CardHandedOut, CardOrdered
from bot.domain.card_facts import CardFacts, PersonFacts
from bot.domain.cards import Card
from bot.domain.cases import Case, Kind, Status
from bot.domain.records import Record
from bot.domain.values import PersonId, name_key
from bot.ports.store import Work

BROUGHT_IN = ("import/cards", "all")  # the run that says that the office's cards are known


def of_event(services: Services, work: Work, event: CardEvent) -> CardFacts:
    """Return what the memory says about the card of *event*."""
    card = work.cards.get(event.card)
    number = ""
    if isinstance(event, CardHandedOut | CardOrdered | CardActivated):
        number = event.number
    return of_card(services, work, card, number=number)


def of_card(services: Services, work: Work, card: Card | None, *, number: str = "") -> CardFacts:
    """Return what the memory says about *card*, and about the *number* that it shall bear."""
    now = services.clock()
    day = today(now)
    if card is None:
        return CardFacts(now, day, services.policy)
    person = card.holder.person
    record = record_of(work, card)
    unit = (record.entry.unit_id if record is not None else None) or card.holder.unit_id
    manager = manager_of(work, unit, day)
    cases = work.cases.of_person(person) if person is not None else ()
    blank = work.blanks.find(number) if number else None
    return CardFacts(
        now=now, today=day, policy=services.policy, card=card, record=record,
        others=tuple(c for c in _same_holder(work, card) if c.id != card.id),
        works=works_of(work, card, cases),
        order=work.cases.get(card.case) if card.case is not None else None,
        returns=tuple(c for c in cases if c.kind is Kind.CARD_RETURN and _live(c)),
        cases=tuple(c for c in cases if _live(c)),
        manager=manager.mail if manager is not None else "",
        superior=superior_of(work, unit, day),
        vacant=manager is None and bool(unit) and bool(work.managers.by_unit(name_key(unit))),
        manager_name=manager.name if manager is not None else "",
        same_number=tuple(c for c in work.cards.by_number(number) if c.id != card.id),
        stock_expires=blank.expires if blank is not None else None,
        stock_complete=stock_complete(work),
    )  # fmt: skip


def record_of(work: Work, card: Card) -> Record | None:
    """Return the record of the card's holder."""
    holder = card.holder
    if holder.person is not None:
        return work.records.get(holder.person)
    return work.records.by_id(holder.record) if holder.record is not None else None


def _same_holder(work: Work, card: Card) -> tuple[Card, ...]:
    """Return the cards of its holder: by number, else by the form and by name and address."""
    who = card.holder
    if who.person is not None:
        return work.cards.of_person(who.person)
    asked = work.cards.of_case(card.case) if card.case is not None else ()
    mailed = work.cards.by_mail(who.mail) if who.mail else ()
    named = (c for c in mailed if name_key(c.holder.name) == name_key(who.name))
    return tuple(dict.fromkeys((*asked, *named)))


def of_person(work: Work, person: PersonId | None) -> tuple[Card, ...]:
    """Return all cards of a person; none of somebody without a number."""
    return work.cards.of_person(person) if person is not None else ()


def works_of(work: Work, card: Card, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Return the open work about a card; a loss of the person's may be of any of the cards."""
    losses = (c for c in cases if c.kind is Kind.LOSS and c.card is None and _live(c))
    return (*work.cases.of_card(card.id), *losses)


def _live(case: Case) -> bool:
    return case.status is not Status.DONE


def manager_of(work: Work, unit_id: str, day: date) -> ManagerEntry | None:
    """Return the unit's manager on *day*: who ordered may have left since."""
    rows = work.managers.by_unit(name_key(unit_id)) if unit_id else ()
    return next((r for r in rows if r.unit_id == unit_id and r.in_force(day)), None)


def superior_of(work: Work, unit_id: str, day: date) -> str:
    """Return the address of the manager's manager; of a vacant post the one it had last."""
    rows = work.managers.by_unit(name_key(unit_id)) if unit_id else ()
    own = sorted((r for r in rows if r.unit_id == unit_id), key=lambda r: r.valid_from)
    chosen = next((r for r in own if r.in_force(day)), own[-1] if own else None)
    return (chosen.superior_mail or "") if chosen is not None else ""


def stock_complete(work: Work) -> bool:
    """Tell whether the office has brought in its cards."""
    return work.runs.begun(*BROUGHT_IN)


def person_facts(
    services: Services, work: Work, record: Record, cards: tuple[Card, ...] | None = None
) -> PersonFacts:
    """Return what bears on a person's cards."""
    now = services.clock()
    day = today(now)
    person = record.entry.person_id
    manager = manager_of(work, record.entry.unit_id or "", day)
    return PersonFacts(
        now=now, today=day, policy=services.policy, record=record,
        cards=work.cards.of_person(person) if cards is None else cards,
        cases=tuple(c for c in work.cases.of_person(person) if _live(c)),
        manager=manager.mail if manager is not None else record.manager_mail,
        superior=(manager.superior_mail or "") if manager is not None else "",
        stock_complete=stock_complete(work),
    )  # fmt: skip
