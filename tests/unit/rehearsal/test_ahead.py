"""Forms on paper: captured the same each time, read beside, and a wrong sure value seen red."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from bot.bootstrap import DATA
from bot.domain.forms import DocumentReading, State
from bot.rehearsal.ahead import Ahead
from bot.rehearsal.capturing import Capture, captured
from bot.rehearsal.filling import Blank
from parsers import reading
from parsers.settings import Settings
from tests.scanned import drawn

VALUES = {
    "action": "change", "person_id": "199001012385", "given_name": "Anna", "surname": "Öberg",
    "title": "Samordnare 2", "unit": "Hemtjänsten Öst",
}  # fmt: skip
SETTINGS = Settings(form_paths=(Path(DATA / "forms"),), today=date(2027, 2, 1))


class Reader:
    """Gives what it was told to, whatever it is asked to read."""

    def __init__(self, found: DocumentReading) -> None:
        self.found = found

    def read_file(self, name: str, content: bytes, settings: Settings) -> DocumentReading:
        return self.found

    def read_mail(self, raw: bytes, settings: Settings) -> reading.MailReading:
        raise NotImplementedError

    def ring(self, pictures: Sequence[tuple[bytes, int]]) -> tuple[bytes, ...]:
        raise NotImplementedError

    def close(self) -> None:
        """Have nothing to stop."""


@pytest.fixture(scope="module")
def typed() -> bytes:
    return Blank(DATA / "forms").filled(VALUES)


@pytest.fixture(scope="module")
def truth(typed: bytes) -> DocumentReading:
    return reading.read_file("a.pdf", typed, SETTINGS)


def _judged(found: DocumentReading, typed: bytes) -> Ahead:
    ahead = Ahead(Reader(found))
    ahead.begin("a.jpg", b"x", typed, SETTINGS)
    assert ahead.taken("a.jpg", "none of ours") is None
    sha = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of b"x"
    assert ahead.taken("a.jpg", sha) is found
    assert ahead.taken("a.jpg", sha) is None
    ahead.close()
    return ahead


def _with(document: DocumentReading, **more: object) -> DocumentReading:
    (form,) = document.forms
    fields = tuple(replace(f, **more) if f.key == "surname" else f for f in form.fields)
    return replace(document, forms=(replace(form, fields=fields),))


def test_a_form_that_reads_as_the_typed_one_is_neither_wrong_nor_asked(
    typed: bytes, truth: DocumentReading
) -> None:
    ahead = _judged(truth, typed)
    assert (ahead.read, ahead.asked, ahead.wrong) == (1, 0, [])


def test_a_sure_value_that_is_not_the_typed_ones_is_told(
    typed: bytes, truth: DocumentReading
) -> None:
    assert "surname" in _judged(_with(truth, value="Oberg"), typed).wrong[0]


def test_what_is_not_sure_is_asked_and_not_wrong(typed: bytes, truth: DocumentReading) -> None:
    ahead = _judged(_with(truth, value="Oberg", state=State.UNSURE), typed)
    assert (ahead.asked, ahead.wrong) == (1, [])
    assert _judged(replace(truth, forms=()), typed).asked == 1


@pytest.mark.parametrize("how", list(Capture))
def test_a_capture_is_a_picture_of_the_sheet_and_the_same_each_time(
    typed: bytes, how: Capture
) -> None:
    content = captured(typed, how, 7)
    assert content == captured(typed, how, 7)
    if how is Capture.SCAN:
        high, wide = drawn(content, dpi=100).shape
    else:
        wide, high = Image.open(io.BytesIO(content)).size
    assert 1.2 < high / wide < 1.6
