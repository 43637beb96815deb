"""The laws of differences in the memory: one open of each, whole, found again by what is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.drift import Drift
from bot.domain.effects import WriteRecord
from bot.domain.records import Action, Change, Status
from bot.domain.values import RecordId
from bot.ports.errors import ConflictError
from bot.ports.rows import RowState
from tests.builders import BO, CILLA, NOW, a_record, an_entry, person
from tests.laws.databases import new_case

ONE = Drift(person(), "phone", "a" * 64, "08-1", "08-2", NOW, NOW)


def test_a_difference_comes_back_whole_until_it_ends(store):
    with store.begin() as work:
        case = work.cases.save(new_case())
        saved = work.drifts.save(replace(ONE, case=case.id))
        assert work.drifts.open() == (saved,)
        later = work.drifts.save(replace(saved, seen=NOW + timedelta(days=1)))
    with store.begin() as work:
        assert work.drifts.open() == (later,)
        work.drifts.save(replace(later, closed=NOW))
        assert work.drifts.open() == ()


def test_one_of_each_is_open_at_a_time(store):
    with store.begin() as work:
        first = work.drifts.save(ONE)
        with pytest.raises(ConflictError):
            work.drifts.save(replace(ONE, mark="b" * 64))
        work.drifts.save(replace(first, closed=NOW))
        second = work.drifts.save(replace(ONE, mark="b" * 64))
        work.drifts.save(replace(ONE, attribute="title"))
        work.drifts.save(replace(ONE, person=person(BO)))
        assert second in work.drifts.open()
        assert len(work.drifts.open()) == 3


def test_what_ended_long_ago_goes_and_nothing_that_is_open(store):
    with store.begin() as work:
        work.drifts.save(replace(ONE, closed=NOW - timedelta(days=31)))
        work.drifts.save(replace(ONE, closed=NOW - timedelta(days=29)))
        kept = work.drifts.save(replace(ONE, since=NOW - timedelta(days=400)))
        assert work.drifts.purge(NOW - timedelta(days=30)) == 1
        assert work.drifts.open() == (kept,)
        assert work.drifts.purge(NOW) == 1


def test_records_are_found_by_person_however_many_are_asked_for(store):
    with store.begin() as work:
        anna = work.records.save(a_record(id=RecordId(0), version=0))
        bo = a_record(id=RecordId(0), version=0, person_id=person(BO), status=Status.ENDED)
        bo = work.records.save(bo)
        many = [person(BO), person(CILLA), person()] * 400
        assert work.drifts.held(many) == {person(): anna, person(BO): bo}
        assert work.drifts.held(()) == {}
        assert work.drifts.active() == (person(),)


def test_whose_write_waits_to_go_is_known_until_it_has_gone(store):
    write = WriteRecord(Change(Action.ADD, None, an_entry()), "")
    with store.begin() as work:
        number = work.outbox.put(write, "1", case=None, now=NOW, due=NOW + timedelta(days=1))
        assert work.drifts.writing() == {person()}
        row = work.outbox.get(number)
        work.outbox.save(replace(row, state=RowState.SENDING))
        assert work.drifts.writing() == {person()}
        work.outbox.save(replace(row, state=RowState.SENT, sent=NOW))
        assert work.drifts.writing() == frozenset()
