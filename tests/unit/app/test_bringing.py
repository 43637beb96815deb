"""Registers brought in: again is nothing, a crash in the middle doubles nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters import registers
from bot.app import bringing
from bot.ports.errors import ConflictError, TransientError
from tests.desk import HEAD, at, bring, moment, rows, turn
from tests.e2e.office import Office
from tests.fakes.catalogue import FakeCatalogue
from tests.filled import numbers

DAY = "2026-11-20"


def _row(n: int, title: str = "USK") -> str:
    return f"{numbers()[n]},Åsa,,Sköld,{title},V102,,,2026-01-01,2027-01-01,,nej"


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    bring(office, _row(1), _row(2))
    before = rows(office, "persons")
    code, out, _ = bring(office, _row(1), _row(2))
    assert (code, "2 oförändrad" in out, "0 personer inlästa" in out) == (0, True, True)
    assert rows(office, "persons") == before


def test_a_changed_row_changes_its_person_only(tmp_path: Path) -> None:
    office = Office(tmp_path)
    bring(office, _row(1), _row(2))
    assert bring(office, _row(1), _row(2, "Sjuksköterska"))[0] == 0
    assert sorted(p["title"] for p in rows(office, "persons")) == ["Sjuksköterska", "USK"]


class _Tired(FakeCatalogue):
    """Answers so many writes, then no more."""

    room = 1

    def write(self, change, expected, key):
        if self.room == 0:
            raise TransientError("katalogen svarar inte")
        self.room -= 1
        return super().write(change, expected, key)


def _take(office: Office, catalogue: FakeCatalogue) -> None:
    from_file = _entries()
    with at(office, DAY, catalogue=catalogue) as services:
        arrivals = bringing.persons(services, from_file)
        bringing.take_persons(services, arrivals, "eva")


def _entries():
    content = "\n".join((HEAD, _row(1), _row(2))).encode()
    entries, faults = registers.persons(content, moment(DAY).date())
    assert faults == ()
    return entries


def test_an_import_cut_off_is_run_again_and_doubles_nobody(tmp_path: Path) -> None:
    office, catalogue = Office(tmp_path), _Tired()
    turn(office, DAY)
    with pytest.raises(TransientError):
        _take(office, catalogue)
    assert rows(office, "persons") == []
    catalogue.room = 10
    _take(office, catalogue)
    assert len(rows(office, "persons")) == 2
    assert len(catalogue.written) == 2


def test_a_catalogue_that_says_otherwise_registers_nobody(tmp_path: Path) -> None:
    office = Office(tmp_path)
    turn(office, DAY)

    class Otherwise(FakeCatalogue):
        def write(self, change, expected, key):
            raise ConflictError("changed by another hand")

    with pytest.raises(ConflictError):
        _take(office, Otherwise())
    assert rows(office, "persons") == []
