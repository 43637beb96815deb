"""The blank we draw is read by our own reader: filled on screen, flattened, printed for a unit."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from bot.adapters.blank.__main__ import EXAMPLE
from bot.adapters.blank.layout import current
from bot.adapters.blank.pen import MM
from bot.adapters.blank.plan import TextField
from bot.adapters.blank.write import write_blank
from bot.domain.forms import Content, Signed, State, Value
from parsers.document import read_document
from parsers.reading import Settings

TODAY = date(2026, 11, 23)
SETTINGS = Settings(today=TODAY, form_paths=(Path(__file__).parents[3] / "templates" / "forms",))
WRITTEN: dict[str, Value] = {
    "action": "new",
    "effective_from": "2026-12-01",
    "person_id": "19890101-2396",
    "given_name": "Åsa-Märta",
    "middle_name": "Önnerholm",
    "surname": "Fjällström",
    "mail": "asa-marta.fjallstrom@jarfalla.example",
    "phone": "08-465 004 21",
    "hsa_id": "SE2321000016-4T5K",
    "unit": "Hemtjänsten Jakobsberg (norra)",
    "title": "Undersköterska",
    "employment": "fixed_term",
    "employed_from": "2026-12-01",
    "employed_to": "2027-05-31",
    "card_order": True,
    "card_status": "has_card",
    "card_number": "9752 2698 0000 1234",
    "reserve_order": True,
    "reserve_reasons": ("new_employee", "short_term"),
    "reserve_from": "2026-12-01",
    "reserve_to": "2027-01-31",
    "signed_place": "Järfälla",
    "signed_on": "2026-11-20",
    "manager_name": "Göran Åkerö",
    "manager_mail": "goran.akero@jarfalla.example",
    "manager_phone": "08-465 004 22",
}
READ = {
    **WRITTEN,
    "person_id": "198901012396",
    "phone": "0846500421",
    "manager_phone": "0846500422",
    "card_number": "9752269800001234",
}


def signed(content: bytes) -> bytes:
    """Return *content* with an Ink annotation as a signature in its box."""
    box = current().signature
    left, low = box.x0 * MM + 60, (current().height - box.y1) * MM + 10
    stroke = [(left + 9 * n, low + (22 if n % 2 else 4) + (n * 7) % 11) for n in range(16)]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        path = " ".join(f"{x:.1f} {y:.1f} {'l' if n else 'm'}" for n, (x, y) in enumerate(stroke))
        xs, ys = zip(*stroke, strict=True)
        rect = [min(xs) - 2, min(ys) - 2, max(xs) + 2, max(ys) + 2]
        look = pdf.make_stream(
            f"0 0 .4 RG 1.2 w {path} S".encode(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=rect,
        )
        ink = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Ink,
            Rect=rect,
            F=4,
            InkList=[[v for point in stroke for v in point]],
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].Annots.append(pdf.make_indirect(ink))
        return saved(pdf)


def flattened(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.flatten_annotations("all")
        assert "/AcroForm" not in pdf.Root
        return saved(pdf)


def refilled(content: bytes) -> bytes:
    """Return a plain blank filled by another program than ours."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fields = {str(f.T): f for f in pdf.Root.AcroForm.Fields}
        for entry in current().entries():
            value, field = WRITTEN.get(entry.key), fields[entry.acro]
            if isinstance(entry, TextField):
                field.V = pikepdf.String(str(value or ""))
                field.DA = pikepdf.String("/Helv 8 Tf 0 g")
            elif entry.value in ticked(value):
                field.V = field.AS = pikepdf.Name.Ja
        pdf.Root.AcroForm.NeedAppearances = True  # without it qpdf leaves what is drawn as it is
        pdf.generate_appearance_streams()
        return saved(pdf)


def ticked(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return ("true",) if value is True else (str(value),)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


FILLED = {
    "on screen": signed(write_blank(EXAMPLE, prefill=WRITTEN, unit_id="V112")),
    "flattened": flattened(signed(write_blank(EXAMPLE, prefill=WRITTEN, unit_id="V112"))),
    "by another program": signed(refilled(write_blank(EXAMPLE))),
    "by another program, flattened": flattened(signed(refilled(write_blank(EXAMPLE)))),
}


@pytest.mark.parametrize("how", FILLED)
def test_a_filled_blank_is_read_completely_as_its_edition(how):
    document = read_document("blankett.pdf", FILLED[how], SETTINGS)
    assert document.content is Content.FORMS, document.reason
    [form] = document.forms
    assert (form.form, form.version, form.signed) == ("EK-1", "2026-11", Signed.INK)
    assert not form.missing_anchors
    for entry in current().entries():
        field = form.field(entry.key)
        if entry.key in READ:
            assert (entry.key, field.value, field.state) == (
                entry.key,
                READ[entry.key],
                State.SURE,
            )
        else:
            assert field.value in {None, False}, entry.key
            assert field.state in {State.EMPTY, State.SURE}, entry.key


def test_an_empty_blank_is_read_as_empty_and_unsigned():
    document = read_document("blankett.pdf", write_blank(EXAMPLE), SETTINGS)
    [form] = document.forms
    assert (form.version, form.signed) == ("2026-11", Signed.NONE)
    assert {f.key for f in form.fields if f.value} == set()
