"""Areas of a page come straight, white where there is paper, and dark where pale ink stands."""

from dataclasses import replace

import numpy as np
import pytest

from bot.domain.forms import Box
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import plate_of
from parsers.scan.quality import dirt_of
from parsers.scan.registration import place
from tests.filled import definition
from tests.scanned import drawn

DPI = 200
FIELD = next(f for f in definition("2026-09").fields if f.key == "unit")


def paper_of(grey: np.ndarray, colour: np.ndarray | None = None) -> Paper:
    plate = plate_of(definition("2026-09"))
    assert plate is not None
    page = place(Picture(grey, colour=colour), [plate])
    assert isinstance(page, Paper)
    return page


def blank() -> np.ndarray:
    source = definition("2026-09").blank
    assert source is not None
    return drawn(source.read_bytes(), dpi=DPI)


def stroke(page: np.ndarray, box: Box, value: object) -> np.ndarray:
    """Draw a line of 0.4 mm through the middle of *box*."""
    y = round((box.y0 + box.y1) / 2 * DPI / 25.4)
    x0, x1 = (round(v * DPI / 25.4) for v in (box.x0 + 5, box.x1 - 5))
    page[y : y + 3, x0:x1] = value
    return page


@pytest.mark.parametrize("scale", [4.0, 8.0, 12.0])
def test_an_area_has_the_size_that_was_asked_for(scale):
    area = paper_of(blank()).area(FIELD.cell, scale)
    assert area.shape == (round(10.5 * scale), round(100 * scale))


def test_shadows_go_and_a_faint_pencil_stays():
    page = stroke(blank(), FIELD.value, 190)
    shade = np.linspace(1.0, 0.5, page.shape[1])[None]
    area = paper_of((page * shade).astype(np.uint8)).area(FIELD.value, 8.0)
    middle = area.shape[0] // 2
    assert np.median(area[5 : middle - 12, 40:-40]) > 245
    assert np.median(area[middle - 2 : middle + 3, 60:-60].min(axis=0)) < 205


def test_pale_blue_ink_is_darker_than_its_grey():
    grey = stroke(blank(), FIELD.value, 200)
    colour = np.repeat(grey[..., None], 3, axis=2)
    coloured = stroke(colour, FIELD.value, (150, 205, 250))
    middle = slice(38, 48)
    plain = paper_of(grey).area(FIELD.value, 8.0)
    tinted = paper_of(grey, coloured).area(FIELD.value, 8.0)
    rows = slice(plain.shape[0] // 2 - 3, plain.shape[0] // 2 + 4)
    assert tinted[rows, middle].min() < plain[rows, middle].min() - 25


def test_print_of_the_blank_is_no_ink():
    assert paper_of(blank()).ink(FIELD.cell, 8.0).mean() < 0.001


def test_a_box_off_the_picture_is_not_shown():
    paper = paper_of(blank())
    assert paper.shows(FIELD.cell)
    assert not paper.shows(Box(-5, 10, 20, 20))


def test_dirt_is_counted_by_part_and_by_specks():
    clean = np.full((48, 48), 240, np.uint8)
    dirty = clean.copy()
    dirty[::12, ::12] = 30  # 16 specks on 0.36 cm2
    assert dirt_of([clean], 8.0) == (0.0, 0.0)
    part, specks = dirt_of([dirty], 8.0)
    assert part == pytest.approx(16 / 48**2)
    assert specks == pytest.approx(16 / 0.36, rel=0.01)


def test_a_dirty_page_is_not_good():
    page = blank()
    rng = np.random.default_rng(2)
    page[rng.random(page.shape) < 0.03] = 0
    assert paper_of(blank()).good
    assert not paper_of(page).good


@pytest.mark.parametrize("change", [{"residual": 0.5}, {"edition_sure": False}])
def test_a_page_that_lies_badly_or_is_doubtful_is_not_good(change):
    paper = paper_of(blank())
    assert paper.quality.good
    assert not replace(paper, **change).good
