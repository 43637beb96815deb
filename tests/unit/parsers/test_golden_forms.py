"""Filled vector forms from many programs, against what stands on them: every field exact."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli import shapes
from bot.domain.authority import ManagerEntry
from parsers.reading import Settings, read_file
from tests.filled import managers, units

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "tests" / "golden" / "forms" / "vector"
TRUTH = [json.loads(line) for line in (FOLDER / "truth.jsonl").read_text("utf-8").splitlines()]
EMPTY = (None, False, "", [])
LOOSE = {"given_name", "middle_name", "surname", "unit", "title", "manager_name"}


def _register() -> tuple[ManagerEntry, ...]:
    return tuple(
        ManagerEntry(
            row["name"], row["mail"], row["unit_id"], row["unit"],
            date.fromisoformat(row["valid_from"]),
        )
        for row in managers()
    )  # fmt: skip


def _same(key: str, told: Any, truth: Any) -> bool:
    if truth in EMPTY:
        return told in EMPTY
    if key in LOOSE and isinstance(told, str):
        return told.casefold() == str(truth).casefold()
    return bool(sorted(told) == sorted(truth) if isinstance(truth, list) else told == truth)


@pytest.mark.parametrize("truth", TRUTH, ids=lambda t: t["file"])
def test_a_golden_form_reads_exactly(truth: dict[str, Any]) -> None:
    day = date.fromisoformat(truth["now"][:10])
    settings = Settings(today=day, form_paths=(ROOT / "templates" / "forms",), units=units())
    reading = read_file(truth["file"], (FOLDER / truth["file"]).read_bytes(), settings)
    ((_, told),) = shapes.document(reading, _register(), day)
    for key, value in truth["fields"].items():
        assert _same(key, told["fields"][key]["value"], value), key
    assert told["signed"] == truth["signed"]
    assert told["verdict"] == truth["verdict"]
    assert set(truth["problem_fields"]) <= {p["field"] for p in told["problems"]}
    assert told["version"] == "2026-09"
