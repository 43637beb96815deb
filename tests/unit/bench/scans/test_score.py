"""The scorer told made-up answers: each fault is counted where it belongs."""

import random
from datetime import date
from typing import Any

import pytest

from bench.scans.orders import DEFECTS, TODAY, an_order
from bench.scans.score import Tally, bound, comparable, judge, score
from bot.domain.authority import ManagerEntry
from bot.domain.forms import FieldReading, FormReading, How, Signed, State
from bot.domain.judging import Register
from bot.domain.judging import judge as hold
from tests.filled import managers

FIELDS = {"action": "new", "person_id": "199001012385", "surname": "Öberg", "phone": "0701740611",
          "protected": False, "reserve_reasons": [], "middle_name": None}  # fmt: skip


def said(**changes: Any) -> dict[str, Any]:
    values = {k: (v, "sure" if v else "empty") for k, v in FIELDS.items()} | changes
    fields = {
        k: {"value": v, "state": s, "confidence": 1.0 if s == "sure" else 0.4}
        for k, (v, s) in values.items()
    }
    return {"file": "a.pdf", "fields": fields, "signed": "ink", "verdict": "accept", "pages": [1]}


def due(**changes: Any) -> dict[str, Any]:
    return {"file": "a.pdf", "fields": FIELDS, "signed": "ink", "verdict": "accept",
            "problem_fields": []} | changes  # fmt: skip


def test_a_perfect_answer_is_right_in_everything():
    tally = judge(due(), said())
    rates = {w: tally.rate(w) for w in ("field", "critical", "ticks", "signature", "accept")}
    assert set(rates.values()) == {100.0}
    assert (tally.silent, tally.false, tally.wrong) == (0, 0, [])


def test_a_wrong_critical_value_called_sure_is_silent_and_a_false_accept():
    tally = judge(due(), said(surname=("Oberg", "sure")))
    assert (tally.silent, tally.false) == (1, 1)


def test_a_filled_critical_field_called_empty_is_silent():
    assert judge(due(), said(surname=(None, "empty"))).silent == 1


def test_a_wrong_value_called_unsure_is_no_silent_error():
    tally = judge(due(), said(surname=("Oberg", "unsure")) | {"verdict": "ask"})
    assert (tally.silent, tally.false, tally.right["field"], tally.of["field"]) == (0, 0, 3, 4)


def test_a_wrong_value_that_is_not_critical_is_only_wrong():
    tally = judge(due(), said(phone=("0701740612", "sure")))
    assert (tally.silent, tally.false, tally.right["field"]) == (0, 0, 3)


def test_ink_on_an_unsigned_form_is_silent():
    tally = judge(due(signed="none", verdict="ask"), said())
    assert (tally.silent, tally.false) == (1, 1)


def test_an_also_verdict_is_as_good():
    tally = judge(due(verdict="ask", also=["accept"]), said())
    assert (tally.rate("verdict"), tally.false, tally.of["accept"]) == (100.0, 0, 0)


def test_a_file_without_an_answer_is_not_read_and_never_silent():
    (_row, tally), *rest = score([due()], [])
    assert (rest, tally.rate("field"), tally.rate("critical"), tally.silent) == ([], 0.0, 0.0, 0)
    assert tally.wrong == ["not read", "signed: none for ink"]


def test_several_forms_on_a_page_are_matched_by_what_stands_on_them():
    other = FIELDS | {"surname": "Ek", "person_id": "198002022383"}
    truth = due(list=[{"pages": [1], "fields": FIELDS}, {"pages": [1], "fields": other}])
    answers = [said(surname=("Ek", "sure"), person_id=("198002022383", "sure")), said()]
    assert [t.silent for _row, t in score([truth], answers)] == [0, 0]


def test_a_form_where_there_is_none_is_one_too_many():
    truth = due(list=[{"pages": [1], "fields": FIELDS}])
    found = [t for _row, t in score([truth], [said(), said()])]
    assert (len(found), found[1].extra, found[1].false) == (2, 1, 1)


@pytest.mark.parametrize(("key", "one", "other"), [
    ("phone", "070-174 06 11", "+46 70 174 06 11"), ("surname", "VON ESSEN", "von Essen"),
    ("card_number", "1234 5678", "12345678"), ("given_name", "Per - Åke", "per-åke"),
    ("reserve_reasons", ["b", "a"], ("a", "b")), ("middle_name", "", None),
])  # fmt: skip
def test_two_ways_to_write_one_value_compare_equal(key, one, other):
    assert comparable(key, one) == comparable(key, other)


def test_a_ring_makes_another_name():
    assert comparable("given_name", "Åsa") != comparable("given_name", "Asa")


def test_the_bound_is_the_rule_of_three_and_grows_with_each_wrong_one():
    assert bound(0, 1500) == pytest.approx(3 / 1500, rel=0.01)
    assert bound(1, 1500) == pytest.approx(4.74 / 1500, rel=0.01)
    assert bound(0, 0) == 1.0


def test_tallies_add_up():
    total = Tally()
    total.add(judge(due(), said()))
    total.add(judge(due(), said(surname=("Oberg", "sure"))))
    assert (total.documents, total.of["field"], total.right["field"]) == (2, 8, 7)


@pytest.mark.parametrize("defect", [None, *DEFECTS])
def test_the_truth_of_an_order_is_what_the_rules_say_of_it(defect):
    for seed in range(25):
        order = an_order(random.Random(f"{defect}-{seed}"), defect)
        fields = tuple(
            FieldReading(k, tuple(v) if isinstance(v, list) else v,
                         State.EMPTY if v in (None, False, []) else State.SURE, How.SCAN)
            for k, v in order.truth().items()
        )  # fmt: skip
        form = FormReading("EK-1", None, (1,), fields, Signed(order.signed))
        unit = [m for m in managers() if m["unit"] == order.values["unit"]]
        entries = tuple(ManagerEntry(**_entry(m)) for m in unit)
        judged = hold(form, today=TODAY, register=Register(entries, known=True))
        assert judged.verdict in {order.verdict, *order.also}, judged.problems
        assert set(order.problems) <= {p.field for p in judged.problems}


def _entry(row: dict[str, str]) -> dict[str, Any]:
    plain = {k: row[k] for k in ("name", "mail", "unit_id", "unit")}
    return plain | {"valid_from": date.fromisoformat(row["valid_from"])}
