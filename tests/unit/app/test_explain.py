"""Why: every reference leads down to the mail and the rule, and none that is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.app.explain import UnknownRefError, parse
from tests.desk import ekbot, rows, turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail


@pytest.mark.parametrize(
    ("ref", "wanted"), [("17", ("K", 17)), ("k-17", ("K", 17)), (" B5 ", ("B", 5))]
)
def test_a_reference_is_read_as_people_write_it(ref: str, wanted: tuple[str, int]) -> None:
    assert parse(ref) == wanted


@pytest.mark.parametrize("ref", ["", "X-1", "K-", "K-1-2", "²", "K-" + "9" * 30, "9" * 30])
def test_what_is_no_reference_is_told_how_to_write_one(ref: str) -> None:
    with pytest.raises(UnknownRefError, match="K-17"):
        parse(ref)


def test_every_letter_leads_to_its_mail_and_rule_without_a_number(tmp_path: Path) -> None:
    office = Office(tmp_path)
    order = an_order(0)
    office.deliver("a", a_mail("a", ("b.pdf", fill_acroform(order))))
    turn(office, "2026-11-23")
    letter = next(r["id"] for r in rows(office, "letters") if r["kind"] == "applied")
    code, out, _ = ekbot(office, "why", letter, "--json")
    assert code == 0
    (case,) = json.loads(out)["because"]
    assert case["id"] == "K-1"
    assert "M-1" in [child["id"] for child in case["because"]]
    assert "rutinen steg 1" in dict(case["facts"])["Regel"]
    assert order["person_id"] not in out
    assert ekbot(office, "why", "B-999")[0] == 2
