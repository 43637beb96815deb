"""The documents as PDF: the port ``bot.ports.documents``. Sends nothing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pikepdf

from bot.adapters.blank.office import OfficeFacts
from bot.adapters.blank.write import write_cancellation
from bot.adapters.documents.letter import Sender, write_letter
from bot.adapters.documents.review.write import write_report
from bot.adapters.receipt.write import write_receipt
from bot.ports.documents import CancellationFacts, Guide, ReceiptFacts
from bot.ports.errors import NeedsOperatorError
from bot.ports.review_papers import ReviewReportFacts

LARGEST = 7 * 2**20  # bytes: Base64 makes it 9.6 MiB, and many mail servers stop at 10
_ADVICE = 'Rätta sökvägen i inställningen "guide" under [cards], eller lägg dit filen.'


class PdfDocuments:
    """Makes receipts, forms, letters and reports, and hands out the guide that lies in a file."""

    def __init__(self, office: Sender, guide: Path) -> None:
        """Take who signs and the guide's PDF; it is read anew each time, so it may be replaced."""
        self._office = office
        self._guide = guide

    def receipt(self, facts: ReceiptFacts) -> bytes:
        """Return the receipt of a loan as a PDF of one page."""
        return write_receipt(facts)

    def cancellation(self, facts: CancellationFacts) -> bytes:
        """Return the blank in use filled in as a cancellation: a fillable PDF of one page."""
        office = self._office
        return write_cancellation(OfficeFacts(office.name, office.mail, office.phone), facts)

    def review_report(self, facts: ReviewReportFacts) -> bytes:
        """Return the closing report of a review as a PDF of as many pages as it needs."""
        return write_report(facts)

    def guide(self) -> Guide:
        """Return the guide as it lies in its file.

        Raises:
            NeedsOperatorError: the file is missing, or no PDF that can be mailed and opened.
        """
        path = self._guide
        try:
            content = path.read_bytes()
        except OSError as error:
            raise NeedsOperatorError(
                f"the guide cannot be read ({type(error).__name__})",
                f"Lathunden {path} går inte att läsa. {_ADVICE}",
            ) from error
        if len(content) > LARGEST:
            size = f"{len(content) / 2**20:.0f}"
            raise NeedsOperatorError(
                "the guide is too large to be mailed",
                f"Lathunden {path} är {size} MB och för stor att mejla. Spara den i en mindre "
                f"PDF, högst {LARGEST // 2**20} MB.",
            )
        if not _opens(content):
            raise NeedsOperatorError(
                "the guide is no PDF that opens",
                f"Lathunden {path} är ingen PDF som går att öppna. Spara den som PDF utan "
                f"lösenord. {_ADVICE}",
            )
        return Guide(path.name, content)

    def letter(self, paragraphs: Sequence[str], *, heading: str, to: str, day: date) -> bytes:
        """Return a letter on paper as a PDF: *heading*, *paragraphs*, dated *day*."""
        return write_letter(paragraphs, heading=heading, to=to, office=self._office, day=day)


def _opens(content: bytes) -> bool:
    """Tell whether whoever gets *content* can open it: a PDF of at least one page."""
    if not content.startswith(b"%PDF-"):
        return False
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages) > 0
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False
