"""The laws of the port for documents: the fake and the PDF maker keep the same ones."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from bot.adapters.documents.letter import Sender
from bot.adapters.documents.pdf import PdfDocuments
from bot.ports.documents import CancellationFacts, Documents, ReceiptFacts
from tests.fakes.documents import FakeDocuments
from tests.review_papers import review

ROOT = Path(__file__).parents[2]
FACTS = ReceiptFacts(
    "Lokala EK", "lokala.ek@jarfalla.example", "08-465 004 00", "Åsa Öberg", "Hemtjänsten Öst",
    "9752 2799 0000 1111", 3, "körkort", date(2026, 11, 23), date(2027, 2, 23), "C-17",
    "EKKV1/17/QF7K2M9X",
)  # fmt: skip


@pytest.fixture(params=["fake", "pdf"])
def documents(request: pytest.FixtureRequest) -> Documents:
    if request.param == "fake":
        return FakeDocuments()
    sender = Sender("Lokala EK", "lokala.ek@jarfalla.example", "08-465 004 00", "vardagar 8–16")
    return PdfDocuments(sender, ROOT / "templates" / "documents" / "lathund-2026-11.pdf")


def pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def test_a_receipt_is_one_page_and_the_same_each_time(documents: Documents):
    assert documents.receipt(FACTS) == documents.receipt(FACTS)
    assert pages(documents.receipt(FACTS)) == 1


def test_a_cancellation_is_one_page_the_same_each_time_and_another_for_another(
    documents: Documents,
):
    facts = CancellationFacts("K-17", "Åsa", "Öberg", "Hemtjänsten Öst", "Göran Åkerö")
    made = documents.cancellation(facts)
    assert made == documents.cancellation(facts)
    assert pages(made) == 1
    for other in (
        replace(facts, handle="K-18"),
        replace(facts, last_day=date(2026, 12, 31)),
        replace(facts, end_reason="left"),
        replace(facts, surname="Wiśniewska"),
    ):
        assert documents.cancellation(other) != made


def test_a_report_is_the_same_each_time_and_grows_with_its_review(documents: Documents):
    facts = review(30)
    made = documents.review_report(facts)
    assert made == documents.review_report(facts)
    assert pages(made) >= 1
    assert documents.review_report(replace(facts, chain_head="0" * 64)) != made
    assert documents.review_report(replace(facts, rows=facts.rows[:-1])) != made
    assert pages(documents.review_report(review(400))) >= pages(made)


def test_the_guide_is_a_pdf_with_a_plain_file_name(documents: Documents):
    guide = documents.guide()
    assert guide.name.isascii()
    assert guide.name.endswith(".pdf")
    assert pages(guide.content) >= 1


def test_a_letter_is_the_same_each_time(documents: Documents):
    words = {"heading": "Kortet", "to": "Åsa Öberg\nHemtjänsten Öst", "day": date(2026, 11, 23)}
    one = documents.letter(["Hej!", "Kortet ska lämnas."], **words)
    assert one == documents.letter(["Hej!", "Kortet ska lämnas."], **words)
    assert pages(one) == 1
