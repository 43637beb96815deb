"""The glossary names what the code holds: a renamed class turns this red."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ") and not line.startswith("| Swedish")
]
NAMES = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row[1])})


def found(name: str) -> bool:
    """Tell whether *name* can be reached: the longest module that exists, then its attributes."""
    path = (
        name.split(".")
        if name.startswith(("bot.", "parsers."))
        else ["bot", "domain", *name.split(".")]
    )
    for length in range(len(path) - 1, 1, -1):
        try:
            thing: object = importlib.import_module(".".join(path[:length]))
        except ModuleNotFoundError:
            continue
        for part in path[length:]:
            declared = getattr(thing, "__dataclass_fields__", {})
            declared = {**declared, **getattr(thing, "model_fields", {})}
            if part not in declared and not hasattr(thing, part):
                return False
            thing = getattr(thing, part, None)
        return True
    return False


def test_the_glossary_is_read_at_all():
    assert len(ROWS) > 50
    assert len(NAMES) > 40


@pytest.mark.parametrize("name", NAMES)
def test_every_name_in_the_glossary_exists(name):
    assert found(name)


def test_a_name_that_does_not_exist_is_seen():
    assert not found("cases.Ticket")
    assert not found("cases.Case.colour")
    assert not found("nowhere.Case")


def test_every_row_has_four_cells_and_no_word_stands_twice():
    assert all(len(row) == 4 for row in ROWS)
    words = [row[0] for row in ROWS]
    assert len(words) == len(set(words))


def test_every_public_class_of_the_core_that_people_speak_of_has_a_word():
    spoken = {"Case", "Record", "Entry", "Order", "PersonId", "ManagerEntry", "Letter", "Change"}
    assert spoken <= {part for name in NAMES for part in name.split(".")}
