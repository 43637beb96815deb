"""A write that a clerk has withdrawn meanwhile is not made by a program that saw it before."""

from dataclasses import replace

from bot.app.handing_over import begun
from bot.domain.effects import WriteRecord
from bot.domain.records import Action, Change
from bot.ports.rows import RowState
from tests.builders import an_entry
from tests.desk import at
from tests.e2e.office import Office

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
