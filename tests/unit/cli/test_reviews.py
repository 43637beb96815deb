"""The verbs of the review: what a clerk sees, what is refused, and the exit codes."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tests.desk import ekbot, letters, rows, turn
from tests.e2e.office import Office
from tests.reviewing import GORAN, NOEL, PEOPLE, an_office, left, row, say

START, SEND, NOON = "2026-11-23", "2026-11-23T10:00:00+01:00", "2026-11-23T12:00:00+01:00"
TUESDAY = "2026-11-24"
FREE = row(9, "Kerstin", "Granath", "V112")


def review(office: Office, *words: str, code: int = 0) -> str:
    """Run a verb of ``review``; return what it says."""
    done, out, err = ekbot(office, "review", *words)
    assert done == code, (words, out, err)
    return " ".join((out if code == 0 else err).split())


def status(office: Office) -> dict[str, Any]:
    done, out, _ = ekbot(office, "review", "status", "--json")
    assert done == 0
    return dict(json.loads(out))


def by_hand(folder: Path, *people: str) -> Office:
    return an_office(folder, *people, quarterly=False)


def vacant(folder: Path) -> Office:
    """Return an office where nobody manages Kerstin's unit any more."""
    office = by_hand(folder, *PEOPLE, FREE)
    path = office.here / "managers.csv"
    lines = [x for x in path.read_text("utf-8").splitlines() if ",V112," not in x]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    turn(office, "2026-11-20")
    return office


def running(folder: Path, *people: str) -> Office:
    """Return an office whose letters went this morning."""
    office = by_hand(folder, *people)
    review(office, "start", "--yes", "--now", START)
    turn(office, SEND)
    return office


# --- start ---------------------------------------------------------------------------------------


def test_start_prepares_and_says_how_the_letters_are_seen_and_let_go(tmp_path: Path) -> None:
    office = by_hand(tmp_path)
    told = review(office, "start", "--now", START)
    assert "Granskningen 2026-Q4" in told
    assert "ekbot review preview" in told
    assert "ekbot review start --yes" in told
    turn(office, SEND)
    assert left(office, "review") == []
    assert status(office)["state"] == "prepared"


def test_start_again_shows_the_prepared_one_and_yes_lets_it_go(tmp_path: Path) -> None:
    office = by_hand(tmp_path)
    review(office, "start", "--now", START)
    review(office, "start", "--now", START)
    done, out, err = ekbot(office, "review", "start", "--yes", "--json", "--now", START)
    assert (done, err) == (0, "")
    found = json.loads(out)
    assert (found["campaign"], found["state"]) == ("2026-Q4", "running")
    assert found["released_by"]
    assert (found["reviews"], found["answers"]) == ({"open": 2}, {"open": 3})
    assert letters(office, START, "review") == []  # ”once” sends them
    turn(office, SEND)
    assert len(left(office, "review")) == 2


def test_start_is_refused_while_one_runs(tmp_path: Path) -> None:
    office = running(tmp_path)
    told = review(office, "start", "--now", NOON, code=2)
    assert "Granskningen 2026-Q4 pågår" in told
    assert "ekbot review stop" in told


def test_start_is_refused_where_nobody_can_be_asked_about(tmp_path: Path) -> None:
    office = Office(tmp_path)
    told = review(office, "start", "--now", START, code=2)
    assert told.startswith(("Det finns inga chefer", "Det finns inga aktiva"))


def test_a_second_review_of_a_quarter_has_a_name_of_its_own(tmp_path: Path) -> None:
    office = running(tmp_path)
    review(office, "stop", "--now", NOON)
    assert "2026-Q4-2" in review(office, "start", "--now", NOON)


# --- status --------------------------------------------------------------------------------------


def test_status_without_any_review_says_how_to_begin(tmp_path: Path) -> None:
    assert "ekbot review start" in review(by_hand(tmp_path), "status", code=2)


