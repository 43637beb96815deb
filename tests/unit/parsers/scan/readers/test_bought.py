"""The bought readers on drawn lines: what they read, and what they do with no writing."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.scan.readers import ppocr
from parsers.scan.readers.guess import Reader
from parsers.scan.readers.ppocr import PaddleReader
from parsers.scan.readers.tess import TesseractReader
from parsers.scan.strips import Strip
from tests.unit.parsers.scan.readers.rendered import strip

LINES = [
    ("Åsa Öberg", "name"),
    ("Märta Hägg", "name"),
    ("Göran Åkesson", "name"),
    ("Anna Olsson", "name"),
    ("Äldreomsorgen Öster", "text"),
    ("asa_oberg@jarfalla.example", "mail"),
    ("19640823-3234", "person_id"),
    ("2026-11-23", "date"),
    ("08-123 45 67", "phone"),
    ("SE2321000016-1ABC", "hsa_id"),
]


@pytest.fixture(scope="module", params=["ppocr", "tesseract"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    if request.param == "ppocr":
        yield PaddleReader()
        return
    made = TesseractReader()
    yield made
    made.close()


def test_clear_print_is_read_letter_by_letter(reader):
    guesses = reader.read([strip(text, kind) for text, kind in LINES])
    assert [guess.text for guess in guesses] == [text for text, _ in LINES]
    assert all(0.3 < guess.confidence <= 1 for guess in guesses)


def test_where_there_is_no_writing_there_is_no_text(reader):
    greys = [
        np.full((60, 300), 255, np.uint8),
        np.zeros((0, 0), np.uint8),
        np.zeros((3, 3), np.uint8),
    ]
    guesses = reader.read([Strip("field", "name", grey) for grey in greys[:2]])
    assert [(g.text, g.confidence) for g in guesses] == [("", 0.0)] * 2
    assert len(reader.read([Strip("field", "date", greys[2])])) == 1
    assert reader.read([]) == []


def test_noise_gives_a_guess_and_no_error(reader):
    noise = np.random.default_rng(3).integers(0, 255, (70, 900)).astype(np.uint8)
    (guess,) = reader.read([Strip("field", "name", noise)])
    assert 0 <= guess.confidence <= 1


def test_alternatives_are_other_texts_the_likeliest_first(reader):
    worn = cv2.GaussianBlur(strip("rn1l0O5S8B", "hsa_id", 30).grey, (0, 0), 3.0)
    (guess,) = reader.read([Strip("field", "hsa_id", worn)])
    chances = [chance for _, chance in guess.alternatives]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)
    texts = [guess.text, *(text for text, _ in guess.alternatives)]
    assert len(texts) == len(set(texts)) > 1


def test_block_letters_are_read_but_for_their_case(reader):
    texts = ["GÖRAN ÅBERG", "MÄRTA ÖSTERLIND", "ANNA OLSSON"]
    guesses = reader.read([strip(text) for text in texts])
    assert [guess.text.upper() for guess in guesses] == texts


def test_only_what_the_kind_may_hold_is_read_in_digit_fields(reader):
    (guess,) = reader.read([strip("OlSB2", "digits")])
    assert set(guess.text) <= set("0123456789 -")


@given(st.floats(0.05, 0.99), st.floats(1e-7, 0.5), st.floats(1e-7, 0.5), st.floats(1e-4, 0.1))
def test_the_pair_rule_moves_chance_only_between_a_letter_and_its_marked_ones(own, one, two, ratio):
    chances = np.array([[0.01, own, min(one, own), min(two, own), 0.02]], np.float32)
    pairs = [ppocr._Pair(1, 2, ratio), ppocr._Pair(1, 3, ratio)]
    out = ppocr._weighed(chances, pairs)
    assert out[0, [0, 4]] == pytest.approx(chances[0, [0, 4]])
    assert out.sum() == pytest.approx(chances.sum(), rel=1e-4)
    meant = max(chances[0, 2], chances[0, 3]) > ratio * own * 1.01
    faint = np.hypot(chances[0, 2], chances[0, 3]) < ratio * own * 0.99
    if faint:
        assert out[0, 1] >= max(out[0, 2], out[0, 3])
    elif meant:
        assert max(out[0, 2], out[0, 3]) >= out[0, 1] * 0.99


def test_an_engine_that_is_closed_can_be_made_anew():
    for _ in range(2):
        made = TesseractReader()
        assert made.read([strip("Anna", "name")])[0].text == "Anna"
        made.close()
