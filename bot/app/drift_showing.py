"""What differs about one case's person right now, for whoever may see it. Remembers nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app import review_manual
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.cases import Case
from bot.domain.drift import Difference, differences, hidden, whom
from bot.domain.values import CaseId


class NotOfADriftError(Exception):
    """The case is about nobody who can be compared; the text says so, in Swedish."""


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """Whom a case is about, and what the two say differently now."""

    case: Case
    name: str
    differs: tuple[Difference, ...]


def shown(services: Services, number: CaseId, who: str) -> Shown:
    """Look up what differs about the person of case *number*; of a protected one it is noted.

    Raises:
        NotOfADriftError: there is no such case, or it is about no single person.
        NotAllowedError: the person is protected and *who* is not one of the named staff.
        TransientError, NeedsOperatorError: the catalogue does not answer.
    """
    with services.store.begin() as work:
        case = work.cases.get(number)
        person = case.person if case is not None else None
        record = work.records.get(person) if person is not None else None
    if case is None or person is None:
        raise NotOfADriftError(f"K-{number} handlar inte om en person som kan jämföras.")
    if case.protected or hidden(record, None):
        review_manual.allowed(services, who)
    found = services.catalogue.find(person)
    entry = found.entry if found is not None else None
    secret = case.protected or hidden(record, entry)
    if secret:
        review_manual.allowed(services, who)
        with services.store.begin() as work:
            work.audit.add(who, "manual_shown", case.handle, "namn visat", services.clock())
    known = record.entry if record is not None else entry
    differs = differences(record, entry, today(services.clock()))
    return Shown(case, whom(known) if known is not None else "", differs)
