"""A comparison of our register with the catalogue: read, believed or not, remembered. Only order.

What is new is looked up once more before it is told, and is held against the register as it then
is: neither a short answer nor a write in between makes a difference of nothing. All that follows
is saved in one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bot.app import drift_telling
from bot.app.drift_reading import Seen, Watch, read
from bot.app.services import Services
from bot.domain.cases import Case, Kind
from bot.domain.drift import GONE
from bot.domain.drift_halts import Tally, halted, released
from bot.domain.values import PersonId
from bot.ports.errors import ConflictError
from bot.ports.store import Work

log = logging.getLogger(__name__)

JOB = "drift"
_RELEASE = timedelta(days=3)  # so long a clerk's word holds that people are really missing
_BATCH = 200  # HSA-ids learnt in one transaction


@dataclass(frozen=True, slots=True)
class Result:
    """What a comparison found, in numbers."""

    entries: int = 0  # persons in the catalogue
    open: int = 0  # differences that are not over
    told: int = 0  # cases that were opened
    learnt: int = 0  # HSA-ids read back
    halted: str = ""  # why nothing was believed, "" where it was
    waits: int = 0  # persons who are let be while something is being written


def compare(
    services: Services, *, period: str = "", watch: Watch | None = None, singly: bool = False
) -> Result | None:
    """Compare, tell what is new and remember it; None where the catalogue can't be asked.

    *period* is claimed together with all that is saved: whoever is second saves nothing. *singly*
    tells of each person in a case of its own.

    Raises:
        TransientError: the catalogue or the database does not answer; nothing is remembered.
        NeedsOperatorError: the catalogue refuses us.
    """
    entries = services.catalogue.entries()
    if entries is None:
        return None
    seen = read(services, entries, watch or (lambda _count: None))
    known = _known(services)
    new = [
        p for p, one in seen.suspects.items() if any((p, d.mark) not in known for d in one.differs)
    ]
    stopped = _halt(services, seen, known, 0)
    if stopped is None:
        stopped = _halt(services, seen, known, _confirm(services, seen, new))
    if stopped is not None:
        return _stop(services, seen, stopped, period)
    count = _learn(services, seen)
    with services.store.begin() as work:
        _claim(work, period, services.clock())
        told = drift_telling.tell(services, work, seen, singly=singly)
        still = work.drifts.open()
        note = f"{seen.entries} personer, {len(still)} skillnader"
        work.audit.add("bot", "catalogue_compared", "katalogen", note, services.clock())
    log.info(
        "catalogue compared",
        extra={"action": "catalogue_compared", "entries": seen.entries, "open": len(still)},
    )
    return Result(seen.entries, len(still), told.cases, count, waits=told.waits)


def _known(services: Services) -> frozenset[tuple[PersonId, str]]:
    with services.store.begin() as work:
        return frozenset((d.person, d.mark) for d in work.drifts.open())


def _halt(
    services: Services, seen: Seen, known: Iterable[tuple[PersonId, str]], still_there: int
) -> Case | None:
    """Return the case that says why the answer is not believed, None where it is."""
    remembered, now = set(known), services.clock()
    gone = sum(
        d.attribute == GONE and (person, d.mark) not in remembered
        for person, one in seen.suspects.items()
        for d in one.differs
    )
    with services.store.begin() as work:
        tally = Tally(
            seen.entries, work.records.population(), gone, len(seen.flagged), seen.differing,
            still_there,
        )  # fmt: skip
        let = released(work.cases.closed_since(now - _RELEASE))
    return halted(tally, services.policy, let, now)


def _confirm(services: Services, seen: Seen, new: Iterable[PersonId]) -> int:
    """Look each of *new* up once more; return how many of the missing are there after all."""
    still_there = 0
    for person in new:
        one = seen.suspects[person]
        found = seen.look_again(services, person, one.found)
        still_there += one.found is None and found is not None
        one.found = found
        if person in seen.unclear:
            seen.learns.pop(person, None)
    return still_there


def _stop(services: Services, seen: Seen, case: Case, period: str) -> Result:
    """Tell once that nothing was believed; that somebody is protected is believed all the same."""
    with services.store.begin() as work:
        _claim(work, period, services.clock())
        if case.why.rule == "drift_halt" and not work.cases.open_of(Kind.DRIFT_HALT):
            drift_telling.halt(services, work, case)
        if len(seen.flagged) <= services.policy.brake_floor:
            drift_telling.protect(services, work, seen)
    log.warning("comparison stopped", extra={"action": "comparison_stopped"})
    return Result(seen.entries, halted=case.why.text)


def _claim(work: Work, period: str, now: datetime) -> None:
    if period and not work.runs.begin(JOB, period, now):
        raise ConflictError("another program has compared meanwhile")


def _learn(services: Services, seen: Seen) -> int:
    """Read back the HSA-ids that the directory has made; each once, with a line in the log."""
    return sum(_learn_some(services, seen, some) for some in _parts(seen.learns))


def _parts(people: Iterable[PersonId]) -> Iterator[tuple[PersonId, ...]]:
    rest = iter(sorted(people))
    while part := tuple(islice(rest, _BATCH)):
        yield part


def _learn_some(services: Services, seen: Seen, people: Iterable[PersonId]) -> int:
    now, count = services.clock(), 0
    with services.store.begin() as work:
        for person, record in work.drifts.held(people).items():
            made = seen.learns[person]
            if record.version != made.record:
                continue  # changed meanwhile: the next comparison sees it
            entry = replace(record.entry, hsa_id=made.hsa_id)
            version = made.version or record.catalogue_version
            saved = work.records.save(replace(record, entry=entry, catalogue_version=version))
            work.audit.add("bot", "hsa_id_learnt", f"P-{saved.id}", "", now)
            if person in seen.suspects:
                seen.suspects[person].version = saved.version
            count += 1
    return count
