"""The blank's form fields: made, filled and drawn (ISO 32000-1 §12.7). Judges no value."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.adapters.blank.pen import MM
from bot.adapters.blank.plan import Layout, TextField, Tick
from bot.domain.forms import Box

ON = "/Ja"
INK = "0 0 .3 rg"
CROSS = "8"  # in ZapfDingbats
_LARGEST, _SMALLEST = 10.0, 4.0  # points, of a value that we fill in
_PAD = 2.0  # points at either end of a value
_PRINT = 4  # annotation flag: shown on paper too
_CAP_HEIGHT = 0.718  # of Helvetica, per point of size
_CROSS_WIDTH, _CROSS_HEIGHT = 0.760, 0.705  # of the cross, per point of size


def add_fields(pdf: Pdf, layout: Layout, values: Mapping[str, str]) -> dict[str, Object]:
    """Add a widget for every entry of *layout*, filled from *values*; return them by field name.

    *values* are texts by field name; "/Ja" ticks a box. A text that Windows-1252 can't write stays
    out, so that what is printed never differs from what the file holds.
    """
    helvetica = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                   Encoding=Name.WinAnsiEncoding)
    )  # fmt: skip
    dingbats = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    )
    fonts = Dictionary(Font=Dictionary(Helv=helvetica, ZaDb=dingbats))
    page = pdf.pages[0].obj
    widgets: dict[str, Object] = {}
    for entry in layout.entries():
        widget = pdf.make_indirect(_widget(entry, layout.height))
        widget.P = page
        value = values.get(entry.acro, "")
        if isinstance(entry, Tick):
            _make_tick(pdf, widget, fonts, ticked=value == ON)
        else:
            _make_text(pdf, widget, fonts, entry, value)
        widgets[entry.acro] = widget
    page.Annots = Array(widgets.values())
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=Array(widgets.values()),
            DR=fonts,
            DA=pikepdf.String("/Helv 0 Tf 0 g"),
            NeedAppearances=False,
        )
    )
    return widgets


def writable(text: str) -> bool:
    """Tell whether a field can show *text* as it stands: one line of Windows-1252."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return text.isprintable()


def _widget(entry: TextField | Tick, height: float) -> Dictionary:
    box = entry.box if isinstance(entry, Tick) else _where(entry.value)
    corners = (box.x0, height - box.y1, box.x1, height - box.y0)
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        Rect=Array([round(v * MM, 3) for v in corners]),
        F=_PRINT,
        T=pikepdf.String(entry.acro),
        TU=pikepdf.String(_spoken(entry)),
        MK=Dictionary(),
    )


def _where(value: Box) -> Box:
    """Return where typed text stands: low in the cell, so that its size stays modest."""
    return Box(value.x0, value.y0 + 1.2, value.x1, value.y1 - 0.4)


def _spoken(entry: TextField | Tick) -> str:
    """Return what a screen reader says at the field."""
    if isinstance(entry, Tick):
        return f"{entry.group}: {entry.label}" if entry.group else entry.label
    return f"{entry.label}, {entry.hint}" if entry.hint else entry.label


def _size(widget: Object) -> tuple[float, float]:
    x0, y0, x1, y1 = (float(v) for v in widget.Rect)
    return x1 - x0, y1 - y0


def _make_tick(pdf: Pdf, widget: Object, fonts: Dictionary, *, ticked: bool) -> None:
    width, height = _size(widget)
    state = Name(ON if ticked else "/Off")
    size = min(width, height) * 0.95
    x = (width - _CROSS_WIDTH * size) / 2
    y = (height - _CROSS_HEIGHT * size) / 2
    cross = f"q BT /ZaDb {size:.2f} Tf {INK} {x:.2f} {y:.2f} Td ({CROSS}) Tj ET Q".encode()
    widget.FT = Name.Btn
    widget.V = state
    widget.AS = state
    widget.DA = pikepdf.String(f"/ZaDb 0 Tf {INK}")
    widget.MK.CA = pikepdf.String(CROSS)
    widget.AP = Dictionary(N=Dictionary())
    widget.AP.N[ON] = _appearance(pdf, (width, height), fonts, cross)
    widget.AP.N["/Off"] = _appearance(pdf, (width, height), fonts, b"")


def _make_text(pdf: Pdf, widget: Object, fonts: Dictionary, entry: TextField, value: str) -> None:
    width, height = _size(widget)
    shown = value if writable(value) else ""
    room = width - 2 * _PAD
    size = _LARGEST
    while size > _SMALLEST and stringWidth(shown, "Helvetica", size) > room:
        size -= 0.25
    y = (height - _CAP_HEIGHT * size) / 2
    literal = pikepdf.unparse_content_stream(
        [([pikepdf.String(shown.encode("cp1252"))], pikepdf.Operator("Tj"))]
    )
    inside = (
        f"q 1 1 {width - 2:.2f} {height - 2:.2f} re W n "
        f"BT /Helv {size:.2f} Tf {INK} {_PAD:.2f} {y:.2f} Td "
    ).encode() + literal + b" ET Q" if shown else b""  # fmt: skip
    widget.FT = Name.Tx
    widget.V = pikepdf.String(shown)
    widget.DA = pikepdf.String(f"/Helv 0 Tf {INK}")
    if entry.max_length:
        widget.MaxLen = max(entry.max_length, len(shown))
    content = b"/Tx BMC " + inside + b" EMC"
    widget.AP = Dictionary(N=_appearance(pdf, (width, height), fonts, content))


def _appearance(pdf: Pdf, size: tuple[float, float], fonts: Dictionary, content: bytes) -> Object:
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(size[0], 3), round(size[1], 3)]),
        Resources=fonts,
    )