def test_status_shows_how_many_have_answered_and_who_has_not(tmp_path: Path) -> None:
    office = running(tmp_path)
    [letter] = [x for x in left(office, "review") if GORAN in x.readers]
    say(office, letter, "Nr 1 är kvar.", day=TUESDAY)
    turn(office, f"{TUESDAY}T13:00:00+01:00")
    found = status(office)
    assert found["answers"] == {"open": 2, "stays": 1}
    assert {r["manager_mail"]: r["open"] for r in found["reviews"]} == {GORAN: 1, NOEL: 1}
    one = next(r for r in found["reviews"] if r["manager_mail"] == GORAN)
    assert {r["answer"] for r in one["rows"]} == {"open", "stays"}
    told = review(office, "status")
    for words in ("1 av 3", "Kvar", "Inget svar", "Göran Norén", "1/2", "2026-11-30", "█"):
        assert words in told


def test_status_and_list_hide_who_became_protected(tmp_path: Path) -> None:
    office = running(tmp_path, *PEOPLE, row(8, "Eva", "Hemlig", protected="ja"))
    found = status(office)
    assert found["protected"] == 1
    assert "Hemlig" not in json.dumps(found, ensure_ascii=False)
    assert "Hemlig" not in review(office, "status")
    assert "Skyddade, för hand 1" in review(office, "status")


def test_list_reviews_has_the_contracts_fields(tmp_path: Path) -> None:
    office = running(tmp_path)
    found = rows(office, "reviews")
    assert {r["campaign"] for r in found} == {"2026-Q4"}
    assert {r["status"] for r in found} == {"open"}
    one = next(r for r in found if r["manager_mail"] == NOEL)
    [person] = one["rows"]
    assert set(person) >= {"row", "person_id", "name", "answer", "date", "answered", "via"}
    assert (person["row"], person["name"], person["answer"], person["via"]) == (
        1, "Davor Castillo", "open", None,
    )  # fmt: skip
    assert len(person["person_id"]) == 12


# --- preview -------------------------------------------------------------------------------------


def test_preview_shows_each_letter_as_it_will_go(tmp_path: Path) -> None:
    office = vacant(tmp_path)
    review(office, "start", "--now", START)
    told = review(office, "preview", "--now", START)
    for words in ("Göran Norén", GORAN, "1. Björn Ahlgren", "2. Åsa Sköld", "INGEN CHEF"):
        assert words in told
    assert "Davor" not in review(office, "preview", "--manager", GORAN.upper(), "--now", START)
    done, out, _ = ekbot(office, "review", "preview", "--json", "--now", START)
    found = [json.loads(line) for line in out.splitlines()]
    assert done == 0
    assert [(x["manager_mail"], x["persons"], x["fault"]) for x in found] == [
        (GORAN, 2, None), (NOEL, 1, None), (None, 1, None),
    ]  # fmt: skip
    assert letters(office, START, "review") == []


def test_preview_tells_of_a_letter_that_cant_be_read_back(tmp_path: Path) -> None:
    twins = (row(5, "Åsa", "Sköld"), row(6, "Åsa", "Sköld"))
    office = by_hand(tmp_path, *twins)
    review(office, "start", "--yes", "--now", START)
    done, out, _ = ekbot(office, "review", "preview", "--json", "--now", START)
    [found] = [json.loads(line) for line in out.splitlines()]
    held = bool(found["fault"])
    turn(office, SEND)
    assert len(left(office, "review")) == (0 if held else 1)
    asked = [c for c in rows(office, "cases") if c["rule"] == "self_test"]
    assert len(asked) == (1 if held else 0)
    assert done == 0


def test_preview_without_a_review_is_refused(tmp_path: Path) -> None:
    assert "Ingen granskning" in review(by_hand(tmp_path), "preview", code=2)


# --- pause, resume, stop, extend, close ----------------------------------------------------------


