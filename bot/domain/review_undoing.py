"""An answer is taken back, or another takes its place: what it led to is undone. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import CardStep, Step
from bot.domain.effects import Effect, SendLetter, WriteRecord
from bot.domain.endings import follow
from bot.domain.letters import Letter
from bot.domain.records import Action, Change, Entry, Record, Status
from bot.domain.review_facts import ReviewFacts, RowFacts
from bot.domain.review_letters import Undone
from bot.domain.review_reply import RowAnswer
from bot.domain.review_works import Led, led_to
from bot.domain.reviews import ReviewRow

_WAITING = (Stage.ASKED, Stage.STAFF, Stage.WAITS)
_GONE = (Status.ENDED, Status.CLOSED, Status.REMOVED)


@dataclass(frozen=True, slots=True)
class Undoing:
    """What takes a row's answer back; *stuck* says why it can't be, for a clerk."""

    works: tuple[Step, ...] = ()
    cards: tuple[CardStep, ...] = ()
    stuck: str = ""
    write: Step | None = None  # gives the record its last day back
    record: Record | None = None  # as it stands then


@dataclass(frozen=True, slots=True)
class Instead:
    """One answer in another's place: what undoes the one, and what the other leads to."""

    led: Led
    works: tuple[Step, ...] = ()
    cards: tuple[CardStep, ...] = ()
    stuck: str = ""


def instead(
    row: ReviewRow, wanted: ReviewRow, facts: ReviewFacts, origin: Origin, why: Reason, *,
    waits: bool = False,
) -> Instead:  # fmt: skip
    """Return *wanted* in the place of the answer that *row* bears; it may wait for a clerk.

    The record is written once for both: a second write would be planned on what the first changes.
    """
    back, known = undoing(row, facts, origin, why), facts.of(row.row)
    if back.stuck:
        return Instead(Led(row), stuck=back.stuck)
    restored = replace(known, record=back.record, case=None)
    as_before = replace(facts, rows={**facts.rows, row.row: restored})
    led = Led(wanted) if waits else led_to(wanted, as_before, origin)
    made = [s for s in (led.work, *led.beside) if s is not None]
    if back.write is None or known.record is None:
        works = back.works
    elif any(s.case.plan is not None for s in made):
        works, led = back.works, _planned_on(led, known.record.entry)
    else:
        works = (*back.works, back.write)
    cards = () if wanted.answer is RowAnswer.LEFT else back.cards  # asked back all the same
    return Instead(led, works, cards)


def _planned_on(led: Led, entry: Entry) -> Led:
    """Return what was planned on the record as it was, planned on what the catalogue holds."""
    work = _step_on(led.work, entry) if led.work is not None else None
    return replace(led, work=work, beside=tuple(_step_on(s, entry) for s in led.beside))


def _step_on(step: Step, entry: Entry) -> Step:
    if step.case.plan is None:
        return step
    change = replace(step.case.plan, before=entry)
    effects = tuple(
        replace(e, change=change) if isinstance(e, WriteRecord) else e for e in step.effects
    )
    return replace(step, case=replace(step.case, plan=change), effects=effects)


def undoing(row: ReviewRow, facts: ReviewFacts, origin: Origin, why: Reason) -> Undoing:
    """Return what undoes the answer that *row* bears."""
    known = facts.of(row.row)
    case, record = known.case, known.record
    if record is None or record.status in _GONE:
        return Undoing(stuck="posten är redan avslutad i katalogen" if _acted(row) else "")
    if case is not None and case.kind is Kind.CANCEL and case.stage is not Stage.STAFF:
        return Undoing(stuck=f"avbeställningen i {case.handle} är redan genomförd")
    if case is not None and case.stage is Stage.LINKED:
        return Undoing(stuck=f"en underskriven blankett har redan kommit för {case.handle}")
    led_to_these = {c.id: c for c in (case, *known.pending) if c is not None}.values()
    works = tuple(_closed(c, why) for c in led_to_these if c.stage in _WAITING)
    write = _restored(row, record, facts, origin, why)
    plan = write.case.plan if write is not None else None
    before = replace(record, entry=plan.after) if plan is not None else record
    return Undoing(works, _cards(row, record, known), write=write, record=before)


def _acted(row: ReviewRow) -> bool:
    return row.answer in (RowAnswer.LEFT, RowAnswer.LEAVING)


def _closed(case: Case, why: Reason) -> Step:
    """Close what waits for a form or a manager; one who was told of a move is told again."""
    effects: tuple[Effect, ...] = ()
    if case.kind is Kind.MOVE and case.stage is Stage.ASKED and case.origin.sender:
        name = case.title.partition(": ")[2].partition(",")[0]
        content = Undone(f"G-{case.review}", (), moved=name)
        effects = (SendLetter(Letter((case.origin.sender,), content, review=case.review)),)
    return Step(replace(case, stage=Stage.REJECTED, why=why, remind_on=None), effects)


def _restored(
    row: ReviewRow, record: Record, facts: ReviewFacts, origin: Origin, why: Reason
) -> Step | None:
    """Return the write that gives the record its last day back, where the answer had moved it."""
    entry = record.entry
    if row.until_after is None or entry.valid_until != row.until_after:
        return None
    change = Change(Action.MODIFY, entry, replace(entry, valid_until=row.until_before))
    case = Case(
        kind=Kind.RENEWAL, stage=Stage.APPROVED, title=f"Återställt slutdatum: {entry.full_name}",
        why=why, opened=facts.now, origin=origin, person=entry.person_id, record=record.id,
        review=facts.review.id, campaign=facts.campaign.id, plan=change,
        expected=record.catalogue_version,
    )  # fmt: skip
    if facts.policy.approve_all:
        return Step(replace(case, stage=Stage.STAFF, approvable=True))
    return Step(case, (WriteRecord(change, record.catalogue_version),))


def _cards(row: ReviewRow, record: Record, known: RowFacts) -> tuple[CardStep, ...]:
    """Let the person keep the cards that the answer had asked back."""
    if row.answer is not RowAnswer.LEFT or known.person is None:
        return ()
    return follow(replace(known.person, record=record), None)
