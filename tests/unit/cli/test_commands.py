"""The terminal from outside: learning a blank, and what a slip of the finger gives."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.captured_blank import scanned
from tests.e2e.office import GOLDEN, Office
from tests.foreign import draw
from tests.looks import LOOKS

BLANK = GOLDEN.parents[1] / "templates" / "forms" / "ek-1" / "2026-09.pdf"


def test_a_blank_is_learnt_shown_and_kept_beside_its_definition(tmp_path: Path) -> None:
    office = Office(tmp_path)
    told = office.ekbot("form", "learn", str(BLANK), "--name", "2025-01", "--yes")
    picture = re.search(r"/\S+\.png", told)
    assert picture is not None
    assert Path(picture[0]).read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "forms" / "ek-1" / "2025-01.pdf").read_bytes() == BLANK.read_bytes()
    assert 'version = "2025-01"' in (tmp_path / "forms" / "ek-1" / "2025-01.toml").read_text()
    assert "2025-01" in office.ekbot("doctor", code=None)


@pytest.mark.slow
def test_a_scanned_blank_is_learnt_and_kept_straightened(tmp_path: Path) -> None:
    office = Office(tmp_path)
    picture = scanned(draw(LOOKS["combs, label left"]).content, dpi=200, skew=1.2)
    Image.fromarray(picture.grey).save(tmp_path / "skannad.jpg", dpi=(200, 200))
    told = office.ekbot("form", "learn", str(tmp_path / "skannad.jpg"), "--name", "grann", "--yes")
    assert "Hittade 4" in told
    assert "…" not in told
    kept = (tmp_path / "forms" / "ek-1" / "grann.pdf").read_bytes()
    assert kept.startswith(b"%PDF")
    assert 'key = "person_id"' in (tmp_path / "forms" / "ek-1" / "grann.toml").read_text()


def test_nothing_is_kept_without_a_yes(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert "Inget sparat" in office.ekbot("form", "learn", str(BLANK), "--name", "2025-01")
    assert not (tmp_path / "forms").exists()


def test_a_file_that_is_no_blank_is_refused_with_a_reason(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.ekbot("form", "learn", str(GOLDEN / "managers.csv"), "--name", "x", code=2)
    office.ekbot("form", "learn", str(BLANK), "--name", "../x", code=1)


def test_a_mistyped_command_is_explained_without_a_traceback(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for words in (("list", "nosuch"), ("--nosuch",), ("once", "--now", "igår")):
        done = subprocess.run(office.command(*words), capture_output=True, text=True, check=False)
        assert done.returncode == 1, words
        assert "Traceback" not in done.stderr
        assert done.stderr.strip()
