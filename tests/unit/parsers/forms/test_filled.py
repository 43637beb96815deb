"""What people and programs do to a blank does not change what is read from it."""

from __future__ import annotations

import pytest

from bot.domain.forms import How, Signed, State
from tests.filled import an_order, fill_acroform, fill_flat
from tests.paper import cropped, joined, printed, rotated
from tests.unit.parsers.forms.reader import differences, read, the_form

ORDER = an_order(
    3, reserve_order=True, reserve_reasons=("new_employee", "foreign"),
    reserve_from="2026-12-01", reserve_to="2027-02-28", employed_to="2027-06-30",
)  # fmt: skip
FLAT, ACRO = fill_flat(ORDER), fill_acroform(ORDER)
PROGRAMS = {
    "appearances": {}, "another on-state": {"on": "1"}, "no appearances": {"look": "none"},
    "to be redrawn": {"look": "none", "redraw": True},
    "blank appearances to be redrawn": {"look": "blank", "redraw": True},
    "flattened": {"flatten": True}, "signed with initials": {"sign": "initials"},
}  # fmt: skip
PAPER = {
    "shrunk and shifted": {"scale": 0.94, "shift": (5, 7)},
    "sideways": {"scale": 0.97, "shift": (3, 3), "turn": 1, "size": (297, 210)},
    "upside down": {"turn": 2},
    "sideways the other way": {"turn": 3, "size": (297, 210)},
    "on A5": {"scale": 0.7071, "size": (148, 210)},
    "on A3": {"scale": 1.41, "size": (297, 420)},
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_fillable_form_reads_exactly_whatever_program_filled_it(program):
    form = the_form(fill_acroform(ORDER, **PROGRAMS[program]))
    assert differences(form, ORDER) == {}
    assert form.signed is Signed.INK
    assert (form.field("surname").how is How.ACROFORM) == (program != "flattened")


@pytest.mark.parametrize("how", ["text", "notes"])
@pytest.mark.parametrize("tick", ["cross", "check", "letter", "dingbat", "square", "notes"])
def test_a_flat_form_reads_exactly_however_it_is_written_and_ticked(how, tick):
    form = the_form(fill_flat(ORDER, how=how, tick=tick))
    assert differences(form, ORDER) == {}
    assert form.signed is Signed.INK


@pytest.mark.parametrize("content", [FLAT, ACRO], ids=["flat", "acroform"])
@pytest.mark.parametrize("paper", PAPER)
def test_printing_to_pdf_changes_nothing(paper, content):
    assert differences(the_form(printed(content, **PAPER[paper])), ORDER) == {}


@pytest.mark.parametrize("content", [FLAT, ACRO], ids=["flat", "acroform"])
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_changes_nothing(degrees, content):
    assert differences(the_form(rotated(content, degrees)), ORDER) == {}


@pytest.mark.parametrize("content", [FLAT, ACRO], ids=["flat", "acroform"])
def test_a_crop_box_changes_nothing(content):
    assert differences(the_form(cropped(content)), ORDER) == {}


@pytest.mark.parametrize("action", ["new", "change", "cancel"])
@pytest.mark.parametrize("n", range(4))
def test_every_order_reads_as_written(n, action):
    order = an_order(n, action)
    assert differences(the_form(fill_flat(order, edition="2026-11")), order) == {}


def test_the_edition_is_told_by_its_footer():
    versions = [the_form(fill_flat(ORDER, edition=e)).version for e in ("2026-09", "2026-11")]
    assert versions == ["2026-09", "2026-11"]


def test_several_forms_in_a_file_are_told_apart_and_back_pages_skipped():
    other = an_order(4, "cancel")
    document = read(joined(FLAT, fill_flat(other), blank_between=True))
    assert [f.pages for f in document.forms] == [(1,), (3,)]
    assert [differences(f, v) for f, v in zip(document.forms, (ORDER, other), strict=True)] == [
        {},
        {},
    ]


def test_a_box_is_told_in_mm_of_the_page_as_it_is_shown():
    box = the_form(printed(FLAT, scale=0.5, shift=(10, 0))).field("surname").box
    assert [box.x0, box.y0, box.x1, box.y1] == pytest.approx([71.5, 180.85, 107.5, 186.1], abs=0.1)


@pytest.mark.parametrize(
    ("sign", "signed"),
    [(None, Signed.NONE), ("speck", Signed.NONE), ("name", Signed.UNSURE), ("ink", Signed.INK)],
)
def test_a_signature_is_ink_and_nothing_else_is(sign, signed):
    assert the_form(fill_acroform(ORDER, sign=sign)).signed is signed


def test_a_value_in_the_wrong_shape_is_unsure():
    form = the_form(
        fill_flat(ORDER | {"person_id": ORDER["person_id"][:-1] + "x", "unit": "Okänd"})
    )
    assert form.field("person_id").state is State.UNSURE
    assert (form.field("unit").value, form.field("unit").problem) == ("Okänd", "unknown_unit")
