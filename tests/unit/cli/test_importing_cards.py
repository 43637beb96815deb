"""Cards from the terminal: shown first, all or nothing, the drawer in lists and on the case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import bring, ekbot, rows, turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform, numbers
from tests.posting import a_mail

DAY, LATER = "2026-11-23", "2026-11-24"
HEAD = "kind;number;person_id;status;loa;reasons;handed_out;due"
LOAN = f"Reservkort;9752269875000000101;{numbers()[1]};utlämnat;3;Nyanställd;2/11 2026;"
BLANK = "Reservkort;9752269875000000202;;lager;;;;"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    row = f"{numbers()[1]},Åsa,,Sköld,USK,V102,asa@jarfalla.example,,2026-01-01,2027-11-01,,nej"
    assert bring(office, row)[0] == 0
    return office


def take(office: Office, *lines: str, yes: bool = True) -> tuple[int, str, str]:
    path = office.here / "kort.csv"
    path.write_bytes("\r\n".join((HEAD, *lines, "")).encode("cp1252"))
    return ekbot(office, "import", "cards", str(path), *(["--yes"] if yes else []), "--now", DAY)


def test_the_cards_are_shown_first_and_nothing_is_changed_without_a_yes(office):
    code, out, _ = take(office, LOAN, BLANK, yes=False)
    assert code == 0
    assert "1 nytt, 1 nytt i lagret" in out
    assert "Åsa Sköld" in out
    assert "2027-02-02" in out
    assert numbers()[1] not in out
    assert "Inget ändrat. Läs in med --yes." in out
    assert rows(office, "cards") == rows(office, "blanks") == []


def test_the_cards_come_in_with_a_yes_and_what_must_be_seen_to_is_told(office):
    code, out, _ = take(office, LOAN.replace("2/11 2026", ""), BLANK)
    assert code == 0
    assert "Uppgift saknas" in out
    assert "1 kort och 1 blanka kort inlästa." in out
    assert "1 kort behöver ses till" in out


def test_every_bad_row_is_named_and_nothing_comes_in(office):
    code, out, err = take(
        office, LOAN, "Reservkort;9,75227E+18;;lager;;;;", LOAN.replace(numbers()[1], numbers()[2])
    )
    assert (code, out) == (2, "")
    assert "Inget lästes in. 2 fel:" in err
    assert "rad 3, number" in err
    assert "rad 4, number: står redan på rad 2" in err
    assert rows(office, "cards") == []


def test_a_row_of_somebody_unknown_is_refused_by_its_place_only(office):
    code, _, err = take(office, LOAN.replace(numbers()[1], numbers()[2]))
    assert (code, "rad 2, person_id" in err) == (2, True)
    assert numbers()[2] not in err


def test_the_drawer_is_listed(office):
    take(office, BLANK)
    assert rows(office, "blanks") == [
        {"number": "9752269875000000202", "received": DAY, "expires": None}
    ]
    code, out, _ = ekbot(office, "list", "blanks")
    assert (code, "9752 2698 7500 0000 202" in out, "Kortnummer" in out) == (0, True, True)


def test_the_order_of_a_reserve_card_shows_which_to_take_out_of_the_drawer(office):
    take(office, BLANK)
    order = an_order(2, reserve_order=True, reserve_reasons=("new_employee",), card_order=False)
    office.deliver("o", a_mail("o", ("b.pdf", fill_acroform(order))))
    turn(office, LATER)
    (case,) = [c for c in rows(office, "cases") if c["kind"] == "reserve_order"]
    _, out, _ = ekbot(office, "case", "show", case["id"])
    assert "Nästa kort ur lagret\t9752 2698 7500 0000 202" in out
    _, out, _ = ekbot(office, "case", "show", case["id"], "--json")
    assert json.loads(out)["next_blank"]["number"] == "9752269875000000202"
    other = next(c for c in rows(office, "cases") if c["kind"] != "reserve_order")
    assert "lagret" not in ekbot(office, "case", "show", other["id"])[1]
