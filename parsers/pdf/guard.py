"""May this file be opened at all? Cheap checks before a page is drawn. Reads no text."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf

from bot.domain.forms import Content

MOST_PIXELS = 120_000_000  # A3 at 600 dpi is 70 million
MOST_BYTES = 100_000_000  # of one stream that is no picture, unpacked
MOST_OBJECTS = 200_000
_FLATE_RATIO = 1032  # the most that deflate can blow up (zlib's documentation)
_ACTION = re.compile(rb"/(?:Launch|JavaScript|JS|EmbeddedFiles?|EF|RichMedia|AA)\b")
_PROGRAM_NAMES = re.compile(
    r"\.(?:exe|com|bat|cmd|scr|pif|msi|msp|dll|cpl|jar|js|jse|vbs|vbe|wsf|wsh|hta|ps1|psm1|lnk|reg"
    r"|sh|app|apk|docm|xlsm|pptm|iso|img|url)\s*$",
    re.IGNORECASE,
)
_PROGRAM_BYTES = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")

_LOCKED = "Filen är låst med ett lösenord. Spara den utan lösenord och skicka igen."
_DAMAGED = "Filen är skadad eller avklippt. Spara blanketten som PDF igen och skicka den på nytt."
_NO_PDF = "Filen är ingen PDF. Spara blanketten som PDF och skicka den igen."
_NO_PAGES = "Filen har inga sidor. Spara blanketten som PDF igen och skicka den på nytt."
_PROGRAM = "Filen innehåller ett program och öppnas inte. Skicka bara blanketten som PDF."
_STARTS = "Filen vill starta något när den öppnas och läses därför inte. Skicka bara blanketten."
_BOMB = "Filen packar upp sig till en orimlig storlek och öppnas inte. Skanna blanketten på nytt."
_TOO_MANY = "Filen har fler än {} sidor. Skicka blanketterna några i taget."
_TOO_BIG = "En bild i filen är för stor. Skanna med 300 punkter per tum och skicka igen."
_XFA = (
    "Blanketten är sparad i ett format (XFA) som bara vissa program visar. "
    "Skriv ut den till PDF och skicka den på nytt."
)
_PORTFOLIO = "Filen är en samling av andra filer. Skicka varje blankett som en egen PDF."


class RefusedError(Exception):
    """The file is not read; *content* says what it is, *reason* in Swedish what to do."""

    def __init__(self, content: Content, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.content = content
        self.reason = reason


def open_guarded(content: bytes, *, max_pages: int) -> pikepdf.Pdf:
    """Open *content* as it stands, without mending it, and check what it wants to do.

    Raises:
        RefusedError: it is empty, locked, damaged, hostile or too large.
    """
    if not content:
        raise RefusedError(Content.EMPTY, "Filen är tom. Bifoga blanketten igen.")
    if b"%PDF-" not in content[:1024]:  # readers look that far (PDF 1.7, annex H, note 13)
        raise RefusedError(Content.DAMAGED, _NO_PDF)
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
    except pikepdf.PasswordError:
        raise RefusedError(Content.ENCRYPTED, _LOCKED) from None
    except Exception:  # noqa: BLE001 - whatever the library says, the file can't be read
        raise RefusedError(Content.DAMAGED, _DAMAGED) from None
    try:
        _examine(pdf, max_pages)
    except RefusedError:
        pdf.close()
        raise
    except Exception:  # noqa: BLE001 - a hostile structure raises anything
        pdf.close()
        raise RefusedError(Content.DAMAGED, _DAMAGED) from None
    return pdf


def _examine(pdf: pikepdf.Pdf, max_pages: int) -> None:
    pages = len(pdf.pages)
    if pages > max_pages:
        raise RefusedError(Content.TOO_LARGE, _TOO_MANY.format(max_pages))
    if pages == 0:
        raise RefusedError(Content.DAMAGED, _NO_PAGES)
    if len(pdf.objects) > MOST_OBJECTS:
        raise RefusedError(Content.TOO_LARGE, _TOO_BIG)
    suspicious = False
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            _bounded(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Array):
            suspicious = suspicious or _ACTION.search(item.unparse(resolved=True)) is not None
    if suspicious:
        _hostile(pdf)
    _other_kinds(pdf)


def _bounded(stream: pikepdf.Stream) -> None:
    """Refuse a picture or a packed stream that would grow without measure."""
    if stream.get("/Subtype") == "/Image":
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if pixels > MOST_PIXELS:
            packed = len(stream.read_raw_bytes())
            if packed * 100 < pixels:
                raise RefusedError(Content.HOSTILE, _BOMB)
            raise RefusedError(Content.TOO_LARGE, _TOO_BIG)
        return
    filters = stream.get("/Filter")
    if filters is None:
        return
    names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    flates = sum(name in ("/FlateDecode", "/Fl") for name in names)
    if not flates:
        return
    raw = stream.read_raw_bytes()
    if len(raw) * _FLATE_RATIO**flates > MOST_BYTES and set(names) <= {"/FlateDecode", "/Fl"}:
        for _again in range(flates):
            raw = _inflate(raw)


def _inflate(raw: bytes) -> bytes:
    machine = zlib.decompressobj()
    try:
        out = machine.decompress(raw, MOST_BYTES)
    except zlib.error:
        return b""
    if machine.unconsumed_tail:
        raise RefusedError(Content.HOSTILE, _BOMB)
    return out


def _hostile(pdf: pikepdf.Pdf) -> None:
    """Refuse programs, Launch actions and JavaScript of the document; a field's own is common."""
    root = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    scripts = "/JavaScript" in names or any(
        action.get("/S") == "/JavaScript"
        for action in (*_chain(root.get("/OpenAction")), *_actions(root.get("/AA")))
    )
    for item in pdf.objects:
        for part in _dictionaries(item, 0):
            if part.get("/S") == "/Launch":
                raise RefusedError(Content.HOSTILE, _STARTS)
            if "/EF" in part and _is_program(part):
                raise RefusedError(Content.HOSTILE, _PROGRAM)
    if scripts:
        raise RefusedError(Content.HOSTILE, _STARTS)


