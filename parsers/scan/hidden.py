"""What a scanner's hidden words say otherwise than the picture over them. Changes no value."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.forms import FieldReading, FormReading, State
from parsers.pdf.content import Char

_NOTE = (
    "Filens dolda textlager säger något annat än bilden i {} fält. Bilden gäller, "
    "så som en människa ser den."
)
_DATED = 12  # digits of an identity number
_READ = (State.SURE, State.UNSURE, State.EMPTY)


def with_note(form: FormReading, chars: Sequence[Char], labels: Sequence[str]) -> FormReading:
    """Return *form*, read from the picture, with a note if *chars* under it say otherwise.

    *labels* are the words printed on the blank: where only they lie under a field, nothing is
    said about its value.
    """
    printed = [folded for label in labels if (folded := _folded(label))]
    printed.sort(key=len, reverse=True)
    count = sum(_differs(field, chars, printed) for field in form.fields)
    if not count:
        return form
    return replace(form, notes=(*form.notes, _NOTE.format(count)))


def _differs(field: FieldReading, chars: Sequence[Char], printed: Sequence[str]) -> bool:
    """Tell whether letters lie under *field* that are not what the picture shows."""
    box = field.box
    if box is None or field.state not in _READ or not isinstance(field.value, str | None):
        return False
    under = _folded(
        "".join(
            c.text for c in chars
            if box.x0 <= c.middle[0] <= box.x1 and box.y0 <= c.middle[1] <= box.y1
        )
    )  # fmt: skip
    for label in printed:
        under = under.removeprefix(label)
    if not under:
        return False
    shown = _folded(field.value or "")
    if not shown:
        return field.state is State.EMPTY
    if shown.isdigit():  # a century and a country may be written or left out
        return not under.endswith((shown, shown[2:] if len(shown) == _DATED else shown[1:]))
    return under != shown


def _folded(text: str) -> str:
    """Return the letters and digits of *text*, without regard to case."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())
