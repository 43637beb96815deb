"""The receipt that is printed: one page, its words, its codes, its tags; no number of a person."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from bot.adapters.receipt import layout
from bot.adapters.receipt.__main__ import main
from bot.adapters.receipt.drawing import printable
from bot.adapters.receipt.write import write_receipt
from bot.domain.receipts import EDITION
from parsers.receipts import placing
from parsers.scan.code import read_codes
from tests.receipts import FACTS, facts
from tests.scanned import drawn

READER = placing._FOLDER


def words(content: bytes) -> str:
    """Return the words of the page with single spaces."""
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    return " ".join(str(document[0].get_textpage().get_text_bounded()).split())


def test_the_edition_that_the_reader_knows_is_what_is_printed(tmp_path):
    main(tmp_path)
    toml = f"{EDITION}.toml"
    assert (READER / toml).read_text("utf-8") == (tmp_path / toml).read_text("utf-8")
    old, new = (pikepdf.open(folder / f"{EDITION}.pdf") for folder in (READER, tmp_path))
    assert old.pages[0].Contents.read_bytes() == new.pages[0].Contents.read_bytes()


def test_the_receipt_is_one_a4_page_and_the_same_facts_give_the_same_bytes():
    content = write_receipt(FACTS)
    assert content == write_receipt(FACTS)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
        assert [float(v) * 25.4 / 72 for v in pdf.pages[0].MediaBox] == pytest.approx(
            [0, 0, 210, 297], abs=0.1
        )
        assert "/AcroForm" not in pdf.Root


def test_every_fact_and_every_promise_can_be_read_and_copied():
    text = words(write_receipt(FACTS))
    for said in (
        "Kvittens för reservkort", "Lokala EK i Järfälla kommun", "lokala.ek@jarfalla.example",
        "08-465 004 10", "Åsa-Märta Öberg Fjällström", "Hemtjänsten Jakobsberg (norra)",
        "9752 2690 1234 5678", "LoA 3", "nationellt id-kort", "24 november 2026",
        "24 februari 2027", "C-17", FACTS.mark, *layout.PROMISES,
        "Koderna är dina egna, skriv dem aldrig här och skicka dem aldrig.",
    ):  # fmt: skip
        assert said in text


def test_no_identity_number_and_no_place_for_a_code_is_on_it():
    assert {f.name for f in fields(FACTS)}.isdisjoint({"person", "person_id", "pin", "puk", "code"})
    text = words(write_receipt(FACTS))
    assert not re.search(r"\d{6}[-+ ]?\d{4}|\d{12}|[Pp]ersonnummer|\bPIN\b|\bPUK\b", text)


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_all_codes_say_the_mark_even_in_a_coarse_picture(dpi):
    found = read_codes(drawn(write_receipt(FACTS), dpi=dpi))
    assert [text for text, _box in found] == [FACTS.mark] * len(layout.CODES)
    corners = sorted((round(b.x0 * 25.4 / dpi), round(b.y0 * 25.4 / dpi)) for _text, b in found)
    printed = sorted((round(b.x0), round(b.y0)) for b in layout.CODES)
    assert np.abs(np.array(corners) - printed).max() <= 2


def test_a_third_of_a_code_may_be_lost():
    page = drawn(write_receipt(FACTS), dpi=200)
    box = layout.CODES[0]
    x0, y0, x1, y1 = (
        round(v * 200 / 25.4) for v in (box.x0 - 4, box.y0 - 4, box.x1 + 4, box.y1 + 4)
    )
    code = page[y0:y1, x0:x1].copy()
    code[90:150, 100:170] = 255
    assert [one.text for one in zxingcpp.read_barcodes(np.ascontiguousarray(code))] == [FACTS.mark]


def test_the_box_to_sign_in_is_large_and_nothing_is_printed_in_it():
    box = layout.SIGN
    assert box.x1 - box.x0 >= 120
    assert box.y1 - box.y0 >= 22
    page = drawn(write_receipt(FACTS), dpi=200)
    x0, y0, x1, y1 = (
        round(v * 200 / 25.4) for v in (box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1)
    )
    assert page[y0:y1, x0:x1].min() == 255


def test_a_long_name_stays_in_its_cell():
    long = "Zeynep Anna-Karin von Essen-García Pérez Lundqvist Ängquist El Amrani O'Connor " * 2
    content = write_receipt(facts(holder=long, unit=long))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        right = max(c["x1"] for c in pdf.pages[0].chars)
    assert right * 25.4 / 72 <= layout.RIGHT
    assert " ".join(long.split()) in words(content)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("Åsa Öberg", "Åsa Öberg"), ("Łukasz Ćwik", "Łukasz Ćwik"), ("Ștefan Ąbc", "Stefan Abc"),
     ("Bo\nEk", "Bo Ek"), ("Жанна", "?????")],
)  # fmt: skip
def test_a_letter_that_the_face_lacks_loses_its_marks(written, shown):
    assert printable(written) == shown


def test_what_is_not_known_leaves_an_empty_cell():
    text = words(write_receipt(replace(FACTS, loa=None, unit="", phone="")))
    assert "LoA" not in text
    assert "·" not in text.split("Kvittens för")[0]


def test_a_receipt_that_no_scan_could_be_matched_by_is_not_made():
    with pytest.raises(ValueError, match="mark"):
        write_receipt(replace(FACTS, mark="17"))


def test_every_word_is_tagged_in_the_order_in_which_a_person_reads():
    content = write_receipt(FACTS)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "sv-SE"
        assert bool(pdf.Root.MarkInfo.Marked)
        figures = [e for e in pdf.Root.StructTreeRoot.K[0].K if e.S == "/Figure"]
        assert [str(e.Alt) for e in figures] == [f"QR-kod med kvittensens märke: {FACTS.mark}"] * 3
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        chars = pdf.pages[0].chars
    loose = "".join(c["text"] for c in chars if c["mcid"] is None)
    assert loose == f"Kvittens {EDITION} · Sida 1 (1)"
    marks = [c["mcid"] for c in chars if c["mcid"] is not None]
    assert marks == sorted(marks)
