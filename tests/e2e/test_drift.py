"""A night and a morning: another hand has changed the catalogue, the digest says so, a clerk answers."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from tests.clerk_day import Letters
from tests.desk import bring, ekbot, rows
from tests.e2e.office import Office
from tests.e2e.review_clients import reply
from tests.filled import numbers
from tests.swedish_days import stockholm

EVA = "eva.ek@jarfalla.example"
ANNA, BO, CILLA, DAN, EVERT = numbers()[:5]


def _people(office: Office) -> None:
    rows_ = [
        f"{digits},{name},,Sköld,USK,V102,{name.lower()}@jarfalla.example,0701740635,2026-01-01,"
        "2027-01-01,,nej"
        for digits, name in ((ANNA, "Anna"), (BO, "Bo"), (CILLA, "Cilla"), (DAN, "Dan"))
    ]
    assert bring(office, *rows_, now="2026-11-02")[0] == 0


def _by_another_hand(office: Office, *statements: str, **values: Any) -> None:
    engine = create_engine(f"sqlite:///{office.here / 'var' / 'ekbot.db'}")
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), values)
    engine.dispose()


def _once(office: Office, now: str) -> None:
    code, out, err = ekbot(office, "once", "--now", f"{now}:00+01:00")
    assert code == 0, (out, err)


def test_what_another_hand_has_changed_is_told_in_the_morning_and_answered_by_mail(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path / "ek")
    _people(office)
    _once(office, "2026-11-03T03:00")
    _by_another_hand(
        office,
        "UPDATE catalogue SET phone = '084650040', title = 'Sjuksköterska', version = version + 1 "
        "WHERE person_id = :anna",
        "DELETE FROM catalogue WHERE person_id = :bo",
        "UPDATE catalogue SET protected = true, version = version + 1 WHERE person_id = :dan",
        "INSERT INTO catalogue (person_id, version, surname, given_name, unit_id, unit, valid_from,"
        " protected) VALUES (:evert, 1, 'Ny', 'Evert', 'V102', 'Hemtjänsten Öst', '2026-11-01',"
        " false)",
        "UPDATE catalogue SET valid_until = '2026-12-24', version = version + 1 "
        "WHERE person_id = :cilla",
        anna=ANNA, bo=BO, cilla=CILLA, dan=DAN, evert=EVERT,
    )  # fmt: skip
    _once(office, "2026-11-04T03:00")
    _once(office, "2026-11-04T07:30")
    (digest,) = [x for x in Letters(office.letters()).all() if x.kind == "digest" and
                 "2026-11-04" in str(x.mail["Date"].datetime)]  # fmt: skip
    said = " ".join(digest.text.split())
    assert "Skillnad mot katalogen: Anna Sköld, Hemtjänsten Öst" in said
    assert "Telefon: 070-174 06 35 hos oss, 08-465 00 40 i katalogen, sedan 2026-11-04" in said
    assert "Saknas i katalogen: Bo Sköld" in said
    assert "Finns bara i katalogen: Evert Ny" in said
    assert "2027-01-01 hos oss, 2026-12-24 i katalogen" in said
    assert "5 skillnader mellan registret och katalogen" in said
    assert "Dan" not in said
    assert "1 ärende ligger hos särskild handläggare" in said
    title = {c["title"].partition(": ")[2].partition(" ")[0]: c["id"] for c in rows(office, "cases")
             if c["kind"] == "drift"}  # fmt: skip
    answer = reply(
        digest, f"{title['Anna']} klar\n{title['Cilla']} avslå fel i katalogen\n{title['Evert']} klar\n"
        f"{title['Bo']} klar\n", sender=EVA, name="Eva Ek", sent=stockholm("2026-11-04T09:00:00+01:00"),
        style="gmail", number="svar",
    )  # fmt: skip
    office.deliver("svar.eml", answer)
    _once(office, "2026-11-04T09:01")
    people = {p["given_name"]: p for p in rows(office, "persons")}
    assert (people["Anna"]["phone"], people["Anna"]["title"]) == ("084650040", "Sjuksköterska")
    assert people["Cilla"]["valid_until"] == "2027-01-01"
    assert people["Evert"]["manager_mail"]
    assert people["Bo"]["status"] == "active"
    assert "Dan" not in people
    _once(office, "2026-11-05T03:00")
    left = {(d["name"], d["attribute"], d["status"]) for d in rows(office, "drifts")}
    assert left == {("Bo Sköld", "gone", "answered"), ("Cilla Sköld", "valid_until", "answered")}
    shown = ekbot(office, "list", "drifts")[1]
    assert ANNA not in shown
    assert BO not in json.dumps(rows(office, "drifts"))


def test_who_may_see_what_differs_about_a_protected_person(tmp_path: Path) -> None:
    office = Office(tmp_path / "ek")
    _people(office)
    _by_another_hand(
        office, "UPDATE catalogue SET protected = true WHERE person_id = :dan", dan=DAN
    )
    code, out, _err = ekbot(office, "drift", "--now", "2026-11-03T10:00:00+01:00")
    assert (code, "Nya ärenden" in out) == (0, True)
    (case,) = [c for c in rows(office, "cases") if c["kind"] == "drift"]
    later = ("--now", "2026-11-03T10:05:00+01:00")
    code, out, err = ekbot(office, "drift", case["id"], *later)
    assert code == 2
    assert "särskilda handläggare" in err
    assert "Sköld" not in out + err
    config = office.here / "ekbot.toml"

    config.write_text(
        config.read_text("utf-8").replace(
            "[review]\n", f'[review]\nnamed_staff = ["{getpass.getuser()}"]\n'
        ),
        encoding="utf-8",
    )
    code, out, err = ekbot(office, "drift", case["id"], *later)
    assert code == 0, err
    assert "Dan Sköld" in out
    assert "namnet visades" in ekbot(office, "why", case["id"])[1]


def test_a_comparison_that_was_not_believed_leaves_with_what_to_do(tmp_path: Path) -> None:
    office = Office(tmp_path / "ek")
    _people(office)
    _by_another_hand(office, "DELETE FROM catalogue")
    code, out, err = ekbot(office, "drift", "--json", "--now", "2026-11-03T10:00:00+01:00")
    assert (code, json.loads(out)["open"]) == (3, 0)
    assert "utan en enda person" in err
    assert [c["kind"] for c in rows(office, "cases")] == ["drift_halt"]


def test_a_catalogue_written_by_hand_has_nothing_to_compare(tmp_path: Path) -> None:
    office = Office(tmp_path / "ek", catalogue='kind = "worklist"')
    _people(office)
    code, out, err = ekbot(office, "drift", "--now", "2026-11-03T10:00:00+01:00")
    assert (code, err) == (0, "")
    assert "inget att jämföra" in out
    _once(office, "2026-11-04T03:00")
    assert rows(office, "cases") == []
