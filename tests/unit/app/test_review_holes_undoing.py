"""What an answer led to is undone: by a clerk's no, by «ÅNGRA», by the next quarter's answer."""

from __future__ import annotations

from pathlib import Path

from tests.desk import ekbot, rows, turn
from tests.e2e.office import Office
from tests.e2e.review_clients import signed
from tests.filled import numbers
from tests.review_holes import (
    ASA,
    BJORN,
    TUESDAY,
    WEDNESDAY,
    answer,
    answers,
    asked,
    cards,
    cases,
    ordinary,
    running,
    staff_does,
    told,
)
from tests.reviewing import GORAN, PEOPLE, an_office, left, row, settings

MAIL = "asa.skold@jarfalla.example"
HOLDER = (row(5, "Åsa", "Sköld", mail=MAIL), *PEOPLE[1:])
GONE = "Åsa slutade 2026-11-20. Björn är kvar."
NOON = f"{WEDNESDAY}T12:00:00+01:00"


def _with_card(folder: Path, *people: str, more: str = "") -> Office:
    """Return an office where Åsa has an ordinary card, and the letters have gone."""
    office = an_office(folder, *(people or HOLDER), quarterly=False)
    if more:
        settings(office, more)
    cards(office, ordinary(5))
    return running(folder, office=office)


def _card(office: Office) -> tuple[str, str | None]:
    [card] = rows(office, "cards")
    return card["status"], card["due"]


def _until(office: Office, surname: str) -> str:
    return next(str(p["valid_until"]) for p in rows(office, "persons") if p["surname"] == surname)


# --- a clerk refuses -----------------------------------------------------------------------------


def _braked(folder: Path) -> tuple[Office, str]:
    """Return an office where an answer that would end eight people is held, and its case."""
    office = running(folder, *(row(n, f"Namn{n}", "Ek") for n in range(10, 20)))
    answer(office, "1-8 slutade 2026-11-20. Resten är kvar.")
    [case] = cases(office, kind="brake")
    assert case["status"] == "open"
    assert cases(office, kind="leaver") == []
    return office, case["id"]


def test_a_refused_brake_opens_its_rows_and_the_manager_is_asked_anew(tmp_path: Path) -> None:
    office, case = _braked(tmp_path)
    assert staff_does(office, "reject", case, "--why", "fel", now=NOON)[0] == 0
    assert sorted(answers(office).values()) == ["open"] * 8 + ["stays"] * 2
    assert cases(office, kind="leaver") == []
    assert cases(office, status="open") == []
    turn(office, "2026-11-30")
    [reminder] = left(office, "review_reminder")
    assert len(reminder.rows) == 8
    answer(office, "Alla är kvar.", day="2026-12-01", to=reminder)
    assert set(answers(office).values()) == {"stays"}


def test_a_released_brake_asks_for_every_form_in_one_letter(tmp_path: Path) -> None:
    office, case = _braked(tmp_path)
    assert staff_does(office, "done", case, now=NOON)[0] == 0
    turn(office, f"{WEDNESDAY}T13:00:00+01:00")
    assert len(cases(office, kind="leaver")) == 8
    [letter] = left(office, "cancellation_form")
    assert len(letter.files()) == 8


def test_a_refused_leaver_opens_the_row_and_lets_the_card_be_kept(tmp_path: Path) -> None:
    office = _with_card(tmp_path)
    answer(office, GONE)
    assert _card(office)[1] is not None
    [case] = cases(office, kind="leaver")
    assert staff_does(office, "reject", case["id"], "--why", "fel person", now=NOON)[0] == 0
    assert (answers(office)[ASA], answers(office)[BJORN]) == ("open", "stays")
    assert _card(office) == ("activated", None)
    turn(office, "2026-11-30")
    [reminder] = told(office, "review_reminder")
    assert ASA in reminder
    assert left(office, "cancellation_form")[1:] == []


def test_a_leaver_refused_after_the_last_reminder_is_left_to_staff(tmp_path: Path) -> None:
    office = running(tmp_path)
    for day in ("2026-11-30", "2026-12-07", "2026-12-14"):
        turn(office, day)
    answer(office, GONE, day="2026-12-14")
    [case] = cases(office, kind="leaver")
    assert cases(office, rule="review_answered")
    now = "2026-12-14T15:00:00+01:00"
    assert staff_does(office, "reject", case["id"], "--why", "fel", now=now)[0] == 0
    [again] = [c for c in cases(office, rule="review_unanswered") if "igen" in c["title"]]
    assert again["status"] == "open"


def test_a_refused_planned_end_gives_the_last_day_back(tmp_path: Path) -> None:
    office = running(tmp_path)
    answer(office, "Åsa slutar 2026-12-31. Björn är kvar.")
    turn(office, WEDNESDAY)
    assert _until(office, "Sköld") == "2026-12-31"
    [case] = cases(office, kind="leaver")
    assert staff_does(office, "reject", case["id"], "--why", "nej", now=NOON)[0] == 0
    turn(office, f"{WEDNESDAY}T13:00:00+01:00")
    assert _until(office, "Sköld") == "2028-01-01"
    assert answers(office)[ASA] == "open"


