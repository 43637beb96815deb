"""Whoever has become protected since a letter to staff was written is in no byte of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app.deliver import Delivery
from bot.app.veil import current, names_in
from bot.domain.cases import Kind, Stage
from bot.domain.desk_letters import EchoRow, StaffEcho
from bot.domain.effects import SendLetter
from bot.domain.letters import Digest, Letter, WorkRow
from bot.ports.errors import TransientError
from tests.builders import a_record
from tests.desk import at, moment
from tests.e2e.office import Office
from tests.laws.databases import new_case

NOW = "2026-11-23T09:00:00+01:00"
NOON = moment(NOW)
EVA = "eva.ek@jarfalla.example"


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "ek")


def _case(work, *, protected):
    """Save a person, protected or not, and a case about her from before; return both."""
    record = a_record(id=0, version=0)
    entry = replace(record.entry, given_name="Anna", surname="Skyddsson", protected=protected)
    saved = work.records.save(replace(record, entry=entry))
    case = replace(
        new_case(), kind=Kind.NEW, stage=Stage.STAFF, title="Ny: Anna Skyddsson",
        person=entry.person_id, protected=False, origin=replace(new_case().origin, mail=None),
    )  # fmt: skip
    return saved, work.cases.save(case)


def seen(work, letter):
    """Return a letter that waits, as it may go now."""
    number = work.outbox.put(SendLetter(letter), "x", case=None, now=NOON, due=NOON)
    return current(work, work.outbox.get(number), letter)


def _digest(*rows):
    day = a_record().entry.valid_from
    return Digest(day, (), rows, (), (), 0, 0, 0, 0, ())


def test_a_digest_loses_the_row_and_counts_it(office):
    with at(office, NOW) as services, services.store.begin() as work:
        record, case = _case(work, protected=True)
        rows = (WorkRow(case.handle, case.title, "x", 0), WorkRow("K-99", "Annan", "y", 0))
        ending = (WorkRow(f"P-{record.id}", "Anna Skyddsson", "z", 0),)
        page = seen(work, Letter((EVA,), replace(_digest(*rows), ending=ending))).content
    assert [r.handle for r in page.open] == ["K-99"]
    assert (page.ending, page.protected) == ((), 1)


def test_a_receipt_says_nothing_of_her_and_masks_the_clerks_own_words(office):
    with at(office, NOW) as services, services.store.begin() as work:
        _, case = _case(work, protected=True)
        echo = StaffEcho(
            1, (EchoRow(case.handle, case.title, "Klart."),),
            (EchoRow("K-99", "Annan", "Ring Skyddssons chef"),), unread=("anna skyddsson kanske",),
        )  # fmt: skip
        told = seen(work, Letter((EVA,), echo)).content
    assert "kydds" not in repr(told)
    assert told.done[0].handle == case.handle
    assert told.unread == ("[skyddad] kanske",)


def test_where_nobody_is_protected_and_in_other_letters_nothing_is_changed(office):
    with at(office, NOW) as services, services.store.begin() as work:
        _, case = _case(work, protected=False)
        letter = Letter((EVA,), _digest(WorkRow(case.handle, case.title, "x", 0)))
        assert seen(work, letter) is letter


def test_a_short_surname_is_not_looked_for_in_free_text():
    record = a_record()
    short = replace(record, entry=replace(record.entry, given_name="Bo", surname="Ek"))
    assert names_in([short]).sub("", "Beslut om ekbot och Bo Ek") == "Beslut om ekbot och Bo Ek"


class Away:
    """A mail server that does not answer, then keeps what it gets."""

    def __init__(self):
        self.answers, self.sent = False, []

    def send(self, parcel):
        if not self.answers:
            raise TransientError("away")
        self.sent.append(parcel)
        return ()


def test_bytes_that_were_made_before_are_made_anew_under_their_name(office):
    out = Away()
    with at(office, NOW, outgoing=out) as services:
        with services.store.begin() as work:
            record, case = _case(work, protected=False)
            letter = Letter((EVA,), _digest(WorkRow(case.handle, case.title, "x", 0)))
            number = work.outbox.put(SendLetter(letter), "d", case=None, now=services.clock(),
                                     due=services.clock())  # fmt: skip
        Delivery(services).run()
        with services.store.begin() as work:
            row = work.outbox.get(number)
            assert b"Skyddsson" in work.outbox.raw(number)
            hidden = replace(record, entry=replace(record.entry, protected=True))
            work.records.save(hidden)
            work.outbox.save(replace(row, due=services.clock()))
        out.answers = True
        Delivery(services).run()
    (parcel,) = out.sent
    assert b"kyddsson" not in parcel.raw
    assert row.message_id.encode() in parcel.raw
