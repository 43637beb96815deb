"""An answer is taken back, or another takes its place: what it led to is undone. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import CardStep, Step
from bot.domain.effects import Effect, SendLetter, WriteRecord
from bot.domain.endings import follow
from bot.domain.letters import Letter
from bot.domain.records import Action, Change, Record, Status
from bot.domain.review_facts import ReviewFacts, RowFacts
from bot.domain.review_letters import Undone
from bot.domain.review_reply import RowAnswer
from bot.domain.reviews import ReviewRow

_WAITING = (Stage.ASKED, Stage.STAFF, Stage.WAITS)
_GONE = (Status.ENDED, Status.CLOSED, Status.REMOVED)


@dataclass(frozen=True, slots=True)
class Undoing:
    """What takes a row's answer back; *stuck* says why it can't be, for a clerk."""

    works: tuple[Step, ...] = ()
    cards: tuple[CardStep, ...] = ()
    restore: Step | None = None  # the write that gives the record its last day back
    stuck: str = ""


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
    waits = case is not None and case.stage in _WAITING
    works = (_closed(case, why),) if case is not None and waits else ()
    restore = _restored(row, record, facts, origin, why)
    return Undoing(works, _cards(row, record, known), restore)


def _acted(row: ReviewRow) -> bool:
    return row.answer in (RowAnswer.LEFT, RowAnswer.LEAVING)


def _closed(case: Case, why: Reason) -> Step:
    """Close what waits for a form or a manager; one who was told of a move is told again."""
    effects: tuple[Effect, ...] = ()
    if case.kind is Kind.MOVE and case.stage is Stage.ASKED and case.origin.sender:
        name = case.title.partition(": ")[2].partition(",")[0]
        content = Undone(f"G-{case.review}", (), moved=name)
        effects = (SendLetter(Letter((case.origin.sender,), content)),)
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
    return Step(case, (WriteRecord(change, record.catalogue_version),))


def _cards(row: ReviewRow, record: Record, known: RowFacts) -> tuple[CardStep, ...]:
    """Let the person keep the cards that the answer had asked back."""
    if row.answer is not RowAnswer.LEFT or known.person is None:
        return ()
    return follow(replace(known.person, record=record), None)
