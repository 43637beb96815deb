"""What a person could see in two ways, or not at all, is never sure and never empty."""

from __future__ import annotations

import pytest

from bot.domain.forms import Signed, State
from tests.filled import an_order, definition, fill_acroform, fill_flat
from tests.paper import MM
from tests.unit.parsers.forms.reader import the_form

ORDER = an_order(3)
NAMELESS = {**ORDER, "surname": None}
UNTICKED = {**ORDER, "action": None}
CELL = next(f for f in definition().fields if f.key == "surname").value
TICK = next(t for t in definition().ticks if t.value == "new").box
SIGN = definition().signature.box


def at(x, y):
    return f"{x * MM:.2f} {(297 - y) * MM:.2f}"


def line(*points, wide=1.0):
    moves = " ".join(f"{at(*p)} {'l' if n else 'm'}" for n, p in enumerate(points))
    return f"0 G {wide} w {moves} S"


def words(text, before="0 g", x=CELL.x0 + 1, y=CELL.y1 - 2):
    return f"BT {before} /FHelv 9 Tf {at(x, y)} Td ({text}) Tj ET"


def zigzag(x0, x1, top, low, steps):
    return [(x0 + (x1 - x0) * n / steps, low if n % 2 else top) for n in range(steps + 1)]


IN_A_CELL = {
    "struck out": (ORDER, line((CELL.x0 + 1, CELL.y1 - 2.8), (CELL.x0 + 20, CELL.y1 - 2.8))),
    "struck out thinly": (ORDER, line((CELL.x0 + 1, CELL.y1 - 1), (CELL.x0 + 20, CELL.y1 - 5), wide=0.5)),
    "white letters": (NAMELESS, words("Hemlig", "1 g")),
    "letters without ink": (NAMELESS, words("Hemlig", "3 Tr")),
    "painted over in white": (ORDER, f"1 g {at(CELL.x0, CELL.y1)} 100 15 re f"),
    "painted over and written anew": (
        ORDER, f"1 g {at(CELL.x0, CELL.y1)} 100 15 re f " + words("Annan"),
    ),
    "painted over in black": (ORDER, f"0 g {at(CELL.x0, CELL.y1)} 100 15 re f"),
    "two names on each other": (ORDER, words("Annan", x=CELL.x0 + 2)),
    "written with a pen": (NAMELESS, line(*zigzag(CELL.x0 + 3, CELL.x0 + 20, CELL.y1 - 5, CELL.y1 - 1, 9))),
}  # fmt: skip


@pytest.mark.parametrize("fault", IN_A_CELL)
def test_writing_that_is_in_doubt_is_unsure(fault):
    values, extra = IN_A_CELL[fault]
    assert the_form(fill_flat(values, extra=extra)).field("surname").state is State.UNSURE


IN_A_SQUARE = {
    "a far too large cross": (UNTICKED, line((TICK.x0 - 3, TICK.y0 - 3), (TICK.x1 + 3, TICK.y1 + 3))),
    "a tick struck out": (ORDER, line((TICK.x0 - 3, TICK.y0 + 1.5), (TICK.x1 + 4, TICK.y0 + 1.8), wide=1.5)),
    "a square scribbled over": (ORDER, line(*zigzag(TICK.x0 - 1, TICK.x1 + 1, TICK.y0 - 1, TICK.y1 + 1, 20), wide=1.5)),
    "a tick beside the square": (UNTICKED, line((TICK.x0 - 2.8, TICK.y1), (TICK.x0 - 0.7, TICK.y0), wide=1.2)),
    "a letter that is no tick": (UNTICKED, words("N", x=TICK.x0 + 0.6, y=TICK.y1 - 0.6)),
    "a dot": (UNTICKED, f"0 g {at(TICK.x0 + 1.5, TICK.y1 - 1.5)} 1 1 re f"),
}  # fmt: skip


@pytest.mark.parametrize("fault", IN_A_SQUARE)
def test_a_tick_that_is_in_doubt_is_unsure(fault):
    values, extra = IN_A_SQUARE[fault]
    assert the_form(fill_flat(values, extra=extra)).field("action").state is State.UNSURE


def test_a_square_that_is_not_in_its_place_is_missing_not_empty():
    away = f"1 g {at(TICK.x0 - 0.5, TICK.y1 + 0.5)} 13 13 re f"
    assert the_form(fill_flat(UNTICKED, extra=away)).field("action").state is State.MISSING


def test_a_cell_that_is_not_in_its_place_is_missing_not_empty():
    away = f"1 g {at(CELL.x0 - 2, CELL.y1 + 2)} 250 24 re f"
    assert the_form(fill_flat(NAMELESS, extra=away)).field("surname").state is State.MISSING


def test_two_ticks_of_one_are_too_many():
    field = the_form(fill_flat({**ORDER, "action": ("new", "cancel")})).field("action")
    assert (field.value, field.state, field.problem) == (None, State.UNSURE, "too_many")


def test_no_tick_is_empty():
    assert the_form(fill_flat(UNTICKED)).field("action").state is State.EMPTY


def test_a_value_that_the_page_contradicts_is_not_told():
    field = the_form(fill_acroform(ORDER, shown={"person_id": "19851224-2397"})).field("person_id")
    assert (field.value, field.state, field.problem) == (None, State.UNSURE, "disagree")


def test_a_value_that_the_page_does_not_show_is_not_told():
    assert the_form(fill_acroform(ORDER, look="blank")).field("surname").problem == "disagree"


def test_a_value_typed_into_the_neighbours_cell_makes_both_unsure():
    form = the_form(
        fill_flat({**ORDER, "given_name": "Anna Karin Margareta Elisabet Fredrika"}, size=13)
    )
    assert {form.field(k).state for k in ("given_name", "middle_name")} == {State.UNSURE}


def test_a_long_value_in_a_fillable_field_is_whole_though_it_is_cut_off_on_the_page():
    mail = "x" * 40 + ".mycket.langt.namn.som@jarfalla.example"
    form = the_form(fill_acroform({**ORDER, "mail": mail}))
    assert (form.field("mail").value, form.field("mail").state) == (mail, State.SURE)


ON_THE_LINE = {
    "a stroke from the cell above": (line(*zigzag(40, 50, SIGN.y0 - 6, SIGN.y0 + 3, 4)), Signed.UNSURE),
    "a line alone": (line((30, SIGN.y1 - 4), (90, SIGN.y1 - 4)), Signed.UNSURE),
    "the name typed like the values": (words("Goran Noren", x=30, y=SIGN.y1 - 4), Signed.UNSURE),
    "a large signature over the edges": (line(*zigzag(40, 80, SIGN.y0 - 4, SIGN.y1 + 3, 14), wide=1.2), Signed.INK),
}  # fmt: skip


@pytest.mark.parametrize("case", ON_THE_LINE)
def test_what_stands_in_the_signature_box(case):
    extra, signed = ON_THE_LINE[case]
    assert the_form(fill_flat(ORDER, sign=None, extra=extra)).signed is signed
