"""A write to the catalogue is withdrawn, or turned back by another; cards go back as they were."""

from dataclasses import replace
from datetime import date

import pytest

from bot.app import desk_book, undoing
from bot.domain.card_events import CardBlocked, CardHandedOut
from bot.domain.cards import Blank, IdKind
from bot.domain.cards import Status as CardStatus
from bot.domain.cases import Kind, Stage
from bot.domain.events import StaffDone
from bot.domain.orders import OrderAction
from bot.domain.staff_acts import Via
from bot.domain.values import CardId
from bot.ports.rows import RowState
from tests.builders import ANNA, an_order, person
from tests.card_builders import NUMBER, a_card, a_loan
from tests.desk import at, bring, turn
from tests.e2e.office import Office
from tests.laws.databases import new_case

DAY = "2026-11-20"
ROW = f"{ANNA},Anna,,Öberg,Undersköterska,,anna.oberg@jarfalla.example,,2026-01-01,2027-01-01,,"


@pytest.fixture
def office(tmp_path):
    """Return an office whose catalogue holds Anna Öberg."""
    office = Office(tmp_path / "ek")
    code, _, err = bring(office, ROW, now=DAY)
    assert code == 0, err
    return office


@pytest.fixture
def prepared(office):
    """Return a change of her surname that a clerk may approve."""
    with at(office, DAY) as services, services.store.begin() as work:
        record = work.records.get(person(ANNA))
        case = new_case()
        return work.cases.save(
            replace(
                case, kind=Kind.CHANGE, stage=Stage.STAFF, approvable=True, person=person(ANNA),
                record=record.id, closed=None,
                order=an_order(action=OrderAction.CHANGE, surname="Åberg"),
                origin=replace(case.origin, mail=None, answerable=True),
            )
        )  # fmt: skip


def approve(office, case):
    with at(office, DAY) as services, services.store.begin() as work:
        event = StaffDone(case.id, "eva")
        return desk_book.acting(services, work, event, by="eva", via=Via.TERMINAL)


def undo(office, act):
    with at(office, DAY) as services, services.store.begin() as work:
        return undoing.undo(services, work, ids=(act.id,), by="olle", via=Via.TERMINAL)


def state(office, case):
    with at(office, DAY) as services:
        kept = services.catalogue.find(person(ANNA)).entry.surname
    with at(office, DAY) as services, services.store.begin() as work:
        record = work.records.get(person(ANNA))
        return kept, record.entry.surname, work.cases.get(case.id)


def kinds(office, wanted):
    with at(office, DAY) as services, services.store.begin() as work:
        return [r.effect.letter.kind for r in work.outbox.list() if r.state is wanted]


def test_a_write_that_waits_is_never_made(office, prepared):
    act = approve(office, prepared)
    assert undo(office, act).refused == ()
    turn(office, DAY)
    kept, record, case = state(office, prepared)
    assert (kept, record) == ("Öberg", "Öberg")
    assert replace(case, version=0) == replace(prepared, version=0)


def test_a_write_that_was_made_is_turned_back_and_its_receipt_corrected(office, prepared):
    act = approve(office, prepared)
    turn(office, DAY)
    assert state(office, prepared)[:2] == ("Åberg", "Åberg")
    assert kinds(office, RowState.SENT).count("applied") == 1
    assert undo(office, act).refused == ()
    turn(office, DAY)
    kept, record, case = state(office, prepared)
    assert (kept, record) == ("Öberg", "Öberg")
    assert replace(case, version=0) == replace(prepared, version=0)
    assert kinds(office, RowState.SENT).count("undone") == 1


def handed_out(office):
    with at(office, DAY) as services, services.store.begin() as work:
        new = {"id": CardId(0), "version": 0, "case": None}
        card = a_loan(
            status=CardStatus.APPROVED, number="", handed_out=None, due=None, mark="", **new
        )
        saved = work.cards.save(replace(card, holder=replace(card.holder, record=None)))
        work.blanks.add([Blank(NUMBER, date(2026, 1, 1))])
    with at(office, DAY) as services, services.store.begin() as work:
        event = CardHandedOut(saved.id, NUMBER, IdKind.PASSPORT, "eva", date(2026, 11, 20))
        return saved, desk_book.acting(services, work, event, by="eva", via=Via.TERMINAL)


def test_a_card_that_was_not_handed_out_lies_in_the_drawer_again(office):
    card, act = handed_out(office)
    assert undo(office, act).refused == ()
    with at(office, DAY) as services, services.store.begin() as work:
        assert replace(work.cards.get(card.id), version=0) == replace(card, version=0)
        assert work.blanks.word(NUMBER) == "in_stock"


def test_a_loan_with_a_signed_receipt_is_taken_back_at_the_counter_instead(office):
    card, act = handed_out(office)
    with at(office, DAY) as services, services.store.begin() as work:
        work.cards.save(replace(work.cards.get(card.id), receipt=date(2026, 11, 20)))
    assert "kvittensen är undertecknad" in undo(office, act).refused[0]


def test_a_blocked_card_stays_blocked(office):
    with at(office, DAY) as services, services.store.begin() as work:
        card = a_card(id=CardId(0), version=0, case=None, status=CardStatus.LOST)
        saved = work.cards.save(replace(card, holder=replace(card.holder, record=None)))
        event = CardBlocked(saved.id, "eva", date(2026, 11, 20))
        act = desk_book.acting(services, work, event, by="eva", via=Via.TERMINAL)
    assert "kan inte öppnas igen" in undo(office, act).refused[0]
