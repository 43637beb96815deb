"""``form learn``: a stranger's blank becomes a definition in one command, after a look and a yes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.e2e.office import GOLDEN, Office

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


def test_nothing_is_kept_without_a_yes(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert "Inget sparat" in office.ekbot("form", "learn", str(BLANK), "--name", "2025-01")
    assert not (tmp_path / "forms").exists()


def test_a_file_that_is_no_blank_is_refused_with_a_reason(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.ekbot("form", "learn", str(GOLDEN / "managers.csv"), "--name", "x", code=2)
    office.ekbot("form", "learn", str(BLANK), "--name", "../x", code=1)
