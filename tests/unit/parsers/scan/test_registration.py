"""Pages are laid on the right blank, exactly, however they were captured; others are refused."""

from functools import cache

import cv2
import numpy as np
import pytest

from bot.domain.forms import Box
from parsers.forms.definition import Definition
from parsers.scan import refusals
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import Plate, plate_of
from parsers.scan.registration import Reason, Unplaced, place
from tests.filled import definition
from tests.scanned import drawn, faxed, noisy, photographed

EDITIONS = ("2026-09", "2026-11")


@cache
def plates() -> tuple[Plate, ...]:
    return tuple(p for e in EDITIONS if (p := plate_of(definition(e))) is not None)


@cache
def blank(edition: str = "2026-09", dpi: float = 150) -> np.ndarray:
    d = definition(edition)
    assert d.blank is not None
    return drawn(d.blank.read_bytes(), dpi=dpi)


def laid(grey: np.ndarray, which: tuple[Plate, ...] | None = None) -> Paper:
    paper = place(Picture(grey), plates() if which is None else which)
    assert isinstance(paper, Paper), paper.reason
    return paper


def refused(grey: np.ndarray, which: tuple[Plate, ...] | None = None) -> Unplaced:
    page = place(Picture(grey), plates() if which is None else which)
    assert isinstance(page, Unplaced)
    return page


def corners(d: Definition) -> np.ndarray:
    boxes = [f.cell for f in d.fields] + [t.box for t in d.ticks]
    return np.array([(x, y) for b in boxes for x in (b.x0, b.x1) for y in (b.y0, b.y1)])


def turned(grey: np.ndarray, degrees: float, squeeze: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    high, wide = grey.shape
    side = int(np.hypot(high, wide)) + 4
    way = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    way[:, 2] += (side - wide) / 2, (side - high) / 2
    way[1] *= squeeze
    return cv2.warpAffine(grey, way, (side, side), borderValue=255), way


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("degrees", "squeeze"), [(1.4, 1.0), (-37, 1.0), (90, 1.0), (180, 0.96), (270, 1.0)]
)
def test_corners_of_boxes_lie_where_they_are(edition, degrees, squeeze):
    page, way = turned(blank(edition), degrees, squeeze)
    paper = laid(page)
    assert paper.definition.version == edition
    points = corners(paper.definition)
    true = (points * 150 / 25.4 - 0.5) @ way[:, :2].T + way[:, 2] + 0.5
    off = np.linalg.norm(paper.seen(points.tolist()) - true, axis=1) / paper.quality.scale
    assert np.percentile(off, 95) < 0.15
    assert paper.residual < 0.1
    assert paper.whole
    assert paper.missing == ()
    assert paper.edition_sure


def curled(grey: np.ndarray, high_mm: float) -> np.ndarray:
    """Bend the page by a wave whose crests are *high_mm*."""
    high, wide = grey.shape
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    wave = high_mm * 150 / 25.4 * np.sin(2 * np.pi * x / wide * 0.7)
    return cv2.remap(grey, x, (y - wave).astype(np.float32), cv2.INTER_LINEAR, borderValue=255)


def test_a_curled_page_lies_exactly_too():
    paper = laid(curled(blank(), 1.8))
    points = corners(paper.definition)
    bent = points * 150 / 25.4
    bent[:, 1] += 1.8 * 150 / 25.4 * np.sin(2 * np.pi * bent[:, 0] / blank().shape[1] * 0.7)
    off = np.linalg.norm(paper.seen(points.tolist()) - bent, axis=1) / paper.quality.scale
    assert paper.bend is not None
    assert np.percentile(off, 95) < 0.15


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("capture", ["fax", "photo", "noise", "pale", "bilevel", "coarse"])
def test_every_capture_finds_its_own_edition(edition, capture):
    page = blank(edition, 100 if capture == "coarse" else 200)
    match capture:
        case "fax":
            fax = faxed(page)
            page = cv2.resize(fax, (fax.shape[1], round(fax.shape[0] * 204 / 98)))
        case "photo":
            page = photographed(page)
        case "noise":
            page = noisy(page, 20)
        case "pale":
            page = (190 + page * (50 / 255)).astype(np.uint8)
        case "bilevel":
            page = np.where(page < 150, 0, 255).astype(np.uint8)
    paper = laid(page)
    assert paper.definition.version == edition
    assert paper.residual < 0.2
    assert paper.quality.good == (capture != "pale")


def test_the_code_on_the_page_names_the_edition():
    paper = laid(blank("2026-11", 200))
    assert paper.code is not None
    assert (paper.code.form, paper.code.version) == ("EK-1", "2026-11")
    assert laid(blank("2026-09", 200)).code is None


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_without_a_definition_is_refused_or_unsure(edition):
    others = tuple(p for p in plates() if p.definition.version != edition)
    page = place(Picture(blank(edition, 200)), others)
    assert isinstance(page, Unplaced)
    assert page.reason is Reason.OTHER_EDITION
    assert page.missing
    assert page.code == ("EK-1/2026-11" if edition == "2026-11" else "")


