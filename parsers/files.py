"""Files that are no PDF: what they are and what the sender should send instead. Reads no form."""

from __future__ import annotations

import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.domain.forms import Content, DocumentReading
from parsers.mail import media as kinds
from parsers.settings import Settings

PREVIEW = 1_000  # pixels, the longer side
MOST_PIXELS = 120_000_000  # A3 at 600 dpi is 70 million
_LEAST_SIDE = 200  # pixels: less can be no page
_FORMATS = {
    "image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF", "image/gif": "GIF",
    "image/bmp": "BMP", "image/webp": "WEBP",
}  # fmt: skip
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_WORD = "Filen är ett {}. Spara den som PDF, skriv under och skicka igen."
_ARCHIVE = "Filen är ett arkiv ({}). Packa upp det och skicka PDF-filerna som de är."
_ADVICE: dict[str, tuple[Content, str]] = {
    "application/msword": (Content.UNSUPPORTED, _WORD.format("Word-dokument")),
    _OPEN_XML + "wordprocessingml.document": (Content.UNSUPPORTED, _WORD.format("Word-dokument")),
    "application/rtf": (Content.UNSUPPORTED, _WORD.format("textdokument (RTF)")),
    _OPEN_DOCUMENT + "text": (Content.UNSUPPORTED, _WORD.format("textdokument (ODT)")),
    "application/vnd.ms-excel": (Content.UNSUPPORTED, _WORD.format("Excel-ark")),
    _OPEN_XML + "spreadsheetml.sheet": (Content.UNSUPPORTED, _WORD.format("Excel-ark")),
    kinds.ZIP: (Content.UNSUPPORTED, _ARCHIVE.format("zip")),
    "application/x-7z-compressed": (Content.UNSUPPORTED, _ARCHIVE.format("7z")),
    "application/x-rar": (Content.UNSUPPORTED, _ARCHIVE.format("rar")),
    "application/gzip": (Content.UNSUPPORTED, _ARCHIVE.format("gzip")),
    "image/heic": (
        Content.UNSUPPORTED,
        "Bilden är i formatet HEIC. Skanna blanketten som PDF, eller spara bilden som JPEG.",
    ),
    "application/vnd.ms-outlook": (
        Content.UNSUPPORTED,
        "Filen är ett sparat mejl från Outlook. Öppna det och skicka PDF-filen som ligger i det.",
    ),
    "message/rfc822": (
        Content.UNSUPPORTED,
        "Filen är ett mejl inuti flera andra mejl. Skicka PDF-filen som ligger i det direkt.",
    ),
    kinds.PKCS7: (
        Content.ENCRYPTED,
        "Mejlet är krypterat eller skadat. Skicka det igen utan kryptering.",
    ),
    kinds.TNEF: (
        Content.DAMAGED,
        "Bilagan kom fram som en trasig winmail.dat. Skicka PDF-filen i ett vanligt mejl.",
    ),
    kinds.EMPTY: (Content.EMPTY, "Filen är tom. Bifoga blanketten igen som PDF."),
}
_UNKNOWN = (
    Content.UNSUPPORTED,
    "Filen är av en sort som vi inte kan läsa. Skicka blanketten som PDF.",
)
_NOT_A_PDF = "Filen heter något på .pdf men är ingen PDF. Spara blanketten som PDF igen och skicka."
_PROGRAM = "Filen är ett program och öppnas inte. Skicka blanketten som PDF."
_TOO_LARGE = "Filen är större än {} MB. Skicka blanketten som en mindre PDF."
_CRASHED = (
    "Läsningen av filen avbröts: den tog för lång tid eller för mycket minne. "
    "En handläggare tittar på den."
)


def judge(name: str, content: bytes, media: str, settings: Settings) -> DocumentReading:
    """Return what a file that is no PDF is worth; its reason says in Swedish what to send."""
    if len(content) > settings.max_bytes:
        return too_large(name, content, media, settings)
    if media in kinds.PROGRAMS:
        return _reading(name, content, media, (Content.HOSTILE, _PROGRAM))
    if media in _FORMATS:
        return _picture(name, content, media, settings)
    if name.lower().endswith(".pdf") and content and media not in _ADVICE:
        return _reading(name, content, media, (Content.DAMAGED, _NOT_A_PDF))
    if media.startswith("text/"):
        return _reading(name, content, media, (Content.OTHER, "Filen är text och ingen blankett."))
    return _reading(name, content, media, _ADVICE.get(media, _UNKNOWN))


