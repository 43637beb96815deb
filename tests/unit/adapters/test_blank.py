"""The blank we draw: its fields, its tags, its code, its definition. Reading it is tested apart."""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from bot.adapters.blank.__main__ import EXAMPLE, main
from bot.adapters.blank.fields import writable
from bot.adapters.blank.layout import current
from bot.adapters.blank.pen import MM
from bot.adapters.blank.plan import TextField
from bot.adapters.blank.write import (
    NoSuchFieldError,
    write_blank,
    write_for_unit,
)
from bot.domain.authority import ManagerEntry

FORMS = Path(__file__).parents[3] / "templates" / "forms" / "ek-1"
UNIT = ManagerEntry(
    name="Göran Åkerö", mail="goran.akero@jarfalla.example", unit_id="V112",
    unit="Hemtjänsten Jakobsberg (norra)", valid_from=date(2024, 1, 1),
)  # fmt: skip


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@dataclass(frozen=True)
class Field:
    """One form field, copied out of the file."""

    name: str
    spoken: str
    value: str
    rect: tuple[float, ...]
    keys: frozenset[str]
    max_length: int | None
    drawn: bytes
    source: bytes


def fields(content: bytes) -> list[Field]:
    with opened(content) as pdf:
        return [
            Field(
                str(f.T),
                str(f.TU),
                str(f.V),
                tuple(float(v) for v in f.Rect),
                frozenset(f.keys()),
                int(f.MaxLen) if "/MaxLen" in f else None,
                f.AP.N.read_bytes() if f.FT == "/Tx" else f.AP.N["/Ja"].read_bytes(),
                f.unparse(resolved=True),
            )
            for f in pdf.Root.AcroForm.Fields
        ]


def values(content: bytes) -> dict[str, str]:
    """Return what stands in the fields: /V of those that are neither empty nor Off."""
    return {f.name: f.value for f in fields(content) if f.value not in {"", "/Off"}}


def words(content: bytes) -> str:
    """Return the words of the page as a reader sees them, values included."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    page = document[0]
    page.flatten()
    return str(document[0].get_textpage().get_text_bounded())


def test_the_committed_edition_is_what_the_layout_makes(tmp_path):
    main(tmp_path)
    toml = "2026-11.toml"
    assert (FORMS / toml).read_text("utf-8") == (tmp_path / toml).read_text("utf-8")
    old, new = ((d / "2026-11.pdf").read_bytes() for d in (FORMS, tmp_path))
    assert fields(old) == fields(new)
    with opened(old) as one, opened(new) as other:
        assert one.pages[0].Contents.read_bytes() == other.pages[0].Contents.read_bytes()


def _places(table):
    """Return the rows without the other words that strangers' blanks use for the same field."""
    rows = table if isinstance(table, list) else [table]
    return [{k: v for k, v in row.items() if k != "synonyms"} for row in rows]


def test_the_edition_keeps_keys_words_and_places_of_the_one_before():
    before, now = (
        tomllib.loads((FORMS / f"{version}.toml").read_text("utf-8"))
        for version in ("2026-09", "2026-11")
    )
    for table in ("field", "tick", "signature"):
        assert _places(now[table]) == _places(before[table])
    assert [a["text"] for a in now["anchor"]] == [a["text"] for a in before["anchor"]]


def test_the_same_arguments_give_the_same_bytes():
    assert write_for_unit(EXAMPLE, UNIT) == write_for_unit(EXAMPLE, UNIT)


def test_every_entry_has_one_field_and_fields_do_not_overlap():
    found = fields(write_blank(EXAMPLE))
    assert [f.name for f in found] == [e.acro for e in current().entries()]
    assert len({f.name for f in found}) == len(found) == 47
    boxes = [f.rect for f in found]
    for n, (x0, y0, x1, y1) in enumerate(boxes):
        for a0, b0, a1, b1 in boxes[n + 1 :]:
            assert x1 <= a0 or a1 <= x0 or y1 <= b0 or b1 <= y0


def test_every_value_lies_inside_its_cell_and_every_cell_on_the_page():
    layout = current()
    for entry in layout.entries():
        if isinstance(entry, TextField):
            cell, value = entry.cell, entry.value
            assert cell.x0 < value.x0 < value.x1 < cell.x1
            assert cell.y0 < value.y0 < value.y1 < cell.y1
    boxes = [cell.box for _section, cell in layout.cells()]
    assert all(0 < b.x0 < b.x1 < layout.width and 0 < b.y0 < b.y1 < layout.height for b in boxes)


def test_a_plain_blank_is_empty_and_runs_nothing():
    content = write_blank(EXAMPLE)
    assert values(content) == {}
    assert all(not {"/A", "/AA"} & f.keys for f in fields(content))
    with opened(content) as pdf:
        assert pdf.Root.AcroForm.NeedAppearances is False
        assert not {"/OpenAction", "/AA", "/Names"} & set(pdf.Root.keys())
        assert all(f.F == 4 for f in pdf.Root.AcroForm.Fields)