def test_a_refused_move_opens_the_row_and_the_new_manager_is_told(tmp_path: Path) -> None:
    office = running(tmp_path)
    answer(office, "Åsa har flyttat till Solhöjdens förskola. Björn är kvar.")
    [case] = cases(office, kind="move")
    assert staff_does(office, "reject", case["id"], "--why", "nej", now=NOON)[0] == 0
    assert answers(office)[ASA] == "open"
    turn(office, f"{WEDNESDAY}T13:00:00+01:00")
    assert len(left(office, "undone")) == 1


# --- the manager takes it back -------------------------------------------------------------------


def test_who_was_told_to_return_a_card_is_told_that_it_may_be_kept(tmp_path: Path) -> None:
    office = _with_card(tmp_path)
    answer(office, GONE)
    turn(office, f"{TUESDAY}T14:00:00+01:00")
    assert len(told(office, "card_return", MAIL)) == 1
    answer(office, "ÅNGRA", day=WEDNESDAY, to=asked(office, kind="review_echo"))
    turn(office, f"{WEDNESDAY}T14:00:00+01:00")
    [kept] = told(office, "card_kept", MAIL)
    assert "du arbetar kvar" in kept
    assert _card(office) == ("activated", None)


def test_who_was_told_nothing_of_the_card_is_told_nothing_now(tmp_path: Path) -> None:
    office = _with_card(tmp_path)
    answer(office, "Åsa slutar 2026-12-31. Björn är kvar.")
    answer(office, "ÅNGRA", day=WEDNESDAY, to=asked(office, kind="review_echo"))
    turn(office, f"{WEDNESDAY}T14:00:00+01:00")
    assert left(office, "card_kept", "card_return") == []
    assert _card(office) == ("activated", None)


def test_a_last_day_after_the_records_own_is_remarked_in_the_receipt(tmp_path: Path) -> None:
    office = running(tmp_path, row(5, "Åsa", "Sköld", until="2027-01-10"), *PEOPLE[1:])
    answer(office, "Åsa slutar 2027-03-31. Björn är kvar.")
    [echo] = told(office, "review_echo")
    assert "gäller bara till 2027-01-10" in echo
    assert _until(office, "Sköld") == "2027-01-10"


def test_nothing_to_take_back_is_said(tmp_path: Path) -> None:
    office = running(tmp_path)
    answer(office, "ÅNGRA")
    [letter] = told(office, "undone")
    assert "inget svar" in letter.casefold()
    assert cases(office, status="open") == []


def test_a_deputy_takes_back_no_answer_of_the_managers(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    path = office.here / "managers.csv"
    old = f'{GORAN},V102,"Hemtjänsten Öst",2024-01-01,,,,,'
    new = f'{GORAN},V102,"Hemtjänsten Öst",2024-01-01,,{MAIL},2026-11-01,2026-12-31,'
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    turn(office, "2026-11-20")
    running(tmp_path, *PEOPLE, office=office)
    answer(office, GONE)
    answer(office, "ÅNGRA", day=WEDNESDAY, sender=MAIL, name="Dag Ek")
    [letter] = told(office, "undone", MAIL)
    assert "inget svar" in letter.casefold()
    assert answers(office)[ASA] == "left"


# --- forms that are awaited ----------------------------------------------------------------------


def test_two_forms_without_a_date_are_asked_about_and_no_more_awaited(tmp_path: Path) -> None:
    office = running(tmp_path)
    answer(office, "Åsa och Björn slutade 2026-11-20.")
    letter = asked(office, kind="cancellation_form")
    assert "datum" in letter.text.casefold()
    files = {k: signed(v, None) for k, v in letter.files().items()}
    assert len(files) == 2
    answer(office, "Här är de.", day=WEDNESDAY, to=letter, files=files)
    assert [c["stage"] for c in cases(office, kind="leaver")] == ["linked", "linked"]
    for day in ("2026-11-30", "2026-12-03", "2026-12-08"):
        turn(office, day)
    assert left(office, "cancellation_form")[1:] == []


def test_stays_in_the_next_quarter_lets_go_of_the_form_and_keeps_the_card(tmp_path: Path) -> None:
    office = _with_card(tmp_path)
    answer(office, GONE)
    assert ekbot(office, "review", "close", "--now", "2026-12-11")[0] == 0
    turn(office, "2026-12-14")
    assert [c["status"] for c in cases(office, kind="leaver")] != ["done"]
    assert ekbot(office, "review", "start", "--yes", "--now", "2027-02-22")[0] == 0
    turn(office, "2027-02-22T10:00:00+01:00")
    answer(office, "Alla är kvar.", day="2027-02-23", to=asked(office))
    assert answers(office)[ASA] == "stays"
    assert [c["status"] for c in cases(office, kind="leaver")] == ["done"]
    assert [c for c in cases(office, kind="block") if c["status"] != "done"] == []
    assert _card(office) == ("activated", None)
    assert numbers()[5] not in str(cases(office, status="open"))
