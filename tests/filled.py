"""The blank EK-1 filled in as people and programs do it. Holds no test.

Every identity number is one of Skatteverket's official test numbers; everybody is invented.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from bot.domain.forms import Box
from parsers.forms.definition import Definition, TextSpec, TickSpec, load
from tests.paper import MM, lay_down, saved

ROOT = Path(__file__).resolve().parents[1]
FORMS = ROOT / "templates" / "forms"
GOLDEN = ROOT / "tests" / "golden"
EDITION = "2026-09"
Values = Mapping[str, Any]
Sign = Literal["ink", "initials", "speck", "name"] | None

_GIVEN = ("Åsa", "Nour", "Björn", "Zeynep", "Göran", "Anna-Karin", "Kwame", "Märta")
_SURNAMES = ("Öberg", "von Essen", "García Pérez", "O'Connor", "Ängquist", "Lundqvist", "El Amrani")


@lru_cache
def definition(edition: str = EDITION) -> Definition:
    """Return the definition of an edition."""
    return next(d for d in load(FORMS) if d.version == edition)


@lru_cache
def managers() -> tuple[dict[str, str], ...]:
    """Return the register of managers."""
    with (GOLDEN / "managers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def units() -> tuple[tuple[str, str], ...]:
    """Return the register's units as the reader's settings want them."""
    return tuple((row["unit_id"], row["unit"]) for row in managers())


@lru_cache
def numbers() -> tuple[str, ...]:
    """Return test numbers of people who are grown up and below 70 in November 2026."""
    raw = lzma.decompress((GOLDEN / "identity" / "personnummer.txt.xz").read_bytes())
    return tuple(n for n in raw.decode("ascii").split() if "1958" < n < "2006")


def an_order(
    n: int = 0,
    action: str = "new",
    *,
    manager: str = "goran.noren@jarfalla.example",
    **changes: Any,
) -> dict[str, Any]:
    """Return the values of a valid order, the *n*-th person's, for the *manager*'s unit."""
    row = next(r for r in managers() if r["mail"] == manager)
    given, surname = _GIVEN[n % len(_GIVEN)], _SURNAMES[n % len(_SURNAMES)]
    plain = surname.casefold().translate(str.maketrans("åäöéí", "aaoei", " '"))
    values = {
        "action": action, "person_id": numbers()[(n * 617) % len(numbers())],
        "given_name": given, "surname": surname, "unit": row["unit"],
        "signed_place": "Järfälla", "signed_on": "2026-11-20",
        "manager_name": row["name"], "manager_mail": row["mail"],
    }  # fmt: skip
    if action == "cancel":
        values |= {"last_day": "2026-12-31", "end_reason": "left"}
    else:
        values |= {
            "mail": f"{plain}{n}@jarfalla.example", "phone": f"07017406{n % 90 + 5:02d}",
            "title": "Undersköterska", "effective_from": "2026-12-01",
        }  # fmt: skip
    if action == "new":
        values |= {"employment": "permanent", "employed_from": "2026-12-01", "card_order": True}
    return {k: v for k, v in (values | changes).items() if v is not None}


def fill_acroform(
    values: Values, *, sign: Sign = "ink", on: str = "Ja",
    look: Literal["drawn", "none", "blank"] = "drawn", redraw: bool = False,
    flatten: bool = False, shown: Values | None = None,
) -> bytes:  # fmt: skip
    """Fill the fillable blank.

    *on* names the state of a ticked box; *look* tells what appearances the program leaves;
    *redraw* sets NeedAppearances; *shown* gives appearances that differ from the values.
    """
    with pikepdf.open(FORMS / "ek-1" / f"{EDITION}-fillable.pdf") as pdf:
        form, page = pdf.Root.AcroForm, pdf.pages[0]
        drawn = dict(values) | dict(shown or {})
        for field, spec in _matched(form.Fields):
            if isinstance(spec, TickSpec):
                _set_button(pdf, field, on, ticked=spec.value in _chosen(values.get(spec.key)))
            elif values.get(spec.key) or drawn.get(spec.key):
                field.V = String(str(values.get(spec.key, "")))
                _set_look(pdf, field, str(drawn.get(spec.key, "")), look)
        form.NeedAppearances = redraw
        _sign(pdf, page, sign)
        if flatten:
            lay_down(pdf)
        return saved(pdf)


def write_on(pdf: pikepdf.Pdf, name: str, text: str) -> None:
    """Type *text* in the field *name* of a form that somebody else has begun."""
    field = next(f for f in pdf.Root.AcroForm.Fields if str(f.T) == name)
    field.V = String(text)
    _set_look(pdf, field, text, "drawn")


def fill_flat(
    values: Values, *, sign: Sign = "ink", how: Literal["text", "notes"] = "text",
    tick: Literal["cross", "check", "letter", "dingbat", "square", "notes"] = "cross",
    extra: str = "", size: float = 9.5, edition: str = EDITION,
) -> bytes:  # fmt: skip
    """Type on the flat blank, as page content or as FreeText annotations; *extra* is drawn last."""
    with pikepdf.open(FORMS / "ek-1" / f"{edition}.pdf") as pdf:
        page, ops = pdf.pages[0], []
        fonts = {"/FHelv": _font("Helvetica"), "/FZapf": _font("ZapfDingbats")}
        for name, font in fonts.items():
            page.obj.Resources.Font[name] = pdf.make_indirect(font)
        for spec in definition(edition).fields:
            text = str(values.get(spec.key) or "")
            if text and how == "notes":
                _note(pdf, page, spec.value, text)
            elif text:
                ops.append(_typed(spec.value, text, size))
        for box in definition(edition).ticks:
            if box.value in _chosen(values.get(box.key)):
                mark = _mark(box.box, "cross" if tick == "notes" else tick)
                if tick == "notes":
                    _ink(pdf, page, _grown(box.box, 1), mark)
                else:
                    ops.append(mark)
        page.contents_add(pdf.make_stream("\n".join([*ops, extra]).encode("cp1252")))
        _sign(pdf, page, sign, edition)
        return saved(pdf)


def _matched(fields: Iterable[Any]) -> Iterator[tuple[Any, TextSpec | TickSpec]]:
    page = definition().height
    for field in fields:
        x0, y0, x1, y1 = (float(v) / MM for v in field.Rect)
        x, y = (x0 + x1) / 2, page - (y0 + y1) / 2
        specs: list[TextSpec | TickSpec] = [*definition().fields, *definition().ticks]
        yield field, next(s for s in specs if _holds(s, x, y))


def _holds(spec: TextSpec | TickSpec, x: float, y: float) -> bool:
    box = spec.box if isinstance(spec, TickSpec) else spec.value
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _chosen(value: Any) -> tuple[Any, ...]:
    if value is None or value is False:
        return ()
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _set_button(pdf: pikepdf.Pdf, field: Any, on: str, *, ticked: bool) -> None:
    state = Name("/" + on)
    wide, high = _size(field)
    cross = f"0 0 .3 RG 1.2 w 2 2 m {wide - 2:.2f} {high - 2:.2f} l 2 {high - 2:.2f} m {wide - 2:.2f} 2 l S"
    field.AP = Dictionary(
        N=Dictionary(
            {str(state): _form(pdf, cross, wide, high), "/Off": _form(pdf, "", wide, high)}
        )
    )
    field.V = field.AS = state if ticked else Name.Off


def _set_look(pdf: pikepdf.Pdf, field: Any, text: str, look: str) -> None:
    if "/AP" in field:
        del field.AP
    if look == "none":
        return
    wide, high = _size(field)
    written = f"/Tx BMC q BT 0 0 .3 rg /Helv 9.5 Tf 2 {high / 2 - 3.5:.2f} Td ({_escaped(text)}) Tj ET Q EMC"
    field.AP = Dictionary(N=_form(pdf, written if look == "drawn" else "/Tx BMC EMC", wide, high))


def _size(field: Any) -> tuple[float, float]:
    x0, y0, x1, y1 = (float(v) for v in field.Rect)
    return x1 - x0, y1 - y0


def _form(pdf: pikepdf.Pdf, ops: str, wide: float, high: float, **more: Any) -> Any:
    return pdf.make_stream(
        ops.encode("cp1252"), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, wide, high]),
        Resources=Dictionary(Font=Dictionary(Helv=_font("Helvetica"))), **more,
    )  # fmt: skip


def _font(name: str) -> Dictionary:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + name))
    if name != "ZapfDingbats":
        font.Encoding = Name.WinAnsiEncoding
    return font


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _typed(box: Box, text: str, size: float, font: str = "FHelv") -> str:
    x, y = box.x0 * MM + 3, (297 - box.y1) * MM + 5
    return f"BT 0 g /{font} {size} Tf {x:.2f} {y:.2f} Td ({_escaped(text)}) Tj ET"


def _grown(box: Box, by: float) -> Box:
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def _mark(box: Box, kind: str) -> str:
    x0, y0, x1, y1 = box.x0 * MM, (297 - box.y1) * MM, box.x1 * MM, (297 - box.y0) * MM
    match kind:
        case "cross":
            return f"0 0 .6 RG 1 w {x0 + 1} {y0 + 1} m {x1 - 1} {y1 - 1} l {x0 + 1} {y1 - 1} m {x1 - 1} {y0 + 1} l S"
        case "check":  # its tail runs out of the square
            return f"0 0 .6 RG 1.3 w {x0 + 1} {y0 + 5} m {x0 + 4} {y0 + 1} l {x1 + 3} {y1 + 4} l S"
        case "letter":
            return f"BT 0 g /FHelv 9 Tf {x0 + 1.7:.2f} {y0 + 1.6:.2f} Td (X) Tj ET"
        case "dingbat":
            return f"BT 0 g /FZapf 9 Tf {x0 + 1.2:.2f} {y0 + 1.6:.2f} Td (4) Tj ET"
        case _:
            return f"0 g {x0 + 1.5} {y0 + 1.5} {x1 - x0 - 3} {y1 - y0 - 3} re f"


def scribble(box: Box, kind: Literal["ink", "initials", "speck"] = "ink") -> str:
    """Return strokes as a pen leaves them inside *box*."""
    x, y = box.x0 * MM + 60, (297 - box.y1) * MM + 12
    if kind == "speck":
        return f"0 g {x} {y} .8 .8 re f {x + 40} {y + 9} .6 .6 re f"
    steps = 18 if kind == "ink" else 6
    points = [(x + 8 * n, y + (20 if n % 2 else 2) + (n * 7) % 11) for n in range(steps)]
    path = " ".join(f"{px:.1f} {py:.1f} {'l' if n else 'm'}" for n, (px, py) in enumerate(points))
    return f"0 0 .5 RG 1.2 w 1 J {path} S"


def _sign(pdf: pikepdf.Pdf, page: Any, sign: Sign, edition: str = EDITION) -> None:
    box = definition(edition).signature.box
    if sign == "name":
        _note(pdf, page, Box(box.x0 + 20, box.y0 + 6, box.x1, box.y1 - 2), "Göran Norén")
    elif sign is not None:
        _ink(pdf, page, box, scribble(box, sign))


def _rectangle(box: Box) -> list[float]:
    return [box.x0 * MM, (297 - box.y1) * MM, box.x1 * MM, (297 - box.y0) * MM]


def _annotate(pdf: pikepdf.Pdf, page: Any, note: Dictionary) -> None:
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(pdf.make_indirect(note))


def _ink(pdf: pikepdf.Pdf, page: Any, box: Box, ops: str) -> None:
    rect = Array(_rectangle(box))
    look = pdf.make_stream(ops.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=rect)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Ink, Rect=rect, F=4, AP=Dictionary(N=look))
    _annotate(pdf, page, note)


def _note(pdf: pikepdf.Pdf, page: Any, box: Box, text: str) -> None:
    rect = _rectangle(box)
    wide, high = rect[2] - rect[0], rect[3] - rect[1]
    look = _form(
        pdf,
        f"BT 0 0 .3 rg /Helv 9.5 Tf 2 {high / 2 - 3.5:.2f} Td ({_escaped(text)}) Tj ET",
        wide,
        high,
    )
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array(rect), F=4, Contents=String(text),
        DA=String("/Helv 9.5 Tf"), AP=Dictionary(N=look),
    )  # fmt: skip
    _annotate(pdf, page, note)