def _chain(action: object) -> Iterator[pikepdf.Dictionary]:
    for _step in range(20):
        if not isinstance(action, pikepdf.Dictionary):
            return
        yield action
        follow = action.get("/Next")
        if isinstance(follow, pikepdf.Array):
            for one in list(follow)[:20]:
                if isinstance(one, pikepdf.Dictionary):
                    yield one
            return
        action = follow


def _actions(triggers: object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(triggers, pikepdf.Dictionary):
        for key in triggers.keys():  # noqa: SIM118 - a pikepdf dictionary iterates otherwise
            yield from _chain(triggers[key])


def _dictionaries(item: object, depth: int) -> Iterator[pikepdf.Dictionary]:
    """Yield *item* and the dictionaries written directly inside it."""
    if isinstance(item, pikepdf.Dictionary):
        yield item
        if depth < 12:  # noqa: PLR2004 - deeper nesting is no action of ours
            for key in item.keys():  # noqa: SIM118
                child = item[key]
                if _direct(child):
                    yield from _dictionaries(child, depth + 1)
    elif isinstance(item, pikepdf.Array) and depth < 12:  # noqa: PLR2004
        for child in item:
            if _direct(child):
                yield from _dictionaries(child, depth + 1)


def _direct(item: object) -> bool:
    return isinstance(item, pikepdf.Object) and not item.is_indirect


def _is_program(spec: pikepdf.Dictionary) -> bool:
    if any(_PROGRAM_NAMES.search(str(spec[key])) for key in ("/F", "/UF", "/DOS") if key in spec):
        return True
    files = spec["/EF"]
    streams = [files[key] for key in files.keys()]  # noqa: SIM118
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            start = stream.read_raw_bytes()
            if stream.get("/Filter") is not None:
                start = _inflate(start)[:8]
            if start.startswith(_PROGRAM_BYTES):
                return True
    return False


def _other_kinds(pdf: pikepdf.Pdf) -> None:
    if "/Collection" in pdf.Root:
        raise RefusedError(Content.UNSUPPORTED, _PORTFOLIO)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form and not len(form.get("/Fields", ())):
        raise RefusedError(Content.UNSUPPORTED, _XFA)
