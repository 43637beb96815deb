"""Our register and the catalogue, read side by side: who differs. Remembers and tells nothing.

One pass over the catalogue: each page is held against our records at once, and only what differs
is kept, so that memory grows with the differences and the number of persons, not with entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.drift import (
    MOST,
    Difference,
    becomes_protected,
    differences,
    is_ours,
    learnt,
    same,
    twice,
    unclear,
)
from bot.domain.records import Record
from bot.domain.values import PersonId, name_key
from bot.ports.catalogue import Found
from bot.ports.errors import UnclearEntryError
from bot.ports.store import Work

PAGE = 500  # entries between two looks into the register

Watch = Callable[[int], None]


@dataclass(slots=True, repr=False)
class Suspect:
    """Somebody of whom the two say different things."""

    found: Found | None  # the catalogue's entry, None where it did not come
    version: int  # of our record when it was looked at, 0 for none
    differs: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Learns:
    """An HSA-id that the directory has made and we lack."""

    hsa_id: str
    record: int  # the version of our record when it was looked at
    version: str  # the catalogue's, where nothing else differs; "" else


@dataclass(slots=True, repr=False)
class Seen:
    """What one pass over the catalogue has shown."""

    units: frozenset[str] = frozenset()  # ours, by the keys of their ids and names
    entries: int = 0
    differing: int = 0
    suspects: dict[PersonId, Suspect] = field(default_factory=dict)
    learns: dict[PersonId, Learns] = field(default_factory=dict)
    flagged: dict[PersonId, Found] = field(default_factory=dict)  # protected there, not with us
    twice: set[PersonId] = field(default_factory=set)  # whose HSA-id another person has too
    unclear: set[PersonId] = field(default_factory=set)  # of two entries, or one not to be read
    covered: set[PersonId] = field(default_factory=set)  # protected by any entry of theirs

    def of(
        self, person: PersonId, record: Record | None, found: Found | None, day: date
    ) -> tuple[Difference, ...]:
        """Return what differs between *record* and what the catalogue gave, as of *day*."""
        entry = found.entry if found is not None else None
        if record is None and entry is not None and not is_ours(entry, self.units):
            return ()
        if person in self.unclear:
            return unclear(record, entry, day)
        shared = record is not None and entry is not None and person in self.twice
        if shared and record is not None and entry is not None and learnt(record, entry):
            return (*differences(record, entry, day), twice(entry))
        return differences(record, entry, day)

    def look_again(self, services: Services, person: PersonId, found: Found | None) -> Found | None:
        """Return what the catalogue says of *person* now; *found* again where it can't be told.

        Raises:
            TransientError: the catalogue does not answer.
            NeedsOperatorError: the catalogue refuses us.
        """
        try:
            again = services.catalogue.find(person)
        except UnclearEntryError:
            self.unclear.add(person)
            return found
        self.unclear.discard(person)
        return again

    def add(self, person: PersonId, found: Found | None, record: Record | None, day: date) -> None:
        """Keep what differs about *person*, if anything does."""
        differs = self.of(person, record, found, day)
        if not differs:
            return
        self.differing += person not in self.suspects
        if self.differing <= MOST:
            version = record.version if record is not None else 0
            self.suspects[person] = Suspect(found, version, differs)


def read(services: Services, entries: Iterator[Found], watch: Watch) -> Seen:
    """Read both to the end; *watch* is told how many entries have come.

    Raises:
        TransientError: one of them does not answer; nothing is known.
        NeedsOperatorError: the catalogue refuses us.
    """
    with services.store.begin() as work:
        rows = work.managers.list()
    units = frozenset(name_key(u) for row in rows for u in (row.unit_id, row.unit))
    seen, day = Seen(units), today(services.clock())
    people: set[PersonId] = set()
    ids: dict[str, PersonId] = {}
    while page := tuple(islice(entries, PAGE)):
        with services.store.begin() as work:
            records = work.drifts.held(f.entry.person_id for f in page)
        for found in page:
            person = found.entry.person_id
            if found.unclear or person in people:
                seen.unclear.add(person)
            people.add(person)
            _look(seen, found, records.get(person), ids, day)
        seen.entries = len(people)
        watch(seen.entries)
    shared = {person: seen.look_again(services, person, None) for person in seen.twice}
    with services.store.begin() as work:
        for person, record in work.drifts.held(shared).items():
            seen.learns.pop(person, None)
            seen.add(person, shared[person], record, day)
        _missing(work, seen, people, day)
    for person in seen.unclear:
        seen.learns.pop(person, None)
    return seen


def _look(
    seen: Seen, found: Found, record: Record | None, ids: dict[str, PersonId], day: date
) -> None:  # fmt: skip
    person, given = found.entry.person_id, found.entry.hsa_id
    if given and (first := ids.setdefault(given, person)) != person:
        seen.twice |= {first, person}
    if record is not None and (made := learnt(record, found.entry)):
        whole = same(replace(record.entry, hsa_id=made), found.entry)
        seen.learns[person] = Learns(made, record.version, found.version if whole else "")
    if found.entry.protected:
        seen.covered.add(person)
    if becomes_protected(record, found.entry):
        seen.flagged[person] = found
    seen.add(person, found, record, day)


def _missing(work: Work, seen: Seen, people: set[PersonId], day: date) -> None:
    """Keep whoever should be in the catalogue and did not come."""
    missing = (person for person in work.drifts.active() if person not in people)
    while page := tuple(islice(missing, PAGE)):
        for person, record in work.drifts.held(page).items():
            seen.add(person, None, record, day)
