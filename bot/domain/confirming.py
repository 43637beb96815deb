"""An order is done: the manager is told, and the work that follows is opened. Writes no record."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import endings, ordinary_cards, reserve_orders
from bot.domain.answering import applied, full_name
from bot.domain.card_facts import PersonFacts
from bot.domain.card_works import Rows, closed, work
from bot.domain.cards import LENT
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import CardStep, Step
from bot.domain.effects import Effect
from bot.domain.orders import Order, OrderAction


def confirm(case: Case, order: Order, facts: PersonFacts) -> Step:
    """Close the order: tell the manager (unless she was told the plan), open what hangs on it.

    *facts* hold the record as it is now written. Work that is open already is brought up to date,
    not opened twice.
    """
    told = case.why.rule == "due_today"
    effects: tuple[Effect, ...] = () if told else (applied(case, order),)
    done = replace(case, stage=Stage.CONFIRMED, closed=facts.now, not_before=None)
    cards = _followed(order, facts)
    works = (
        *ordinary_cards.asked_for(done, order, facts),
        *reserve_orders.asked_for(done, order, facts),
        *_new_name(done, order, facts),
        *_returns(done, order, facts),
    )
    return Step(done, effects, children=works, cards=cards)


def about(case: Case) -> str:
    """Return whom and which unit the case is about, for the titles of work that follows."""
    return f"{full_name(case.order)}, {case.order.unit}" if case.order is not None else case.title


def _followed(order: Order, facts: PersonFacts) -> tuple[CardStep, ...]:
    """Return what the order makes of the person's cards, each once."""
    late = {s.card.id: s for s in _late_order(order, facts)}
    cards = tuple(late[c.id].card if c.id in late else c for c in facts.cards)
    known, moves = replace(facts, cards=cards), order.end_reason == "moves"
    for step in endings.follow(known, order.action, moves=moves):
        works = late[step.card.id].works if step.card.id in late else ()
        late[step.card.id] = replace(step, works=(*works, *step.works))
    return tuple(late.values())


def _late_order(order: Order, facts: PersonFacts) -> tuple[CardStep, ...]:
    """Return the reserve card that was lent before its form came, with the form's reasons (S10)."""
    lent = (c for c in facts.cards if c.is_reserve and c.status in LENT)
    card = next((c for c in lent if reserve_orders.unordered(c, facts)), None)
    if not order.reserve_order or card is None:
        return ()
    why = Reason("late_order", "Blanketten har kommit.", "S10")
    works = closed(facts.of(card).works, (Kind.NO_ORDER,), why)
    given = replace(card, reasons=order.reserve_reasons)
    return (CardStep(given, works=works, said="ordered afterwards"),)


def _new_name(case: Case, order: Order, facts: PersonFacts) -> tuple[Step, ...]:
    """Let staff see to a card that bears the name from before: it is an ID document (S7)."""
    before = case.plan.before if case.plan is not None else None
    card = ordinary_cards.is_for_new_name(order, before, facts.cards)
    if card is None:
        return ()
    why = Reason("new_name", f"Namnet ändrades i {case.handle}; kortet bär det gamla.", "S7")
    rows: Rows = (("Att göra", "fråga chefen om ett nytt e-tjänstekort ska beställas"),)
    return (
        work(Kind.CARD_CHECK, card, facts.of(card), title="Kort med gammalt namn", why=why,
             rows=rows),
    )  # fmt: skip


def _returns(case: Case, order: Order, facts: PersonFacts) -> tuple[Step, ...]:
    """Ask for the cards of a person who ends (S7); note it where one who is back has them asked."""
    old = next((c for c in facts.cases if c.kind is Kind.CARD_RETURN), None)
    match order.action:
        case OrderAction.CANCEL:
            moves = "byter enhet: kortet får behållas om den nya chefen beställer en uppdatering"
            cut = "kortet klipps, återlämnas, avregistreras"
            why = moves if order.end_reason == "moves" else cut
            rows: Rows = (("Sista arbetsdag", str(order.last_day)), ("Att göra", why))
        case OrderAction.NEW if old is not None:
            note = f"ny beställning i {case.handle}: kortet kan behövas igen"
            noted = replace(_work(case), details=(*old.details, ("Obs", note)))
            return (Step(_over(noted, old)),)
        case _:
            return ()
    found = endings.return_work(_work(case), facts, rows)
    if found is None:
        return ()
    return (Step(_over(found, old) if old is not None else replace(found, opened=facts.now)),)


def _over(made: Case, old: Case) -> Case:
    return replace(old, title=made.title, why=made.why, details=made.details)


def _work(case: Case) -> Case:
    return Case(
        kind=Kind.CARD_RETURN, stage=Stage.STAFF, title=f"Ta tillbaka kort: {about(case)}",
        why=Reason("card_return", f"Följer av {case.handle}.", "S7"), opened=case.opened,
        origin=case.origin, person=case.person, record=case.record, protected=case.protected,
    )  # fmt: skip
