"""A write that a clerk has withdrawn meanwhile is not made by a program that saw it before."""

from dataclasses import replace

from bot.app.handing_over import begun, conflicted
from bot.domain.effects import WriteRecord
from bot.domain.events import WriteConflicted, WriteRefused
from bot.domain.records import Action, Change
from bot.domain.values import CaseId
from bot.ports.errors import ConflictError
from bot.ports.rows import RowState
from tests.builders import an_entry
from tests.desk import at
from tests.e2e.office import Office
from tests.fakes.catalogue import FakeCatalogue

DAY = "2026-11-20"


def test_a_write_is_begun_once_and_never_when_it_was_withdrawn(tmp_path):
    office = Office(tmp_path / "ek")
    effect = WriteRecord(Change(Action.ADD, None, an_entry()), "")
    with at(office, DAY) as services:
        now = services.clock()
        with services.store.begin() as work:
            number = work.outbox.put(effect, "k/1", case=None, now=now, due=now)
            row = work.outbox.get(number)
        assert begun(services, row)
        assert not begun(services, row)
        with services.store.begin() as work:
            work.outbox.save(replace(row, state=RowState.WITHDRAWN))
        assert not begun(services, row)


def test_a_conflict_with_an_entry_that_cannot_be_told_is_staffs_and_holds_up_nobody(tmp_path):
    catalogue, entry = FakeCatalogue(), an_entry()
    effect = WriteRecord(Change(Action.ADD, None, entry), "")
    with at(Office(tmp_path / "ek"), DAY, catalogue=catalogue) as services:
        seen = conflicted(services, CaseId(1), effect, ConflictError("ändrad"))
        assert seen == WriteConflicted(CaseId(1), "ändrad")
        catalogue.unclear.add(entry.person_id)
        seen = conflicted(services, CaseId(1), effect, ConflictError("ändrad"))
        assert seen == WriteRefused(CaseId(1), "två poster")
