"""Who stands on whose list in a real register, and whose word counts when the mails come."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.app.review_facts import targets
from tests.builders import OTHER_UNIT, PER_ROW, a_manager
from tests.desk import bring, ekbot, moment, rows, turn
from tests.e2e.office import Office
from tests.posting import GATEWAY, OFFICE
from tests.reviewing import (
    ABOVE,
    EVA,
    GORAN,
    NOEL,
    NOEL_NAME,
    PEOPLE,
    an_office,
    left,
    row,
    say,
)

START, SEND, TUESDAY = "2026-11-23", "2026-11-23T10:00:00+01:00", "2026-11-24"
OWN = row(9, "Göran", "Norén", mail=GORAN)


def register(office: Office, old: str, new: str) -> None:
    """Change the register of managers, and let the program see it."""
    path = office.here / "managers.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    turn(office, "2026-11-20")


def begun(office: Office) -> dict[str | None, list[str]]:
    """Begin a review; return who is asked about whom."""
    assert ekbot(office, "review", "start", "--yes", "--now", START)[0] == 0
    return lists(office)


def lists(office: Office) -> dict[str | None, list[str]]:
    found = rows(office, "reviews")
    last = found[-1]["campaign"]
    return {
        r["manager_mail"]: [x["name"] for x in r["rows"]] for r in found if r["campaign"] == last
    }


def running(folder: Path, *people: str) -> Office:
    office = an_office(folder, *people, quarterly=False)
    begun(office)
    turn(office, SEND)
    return office


def answers(office: Office) -> dict[str, str]:
    return {x["name"]: x["answer"] for r in rows(office, "reviews") for x in r["rows"]}


# --- lists ---------------------------------------------------------------------------------------


def test_a_manager_on_his_own_list_is_reviewed_by_the_next_level(tmp_path: Path) -> None:
    office = an_office(tmp_path, *PEOPLE, OWN, quarterly=False)
    assert begun(office) == {
        ABOVE: ["Göran Norén"], GORAN: ["Björn Ahlgren", "Åsa Sköld"], NOEL: ["Davor Castillo"],
    }  # fmt: skip


@pytest.mark.parametrize("superior", [GORAN, ""])
def test_a_manager_with_nobody_above_is_for_staff(tmp_path: Path, superior: str) -> None:
    office = an_office(tmp_path, *PEOPLE, OWN, quarterly=False)
    register(office, f'"Hemtjänsten Öst",2024-01-01,,,,,{ABOVE}',
             f'"Hemtjänsten Öst",2024-01-01,,,,,{superior}')  # fmt: skip
    found = begun(office)
    assert found[None] == ["Göran Norén"]
    assert found[GORAN] == ["Björn Ahlgren", "Åsa Sköld"]
    [case] = [c for c in rows(office, "cases") if c["rule"] == "no_reviewer"]
    assert case["status"] == "open"


def test_a_manager_of_two_units_gets_one_letter(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    register(office, "Noël Ek,noel.ek@", "Göran Norén,goran.noren@")
    assert begun(office) == {GORAN: ["Björn Ahlgren", "Åsa Sköld", "Davor Castillo"]}


def test_who_came_and_who_went_since_the_last_list_is_told(tmp_path: Path) -> None:
    office = running(tmp_path)
    assert ekbot(office, "review", "close", "--now", TUESDAY)[0] == 0
    gone = row(6, "Björn", "Ahlgren", "V104")
    assert bring(office, gone, row(10, "Ny", "Person"), now="2026-11-25")[0] == 0
    assert ekbot(office, "review", "start", "--yes", "--now", "2026-11-26")[0] == 0
    turn(office, "2026-11-26T10:00:00+01:00")
    text = next(x.text for x in reversed(left(office, "review")) if GORAN in x.readers)
    assert "1. Ny Person" in text
    assert text.index("Ny Person") < text.index("Åsa Sköld")
    assert ("Björn Ahlgren" in text) is (lists(office)[GORAN] == ["Ny Person", "Åsa Sköld"])


def test_a_deputy_gets_the_letter_while_standing_in(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    register(office, f'"Hemtjänsten Öst",2024-01-01,,,,,{ABOVE}',
             f'"Hemtjänsten Öst",2024-01-01,,{NOEL},2026-11-01,2026-12-31,{ABOVE}')  # fmt: skip
    begun(office)
    turn(office, SEND)
    [letter] = [x for x in left(office, "review") if GORAN in x.readers]
    assert letter.readers == {GORAN, NOEL}
    say(office, letter, "Alla är kvar.", day=TUESDAY, sender=NOEL, name=NOEL_NAME)
    turn(office, f"{TUESDAY}T13:00:00+01:00")
    assert answers(office)["Åsa Sköld"] == "stays"


# --- voices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "verdict", "counts"),
    [
        (GORAN, "pass", True),
        (EVA, "pass", True),
        (GORAN, "fail", False),
        (NOEL, "pass", False),
        (ABOVE, "pass", False),  # the next level, before it is asked
        ("x@annan.example", "pass", False),
    ],
)
def test_whose_word_counts(tmp_path: Path, sender: str, verdict: str, counts: bool) -> None:
    office = running(tmp_path)
    [letter] = [x for x in left(office, "review") if GORAN in x.readers]
    say(office, letter, "Alla är kvar.", day=TUESDAY, sender=sender, name="X", verdict=verdict)
    turn(office, f"{TUESDAY}T13:00:00+01:00")
    assert answers(office)["Åsa Sköld"] == ("stays" if counts else "open")
    outcome = rows(office, "mails")[-1]["outcome"]
    assert outcome == ("applied" if counts else "with_staff")


def test_the_next_level_answers_once_it_is_asked(tmp_path: Path) -> None:
    office = running(tmp_path)
    turn(office, "2026-12-14")
    letter = left(office, "escalation")[0]
    name = "Åsa Sköld" if "Åsa Sköld" in letter.text else "Davor Castillo"
    say(office, letter, "Alla är kvar.", day="2026-12-14", sender=ABOVE, name="Chef Ovan")
    turn(office, "2026-12-14T13:00:00+01:00")
    assert answers(office)[name] == "stays"


def _machine(office: Office, kind: str, text: str) -> None:
    """Deliver an automatic answer to Göran's letter."""
    [letter] = [x for x in left(office, "review") if GORAN in x.readers]
    mail = EmailMessage(policy=SMTP)
    mail["Authentication-Results"] = f"{GATEWAY}; dmarc=pass header.from=jarfalla.example"
    mail["From"], mail["To"], mail["Subject"] = GORAN, OFFICE, "Autosvar"
    mail["Date"] = format_datetime(moment(f"{TUESDAY}T12:00:00+01:00"))
    mail["Message-ID"] = f"<{kind}@jarfalla.example>"
    mail["In-Reply-To"] = str(letter.mail["Message-ID"])
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text)
    office.deliver(kind, mail.as_bytes())
    turn(office, f"{TUESDAY}T13:00:00+01:00")


