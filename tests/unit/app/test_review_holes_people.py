"""Who is asked about whom, and whose word counts, when the register says something else by now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import bring, ekbot, rows, turn
from tests.e2e.office import Office
from tests.review_holes import (
    ASA,
    BJORN,
    DAVOR,
    TUESDAY,
    WEDNESDAY,
    answer,
    answers,
    asked,
    cases,
    mail_of,
    register,
    running,
    told,
)
from tests.reviewing import ABOVE, EVA, GORAN, NOEL, NOEL_NAME, PEOPLE, an_office, left, row

HOME = f'Göran Norén,goran.noren@jarfalla.example,V102,"Hemtjänsten Öst",2024-01-01,,,,,{ABOVE}'
NEW, NEW_NAME = "nya.chefen@jarfalla.example", "Nya Chefen"
DEPUTY = "dag.ek@jarfalla.example"


def _new_chief(office: Office, now: str = "2026-11-26") -> None:
    """Let somebody else manage Göran's unit from 27 November on."""
    old = HOME.replace("2024-01-01,,", "2024-01-01,2026-11-26,")
    new = f'{NEW_NAME},{NEW},V102,"Hemtjänsten Öst",2026-11-27,,,,,{ABOVE}'
    register(office, HOME, f"{old}\n{new}", now=now)


def _list_of(office: Office, who: str | None) -> list[str]:
    found = [r for r in rows(office, "reviews") if r["manager_mail"] == who]
    return [x["name"] for r in found for x in r["rows"]]


# --- never oneself -------------------------------------------------------------------------------


@pytest.mark.parametrize("mail", ["g.noren2@jarfalla.example", ""])
def test_a_manager_is_known_on_his_own_list_by_name(tmp_path: Path, mail: str) -> None:
    office = an_office(tmp_path, *PEOPLE, row(9, "Göran", "Norén", mail=mail), quarterly=False)
    running(tmp_path, office=office)
    assert _list_of(office, GORAN) == [BJORN, ASA]
    assert _list_of(office, ABOVE) == ["Göran Norén"]


def test_nobody_answers_for_himself_under_another_address(tmp_path: Path) -> None:
    office = running(tmp_path, *PEOPLE, row(9, "Dag", "Ek", mail="d.ek@jarfalla.example"))
    register(
        office,
        HOME,
        HOME.replace(",,,,,", f",,{DEPUTY},2026-11-01,2026-12-31,"),
        f"{TUESDAY}T10:00:00+01:00",
    )
    answer(office, "Alla är kvar.", sender=DEPUTY, name="Dag Ek")
    found = answers(office)
    assert (found[ASA], found["Dag Ek"]) == ("stays", "open")


def test_a_deputy_on_the_list_is_told_who_answers_for_him(tmp_path: Path) -> None:
    office = an_office(tmp_path, *PEOPLE, row(9, "Dag", "Ek", mail=DEPUTY), quarterly=False)
    register(office, HOME, HOME.replace(",,,,,", f",,{DEPUTY},2026-11-01,2026-12-31,"))
    running(tmp_path, office=office)
    answer(office, "Alla är kvar.", sender=DEPUTY, name="Dag Ek")
    [echo] = told(office, "review_echo", DEPUTY)
    assert "gäller dig själv. Det svarar Göran Norén på." in echo
    assert "nästa chef" not in echo
    assert answers(office)["Dag Ek"] == "open"


def test_a_manager_who_turns_up_on_his_own_list_is_for_a_clerk(tmp_path: Path) -> None:
    office = running(tmp_path, *PEOPLE, row(9, "Kim", "Ek", mail="kim@jarfalla.example"))
    assert bring(office, row(9, "Göran", "Norén", mail=GORAN), now=TUESDAY)[0] == 0
    answer(office, "Alla är kvar.")
    [case] = cases(office, kind="review", status="open")
    assert case["rule"] == "not_taken"
    assert "nästa chef" not in told(office, "review_echo")[0]


def test_a_list_is_not_given_on_to_somebody_on_it(tmp_path: Path) -> None:
    office = running(tmp_path, *PEOPLE, row(9, "Per", "Ek", mail="p9@jarfalla.example"))
    for to in ("p9@jarfalla.example", "per.ek@jarfalla.example"):
        code, _, err = ekbot(office, "review", "readdress", "G-1", "--to", to, "--now", TUESDAY)
        assert code == 2
        assert "står själv på listan" in err


# --- another manager by now ----------------------------------------------------------------------


def test_a_former_managers_word_is_read_by_a_clerk(tmp_path: Path) -> None:
    office = running(tmp_path)
    _new_chief(office)
    answer(office, "Åsa slutade 31/10, övriga är kvar.", day="2026-12-01")
    assert set(answers(office).values()) == {"open"}
    assert mail_of(office)["outcome"] == "with_staff"


def test_a_former_manager_is_not_reminded_and_staff_give_the_list_on(tmp_path: Path) -> None:
    office = running(tmp_path)
    _new_chief(office)
    turn(office, "2026-11-30")
    assert {who for x in left(office, "review_reminder") for who in x.readers} == {NOEL}
    [case] = cases(office, kind="review", status="open")
    assert case["title"].startswith("Ny chef i granskningen")
    turn(office, "2026-12-01")
    assert len(cases(office, kind="review", status="open")) == 1
    done = ekbot(office, "review", "readdress", "G-1", "--to", NEW, "--now", "2026-12-01")
    assert done[0] == 0, done
    turn(office, "2026-12-01T10:00:00+01:00")
    letter = asked(office, NEW)
    answer(office, "Alla är kvar.", day="2026-12-02", to=letter, sender=NEW, name=NEW_NAME)
    assert (answers(office)[ASA], answers(office)[BJORN]) == ("stays", "stays")
    assert cases(office, kind="review", status="open") == []


