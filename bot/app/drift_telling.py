"""What a comparison has shown, into the memory: rows, cases, protection. Decides nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app.bringing import cover_cases
from bot.app.commit import cover, save_step
from bot.app.drift_reading import Seen
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.cases import Case, Kind
from bot.domain.decision import Decision, Step
from bot.domain.drift import Drift, UnderWay, becomes_protected, under_way
from bot.domain.drift_cases import Compared, News, asked, newly_protected, news, over, summary
from bot.domain.drift_halts import answered_again
from bot.domain.protection import gate
from bot.domain.records import Record
from bot.domain.triage import Outcome
from bot.domain.values import CaseId, PersonId
from bot.ports.store import Work

_KEPT = timedelta(days=30)  # how long a difference that has ended is remembered


@dataclass(frozen=True, slots=True)
class Told:
    """How many cases were opened, and how many persons are let be while something is written."""

    cases: int
    waits: int


def tell(services: Services, work: Work, seen: Seen, *, singly: bool = False) -> Told:
    """Remember what differs and open the cases that tell of what is new.

    *singly* opens one for each person, however many, also for those told of as many before.
    """
    now = services.clock()
    count = protect(services, work, seen)
    live = work.cases.list(open_only=True)
    way = under_way(live, work.drifts.writing())
    everybody = _compared(work, seen, live, way, now)
    one_by_one = _singly(work, everybody) if singly else everybody
    found = [news(one, {c.id for c in live}, now) for one in one_by_one]
    asks = [n for n in found if n.asks]
    calm = [n for n in asks if not n.about.hidden]
    many = calm if len(calm) > services.facts.drift_most and not singly else []
    for one in found:
        _end(work, one, now)
    one_case = _save(work, Step(summary(many, now)), now) if many else None
    for one in found:
        mine = one_case.id if one_case is not None and one in many else _ask(work, one, now)
        fresh = {(d.attribute, d.mark) for d in one.asks}
        for row in one.rows:
            told = (row.attribute, row.mark) in fresh
            work.drifts.save(replace(row, case=mine) if told else row)
    _close_summaries(work, live, now)
    if not services.policy.retention.hold:
        work.drifts.purge(now - _KEPT)
    return Told(count + bool(many) + len(asks) - len(many), _waiting(seen, way))


def protect(services: Services, work: Work, seen: Seen) -> int:
    """Take over at once that somebody is protected; named staff see to the rest."""
    now, count = services.clock(), 0
    for person, record in work.drifts.held(seen.flagged).items():
        if not becomes_protected(record, seen.flagged[person].entry):
            continue
        hidden = replace(record, entry=replace(record.entry, protected=True))
        saved = work.records.save(hidden)
        work.audit.add("bot", "record_saved", f"P-{saved.id}", saved.status.value, now)
        cover(work, saved)
        cover_cases(work, saved, "bot", now)
        _save(work, Step(newly_protected(saved, now)), now)
        if person in seen.suspects and seen.suspects[person].version == record.version:
            seen.suspects[person].version = saved.version
        count += 1
    return count


def halt(services: Services, work: Work, case: Case) -> None:
    """Open the case that says why a comparison was not believed."""
    _save(work, Step(case), services.clock())


def _compared(
    work: Work, seen: Seen, live: Iterable[Case], way: UnderWay, now: datetime
) -> Iterable[Compared]:
    """Yield everybody who differs, or did, and of whom nothing is being written."""
    known = defaultdict[PersonId, list[Drift]](list)
    for row in work.drifts.open():
        known[row.person].append(row)
    own = {c.person: c for c in live if _is_own(c) and c.person is not None}
    everybody = sorted({*seen.suspects, *known, *own} - way.busy)
    records = work.drifts.held(everybody)
    for person in everybody:
        one, record = seen.suspects.get(person), records.get(person)
        if one is not None and one.version != _version(record):
            continue  # changed while the catalogue was read: the next comparison sees it
        found = one.found if one is not None else None
        if found is not None and person in seen.unclear & seen.covered:
            found = replace(found, entry=replace(found.entry, protected=True))
        differs = seen.of(person, record, found, today(now)) if one is not None else ()
        yield Compared(
            person, record, found.entry if found is not None else None,
            found.version if found is not None else "", way.without(person, differs),
            tuple(known[person]), own.get(person),
        )  # fmt: skip


def _singly(work: Work, everybody: Iterable[Compared]) -> Iterable[Compared]:
    """Yield each as if those who were told of as many had not been told of."""
    many: dict[CaseId, bool] = {}
    for one in everybody:
        rows = []
        for row in one.known:
            if row.case is not None and row.case not in many:
                case = work.cases.get(row.case)
                many[row.case] = case is not None and case.person is None
            told = row.case is not None and many[row.case]
            rows.append(replace(row, case=None) if told else row)
        yield replace(one, known=tuple(rows))


def _version(record: Record | None) -> int:
    return record.version if record is not None else 0


def _waiting(seen: Seen, way: UnderWay) -> int:
    return len(way.busy & seen.suspects.keys())


def _is_own(case: Case) -> bool:
    """Tell a case that asks about one person's differences from all others."""
    return case.kind is Kind.DRIFT and case.why.rule == "drift"


def _end(work: Work, one: News, now: datetime) -> None:
    for row in one.ended:
        bare = replace(row, ours="", theirs="") if one.about.hidden else row
        work.drifts.save(bare)
    if one.over is not None:
        covered = replace(one.over, protected=one.over.protected or one.about.hidden)
        _save(work, over(covered, replaced=bool(one.asks)), now)


def _ask(work: Work, one: News, now: datetime) -> CaseId | None:
    return _save(work, Step(asked(one, now)), now).id if one.asks else None


def _close_summaries(work: Work, live: Iterable[Case], now: datetime) -> None:
    """Close what is over: a case about many of whom none differs any more, a halt."""
    told = {row.case for row in work.drifts.open()}
    for case in live:
        if case.kind is Kind.DRIFT and case.why.rule == "drift_many" and case.id not in told:
            _save(work, over(case, replaced=False), now)
        if case.kind is Kind.DRIFT_HALT:
            _save(work, answered_again(case), now)


def _save(work: Work, step: Step, now: datetime) -> Case:
    """Save a case through the gate."""
    decision = gate(Decision(Outcome.WITH_STAFF, step.case.why, (step,)), frozenset())
    return save_step(work, decision.steps[0], parent=None, now=now, actor="bot")