def test_an_out_of_office_is_no_answer_and_stands_in_the_status(tmp_path: Path) -> None:
    office = running(tmp_path)
    _machine(office, "borta", "Jag är ledig och åter den 7 december 2026. Kontakta Noël Ek.\n")
    assert answers(office)["Åsa Sköld"] == "open"
    [one] = [r for r in rows(office, "reviews") if r["manager_mail"] == GORAN]
    [away] = one["absences"]
    assert away["back"] == "2026-12-07"
    assert "åter 2026-12-07" in " ".join(ekbot(office, "review", "status")[1].split())
    turn(office, "2026-11-30")
    assert len(left(office, "review_reminder")) == 2


# --- where somebody has moved --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("till Viksjöskolan", [OTHER_UNIT]),
        ("till Viksjöskolans kök", [OTHER_UNIT]),
        ("till Per Ek", [OTHER_UNIT]),
        ("till Viksjöskolan hos Per Ek", [OTHER_UNIT]),
        ("till kommunen bredvid", []),
        ("", []),
    ],
)
def test_a_move_is_proposed_to_the_manager_whom_the_words_fit(words: str, found: list[str]) -> None:
    entries = (a_manager(), PER_ROW)
    assert [e.unit for e in targets(entries, words)] == found


def test_a_unit_and_a_person_that_disagree_fit_the_unit() -> None:
    other = a_manager(name="Per Ek", unit_id="1003", unit="Norra")
    named = a_manager(name="Siv Ek", unit_id="1004", unit="Södra")
    assert targets((other, named), "till Södra, Per Ek") == (named,)
    assert targets((other, named), "till Norra, Per Ek") == (other,)
