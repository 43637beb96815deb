"""A catalogue in memory that keeps the laws of the real ones. Knows no directory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.records import Action, Change, Entry
from bot.domain.values import PersonId
from bot.ports.catalogue import Found, Written
from bot.ports.check import Check
from bot.ports.errors import ConflictError, PermanentError, PortError, UnclearEntryError


class FakeCatalogue:
    """Entries by person in ``held``; ``broken`` and ``failing`` make calls fail as a directory would."""

    def __init__(self) -> None:
        """Start empty, by the machine's hand; ``by_hand`` makes every write staff's."""
        self.held: dict[PersonId, Found] = {}
        self.broken: PortError | None = None  # raised by every call while it is set
        self.failing: list[PortError] = []  # one for each write to come, before it is done
        self.lost_answers: list[PortError] = []  # the same, after it is done
        self.by_hand = False
        self.breaks_after: tuple[int, PortError] | None = None  # entries that come before an error
        self.shown: int | None = None  # entries that come in all: an answer silently cut short
        self.written: list[tuple[Change, str]] = []  # every write done, with its key
        self._answers: dict[str, Written] = {}
        self.unclear: set[PersonId] = set()  # whose entry cannot be told
        self.second: dict[PersonId, Entry] = {}  # entries beside those in ``held``
        self.closed = 0

    def find(self, person: PersonId) -> Found | None:
        self._connect()
        if person in self.unclear:
            raise UnclearEntryError("två poster", "Be den som sköter katalogen att rätta.")
        return self.held.get(person)

    def entries(self) -> Iterator[Found] | None:
        if self.by_hand:
            return None
        self._connect()
        return self._each()

    def _each(self) -> Iterator[Found]:
        for number, found in enumerate(tuple(self.held.values())):
            if self.breaks_after is not None and number == self.breaks_after[0]:
                raise self.breaks_after[1]
            if self.shown is not None and number == self.shown:
                return
            yield replace(found, unclear=found.entry.person_id in self.unclear)
            if found.entry.person_id in self.second:
                yield Found(self.second[found.entry.person_id], found.version)

    def write(self, change: Change, expected: str, key: str) -> Written:
        self._connect()
        if self.failing:
            raise self.failing.pop(0)
        if key not in self._answers:
            self._answers[key] = self._carry_out(change, expected)
            self.written.append((change, key))
        if self.lost_answers:
            raise self.lost_answers.pop(0)
        return self._answers[key]

    def other_hand(self, entry: Entry) -> None:
        """Change an entry as another program would."""
        found = self.held.get(entry.person_id)
        self._put(entry, found.version if found is not None else "0")

    def check(self) -> tuple[Check, ...]:
        broken = self.broken
        return (Check("Katalog", broken is None, str(broken or "svarar"), str(broken or "")),)

    def close(self) -> None:
        self.closed += 1

    def _carry_out(self, change: Change, expected: str) -> Written:
        if self.by_hand:
            return Written(change.after, "", by_hand=True)
        entry = change.after
        found = self.held.get(entry.person_id)
        seen = found.version if found is not None else ""
        if (found is not None and change.action is Action.ADD) or seen != expected:
            raise ConflictError("posten har ändrats av någon annan", seen)
        if change.before is not None and change.before.person_id != entry.person_id:
            raise PermanentError("katalogen byter inte identitetsnummer på en post")
        if not entry.surname.strip():
            raise PermanentError("efternamn saknas")
        if entry.hsa_id is not None and any(
            f.entry.hsa_id == entry.hsa_id and f.entry.person_id != entry.person_id
            for f in self.held.values()
        ):
            raise PermanentError("HSA-id tillhör en annan person i katalogen")
        return self._put(entry, seen or "0")

    def _put(self, entry: Entry, before: str) -> Written:
        found = Found(entry, str(int(before) + 1))
        self.held[entry.person_id] = found
        return Written(found.entry, found.version)

    def _connect(self) -> None:
        if self.broken is not None:
            raise self.broken
