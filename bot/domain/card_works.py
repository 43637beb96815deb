"""The work items that hang on cards: made, brought up to date, closed. Writes no letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.domain.card_facts import CardFacts, holder_now
from bot.domain.cards import Card, shown
from bot.domain.cases import Case, Kind, Priority, Reason, Stage
from bot.domain.decision import Step

Rows = tuple[tuple[str, str | None], ...]
SAID_BACK = "said_back"  # the rule of a check whether the card is back: its chase is paused
_OVER = (Stage.CONFIRMED, Stage.REJECTED, Stage.LINKED)


def work(
    kind: Kind, card: Card, facts: CardFacts, *, title: str, why: Reason, rows: Rows = (),
    priority: Priority = Priority.NORMAL, stage: Stage = Stage.STAFF,
) -> Step:  # fmt: skip
    """Return a new work item about *card*; one of its kind that is open is brought anew.

    Two checks are one only where they ask the same.
    """
    who = holder_now(card, facts)
    head = title if title.endswith("?") else f"{title}:"
    made = Case(
        kind=kind, stage=stage, title=f"{head} {who.name}, {who.unit}".rstrip(", "), why=why,
        opened=facts.now, priority=priority, person=who.person, record=who.record,
        protected=who.protected, card=card.id or None, parent=card.case,
        details=tuple((k, v) for k, v in (*rows, ("Kortnummer", shown(card.number))) if v),
    )  # fmt: skip
    same = (c for c in facts.works if c.kind is kind)
    old = next((c for c in same if kind is not Kind.CARD_CHECK or c.why.rule == why.rule), None)
    if old is None:
        return Step(made)
    return Step(replace(old, title=made.title, why=why, details=made.details, priority=priority))


def closed(cases: Iterable[Case], kinds: Iterable[Kind], why: Reason) -> tuple[Step, ...]:
    """Return those of *cases* that are of *kinds*, done; what is over already stays as it is."""
    wanted = frozenset(kinds)
    return tuple(
        Step(replace(c, stage=Stage.CONFIRMED, why=why, remind_on=None, approvable=False))
        for c in cases
        if c.kind in wanted and c.stage not in _OVER
    )


def once(works: Iterable[Step]) -> tuple[Step, ...]:
    """Return *works* with one step a case: two reasons for one work item are one work item."""
    found: dict[object, Step] = {}
    for step in works:
        key = step.case.id or (step.case.kind, step.case.card, step.case.why.rule)
        before = found.get(key)
        if before is not None:
            step = replace(step, effects=(*before.effects, *step.effects))  # noqa: PLW2901
        found[key] = step
    return tuple(found.values())


def to_deregister(card: Card, facts: CardFacts, why: Reason) -> Step:
    """Return the work to deregister a card that is back (S7, S13)."""
    source = "S13" if card.is_reserve else "S7"
    rows: Rows = (("Att göra", "klipp och avregistrera: ekbot card deregistered --number …"),)
    return work(
        Kind.DEREGISTER, card, facts, title="Avregistrera kort",
        why=replace(why, source=source), rows=rows,
    )  # fmt: skip


def moved(case: Case | None, stage: Stage, why: Reason) -> tuple[Step, ...]:
    """Return the order's case at another stage, unless it is done already."""
    if case is None or case.stage in _OVER:
        return ()
    return (Step(replace(case, stage=stage, why=why)),)


def by(who: str, what: str, on: date) -> Reason:
    """Return the reason that a clerk did something on a day."""
    return Reason("staff", f"{what} {on} av {who}.", "D")
