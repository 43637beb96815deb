"""Files that are no PDF say what to send instead; a mail gives its documents and no more."""

import io
import struct
import zipfile
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.domain.forms import Content
from parsers import files
from parsers.mail.media import sniff
from parsers.mail.message import Automatic
from parsers.reading import Settings, outline, read_file, read_head, read_mail
from tests.golden.build_mails import FOLDER
from tests.golden.mail_making.pieces import PDF, file, form, mail, multi, text

SETTINGS = Settings(date(2026, 11, 23), (), max_pages=5)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture(kind="PNG", size=(600, 800), mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, 1).save(out, kind, **more)
    return out.getvalue()


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return out.getvalue()


def huge(width, height):
    """A PNG that claims to be of this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def chunk(kind, content):
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


@pytest.mark.parametrize(
    ("name", "content", "expected", "word"),
    [
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), Content.UNSUPPORTED, "Word"),
        ("a.pdf", OLE + b"\0" * 90, Content.UNSUPPORTED, "Word"),
        ("a.rtf", b"{\\rtf1}", Content.UNSUPPORTED, "RTF"),
        ("a.xlsx", zipped("[Content_Types].xml", "xl/a"), Content.UNSUPPORTED, "Excel"),
        ("a.zip", zipped("a.pdf"), Content.UNSUPPORTED, "Packa upp"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", Content.UNSUPPORTED, "Packa upp"),
        ("a.heic", b"\0\0\0\x18ftypheic", Content.DAMAGED, "skadad"),
        ("a.msg", OLE + "__substg1.0_".encode("utf-16-le"), Content.UNSUPPORTED, "Outlook"),
        ("a.bin", b"\0\1\2\3", Content.UNSUPPORTED, "PDF"),
        ("a.exe", b"MZ\x90\0\3", Content.HOSTILE, "program"),
        ("a.pdf", b"MZ\x90\0\3%PDF-1.4", Content.HOSTILE, "program"),
        ("a.sh", b"#!/bin/sh\n", Content.HOSTILE, "program"),
        ("a.pdf", b"", Content.EMPTY, "tom"),
        ("a.pdf", b"<html>logga in</html>", Content.DAMAGED, ".pdf"),
        ("a.PDF", b"\0\1\2\3", Content.DAMAGED, ".pdf"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\0\0", Content.DAMAGED, "winmail.dat"),
        ("a.txt", b"hej", Content.OTHER, "text"),
        ("a.jpg", b"\xff\xd8\xff" + b"\0" * 99, Content.DAMAGED, "skadad"),
        ("a.png", picture()[:400], Content.DAMAGED, "skadad"),
        ("a.png", huge(20_000, 7_000), Content.TOO_LARGE, "för stor"),
        ("a.png", huge(90_000, 90_000), Content.TOO_LARGE, "för stor"),
        ("a.png", picture(size=(1_000, 80)), Content.OTHER, "liten"),
    ],
)
def test_a_file_that_is_no_pdf_says_what_to_send_instead(name, content, expected, word):
    reading = read_file(name, content, SETTINGS)
    assert (reading.name, reading.content) == (name, expected)
    assert word in reading.reason
    assert reading.preview is None
    assert len(reading.sha256) == 64


@pytest.mark.parametrize(
    "content",
    [
        picture(),
        picture("JPEG", (3_000, 2_000)),
        picture("GIF", mode="P"),
        picture("BMP"),
        picture("WEBP"),
        picture("TIFF", mode="CMYK"),
        picture("PNG", mode="LA"),
        picture("PNG", mode="I;16"),
        picture("TIFF", mode="1"),
    ],
)
def test_a_picture_of_nothing_is_no_form(content):
    reading = read_file("foto", content, SETTINGS)
    assert (reading.content, reading.scans, reading.forms) == (Content.OTHER, (), ())
    assert reading.reason


def test_a_fax_has_as_many_pages_as_the_limit_and_no_more():
    pages = [Image.new("1", (400, 600), 1) for _ in range(6)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:5])
    assert "tomma" in read_file("fax.tif", out.getvalue(), SETTINGS).reason
    pages[0].save(out := io.BytesIO(), "TIFF", save_all=True, append_images=pages[1:])
    assert read_file("fax.tif", out.getvalue(), SETTINGS).content is Content.TOO_LARGE


def test_a_file_of_too_many_bytes_is_not_looked_at():
    small = Settings(date(2026, 11, 23), (), max_bytes=1_000)
    assert read_file("a.png", picture("BMP"), small).content is Content.TOO_LARGE
    assert read_file("a.pdf", PDF + b" " * 1_000, small).content is Content.TOO_LARGE


@given(
    st.sampled_from(
        [b"\x89PNG\r\n\x1a\n", b"II*\0", b"BM", b"GIF89a", b"PK\x03\x04", OLE, b"\xff\xd8\xff", b""]
    ),
    st.binary(max_size=300),
)
def test_any_file_that_is_no_pdf_has_a_reading(start, rest):
    content = start + rest
    if sniff(content) != "application/pdf":
        reading = read_file("a", content, SETTINGS)
        assert reading.reason


@given(st.integers(0, 5_000), st.integers(0, 255))
def test_a_soiled_picture_has_a_reading(place, byte):
    content = bytearray(picture("TIFF", (300, 400), compression="tiff_deflate"))
    content[place % len(content)] = byte
    assert read_file("a", bytes(content), SETTINGS).reason


def test_only_what_could_be_a_form_is_listed():
    parts = [
        text("x\n"), form(),
        file(b"hej", 'filename="ATT00001.txt"', "text/plain"),
        file(b"", 'filename="ATT00002.txt"', "text/plain"),
        file(b"<html>", 'filename="a.html"', "text/html"),
        file(b"BEGIN:VCALENDAR\r\n", 'filename="a.ics"', "text/calendar"),
        file(b"", 'filename="tom.pdf"'),
        file(b"hej", 'filename="trasig.pdf"'),
        file(b"#!/bin/sh\n", 'filename="a.sh"'),
    ]  # fmt: skip
    found = read_mail(mail("x", multi(*parts)), SETTINGS)
    assert [d.name for d in found.documents] == ["blankett.pdf", "tom.pdf", "trasig.pdf", "a.sh"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("oof-with-header", Automatic.AUTO_REPLY),
        ("dsn-postfix", Automatic.BOUNCE),
        ("own-letter-come-back", Automatic.OWN),
    ],
)
def test_a_machines_mail_has_no_documents(name, kind):
    raw = (
        (FOLDER / f"{name}.eml")
        .read_bytes()
        .replace(b"text/plain; charset=utf-8", b"application/pdf", 1)
    )
    settings = Settings(date(2026, 11, 23), (), own_addresses=("lokala.ek@jarfalla.example",))
    found = read_mail(raw, settings)
    assert (found.mail.automatic, found.documents) == (kind, ())


def test_a_list_may_bring_forms():
    found = read_mail(mail("x", multi(form()), more="List-Id: <x>\r\n"), SETTINGS)
    assert len(found.documents) == 1


def test_the_head_alone_gives_the_sender_and_no_files():
    raw = mail("Ärende", multi(text("x\n"), form()))
    found = read_head(raw, SETTINGS)
    assert (found.mail.subject, found.mail.attachments, found.documents) == ("Ärende", (), ())
    assert read_head(b"Subject: x", SETTINGS).mail.subject == "x"


def test_an_outline_brings_the_bytes_and_reads_none():
    found = outline(mail("x", multi(form())), SETTINGS)
    assert ([a.content for a in found.mail.attachments], found.documents) == ([PDF], ())


def test_the_trusted_server_comes_from_the_settings():
    raw = (FOLDER / "form-utf8.eml").read_bytes()
    assert read_mail(raw, SETTINGS).mail.authenticated == "none"
    trusting = Settings(date(2026, 11, 23), (), authserv_id="mx.jarfalla.example")
    assert read_mail(raw, trusting).mail.authenticated == "pass"


def test_a_crashed_file_is_left_to_a_person():
    assert "handläggare" in files.crashed("a", b"", "x/y").reason
