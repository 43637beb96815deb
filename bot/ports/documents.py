"""The port for what we print or attach: receipts, forms, the quick guide, letters, reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.ports.review_papers import ReviewReportFacts


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptFacts:
    """What the receipt of a loan says (S12): no identity number, no code, no place for one."""

    office: str  # as in letters: "Järfälla kommun"
    mail: str  # where the signed receipt is sent
    phone: str
    holder: str
    unit: str
    number: str  # the card's, in groups of four as printed on it
    loa: int | None  # level of assurance, 2 or 3
    id_kind: str  # in words: "körkort"
    handed_out: date
    due: date
    handle: str  # of the loan: C-17
    mark: str  # what the codes say, see bot.domain.receipts


@dataclass(frozen=True, slots=True, repr=False)
class CancellationFacts:
    """What is filled in on a cancellation for the manager to sign (S3): no identity number.

    Nothing of a protected person may come here; the gate stands before it.
    """

    handle: str  # of the case: K-17
    given_name: str
    surname: str
    unit: str
    manager_name: str
    middle_name: str = ""
    title: str = ""
    mail: str = ""
    phone: str = ""  # national digits
    hsa_id: str = ""
    last_day: date | None = None
    end_reason: str = ""  # left, moves, other; "" where it is not known
    manager_mail: str = ""
    unit_id: str = ""  # for the code on the blank


@dataclass(frozen=True, slots=True)
class Guide:
    """The quick guide (lathund) that is attached to mails about booking a time (S6)."""

    name: str  # of the file
    content: bytes


class Documents(Protocol):
    """Makes what staff print and what letters carry: the same facts give the same bytes."""

    def receipt(self, facts: ReceiptFacts) -> bytes:
        """Return the receipt of a loan as a PDF of one page."""
        ...

    def cancellation(self, facts: CancellationFacts) -> bytes:
        """Return the blank in use filled in as a cancellation: a fillable PDF of one page."""
        ...

    def review_report(self, facts: ReviewReportFacts) -> bytes:
        """Return the closing report of a review as a PDF of as many pages as it needs."""
        ...

    def guide(self) -> Guide:
        """Return the office's quick guide, or the one that comes with the program.

        Raises:
            NeedsOperatorError: its file is missing, or no PDF that can be mailed.
        """
        ...

    def letter(self, paragraphs: Sequence[str], *, heading: str, to: str, day: date) -> bytes:
        """Return a letter on paper as a PDF: *heading*, *paragraphs*, dated *day*.

        *paragraphs* are a mail letter's plain text; *to* is the address, one row a line.
        """
        ...
