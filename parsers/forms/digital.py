"""PDF signatures (PDF 1.7 §12.8): whole, covering the file, by a signer we have reason to trust.

Looks nothing up on the network. Without configured roots nobody is trusted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

import pikepdf

from bot.domain.forms import Signed

_BROKEN = "Den digitala underskriften stämmer inte med filen: något är ändrat efteråt."
_UNKNOWN = "Filen har en digital underskrift av någon som vi inte kan kontrollera."
_UNREADABLE = "Den digitala underskriften går inte att läsa."


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the file's signature is worth, with a note for staff."""

    signed: Signed
    note: str = ""


def is_sealed(pdf: pikepdf.Pdf) -> bool:
    """Tell cheaply whether the file says that it holds a signature (PDF 1.7 §12.7.2)."""
    form = pdf.Root.get("/AcroForm")
    flags = form.get("/SigFlags", 0) if isinstance(form, pikepdf.Dictionary) else 0
    return isinstance(flags, int) and bool(flags & 1)


def check(content: bytes, roots: Sequence[Path], today: date) -> Sealed | None:
    """Return what the last signature in *content* is worth, or None when nobody signed.

    *roots* are PEM or DER files of trusted certificates, valid on the day *today*.
    """
    # Half a second to import and used by one file in a thousand.
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        reader: Any = PdfFileReader(io.BytesIO(content), strict=False)
        people = [
            s for s in reader.embedded_signatures
            if s.sig_object_type == "/Sig" and s.docmdp_level is None
        ]  # fmt: skip  # a publisher's seal on the blank certifies (DocMDP), nobody orders by it
        return _validated(people[-1], roots, today) if people else None
    except Exception:  # noqa: BLE001 - any fault in a foreign signature is a doubt
        return Sealed(Signed.UNSURE, _UNREADABLE)


def _validated(signature: Any, roots: Sequence[Path], today: date) -> Sealed:  # noqa: ANN401
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    context = ValidationContext(
        trust_roots=list(_certificates(roots)),
        moment=datetime.combine(today, time(12), tzinfo=UTC),
        allow_fetching=False,
    )
    status = validate_pdf_signature(signature, signer_validation_context=context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and whole):
        return Sealed(Signed.UNSURE, _BROKEN)
    return Sealed(Signed.DIGITAL) if status.trusted else Sealed(Signed.UNSURE, _UNKNOWN)


def _certificates(roots: Sequence[Path]) -> Iterator[Any]:
    pem: Any = import_module("asn1crypto.pem")  # has no types
    x509: Any = import_module("asn1crypto.x509")

    for path in roots:
        raw = path.read_bytes()
        blocks = [raw]
        if pem.detect(raw):
            blocks = [block for _kind, _headers, block in pem.unarmor(raw, multiple=True)]
        for block in blocks:
            yield x509.Certificate.load(block)
