"""What differs between our register and the catalogue about a person (avvikelse). Changes neither.

The catalogue has other writers than we. What it holds is compared as it means, not as it is
written: blanks around and between words, the case of an address, blanks and hyphens in a telephone
number (RFC 4517 §4.2.29) make no difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from bot.domain.cases import Case, Kind, Stage
from bot.domain.entries import status_on
from bot.domain.records import Entry, Record, Status
from bot.domain.values import HSA_ID, CaseId, PersonId, address_key, name_key, spaced_phone

GONE = "gone"  # the person is in our register only
UNKNOWN = "unknown"  # the person is in the catalogue only
PROTECTED = "protected"
UNCLEAR = "unclear"  # the catalogue has two entries of the person, or one that cannot be read
MOST = 2000  # persons that differ: with more, something else is wrong than persons
_COMPARED = tuple(f.name for f in fields(Entry) if f.name != "person_id")
_OVER = (Status.ENDED, Status.CLOSED)
_LEARNS = (Status.PLANNED, Status.ACTIVE, Status.ENDED)
_LOOSE = str.maketrans("", "", " -")


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """One attribute (or GONE, UNKNOWN) and what each side says of it, as people read it."""

    attribute: str
    ours: str
    theirs: str
    mark: str  # the same for the same two values


@dataclass(frozen=True, slots=True, repr=False)
class Drift:
    """A difference that is remembered; ``id`` 0 until it is first saved.

    Of a protected person the words are "": the mark alone tells whether it is the same still.
    """

    person: PersonId
    attribute: str
    mark: str
    ours: str
    theirs: str
    since: datetime
    seen: datetime
    case: CaseId | None = None  # that told of it: once that is done, staff have answered
    closed: datetime | None = None
    id: int = 0


def differences(
    record: Record | None, theirs: Entry | None, today: date
) -> tuple[Difference, ...]:  # fmt: skip
    """Return what differs between our *record* and *theirs*; one of them may be missing.

    What has not begun and what is removed is not compared, nor somebody who has ended on both
    sides. An HSA-id that we lack is ``learnt``.
    """
    if record is None:
        if theirs is None or status_on(theirs, today) is Status.ENDED:
            return ()
        return (_difference(UNKNOWN, "", whom(theirs)),)
    status = _standing(record, today)
    if status in (Status.PLANNED, Status.REMOVED):
        return ()
    if theirs is None:
        return () if status in _OVER else (_difference(GONE, whom(record.entry), ""),)
    if status in _OVER and status_on(theirs, today) is Status.ENDED:
        return ()
    ours = record.entry
    return tuple(
        _difference(n, getattr(ours, n), getattr(theirs, n))
        for n in _COMPARED
        if key(n, getattr(ours, n)) != key(n, getattr(theirs, n))
        and not (n == "hsa_id" and learnt(record, theirs))
    )


def unclear(record: Record | None, theirs: Entry | None, today: date) -> tuple[Difference, ...]:
    """Return what is said instead of ``differences`` where the catalogue's entry can't be told.

    Nothing of such an entry is compared, and nothing of it is taken over.
    """
    if record is None:
        alive = theirs is not None and status_on(theirs, today) is not Status.ENDED
        return (_difference(UNCLEAR, "", whom(theirs)),) if theirs is not None and alive else ()
    status = _standing(record, today)
    if status in (Status.PLANNED, Status.REMOVED) or status in _OVER:
        return ()
    return (_difference(UNCLEAR, whom(record.entry), ""),)


def is_ours(theirs: Entry, units: Collection[str]) -> bool:
    """Tell whether somebody we do not know works in one of our *units* (keys of ids and names).

    A directory holds the persons of other offices too.
    """
    return any(name_key(u) in units for u in (theirs.unit_id, theirs.unit) if u)


def learnt(record: Record, theirs: Entry) -> str:
    """Return the HSA-id that the directory has made and we do not know yet, "" for none.

    The directory alone makes it and we never do (domain fact): to read it back is no difference.
    """
    given = theirs.hsa_id or ""
    if record.entry.hsa_id or record.status not in _LEARNS:
        return ""
    return given if HSA_ID.fullmatch(given) else ""


def twice(theirs: Entry) -> Difference:
    """Return the difference of an HSA-id that the catalogue gives to two persons."""
    return _difference("hsa_id", None, theirs.hsa_id)


def becomes_protected(record: Record | None, theirs: Entry | None) -> bool:
    """Tell whether the catalogue knows that a person of ours is protected, and we do not."""
    return record is not None and theirs is not None and theirs.protected > record.entry.protected


def hidden(record: Record | None, theirs: Entry | None) -> bool:
    """Tell whether either side says that the person is protected."""
    return (record is not None and record.entry.protected) or (
        theirs is not None and theirs.protected
    )


def same(one: Entry, other: Entry) -> bool:
    """Tell whether two entries mean the same."""
    return all(key(n, getattr(one, n)) == key(n, getattr(other, n)) for n in _COMPARED)


def whom(entry: Entry) -> str:
    """Return name and unit."""
    return f"{entry.full_name}, {entry.unit or ''}".rstrip(", ")


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What is being written: persons who are let be tonight, and what plans will make of others."""

    busy: frozenset[PersonId]
    planned: Mapping[PersonId, tuple[Entry, ...]]

    def without(self, person: PersonId, found: Iterable[Difference]) -> tuple[Difference, ...]:
        """Return *found* without what is planned for *person* and already stands there."""
        return tuple(d for d in found if not self._comes(person, d))

    def _comes(self, person: PersonId, one: Difference) -> bool:
        return one.attribute in _COMPARED and any(
            key(one.attribute, getattr(after, one.attribute)) == key(one.attribute, one.theirs)
            for after in self.planned.get(person, ())
        )


def under_way(cases: Iterable[Case], writing: Iterable[PersonId]) -> UnderWay:
    """Return what the live *cases*, and the persons whose write waits to go, say is coming.

    A plan that waits for its day lets the person be compared: only what it will bring is left out.
    """
    busy, planned = set(writing), dict[PersonId, tuple[Entry, ...]]()
    for case in cases:
        person = case.person
        if person is None or case.kind in (Kind.DRIFT, Kind.DRIFT_HALT):
            continue
        if case.kind is Kind.BY_HAND or (case.stage is Stage.APPROVED and case.not_before is None):
            busy.add(person)
        elif case.plan is not None:
            planned[person] = (*planned.get(person, ()), case.plan.after)
    return UnderWay(frozenset(busy), planned)


def key(name: str, value: object) -> str:
    """Return *value* of an attribute as it is compared."""
    if value is None or value is False:
        return ""
    text = " ".join(str(value).split())
    if name == "mail":
        return address_key(text)
    return text.translate(_LOOSE) if name == "phone" else text


def _standing(record: Record, today: date) -> Status:
    """Return a record's status on the day, also before the day's round has come to it."""
    if record.status is Status.ACTIVE and status_on(record.entry, today) is Status.ENDED:
        return Status.ENDED
    return record.status


def _difference(name: str, ours: object, theirs: object) -> Difference:
    pair = f"{name}|{key(name, ours)}|{key(name, theirs)}"
    mark = hashlib.sha256(pair.encode()).hexdigest()
    return Difference(name, _words(name, ours), _words(name, theirs), mark)


def _words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    text = "" if value is None else " ".join(str(value).split())
    return spaced_phone(text) if name == "phone" else text
