"""What kind of file some bytes are, told from the bytes alone. Never trusts a name or a claim."""

from __future__ import annotations

import io
import re
import zipfile

PDF = "application/pdf"
EMPTY = "application/x-empty"
OCTETS = "application/octet-stream"
ZIP = "application/zip"
TNEF = "application/ms-tnef"
PKCS7 = "application/pkcs7-mime"
PROGRAMS = frozenset({"application/x-dosexec", "application/x-elf", "text/x-script"})
IMAGES = frozenset(
    {"image/jpeg", "image/png", "image/tiff", "image/heic", "image/gif", "image/bmp", "image/webp"}
)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"\x7fELF", "application/x-elf"),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/x-rar"),
    (b"\x1f\x8b", "application/gzip"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC = frozenset(
    {
        b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"heif", b"mif1",
        b"msf1", b"avif", b"avis",
    }
)  # fmt: skip  # brands of ISO/IEC 23008-12 and of AVIF
_PDF_WITHIN = 1024  # readers take junk before the header that long (ISO 32000-1, annex H.3.4.1)
_CMS = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"  # OID 1.2.840.113549.1.7: pkcs7
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LOOK = 4096
_MOST_MEMBERS = 10_000
_OFFICE = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)


def sniff(content: bytes) -> str:
    """Return the media type of *content*; "application/octet-stream" when nothing fits."""
    if not content:
        return EMPTY
    for magic, media in _MAGIC:
        if content.startswith(magic):
            return media
    head = content[:_LOOK]
    return _binary(content, head) or _words(content, head)


def _binary(content: bytes, head: bytes) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if head.startswith(_OLE):
        return _compound(content)
    if head.startswith(b"MZ") and _BINARY.search(head):
        return "application/x-dosexec"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "image/heic"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return PDF
    if head.startswith(b"\x30") and _CMS in head[:32]:
        return PKCS7
    return ""


def _words(content: bytes, head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head.decode("utf-16", "ignore").encode("utf-8").lstrip()
    elif _BINARY.search(content[: 16 * _LOOK]):
        return OCTETS
    upper = start[:20].upper()
    if upper.startswith(b"BEGIN:VCALENDAR"):
        return "text/calendar"
    if upper.startswith(b"BEGIN:VCARD"):
        return "text/vcard"
    if start.startswith(b"#!"):
        return "text/x-script"
    return "text/html" if _HTML.match(_uncommented(start)) else "text/plain"


def _uncommented(start: bytes) -> bytes:
    while start.startswith((b"<!--", b"<?xml")):
        start = start.partition(b"-->" if start.startswith(b"<!--") else b">")[2].lstrip()
    return start


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()[:_MOST_MEMBERS]
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:  # noqa: PLR2004
                claimed = archive.read("mimetype").decode("ascii", "replace").strip()
                if claimed.startswith("application/vnd.oasis.opendocument."):
                    return claimed
    except Exception:  # noqa: BLE001 - zipfile raises many kinds on damaged archives
        return ZIP
    if "[Content_Types].xml" in names:
        for folder, media in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return media
    return ZIP


def _compound(content: bytes) -> str:
    """Tell an OLE compound file by the UTF-16 names in its directory (MS-CFB §2.6)."""
    if "__substg1.0_".encode("utf-16-le") in content:
        return "application/vnd.ms-outlook"
    if "Workbook".encode("utf-16-le") in content:
        return "application/vnd.ms-excel"
    return "application/msword"
