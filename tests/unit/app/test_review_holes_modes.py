"""What the office has chosen: answers that count, a clerk who approves, a catalogue typed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import bootstrap
from bot.settings import load
from tests.desk import ekbot, rows, turn
from tests.e2e.office import Office
from tests.review_holes import (
    ASA,
    START,
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
from tests.reviewing import PEOPLE, an_office, left, row, settings

SOON = (row(5, "Åsa", "Sköld", until="2027-01-10"), *PEOPLE[1:])
NOON = f"{WEDNESDAY}T12:00:00+01:00"
AT_ONE = f"{WEDNESDAY}T13:00:00+01:00"


def _until(office: Office, surname: str = "Sköld") -> str:
    return next(str(p["valid_until"]) for p in rows(office, "persons") if p["surname"] == surname)


def _approved_by_staff(folder: Path, *people: str) -> Office:
    office = an_office(folder, *people, quarterly=False)
    path = office.here / "ekbot.toml"
    path.write_text(f'{path.read_text("utf-8")}\n[approval]\nmode = "staff"\n', encoding="utf-8")
    return running(folder, office=office)


# --- answers that count --------------------------------------------------------------------------


def _counting(folder: Path) -> Office:
    office = an_office(folder, quarterly=False)
    settings(office, "answer_counts = true")
    cards(office, ordinary(5))
    return running(folder, office=office)


def test_an_answer_that_counts_says_that_it_was_one(tmp_path: Path) -> None:
    office = _counting(tmp_path)
    answer(office, "Åsa slutade 2026-11-20. Björn är kvar.")
    turn(office, f"{TUESDAY}T14:00:00+01:00")
    [case] = cases(office, kind="cancel")
    assert "svarade i granskningen" in case["why"]
    assert "underskriven" not in case["why"]
    assert _until(office) == "2026-11-20"
    assert left(office, "cancellation_form") == []


def test_gone_without_a_day_waits_for_the_form_even_where_answers_count(tmp_path: Path) -> None:
    office = _counting(tmp_path)
    answer(office, "Alla är kvar utom Åsa som har slutat.")
    assert cases(office, kind="cancel") == []
    [case] = cases(office, kind="leaver")
    assert case["stage"] == "asked"
    assert len(left(office, "cancellation_form")) == 1
    assert _until(office) == "2028-01-01"


# --- a clerk approves ----------------------------------------------------------------------------


def test_the_receipt_says_that_a_renewal_waits_for_a_clerk(tmp_path: Path) -> None:
    office = _approved_by_staff(tmp_path, *SOON)
    answer(office, "Alla är kvar.")
    [echo] = told(office, "review_echo")
    assert "till och med 2028-01-10 när en handläggare har godkänt det" in echo
    assert _until(office) == "2027-01-10"
    [case] = cases(office, kind="renewal")
    assert staff_does(office, "done", case["id"], now=NOON)[0] == 0
    turn(office, AT_ONE)
    assert _until(office) == "2028-01-10"


def test_a_manager_is_told_that_her_renewal_was_refused(tmp_path: Path) -> None:
    office = _approved_by_staff(tmp_path, *SOON)
    answer(office, "Alla är kvar.")
    [case] = cases(office, kind="renewal")
    assert staff_does(office, "reject", case["id"], "--why", "vikariatet är slut", now=NOON)[0] == 0
    turn(office, AT_ONE)
    last = told(office, "review_echo")[-1]
    assert "godkände inte den nya sista dagen (vikariatet är slut)" in last
    assert "gäller till och med 2027-01-10" in last
    assert (answers(office)[ASA], _until(office)) == ("stays", "2027-01-10")


# --- a catalogue that is typed in by hand --------------------------------------------------------


def test_only_the_last_of_two_writes_is_left_to_type_in(tmp_path: Path) -> None:
    office = an_office(tmp_path, *SOON, quarterly=False, catalogue='kind = "worklist"')
    running(tmp_path, office=office)
    answer(office, "Alla är kvar.")
    turn(office, f"{TUESDAY}T14:00:00+01:00")
    assert len(cases(office, kind="by_hand", status="open")) == 1
    answer(office, "ÅNGRA", day=WEDNESDAY, to=asked(office, kind="review_echo"))
    turn(office, f"{WEDNESDAY}T14:00:00+01:00")
    [work] = cases(office, kind="by_hand", status="open")
    assert "Återställt slutdatum" in work["title"]
    assert len([c for c in cases(office, kind="renewal") if c["status"] != "done"]) == 1
    now = f"{WEDNESDAY}T15:00:00+01:00"
    assert staff_does(office, "done", work["id"], now=now)[0] == 0
    assert [c for c in cases(office) if c["status"] != "done" and c["kind"] != "review"
            and c["kind"] != "review_release"] == []  # fmt: skip
    assert _until(office) == "2027-01-10"


# --- start ---------------------------------------------------------------------------------------


def test_a_clerk_may_start_while_the_daemon_is_at_work(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    with bootstrap.at_work(load(office.here / "ekbot.toml", {}), patience=0) as ours:
        assert ours
        code, out, err = ekbot(office, "review", "start", "--yes", "--now", START)
    assert code == 0, err
    assert "2026-Q4" in out
    turn(office, f"{START}T10:00:00+01:00")
    assert len(left(office, "review")) == 2


@pytest.mark.parametrize("yes", [(), ("--yes",)])
def test_start_says_what_happens_where_letters_go_by_themselves(
    tmp_path: Path, yes: tuple[str, ...]
) -> None:
    office = an_office(tmp_path, quarterly=False)
    settings(office, 'release = "auto"')
    code, out, err = ekbot(office, "review", "start", *yes, "--now", START)
    assert code == 0, err
    told_so = "Breven går av sig själva 2026-11-23" in " ".join(out.split())
    assert told_so is not bool(yes)
    turn(office, f"{START}T10:00:00+01:00")
    assert len(left(office, "review")) == 2
