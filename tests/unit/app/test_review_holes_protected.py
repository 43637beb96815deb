"""Who is protected, or has become so: the lane by hand, side cases, reminders for many."""

from __future__ import annotations

import getpass
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import rounds
from tests.desk import at, bring, ekbot, mails_out, turn
from tests.e2e.office import Office
from tests.review_holes import (
    BJORN,
    TUESDAY,
    WEDNESDAY,
    answer,
    answers,
    cases,
    running,
    staff_does,
    told,
)
from tests.reviewing import PEOPLE, an_office, left, row, settings

SECRET = row(8, "Eva", "Hemlig", mail="eva.hemlig@jarfalla.example", protected="ja")
NOON = f"{TUESDAY}T12:00:00+01:00"


def _by_hand(folder: Path, *named: str) -> tuple[Office, str]:
    """Return an office where Eva is reviewed by hand, and her case."""
    office = an_office(folder, *PEOPLE, SECRET, quarterly=False)
    settings(office, f"named_staff = {json.dumps(named)}")
    running(folder, office=office)
    [case] = cases(office, kind="review_manual")
    return office, case["id"]


def _says(office: Office, case: str, *words: str) -> int:
    return ekbot(office, "review", "manual", case, "--answer", *words, "--now", NOON)[0]


# --- the lane by hand ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [("left", "--on", "2026-10-31"), ("leaving", "--on", "2026-12-31"), ("moved",)]
)
def test_whoever_goes_leaves_work_for_named_staff(tmp_path: Path, said: tuple[str, ...]) -> None:
    office, case = _by_hand(tmp_path, getpass.getuser())
    assert _says(office, case, *said) == 0
    turn(office, f"{TUESDAY}T13:00:00+01:00")
    [work] = cases(office, parent=case)
    assert (work["kind"], work["status"], work["person_id"]) == ("leaver", "open", None)
    assert "Hemlig" not in json.dumps(cases(office), ensure_ascii=False)
    assert all("Hemlig" not in mail for mail in mails_out(office))


def test_whoever_stays_leaves_none(tmp_path: Path) -> None:
    office, case = _by_hand(tmp_path, getpass.getuser())
    assert _says(office, case, "stays") == 0
    assert cases(office, parent=case) == []
    assert cases(office, id=case)[0]["status"] == "done"


@pytest.mark.parametrize("verb", [("done",), ("reject", "--why", "x")])
def test_no_clerk_closes_what_is_reviewed_by_hand(tmp_path: Path, verb: tuple[str, ...]) -> None:
    office, case = _by_hand(tmp_path, "nagon.annan")
    code, told_so = staff_does(office, verb[0], case, *verb[1:], now=NOON)
    assert code == 2
    assert "ekbot review manual" in told_so
    assert _says(office, case, "stays") == 2
    assert cases(office, id=case)[0]["status"] == "open"


# --- what a manager wrote before -----------------------------------------------------------------


def _became_protected(office: Office, day: str = WEDNESDAY) -> None:
    assert bring(office, row(5, "Åsa", "Sköld", protected="ja"), now=day)[0] == 0


@pytest.mark.parametrize(
    ("words", "sender"),
    [
        ("Björn är kvar. Kan ni ringa mig om Åsa Skölds kort?", {}),
        ("Åsa slutade 31/10.", {"sender": "x@annan.example", "name": "X"}),
        ("Björn är kvar. Åsa sköter Kalle Ek om, fråga ÅSA.", {}),
    ],
)
def test_no_side_case_names_who_has_become_protected(
    tmp_path: Path, words: str, sender: dict[str, str]
) -> None:
    office = running(tmp_path)
    answer(office, words, **sender)
    answer(office, "Blippen blapp Åsa Sköld hoppsan.", day=TUESDAY, hour=15)
    answer(office, "Hej Åsa Sköld hoppsan blapp?", day=TUESDAY, hour=16)
    before = [c["id"] for c in cases(office, kind="review")]
    assert before
    shown = [ekbot(office, "case", "show", c, "--json")[1] for c in before]
    assert any("Åsa" in text for text in shown)
    _became_protected(office)
    for case in (c["id"] for c in cases(office)):
        for words_ in (("case", "show", case), ("case", "show", case, "--json"), ("why", case)):
            text = ekbot(office, *words_)[1].casefold()
            assert "åsa" not in text, text
            assert "sköld" not in text, text


# --- reminders for many --------------------------------------------------------------------------


@pytest.mark.parametrize("surname", ["Sköld", "Ahlgren"])
def test_a_reminder_for_many_forms_survives_that_one_becomes_protected(
    tmp_path: Path, surname: str
) -> None:
    office = running(tmp_path)
    answer(office, "Åsa och Björn slutade 2026-11-20.")
    first = len(left(office, "cancellation_form"))
    day = "2026-11-27"
    with at(office, day) as services:
        rounds.run(services)
        with services.store.begin() as work:
            record = next(r for r in work.records.list() if r.entry.surname == surname)
            work.records.save(replace(record, entry=replace(record.entry, protected=True)))
            for case in work.cases.of_record(record.id):
                work.cases.save(replace(case, protected=True))
    turn(office, f"{day}T10:00:00+01:00")
    [reminder] = left(office, "cancellation_form")[first:]
    assert len(reminder.files()) == 1
    assert surname not in reminder.text


def test_forms_that_wait_to_go_survive_that_the_first_becomes_protected(tmp_path: Path) -> None:
    office = running(tmp_path)
    answer(office, "Åsa och Björn slutade 2026-11-20.", day="2026-11-24")
    _became_protected(office)
    for day in ("2026-11-27", "2026-12-03"):
        turn(office, day)
    last = told(office, "cancellation_form")[-1]
    assert BJORN in last
    assert "Sköld" not in last
    assert "Åsa Sköld" not in answers(office)
