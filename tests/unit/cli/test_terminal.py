"""The terminal: exit codes, JSON alone on stdout, what a clerk may see and do."""

from __future__ import annotations

import fcntl
import json
import logging
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.desk import bring, ekbot, letters, rows, turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform, numbers
from tests.posting import a_mail

DAY, NOON = "2026-11-23", "2026-11-23T12:00:00+01:00"


def _set(office: Office, text: str) -> None:
    path = office.here / "ekbot.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", encoding="utf-8")


def _order(office: Office, n: int = 0, action: str = "new", **changes) -> dict:
    order = an_order(n, action, **changes)
    office.deliver(f"o{n}", a_mail(f"o{n}", ("b.pdf", fill_acroform(order))))
    return order


def test_every_order_waits_for_a_clerk_where_the_office_wants_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _set(office, '[approval]\nmode = "staff"')
    _order(office)
    turn(office, DAY)
    assert rows(office, "persons") == []
    code, out, _ = ekbot(office, "case", "show", "K-1")
    assert (code, "case done 1" in out) == (0, True)
    assert ekbot(office, "case", "done", "K-1", "--now", NOON)[0] == 0
    assert len(rows(office, "persons")) == 1
    assert len(letters(office, NOON, "applied")) == 1
    code, _, err = ekbot(office, "case", "done", "K-1", "--now", NOON)
    assert (code, "K-1" in err) == (2, True)
    assert len(letters(office, NOON, "applied")) == 1