def test_a_review_is_paused_and_goes_on(tmp_path: Path) -> None:
    office = running(tmp_path)
    assert review(office, "pause", "--now", NOON) == "Granskningen 2026-Q4: pausad."
    assert "går inte just nu" in review(office, "pause", "--now", NOON, code=2)
    turn(office, "2026-11-30")
    assert left(office, "review_reminder") == []
    assert "pågår" in review(office, "resume", "--now", "2026-11-30T10:00:00+01:00")
    late = "2026-11-30T11:00:00+01:00"
    assert "inte pausad" in review(office, "resume", "--now", late, code=2)
    turn(office, late)
    assert len(left(office, "review_reminder")) == 2


def test_a_stopped_review_asks_nobody_and_its_release_is_over(tmp_path: Path) -> None:
    office = by_hand(tmp_path)
    review(office, "start", "--now", START)
    assert "avbruten" in review(office, "stop", "--now", START)
    turn(office, SEND)
    assert left(office, "review") == []
    [case] = [c for c in rows(office, "cases") if c["kind"] == "review_release"]
    assert case["status"] == "done"
    for verb in (("pause",), ("resume",), ("stop",), ("extend", "--days", "3"), ("close",)):
        assert "Ingen granskning pågår." in review(office, *verb, "--now", NOON, code=2)


def test_more_time_moves_the_reminders_and_the_end(tmp_path: Path) -> None:
    office = running(tmp_path)
    ends = status(office)["ends"]
    told = review(office, "extend", "--days", "3", "--now", NOON)
    assert told == f"Granskningen 2026-Q4 pågår nu till {status(office)['ends']}."
    assert status(office)["ends"] > ends
    assert {r["next_on"] for r in rows(office, "reviews")} == {"2026-12-03"}
    turn(office, "2026-11-30")
    assert left(office, "review_reminder") == []
    turn(office, "2026-12-03")
    assert len(left(office, "review_reminder")) == 2


def test_more_time_is_a_sensible_number_of_days(tmp_path: Path) -> None:
    office = running(tmp_path)
    for days in ("0", "61", "tre"):
        office.ekbot("review", "extend", "--days", days, code=1)


def test_a_review_that_is_not_let_go_gets_no_more_time_and_no_end(tmp_path: Path) -> None:
    office = by_hand(tmp_path)
    review(office, "start", "--now", START)
    assert "inte släppt" in review(office, "extend", "--days", "3", "--now", START, code=2)
    assert "Ingen granskning pågår" in review(office, "close", "--now", START, code=2)


def test_a_review_is_ended_early_with_its_report(tmp_path: Path) -> None:
    office = running(tmp_path)
    assert "är avslutad" in review(office, "close", "--now", NOON)
    turn(office, "2026-11-23T13:00:00+01:00")
    [report] = left(office, "review_report")
    assert len(report.files()) == 2
    assert {r["status"] for r in rows(office, "reviews")} == {"closed"}
    assert "Ingen granskning" in review(office, "close", "--now", TUESDAY, code=2)


# --- readdress -----------------------------------------------------------------------------------


def test_a_review_is_given_to_somebody_else_whose_letter_goes_at_once(tmp_path: Path) -> None:
    office = running(tmp_path)
    mine = next(r["id"] for r in rows(office, "reviews") if r["manager_mail"] == GORAN)
    told = review(office, "readdress", mine, "--to", NOEL.upper(), "--now", NOON)
    assert told == f"{mine} går till {NOEL} (Noël Ek)."
    turn(office, "2026-11-23T13:00:00+01:00")
    again = left(office, "review")[-1]
    assert again.readers == {NOEL}
    assert "Åsa Sköld" in again.text


def test_a_unit_without_a_manager_gets_a_reader(tmp_path: Path) -> None:
    office = vacant(tmp_path)
    review(office, "start", "--yes", "--now", START)
    free = next(r["id"] for r in rows(office, "reviews") if r["manager_mail"] is None)
    told = review(office, "readdress", free[2:], "--to", "ny.chef@jarfalla.example",
                  "--now", START)  # fmt: skip
    assert "inte finns i chefsregistret" in told
    turn(office, SEND)
    [letter] = [x for x in left(office, "review") if "ny.chef@jarfalla.example" in x.readers]
    assert "Kerstin Granath" in letter.text
    assert "någon annan" not in letter.text