def test_every_field_is_spoken_and_names_are_never_cut():
    free = {"Fornamn", "Mellannamn", "Efternamn", "Chef_namn", "Epost", "Chef_epost", "Enhet"}
    for field in fields(write_blank(EXAMPLE)):
        assert field.spoken
        if field.name in free:
            assert field.max_length is None
        assert field.max_length is None or field.max_length >= len("20261123-0000")


def test_a_unit_is_filled_in_from_the_register():
    content = write_for_unit(EXAMPLE, UNIT)
    assert values(content) == {
        "Enhet": "Hemtjänsten Jakobsberg (norra)",
        "Chef_namn": "Göran Åkerö",
        "Chef_epost": "goran.akero@jarfalla.example",
    }
    seen = words(content)
    assert all(value in seen for value in values(content).values())


def test_a_value_in_another_script_is_left_for_the_pen():
    assert writable("Șerban Žižić")
    assert not writable("Σωκράτης")
    filled = write_blank(EXAMPLE, prefill={"given_name": "Σωκράτης", "surname": "Ek"})
    assert values(filled) == {"Efternamn": "Ek"}


@pytest.mark.parametrize("name", ["Świętosława", "Erdoğan Işık", "Đorđević", "Șerban", "Dvořák"])
def test_a_value_in_any_latin_letters_is_written_with_a_face_that_the_file_holds(name):
    content = write_blank(EXAMPLE, prefill={"surname": name})
    assert values(content) == {"Efternamn": name}
    assert name in words(content)
    assert name in str(
        pypdfium2.PdfDocument(flattened(content))[0].get_textpage().get_text_bounded()
    )
    with opened(content) as pdf:
        field = next(f for f in pdf.Root.AcroForm.Fields if f.T == "Efternamn")
        [font] = field.AP.N.Resources.Font.values()
        assert "/FontFile2" in font.FontDescriptor


def test_letters_made_of_two_parts_are_put_together():
    assert values(write_blank(EXAMPLE, prefill={"surname": "S\u0301wist"})) == {
        "Efternamn": "Świst"
    }


def test_an_unknown_field_or_tick_is_refused_by_name():
    with pytest.raises(NoSuchFieldError, match="shoe_size"):
        write_blank(EXAMPLE, prefill={"shoe_size": "43"})
    with pytest.raises(NoSuchFieldError, match="perhaps"):
        write_blank(EXAMPLE, prefill={"action": "perhaps"})


@pytest.mark.parametrize("text", ["back\\slash (and) parens", "Ort \\(1", "ÅÄÖ åäö éÉ – €"])
def test_what_is_filled_in_is_what_is_seen(text):
    content = write_blank(EXAMPLE, prefill={"unit": text})
    assert values(content) == {"Enhet": text}
    assert text in words(content)


def test_a_long_value_shrinks_until_all_of_it_is_seen():
    mail = "karl-johan.von-essen-af-flemming@hemtjansten.vallentuna-kommun.example"
    content = write_blank(EXAMPLE, prefill={"manager_mail": mail})
    drawn = next(f.drawn for f in fields(content) if f.name == "Chef_epost")
    assert b"(" + mail.encode() + b")" in drawn
    field = next(e for e in current().entries() if e.key == "manager_mail")
    low, high = field.value.y0 * MM, field.value.y1 * MM
    chars = pdfplumber.open(io.BytesIO(flattened(content))).pages[0].chars
    line = [c for c in chars if low < (c["top"] + c["bottom"]) / 2 < high]
    assert "".join(c["text"] for c in line) == mail
    assert max(c["x1"] for c in line) < field.value.x1 * MM


@pytest.mark.parametrize("letter", ["M", "Ś"])
def test_the_longest_name_in_the_widest_letters_stays_inside_its_cell(letter):
    content = flattened(write_blank(EXAMPLE, prefill={"middle_name": letter * 64}))
    box = next(e.value for e in current().entries() if e.key == "middle_name")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        drawn = [c for c in pdf.pages[0].chars if c["text"] == letter and c["size"] < 6]
    assert len(drawn) == 64
    assert box.x0 * MM < drawn[0]["x0"] < drawn[-1]["x1"] < box.x1 * MM


def flattened(content: bytes) -> bytes:
    with opened(content) as pdf:
        pdf.flatten_annotations("all")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_a_program_that_fills_the_fields_gets_them_drawn():
    with opened(write_blank(EXAMPLE)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.T == "Efternamn":
                field.V = pikepdf.String("Öberg")
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.generate_appearance_streams()
        drawn = [f.AP.N.read_bytes() for f in pdf.Root.AcroForm.Fields if f.T == "Efternamn"]
        out = io.BytesIO()
        pdf.save(out)
    assert "Öberg".encode("cp1252") in drawn[0]
    assert "Öberg" in words(out.getvalue())


def test_a_viewer_draws_a_field_that_has_lost_its_look():
    with opened(write_blank(EXAMPLE)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.T == "Efternamn":
                field.V = pikepdf.String("Öberg")
                del field["/AP"]
        out = io.BytesIO()
        pdf.save(out)
    assert "Öberg" in words(out.getvalue())
