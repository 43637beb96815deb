"""A scanned sheet without writing is an empty page; one with a few words is another paper."""

import io

import pytest
from PIL import Image, ImageDraw

from bot.domain.forms import Content
from parsers.document import read_document
from tests.unit.parsers.forms.reader import SETTINGS


def _scan(*, dust: int = 0, words: str = "") -> bytes:
    sheet = Image.new("L", (1240, 1754), 244)
    pen = ImageDraw.Draw(sheet)
    for n in range(dust):
        spot = (n * 137 % 1240, n * 311 % 1754)
        pen.rectangle((*spot, spot[0] + 1, spot[1] + 1), fill=120)
    pen.text((150, 300), words, fill=30, font_size=60)
    out = io.BytesIO()
    sheet.save(out, "PDF", resolution=150)
    return out.getvalue()


@pytest.mark.parametrize("dust", [0, 60])
def test_an_empty_scanned_sheet_is_no_scan_to_read(dust):
    reading = read_document("baksida.pdf", _scan(dust=dust), SETTINGS)
    assert (reading.content, reading.scans) == (Content.OTHER, ())
    assert "tomma sidor" in reading.reason


def test_a_scanned_note_of_a_few_words_is_another_paper_but_not_empty():
    reading = read_document("lapp.pdf", _scan(words="Anna slutar i juni"), SETTINGS)
    assert (reading.content, reading.scans) == (Content.OTHER, ())
    assert "tomma sidor" not in reading.reason
