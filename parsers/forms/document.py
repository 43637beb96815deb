"""A PDF to what it holds: forms, scans, or a reason why not. Never raises for bad input."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from bot.domain.forms import Content, DocumentReading, FormReading, Signed
from parsers.forms import digital
from parsers.forms.acroform import must_be_redrawn
from parsers.forms.definition import Definition, load
from parsers.forms.outcome import Foreign, Pictured
from parsers.forms.reading import read_page
from parsers.pdf.guard import RefusedError, open_guarded
from parsers.pdf.page import Sheet, sheets
from parsers.settings import Settings

PDF = "application/pdf"
PREVIEW = 1_000  # pixels, the longer side

_DAMAGED = "Filen är skadad och går inte att läsa. Spara blanketten som PDF igen och skicka den."
_SCANNED = "Filen är inskannad. En handläggare tittar på den."
_EMPTY_PAGES = "Filen har bara tomma sidor. Bifoga den ifyllda blanketten."
_OTHER = "Filen är ingen beställningsblankett. Bifoga den ifyllda blanketten."


@dataclass(slots=True)
class _Pages:
    """What the pages turned out to be, in order."""

    forms: list[FormReading] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    preview: bytes | None = None


def read_document(name: str, content: bytes, settings: Settings) -> DocumentReading:
    """Return every form in the PDF *content*, or what it is instead.

    Raises:
        DefinitionError: a form definition of the office is broken; no input can cause it.
    """
    definitions = tuple(d for folder in settings.form_paths for d in load(folder))
    unread = DocumentReading(name, hashlib.sha256(content).hexdigest(), PDF, Content.DAMAGED)
    try:
        with open_guarded(content, max_pages=settings.max_pages) as pdf:
            pages = _read(pdf, content, definitions, settings)
            sealed = digital.is_sealed(pdf)
    except RefusedError as refused:
        return replace(unread, content=refused.content, reason=refused.reason)
    except Exception:  # noqa: BLE001 - foreign bytes, foreign code: any fault means unread
        return replace(unread, reason=_DAMAGED)
    if sealed and pages.forms:
        pages.forms = _with_seal(pages.forms, content, settings)
    return _told(unread, pages)


def _read(
    pdf: pikepdf.Pdf, content: bytes, definitions: Sequence[Definition], settings: Settings
) -> _Pages:
    pages, redrawn = _Pages(), must_be_redrawn(pdf)
    with sheets(content) as opened:
        for sheet, page in zip(opened, pdf.pages, strict=True):
            _take(sheet, page, pages, definitions, settings, redrawn=redrawn)
    return pages


def _take(
    sheet: Sheet, page: pikepdf.Page, pages: _Pages, definitions: Sequence[Definition],
    settings: Settings, *, redrawn: bool,
) -> None:  # fmt: skip
    found = read_page(sheet, page, definitions, settings, redrawn=redrawn)
    match found:
        case FormReading():
            pages.forms.append(found)
        case Pictured() if not sheet.chars() and sheet.is_blank_paper():
            pages.foreign.append(Foreign(empty=True))
        case Pictured():
            pages.scans.append(sheet.number)
            pages.preview = pages.preview or sheet.preview(PREVIEW)
        case Foreign():
            pages.foreign.append(found)


def _with_seal(
    forms: Sequence[FormReading], content: bytes, settings: Settings
) -> list[FormReading]:
    """Return *forms* with the worth of the file's digital signature; a broken one beats ink."""
    sealed = digital.check(content, settings.signature_roots, settings.today)
    if sealed is None:
        return list(forms)
    signed = sealed.signed if len(forms) == 1 else Signed.UNSURE  # whose form did it sign?
    notes = (sealed.note,) if sealed.note else ()
    return [replace(form, signed=signed, notes=(*form.notes, *notes)) for form in forms]


def _told(unread: DocumentReading, pages: _Pages) -> DocumentReading:
    scans = tuple(pages.scans)
    if pages.forms:
        return replace(
            unread, content=Content.FORMS, forms=tuple(pages.forms), scans=scans,
            preview=pages.preview,
        )  # fmt: skip
    if scans:
        return replace(
            unread, content=Content.SCAN, reason=_SCANNED, scans=scans, preview=pages.preview
        )
    why = next((f.why for f in pages.foreign if f.why), None)
    empty = all(f.empty for f in pages.foreign)
    return replace(unread, content=Content.OTHER, reason=why or (_EMPTY_PAGES if empty else _OTHER))
