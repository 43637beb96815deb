"""What is cut out of a form: the doubtful field alone, and never an identity number."""

import io
from datetime import date

import numpy as np
import pytest
from PIL import Image

from bot.domain.forms import FieldReading, How, Signed, State
from parsers.forms.crops import crops
from parsers.picturing import RESOLUTION
from parsers.reading import read_file
from parsers.settings import Settings
from tests.filled import FORMS, an_order, definition, fill_acroform, fill_flat, units

SETTINGS = Settings(today=date(2026, 11, 23), form_paths=(FORMS,), units=units())


def cut(content):
    (form,) = read_file("b.pdf", content, SETTINGS).forms
    return {c.key: np.asarray(Image.open(io.BytesIO(c.png)).convert("L")) for c in form.crops}


def test_a_sound_form_has_nothing_to_show():
    assert cut(fill_acroform(an_order(0))) == {}


def test_a_field_that_says_two_things_is_cut_out_as_the_page_shows_it():
    found = cut(fill_acroform(an_order(0), shown={"surname": "Åberg"}))
    cell = next(f.cell for f in definition().fields if f.key == "surname")
    high, wide = found["surname"].shape
    assert wide == pytest.approx((cell.x1 - cell.x0) * RESOLUTION, abs=2)
    assert high == pytest.approx((cell.y1 - cell.y0) * RESOLUTION, abs=2)
    assert (found["surname"] < 100).sum() > 100


def test_the_identity_number_is_never_cut_out():
    order = an_order(0)
    found = cut(fill_acroform(order, shown={"person_id": "19850427-2380"}))
    assert "person_id" not in found


@pytest.mark.parametrize("key", ["surname", "title", "phone", "signed_place"])
@pytest.mark.parametrize("text", ["19850427-2389", "850427 2389"])
def test_a_field_with_an_identity_number_in_it_is_not_cut_out(key, text):
    order = {**an_order(0), key: text}
    assert key not in cut(fill_flat(order))
    assert key not in cut(fill_acroform(an_order(0), shown={key: text}))


def test_the_empty_signature_box_is_cut_out_only_where_nobody_signed():
    found = cut(fill_acroform(an_order(0), sign=None))
    assert "signed" in found
    assert "signed" not in cut(fill_acroform(an_order(0)))


def test_two_ticks_are_shown_with_their_words():
    order = {**an_order(0), "action": ("new", "change")}
    picture = cut(fill_acroform(order))["action"]
    columns = np.flatnonzero((picture < 100).any(axis=0))
    assert columns[-1] > 60 * RESOLUTION


def reading(key, state=State.UNSURE):
    return FieldReading(key, None, state, How.SCAN, 0.3)


def page_of(value):
    """A page whose every cell is inked with its own shade: who is shown can be seen."""
    form = definition()
    page = np.full((round(297 * RESOLUTION), round(210 * RESOLUTION)), 255, dtype=np.uint8)
    for spec in form.fields:
        rows, columns = (
            slice(round(a * RESOLUTION), round(b * RESOLUTION))
            for a, b in ((spec.cell.y0, spec.cell.y1), (spec.cell.x0, spec.cell.x1))
        )
        page[rows, columns] = 8 if spec.key == value else 120

    def area(box):
        return page[
            round(box.y0 * RESOLUTION) : round(box.y1 * RESOLUTION),
            round(box.x0 * RESOLUTION) : round(box.x1 * RESOLUTION),
        ]

    return form, area


@pytest.mark.parametrize("key", sorted(definition().all_keys()))
def test_no_picture_shows_a_neighbour(key):
    form, area = page_of(key)
    found = crops(form, [reading(key)], Signed.INK, area)
    if key in ("person_id", "protected"):
        assert found == ()
        return
    (crop,) = found
    shades = set(np.unique(np.asarray(Image.open(io.BytesIO(crop.png)))))
    assert not [s for s in shades if 100 < s < 140]


def test_a_field_that_no_cell_knows_gives_no_picture():
    form, area = page_of("surname")
    assert crops(form, [reading("shoe_size")], Signed.INK, area) == ()
    assert crops(form, [reading("surname")], Signed.INK, area, hidden={"surname"}) == ()
    assert crops(form, [reading("surname", State.EMPTY)], Signed.DIGITAL, area)
    assert not crops(form, [reading("given_name", State.EMPTY)], Signed.DIGITAL, area)
