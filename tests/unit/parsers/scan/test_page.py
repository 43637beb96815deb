"""Whole captured pages: what is called sure is right, and what is not sure is said to be so."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bot.domain.forms import FormReading, How, Signed, State
from parsers.forms.definition import load
from parsers.forms.outcome import Foreign, Unread
from parsers.scan.page import read_picture
from parsers.scan.picture import Picture
from parsers.settings import Settings
from tests.filled import an_order, managers, units
from tests.scanned import scanned

FORMS = Path("templates/forms")
SETTINGS = Settings(
    today=date(2026, 11, 23),
    form_paths=(FORMS,),
    units=tuple(units()),
    managers=tuple((row["unit"], row["name"], row["mail"]) for row in managers()),
)


def read(page, settings=SETTINGS):
    return read_picture(Picture(np.ascontiguousarray(page), dpi=200), load(FORMS), settings)


@cache
def typed() -> FormReading:
    found = read(scanned(an_order(3), dpi=200, skew=0.7, noise=6))
    assert isinstance(found, FormReading)
    return found


def test_a_typed_scan_is_read_and_sure():
    values = an_order(3)
    for field in typed().fields:
        wanted = values.get(field.key)
        if field.state is State.SURE:
            assert str(field.value).casefold() == str(wanted).casefold(), field.key
            assert field.how is How.SCAN
        else:
            assert not wanted or field.state is State.UNSURE, field.key
    critical = ("action", "person_id", "given_name", "surname", "unit", "manager_name")
    assert {k: typed().field(k).state for k in critical} == dict.fromkeys(critical, State.SURE)
    assert typed().signed is Signed.INK


def test_boxes_are_places_on_the_page_and_no_sure_field_is_cut_out():
    assert all(f.box is not None and 0 <= f.box.x0 < f.box.x1 <= 215 for f in typed().fields)
    doubtful = {f.key for f in typed().fields if f.state is not State.SURE} | {"signed"}
    assert {crop.key for crop in typed().crops} <= doubtful - {"person_id"}


def test_an_empty_form_has_nothing_on_it():
    found = read(scanned({}, dpi=150, sign=None))
    assert isinstance(found, FormReading)
    assert {f.state for f in found.fields} <= {State.EMPTY, State.MISSING}
    assert found.signed is Signed.NONE


def test_with_a_reader_missing_everything_is_proposed_and_nothing_sure(tmp_path):
    alone = replace(SETTINGS, models=tmp_path)
    found = read(scanned(an_order(3), dpi=200), alone)
    assert isinstance(found, FormReading)
    texts = [
        f
        for f in found.fields
        if isinstance(f.value, str) and f.key not in ("action", "employment")
    ]
    assert texts
    assert {f.state for f in texts} == {State.UNSURE}


def test_by_hand_only_the_identity_number_stands_by_itself():
    order = an_order(5)
    found = read(scanned(order, dpi=200, hand="pen"))
    assert isinstance(found, FormReading)
    for field in found.fields:
        if field.state is State.SURE and field.key in order:
            assert str(field.value).casefold() == str(order[field.key]).casefold(), field.key
    assert found.field("phone").state is State.UNSURE
    assert found.field("title").state is State.UNSURE


@pytest.mark.parametrize("half", ["upper", "lower"])
def test_half_a_page_is_not_read_as_a_whole_one(half):
    page = scanned(an_order(3), dpi=150)
    middle = page.shape[0] // 2
    found = read(page[:middle] if half == "upper" else page[middle:])
    if isinstance(found, FormReading):
        assert any(f.state is State.MISSING for f in found.fields)
        assert found.missing_anchors
    else:
        assert isinstance(found, Unread)
        assert found.why


def test_a_page_of_noise_is_foreign():
    grain = np.random.default_rng(1).integers(0, 255, (1200, 850), dtype=np.uint8)
    assert isinstance(read(grain), Foreign)
