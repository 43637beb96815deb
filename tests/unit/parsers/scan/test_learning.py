"""A scanned blank is learnt like a drawn one, and what is read wrong moves no field."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bot.domain.forms import Box, State
from parsers.forms.definition import load
from parsers.forms.learning import NotLearntError
from parsers.scan import words
from parsers.scan.learning import learn_file, learn_picture
from parsers.scan.picture import Picture
from parsers.scan.ruled import squares
from parsers.scan.straight import SCALE, straighten
from tests.captured_blank import scanned
from tests.filled import FORMS, an_order
from tests.foreign import draw
from tests.looks import LOOKS
from tests.unit.parsers.forms.reader import read, with_forms
from tests.unit.parsers.forms.test_foreign import is_within, learnt_places

ORDER = an_order(3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("look", "dpi", "skew"),
    [("lines after labels", 300, 1.4), ("two columns, rings", 200, -1.5), ("grey table", 200, 0.7)],
)
def test_a_scanned_blank_is_learnt_and_reads_what_programs_write_on_it(look, dpi, skew, tmp_path):
    drawn = draw(LOOKS[look])
    picture = scanned(drawn.content, dpi=dpi, skew=skew)
    made = learn_picture([picture], name="x", known=load(FORMS))
    places = learnt_places(made.learnt.toml)
    assert len(places) >= 0.95 * len(drawn.places)
    assert [n for n, box in places.items() if not is_within(box, drawn.places[n])] == []
    (tmp_path / "x.toml").write_text(made.learnt.toml, encoding="utf-8")
    (tmp_path / "x.pdf").write_bytes(made.blank)
    (form,) = read(draw(LOOKS[look], ORDER, signed=True).content, with_forms(tmp_path)).forms
    told = {f.key: f.value or None for f in form.fields if f.state in (State.SURE, State.EMPTY)}
    assert form.version == "x"
    assert told == {key: ORDER.get(key) or None for key in told}


@pytest.mark.slow
def test_a_picture_of_a_blank_upside_down_is_turned():
    drawn = draw(LOOKS["other words"])
    picture = scanned(drawn.content)
    ok, png = cv2.imencode(".png", np.rot90(picture.grey, 2))
    assert ok
    made = learn_file(png.tobytes(), name="x", known=load(FORMS))
    places = learnt_places(made.learnt.toml)
    assert len(places) >= 0.9 * len(drawn.places)
    assert all(is_within(box, drawn.places[n]) for n, box in places.items())


@pytest.mark.slow
def test_a_picture_of_nothing_is_refused():
    with pytest.raises(NotLearntError):
        learn_picture([Picture(np.full((2970, 2100), 255, np.uint8))], name="x", known=load(FORMS))


def test_a_page_askew_comes_out_level():
    page = np.full((2970, 2100), 255, np.uint8)
    for y in range(300, 2800, 250):
        cv2.line(page, (200, y), (1900, y + 34), 60, 3)  # 1.15 degrees
    straight = straighten(Picture(page))
    rows = np.flatnonzero((straight.clean[:, 400:2100] < 128).mean(axis=1) > 0.9)
    assert len(rows) >= 10
    assert (straight.width, straight.height) == (210.0, 297.0)


def test_squares_and_rings_are_found_and_letters_are_not():
    page = np.zeros((400, 900), np.uint8)
    cv2.rectangle(page, (50, 50), (90, 90), 1, 2)
    cv2.circle(page, (200, 70), 20, 1, 2)
    cv2.putText(page, "DOBO", (300, 90), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 1, 3)
    found = [tuple(round(v * SCALE) for v in (b.x0, b.y0, b.x1, b.y1)) for b in squares(page)]
    assert len(found) == 2
    assert any(np.allclose(f, (50, 50, 90, 90), atol=2) for f in found)
    assert any(np.allclose(f, (180, 50, 220, 90), atol=2) for f in found)


def row(*texts: str) -> list[words.Word]:
    return [words.Word(t, Box(12.0 * n, 0, 12.0 * n + 10.5, 2.5)) for n, t in enumerate(texts)]


KNOWN = {"anställdfrån": "Anställd från", "anställdtill": "Anställd till", "ort": "Ort"}


def test_a_label_read_nearly_right_is_spelt_right():
    assert [w.text for w in words._mended(row("Anstalld", "fran"), KNOWN)] == ["Anställd från"]


def test_a_word_between_two_labels_is_neither():
    assert words._nearest("anställdxxxx", KNOWN) is None
    assert words._nearest("anställdtrlån", KNOWN) in (None, ("Anställd från", 2))


def test_a_short_label_must_be_read_exactly():
    assert words._nearest("ori", KNOWN) is None
    assert words._nearest("ort", KNOWN) == ("Ort", 0)
