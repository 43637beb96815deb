"""On forms from many programs only what contradicts itself is in doubt."""

from __future__ import annotations

import json

import pytest

from bot.domain.forms import State
from tests.filled import GOLDEN
from tests.unit.parsers.forms.reader import the_form

VECTOR = GOLDEN / "forms" / "vector"
TRUTH = [json.loads(line) for line in (VECTOR / "truth.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("truth", TRUTH, ids=lambda t: t["file"])
def test_only_what_contradicts_itself_is_unsure(truth):
    form = the_form((VECTOR / truth["file"]).read_bytes())
    doubtful = {f.key for f in form.fields if f.state in (State.UNSURE, State.MISSING)}
    assert doubtful == ({"person_id"} if truth["file"].startswith("57") else set())
