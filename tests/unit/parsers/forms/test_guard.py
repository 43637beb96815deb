"""What may not be opened is told apart, with what the sender can do."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from bot.domain.forms import Content
from tests.filled import GOLDEN, an_order, fill_acroform, fill_flat
from tests.layouts import Style, draw
from tests.paper import joined, saved
from tests.unit.parsers.forms.reader import differences, read, the_form

ORDER = an_order(2)
FLAT = fill_flat(ORDER)


def changed(change, content=FLAT):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        return saved(pdf)


def javascript(text="app.alert(1)"):
    return Dictionary(S=Name.JavaScript, JS=String(text))


def opens_with(action):
    return lambda pdf: setattr(pdf.Root, "OpenAction", action)


def attach(name, content):
    def change(pdf):
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content)

    return change


def bomb(pdf):
    machine = zlib.compressobj(9)
    packed = b"".join(machine.compress(bytes(1_000_000)) for _n in range(120)) + machine.flush()
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(packed, 9), filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].obj.Resources.XObject = Dictionary(B=stream)


def xfa_only(pdf):
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=Array())


REFUSED = {
    "nothing": (b"", Content.EMPTY),
    "no PDF": (b"Hej! H\xe4r kommer blanketten.", Content.DAMAGED),
    "cut off": (FLAT[: len(FLAT) // 2], Content.DAMAGED),
    "tail cut off": (FLAT[:-400], Content.DAMAGED),
    "sample, cut off": ((GOLDEN / "forms" / "64-truncated.pdf").read_bytes(), Content.DAMAGED),
    "password": ((GOLDEN / "forms" / "62-encrypted.pdf").read_bytes(), Content.ENCRYPTED),
    "program that wants to start": (
        (GOLDEN / "forms" / "63-javascript.pdf").read_bytes(), Content.HOSTILE,
    ),
    "picture of 1.6 GB": ((GOLDEN / "forms" / "68-bomb-pdf.pdf").read_bytes(), Content.HOSTILE),
    "script at opening": (changed(opens_with(javascript())), Content.HOSTILE),
    "launch at opening": (
        changed(opens_with(Dictionary(S=Name.Launch, F=String("cmd.exe")))), Content.HOSTILE,
    ),
    "script after a harmless step": (
        changed(opens_with(Dictionary(S=Name.GoTo, Next=javascript()))), Content.HOSTILE,
    ),
    "script in the names": (
        changed(lambda pdf: setattr(pdf.Root, "Names", Dictionary(
            JavaScript=Dictionary(Names=Array([String("x"), javascript()]))))), Content.HOSTILE,
    ),
    "program by its name": (changed(attach("faktura.exe", b"hej")), Content.HOSTILE),
    "program by its bytes": (changed(attach("faktura.pdf", b"MZ\x90\0")), Content.HOSTILE),
    "stream of 120 MB": (changed(bomb), Content.HOSTILE),
    "too many pages": (joined(*[FLAT] * 61), Content.TOO_LARGE),
    "a form only some programs show": (changed(xfa_only), Content.UNSUPPORTED),
    "a collection": (
        changed(lambda pdf: setattr(pdf.Root, "Collection", Dictionary())), Content.UNSUPPORTED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_may_not_be_opened_is_refused_with_advice(case):
    content, kind = REFUSED[case]
    document = read(content)
    assert (document.content, document.forms) == (kind, ())
    assert document.reason.endswith(".")


def formatting(pdf):
    for field in pdf.Root.AcroForm.Fields:
        if Name.Tx == field.FT:
            field.AA = Dictionary(F=javascript("AFDate_FormatEx('yyyy-mm-dd');"))


HARMLESS = {
    "a field's own formatting": changed(formatting, fill_acroform(ORDER)),
    "a text file enclosed": changed(attach("las mig.txt", b"hej")),
    "protected against changes": None,
    "starts at the first page": changed(
        opens_with(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])))
    ),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_a_harmless_file_is_read(case):
    content = HARMLESS[case]
    if content is None:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(FLAT)) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
        content = out.getvalue()
    assert differences(the_form(content), ORDER) == {}


def picture_of_a_page(hidden=b""):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    image = pdf.make_stream(
        b"\x20" * 3_000 + b"\xc8" * 57_000, Type=Name.XObject, Subtype=Name.Image, Width=200, Height=300,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(XObject=Dictionary(I=image), Font=Dictionary(F=font))
    page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q " + hidden)
    return saved(pdf)


WORDS = b"BT 3 Tr /F 9 Tf 50 700 Td (Personnummer och mycket annat som en skanner tror att den ser) Tj ET"


@pytest.mark.parametrize("hidden", [b"", WORDS], ids=["picture", "picture and hidden words"])
def test_a_picture_of_something_else_is_no_form_whatever_lies_under_it(hidden):
    document = read(joined(picture_of_a_page(hidden), picture_of_a_page(hidden)))
    assert (document.content, document.scans, document.preview) == (Content.OTHER, (), None)
    assert document.reason


def test_words_under_a_picture_are_not_read():
    covered = changed(
        lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(b"1 g 0 0 600 850 re f")), FLAT
    )
    document = read(covered)
    assert (document.content, document.forms) == (Content.OTHER, ())


def test_a_picture_beside_a_form_is_told_with_the_form():
    document = read(joined(FLAT, picture_of_a_page()))
    assert (document.content, len(document.forms), document.scans) == (Content.FORMS, 1, ())
    assert document.forms[0].notes == ("Sidan 2 i filen är ingen blankett.",)


def test_an_empty_page_and_another_text_are_no_forms():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    assert "tomma" in read(saved(pdf)).reason
    other = read(draw(Style(order="", title="Faktura 4711")))
    assert (other.content, other.scans) == (Content.OTHER, ())
