"""The pictures of letters that the documents show are of the letters as they are."""

import json

from tests.picturing import FOLDER, SHOWN, SOURCES, current


def test_every_picture_of_a_letter_is_current():
    assert json.loads(SOURCES.read_text("utf-8")) == current(), "run: make pictures"
    assert all((FOLDER / f"{name}.png").stat().st_size > 1000 for name in SHOWN)
