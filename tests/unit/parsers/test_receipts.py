"""Receipts come back from scanners, faxes and telephones: matched or asked about, never wrong.

An empty box is never called signed, a signature never nothing; what may be either is for a person.
"""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pikepdf
import pytest
from PIL import Image

from bot.adapters.receipt import layout
from bot.adapters.receipt.write import write_receipt
from bot.domain.forms import Content, Signed
from parsers.reading import Settings, read_file
from tests.filled import FORMS, an_order
from tests.paper import rotated
from tests.receipts import FACTS, covered, drawn_on, facts, signature, signed
from tests.scanned import (
    FAX,
    as_jpeg,
    as_pdf,
    as_png,
    as_tiff,
    captured,
    drawn,
    faxed,
    photographed,
    scanned,
)

SETTINGS = Settings(date(2026, 11, 24), (FORMS,))
EMPTY = write_receipt(FACTS)
SIGNED = signed()
BY_HAND = {Signed.INK, Signed.UNSURE}
UNSIGNED = {Signed.NONE, Signed.UNSURE}
STAMP = [
    [(x, y), (x + 1.2, y - 3), (x + 2.4, y), (x + 0.5, y - 1.2)]
    for y in (203.0, 211.0)
    for x in np.arange(50, 90, 3.2).tolist()
]
FRAME = [[(46.0, 196.0), (96.0, 198.0), (95.5, 216.0), (45.5, 214.0), (46.0, 196.0)]]
RING = [
    [(80 + 34 * np.cos(t), 236 + 34 * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 90).tolist()]
]


def one(content, name="kvittens.pdf"):
    """Return the only receipt in the file; the file is kept with it."""
    reading = read_file(name, content, SETTINGS)
    assert reading.content is Content.RECEIPTS
    assert reading.original == content
    (receipt,) = reading.receipts
    return receipt


def faxes(content, *, fine=False):
    dpi = (204, 196) if fine else FAX
    return as_tiff([faxed(drawn(content), fine=fine)], dpi=dpi, bilevel=True)


CAPTURES = {
    "scan300": lambda c: (as_pdf([captured(c, dpi=300, skew=0.6, noise=3)], dpi=300), "a.pdf"),
    "scan200": lambda c: (as_pdf([captured(c, skew=-1.6, noise=6, paper=235)]), "a.pdf"),
    "scan150": lambda c: (as_jpeg(captured(c, dpi=150, skew=1, noise=6, blur=0.6)), "a.jpg"),
    "fax": lambda c: (faxes(c), "a.tif"),
    "fine fax": lambda c: (faxes(c, fine=True), "a.tif"),
    "photo": lambda c: (as_jpeg(photographed(drawn(c)), quality=75), "a.jpg"),
    "photo turned": lambda c: (as_jpeg(photographed(drawn(c), seed=4), exif_turn=6), "a.jpg"),
    "turned 90": lambda c: (as_pdf([captured(c, turn=1, noise=4)]), "a.pdf"),
    "turned 180": lambda c: (as_png(captured(c, turn=2, skew=1)), "a.png"),
    "turned 270": lambda c: (as_tiff([captured(c, turn=3, noise=4)]), "a.tif"),
    "shrunk": lambda c: (as_pdf([captured(c, fit=0.93, noise=4)]), "a.pdf"),
    "pale": lambda c: (as_pdf([captured(c, ink=0.6, noise=4, paper=225)]), "a.pdf"),
    "vector": lambda c: (c, "a.pdf"),
    "vector turned": lambda c: (rotated(c, 90), "a.pdf"),
}

QUICK = {"scan200", "fax", "photo", "turned 90", "vector"}
KINDS = [k if k in QUICK else pytest.param(k, marks=pytest.mark.slow) for k in CAPTURES]


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_receipt_is_matched_and_its_ink_seen(kind):
    receipt = one(*CAPTURES[kind](SIGNED))
    assert (receipt.mark, receipt.page) == (FACTS.mark, 1)
    assert receipt.signed is Signed.INK
    assert (
        Image.open(io.BytesIO(receipt.crop)).width > 3 * Image.open(io.BytesIO(receipt.crop)).height
    )


@pytest.mark.parametrize("kind", KINDS)
def test_an_unsigned_receipt_is_matched_and_called_unsigned(kind):
    receipt = one(*CAPTURES[kind](EMPTY))
    assert (receipt.mark, receipt.signed) == (FACTS.mark, Signed.NONE)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["scan200", "fax", "photo"])
def test_other_hands_sign_too(kind, seed):
    pen = np.random.default_rng(seed)
    line = signature(pen.uniform(20, 80), pen.uniform(28, 60), pen.uniform(9, 22), seed)
    content, name = CAPTURES[kind](signed(line, width=pen.uniform(0.25, 0.6)))
    receipt = one(content, name)
    assert receipt.mark == FACTS.mark
    assert receipt.signed is Signed.INK


