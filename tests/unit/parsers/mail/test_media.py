"""The kind of a file is told from its bytes."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.media import sniff


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"", "application/x-empty"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n" + b"junk " * 200 + b"%PDF-1.4", "application/pdf"),
        (b"\0\0" + b"%PDF-1.4", "application/pdf"),
        (b"x" * 1_024 + b"%PDF-1.4", "text/plain"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"\0\0\0\x18ftypheic\0\0", "image/heic"),
        (b"\0\0\0\x18ftypmp42\0\0", "application/octet-stream"),
        (b"GIF89a", "image/gif"),
        (b"BM\x10\0\0\0\0\0\0\0", "image/bmp"),
        (b"BM i G\xc3\xb6teborg", "text/plain"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"{\\rtf1", "application/rtf"),
        (OLE + b"\0" * 100, "application/msword"),
        (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (OLE + "__substg1.0_".encode("utf-16-le"), "application/vnd.ms-outlook"),
        (b"MZ\x90\0\x03", "application/x-dosexec"),
        (b"MZ\x90\0" + b"%PDF-1.4", "application/x-dosexec"),
        (b"MZ heter bolaget", "text/plain"),
        (b"\x7fELF\x02", "application/x-elf"),
        (b"#!/bin/sh\n", "text/x-script"),
        (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
        (b"\x1f\x8b\x08", "application/gzip"),
        (b"Rar!\x1a\x07\0", "application/x-rar"),
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
        (b"<!-- a --> <!DOCTYPE html><p>", "text/html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<HTML>", "text/html"),
        (b"<!---->" * 500, "text/plain"),
        ("<html>".encode("utf-16"), "text/html"),
        (b"<svg>", "text/plain"),
        (b"begin:vcalendar\r\n", "text/calendar"),
        (b"BEGIN:VCARD\r\n", "text/vcard"),
        ("Hej på dig".encode("latin-1"), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"PK\x03\x04", "application/zip"),
        (zipped(a=b"%PDF-1.4"), "application/zip"),
        (zipped(**{"[Content_Types].xml": b"", "word__document.xml": b""}), OFFICE + "wordprocessingml.document"),
        (zipped(**{"[Content_Types].xml": b"", "xl__workbook.xml": b""}), OFFICE + "spreadsheetml.sheet"),
        (zipped(**{"[Content_Types].xml": b""}), "application/zip"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
        (zipped(mimetype=b"application/epub+zip"), "application/zip"),
        (zipped(mimetype=b"x" * 200), "application/zip"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_bytes(content, media):
    assert sniff(content) == media


@given(st.binary(max_size=200))
def test_any_bytes_are_of_some_kind(content):
    assert "/" in sniff(content)
