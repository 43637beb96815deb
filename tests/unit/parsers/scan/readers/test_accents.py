"""Rings and dots by the picture alone: right texts may agree, wrong ones must not."""

from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.scan.readers.accents import agrees, check
from parsers.scan.readers.places import Place, place
from tests.unit.parsers.scan.readers.rendered import strip

NAMES = ["Örjan Lindström", "Märta Håkansson", "ÖRJAN HÄGG", "Anna Olsson", "HÅKAN BJÖRK"]
OTHER = {
    "Å": "AÄ", "Ä": "AÅ", "A": "ÅÄ", "Ö": "O", "O": "Ö", "É": "E", "E": "É",
    "å": "aä", "ä": "aå", "a": "åä", "ö": "o", "o": "ö", "é": "e", "e": "é",
}  # fmt: skip


def misread(text):
    return [
        text[:at] + other + text[at + 1 :]
        for at, letter in enumerate(text)
        for other in OTHER.get(letter, "")
    ]


@pytest.mark.parametrize("text", NAMES)
def test_clear_print_agrees_with_its_own_text_and_with_no_misreading(text):
    grey = strip(text).grey
    assert agrees(grey, text) is True
    assert [wrong for wrong in misread(text) if agrees(grey, wrong)] == []


@pytest.mark.parametrize("text", NAMES)
@pytest.mark.parametrize("blur", [1.5, 3.0])
def test_blurred_print_never_agrees_with_a_misreading(text, blur):
    grey = cv2.GaussianBlur(strip(text).grey, (0, 0), blur)
    assert agrees(grey, text) is not False
    assert [wrong for wrong in misread(text) if agrees(grey, wrong)] == []


def test_every_mark_is_named():
    found = check(strip("HÅKAN ÄNG ÖRN").grey, "HÅKAN ÄNG ÖRN")
    assert found is not None
    assert [(a.index, a.seen) for a in found] == [
        (1, "ring"),
        (3, "none"),
        (6, "dots"),
        (10, "dots"),
    ]


def test_ink_above_that_is_nobodys_makes_all_unsure():
    grey = np.pad(strip("HANNA BERG").grey, ((14, 0), (0, 0)), constant_values=255)
    assert agrees(grey, "HANNA BERG") is True
    cv2.circle(grey, (12, 6), 4, 0, -1)
    assert agrees(grey, "HANNA BERG") is None


def test_what_can_not_be_measured_is_not_judged():
    assert agrees(np.full((50, 200), 255, np.uint8), "Åsa") is None
    assert agrees(np.zeros((0, 0), np.uint8), "Åsa") is None
    assert agrees(strip("Åsa Berg").grey, "") is None
    assert check(strip("Åsa").grey, "Åsa" * 200) is None
    assert check(strip("Åsa").grey, "Åsa", [Place(0, 10)]) is None


@given(st.integers(0, 2**32 - 1), st.sampled_from(["Åsa Öberg", "ANNA", "x", "", "   ", "é" * 30]))
def test_noise_is_no_error(seed, text):
    noise = np.random.default_rng(seed).integers(0, 255, (40, 160)).astype(np.uint8)
    assert agrees(noise, text) in (True, False, None)


@given(st.text("abcdåäöABCÅÄÖ .-1", min_size=1, max_size=20))
def test_places_follow_each_other_from_end_to_end(text):
    ink = np.random.default_rng(len(text)).random((30, 400)) > 0.8
    places = place(ink, text)
    assert places is None or len(places) == len(text)
    if places is not None:
        assert (places[0].left, places[-1].right) == (0, 400)
        assert all(a.right == b.left and a.left < a.right for a, b in pairwise(places))


def test_letters_are_found_where_they_were_drawn():
    text = "WILLIAM"
    grey = strip(text).grey
    columns = np.flatnonzero((grey < 128).any(axis=0))
    places = place((grey < 128)[:, columns[0] : columns[-1] + 1], text)
    assert places is not None
    widths = dict(zip(range(len(text)), (p.right - p.left for p in places), strict=True))
    assert widths[0] > 2 * widths[1]
    assert widths[6] > 2 * widths[4]
