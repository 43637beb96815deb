"""The cancellation for a manager to sign: filled in, without the number, read by our reader."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pikepdf
import pypdfium2
import pytest

from bot.adapters.blank.__main__ import EXAMPLE
from bot.adapters.blank.write import write_cancellation
from bot.domain.forms import Content, Signed, State
from bot.ports.documents import CancellationFacts
from parsers.document import read_document
from parsers.settings import Settings
from tests.filled import FORMS, definition, managers, scribble, units
from tests.scanned import as_pdf, captured

FACTS = CancellationFacts(
    handle="K-17", given_name="Åsa-Märta", middle_name="Önnerholm", surname="Fjällström",
    unit="Hemtjänsten Jakobsberg (norra)", manager_name="Göran Åkerö", title="Undersköterska",
    mail="asa-marta.fjallstrom@jarfalla.example", phone="0701740635", hsa_id="SE2321000016-4T5K",
    last_day=date(2026, 12, 31), end_reason="left", manager_mail="goran.akero@jarfalla.example",
    unit_id="V112",
)  # fmt: skip
LONG = replace(
    FACTS, given_name="Åsa-Maria", middle_name="Świętosława Đurđica",
    surname="Wiśniewska-Hämäläinen von Essen", manager_name="Gülşen Erdoğan-Kovačević",
    unit="Vård- och omsorgsboendet Äppelgården, avdelning Ängsblomman, plan 3",
    mail="asa-maria.wisniewska-hamalainen-von-essen@hemtjansten.jarfalla.example",
)  # fmt: skip
BARE = CancellationFacts("K-9", "Mononymous", "", "Björkhagens hemtjänst", "Märta Åkerström")
KEYS = (
    "given_name", "middle_name", "surname", "unit", "manager_name", "title", "mail", "phone",
    "hsa_id", "end_reason", "manager_mail",
)  # fmt: skip
SETTINGS = Settings(
    today=date(2026, 11, 23), form_paths=(FORMS,),
    units=(*units(), *((f"T{n}", facts.unit) for n, facts in enumerate((FACTS, LONG, BARE)))),
    managers=tuple((row["unit"], row["name"], row["mail"]) for row in managers()),
)  # fmt: skip


def wanted(facts: CancellationFacts) -> dict[str, str]:
    said = {key: getattr(facts, key) for key in KEYS}
    last_day = facts.last_day.isoformat() if facts.last_day else ""
    return {k: v for k, v in {**said, "action": "cancel", "last_day": last_day}.items() if v}


def read(content: bytes):
    document = read_document("avbestallning.pdf", content, SETTINGS)
    assert document.content is Content.FORMS, document.reason
    [form] = document.forms
    assert (form.form, form.version) == ("EK-1", "2026-11")
    return form


def flattened(content: bytes) -> bytes:
    """Return the form as pdfium prints it: fields and annotations part of the page."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    for page in document:
        page.flatten(1)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def signed(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        strokes = scribble(definition("2026-11").signature.box)
        pdf.pages[0].contents_add(pdf.make_stream(f"q {strokes} Q".encode()))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("printed", [bytes, flattened])
@pytest.mark.parametrize("facts", [FACTS, LONG, BARE], ids=["usual", "long", "bare"])
def test_our_reader_reads_back_exactly_what_is_known(facts, printed):
    form = read(printed(write_cancellation(EXAMPLE, facts)))
    assert form.signed is Signed.NONE
    expected = wanted(facts)
    for field in form.fields:
        if field.key in expected:
            assert (field.key, field.value, field.state) == (
                field.key, expected[field.key], State.SURE,
            )  # fmt: skip
        else:
            assert not field.value, field.key


def test_number_date_and_place_are_left_empty():
    form = read(write_cancellation(EXAMPLE, FACTS))
    for key in ("person_id", "birth_date", "signed_on", "signed_place"):
        assert form.field(key).state is State.EMPTY


def test_there_is_no_room_for_an_identity_number_among_the_facts():
    assert not {"person_id", "number", "birth_date"} & {f.name for f in fields(CancellationFacts)}
    assert "Fjällström" not in repr(FACTS)


def test_the_handle_stands_for_the_number():
    text = pypdfium2.PdfDocument(write_cancellation(EXAMPLE, FACTS))[0].get_textpage()
    said = " ".join(text.get_text_bounded().split())
    assert "Ärende K-17. Personnumret behöver inte fyllas i när blanketten skickas som svar" in said


def test_everything_stays_editable_on_one_page():
    with pikepdf.open(io.BytesIO(write_cancellation(EXAMPLE, LONG))) as pdf:
        assert len(pdf.pages) == 1
        assert all(not int(f.get("/Ff", 0)) & 1 for f in pdf.Root.AcroForm.Fields)
        assert pdf.Root.AcroForm.NeedAppearances is False


def test_the_same_facts_give_the_same_bytes():
    assert write_cancellation(EXAMPLE, LONG) == write_cancellation(EXAMPLE, LONG)


@pytest.mark.slow
@pytest.mark.parametrize("facts", [FACTS, replace(FACTS, surname="Wiśniewska von Essen")])
def test_printed_and_signed_in_ink_a_scan_is_read_and_never_wrongly(facts):
    paper = signed(flattened(write_cancellation(EXAMPLE, facts)))
    page = captured(paper, dpi=200, skew=0.4, noise=4)
    form = read(as_pdf([np.asarray(page)]))
    assert form.signed is Signed.INK
    expected = wanted(facts)
    for field in form.fields:
        if field.state is State.SURE and field.key != "signed":
            assert (field.value or None) == expected.get(field.key), field.key
    for key in ("action", "given_name", "surname", "unit", "last_day"):
        assert form.field(key).value == expected[key], key
