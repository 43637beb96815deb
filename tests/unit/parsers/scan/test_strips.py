"""Writing is cut out of its field whole; lines, folds and neighbours are not taken for it."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from bot.domain.forms import Box
from parsers.forms.definition import load
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import plate_of
from parsers.scan.registration import place
from parsers.scan.strips import SCALE, cut, is_close_over, runs_into
from tests.scanned import drawn, filled

FORMS = Path("templates/forms")
DPI = 200
MM = DPI / 25.4  # px
VALUES = {"surname": "Öberg", "title": "Vårdbiträde", "unit": "Hemtjänsten Öst"}


@cache
def definition():
    return next(d for d in load(FORMS) if d.version == "2026-09")


@cache
def clean() -> np.ndarray:
    return drawn(filled(VALUES, edition="2026-09"), dpi=DPI)


def box_of(key) -> Box:
    return next(f.cell for f in definition().fields if f.key == key)


def lay(page) -> Paper:
    paper = place(Picture(page, dpi=DPI), [plate_of(definition())])
    assert isinstance(paper, Paper)
    return paper


def cut_of(page, key):
    return cut(next(f for f in definition().fields if f.key == key), lay(page))


def line(page, one, two, *, width=0.4, grey=20):
    """Draw a stroke between two points in mm."""
    out = page.copy()
    ends = [tuple(round(v * MM) for v in end) for end in (one, two)]
    cv2.line(out, *ends, grey, max(1, round(width * MM)), cv2.LINE_AA)
    return out


def test_writing_is_cut_tight_and_empty_cells_are_empty():
    paper = lay(clean())
    for spec in definition().fields:
        found = cut(spec, paper)
        assert found.empty is (spec.key not in VALUES), spec.key
        faults = (found.struck, found.strays, found.dust)
        assert faults == (False, False, False), spec.key
    (strip,) = cut_of(clean(), "surname").strips
    ink = strip.grey < 128
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    rims = (rows[0], columns[0], len(ink) - rows[-1], ink.shape[1] - columns[-1])
    assert all(2 <= rim <= 12 for rim in rims)
    high = (rows[-1] - rows[0]) / SCALE
    assert 2.5 < high < 5  # mm: dots, capitals, the tail of g


def test_the_dots_over_a_capital_stay():
    (strip,) = cut_of(clean(), "surname").strips
    bare = drawn(filled({"surname": "Oberg"}, edition="2026-09"), dpi=DPI)
    (plain,) = cut_of(bare, "surname").strips
    assert strip.grey.shape[0] > plain.grey.shape[0] + 4


def test_a_stroke_through_the_writing_is_seen():
    box = box_of("surname")
    middle = box.y1 - 2.6
    page = line(clean(), (box.x0 + 1, middle), (box.x0 + 16, middle + 0.3))
    assert cut_of(page, "surname").struck


@pytest.mark.parametrize("grey", [110, 150])
def test_a_fold_over_the_page_strikes_nothing_out(grey):
    level = box_of("unit").y1 - 2.8
    page = line(clean(), (0, level), (210, level + 0.6), grey=grey)
    for key in ("unit", "title"):
        found = cut_of(page, key)
        assert found.strips
        assert not found.struck, key
    folded = line(
        drawn(filled({}, edition="2026-09"), dpi=DPI), (0, level), (210, level), grey=grey
    )
    assert cut_of(folded, "unit").empty


def test_writing_into_the_neighbours_cell_strays():
    box = box_of("surname")
    level = box.y1 - 2.6
    page = line(clean(), (box.x0 - 3, level), (box.x0 + 3, level), width=1.0)
    assert cut_of(page, "surname").strays


def test_specks_are_no_writing_and_a_blob_is_doubt():
    box = box_of("mail")
    at = (box.x0 + 10, box.y0 + 5)
    assert cut_of(line(clean(), at, at, width=0.15), "mail").empty
    blob = cut_of(line(clean(), at, at, width=0.45), "mail")
    assert not blob.empty
    assert blob.dust


@pytest.mark.parametrize(("above", "hidden"), [(0.4, True), (2.0, False)])
def test_print_close_over_the_letters_may_hide_a_ring(above, hidden):
    letters = np.zeros((120, 200), dtype=np.bool_)
    letters[60:90, 20:180] = True
    printed = np.zeros_like(letters)
    level = 60 - round(above * SCALE)
    printed[level - 3 : level] = True
    assert is_close_over(letters, printed) is hidden


@pytest.mark.parametrize(("gap", "hidden"), [(0, True), (2, False)])
def test_a_foot_that_runs_into_a_line_may_be_cut(gap, hidden):
    letters = np.zeros((120, 200), dtype=np.bool_)
    letters[60:90, 20:180] = True
    lines = np.zeros_like(letters)
    lines[90 + gap : 93 + gap] = True
    assert runs_into(letters, letters | lines, lines) is hidden
