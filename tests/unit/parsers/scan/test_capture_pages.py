"""Files of captured pages to readings: many forms, back pages, hidden words, pages unread."""

import io
import subprocess
import sys

import numpy as np
import pikepdf
import pytest

from bot.adapters.crew.inline import InlineCrew
from bot.domain.forms import Box, Content, FieldReading, FormReading, How, Signed, State
from parsers.document import Pages, read_document
from parsers.forms.outcome import Foreign, Unread
from parsers.pdf.content import Char
from parsers.pdf.page import sheets
from parsers.reading import read_file
from parsers.scan import door
from parsers.scan.capture import Broken
from parsers.scan.drawing import picture_of
from parsers.scan.hidden import with_note
from parsers.scan.picture import Picture
from tests.filled import an_order, fill_flat
from tests.paper import joined, rotated
from tests.scanned import as_jpeg, as_pdf, as_png, as_tiff, drawn, faxed, filled
from tests.unit.parsers.forms.reader import SETTINGS
from tests.unit.parsers.scan.test_capture import png_bomb

ORDER = an_order(3)
FORM = drawn(filled(ORDER))
BACK = np.full_like(FORM, 250)
OTHER = np.where(np.indices(FORM.shape).sum(axis=0) % 97 < 9, 0, 255).astype(np.uint8)


def drawings(content):
    with sheets(content) as opened:
        return [picture_of(sheet) for sheet in opened]


# --- drawing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dpi", "expected"), [(75, 150), (100, 150), (200, 200), (300, 300), (600, 300)]
)
def test_a_page_is_drawn_as_finely_as_its_picture_within_reason(dpi, expected):
    scan = np.full((round(297 / 25.4 * dpi), round(210 / 25.4 * dpi)), 240, np.uint8)
    (picture,) = drawings(as_pdf([scan], dpi=dpi))
    assert picture.dpi == pytest.approx(expected, rel=0.01)
    assert max(picture.grey.shape) == pytest.approx(11.69 * expected, rel=0.01)


@pytest.mark.parametrize("dpi", [72, 30, 300, 1_000])
def test_a_photograph_is_drawn_whole_however_large_it_lies(dpi):
    photo = np.full((4_032, 3_024), 200, np.uint8)
    (picture,) = drawings(as_pdf([photo], dpi=dpi))
    assert 3_500 <= max(picture.grey.shape) <= 5_000


def test_a_fax_in_a_pdf_is_as_high_and_as_fine_as_its_page_says():
    with pikepdf.open(io.BytesIO(as_pdf([faxed(FORM)], dpi=204))) as pdf:
        page = pdf.pages[0]
        page.mediabox = [0, 0, 595, 842]
        page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q")
        out = io.BytesIO()
        pdf.save(out)
    (picture,) = drawings(out.getvalue())
    assert picture.dpi == pytest.approx(209, abs=1)  # 1728 px on 8.26 inches
    assert picture.grey.shape[1] == pytest.approx(1728, abs=2)


def test_a_page_is_drawn_turned_and_with_what_was_laid_on_it():
    (upright,) = drawings(fill_flat(ORDER, sign="ink"))
    (turned,) = drawings(rotated(fill_flat(ORDER, sign="ink"), 90))
    assert turned.grey.shape == upright.grey.shape[::-1]
    (bare,) = drawings(fill_flat(ORDER, sign=None))
    assert (upright.grey < 128).sum() > (bare.grey < 128).sum() + 100


def test_words_that_nobody_sees_are_not_drawn():
    (plain,) = drawings(as_pdf([BACK]))
    (hidden,) = drawings(_with_words(as_pdf([BACK]), "Personnummer 19121212-1212"))
    assert (plain.grey == hidden.grey).all()


def _with_words(content, words):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                  BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
        page.obj.Resources.Font = pikepdf.Dictionary(F=font)
        page.contents_add(f"BT 3 Tr /F 9 Tf 50 700 Td ({words}) Tj ET".encode())
        pdf.save(out)
    return out.getvalue()


# --- dispatch -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_forms_between_backs_and_other_pages_keep_their_numbers():
    content = as_tiff([BACK, FORM, BACK, OTHER], dpi=200)
    found = read_file("bunt.tif", content, SETTINGS)
    assert (found.content, found.scans) == (Content.FORMS, ())
    assert [f.pages for f in found.forms] == [(2,)]
    assert found.forms[0].notes == ("Sidan 4 i filen är ingen blankett.",)
    assert {f.how for f in found.forms[0].fields} == {How.SCAN}


def test_a_vector_form_stays_vector_and_the_scan_beside_it_is_read_too():
    found = read_document("b.pdf", joined(fill_flat(ORDER), as_pdf([FORM])), SETTINGS)
    assert [f.pages for f in found.forms] == [(1,), (2,)]
    assert found.forms[0].field("surname").how is How.TEXT
    assert found.forms[1].field("surname").how is How.SCAN


