"""The office's cards brought in: again is nothing, a hole is work, the chase goes on from today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.adapters import card_register
from bot.app import bringing_cards, card_facts
from bot.domain.records import Status as RecordStatus
from tests.card_lists import (
    DAY,
    HEAD,
    N,
    brought,
    lent,
    office_with_people,
    person,
    record,
    refused,
)
from tests.desk import at, bring, ekbot, letters, moment, rows, turn
from tests.e2e.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_with_people(Office(tmp_path))


def test_a_loan_comes_in_whole_and_is_chased_from_its_next_rung(office):
    brought(office, lent(1))
    (card,) = rows(office, "cards")
    wanted = {
        "kind": "reserve", "number": N.format(1), "person_id": person(1), "status": "handed_out",
        "loa": 3, "reasons": ["lost_card"], "handed_out": "2026-11-02", "due": "2027-02-02",
        "next_on": "2027-01-19",
    }  # fmt: skip
    assert {k: card[k] for k in wanted} == wanted
    assert rows(office, "cases") == []


def test_the_office_knows_its_cards_once_they_are_in_and_its_drawer_once_blanks_are(office):
    def known() -> tuple[bool, bool]:
        with at(office, DAY) as services, services.store.begin() as work:
            return card_facts.stock_complete(work), work.runs.begun("stock", "any")

    assert known() == (False, False)
    brought(office, f"reserve,{N.format(50)},,lager,,,,")
    assert known() == (False, True)  # a list of the drawer says nothing of the cards
    brought(office, lent(1))
    assert known() == (True, True)


def test_the_same_file_again_changes_nothing_however_the_cards_have_moved(office):
    lines = (
        lent(1, due=""), lent(2, "", ""), f"ordinary,,{person(3)},ordered,,,,",
        f"reserve,{N.format(50)},,lager,,,,",
    )  # fmt: skip
    brought(office, *lines)
    first = rows(office, "cards"), rows(office, "cases"), rows(office, "blanks")
    assert "0 kort och 0 blanka kort" in brought(office, *lines)
    assert (rows(office, "cards"), rows(office, "cases"), rows(office, "blanks")) == first
    for words in (
        ("card", "returned", "--number", N.format(1)),
        ("card", "deregistered", "--number", N.format(1)),
        ("card", "handout", "--person", person(4), "--number", N.format(50), "--id-kind", "pass"),
    ):
        code, _, err = ekbot(office, *words, "--now", DAY)
        assert code == 0, err
    moved = rows(office, "cards"), rows(office, "cases"), rows(office, "blanks")
    assert "0 kort och 0 blanka kort" in brought(office, *lines)
    assert (rows(office, "cards"), rows(office, "cases"), rows(office, "blanks")) == moved


def test_a_changed_row_changes_a_card_that_has_not_moved_and_fills_its_hole(office):
    brought(office, lent(1, "", ""))
    (case,) = rows(office, "cases")
    assert (case["kind"], case["status"], case["card"]) == ("card_check", "open", "C-1")
    assert case["why"].startswith("Uppgift saknas: ")
    brought(office, lent(1))
    (card,) = rows(office, "cards")
    assert (card["id"], card["due"], card["next_on"]) == ("C-1", "2027-02-02", "2027-01-19")
    assert [c["status"] for c in rows(office, "cases")] == ["done"]


def test_a_changed_row_of_a_card_that_has_moved_is_named_and_refused(office):
    brought(office, lent(1), lent(2))
    ekbot(office, "card", "returned", "--number", N.format(1), "--now", DAY)
    told = refused(office, lent(2, due="2027-01-29"), lent(1, due="2027-01-29"), lent(3))
    assert "rad 3, number: kortet (C-1) har ändrats här" in told
    assert "rad 2" not in told


def test_a_row_that_says_what_we_know_already_is_no_conflict(office):
    brought(office, lent(1))
    ekbot(office, "card", "returned", "--number", N.format(1), "--now", DAY)
    line = f"reserve,{N.format(1)},{person(1)},återlämnat,,,2026-11-02,"
    assert "1 oförändrat" in brought(office, line)


@pytest.mark.parametrize(
    ("handed", "due"),
    [
        ("2026-11-02", "2027-02-02"),
        ("2026-08-31", "2026-11-30"),  # clipped to the month's end
        ("2026-09-26", "2026-12-23"),  # Saturday the 26th is Boxing Day: back to the 23rd
    ],
)
def test_a_missing_due_date_is_three_calendar_months_moved_back_to_a_working_day(
    office, handed, due
):
    brought(office, lent(1, handed, ""))
    assert rows(office, "cards")[0]["due"] == due
    assert rows(office, "cases") == []


@pytest.mark.parametrize(
    ("until", "loan", "due"),
    [
        ("2026-12-12", lent(1, due=""), "2026-12-11"),  # a Saturday
        ("2026-12-12", lent(1), "2026-12-11"),
        ("2026-10-31", lent(1, "2026-09-01", ""), "2026-10-30"),
    ],
)
def test_the_end_of_the_employment_caps_the_loan(office, until, loan, due):
    bring(office, record(1, until=until), now=DAY)
    brought(office, loan)
    assert rows(office, "cards")[0]["due"] == due


def test_a_loan_that_is_overdue_sends_its_highest_rung_once_and_none_before_it(office):
    brought(office, lent(1, "2026-08-03", "2026-11-02"), lent(2, "2026-08-20", "2026-11-20"))
    assert [(c["status"], c["next_on"]) for c in rows(office, "cards")] == [("overdue", DAY)] * 2
    assert letters(office, DAY, "escalation") == []
    turn(office, DAY)
    first, second = rows(office, "cards")
    assert [r["rung"] for r in first["rungs"]] == ["+10"]
    assert [r["rung"] for r in second["rungs"]] == ["+1"]
    assert [c["kind"] for c in rows(office, "cases")] == ["block"]
    for n in range(1, 4):
        turn(office, f"{date(2026, 11, 23) + timedelta(days=n)}")
    assert [r["rung"] for r in rows(office, "cards")[0]["rungs"]] == ["+10"]
    assert len(letters(office, "2026-11-26", "escalation")) == 1
    assert len(letters(office, "2026-11-26", "reserve_reminder")) == 1


def test_a_list_brought_in_on_a_holiday_chases_on_the_next_working_day(office):
    brought(office, lent(1, "2026-08-03", "2026-11-02"), now="2026-11-28")
    turn(office, "2026-11-29")
    assert rows(office, "cards")[0]["rungs"] == []
    turn(office, "2026-11-30")
    assert [r["rung"] for r in rows(office, "cards")[0]["rungs"]] == ["+10"]


def test_nobody_is_guessed_and_nothing_of_the_file_comes_in(office):
    told = refused(office, lent(1), lent(9), f"reserve,{N.format(50)},,lager,,,,")
    assert "rad 3, person_id: personen finns inte i registret" in told
    assert person(9) not in told
    head = "kind,number,status,due,name,unit_id"
    assert "rad 2, unit_id" in refused(office, "reserve,1234,ute,,Jan Novák,V999", head=head)


def test_a_second_reserve_card_is_refused_also_when_the_first_is_ours(office):
    brought(office, lent(1))
    assert "ett i taget" in refused(office, lent(1, at=2))
    brought(office, lent(1, at=2), lent(1).replace("handed_out,", "returned,", 1))
    assert [c["status"] for c in rows(office, "cards")] == ["returned", "handed_out"]


def test_a_number_that_somebody_elses_card_bears_is_refused(office):
    brought(office, lent(1))
    assert "rad 2, number: finns redan på ett annat kort (C-1)" in refused(office, lent(2, at=1))
    stock = f"reserve,{N.format(1)},,lager,,,,"
    assert "inget blankt kort" in refused(office, stock)


def test_blanks_lie_in_the_drawer_in_order_and_get_their_days_later(office):
    head = "kind,number,status,received,expires"
    brought(
        office, f"reserve,{N.format(2)},lager,2026-10-01,", f"reserve,{N.format(1)},lager,2026-09-01,",
        head=head,
    )  # fmt: skip
    assert [b["number"] for b in rows(office, "blanks")] == [N.format(1), N.format(2)]
    brought(office, f"reserve,{N.format(2)},lager,,2028-01-01", head=head)
    assert [(b["received"], b["expires"]) for b in rows(office, "blanks")] == [
        ("2026-10-01", "2028-01-01"), ("2026-09-01", None),
    ]  # fmt: skip


def test_a_blank_that_the_list_now_says_is_lent_leaves_the_drawer(office):
    brought(office, f"reserve,{N.format(1)},,lager,,,,")
    brought(office, lent(1))
    assert rows(office, "blanks") == []


def test_somebody_without_a_swedish_number_is_chased_by_the_units_manager(office):
    head = "kind,number,status,handed_out,name,mail,unit_id"
    line = "reserve,123456,utlämnat,2026-10-01,Jan Novák,jan@jarfalla.example,V102"
    brought(office, line, head=head)
    with at(office, DAY) as services, services.store.begin() as work:
        (card,) = work.cards.list()
    assert (card.holder.name, card.holder.manager_mail) == (
        "Jan Novák", "goran.noren@jarfalla.example",
    )  # fmt: skip
    assert card.due == date(2026, 12, 30)  # New Year's Day is closed, and so is the eve
    assert "1 oförändrat" in brought(office, line, head=head)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("ordinary,{n},{p},lost,,,,", ["loss"]),
        ("reserve,{n},{p},returned,,,,", ["deregister"]),
        ("reserve,{n},{p},deregistered,,,,", []),
        ("ordinary,{n},{p},activated,,,,", []),
        ("ordinary,,{p},needed,,,,", ["card_order"]),
        ("ordinary,,{p},informed,,,,", []),
        ("reserve,,{p},requested,,,,", ["reserve_order"]),
        ("reserve,,{p},approved,,,,", ["reserve_order"]),
        ("reserve,,{p},overdue,,,2026-07-01,2026-10-01", ["card_check"]),
        ("reserve,{n},{p},handed_out,,,2026-11-02,2027-06-01", ["card_check"]),
    ],
)
def test_no_card_is_forgotten_whatever_its_life_has_come_to(office, line, kinds):
    brought(office, line.format(n=N.format(1), p=person(1)))
    assert [(c["kind"], c["status"]) for c in rows(office, "cases")] == [(k, "open") for k in kinds]
    assert len(rows(office, "cards")) == 1


def test_an_order_from_the_list_is_carried_on_by_the_usual_verbs(office):
    brought(office, f"reserve,,{person(1)},godkänt,,lost_card,,")
    code, _, err = ekbot(
        office, "card", "handout", "--person", person(1), "--number", N.format(1), "--id-kind",
        "pass", "--now", DAY,
    )  # fmt: skip
    assert code == 0, err
    assert [c["kind"] for c in rows(office, "cases") if c["status"] != "done"] == []
    assert [c["status"] for c in rows(office, "cards")] == ["handed_out"]


def test_the_card_of_somebody_who_has_ended_is_wanted_back(office):
    brought(office, f"ordinary,{N.format(1)},{person(1)},aktiverat,,,,")
    bring(office, record(2, until="2026-10-30"), now=DAY)
    used, asked = (
        f"ordinary,{N.format(2)},{person(2)},aktiverat,,,,",
        f"ordinary,,{person(2)},needed,,,,",
    )
    brought(office, used, lent(2, "", "", at=3), asked)
    found = {c["number"]: (c["status"], c["due"]) for c in rows(office, "cards")}
    assert found == {
        N.format(1): ("activated", None),
        N.format(2): ("to_return", DAY),
        N.format(3): ("due", DAY),
        None: ("cancelled", None),
    }


def test_a_record_that_was_closed_without_its_card_is_open_until_the_card_is_back(office):
    bring(office, record(2, until="2026-10-30"), now=DAY)
    with at(office, DAY) as services, services.store.begin() as work:
        found = next(r for r in work.records.list() if r.entry.surname == "Sköld2")
        work.records.save(replace(found, status=RecordStatus.CLOSED, cards_back=True))
    card = f"ordinary,{N.format(2)},{person(2)},aktiverat,,,,"
    brought(office, card, lent(2, at=3))
    assert {p["surname"]: p["status"] for p in rows(office, "persons")}["Sköld2"] == "ended"
    for number in (2, 3):
        for verb in ("returned", "deregistered"):
            ekbot(office, "card", verb, "--number", N.format(number), "--now", DAY)
    assert {p["surname"]: p["status"] for p in rows(office, "persons")}["Sköld2"] == "closed"


def test_a_protected_person_is_shown_nowhere_of_the_import(office):
    bring(office, record(4, flag="ja"), now=DAY)
    out = brought(office, lent(4, "", ""))
    shown = out + str(rows(office, "cases")) + str(rows(office, "cards"))
    assert "Sköld4" not in shown
    assert person(4) not in shown


def test_what_was_brought_in_stands_in_the_log_without_anybodys_number(office):
    brought(office, lent(1), f"reserve,{N.format(50)},,lager,,,,")
    with at(office, DAY) as services, services.store.begin() as work:
        card, blank = work.audit.of("C-1"), work.audit.of(N.format(50))
    assert [line.action for line in card] == ["card_saved", "card_imported"]
    assert [line.action for line in blank] == ["blank_imported"]
    assert person(1)[2:] not in "".join(line.detail for line in (*card, *blank))


def test_nothing_is_written_when_the_memory_has_moved_after_the_preview(office):
    found, _ = card_register.cards("\n".join((HEAD, lent(1, at=2))).encode(), moment(DAY).date())
    with at(office, DAY) as services:
        assert bringing_cards.cards(services, found).faults == ()
    brought(office, lent(1))
    with at(office, DAY) as services, pytest.raises(bringing_cards.RowsRefusedError):
        bringing_cards.take_cards(services, found, "eva")
    assert [c["number"] for c in rows(office, "cards")] == [N.format(1)]
