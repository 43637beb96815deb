"""The blank's form fields: made, filled and drawn (ISO 32000-1 §12.7). Judges no value."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.adapters.blank.latin import CAP_HEIGHT as LATIN_CAP_HEIGHT
from bot.adapters.blank.latin import LATIN, drawn, has_letters
from bot.adapters.blank.pen import MM, NARROW
from bot.adapters.blank.plan import Layout, TextField, Tick
from bot.domain.forms import Box

ON = "/Ja"
INK = "0 0 .3 rg"
CROSS = "8"  # in ZapfDingbats
_LARGEST, _READABLE, _SMALLEST = 10.0, 7.5, 4.0  # points, of a value that we fill in
_LEAST = 0.1
_NARROWEST = 0.75  # how far letters are squeezed before they shrink below what is readable
_PAD = 2.0  # points at either end of a value
_PRINT = 4  # annotation flag: shown on paper too
_CAP_HEIGHT = 0.718  # of Helvetica, per point of size
_CROSS_WIDTH, _CROSS_HEIGHT = 0.760, 0.705  # of the cross, per point of size


def add_fields(pdf: Pdf, layout: Layout, values: Mapping[str, str]) -> dict[str, Object]:
    """Add a widget for every entry of *layout*, filled from *values*; return them by field name.

    *values* are texts by field name; "/Ja" ticks a box. A text in other than Latin letters stays
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
    """Tell whether a field can show *text* as it stands: one line in Latin letters."""
    return text.isprintable() and (_western(text) or has_letters(text))


def _western(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


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
    size = _size(widget)
    shown = value if writable(value) else ""
    inside, needed = _written(pdf, shown, size, fonts) if shown else (b"", fonts)
    widget.FT = Name.Tx
    widget.V = pikepdf.String(shown)
    widget.DA = pikepdf.String(f"/Helv 0 Tf {INK}")
    if entry.max_length:
        widget.MaxLen = max(entry.max_length, len(shown))
    widget.AP = Dictionary(N=_appearance(pdf, size, needed, b"/Tx BMC " + inside + b" EMC"))


def _written(
    pdf: Pdf, text: str, box: tuple[float, float], fonts: Dictionary
) -> tuple[bytes, Dictionary]:
    """Return how *text* is written into a field of the size *box*, and the fonts it takes.

    Helvetica is every viewer's own; a text with other letters brings its face along.
    """
    width, height = box
    latin = not _western(text)
    face, cap, widest = (
        (LATIN, LATIN_CAP_HEIGHT, NARROW) if latin else ("Helvetica", _CAP_HEIGHT, 1.0)
    )
    size, squeeze = _fitted(text, face, width - 2 * _PAD, widest)
    clip = f"q 1 1 {width - 2:.2f} {height - 2:.2f} re W n {INK} ".encode()
    y = (height - cap * size) / 2
    if latin:
        words, own = drawn(pdf, text, size, squeeze=squeeze, at=(_PAD, y))
        return clip + words + b" Q", Dictionary(Font=own)
    literal = pikepdf.unparse_content_stream(
        [([pikepdf.String(text.encode("cp1252"))], pikepdf.Operator("Tj"))]
    )
    start = f"BT /Helv {size:.2f} Tf {squeeze * 100:.0f} Tz {_PAD:.2f} {y:.2f} Td ".encode()
    return clip + start + literal + b" ET Q", fonts


def _fitted(text: str, face: str, room: float, widest: float) -> tuple[float, float]:
    """Return size and squeeze that let *text* stand in *room* points.

    First smaller, then narrower while it can still be read from paper, then smaller again; what
    is still too long then is squeezed until it fits.
    """
    size, squeeze = _LARGEST, widest
    while stringWidth(text, face, size) * squeeze > room and squeeze > _LEAST:
        readable = squeeze > widest * _NARROWEST
        if size > (_READABLE if readable else _SMALLEST):
            size -= 0.25
        else:
            squeeze -= 0.01
    return size, squeeze


def _appearance(pdf: Pdf, size: tuple[float, float], fonts: Dictionary, content: bytes) -> Object:
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(size[0], 3), round(size[1], 3)]),
        Resources=fonts,
    )
