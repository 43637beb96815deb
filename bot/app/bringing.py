"""Registers brought in from outside: what would change, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app import gather
from bot.app.commit import commit, cover
from bot.app.services import Services
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import today
from bot.domain.cases import Reason, Status
from bot.domain.decision import Decision, Step
from bot.domain.endings import follow
from bot.domain.entries import status_on
from bot.domain.passing import decide_day
from bot.domain.protection import NEUTRAL, gate
from bot.domain.records import Action, Change, Entry, Record
from bot.domain.records import Status as RecordStatus
from bot.domain.triage import Outcome
from bot.domain.values import RecordId
from bot.ports.store import Work

IMPORTED = "import:"  # so begins the name of a register of managers that somebody read in


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person of the file beside what we hold: new, changed or unchanged."""

    entry: Entry
    before: Record | None
    manager_mail: str

    @property
    def word(self) -> str:
        """Return what the import would do, in Swedish."""
        if self.before is None:
            return "ny"
        return "oförändrad" if self.before.entry == self.entry else "ändrad"


class UnknownUnitsError(ValueError):
    """Persons stand on units that the register of managers does not have."""


def persons(services: Services, entries: Sequence[Entry]) -> tuple[Arrival, ...]:
    """Return what bringing in *entries* would do; nothing is changed.

    Raises:
        UnknownUnitsError: naming every unit id without a manager.
    """
    day = today(services.clock())
    with services.store.begin() as work:
        units: dict[str, ManagerEntry] = {}
        for row in work.managers.list():
            if row.in_force(day) or row.unit_id not in units:
                units[row.unit_id] = row
        missing = Counter(e.unit_id for e in entries if e.unit_id and e.unit_id not in units)
        if missing:
            named = ", ".join(f"{unit} ({count} personer)" for unit, count in missing.items())
            raise UnknownUnitsError(f"Enheter som saknas i chefsregistret: {named}.")
        found = []
        for entry in entries:
            manager = units.get(entry.unit_id or "")
            whole = replace(entry, unit=manager.unit if manager is not None else None)
            mail = manager.mail if manager is not None else ""
            found.append(Arrival(whole, work.records.get(entry.person_id), mail))
        return tuple(found)


def take_persons(services: Services, arrivals: Sequence[Arrival], actor: str) -> int:
    """Write the new and changed persons to register and catalogue; return how many.

    Raises:
        ConflictError: the catalogue holds somebody otherwise than we do; nothing is registered.
        TransientError: the catalogue does not answer; run it again, nothing is doubled.
    """
    wanted = [a for a in arrivals if a.word != "oförändrad"]
    versions = [_written(services, a) for a in wanted]
    day, now = today(services.clock()), services.clock()
    with services.store.begin() as work:
        for arrival, version in zip(wanted, versions, strict=True):
            before = arrival.before
            fresh = Record(RecordId(0), arrival.entry, status_on(arrival.entry, day), "")
            saved = work.records.save(
                replace(
                    before or fresh, entry=arrival.entry, status=status_on(arrival.entry, day),
                    manager_mail=arrival.manager_mail, catalogue_version=version,
                )
            )  # fmt: skip
            work.audit.add(actor, "person_imported", f"P-{saved.id}", arrival.word, now)
            cover(work, saved)
            if saved.entry.protected and not (before is not None and before.entry.protected):
                cover_cases(work, saved, actor, now)
            if before is not None:
                _cards_follow(services, work, saved, actor)
    return len(wanted)


def _cards_follow(services: Services, work: Work, record: Record, actor: str) -> None:
    """Call in the cards of somebody whose employment the file ends, or ends sooner (S7, S13)."""
    facts = gather.day_facts(services, work, record)
    why = Reason("imported", "Personregistret säger en annan sista dag.", "S7")
    decision = Decision(Outcome.APPLIED, why, cards=follow(facts.person(record), None))
    if record.status is RecordStatus.ENDED:
        decision = decide_day(record, facts)
    covered = frozenset({record.entry.person_id}) if record.entry.protected else frozenset()
    commit(work, gate(decision, covered), now=facts.now, actor=actor)


def cover_cases(work: Work, record: Record, actor: str, now: datetime) -> None:
    """Take the names off every case of a person who has become protected."""
    open_to_all = [c for c in work.cases.of_record(record.id) if not c.protected]
    reason = Reason("protected", NEUTRAL, "F")
    for case in open_to_all:
        done = case.status is Status.DONE
        covered = replace(case, why=case.why if done else reason, not_before=None)
        decision = Decision(Outcome.RECORDED, covered.why, (Step(covered),))
        commit(work, gate(decision, {record.entry.person_id}), now=now, actor=actor)


def _written(services: Services, arrival: Arrival) -> str:
    """Bring the catalogue to what the file says: it may hold the person already."""
    held = services.catalogue.find(arrival.entry.person_id)
    if held is not None and held.entry == arrival.entry:
        return held.version
    action = Action.ADD if held is None else Action.MODIFY
    change = Change(action, held.entry if held is not None else None, arrival.entry)
    expected = held.version if held is not None else ""
    named = f"{arrival.entry.person_id.reveal()}|{arrival.entry!r}|{expected}"
    key = f"import/{hashlib.sha256(named.encode()).hexdigest()}"
    return services.catalogue.write(change, expected, key).version


def take_managers(
    services: Services, entries: Sequence[ManagerEntry], source: str, actor: str
) -> None:
    """Put a new register of managers in force."""
    with services.store.begin() as work:
        work.managers.replace(entries, source)
        count = f"{len(entries)} rader"
        work.audit.add(actor, "managers_imported", "chefsregister", count, services.clock())