def test_a_rejected_order_is_told_with_the_clerks_reason(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _set(office, '[approval]\nmode = "staff"')
    _order(office)
    turn(office, DAY)
    assert ekbot(office, "case", "reject", "1", "--why", " ", "--now", NOON)[0] == 1
    assert ekbot(office, "case", "reject", "1", "--why", "fel enhet", "--now", NOON)[0] == 0
    (letter,) = letters(office, NOON, "rejected")
    assert letter.letter.content.reason == "fel enhet"
    assert rows(office, "persons") == []


def test_a_write_by_hand_is_told_when_it_is_done(tmp_path: Path) -> None:
    office = Office(tmp_path, catalogue='kind = "worklist"')
    _order(office)
    turn(office, DAY)
    (by_hand,) = [c for c in rows(office, "cases") if c["kind"] == "by_hand"]
    assert letters(office, DAY, "applied") == []
    assert ekbot(office, "case", "reject", by_hand["id"], "--why", "x", "--now", NOON)[0] == 2
    assert ekbot(office, "case", "done", by_hand["id"], "--now", NOON)[0] == 0
    assert len(letters(office, NOON, "applied")) == 1
    assert {c["kind"]: c["status"] for c in rows(office, "cases")} == {
        "new": "done", "by_hand": "done", "card_order": "waiting",  # the record begins later
    }  # fmt: skip


def test_the_brake_holds_and_a_clerk_releases_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _set(office, "[approval]\nbrake_records = 1\nbrake_floor = 1")
    for n in range(2):
        order = an_order(n)
        row = f"{order['person_id']},{order['given_name']},,{order['surname']},USK,V102,,,2026-01-01,2027-06-01,,nej"
        assert bring(office, row)[0] == 0
        _order(office, n, "cancel")
    turn(office, DAY)
    (held,) = [c for c in rows(office, "cases") if c["rule"] == "brake"]
    assert ekbot(office, "case", "done", held["id"], "--now", NOON)[0] == 0
    assert {p["valid_until"] for p in rows(office, "persons")} == {"2026-12-31"}
    assert len(letters(office, NOON, "applied")) == 2


def test_a_clerk_decides_while_the_daemon_works_and_the_daemon_carries_it_out(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path)
    _set(office, '[approval]\nmode = "staff"')
    _order(office)
    turn(office, DAY)
    with (office.here / "var" / "ekbot.db.lock").open("a") as daemon:
        fcntl.flock(daemon, fcntl.LOCK_EX)
        code, out, _ = ekbot(office, "case", "done", "K-1", "--now", NOON)
        assert (code, out.startswith("K-1: väntar")) == (0, True)
        assert rows(office, "persons") == []
    turn(office, NOON)
    assert len(rows(office, "persons")) == 1
    assert len(letters(office, NOON, "applied")) == 1


@pytest.mark.parametrize("word", ["done", "show"])
def test_a_case_that_is_not_there_is_refused(tmp_path: Path, word: str) -> None:
    office = Office(tmp_path)
    assert ekbot(office, "case", word, "K-99")[0] == 2
    assert ekbot(office, "case", word, "B-1")[0] == 1
    assert ekbot(office, "case", word, "strunt")[0] == 1


def test_the_clock_never_goes_back(tmp_path: Path) -> None:
    office = Office(tmp_path)
    turn(office, NOON)
    code, _, err = ekbot(office, "case", "done", "K-1", "--now", DAY)
    assert (code, "framåt" in err) == (2, True)


def test_looking_never_moves_the_clock(tmp_path: Path) -> None:
    office, past = Office(tmp_path), "2024-05-06"
    turn(office, past)
    with (office.here / "managers.csv").open("a", encoding="utf-8") as file:
        file.write("Ny Chef,ny.chef@jarfalla.example,V900,Nya enheten,2024-01-01,,,,,\n")
    assert "V900" in ekbot(office, "list", "managers")[1]
    for words in (("doctor",), ("list", "cases")):
        ekbot(office, *words)
    assert turn(office, past).waits == ()


def test_without_a_configuration_the_file_to_make_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EKBOT_CONFIG", raising=False)
    for words in (("once",), ("list", "cases"), ("doctor",), ("form", "blank"), ("why", "K-1")):
        code, out, err = ekbot(None, *words)
        assert (code, out) == (1, ""), words
        assert "config/ekbot.toml" in err


def test_forms_are_read_without_a_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EKBOT_CONFIG", raising=False)
    Path("b.pdf").write_bytes(fill_acroform(an_order(0)))
    code, out, _ = ekbot(None, "read", "b.pdf", "--json", "--now", DAY)
    assert code == 0
    assert [json.loads(line)["form"] for line in out.splitlines()] == ["EK-1"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that opens but can't be read")
def test_a_file_that_cannot_be_opened_is_refused_with_a_reason() -> None:
    code, out, _ = ekbot(None, "read", "/proc/self/mem", "--json", "--now", DAY)
    row = json.loads(out)
    assert (code, row["verdict"]) == (2, "reject")
    assert "går inte att öppna" in row["problems"][0]["text"]


def test_reading_with_a_faulty_register_says_what_to_mend(tmp_path: Path) -> None:
    office = Office(tmp_path)
    (office.here / "managers.csv").write_text("name,mail\n", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(fill_acroform(an_order(0)))
    code, out, err = ekbot(office, "read", str(tmp_path / "b.pdf"), "--json")
    assert (code, out) == (1, "")
    assert "unit_id: kolumnen saknas" in err


def test_the_register_in_force_is_listed_though_the_file_is_faulty(tmp_path: Path) -> None:
    office = Office(tmp_path)
    turn(office, DAY)
    (office.here / "managers.csv").write_text("name,mail\n", encoding="utf-8")
    code, out, err = ekbot(office, "list", "managers", "--json")
    assert code == 0
    assert len(json.loads(out)) > 10
    assert "kolumnen saknas" in err


@pytest.mark.parametrize("verb", ["once", "list", "run"])
def test_a_folder_that_cannot_be_made_is_named_without_a_trace(tmp_path: Path, verb: str) -> None:
    (tmp_path / "fil").write_text("x")
    office = Office(tmp_path / "kontor", database=f"sqlite:///{tmp_path}/fil/ekbot.db")
    code, _, err = ekbot(office, verb, *(["cases"] if verb == "list" else []))
    assert code == 1
    assert str(tmp_path / "fil") in err
    assert "Traceback" not in err


def test_the_demo_refuses_a_file_and_a_folder_of_others(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    assert ekbot(None, "demo", "--folder", str(tmp_path / "fil"))[0] == 1
    code, _, err = ekbot(None, "demo", "--folder", str(tmp_path))
    assert (code, "inte demons" in err) == (1, True)
    assert (tmp_path / "fil").read_text() == "x"


def test_a_bad_row_stops_the_whole_import_and_shows_no_number(tmp_path: Path) -> None:
    office = Office(tmp_path)
    good = f"{numbers()[1]},Åsa,,Sköld,USK,V102,,,2026-01-01,2027-01-01,,nej"
    bad = f"{numbers()[2][:-1]}x,Bo,,Ek,USK,V102,,,2026-01-01,2027-01-01,,nej"
    code, out, err = bring(office, good, bad)
    assert code == 2
    assert "rad 3, person_id" in err
    assert numbers()[2][:-1] not in out + err
    assert rows(office, "persons") == []
    code, _, err = bring(office, good.replace("V102", "X9"))
    assert (code, "X9 (1 personer)" in err) == (2, True)


def test_managers_are_brought_in_where_no_file_is_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    path = office.here / "ekbot.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('[managers]\nkind = "csv"\npath = "managers.csv"\n', ""), "utf-8")
    source = str(office.here / "managers.csv")
    code, out, _ = ekbot(office, "import", "managers", source, "--now", DAY)
    assert (code, "Inget ändrat" in out) == (0, True)
    assert rows(office, "managers") == []
    assert ekbot(office, "import", "managers", source, "--yes", "--now", DAY)[0] == 0
    _order(office)
    turn(office, DAY)
    assert [m["outcome"] for m in rows(office, "mails")] == ["applied"]


def test_a_pipe_gets_one_plain_line_a_row(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _order(office)
    turn(office, DAY)
    lines = ekbot(office, "list", "mails")[1].splitlines()
    assert len(lines) == 3
    assert lines[2].split("\t")[0] == "M-1"
    assert not set("│┃╇") & set("".join(lines))


def test_a_locked_database_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path)
    turn(office, DAY)
    monkeypatch.setattr("bot.adapters.database.engine.BUSY", 0)
    with sqlite3.connect(office.here / "var" / "ekbot.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = ekbot(office, "list", "cases", "--json")
        other.execute("ROLLBACK")
    assert (code, out) == (3, "")
    assert "Försök igen" in err


def test_no_log_line_of_a_day_names_anybody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office = Office(tmp_path)
    order = _order(office)
    office.deliver("q", a_mail("q", ("b.pdf", fill_acroform(an_order(1), sign=None))))
    with caplog.at_level(logging.INFO, logger="bot"):
        turn(office, DAY)
    told = "\n".join(str(r.__dict__) for r in caplog.records)
    assert "mail decided" in told
    for word in (order["surname"], order["person_id"], "goran.noren", order["unit"]):
        assert word not in told


def test_doctor_tells_what_is_wrong_as_json_only(tmp_path: Path) -> None:
    office = Office(tmp_path)
    (office.here / "managers.csv").unlink()
    code, out, _ = ekbot(office, "doctor", "--json")
    checks = json.loads(out)
    assert code == 3
    assert {"name", "ok", "seen", "advice"} <= set(checks[0])
    assert [c["name"] for c in checks if not c["ok"]] == ["Chefsregister"]
