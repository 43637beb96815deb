"""Mail that means harm, or is merely broken: each ends with a reason, and the next is served."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest

from tests.e2e.office import GOLDEN, Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

OUTCOMES = {"applied", "asked_back", "with_staff", "recorded", "rejected"}


def _pages(count: int) -> bytes:
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(595, 842))
    return _bytes(pdf)


def _bytes(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def _bomb() -> bytes:
    """A page whose picture is 40,000 × 40,000 pixels: a few kilobytes that want 1.6 GB."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(40_000)) for _ in range(40_000)) + packer.flush()
    image = pikepdf.Stream(
        pdf, packed, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40_000,
        Height=40_000, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(image)))
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    return _bytes(pdf)


def _nested_zip(depth: int) -> bytes:
    content = bytes(1_000_000)
    for level in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip", content)
        content = out.getvalue()
    return content


def _files() -> dict[str, bytes]:
    whole = fill_acroform(an_order(50))
    locked = pikepdf.open(io.BytesIO(whole))
    return {
        "tom.pdf": b"",
        "avklippt.pdf": whole[: len(whole) // 2],
        "lösenord.pdf": _bytes(locked, encryption=pikepdf.Encryption(user="x", owner="y")),
        "600sidor.pdf": _pages(600),
        "bomb.pdf": _bomb(),
        "program.pdf": b"MZ" + bytes(4000),
        "zip.zip": _nested_zip(6),
        "bara-huvud.pdf": b"%PDF-1.7\n" + b"\xff" * 5000,
        "slinga.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    }


@pytest.mark.timeout(300)
def test_every_hostile_mail_ends_with_a_reason_and_the_next_is_served(tmp_path: Path) -> None:
    office = Office(tmp_path)
    mails = {f"golden-{p.stem}": p.read_bytes() for p in sorted((GOLDEN / "mails").glob("*.eml"))}
    assert len(mails) > 40
    for number, (name, content) in enumerate(_files().items()):
        mails[f"fil-{number}"] = a_mail(f"fil-{number}", (name, content))
    mails["zz-sist"] = a_mail("sist", ("b.pdf", fill_acroform(an_order(7))))
    for name, raw in mails.items():
        office.deliver(name, raw)
    report = office.once()
    assert report["taken"] == len(mails)
    assert report["filed"] == len(mails)
    rows = office.rows("mails")
    assert {r["outcome"] for r in rows} <= OUTCOMES
    assert all(r["why"] and r["rule"] for r in rows)
    assert not [r for r in rows if r["rule"] == "stuck"]
    last = next(r for r in rows if r["message_id"].startswith("<sist@"))
    assert last["outcome"] == "applied"
    by_id = {r["message_id"]: r for r in rows}
    for number in range(len(_files())):
        row = by_id[f"<fil-{number}@jarfalla.example>"]
        assert row["outcome"] in ("rejected", "with_staff"), row


def test_an_answer_never_goes_to_a_machine_or_a_stranger(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for path in sorted((GOLDEN / "mails").glob("*.eml")):
        office.deliver(path.stem, path.read_bytes())
    office.once("2026-11-23T06:00:00+01:00")
    assert office.letters() == []
