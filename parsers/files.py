"""Files that are no PDF: pictures of forms, or what the sender should send instead."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

from bot.domain.forms import Content, DocumentReading
from parsers.document import PREVIEW, Pages
from parsers.forms.definition import load
from parsers.mail import media as kinds
from parsers.pdf.guard import RefusedError
from parsers.receipts import door
from parsers.scan import capture
from parsers.scan.picture import Picture
from parsers.scan.pixels import preview
from parsers.settings import Settings

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
    if media in capture.FORMATS:
        return _pictures(name, content, media, settings)
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


def _pictures(name: str, content: bytes, media: str, settings: Settings) -> DocumentReading:
    """Return the forms and receipts on the pages of a picture file, or why there are none.

    Raises:
        DefinitionError: a form definition of the office is broken; no input can cause it.
    """
    definitions = tuple(d for folder in settings.form_paths for d in load(folder))
    unread = _reading(name, content, media, (Content.DAMAGED, capture.BROKEN))
    pages, whole = Pages(), 0
    try:
        for page in capture.pictures(content, media, most=settings.max_pages):
            found = door.read(page, definitions, settings)
            pages.take(page.number, found, partial(_shown, page))
            whole += isinstance(page, Picture)
    except RefusedError as refused:
        return replace(unread, content=refused.content, reason=refused.reason)
    return pages.told(unread, content) if whole else unread


def _shown(page: Picture | capture.Broken) -> bytes | None:
    return preview(page, PREVIEW) if isinstance(page, Picture) else None
