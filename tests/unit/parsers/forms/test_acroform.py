"""Fields of a fillable form hold what the PDF standard says, however the program wrote it."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from bot.domain.forms import State
from tests.filled import an_order, fill_acroform
from tests.paper import saved
from tests.unit.parsers.forms.reader import differences, the_form

ORDER = an_order(3)
UNDRAWN = fill_acroform(ORDER, look="none")


def changed(change, content=UNDRAWN):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf, {str(f.T): f for f in pdf.Root.AcroForm.Fields})
        return saved(pdf)


def as_choice(_pdf, fields):
    field = fields["Titel"]
    field.FT, field.V = Name.Ch, String("u17")
    field.Opt = Array([Array([String("u17"), String("Undersköterska")]), String("Logoped")])


def inherited(pdf, fields):
    field = fields["Efternamn"]
    parent = pdf.make_indirect(
        Dictionary(T=String("p"), FT=Name.Tx, V=field.V, Kids=Array([field]))
    )
    del field.V, field.FT
    field.Parent = parent


def in_utf_16(_pdf, fields):
    fields["Fornamn"].V = String("Zeynep")
    fields["Enhet"].V = pikepdf.Object.parse(
        b"<FEFF00480065006D0074006A00E4006E007300740065006E002000D600730074>"
    )


def as_radio(pdf, fields):
    kids = [fields[name] for name in ("kryss_ny", "kryss_uppdatera", "kryss_avbestall")]
    parent = pdf.make_indirect(
        Dictionary(T=String("g"), FT=Name.Btn, Ff=1 << 15, V=Name("/0"), Kids=Array(kids))
    )
    for number, kid in enumerate(kids):
        look = kid.AP.N.Ja
        kid.AP = Dictionary(N=Dictionary({f"/{number}": look, "/Off": kid.AP.N.Off}))
        kid.AS = Name("/0") if number == 0 else Name.Off
        del kid.V, kid.FT
        kid.Parent = parent


def only_state(_pdf, fields):
    del fields["kryss_ny"].V


WAYS = {"a choice": as_choice, "inherited": inherited, "UTF-16": in_utf_16, "radio buttons": as_radio,
        "a state without a value": only_state}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_holding_a_value_reads_the_same(way):
    assert differences(the_form(changed(WAYS[way])), ORDER) == {}


def hidden(_pdf, fields):
    fields["Efternamn"].F = 2


def another_text_over(pdf, fields):
    box = fields["Efternamn"].Rect
    look = pdf.make_stream(
        b"BT /Helv 9 Tf 2 6 Td (Annan) Tj ET", Type=Name.XObject, Subtype=Name.Form,
        BBox=Array([0, 0, 150, 20]), Resources=Dictionary(Font=pdf.Root.AcroForm.DR.Font),
    )  # fmt: skip
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=box, F=4, AP=Dictionary(N=look))
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def said_not_shown(_pdf, fields):
    fields["kryss_ny"].AS = Name.Off


def shown_not_said(_pdf, fields):
    fields["kryss_ny"].V = Name.Off


def says_a_state_that_is_not_drawn(_pdf, fields):
    fields["kryss_ny"].V = fields["kryss_ny"].AS = Name.Annat


CONTRADICTIONS = {
    "a hidden field": (hidden, "surname"), "another text over it": (another_text_over, "surname"),
    "ticked but not shown": (said_not_shown, "action"), "shown but not ticked": (shown_not_said, "action"),
    "a state nobody draws": (says_a_state_that_is_not_drawn, "action"),
}  # fmt: skip


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_a_field_that_contradicts_the_page_is_unsure(case):
    change, key = CONTRADICTIONS[case]
    field = the_form(changed(change)).field(key)
    assert (field.value, field.state) == (None, State.UNSURE)


def test_odd_widgets_do_no_harm():
    def odd(pdf, fields):
        fields["Telefon"].Rect = Array([1, 2, 3])
        fields["Kortnr"].Rect = Array([Name.A, 2, 3, 4])
        fields["Ort"].Parent = fields["Ort"]
        del fields["HSA"].FT

    form = the_form(changed(odd, fill_acroform(ORDER)))
    assert form.field("surname").state is State.SURE