def too_large(name: str, content: bytes, media: str, settings: Settings) -> DocumentReading:
    """Return the reading of a file with more bytes than we take."""
    reason = _TOO_LARGE.format(settings.max_bytes // 1_000_000)
    return _reading(name, content, media, (Content.TOO_LARGE, reason))


def crashed(name: str, content: bytes, media: str) -> DocumentReading:
    """Return the reading of a file on which the reader died or overran."""
    return _reading(name, content, media, (Content.CRASHED, _CRASHED))


def could_be_a_form(name: str, media: str) -> bool:
    """Tell whether an attachment is listed as a document; calendars, cards, texts are not."""
    ending = name.lower().rpartition(".")[2]
    if media == kinds.EMPTY:
        return ending not in ("txt", "htm", "html", "ics", "vcf")
    return ending == "pdf" or not media.startswith("text/") or media in kinds.PROGRAMS


def _reading(
    name: str, content: bytes, media: str, verdict: tuple[Content, str]
) -> DocumentReading:
    kind, reason = verdict
    return DocumentReading(name, hashlib.sha256(content).hexdigest(), media, kind, reason)


def _picture(name: str, content: bytes, media: str, settings: Settings) -> DocumentReading:
    """Return a picture as pages for a person to look at, the first one as a small PNG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own warning of size; the next lines decide
            with Image.open(io.BytesIO(content), formats=[_FORMATS[media]]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return _reading(name, content, media, _TOO_MANY_PIXELS)
                if min(picture.size) < _LEAST_SIDE:
                    return _reading(name, content, media, _TOO_SMALL)
                preview = _preview(picture)
                pages = _pages(picture, settings.max_pages)
    except Image.DecompressionBombError:
        return _reading(name, content, media, _TOO_MANY_PIXELS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError,
            IndexError, KeyError, AttributeError, OverflowError, ZeroDivisionError):  # fmt: skip
        return _reading(name, content, media, _BROKEN_PICTURE)
    if pages > settings.max_pages:
        reason = f"Bilden har fler än {settings.max_pages} sidor. Skicka en blankett i taget."
        return _reading(name, content, media, (Content.TOO_LARGE, reason))
    return DocumentReading(
        name, hashlib.sha256(content).hexdigest(), media, Content.SCAN,
        reason="Filen är en bild av en sida. En handläggare tittar på den.",
        scans=tuple(range(1, pages + 1)), preview=preview,
    )  # fmt: skip


_TOO_MANY_PIXELS = (
    Content.TOO_LARGE,
    "Bilden är för stor. Skanna blanketten som PDF med 300 punkter per tum och skicka igen.",
)
_TOO_SMALL = (Content.OTHER, "Bilden är för liten för att vara en blankett.")
_BROKEN_PICTURE = (
    Content.DAMAGED,
    "Bilden är skadad och går inte att öppna. Skicka blanketten igen, helst som PDF.",
)


def _preview(picture: Image.Image) -> bytes:
    picture.draft("RGB", (PREVIEW, PREVIEW))  # JPEG: decode at the size that is needed
    picture.thumbnail((PREVIEW, PREVIEW))
    upright = ImageOps.exif_transpose(picture)
    shown = upright if upright.mode in ("L", "RGB") else upright.convert("RGB")
    out = io.BytesIO()
    shown.save(out, "PNG", icc_profile=None, exif=b"")
    return out.getvalue()


def _pages(picture: Image.Image, most: int) -> int:
    """Count the frames of a TIFF as pages, at most one more than *most*."""
    if picture.format != "TIFF":
        return 1
    count = 1
    while count <= most:
        try:
            picture.seek(count)
        except EOFError:
            break
        count += 1
    return count
