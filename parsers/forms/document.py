"""A PDF opened and told apart: text, pictures of pages, locked or broken. Reads no form."""

from __future__ import annotations

import hashlib

import pypdfium2 as pdfium

from bot.domain.forms import Content, DocumentReading
from parsers.settings import Settings

_PDF = "application/pdf"


def read_document(name: str, content: bytes, settings: Settings) -> DocumentReading:
    """Return what the PDF holds; never raises for bad input."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with pdfium.PdfDocument(content) as pdf:  # type: ignore[no-untyped-call]
            pages = len(pdf)
            if pages > settings.max_pages:
                return DocumentReading(name, sha256, _PDF, Content.TOO_LARGE, "För många sidor.")
            texts = [bool(pdf[n].get_textpage().get_text_bounded().strip()) for n in range(pages)]
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        kind = Content.ENCRYPTED if locked else Content.DAMAGED
        return DocumentReading(name, sha256, _PDF, kind, "Filen går inte att öppna.")
    if any(texts):
        return DocumentReading(name, sha256, _PDF, Content.OTHER, "Ingen blankett.")
    return DocumentReading(
        name, sha256, _PDF, Content.SCAN, "Inskannat.", scans=tuple(range(1, pages + 1))
    )
