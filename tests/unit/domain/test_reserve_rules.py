"""The rules of loans: in force on a day, for a reason, with an identity document."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cards import IdKind
from bot.domain.reserve_rules import Rule, best, for_identity, for_reasons
from tests.builders import TODAY
from tests.card_builders import RULES

PASS, FOREIGN = IdKind.PASSPORT, IdKind.FOREIGN_PASSPORT
OLD = Rule("old", "short_term", 3, date(2020, 1, 1), frozenset({PASS}), 3, date(2026, 6, 30))
NEW = replace(OLD, id="new", valid_from=date(2026, 7, 1), valid_until=None, months=1)


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["old"]),
        (date(2026, 6, 30), ["old"]),
        (date(2026, 7, 1), ["new"]),
        (date(2036, 7, 1), ["new"]),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(day, ids):
    assert [r.id for r in for_reasons((OLD, NEW), ("short_term",), day)] == ids


@pytest.mark.parametrize(
    ("reasons", "ids"),
    [
        (("short_term",), {"S9-short-3", "S9-short-2"}),
        (("short_term", "foreign"), {"S9-short-3", "S9-short-2", "S9-foreign-3", "S9-foreign-2"}),
        (("forgotten_card",), {"F-forgotten-3"}),
        (("other",), set()),
        ((), set()),
    ],
)
def test_the_shipped_rules_answer_for_each_reason_of_the_routine(reasons, ids):
    assert {r.id for r in for_reasons(RULES, reasons, TODAY)} == ids


@pytest.mark.parametrize(
    ("kind", "loa", "chosen"),
    [
        (PASS, None, "S9-short-3"),
        (PASS, 2, "S9-short-2"),
        (PASS, 3, "S9-short-3"),
        (FOREIGN, None, "S9-short-2"),
        (FOREIGN, 2, "S9-short-2"),
        (FOREIGN, 3, None),  # a foreign passport does not reach level 3
        (IdKind.SERVICE_CARD, None, None),
    ],
)
def test_the_document_decides_the_level(kind, loa, chosen):
    rules = for_reasons(RULES, ("short_term",), TODAY)
    found = best(for_identity(rules, kind, loa))
    assert (found.id if found is not None else None) == chosen


def test_of_two_rules_at_the_same_level_the_longer_loan_is_given():
    assert best((NEW, OLD)) == OLD