def test_another_version_text_makes_the_edition_unsure():
    page = blank("2026-09", 200).copy()
    box = plates()[0].version[-1]
    x0, y0, x1, y1 = (round(v * 200 / 25.4) for v in (box.x0, box.y0, box.x1, box.y1))
    other = plates()[0].version[0]
    at = tuple(round(v * 200 / 25.4) for v in (other.x0, other.y0))
    page[y0:y1, x0:x1] = page[at[1] : at[1] + y1 - y0, at[0] : at[0] + x1 - x0]  # 9 becomes 1
    assert laid(blank("2026-09", 200)).edition_sure
    assert not laid(page).edition_sure


def test_a_page_cut_off_says_what_is_missing():
    page = blank(dpi=150)
    paper = laid(page[: int(0.6 * len(page))])
    assert not paper.whole
    assert "Namnförtydligande" in paper.missing
    assert "Efternamn" not in paper.missing
    fields = {f.key: f.cell for f in paper.definition.fields}
    assert paper.covers(fields["surname"])
    assert not paper.covers(fields["manager_name"])


def test_what_lies_under_another_sheet_is_not_covered():
    page = blank(dpi=150).copy()
    page[int(0.6 * len(page)) :] = 255
    paper = laid(page)
    fields = {f.key: f.cell for f in paper.definition.fields}
    assert paper.covers(fields["surname"])
    assert not paper.covers(fields["manager_name"])
    assert not paper.whole
    assert not paper.edition_sure


def test_two_forms_in_one_picture_are_not_guessed_at():
    page = blank(dpi=110)
    both = np.full((page.shape[0] + 80, 2 * page.shape[1] + 120), 120, np.uint8)
    both[40:-40, 40 : 40 + page.shape[1]] = page
    both[40:-40, -40 - page.shape[1] : -40] = page
    page_refused = refused(both)
    assert page_refused.reason is Reason.TWO_PAGES
    assert "flera blanketter" in refusals.of(page_refused).text


def lines(seed: int) -> np.ndarray:
    """Return a table with words, as other offices print them."""
    rng = np.random.default_rng(seed)
    page = np.full((1170, 827), 255, np.uint8)
    for y in range(60, 1100, int(rng.integers(30, 60))):
        cv2.line(page, (60, y), (770, y), 0, 1)
        for x in range(70, 700, int(rng.integers(90, 180))):
            text = "".join(rng.choice(list("abcdefghABCDEFGHåäö "), 9))
            cv2.putText(page, text, (x, y - 6), cv2.FONT_HERSHEY_SIMPLEX, 0.4, 0, 1)
            cv2.rectangle(page, (x - 12, y - 16), (x - 3, y - 7), 0, 1)
    return page


@pytest.mark.parametrize("seed", range(6))
def test_other_forms_are_refused(seed):
    assert refused(lines(seed)).reason is Reason.OTHER_FORM


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (np.full((1170, 827), 255, np.uint8), Reason.NOTHING),
        (np.zeros((30, 40), np.uint8), Reason.NOTHING),
        (np.random.default_rng(3).integers(0, 256, (1170, 827), np.uint8), Reason.OTHER_FORM),
    ],
)
def test_a_page_of_nothing_is_refused(page, reason):
    assert refused(page).reason is reason


def test_a_mirrored_page_is_refused():
    assert isinstance(place(Picture(np.ascontiguousarray(blank()[:, ::-1])), plates()), Unplaced)


def test_without_plates_nothing_is_placed():
    assert refused(blank(), ()).reason is Reason.OTHER_FORM


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_own_sentence(reason):
    texts = {
        refusals.of(Unplaced(plates()[0], 0.2, r, ("Datum", "Ort", "A", "B", "C"))).text
        for r in Reason
    }
    text = refusals.of(Unplaced(plates()[0], 0.2, reason, ("Datum", "Ort", "A", "B", "C"))).text
    assert len(texts) == len(Reason)
    assert text.endswith(".")
    assert ("«Datum»" in text) == (reason in {Reason.OTHER_EDITION, Reason.INCOMPLETE})


def test_a_value_box_shows_what_stands_in_it():
    page = blank(dpi=200).copy()
    field = next(f for f in definition("2026-09").fields if f.key == "surname")
    x, y = (round(v * 200 / 25.4) for v in (field.value.x0 + 5, field.value.y1 - 2))
    cv2.putText(page, "Berg", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2)
    paper = laid(page)
    given = next(f for f in definition("2026-09").fields if f.key == "given_name")
    assert paper.ink(field.value, 8.0).mean() > 0.02
    assert paper.ink(given.value, 8.0).mean() < 0.002
    assert paper.ink(Box(0, 0, 5, 5), 8.0).mean() == 0
