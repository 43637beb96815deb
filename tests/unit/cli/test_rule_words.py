"""Every rule that can stand in a case has the clerk's words."""

import re
from pathlib import Path

from bot.cli.rule_words import because

CORE = Path(__file__).parents[3] / "bot"
RULE = re.compile(r"Reason\(\s*\"([a-z_]+)\"")


def test_no_rule_of_the_program_is_shown_by_its_english_name():
    rules = {r for file in CORE.rglob("*.py") for r in RULE.findall(file.read_text("utf-8"))}
    assert len(rules) > 80
    assert {r for r in rules if because(r) == r} == set()
