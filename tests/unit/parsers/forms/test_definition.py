"""A definition that is wrong is named with its file and key."""

from __future__ import annotations

import re

import pytest

from parsers.forms.definition import DefinitionError, load, parse
from tests.filled import FORMS, definition

TEXT = definition().blank.with_suffix(".toml").read_text(encoding="utf-8")
WRONG = {
    "no TOML": (TEXT + "\n[[", "no valid TOML"),
    "unknown key": (TEXT.replace('form = "EK-1"', 'form = "EK-1"\nform2 = "x"'), "form2"),
    "unknown type": (TEXT.replace('type = "person_id"', 'type = "pnr"'), "type"),
    "box turned": (re.sub(r"(?m)^value = \[143.6, ", "value = [200.0, ", TEXT), "x0 < x1"),
    "value outside": (TEXT.replace("value = [143.6, ", "value = [142.0, "), "must lie inside"),
    "key twice": (TEXT.replace('key = "surname"', 'key = "given_name"'), "occurs twice"),
    "tick twice": (TEXT.replace('value = "change"', 'value = "new"'), "'new' occurs twice"),
    "no blank": (TEXT.replace('blank = "2026-09.pdf"', 'blank = "finns-ej.pdf"'), "empty form"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_definition_is_named(fault):
    text, words = WRONG[fault]
    assert text != TEXT
    path = definition().blank.with_suffix(".toml")
    with pytest.raises(DefinitionError, match=re.escape(words)) as caught:
        parse(text, path)
    assert all(line.startswith(str(path)) for line in caught.value.problems)


def test_every_problem_of_a_folder_is_told_at_once(tmp_path):
    (tmp_path / "a.toml").write_text("form = 1", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff")
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path)
    assert {line.partition(":")[0][-6:] for line in caught.value.problems} == {"a.toml", "b.toml"}


def test_our_own_definitions_load_newest_first():
    versions = [d.version for d in load(FORMS)]
    assert versions == sorted(versions, reverse=True)
    assert len(definition().all_keys()) == 34
