"""The receipt of one loan, to print and have signed (S12). Sends and prints nothing."""

from __future__ import annotations

import io
from datetime import date

from pikepdf import ObjectStreamMode, Pdf

from bot.adapters.blank.structure import tag_page
from bot.adapters.receipt import layout
from bot.adapters.receipt.drawing import draw
from bot.domain.receipts import parse
from bot.ports.documents import ReceiptFacts

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip


def write_receipt(facts: ReceiptFacts) -> bytes:
    """Return the receipt as a tagged A4 page, the same bytes for the same facts.

    Raises:
        ValueError: the mark is none of ours, so that no scan could ever be matched by it.
    """
    if parse(facts.mark) is None:
        raise ValueError("The receipt's mark must be made by bot.domain.receipts.mark.")
    reached = " · ".join(part for part in (facts.mail, facts.phone) if part)
    values = {
        "holder": facts.holder,
        "unit": facts.unit,
        "number": facts.number,
        "loa": f"LoA {facts.loa}" if facts.loa is not None else "",
        "handle": facts.handle,
        "id_kind": facts.id_kind,
        "handed_out": _day(facts.handed_out),
        "due": _day(facts.due),
    }
    return _written((facts.office, reached), facts.mail, values, facts.mark)


def write_edition() -> bytes:
    """Return the receipt with nothing on it but what stands on every copy: what readers know."""
    return _written(("", ""), "", {}, "")


def _written(office: tuple[str, str], send: str, values: dict[str, str], mark: str) -> bytes:
    page = draw(office, send, values, mark)
    with Pdf.open(io.BytesIO(page.pdf)) as pdf:
        tag_page(pdf, page.structure, {}, title=layout.TITLE)
        out = io.BytesIO()
        pdf.save(
            out, deterministic_id=True, object_stream_mode=ObjectStreamMode.disable,
            min_version="1.7",
        )  # fmt: skip
    return out.getvalue()


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
