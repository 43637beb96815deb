"""The manual lane of the review: protected persons, seen and answered by named staff only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.app.commit import save_step
from bot.app.services import Services
from bot.domain.calendar import add_years, today
from bot.domain.cases import Case, Kind, Reason, Stage, Status
from bot.domain.decision import Step
from bot.domain.effects import WriteRecord
from bot.domain.protection import NEUTRAL, TITLE
from bot.domain.records import Action, Change, Record
from bot.domain.review_reply import RowAnswer
from bot.domain.values import CaseId
from bot.ports.store import Work

GIVEN = (RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.LEAVING, RowAnswer.MOVED)


class NotAllowedError(Exception):
    """Whoever asks may not see or answer this; the text says why, in Swedish."""


@dataclass(frozen=True, slots=True)
class Manual:
    """One protected person's review: its case and, for named staff, the record."""

    case: Case
    record: Record | None


def waiting(work: Work) -> tuple[Manual, ...]:
    """Return the protected persons whose review is not done."""
    open_cases = (c for c in work.cases.list(open_only=True) if c.kind is Kind.REVIEW_MANUAL)
    return tuple(
        Manual(c, work.records.by_id(c.record) if c.record is not None else None)
        for c in open_cases
    )


def allowed(services: Services, who: str) -> None:
    """Let only those named in the settings see who a protected person is.

    Raises:
        NotAllowedError: *who* is not one of them.
    """
    if who not in services.facts.named_staff:
        raise NotAllowedError(
            f'Bara särskilda handläggare får se det här. Sätt [review] named_staff = ["{who}"] om '
            "det är du."
        )


def seen(services: Services, work: Work, found: tuple[Manual, ...], who: str) -> None:
    """Note in the log that *who* looked at protected persons' names."""
    for one in found:
        work.audit.add(who, "manual_shown", one.case.handle, "namn visat", services.clock())


def answer(
    services: Services, number: CaseId, said: RowAnswer, who: str, on: date | None = None
) -> Case:
    """Take the answer that *who* has got by hand; «kvar» renews what ends soon, as for others.

    Raises:
        NotAllowedError: *who* may not, or the case is none of the manual lane.
    """
    allowed(services, who)
    now = services.clock()
    with services.store.begin() as work:
        case = work.cases.get(number)
        if case is None or case.kind is not Kind.REVIEW_MANUAL or case.status is Status.DONE:
            raise NotAllowedError(f"K-{number} väntar inte på granskning för hand.")
        day = f" {on}" if on is not None else ""
        why = Reason("manual_answer", f"{said.value}{day}, av {who}.", "F")
        closed = replace(case, stage=Stage.CONFIRMED, why=why, closed=now)
        record = work.records.by_id(case.record) if case.record is not None else None
        renewal = _renewal(services, case, record) if said is RowAnswer.STAYS else None
        gone = _ending(services, case, why) if said is not RowAnswer.STAYS else None
        children = tuple(s for s in (renewal, gone) if s is not None)
        return save_step(work, Step(closed, children=children), parent=None, now=now, actor=who)


def _ending(services: Services, case: Case, why: Reason) -> Step:
    """Return the work that is left to named staff: the signed form and the cards (S3, S7)."""
    made = Case(
        kind=Kind.LEAVER, stage=Stage.STAFF, title=TITLE, why=replace(why, text=NEUTRAL),
        opened=services.clock(), person=case.person, record=case.record, protected=True,
        campaign=case.campaign,
    )  # fmt: skip
    return Step(made)


def _renewal(services: Services, case: Case, record: Record | None) -> Step | None:
    """Return the write that renews a record that ends soon, or it would lapse unseen."""
    now = services.clock()
    until = record.entry.valid_until if record is not None else None
    if record is None or until is None:
        return None
    if (until - today(now)).days > services.policy.review.renew_within_days:
        return None
    entry = record.entry
    later = replace(entry, valid_until=add_years(until, 1))
    change = Change(Action.MODIFY, entry, later)
    made = Case(
        kind=Kind.RENEWAL, stage=Stage.APPROVED, title=TITLE, why=Reason("renewed", NEUTRAL, "S2"),
        opened=now, person=entry.person_id, record=record.id, protected=True, plan=change,
        expected=record.catalogue_version, campaign=case.campaign,
    )  # fmt: skip
    return Step(made, (WriteRecord(change, record.catalogue_version),))