@pytest.mark.parametrize(
    "lines",
    [[*STAMP, *FRAME], STAMP, FRAME, RING, [[(0.0, 205.0), (210.0, 206.0)]],
     [[(60.0, 0.0), (60.6, 297.0)]], [[(x, 205.0), (x + 0.3, 205.2)] for x in range(30, 130, 9)],
     [[(60.0, 180.0), (66.0, 193.5), (70.0, 188.0), (62.0, 184.0), (75.0, 180.0)]]],
    ids=["stamp", "stamp without frame", "frame", "ring", "fold", "streak", "specks", "neighbour"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["scan200", pytest.param("fax", marks=pytest.mark.slow)])
def test_what_is_no_pen_in_the_box_never_signs(kind, lines):
    receipt = one(*CAPTURES[kind](drawn_on(EMPTY, lines, width=0.5, grey=0.3)))
    assert receipt.mark == FACTS.mark
    assert receipt.signed in UNSIGNED


@pytest.mark.parametrize(
    "lines",
    [[[(40.0, 212.0), (41.0, 195.0), (42.0, 214.0), (45.0, 200.0), (47.0, 216.0), (50.0, 202.0)]],
     [[(40.0, 198.0), (55.0, 214.0)], [(55.0, 198.0), (40.0, 214.0)]],
     [[(40.0, 205.0), (43.0, 203.0), (46.0, 206.0), (49.0, 203.0), (52.0, 206.0)]]],
    ids=["zigzag", "cross", "small"],
)  # fmt: skip
def test_straight_or_small_strokes_are_never_nothing(lines):
    receipt = one(*CAPTURES["scan200"](signed(*lines)))
    assert receipt.signed in BY_HAND


def test_a_pencil_that_a_fax_loses_is_never_nothing():
    page = drawn(signed(grey=0.75, width=0.3))
    grain = np.random.default_rng(7).normal(0, 22, page.shape)
    lost = np.where((page + grain > 150) | (page == 255), 255, 0).astype(np.uint8)
    assert 0 < (lost[1520:1730, 150:1110] == 0).mean() < 0.002
    assert one(as_tiff([lost], bilevel=True), "a.tif").signed is Signed.UNSURE


def test_a_signature_over_a_stamp_is_for_a_person():
    receipt = one(*CAPTURES["scan200"](signed(*STAMP, *FRAME, signature())))
    assert receipt.signed in BY_HAND


@pytest.mark.parametrize("lost", [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)])
def test_one_code_is_enough(lost):
    page = covered(captured(SIGNED, noise=4, skew=1), [layout.CODES[n] for n in lost])
    receipt = one(as_pdf([page]))
    assert (receipt.mark, receipt.signed) == (FACTS.mark, Signed.INK)


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_receipt_without_a_legible_code_is_asked_about(turn):
    page = np.ascontiguousarray(np.rot90(covered(captured(SIGNED), layout.CODES), turn))
    receipt = one(as_pdf([page]))
    assert receipt.mark == ""
    assert Image.open(io.BytesIO(receipt.picture)).size[1 - turn % 2] == 1000
    assert receipt.signed is not Signed.NONE


def test_a_receipt_known_by_its_words_only_is_asked_about():
    white = [[(x, 0.0), (x, 297.0)] for x in (8, 25, 42, 100, 170, 200)]
    receipt = one(drawn_on(SIGNED, white, width=30, grey=1))
    assert (receipt.mark, receipt.signed) == ("", Signed.UNSURE)


def test_codes_that_disagree_give_no_mark():
    page, other = captured(SIGNED), captured(signed(of=facts(18)))
    page[:400] = other[:400]
    assert one(as_pdf([page])).mark == ""


def test_two_receipts_in_one_picture_are_asked_about():
    page = np.hstack([captured(SIGNED), captured(write_receipt(facts(18)))])
    assert one(as_pdf([page])).mark == ""


def test_a_form_beside_the_receipt_in_one_picture_is_not_lost():
    receipt = one(as_pdf([np.hstack([scanned(an_order(3)), captured(SIGNED)])]))
    assert (receipt.mark, receipt.signed) == ("", Signed.UNSURE)


def test_a_page_cut_off_above_the_box_is_matched_and_left_to_a_person():
    receipt = one(as_pdf([captured(SIGNED)[:1450]]))
    assert (receipt.mark, receipt.signed) == (FACTS.mark, Signed.UNSURE)


def test_each_receipt_of_a_stack_is_matched_by_itself():
    others = [signed(of=facts(18, holder="Bo Ek " * 12)), write_receipt(facts(123_456))]
    pages = [captured(c, noise=3) for c in (SIGNED, *others)]
    content = as_pdf([pages[0], np.full_like(pages[0], 250), *pages[1:]])
    reading = read_file("a.pdf", content, SETTINGS)
    assert reading.content is Content.RECEIPTS
    assert [(r.mark, r.page, r.signed) for r in reading.receipts] == [
        (FACTS.mark, 1, Signed.INK),
        (facts(18).mark, 3, Signed.INK),
        (facts(123_456).mark, 4, Signed.NONE),
    ]


@pytest.mark.slow
def test_a_form_and_a_receipt_in_one_file_are_both_read():
    content = as_pdf([scanned(an_order(3)), captured(SIGNED)])
    reading = read_file("a.pdf", content, SETTINGS)
    assert reading.content is Content.FORMS
    assert [f.pages for f in reading.forms] == [(1,)]
    assert [(r.mark, r.page) for r in reading.receipts] == [(FACTS.mark, 2)]
    assert reading.original == content


def test_a_file_without_a_receipt_is_not_kept():
    reading = read_file("a.pdf", (FORMS / "ek-1" / "2026-11.pdf").read_bytes(), SETTINGS)
    assert (reading.content, reading.receipts) == (Content.FORMS, ())
    assert reading.original == b""


def test_a_seal_over_one_receipt_that_nobody_can_check_is_for_a_person():
    with pikepdf.open(io.BytesIO(SIGNED)) as pdf:
        field = pikepdf.Dictionary(
            FT=pikepdf.Name.Sig, T=pikepdf.String("s"), Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget, Rect=[0, 0, 0, 0],
            V=pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"),
                                 SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
                                 Contents=pikepdf.String("00"), ByteRange=[0, 1, 2, 3]),
        )  # fmt: skip
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)], SigFlags=3)
        out = io.BytesIO()
        pdf.save(out)
    receipt = one(out.getvalue())
    assert (receipt.mark, receipt.signed) == (FACTS.mark, Signed.UNSURE)
