"""The lathund: one page that anybody can read or hear, drawn from its words, replaced by a file."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from bot.adapters.blank.pen import MM
from bot.adapters.documents.__main__ import main
from bot.adapters.documents.guide_page import PALE, RED, ROSE, WHITE, TooMuchTextError, draw_guide
from bot.adapters.documents.guide_text import read_guide
from bot.adapters.documents.letter import Sender
from bot.adapters.documents.lettering import BLUE, INK
from bot.adapters.documents.pdf import LARGEST, PdfDocuments
from bot.adapters.documents.pictograms import PICTOGRAMS
from bot.domain.receipts import mark
from bot.ports.documents import Documents, ReceiptFacts
from bot.ports.errors import NeedsOperatorError
from tests.pdfs import chars, elements, faces, loose, opened, plain

FOLDER = Path(__file__).parents[3] / "templates" / "documents"
READY = FOLDER / "lathund-2026-11.pdf"
OFFICE = Sender("Lokala EK, Järfälla kommun", "lokala.ek@jarfalla.example", "08-465 004 10")
GUIDE = read_guide(FOLDER / "lathund" / "2026-11.toml")


@pytest.fixture(scope="module")
def content() -> bytes:
    return draw_guide(GUIDE)


def documents(guide: Path = READY) -> Documents:
    return PdfDocuments(OFFICE, guide)


def words(content: bytes) -> str:
    return " ".join(e.words for e in elements(content))


def test_the_committed_guide_is_what_its_words_make(tmp_path):
    shutil.copytree(FOLDER / "lathund", tmp_path / "lathund")
    main(tmp_path)
    made = {path.name: plain(path.read_bytes()) for path in tmp_path.glob("*.pdf")}
    assert made == {path.name: plain(path.read_bytes()) for path in FOLDER.glob("lathund-*.pdf")}


def test_the_same_words_give_the_same_bytes(content):
    assert draw_guide(GUIDE) == content


def test_the_guide_is_one_page_of_a4(content):
    with opened(content) as pdf:
        assert [tuple(round(float(v) / MM) for v in p.mediabox) for p in pdf.pages] == [
            (0, 0, 210, 297)
        ]


def test_the_guide_says_that_it_is_swedish_tagged_and_what_it_is_called(content):
    with opened(content) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.Lang == "sv-SE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert str(pdf.docinfo["/Title"]) == pdf.open_metadata()["dc:title"] == GUIDE.title
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & set(pdf.Root.keys())


def test_a_screen_reader_hears_the_steps_in_their_order_and_then_the_boxes(content):
    found = elements(content)
    headings = [(e.path[-1], e.words) for e in found if e.path[-1] in {"H1", "H2", "H3"}]
    assert headings == [
        ("H1", GUIDE.title),
        ("H2", GUIDE.steps_title),
        *(("H3", step.title) for step in GUIDE.steps),
        ("H2", GUIDE.boxes_title),
        *(("H3", box.title) for box in GUIDE.boxes),
    ]
    labels = [e.words for e in found if e.path == ("Document", "L", "LI", "Lbl")]
    assert labels == [str(n) for n in range(1, len(GUIDE.steps) + 1)]
    bodies = [e.words for e in found if e.path[-2:] == ("LBody", "P")]
    assert bodies == [text.replace("*", "") for step in GUIDE.steps for text in step.text]


def test_every_picture_has_words_for_those_who_do_not_see_it(content):
    figures = [e.alt for e in elements(content) if e.path[-1] == "Figure"]
    assert figures == [GUIDE.alt, *(part.alt for part in (*GUIDE.steps, *GUIDE.boxes))]
    assert all(figures)


def test_only_grounds_and_the_footer_are_passed_over(content):
    assert loose(content) == [GUIDE.footer]


def test_the_fonts_are_in_the_file_and_swedish_letters_can_be_copied_out(content):
    assert set(faces(content).values()) == {True}
    assert len(faces(content)) == 2
    assert "Så får du ditt e-tjänstekort" in words(content)
    assert "körkort" in words(content)


def test_all_text_is_on_the_page_and_large_enough_to_read(content):
    for char in (c for c in chars(content)[0] if c["text"] != " "):
        assert 16 * MM < char["x0"] <= char["x1"] < 194 * MM
        assert 8 * MM < char["top"] <= char["bottom"] < 290 * MM
        assert char["size"] >= 11


def luminance(colour: tuple[float, ...]) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(c * part for c, part in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize(
    ("text", "ground"), [(WHITE, BLUE), (BLUE, PALE), (INK, PALE), (INK, ROSE), (RED, ROSE)]
)
def test_the_contrast_is_that_of_the_strictest_level(text, ground):
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


@pytest.mark.parametrize(
    "said",
    ["utgivningskontor", "pass, nationellt id-kort, körkort eller SIS-märkt id-kort",
     "folkbokföringsadress", "aktivera", "inom 90 dagar", "Kontakta Lokala EK genast",
     "Polisanmäl", "Ge aldrig dina koder till någon", "Klipp sönder kortet"],
)  # fmt: skip
def test_the_guide_says_what_the_routine_asks_of_the_holder(content, said):
    assert said in words(content)


def test_words_that_need_more_than_a_page_are_refused():
    step = replace(GUIDE.steps[0], text=GUIDE.steps[0].text * 12)
    with pytest.raises(TooMuchTextError, match="för lång"):
        draw_guide(replace(GUIDE, steps=(step, *GUIDE.steps[1:])))


def test_every_pictogram_stays_inside_its_square():
    for name, shapes in PICTOGRAMS.items():
        for kind, n in shapes:
            if kind == "rect":
                corners = [n[0], n[1], n[0] + n[2], n[1] + n[3]]
            elif kind == "line":
                corners = list(n)
            else:
                corners = [n[0] - n[2], n[1] - n[2], n[0] + n[2], n[1] + n[2]]
            assert all(0.8 <= c <= 23.2 for c in corners), name


def test_the_guide_that_comes_with_the_program_is_handed_out_as_it_is():
    guide = documents().guide()
    assert guide.name == "lathund-2026-11.pdf"
    assert guide.content == READY.read_bytes()


def test_an_office_hands_out_its_own_guide_instead(tmp_path):
    own = tmp_path / "Så bokar du tid.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(own)
    guide = documents(own).guide()
    assert guide.name == "Så bokar du tid.pdf"
    assert guide.content == own.read_bytes()


def test_a_guide_that_is_missing_gives_advice(tmp_path):
    with pytest.raises(NeedsOperatorError) as raised:
        documents(tmp_path / "egen.pdf").guide()
    assert "egen.pdf går inte att läsa" in raised.value.advice
    assert "[cards]" in raised.value.advice
    assert str(tmp_path) not in raised.value.reason


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def empty() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("made", [b"PK\x03\x04 a document", b"", b"%PDF-1.7\n", locked(), empty()])
def test_a_guide_that_is_no_pdf_that_opens_gives_advice(tmp_path, made):
    path = tmp_path / "egen.pdf"
    path.write_bytes(made)
    with pytest.raises(NeedsOperatorError, match="ingen PDF som går att öppna"):
        documents(path).guide()


def test_a_guide_too_large_to_be_mailed_gives_advice(tmp_path):
    path = tmp_path / "egen.pdf"
    path.write_bytes(READY.read_bytes() + b"\n" * LARGEST)
    with pytest.raises(NeedsOperatorError, match="för stor att mejla"):
        documents(path).guide()


def test_a_folder_in_place_of_the_guide_gives_advice(tmp_path):
    with pytest.raises(NeedsOperatorError, match="går inte att läsa"):
        documents(tmp_path).guide()


def test_receipts_and_letters_come_as_one_or_more_pages():
    facts = ReceiptFacts(
        "Järfälla kommun", OFFICE.mail, OFFICE.phone, "Åsa Öberg", "Hemtjänsten", "7523 0011",
        3, "körkort", date(2026, 11, 23), date(2027, 2, 23), "C-17", mark(17, "a"),
    )  # fmt: skip
    letter = documents().letter(["Hej!"], heading="Kortet", to="Åsa", day=date(2026, 11, 23))
    for content in (documents().receipt(facts), letter):
        with opened(content) as pdf:
            assert len(pdf.pages) == 1
