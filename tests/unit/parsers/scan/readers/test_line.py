"""Our own line reader, with the weights of the package."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFont

from parsers.forms.definition import Kind
from parsers.scan.readers.letters import ALPHABET, HEIGHT, MARGIN, STEP, WIDEST, shape
from parsers.scan.readers.line import WEIGHTS, LineReader, WeightsError
from parsers.scan.strips import Strip

VERA = Path(reportlab.__file__).with_name("fonts") / "Vera.ttf"


@pytest.fixture(scope="module")
def reader() -> LineReader:
    return LineReader()


def strip(text: str, kind: Kind = "name", size: int = 40) -> Strip:
    """Return *text* in Bitstream Vera, black on white with a margin of 5 px."""
    font = ImageFont.truetype(str(VERA), size)
    box = font.getbbox(text)
    picture = Image.new("L", (int(box[2] - box[0]) + 10, int(box[3] - box[1]) + 10), 255)
    ImageDraw.Draw(picture).text((5 - box[0], 5 - box[1]), text, font=font, fill=0)
    return Strip("field", kind, np.array(picture))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Åsa Öberg-Hägg", "name"),
        ("ÄNGLA ÅSTRÖM", "name"),
        ("René Norén", "name"),
        ("Müller", "name"),
        ("asa.oberg_2@kommunen.example", "mail"),
        ("Hemtjänsten Öst", "unit"),
        ("Björkgårdens vård- och omsorgsboende", "unit"),
        ("19811228-9874", "person_id"),
        ("2026-11-23", "date"),
        ("08-123 456 78", "phone"),
        ("9752 1234 5678 9012", "digits"),
    ],
)
def test_print_is_read_letter_by_letter(reader: LineReader, text: str, kind: Kind) -> None:
    (guess,) = reader.read([strip(text, kind)])
    assert guess.text == text
    assert 0.5 < guess.confidence <= 1


def test_many_strips_come_back_in_order_as_each_alone(reader: LineReader) -> None:
    texts = [
        "Åre",
        "Hemtjänsten Öst",
        "Ek",
        "Undersköterska",
        "Malmö",
        "Bo",
        "Södra Råda",
        "Åmål",
        "X",
    ]
    together = reader.read([strip(t) for t in texts])
    alone = [reader.read([strip(t)])[0] for t in texts]
    assert [g.text for g in together] == [g.text for g in alone]
    assert [g.text for g in together][:3] == texts[:3]


def test_bare_paper_is_an_empty_text(reader: LineReader) -> None:
    white = np.full((60, 200), 255, np.uint8)
    speck = white.copy()
    speck[30, 100] = 0
    tiny = np.full((1, 1), 255, np.uint8)
    guesses = reader.read([Strip("field", "name", g) for g in (white, speck, tiny)])
    assert [(g.text, g.confidence) for g in guesses] == [("", 0.0)] * 3


def test_no_strip_is_no_guess(reader: LineReader) -> None:
    assert reader.read([]) == []


def test_noise_is_never_read_with_certainty(reader: LineReader) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (60, 400)).astype(np.uint8)
    (guess,) = reader.read([Strip("field", "person_id", noise)])
    assert guess.confidence < 0.5


def test_letters_in_a_field_of_digits_are_unlikely(reader: LineReader) -> None:
    (guess,) = reader.read([strip("Svensson", "digits")])
    assert guess.confidence < 0.1


def test_a_wrong_number_is_read_as_it_stands(reader: LineReader) -> None:
    (guess,) = reader.read([strip("19811228-9875", "person_id")])
    assert guess.text == "19811228-9875"


def test_the_strip_may_be_of_any_size(reader: LineReader) -> None:
    for size in (24, 40, 90):
        assert reader.read([strip("Kerstin Åberg", size=size)])[0].text == "Kerstin Åberg"


def test_a_shaped_line_is_trimmed_and_a_whole_number_of_steps() -> None:
    line = shape(np.pad(strip("Åsa").grey, 40, constant_values=255))
    assert line is not None
    assert line.shape[0] == HEIGHT
    assert line.shape[1] % STEP == 0
    assert line[:, :MARGIN].max() == 0
    assert line.min() >= 0
    assert line.max() <= 1
    near = shape(strip("Åsa").grey)
    assert near is not None
    assert line.shape == near.shape


def test_an_endless_line_is_squeezed() -> None:
    grey = np.full((30, 9000), 255, np.uint8)
    for start in range(10, 8990, 9):
        grey[10:20, start : start + 3] = 0
    line = shape(grey)
    assert line is not None
    assert line.shape[1] <= WIDEST + STEP


def test_the_alphabet_has_no_letter_twice() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert set("åäöÅÄÖéÉüÜ@_'-+/") <= set(ALPHABET)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    for file in (WEIGHTS, WEIGHTS.with_suffix(".toml")):
        shutil.copy(file, tmp_path / file.name)
    data = bytearray(WEIGHTS.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / WEIGHTS.name).write_bytes(data)
    with pytest.raises(WeightsError, match="damaged"):
        LineReader(weights=tmp_path / WEIGHTS.name)


def test_missing_weights_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"line\.onnx"):
        LineReader(weights=tmp_path / "line.onnx")


def test_weights_for_another_alphabet_are_refused(tmp_path: Path) -> None:
    shutil.copy(WEIGHTS, tmp_path / WEIGHTS.name)
    note = WEIGHTS.with_suffix(".toml").read_text(encoding="utf-8").replace("åäö", "åä")
    (tmp_path / "line.toml").write_text(note, encoding="utf-8")
    with pytest.raises(WeightsError, match="alphabet"):
        LineReader(weights=tmp_path / WEIGHTS.name)
