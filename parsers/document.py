"""A PDF to what it holds: forms, receipts, scans, or why it holds none. Bad input never raises."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from bot.domain.forms import Content, DocumentReading, FormReading, ReceiptReading, Signed
from parsers.forms import digital
from parsers.forms.acroform import must_be_redrawn
from parsers.forms.definition import Definition, load
from parsers.forms.outcome import Foreign, Pictured, Unread
from parsers.forms.reading import FEW, PICTURE, read_page
from parsers.pdf.guard import RefusedError, open_guarded
from parsers.pdf.page import Sheet, sheets
from parsers.receipts import door
from parsers.scan.drawing import picture_of
from parsers.scan.hidden import with_note
from parsers.scan.pixels import preview
from parsers.settings import Settings

PDF = "application/pdf"
PREVIEW = 1_000  # pixels, the longer side

_DAMAGED = "Filen är skadad och går inte att läsa. Spara blanketten som PDF igen och skicka den."
_NO_FORM = "Sidan {} i filen är ingen blankett."
_EMPTY_PAGES = "Filen har bara tomma sidor. Bifoga den ifyllda blanketten."
_OTHER = "Filen är ingen beställningsblankett. Bifoga den ifyllda blanketten."


@dataclass(slots=True)
class Pages:
    """What the pages of a file turned out to be, in order; for PDFs and pictures alike."""

    forms: list[FormReading] = field(default_factory=list)
    scans: list[tuple[int, Unread]] = field(default_factory=list)
    foreign: list[tuple[int, Foreign]] = field(default_factory=list)
    receipts: list[ReceiptReading] = field(default_factory=list)
    preview: bytes | None = None  # of the first page that nobody could read

    def take(
        self, number: int, found: FormReading | ReceiptReading | Foreign | Unread,
        shown: Callable[[], bytes | None],
    ) -> None:  # fmt: skip
        """Keep what page *number* turned out to be; *shown* gives its picture for a person."""
        match found:
            case FormReading():
                self.forms.append(found)
            case ReceiptReading():
                self.receipts.append(found)
            case Unread():
                self.scans.append((number, found))
                self.preview = self.preview or shown()
            case Foreign():
                self.foreign.append((number, found))

    def told(self, unread: DocumentReading, original: bytes = b"") -> DocumentReading:
        """Return *unread*, the reading of the file *original*, with what its pages are."""
        numbers = tuple(number for number, _scan in self.scans)
        if self.forms or self.receipts or self.scans:
            return replace(
                unread, content=self._content(), reason=self.scans[0][1].why if self.scans else "",
                forms=tuple(self._noted()), scans=numbers, preview=self.preview,
                receipts=tuple(self.receipts), original=original if self.receipts else b"",
            )  # fmt: skip
        why = next((f.why for _number, f in self.foreign if f.why), None)
        empty = all(f.empty for _number, f in self.foreign)
        reason = why or (_EMPTY_PAGES if empty else _OTHER)
        return replace(unread, content=Content.OTHER, reason=reason)

    def _content(self) -> Content:
        if self.forms:
            return Content.FORMS
        return Content.RECEIPTS if self.receipts else Content.SCAN

    def _noted(self) -> Iterator[FormReading]:
        """Yield the forms; the last one before a page that is none, and not empty, says so."""
        strangers = [number for number, page in self.foreign if not page.empty]
        for index, form in enumerate(self.forms):
            first = 0 if index == 0 else form.pages[0]
            last = index + 1 == len(self.forms)
            until = max(strangers, default=0) + 1 if last else self.forms[index + 1].pages[0]
            notes = (_NO_FORM.format(n) for n in strangers if first < n < until)
            yield replace(form, notes=(*form.notes, *notes))


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
    if sealed and (pages.forms or pages.receipts):
        _seal(pages, content, settings)
    return pages.told(unread, content)


def _read(
    pdf: pikepdf.Pdf, content: bytes, definitions: Sequence[Definition], settings: Settings
) -> Pages:
    pages, redrawn = Pages(), must_be_redrawn(pdf)
    with sheets(content) as opened:
        for sheet, page in zip(opened, pdf.pages, strict=True):
            if door.has_words("".join(c.text for c in sheet.chars())):
                _look(sheet, Foreign(), pages, definitions, settings, worded=True)
                continue
            found = read_page(sheet, page, definitions, settings, redrawn=redrawn)
            if isinstance(found, Pictured) or _may_be_drawn(found, sheet):
                _look(sheet, found, pages, definitions, settings)
            else:
                pages.take(sheet.number, found, lambda: None)
    return pages


def _may_be_drawn(found: FormReading | Foreign, sheet: Sheet) -> bool:
    """Tell whether a page that is no form by its words may be one by its looks."""
    if isinstance(found, FormReading) or found.empty:
        return False
    return sheet.picture() > PICTURE or sum(not c.unseen for c in sheet.chars()) < FEW


def _look(
    sheet: Sheet, found: Foreign | Pictured | FormReading, pages: Pages,
    definitions: Sequence[Definition], settings: Settings, *, worded: bool = False,
) -> None:  # fmt: skip
    """Read the page as a person sees it; words under the picture count for nothing."""
    chars = sheet.chars()
    if not chars and sheet.is_blank_paper():
        pages.take(sheet.number, Foreign(empty=True), lambda: None)
        return
    picture = picture_of(sheet)
    seen = door.read(picture, definitions, settings, worded=worded)
    if isinstance(seen, FormReading) and chars:
        seen = with_note(seen, chars, _labels(seen, definitions))
    if isinstance(seen, Foreign) and isinstance(found, Foreign) and found.why:
        seen = found  # its own words tell more than its picture
    pages.take(sheet.number, seen, lambda: preview(picture, PREVIEW))


def _labels(form: FormReading, definitions: Sequence[Definition]) -> tuple[str, ...]:
    return tuple(a.text for d in definitions if d.form == form.form for a in d.anchors)


def _seal(pages: Pages, content: bytes, settings: Settings) -> None:
    """Give *pages* the worth of the file's digital signature; a broken one beats ink."""
    sealed = digital.check(content, settings.signature_roots, settings.today)
    if sealed is None:
        return
    alone = len(pages.forms) + len(pages.receipts) == 1
    signed = sealed.signed if alone else Signed.UNSURE  # which of them was signed?
    notes = (sealed.note,) if sealed.note else ()
    pages.forms = [replace(f, signed=signed, notes=(*f.notes, *notes)) for f in pages.forms]
    pages.receipts = [replace(r, signed=signed) for r in pages.receipts]
