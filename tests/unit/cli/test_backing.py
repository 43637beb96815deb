"""A copy is whole, private and checked before anything is touched."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.desk import ekbot, rows, turn
from tests.e2e.office import Office
from tests.posting import a_mail

DAY = "2026-11-23T09:00:00+01:00"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "kontor")
    made.deliver("x", a_mail("x", text="Kan ni hjälpa mig?", subject="Fråga"))
    turn(made, DAY)
    return made


def _copy(office: Office) -> Path:
    target = office.here.parent / "kopia.db"
    code, _, err = ekbot(office, "backup", str(target))
    assert code == 0, err
    return target


def test_a_copy_is_a_whole_database_for_its_owner_only(office: Office) -> None:
    target = _copy(office)
    sheet = Path(f"{target}.json")
    assert {stat.S_IMODE(f.stat().st_mode) for f in (target, sheet)} == {0o600}
    assert {"sha256", "revision", "seen"} <= json.loads(sheet.read_text()).keys()
    with sqlite3.connect(target) as connection:
        assert connection.execute("SELECT count(*) FROM mails").fetchone() == (1,)


def test_a_copy_never_replaces_a_file(office: Office) -> None:
    before = _copy(office).read_bytes()
    code, _, err = ekbot(office, "backup", str(office.here.parent / "kopia.db"))
    assert (code, "finns redan" in err) == (2, True)
    assert (office.here.parent / "kopia.db").read_bytes() == before


def test_a_folder_keeps_the_newest_copies(office: Office) -> None:
    folder = office.here.parent / "kopior"
    folder.mkdir()
    for minute in range(4):
        ekbot(office, "backup", str(folder), "--keep", "2", "--now", f"2026-11-23T10:0{minute}")
    assert [f.name for f in sorted(folder.glob("*.db"))] == [
        "ekbot-2026-11-23T100200.db", "ekbot-2026-11-23T100300.db",
    ]  # fmt: skip
    assert len(list(folder.iterdir())) == 4


@pytest.mark.parametrize("harm", ["changed", "no_sheet", "not_a_copy", "no_yes", "no_log"])
def test_what_cannot_be_put_back_changes_nothing(office: Office, harm: str) -> None:
    target, words = _copy(office), ["--yes"]
    database = office.here / "var" / "ekbot.db"
    if harm == "changed":
        target.write_bytes(target.read_bytes() + b"x")
    elif harm == "no_sheet":
        Path(f"{target}.json").unlink()
    elif harm == "not_a_copy":
        target = office.here / "ekbot.toml"
    elif harm == "no_yes":
        words = []
    else:
        Path(f"{database}.sent").unlink()
    before = {f.name for f in database.parent.iterdir() if f.suffix != ".lock"}
    code, _, err = ekbot(office, "restore", str(target), *words)
    assert code == 2, err
    assert {f.name for f in database.parent.iterdir() if f.suffix != ".lock"} == before
    assert not any(c["id"] == "K-10001" for c in rows(office, "cases"))


def test_nothing_is_put_back_while_a_daemon_works(office: Office) -> None:
    target = _copy(office)
    daemon = office.start("--now", "2026-11-24T09:00")
    try:
        log = office.here / "daemon.log"
        while "started" not in (log.read_text() if log.exists() else ""):
            assert daemon.poll() is None
        code, _, err = ekbot(office, "restore", str(target), "--yes")
        assert (code, "systemctl stop ekbot" in err) == (3, True)
    finally:
        daemon.terminate()
        daemon.wait(30)


def test_the_replaced_database_is_kept_whole(office: Office) -> None:
    target = _copy(office)
    office.deliver("y", a_mail("y", text="Hjälp mig gärna.", subject="Fråga två"))
    turn(office, "2026-11-24T09:00:00+01:00")
    code, out, err = ekbot(
        office, "restore", str(target), "--yes", "--json", "--now", "2026-11-24T10:00"
    )
    assert code == 0, err
    with sqlite3.connect(json.loads(out)["kept"]) as connection:
        assert connection.execute("SELECT count(*) FROM mails").fetchone() == (2,)
    assert [c["id"] for c in rows(office, "cases")][-1] == "K-10001"


def test_a_database_put_back_by_other_means_is_marked(office: Office) -> None:
    database = office.here / "var" / "ekbot.db"
    target = _copy(office)
    shutil.copy(target, database)
    for side in ("-wal", "-shm"):
        Path(f"{database}{side}").unlink(missing_ok=True)
    code, _, err = ekbot(office, "restore", "--loaded", "--yes", "--now", "2026-11-24T10:00")
    assert code == 0, err
    assert "restored " in Path(f"{database}.sent").read_text()


def test_a_server_s_database_is_copied_by_its_own_tool(tmp_path: Path) -> None:
    office = Office(tmp_path / "pg", database="postgresql://ekbot@db.example/ekbot")
    code, _, err = ekbot(office, "backup", str(tmp_path / "x.db"))
    assert (code, "pg_dump" in err) == (1, True)
