"""An order is done: the manager is told, and the work that follows is opened. Writes no record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.answering import applied, full_name
from bot.domain.cases import Case, Kind, Reason, Stage, Status
from bot.domain.decision import Step
from bot.domain.effects import Effect
from bot.domain.labels import REASONS
from bot.domain.orders import Order, OrderAction

Rows = tuple[tuple[str, str | None], ...]


def confirm(case: Case, order: Order, now: datetime, others: Iterable[Case]) -> Step:
    """Close the order: tell the manager (unless she was told the plan), open what hangs on it.

    *others* are the person's cases that are under way: work that is open already is brought up to
    date, not opened twice.
    """
    told = case.why.rule == "due_today"
    effects: tuple[Effect, ...] = () if told else (applied(case, order),)
    done = replace(case, stage=Stage.CONFIRMED, closed=now, not_before=None)
    under_way = {c.kind: c for c in others if c.status is not Status.DONE}
    works = (*_cards(done, order), *_returns(done, order, under_way))
    return Step(done, effects, children=tuple(_once(w, under_way, now) for w in works))


def about(case: Case) -> str:
    """Return whom and which unit the case is about, for the titles of work that follows."""
    return f"{full_name(case.order)}, {case.order.unit}" if case.order is not None else case.title


def _once(work: Case, under_way: dict[Kind, Case], now: datetime) -> Step:
    old = under_way.get(work.kind)
    if old is None:
        return Step(replace(work, opened=now))
    return Step(replace(old, title=work.title, why=work.why, details=work.details))


def _cards(case: Case, order: Order) -> tuple[Case, ...]:
    found = []
    again = "rättelse: se efter om kortet redan är beställt"
    note = ("Obs", again if case.why.rule == "correction" else None)
    if order.card_order:
        status = "ersätter förlorat kort" if order.card_status == "replaces_lost" else "nytt kort"
        rows: Rows = (("Kort", status), ("E-post", order.mail), ("Telefon", order.phone), note)
        title = "Beställ e-tjänstekort hos regionen"
        found.append(_work(Kind.CARD_ORDER, title, case, rows=rows, source="S5"))
    if order.reserve_order:
        reasons = ", ".join(REASONS.get(r, r) for r in order.reserve_reasons)
        days = (("Behövs från", order.reserve_from), ("Behövs till", order.reserve_to))
        rows = (("Orsak", reasons), *((k, str(v)) for k, v in days if v is not None), note)
        title = "Boka utlämning av reservkort"
        found.append(_work(Kind.RESERVE_ORDER, title, case, rows=rows, source="S10"))
    return tuple(found)


def _returns(case: Case, order: Order, under_way: dict[Kind, Case]) -> tuple[Case, ...]:
    """Ask for the cards of a person who ends (S7); note it where one who is back has them asked."""
    title = "Ta tillbaka kort"
    match order.action:
        case OrderAction.CANCEL:
            moves = "byter enhet: kortet får behållas om den nya chefen beställer en uppdatering"
            cut = "kortet klipps, återlämnas, avregistreras"
            why = moves if order.end_reason == "moves" else cut
            rows: Rows = (("Sista arbetsdag", str(order.last_day)), ("Att göra", why))
        case OrderAction.NEW if Kind.CARD_RETURN in under_way:
            before = under_way[Kind.CARD_RETURN].details
            rows = (*before, ("Obs", f"ny beställning i {case.handle}: kortet kan behövas igen"))
        case _:
            return ()
    return (_work(Kind.CARD_RETURN, title, case, rows=rows, source="S7"),)


def _work(kind: Kind, title: str, case: Case, *, rows: Rows, source: str) -> Case:
    return Case(
        kind=kind, stage=Stage.STAFF, title=f"{title}: {about(case)}",
        why=Reason(kind.value, f"Följer av {case.handle}.", source), opened=case.opened,
        origin=case.origin, person=case.person, record=case.record, protected=case.protected,
        details=tuple((k, v) for k, v in rows if v),
    )  # fmt: skip
