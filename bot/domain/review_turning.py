"""One row turned from one answer to another: the old one's work undone, the new one's done. Pure.

Both together write a record at most once: two writes on one version would conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.cases import Case, Origin, Reason
from bot.domain.decision import CardStep, Step
from bot.domain.effects import Effect, WriteRecord
from bot.domain.records import Record
from bot.domain.review_facts import ReviewFacts
from bot.domain.review_letters import Leaver
from bot.domain.review_reply import DECIDED
from bot.domain.review_undoing import undoing
from bot.domain.review_works import Led, led_to
from bot.domain.reviews import ReviewRow

Works = tuple[tuple[int | None, Step], ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """What turning a row leads to; *stuck* says why it can't be turned, for a clerk."""

    row: ReviewRow
    works: Works = ()
    cards: tuple[CardStep, ...] = ()
    note: str = ""
    leaver: Leaver | None = None
    stuck: str = ""


def turned(
    now: ReviewRow, wanted: ReviewRow, facts: ReviewFacts, origin: Origin, why: Reason
) -> Turned:
    """Return the row *now* as *wanted*: an answer, or open again."""
    if now.answer not in DECIDED:
        return _forward(wanted, facts, origin)
    back = undoing(now, facts, origin, why)
    if back.stuck:
        return Turned(now, stuck=back.stuck)
    closing: Works = tuple((None, s) for s in back.works)
    restore: Works = ((None, back.restore),) if back.restore is not None else ()
    if wanted.answer not in DECIDED:
        return Turned(wanted, (*closing, *restore), back.cards)
    record = facts.of(now.row).record
    seen = _as_before(now, facts) if back.restore is not None else facts
    led = led_to(wanted, seen, origin)
    if record is not None and _writes(led):
        led, restore = _on_top_of(led, record), ()
    ahead = _of_led(led)
    cards = _once((*ahead.cards, *back.cards))
    return replace(ahead, works=(*closing, *restore, *ahead.works), cards=cards)


def _forward(wanted: ReviewRow, facts: ReviewFacts, origin: Origin) -> Turned:
    if wanted.answer not in DECIDED:
        return Turned(wanted)
    return _of_led(led_to(wanted, facts, origin))


def _of_led(led: Led) -> Turned:
    works: Works = ((led.row.row, led.work),) if led.work is not None else ()
    beside: Works = tuple((None, s) for s in led.beside)
    return Turned(led.row, (*works, *beside), led.cards, led.note, led.leaver)


def _as_before(now: ReviewRow, facts: ReviewFacts) -> ReviewFacts:
    """Return the facts with the record as it was before the row's answer moved its last day."""
    known = facts.of(now.row)
    record = known.record
    if record is None:
        return facts
    entry = replace(record.entry, valid_until=now.until_before)
    then = replace(known, record=replace(record, entry=entry))
    if then.person is not None:
        then = replace(then, person=replace(then.person, record=then.record))
    return replace(facts, rows={**facts.rows, now.row: then})


def _writes(led: Led) -> bool:
    steps = (*((led.work,) if led.work is not None else ()), *led.beside)
    return any(s.case.plan is not None for s in steps)


def _on_top_of(led: Led, record: Record) -> Led:
    """Return what was led to with its write planned on what the record holds today."""
    work = _rebased(led.work, record) if led.work is not None else None
    return replace(led, work=work, beside=tuple(_rebased(s, record) for s in led.beside))


def _rebased(step: Step, record: Record) -> Step:
    plan = step.case.plan
    if plan is None:
        return step
    case: Case = replace(step.case, plan=replace(plan, before=record.entry))
    effects: tuple[Effect, ...] = tuple(
        replace(e, change=replace(e.change, before=record.entry))
        if isinstance(e, WriteRecord)
        else e
        for e in step.effects
    )
    return replace(step, case=case, effects=effects)


def _once(cards: tuple[CardStep, ...]) -> tuple[CardStep, ...]:
    """Return one step a card: the first."""
    found: dict[int, CardStep] = {}
    for step in cards:
        found.setdefault(step.card.id, step)
    return tuple(found.values())
