"""Whole captured pages: what is called sure is right, and what is not sure is said to be so."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bot.domain.forms import Box, FormReading, How, Signed, State
from parsers.forms.definition import TextSpec, load
from parsers.forms.outcome import Foreign, Unread
from parsers.scan import page as page_module
from parsers.scan.page import read_picture
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import plate_of
from parsers.scan.proof import prove
from parsers.scan.readers.guess import Guess
from parsers.scan.readers.panel import Absent, Panel, panel
from parsers.scan.registration import place
from parsers.scan.strips import Cutting, Strip
from parsers.scan.vote import vote
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


def test_with_a_reader_missing_everything_is_proposed_and_nothing_sure(monkeypatch):
    whole = panel(None, 1)
    assert whole.complete, "the models are missing: run make setup"
    left = Panel(whole.readers[1:], (Absent("ppocr", "Filen saknas.", "make setup"),))
    monkeypatch.setattr(page_module, "panel", lambda _models, _threads: left)
    found = read(scanned(an_order(3), dpi=200))
    assert isinstance(found, FormReading)
    texts = [f for f in found.fields if f.key in ("surname", "phone", "unit", "person_id", "mail")]
    assert {f.state for f in texts} == {State.UNSURE}
    assert found.field("surname").value == an_order(3)["surname"]


def a_ballot(key, kind, text, **about):
    box = Box(10, 10, 60, 18)
    pen = about.pop("pen", False)
    strip = Strip(key, kind, np.full((40, 90), 255, np.uint8))
    cutting = Cutting(TextSpec(key, kind, key, "A", box, box), (strip,), **about)
    said = {make: [Guess(text, 0.9)] for make in ("line", "ppocr", "tesseract")}
    return cutting, vote(cutting, said, SETTINGS, pen=pen)


@pytest.mark.parametrize(
    ("key", "kind", "text", "about", "fault"),
    [
        ("phone", "phone", "070-174 06 15", {}, None),
        ("phone", "phone", "070-174 06 15", {"pen": True}, "unsure"),
        ("phone", "phone", "070-174 06 15", {"over": True, "under": True}, None),
        ("surname", "name", "Berg", {"over": True}, "unsure"),
        ("surname", "name", "Berg", {"under": True}, "unsure"),
        ("surname", "name", "Berg", {}, None),
        ("phone", "phone", "070-174 06 15", {"strays": True}, "unsure"),
        ("phone", "phone", "070-174 06 15", {"struck": True}, "struck"),
        ("person_id", "person_id", "850101-2391", {"pen": True}, "checksum"),
        ("person_id", "person_id", "20000802-2386", {"pen": True}, None),
        ("last_day", "date", "2026-12-07", {"pen": True}, "unsure"),
        ("title", "text", "Vikarie", {}, None),
    ],
)
def test_what_may_be_called_sure(key, kind, text, about, fault):
    cutting, ballot = a_ballot(key, kind, text, **about)
    proof = prove({key: ballot}, SETTINGS)
    assert page_module._fault(cutting, proof, sound=True) == fault
    assert page_module._fault(cutting, proof, sound=False) is not None


@pytest.mark.parametrize(
    ("key", "kind", "texts", "coarse"),
    [
        ("phone", "phone", ("0701740615", "0701740615", "0701740616"), "unsure"),
        ("phone", "phone", ("0701740615",) * 3, None),
        ("mail", "mail", ("nourek@ki.se",) * 3, "unsure"),
        ("mail", "mail", ("nour.ek@ki.se",) * 3, None),
        ("title", "text", ("Vårdbiträde",) * 3, "unsure"),
        ("title", "text", ("Vikarie",) * 3, None),
    ],
)
def test_a_coarse_page_takes_all_makes_and_hides_stops_rings_and_dots(key, kind, texts, coarse):
    box = Box(10, 10, 60, 18)
    strip = Strip(key, kind, np.full((40, 90), 255, np.uint8))
    cutting = Cutting(TextSpec(key, kind, key, "A", box, box), (strip,))
    makes = ("line", "tesseract", "ppocr")
    guesses = {make: [Guess(text, 0.9)] for make, text in zip(makes, texts, strict=True)}
    proof = prove({key: vote(cutting, guesses, SETTINGS, pen=False)}, SETTINGS)
    assert page_module._fault(cutting, proof, sound=True, fine=False) == coarse
    assert page_module._fault(cutting, proof, sound=True, fine=True) is None


@pytest.mark.parametrize(
    ("dpi", "bilevel", "fine"),
    [(200, False, True), (200, True, False), (100, False, False), (300, True, True)],
)
def test_what_is_fine_enough_for_rings_and_dots(dpi, bilevel, fine):
    page = scanned(an_order(3), dpi=dpi, blur=0.6)
    if bilevel:
        page = np.where(page > 160, 255, 0).astype(np.uint8)
    paper = place(
        Picture(np.ascontiguousarray(page), dpi=dpi), [p for d in load(FORMS) if (p := plate_of(d))]
    )
    assert page_module.is_fine(paper) is fine


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


def test_on_an_uncertain_edition_nothing_is_sure_and_nothing_surely_empty():
    page = Picture(np.ascontiguousarray(scanned({"surname": "Berg"}, dpi=150)), dpi=150)
    plates = [plate for d in load(FORMS) if (plate := plate_of(d)) is not None]
    paper = place(page, plates)
    assert isinstance(paper, Paper)
    found = page_module.read_paper(replace(paper, edition_sure=False), load(FORMS), SETTINGS)
    assert {f.state for f in found.fields} <= {State.UNSURE, State.MISSING}
