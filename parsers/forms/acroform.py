"""What the fields of a fillable PDF hold, by where they stand. Names of fields mean nothing here.

PDF 1.7 §12.7: values are inherited from parents, a button's state is /AS, radio buttons share /V.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pikepdf

from bot.domain.forms import Box
from parsers.pdf.geometry import Affine

_UPWARDS = 16  # parents at most
_MOST = 2_000  # widgets of a page
_LONGEST = 20_000  # bytes of a value or an appearance that are looked at
_UNSEEN = 0b100010  # annotation flags: hidden, no view (§12.5.3)
_PUSH_BUTTON = 1 << 16


class Sort(StrEnum):
    """What kind of field a widget belongs to."""

    TEXT = "text"
    BUTTON = "button"
    SIGNATURE = "signature"


class Look(StrEnum):
    """What the file says about how a widget looks."""

    NONE = "none"  # no appearance: programs draw the value themselves
    BLANK = "blank"  # an appearance that writes nothing
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True, repr=False)
class Widget:
    """One field on the page; *box* in the definition's mm. May hold personal data."""

    sort: Sort
    box: Box
    value: str = ""  # of a text or choice field; several choices joined
    says_on: bool | None = None  # the field's value, of a button; None: it has none
    shows_on: bool | None = None  # the widget's own state; None: not stated
    look: Look = Look.NONE
    off_look: Look = Look.NONE  # of a button that is off
    seen: bool = True
    filled: bool = False  # of a signature field: something is signed

    @property
    def middle(self) -> tuple[float, float]:
        """Return the centre of the box."""
        return (self.box.x0 + self.box.x1) / 2, (self.box.y0 + self.box.y1) / 2


def must_be_redrawn(pdf: pikepdf.Pdf) -> bool:
    """Tell whether the file asks programs to draw the fields anew (NeedAppearances)."""
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and bool(form.get("/NeedAppearances", False))


def widgets(page: pikepdf.Page, way: Affine) -> tuple[Widget, ...]:
    """Return the page's fields, moved by *way* from the file's units."""
    return tuple(_widgets(page, way))


def _widgets(page: pikepdf.Page, way: Affine) -> Iterator[Widget]:
    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    for note in list(notes)[:_MOST]:
        if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/Widget":
            box = _rectangle(note.get("/Rect"), way)
            widget = None if box is None else _widget(note, box)
            if widget is not None:
                yield widget


def _rectangle(corners: object, way: Affine) -> Box | None:
    if not isinstance(corners, pikepdf.Array) or len(corners) != len("xyxy"):
        return None
    try:
        x0, y0, x1, y1 = (float(v) for v in corners)
    except (TypeError, ValueError):
        return None
    return Box(*way.box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _widget(note: pikepdf.Dictionary, box: Box) -> Widget | None:
    seen = not _number(note.get("/F")) & _UNSEEN
    kind, value = _inherited(note, "/FT"), _inherited(note, "/V")
    match str(kind):
        case "/Tx":
            return Widget(Sort.TEXT, box, value=_text(value), look=_look(note), seen=seen)
        case "/Ch":
            shown = _choices(value, _inherited(note, "/Opt"))
            return Widget(Sort.TEXT, box, value=shown, look=_look(note), seen=seen)
        case "/Sig":
            filled = isinstance(value, pikepdf.Dictionary)
            return Widget(Sort.SIGNATURE, box, look=_look(note), seen=seen, filled=filled)
        case "/Btn" if not _number(_inherited(note, "/Ff")) & _PUSH_BUTTON:
            return _button(note, box, value, seen=seen)
        case _:
            return None


def _button(note: pikepdf.Dictionary, box: Box, value: object, *, seen: bool) -> Widget:
    state = note.get("/AS")
    own = _states(note)
    says = None
    if isinstance(value, pikepdf.Name | pikepdf.String):
        chosen = "/" + str(value).removeprefix("/")
        says = chosen != "/Off" and (
            not own or chosen in own or "/Kids" not in note.get("/Parent", {})
        )
    shows = None if state is None else str(state) != "/Off"
    return Widget(
        Sort.BUTTON, box, says_on=says, shows_on=shows, seen=seen,
        look=_look(note, str(state) if shows else (own[0] if own else "")),
        off_look=_look(note, "/Off"),
    )  # fmt: skip


def _states(note: pikepdf.Dictionary) -> tuple[str, ...]:
    """Return the names under which the widget has an appearance when on."""
    normal = _normal(note)
    if isinstance(normal, pikepdf.Stream) or not isinstance(normal, pikepdf.Dictionary):
        return ()
    return tuple(k for k in normal.keys() if k != "/Off")  # noqa: SIM118 - no plain dict


def _normal(note: pikepdf.Dictionary) -> object:
    appearance = note.get("/AP")
    return appearance.get("/N") if isinstance(appearance, pikepdf.Dictionary) else None


def _look(note: pikepdf.Dictionary, state: str | None = None) -> Look:
    drawn = _normal(note)
    if (
        state is not None
        and isinstance(drawn, pikepdf.Dictionary)
        and not isinstance(drawn, pikepdf.Stream)
    ):
        drawn = drawn.get(state) if state else None
    if not isinstance(drawn, pikepdf.Stream):
        return Look.NONE
    return Look.DRAWN if len(drawn.read_raw_bytes()) > 0 else Look.BLANK


def _inherited(note: pikepdf.Dictionary, key: str) -> object:
    """Return *key* of the field, or of the nearest field above it that has it (§12.7.3.1)."""
    here: object = note
    for _step in range(_UPWARDS):
        if not isinstance(here, pikepdf.Dictionary):
            return None
        if key in here:
            return here[key]
        here = here.get("/Parent")
    return None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _text(value: object) -> str:
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes()[:_LONGEST].decode("utf-8", "replace")
    if isinstance(value, pikepdf.Array):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, pikepdf.Name):
        return str(value).removeprefix("/")
    return "" if value is None else str(value)[:_LONGEST]


def _choices(value: object, options: object) -> str:
    """Return what the chosen options are called on the page, not what they export as."""
    shown = {}
    if isinstance(options, pikepdf.Array):
        for option in options:
            if isinstance(option, pikepdf.Array) and len(option) == len("ab"):
                shown[_text(option[0])] = _text(option[1])
    chosen = [_text(v) for v in value] if isinstance(value, pikepdf.Array) else [_text(value)]
    return ", ".join(shown.get(c, c) for c in chosen if c)
