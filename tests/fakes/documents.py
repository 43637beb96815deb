"""Documents that say in few bytes what they were made of. No test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pikepdf

from bot.ports.documents import CancellationFacts, Guide, ReceiptFacts
from bot.ports.review_papers import ReviewReportFacts
from tests.paper import saved


def _page(title: str) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = title
        return saved(pdf)


class FakeDocuments:
    """Makes one-page PDFs whose title tells the facts."""

    def receipt(self, facts: ReceiptFacts) -> bytes:
        return _page(f"{facts.handle} {facts.mark}")

    def cancellation(self, facts: CancellationFacts) -> bytes:
        name = f"{facts.given_name} {facts.surname}"
        return _page(f"{facts.handle} {name} {facts.unit} {facts.last_day} {facts.end_reason}")

    def review_report(self, facts: ReviewReportFacts) -> bytes:
        counts = " ".join(f"{answer} {count}" for answer, count in facts.counts().items())
        return _page(f"{facts.title} {counts} {facts.chain_head} {facts.csv_hash}")

    def guide(self) -> Guide:
        return Guide("lathund.pdf", _page("lathund"))

    def letter(self, paragraphs: Sequence[str], *, heading: str, to: str, day: date) -> bytes:
        return _page(f"{heading} {to} {day} {len(paragraphs)}")
