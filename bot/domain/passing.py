"""A day has passed: planned changes whose day has come, records that begin, end and go. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.cards import ASKING, ORDERING
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Decision, Step
from bot.domain.endings import follow, live, return_work
from bot.domain.entries import status_on
from bot.domain.event_facts import EventFacts
from bot.domain.guards import GONE, held
from bot.domain.ordering import carry_out
from bot.domain.records import Record, Status
from bot.domain.triage import Outcome


def decide_due(case: Case, record: Record | None, today: date) -> Step:
    """Return the planned change carried out on its day, on what the record holds today.

    Where the person has ended or moved since the plan was made, staff decide.
    """
    reason = Reason("due_today", f"Ändringen skulle gälla från {case.not_before}.", "D")
    if case.order is None or record is None or record.status in GONE:
        text = f"{reason.text} Personen finns inte längre i katalogen."
        why = Reason("due_without_record", text, "D")
        return Step(replace(case, stage=Stage.STAFF, why=why, not_before=None, approvable=False))
    order = replace(case.order, effective_from=None)
    planned_on = case.plan.before.unit_id if case.plan and case.plan.before else None
    if record.status is Status.ENDED or record.entry.unit_id != planned_on:
        text = f"{reason.text} Personen har upphört eller bytt enhet sedan dess."
        why = Reason("changed_since", text, "D")
        return Step(held(replace(case, not_before=None), order, record, why=why, today=today))
    step = carry_out(case, order, record, today)
    return replace(step, case=replace(step.case, why=reason))


def decide_day(record: Record, facts: EventFacts) -> Decision:
    """Return the record's status for the day; an ended one has its cards asked for (S7)."""
    today = facts.today
    entry = record.entry
    reason = Reason("day", "Datumet har nåtts.", "S2")
    if record.status is Status.CLOSED:
        gone = replace(record, status=Status.REMOVED)
        return Decision(Outcome.APPLIED, reason, records=(gone,))
    moved = replace(record, status=status_on(entry, today))
    if moved.status is not Status.ENDED:
        return Decision(Outcome.APPLIED, reason, records=(moved,))
    out = any(c.status not in ASKING | ORDERING for c in live(facts.cards))
    if record.cards_back and not out:
        moved = replace(moved, status=Status.CLOSED)
    person = facts.person(moved)
    cards = follow(person, None)
    if moved.status is Status.CLOSED or facts.returns_open:
        return Decision(Outcome.APPLIED, reason, records=(moved,), cards=cards)
    back = return_work(_card_return(moved, facts), person, ())
    if back is None:
        closed = replace(moved, status=Status.CLOSED, cards_back=True)
        return Decision(Outcome.APPLIED, reason, records=(closed,), cards=cards)
    return Decision(Outcome.APPLIED, reason, (Step(back),), (moved,), cards)


def _card_return(record: Record, facts: EventFacts) -> Case:
    entry = record.entry
    return Case(
        kind=Kind.CARD_RETURN, stage=Stage.STAFF,
        title=f"Ta tillbaka kort: {entry.full_name}, {entry.unit}",
        why=Reason("ended", f"Posten upphörde {entry.valid_until}.", "S7"), opened=facts.now,
        person=entry.person_id, record=record.id, protected=entry.protected,
    )  # fmt: skip