def test_the_new_manager_answers_for_her_unit_without_being_asked(tmp_path: Path) -> None:
    office = running(tmp_path)
    _new_chief(office)
    answer(office, "Alla är kvar.", day="2026-11-30", sender=NEW, name=NEW_NAME)
    assert (answers(office)[ASA], answers(office)[DAVOR]) == ("stays", "open")


def test_a_manager_who_has_lost_one_of_two_units_is_asked_of_the_other(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    register(office, f"Noël Ek,{NOEL},V104", f"Göran Norén,{GORAN},V104")
    running(tmp_path, office=office)
    _new_chief(office)
    turn(office, "2026-11-30")
    [reminder] = told(office, "review_reminder")
    assert (DAVOR in reminder, ASA in reminder) == (True, False)
    turn(office, "2026-12-07")
    [case] = cases(office, kind="review", status="open")
    assert case["title"].startswith("Ny chef för en enhet")
    letter = asked(office)
    answer(office, "Alla är kvar.", day="2026-12-08", to=letter, sender=NEW, name=NEW_NAME)
    answer(office, "Alla är kvar.", day="2026-12-09", to=letter)
    assert set(answers(office).values()) == {"stays"}
    assert cases(office, kind="review", status="open") == []


def test_an_address_that_is_in_no_register_answers_what_it_was_given(tmp_path: Path) -> None:
    office = running(tmp_path)
    other = "konsult@jarfalla.example"
    assert ekbot(office, "review", "readdress", "G-1", "--to", other, "--now", TUESDAY)[0] == 0
    turn(office, f"{TUESDAY}T10:00:00+01:00")
    letter = asked(office, other)
    answer(office, "Alla är kvar.", day=WEDNESDAY, to=letter, sender=other, name="K")
    assert answers(office)[ASA] == "stays"


# --- moved in the register -----------------------------------------------------------------------


def test_an_answer_about_somebody_who_stands_elsewhere_by_now_is_for_a_clerk(
    tmp_path: Path,
) -> None:
    office = running(tmp_path)
    assert bring(office, row(5, "Åsa", "Sköld", "V104"), now=TUESDAY)[0] == 0
    answer(office, "Åsa slutade 31/10, Björn är kvar.", day=WEDNESDAY)
    assert (answers(office)[ASA], answers(office)[BJORN]) == ("open", "stays")
    [case] = cases(office, kind="review", status="open")
    assert cases(office, kind="leaver") == []
    assert case["mail"] == mail_of(office)["id"]


def test_who_stands_elsewhere_by_now_is_not_asked_about_again(tmp_path: Path) -> None:
    office = running(tmp_path)
    assert bring(office, row(5, "Åsa", "Sköld", "V104"), now=TUESDAY)[0] == 0
    turn(office, "2026-11-30")
    assert answers(office)[ASA] == "moved"
    [reminder] = told(office, "review_reminder")
    assert BJORN in reminder
    assert ASA not in reminder


def test_a_move_to_the_movers_own_unit_is_for_staff(tmp_path: Path) -> None:
    office = running(tmp_path, *PEOPLE, row(9, "Noël", "Ek", mail=NOEL))
    answer(office, "Noël Ek har flyttat till Solhöjdens förskola. Övriga är kvar.")
    assert answers(office)[NOEL_NAME] == "moved"
    assert left(office, "review_move") == []
    [case] = cases(office, kind="move")
    assert case["status"] == "open"


# --- two units, two levels above -----------------------------------------------------------------


def test_a_level_above_sees_no_rows_of_a_unit_that_is_not_hers(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    other = "andra.chefen@jarfalla.example"
    register(office, f'Noël Ek,{NOEL},V104,"Solhöjdens förskola",2024-01-01,,,,,{ABOVE}',
             f'Göran Norén,{GORAN},V104,"Solhöjdens förskola",2024-01-01,,,,,{other}')  # fmt: skip
    running(tmp_path, office=office)
    assert _list_of(office, GORAN) == [BJORN, ASA, DAVOR]
    for day in ("2026-11-30", "2026-12-07", "2026-12-14"):
        turn(office, day)
    [letter] = left(office, "escalation")
    assert EVA in letter.readers
    assert not letter.readers & {ABOVE, other}


def test_who_stands_on_a_list_of_his_own_is_reviewed_by_his_units_level_above(
    tmp_path: Path,
) -> None:
    office = an_office(tmp_path, *PEOPLE, row(9, "Göran", "Norén", "V104"), quarterly=False)
    other = "andra.chefen@jarfalla.example"
    register(office, f'Noël Ek,{NOEL},V104,"Solhöjdens förskola",2024-01-01,,,,,{ABOVE}',
             f'Göran Norén,{GORAN},V104,"Solhöjdens förskola",2024-01-01,,,,,{other}')  # fmt: skip
    running(tmp_path, office=office)
    assert _list_of(office, other) == ["Göran Norén"]
