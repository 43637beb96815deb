"""Blanks drawn as no office of ours draws them: learnt to the right places, read without guess."""

from __future__ import annotations

import tomllib

import pytest

from bot.domain.forms import Box, State
from parsers.forms.definition import load
from parsers.forms.learning import NotLearntError, learn
from tests.filled import FORMS, an_order
from tests.foreign import Name, draw
from tests.looks import LOOKS, Look
from tests.unit.parsers.forms.reader import read, with_forms

_HIGHER = 1.0  # mm: writing on a line may reach up to the line above
ORDERS = (an_order(3), an_order(5, "cancel", protected=True))


def learnt_places(toml: str) -> dict[Name, Box]:
    table = tomllib.loads(toml)
    places = {(f["key"], ""): Box(*f["value"]) for f in table["field"]}
    places |= {(t["key"], str(t["value"])): Box(*t["box"]) for t in table["tick"]}
    return places | {("signed", ""): Box(*table["signature"]["box"])}


def is_within(place: Box, truth: Box) -> bool:
    x, y = (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2
    return truth.x0 < x < truth.x1 and truth.y0 - _HIGHER < y < truth.y1


@pytest.mark.parametrize("look", LOOKS)
def test_every_field_is_learnt_in_its_place(look):
    drawn = draw(LOOKS[look])
    made = learn(drawn.content, name="x", known=load(FORMS))
    places = learnt_places(made.toml)
    assert places.keys() == drawn.places.keys()
    assert [n for n, box in places.items() if not is_within(box, drawn.places[n])] == []


@pytest.mark.parametrize("learnt", [False, True], ids=["by labels", "learnt"])
@pytest.mark.parametrize("look", LOOKS)
def test_no_value_is_surely_wrong(look, learnt, tmp_path):
    blank = draw(LOOKS[look]).content
    if learnt:
        made = learn(blank, name="x", known=load(FORMS))
        (tmp_path / "x.toml").write_text(made.toml, encoding="utf-8")
        (tmp_path / "x.pdf").write_bytes(blank)
    settings = with_forms(tmp_path)
    for order in ORDERS:
        (form,) = read(draw(LOOKS[look], order, signed=True).content, settings).forms
        told = {f.key: f.value or None for f in form.fields
                if f.state in (State.SURE, State.EMPTY)}  # fmt: skip
        assert told == {key: order.get(key) or None for key in told}
        assert len(told) > len(form.fields) / 2


def test_two_editions_lie_side_by_side_and_the_print_decides(tmp_path):
    looks = {"lines": LOOKS["lines after labels"], "table": LOOKS["grey table"]}
    for name, look in looks.items():
        content = draw(look).content
        made = learn(content, name=name, known=load(FORMS))
        (tmp_path / f"{name}.toml").write_text(made.toml, encoding="utf-8")
        (tmp_path / f"{name}.pdf").write_bytes(content)
    for name, look in looks.items():
        (form,) = read(draw(look, ORDERS[0], signed=True).content, with_forms(tmp_path)).forms
        assert form.version == name


def test_a_place_that_two_fields_could_own_is_left_out_and_named():
    words = (("mail", "E-post"), ("manager_mail", "E-post"))
    drawn = draw(Look(heading="none", order="BGACDEF", words=words, across=1, row=6.4))
    made = learn(drawn.content, name="x", known=load(FORMS))
    places = learnt_places(made.toml)
    assert all(is_within(box, drawn.places[n]) for n, box in places.items())


def test_a_blank_without_a_place_to_sign_is_refused():
    nameless = Look(words=(("signed", "Kvittens"),))
    with pytest.raises(NotLearntError, match="underskriften"):
        learn(draw(nameless).content, name="x", known=load(FORMS))
