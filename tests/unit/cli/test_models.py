"""The readers' models by the terminal: shown, and what doctor says when one is wrong."""

import json
from pathlib import Path

from tests.desk import ekbot
from tests.e2e.office import Office

FILE = "swe.traineddata"


def with_a_stranger(tmp_path: Path) -> Office:
    """Return an office whose folder of models has a file that is not the right one."""
    office = Office(tmp_path)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / FILE).write_bytes(b"stranger")
    config = office.here / "ekbot.toml"
    text = config.read_text("utf-8") + f'\n[reading]\nmodels = "{tmp_path / "models"}"\n'
    config.write_text(text, encoding="utf-8")
    return office


def test_the_models_are_listed_with_their_places() -> None:
    code, out, _ = ekbot(None, "models")
    assert code == 0
    assert out.count("✓") == 3
    assert FILE in out


def test_nothing_is_fetched_or_said_where_all_is_there(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no package tool
    assert ekbot(None, "models", "--fetch", "--quiet") == (0, "", "")


def test_a_wrong_model_is_named_as_json(tmp_path: Path) -> None:
    code, out, _ = ekbot(with_a_stranger(tmp_path), "models", "--json")
    assert code == 3
    wrong = [row for row in json.loads(out) if not row["ok"]]
    assert [row["file"] for row in wrong] == [FILE]


def test_a_fetch_that_fails_says_what_is_weaker(tmp_path: Path, monkeypatch) -> None:
    office = with_a_stranger(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = ekbot(office, "models", "--fetch", "--quiet")
    assert code == 3
    assert FILE in err
    assert "allt frågas om" in err


def test_doctor_has_a_line_for_each_reader(tmp_path: Path) -> None:
    _, out, _ = ekbot(with_a_stranger(tmp_path), "doctor", "--json")
    checks = {c["name"]: c for c in json.loads(out) if c["name"].startswith("Läsare ")}
    assert {name: c["ok"] for name, c in checks.items()} == {
        "Läsare ppocr": True,
        "Läsare tesseract": False,
        "Läsare line": True,
    }
    assert "ekbot models --fetch" in checks["Läsare tesseract"]["advice"]
    assert "frågas om" in checks["Läsare tesseract"]["advice"]