def test_two_forms_in_one_picture_are_left_to_a_person_with_the_picture():
    found = read_file("tva.png", as_png(np.hstack([FORM, FORM])), SETTINGS)
    assert (found.content, found.scans) == (Content.SCAN, (1,))
    assert found.reason
    assert found.preview.startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_fax_and_a_photo_lying_on_its_side_are_read():
    fax = read_file(
        "fax.tif", as_tiff([faxed(FORM, fine=True)], dpi=(204, 196), bilevel=True), SETTINGS
    )
    photo = read_file("foto.jpg", as_jpeg(FORM, exif_turn=6), SETTINGS)
    assert [len(d.forms) for d in (fax, photo)] == [1, 1]


def test_a_page_that_nobody_can_decode_is_left_to_a_person():
    assert isinstance(door.read(Broken(2), (), SETTINGS), Unread)


def test_pages_are_told_in_the_order_of_the_file():
    pages = Pages()
    for number, page in ((1, Foreign("Annan blankett.")), (2, a_form(2)), (3, Foreign(empty=True)),
                         (4, Foreign()), (5, a_form(5)), (6, Foreign()), (7, Unread("Otydlig."))):  # fmt: skip
        pages.take(number, page, lambda: b"png")
    told = pages.told(read_file("a", b"", SETTINGS))
    assert [f.notes for f in told.forms] == [
        ("Sidan 1 i filen är ingen blankett.", "Sidan 4 i filen är ingen blankett."),
        ("Sidan 6 i filen är ingen blankett.",),
    ]
    assert (told.content, told.scans, told.reason, told.preview) == (
        Content.FORMS, (7,), "Otydlig.", b"png",
    )  # fmt: skip


def a_form(page, *fields):
    return FormReading("EK-1", "1", (page,), fields, Signed.INK)


# --- hidden words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words", "noted"),
    [
        ("200511762395", "051176-2395", False),
        ("200511762395", "20051176-2395", False),
        ("200511762395", "051176-2396", True),
        ("0701740641", "+46 70-174 06 41", False),
        ("Öberg", "ÖBERG", False),
        ("Öberg", "Efternamn Öberg", False),
        ("Öberg", "Efternamn", False),
        ("Öberg", "Oberg", True),
        (None, "Oberg", True),
        (None, "Efternamn", False),
        ("2026-12-01", "2026-12-07", True),
    ],
)
def test_hidden_words_that_say_otherwise_are_noted_without_saying_what(value, words, noted):
    state = State.SURE if value else State.EMPTY
    field = FieldReading("surname", value, state, How.SCAN, box=Box(10, 10, 90, 20))
    chars = [Char(c, 12 + n, 12, 13 + n, 15, 0, "", unseen=True) for n, c in enumerate(words)]
    far = [Char("x", 100, 12, 101, 15, 1, "", unseen=True)]
    notes = with_note(a_form(1, field), chars + far, ["Namn", "Efternamn"]).notes
    assert len(notes) == noted
    assert not noted or (value or "?") not in notes[0]


def test_hidden_words_are_never_read_for_the_picture():
    found = read_document(
        "a.pdf", _with_words(as_pdf([FORM]), "Personnummer 19121212-1212"), SETTINGS
    )
    (form,) = found.forms
    assert {f.how for f in form.fields} == {How.SCAN}
    assert form.field("person_id").value != "191212121212"


# --- limits ---------------------------------------------------------------------------------------


def test_reading_a_vector_form_loads_no_picture_libraries(tmp_path):
    path = tmp_path / "b.pdf"
    path.write_bytes(fill_flat(ORDER))
    code = (
        "import sys; from parsers.reading import read_file; "
        "from tests.unit.parsers.forms.reader import SETTINGS; "
        f"assert read_file('b.pdf', open({str(path)!r}, 'rb').read(), SETTINGS).forms; "
        "sys.exit(int(bool({'cv2', 'onnxruntime', 'tesserocr', 'zxingcpp'} & set(sys.modules))))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_bombs_end_with_a_reason_in_the_reading_child():
    crew = InlineCrew()
    try:
        for content in (png_bomb(12_000, 12_000), png_bomb(10_900, 11_000)):
            found = crew.read_file("bomb.png", content, SETTINGS)
            assert (found.forms, bool(found.reason)) == ((), True)
            assert found.content in (Content.TOO_LARGE, Content.OTHER)
    finally:
        crew.close()


def test_a_picture_of_nothing_is_empty():
    assert door.read(Picture(BACK), (), SETTINGS) == Foreign(empty=True)