@pytest.mark.parametrize(
    ("which", "to", "code", "words"),
    [
        ("G-99", NOEL, 2, "Det finns ingen granskning G-99"),
        ("strunt", NOEL, 1, "är ingen granskning"),
        ("G-1", "ingen adress", 1, "är ingen e-postadress"),
    ],
)
def test_a_review_is_given_to_nobody_by_a_slip(
    tmp_path: Path, which: str, to: str, code: int, words: str
) -> None:
    office = running(tmp_path)
    told = review(office, "readdress", which, "--to", to, "--now", NOON, code=code)
    assert words in told


# --- understand ----------------------------------------------------------------------------------


def _answer(office: Office, words: str) -> Path:
    """Write Göran's answer to his letter into a file."""
    [letter] = [x for x in left(office, "review") if GORAN in x.readers]
    say(office, letter, words, day=TUESDAY)
    [path] = (office.here / "in" / "new").iterdir()
    return path.rename(office.here / "svar.eml")


def _understood(office: Office | None, *words: str, code: int = 0) -> dict[str, Any]:
    done, out, err = ekbot(office, "understand", *words, "--json")
    assert done == code, err
    [line] = out.splitlines()
    return dict(json.loads(line))


def test_an_answer_is_understood_by_the_memory_and_by_the_letters_file(tmp_path: Path) -> None:
    office = running(tmp_path)
    path = _answer(office, "Nr 1 är kvar. Nr 2 slutade 2026-11-20.")
    raw = next(
        raw for raw in office.letters()
        if GORAN in str(message_from_bytes(raw, policy=policy.default)["To"])
    )  # fmt: skip
    letter = tmp_path / "brev.eml"
    letter.write_bytes(raw)
    by_memory = _understood(office, str(path))
    by_letter = _understood(office, str(path), "--letter", str(letter))
    for found in (by_memory, by_letter):
        assert (found["kind"], found["verdict"], found["unread"]) == ("answer", "settled", [])
        answers = {n: (r["name"], r["answer"], r["date"]) for n, r in found["rows"].items()}
        assert answers == {
            "1": ("Björn Ahlgren", "stays", None), "2": ("Åsa Sköld", "left", "2026-11-20"),
        }  # fmt: skip
        assert found["rows"]["2"]["why"]
    assert {r["answer"] for x in rows(office, "reviews") for r in x["rows"]} == {"open"}
    told = ekbot(office, "understand", str(path))[1]
    assert "allt är klart" in told
    assert "Åsa Sköld" in told


def test_a_partial_answer_says_what_is_left(tmp_path: Path) -> None:
    office = running(tmp_path)
    found = _understood(office, str(_answer(office, "Nr 1 är kvar.")))
    assert found["verdict"] == "partly"
    assert found["rows"]["2"]["answer"] == "open"


def test_a_mail_about_nothing_of_ours_is_refused_with_what_to_do(tmp_path: Path) -> None:
    office = running(tmp_path)
    path = tmp_path / "annat.eml"
    path.write_bytes(b"From: x@annan.example\r\nSubject: Hej\r\n\r\nHej!\r\n")
    found = _understood(office, str(path), code=2)
    assert (found["kind"], found["verdict"]) == ("other", "ask")
    assert "--letter" in found["problem"]


def test_files_that_are_missing_or_no_letter_are_refused(tmp_path: Path) -> None:
    office = running(tmp_path)
    path = _answer(office, "Alla är kvar.")
    done, _, err = ekbot(office, "understand", str(tmp_path / "nej.eml"))
    assert (done, "Hittar inte" in err) == (1, True)
    empty = tmp_path / "tomt.eml"
    empty.write_bytes(b"Subject: x\r\n\r\nhej\r\n")
    done, _, err = ekbot(office, "understand", str(path), "--letter", str(empty))
    assert (done, "inga numrerade rader" in " ".join(err.split())) == (2, True)
