"""A clerk takes back what was done: everything as before, letters withdrawn or corrected, once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.app import desk_book, undoing
from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.effects import SendLetter
from bot.domain.events import StaffDone, StaffRejected, StaffUndone
from bot.domain.staff_acts import Via
from bot.ports.rows import RowState
from tests.desk import at
from tests.e2e.office import Office
from tests.laws.databases import new_case

FRIDAY = "2026-11-20"


@pytest.fixture
def office(tmp_path):
    """Return an empty office."""
    return Office(tmp_path / "ek")


@pytest.fixture
def a_clerk_case(office):
    """Return the number of a form that a clerk has in hand."""
    with at(office, FRIDAY) as services, services.store.begin() as work:
        case = new_case()
        origin = replace(
            case.origin, mail=None, sender="asa.oberg@jarfalla.example", answerable=True
        )
        return work.cases.save(
            replace(case, kind=Kind.NEW, stage=Stage.STAFF, origin=origin, closed=None)
        )


def reject(office, case, day=FRIDAY):
    with at(office, day) as services, services.store.begin() as work:
        event = StaffRejected(case.id, "eva", "fel enhet")
        return desk_book.acting(services, work, event, by="eva", via=Via.TERMINAL)


def undo(office, day=FRIDAY, **wanted):
    with at(office, day) as services, services.store.begin() as work:
        return undoing.undo(services, work, by="olle", via=Via.TERMINAL, **wanted)


def now_of(office, case):
    with at(office, FRIDAY) as services, services.store.begin() as work:
        return work.cases.get(case.id), work.outbox.of_case(case.id)


def test_an_undone_refusal_gives_the_case_back_and_its_letter_never_goes(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    done = undo(office, ids=(act.id,))
    case, rows = now_of(office, a_clerk_case)
    assert (done.refused, len(done.lines)) == ((), 1)
    assert replace(case, version=0) == replace(a_clerk_case, version=0)
    assert [r.state for r in rows] == [RowState.WITHDRAWN]


def test_to_undo_twice_is_to_undo_once(office, a_clerk_case):
    reject(office, a_clerk_case)
    undo(office, refs=(a_clerk_case.handle,))
    before = now_of(office, a_clerk_case)
    again = undo(office, refs=(a_clerk_case.handle,))
    assert again.lines == (f"{a_clerk_case.handle}: det är redan ångrat.",)
    assert now_of(office, a_clerk_case) == before


def test_an_undoing_is_not_undone(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    undo(office, ids=(act.id,))
    answer = undo(office, ids=(act.id + 1,))
    assert answer.lines == ()
    assert "ångring kan inte ångras" in answer.refused[0]


def test_a_letter_that_has_gone_is_corrected_to_the_same_reader_once(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    with at(office, FRIDAY) as services, services.store.begin() as work:
        (row,) = work.outbox.of_case(a_clerk_case.id)
        sent = replace(
            row, state=RowState.SENT, sent=services.clock(), subject="Blanketten avslogs",
            message_id="<b1@x.example>",
        )  # fmt: skip
        work.outbox.save(sent)
    undo(office, ids=(act.id,))
    undo(office, ids=(act.id,))
    _, rows = now_of(office, a_clerk_case)
    assert [r.state for r in rows] == [RowState.SENT, RowState.QUEUED]
    effect = rows[1].effect
    assert isinstance(effect, SendLetter)
    assert (effect.letter.to, effect.letter.kind) == (("asa.oberg@jarfalla.example",), "undone")
    assert effect.letter.content.letters == ("Blanketten avslogs",)
    assert effect.letter.in_reply_to == "<b1@x.example>"


def test_nothing_is_undone_once_somebody_has_acted_since(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    with at(office, FRIDAY) as services, services.store.begin() as work:
        case = work.cases.get(a_clerk_case.id)
        work.cases.save(replace(case, details=(("Anteckning", "ringde"),)))
        work.audit.add("bo", "case_saved", case.handle, "note", services.clock())
    answer = undo(office, ids=(act.id,))
    assert answer.lines == ()
    assert "har ändrats sedan dess: av bo 2026-11-20" in answer.refused[0]


def test_the_time_to_undo_is_two_working_days(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    late = undo(office, "2026-11-25", ids=(act.id,))
    assert "tiden för att ångra gick ut 2026-11-24" in late.refused[0]


def test_on_the_last_day_it_can_still_be_undone(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    assert undo(office, "2026-11-24", ids=(act.id,)).refused == ()


def test_what_nobody_has_done_can_not_be_undone(office, a_clerk_case):
    assert undo(office, refs=(a_clerk_case.handle,)).refused
    assert undo(office, ids=(99,)).refused
    assert undo(office, mail=99).refused
    event = StaffUndone(None, 99, "eva")
    with (
        at(office, FRIDAY) as services,
        services.store.begin() as work,
        pytest.raises(IllegalStepError),
    ):
        desk_book.acting(services, work, event, by="eva", via=Via.TERMINAL)


def test_a_letter_on_its_way_is_waited_for(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    with at(office, FRIDAY) as services, services.store.begin() as work:
        (row,) = work.outbox.of_case(a_clerk_case.id)
        work.outbox.save(replace(row, state=RowState.SENDING))
    assert "på väg" in undo(office, ids=(act.id,)).refused[0]


def test_old_acts_forget_how_things_stood(office, a_clerk_case):
    act = reject(office, a_clerk_case)
    with at(office, FRIDAY) as services, services.store.begin() as work:
        assert work.acts.purge(datetime(2027, 1, 1, tzinfo=UTC)) == 1
        assert work.acts.get(act.id).trail is None
    assert "gick ut" in undo(office, ids=(act.id,)).refused[0]


def test_a_work_item_marked_done_is_open_again(office, a_clerk_case):
    with at(office, FRIDAY) as services, services.store.begin() as work:
        event = StaffDone(a_clerk_case.id, "eva")
        desk_book.acting(services, work, event, by="eva", via=Via.MAIL)
    undo(office, refs=(a_clerk_case.handle,))
    case, _ = now_of(office, a_clerk_case)
    assert (case.stage, case.closed) == (Stage.STAFF, None)
