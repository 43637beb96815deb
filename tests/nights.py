"""An office whose catalogue is a fake that others write to as well, night by night. No test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.adapters.store.store import SqlStore
from bot.app.desk_book import acting
from bot.app.services import Services
from bot.app.turn import Report, Turn
from bot.domain.cases import Case, Kind
from bot.domain.drift import Drift
from bot.domain.records import Record
from bot.domain.staff_acts import Via
from bot.domain.values import PersonId
from bot.ports.catalogue import Found
from bot.ports.store import Work
from tests.desk import at, bring
from tests.e2e.office import Office
from tests.fakes.catalogue import FakeCatalogue
from tests.filled import numbers

CLERK = "eva.ek@jarfalla.example"


class Nights:
    """An office whose catalogue is a fake; each night is one turn at 03:00."""

    def __init__(self, here: Path, people: int = 3) -> None:
        self.office, self.catalogue = Office(here), FakeCatalogue()
        rows = (
            f"{n},Åsa{i},,Sköld{i},USK,V102,a{i}@jarfalla.example,0701740635,2026-01-01,2027-01-01,,nej"
            for i, n in enumerate(numbers()[:people])
        )
        assert bring(self.office, *rows, now="2026-11-02")[0] == 0
        for record in self.records():
            self.catalogue.held[record.entry.person_id] = Found(
                record.entry, record.catalogue_version
            )

    @contextmanager
    def open(self, now: str) -> Iterator[Services]:
        with at(self.office, now, catalogue=self.catalogue) as services:
            yield services

    def night(self, day: str, hour: str = "03:00:00") -> Report:
        with self.open(f"{day}T{hour}+01:00") as services:
            return Turn(services).run()

    def records(self) -> tuple[Record, ...]:
        with self.look() as work:
            return work.records.list()

    def cases(self, kind: Kind = Kind.DRIFT, *, live: bool = True) -> list[Case]:
        with self.look() as work:
            return [c for c in work.cases.list(open_only=live) if c.kind is kind]

    def rows(self) -> tuple[Drift, ...]:
        with self.look() as work:
            return work.drifts.open()

    @contextmanager
    def look(self) -> Iterator[Work]:
        store = SqlStore.open(f"sqlite:///{self.office.here / 'var' / 'ekbot.db'}")
        with store.begin() as work:
            yield work
        store.close()

    def other_hand(self, place: int = 0, **values: Any) -> PersonId:
        person = self.records()[place].entry.person_id
        self.catalogue.other_hand(replace(self.catalogue.held[person].entry, **values))
        return person

    def says(self, day: str, event: Any) -> None:
        with self.open(f"{day}T10:00:00+01:00") as services, services.store.begin() as work:
            acting(services, work, event, by=CLERK, via=Via.TERMINAL)
