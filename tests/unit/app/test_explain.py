"""Why: every reference leads down to the mail and the rule, and none that is not there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.explain import UnknownRefError, parse
from bot.app.routine import STEPS
from bot.app.telling import told
from bot.cli.words import swedish
from bot.domain.cards import Status as CardStatus
from bot.ports.rows import AuditRow
from tests.desk import ekbot, rows, turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

ROOT = Path(__file__).resolve().parents[3]


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
    mail, rule = case["because"]
    assert (rule["title"], dict(rule["facts"])) == (
        "Behörig chef, underskriven och fullständig blankett.", {"Regelns namn": "order"},
    )  # fmt: skip
    (step,) = rule["because"]
    assert step["title"] == "rutinen steg 1, beställning"
    assert "påskrivna blanketten" in dict(step["facts"])["Där står"]
    assert mail["id"] == "M-1"
    assert order["person_id"] not in out
    assert ekbot(office, "why", "B-999")[0] == 2


def test_no_code_of_the_program_is_shown_to_a_clerk(tmp_path: Path) -> None:
    office = Office(tmp_path)
    order = an_order(1, reserve_order=True, reserve_reasons=["new_employee"], effective_from=None,
                     employed_from=None)  # fmt: skip
    office.deliver("a", a_mail("a", ("b.pdf", fill_acroform(order))))
    office.deliver("b", a_mail("b", ("b.pdf", fill_acroform(an_order(2), sign=None))))
    turn(office, "2026-11-23")
    seen = [r["id"] for what in ("cases", "cards", "letters", "mails", "persons")
            for r in rows(office, what)]  # fmt: skip
    assert len(seen) > 8
    for ref in seen:
        out = ekbot(office, "why", ref)[1]
        assert "Rutin " in out, ref
        assert not re.findall(r"(?<![\w.@-])[a-z]+_[a-z_]+", out), out
        assert not re.findall(r": (?:queued|sent|open|done|waiting|active)\b", out), out


def test_what_lies_deeper_is_shown_when_it_is_asked_for(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.deliver("a", a_mail("a", ("b.pdf", fill_acroform(an_order(0)))))
    turn(office, "2026-11-23")
    assert "SHA-256" not in ekbot(office, "why", "M-1")[1]
    whole = ekbot(office, "why", "M-1", "--all")[1]
    assert "SHA-256: " in whole
    assert "Regelns namn: order" in whole


def _literals(pattern: str) -> set[str]:
    return {
        found
        for file in (ROOT / "bot").rglob("*.py")
        for found in re.findall(pattern, file.read_text("utf-8"))
    }


def test_every_mark_of_a_rule_stands_in_the_routine() -> None:
    marks = _literals(r'"(S\d{1,2}|[DF])"\)')
    assert {"S1", "S13", "D", "F"} <= marks <= {*STEPS}
    assert [f"S{n}" for n in range(1, 14)] == [*STEPS][:13]


def test_every_line_of_the_log_has_its_sentence() -> None:
    actions = _literals(r'audit\.add\(\s*[^,]+,\s*"(\w+)"')
    assert len(actions) > 20
    now = datetime(2026, 11, 23, tzinfo=UTC)
    for action in actions:
        line = AuditRow(1, now, "bot", action, "K-1", "new → staff: order", "")
        assert action not in told(line, str), action


def test_every_word_of_the_core_about_a_card_is_swedish() -> None:
    said = _literals(r'said="([a-z][^"{]*)"') | _literals(r'told_now\([^"]*"([a-z][^"]*)"')
    assert len(said) > 30
    now = datetime(2026, 11, 23, tzinfo=UTC)
    codes = {*CardStatus}
    for words in said - codes:
        line = AuditRow(1, now, "bot", "card_saved", "C-1", f"reserve → due: {words}", "")
        assert words not in told(line, str), words


def test_a_line_says_who_did_it_when_it_was_a_person() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    line = AuditRow(1, now, "eva", "case_saved", "K-1", "new → confirmed: staff", "")
    assert told(line, swedish) == "ärendet: genomfört (eva)"
    assert (
        told(replace(line, action="new_action"), swedish)
        == "new_action: new → confirmed: staff (eva)"
    )
