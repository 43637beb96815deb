"""Receipts from the hand-out to the archive: printed, signed, scanned by the copier, matched."""

from __future__ import annotations

import io
import json
from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.builders import BO
from tests.desk import at, ekbot
from tests.e2e.counter import NUMBER, OTHER, Counter
from tests.receipts import drawn_on, signature

COPIER = "kopiator@jarfalla.example"
_AUTO = [("Auto-Submitted", "auto-generated")]


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    found = Counter(tmp_path)
    found.people()
    return found


def paper(counter: Counter, handle: str) -> bytes:
    """Return the receipt that the letter to staff carries."""
    for raw in reversed(counter.office.letters()):
        mail = message_from_bytes(raw, policy=policy.default)
        if mail["X-EKbot-Kind"] != "receipt_form":
            continue
        for part in mail.walk():
            if part.get_filename() == f"kvittens-{handle}.pdf":
                return part.get_content()
    raise AssertionError(handle)


def scan(pdf: bytes, dpi: int = 200, turn: int = 0, *, fax: bool = False) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as opened:
        page = opened[0].render(scale=dpi / 72).to_pil().convert("L")
    page = page.rotate(turn, expand=True, fillcolor=255)
    return page.convert("1") if fax else page


def as_pdf(*pages: Image.Image) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


def copy(counter: Counter, now: str, content: bytes) -> dict[str, object]:
    """Mail a scan as the copier does: nobody vouches for it, and it is never answered."""
    return counter.mail(now, "", ("skanning.pdf", content), sender=COPIER, verdict=None,
                        subject="Scan from MFP", headers=_AUTO)  # fmt: skip


@pytest.mark.parametrize(("turn", "fax"), [(0, False), (90, False), (180, True)])
def test_a_signed_receipt_is_matched_and_archived(counter: Counter, turn: int, fax: bool):
    handle = counter.lend("2026-11-23")
    signed = drawn_on(paper(counter, handle), [signature()])
    mail = copy(counter, "2026-11-24", as_pdf(scan(signed, turn=turn, fax=fax)))
    assert mail["outcome"] == "applied", mail
    assert counter.one(handle)["receipt"] == "2026-11-24"
    with at(counter.office, "2026-11-24T10:00:00+01:00") as services, services.store.begin() as w:
        (row,) = w.archive.of_card(int(handle[2:]))
        assert (row.kind, str(row.keep_until), row.reference) == (
            "receipt", "2036-11-24", "kvittens för reservkort",
        )  # fmt: skip
        assert w.archive.content(row.sha256).startswith(b"%PDF")
    code, out, _ = ekbot(counter.office, "card", "receipt", "--number", NUMBER, "--json")
    shown = json.loads(out)
    assert (code, shown["archived"]) == (0, True)
    assert Path(shown["files"][0]).read_bytes().startswith(b"%PDF")
    counter.turns("2026-11-26", "2026-12-10", "2027-01-11")
    assert [x["rung"] for x in counter.letters("receipt_form")] == [None]  # nobody is nagged


def test_the_archive_outlives_the_mail(counter: Counter):
    handle = counter.lend("2026-11-23")
    copy(counter, "2026-11-24", as_pdf(scan(drawn_on(paper(counter, handle), [signature()]))))
    counter.turns("2027-01-25")
    with at(counter.office, "2027-01-25T10:00:00+01:00") as services, services.store.begin() as w:
        assert w.journal.raw(1) == b""
        (row,) = w.archive.of_card(int(handle[2:]))
        assert w.archive.content(row.sha256).startswith(b"%PDF")


def test_an_unsigned_receipt_comes_back_to_staff_with_a_picture_of_the_box(counter: Counter):
    handle = counter.lend("2026-11-23")
    mail = copy(counter, "2026-11-24", as_pdf(scan(paper(counter, handle))))
    assert mail["outcome"] == "with_staff"
    assert counter.one(handle)["receipt"] is None
    assert len(counter.cases("receipt")) == 1
    raw = counter.office.letters()[-1]
    newest = [message_from_bytes(r, policy=policy.default) for r in counter.office.letters()]
    told = [m for m in newest if m["X-EKbot-Kind"] == "receipt_form"]
    pictures = [[p for p in m.walk() if p.get_content_type() == "image/png"] for m in told]
    assert sorted(map(len, pictures)) == [0, 1], raw[:200]
    signed = drawn_on(paper(counter, handle), [signature()])
    copy(counter, "2026-11-25", as_pdf(scan(signed)))
    assert counter.one(handle)["receipt"] == "2026-11-25"
    assert counter.cases("receipt") == []


def test_two_receipts_in_one_scan_settle_two_loans(counter: Counter):
    one, two = counter.lend("2026-11-23"), counter.lend("2026-11-23", who=BO, number=OTHER)
    pages = [
        scan(drawn_on(paper(counter, h), [signature(seed=n)])) for n, h in enumerate((one, two))
    ]
    copy(counter, "2026-11-24", as_pdf(*pages))
    assert [counter.one(h)["receipt"] for h in (one, two)] == ["2026-11-24"] * 2


def test_the_receipt_of_another_office_is_staff_s(tmp_path: Path):
    here, there = Counter(tmp_path / "a"), Counter(tmp_path / "b")
    for counter in (here, there):
        counter.people()
    mine = here.lend("2026-11-23")
    theirs = there.lend("2026-11-23", number=OTHER)
    mail = copy(here, "2026-11-24", as_pdf(scan(drawn_on(paper(there, theirs), [signature()]))))
    assert mail["outcome"] == "with_staff"
    assert here.one(mine)["receipt"] is None


def test_a_receipt_that_never_comes_is_asked_for_until_a_clerk_lets_it_be(counter: Counter):
    handle = counter.lend("2026-11-23")
    counter.turns("2026-11-25", "2026-11-26", "2026-12-07")
    assert [x["rung"] for x in counter.letters("receipt_form")] == [None, "+2", "+10"]
    (case,) = counter.cases("receipt")
    found, _, err = ekbot(
        counter.office, "case", "done", case["id"], "--now", "2026-12-07T09:30:00+01:00"
    )
    assert (found, "--why" in err) == (2, True)
    words = (
        "case",
        "done",
        case["id"],
        "--why",
        "kortet hämtades aldrig",
        "--now",
        "2026-12-07T10:00:00+01:00",
    )
    assert ekbot(counter.office, *words)[0] == 0
    counter.turns("2027-01-11")
    assert len(counter.letters("receipt_form")) == 3
    assert counter.one(handle)["number"] == NUMBER


def test_a_clerk_looks_at_a_cross_where_a_signature_should_be_and_says_yes(counter: Counter):
    handle = counter.lend("2026-11-23")
    cross = [[(40.0, 200.0), (55.0, 214.0)], [(55.0, 200.0), (40.0, 214.0)]]
    content = as_pdf(scan(drawn_on(paper(counter, handle), cross)))
    mail = copy(counter, "2026-11-24", content)
    assert mail["outcome"] == "with_staff"
    said = counter.answer(
        "receipt_form", "2026-11-24T11:00:00+01:00", "Ja.", "eva.ek@jarfalla.example"
    )
    assert (said["outcome"], counter.one(handle)["receipt"]) == ("applied", "2026-11-24")
