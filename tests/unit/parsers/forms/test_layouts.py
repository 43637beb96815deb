"""Blanks that nobody described are read by their labels; learnt ones like our own."""

from __future__ import annotations

import pytest

from bot.domain.forms import Content, Signed, State
from parsers.forms.definition import load, parse
from parsers.forms.learning import NotLearntError, learn
from parsers.pdf.guard import RefusedError
from tests.filled import FORMS, an_order, definition, fill_flat
from tests.layouts import STYLES, Style, draw
from tests.paper import printed
from tests.unit.parsers.forms.reader import differences, read, the_form, with_forms

ORDERS = (
    an_order(
        3, reserve_order=True, reserve_reasons=("new_employee", "foreign"),
        reserve_from="2026-12-01", reserve_to="2027-02-28",
    ),
    an_order(5, "cancel", protected=True),
)  # fmt: skip


@pytest.mark.parametrize("order", ORDERS, ids=["new", "cancel"])
@pytest.mark.parametrize("style", STYLES)
def test_an_unknown_layout_is_read_by_its_labels(style, order):
    form = the_form(draw(STYLES[style], order))
    assert differences(form, order) == {}
    assert form.signed is Signed.INK
    assert form.version == ("2024-03" if STYLES[style].footer else None)


@pytest.mark.parametrize("style", STYLES)
def test_an_unknown_layout_without_a_signature_is_unsigned(style):
    assert the_form(draw(STYLES[style], ORDERS[0], signed=False)).signed is Signed.NONE


@pytest.fixture(params=STYLES)
def learnt(request, tmp_path):
    blank = draw(STYLES[request.param], signed=False)
    made = learn(blank, name="annan", known=load(FORMS))
    (tmp_path / "annan.toml").write_text(made.toml, encoding="utf-8")
    (tmp_path / "annan.pdf").write_bytes(blank)
    return STYLES[request.param], made, with_forms(tmp_path)


def test_a_learnt_layout_reads_like_our_own(learnt):
    style, made, settings = learnt
    assert (made.doubtful, made.missing) == ((), ())
    for order in ORDERS:
        for content in (draw(style, order), printed(draw(style, order), scale=0.94, shift=(4, 4))):
            form = the_form(content, settings)
            assert (differences(form, order), form.version) == ({}, "annan")


def test_advice_printed_in_a_cell_is_never_part_of_a_sure_value():
    for order in ORDERS:  # the second leaves the title empty
        form = the_form(draw(Style(hint="Skriv tydligt"), order))
        assert {form.field(k).state for k in ("person_id", "title")} == {State.UNSURE}


def test_a_form_with_few_of_our_labels_is_another_form():
    bare = Style(order="BG", title="Ansökan om parkeringstillstånd")
    document = read(draw(bare, ORDERS[0]))
    assert (document.content, document.forms) == (Content.OTHER, ())
    assert "saknas" in document.reason


def test_a_missing_section_leaves_its_fields_missing():
    form = the_form(draw(Style(order="ABCDEG"), ORDERS[0]))
    assert form.field("lost_on").state is State.MISSING
    assert form.field("surname").state is State.SURE
    assert "Datum för förlusten" in form.missing_anchors


def test_learning_writes_a_definition_that_loads(tmp_path):
    blank = definition().blank.read_bytes()
    (tmp_path / "egen.pdf").write_bytes(blank)
    again = parse(learn(blank, name="egen", known=load(FORMS)).toml, tmp_path / "egen.toml")
    assert {f.key for f in again.fields} == {f.key for f in definition().fields}
    for learnt_one, ours in zip(again.ticks, definition().ticks, strict=True):
        assert learnt_one.box == pytest.approx(ours.box) or learnt_one.box.x0 == pytest.approx(
            ours.box.x0, abs=0.05
        )


def test_what_can_not_be_learnt_is_said_why():
    with pytest.raises(NotLearntError, match="ledtexter"):
        learn(draw(Style(order="F")), name="x", known=load(FORMS))
    with pytest.raises(RefusedError):
        learn(b"%PDF-1.7 nej", name="x", known=load(FORMS))
    with pytest.raises(NotLearntError, match="rättvänd"):
        learn(printed(fill_flat({}), turn=2), name="x", known=load(FORMS))
