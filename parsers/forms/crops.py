"""What is cut out of a page for a question: each doubtful field alone, nothing of its neighbours.

The identity number is never cut out, nor anything that overlaps its place. Draws no ring.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import numpy as np

from bot.domain.forms import Box, Crop, FieldReading, Signed, State
from parsers.forms.definition import Definition
from parsers.picturing import RESOLUTION, Grey, encoded

Area = Callable[[Box], Grey]  # the page inside a box of the definition, RESOLUTION px/mm

_NEVER = frozenset({"person_id", "protected"})
_IF_EMPTY = frozenset({"action", "surname", "unit", "signed_on", "manager_name"})  # always needed
_SIGNED = (Signed.INK, Signed.DIGITAL)
_AROUND = 1.5  # mm around a square: its mark may run out
_BESIDE = 60.0  # mm to the right of a square: what it says
_WHITE = 255


def crops(
    definition: Definition, fields: Iterable[FieldReading], signed: Signed, area: Area, *,
    hidden: Collection[str] = (),
) -> tuple[Crop, ...]:  # fmt: skip
    """Return a picture of every field that may be asked about, and of an empty signature box.

    *area* gives the page inside a box (mm of the definition) at ``RESOLUTION``; *hidden* names
    fields that hold what must not leave the house.
    """
    keys = [f.key for f in fields if f.key not in _NEVER and f.key not in hidden and _asks(f)]
    if signed not in _SIGNED:
        keys.append("signed")
    pictures = ((key, _alone(definition, key, area)) for key in keys)
    return tuple(Crop(key, png) for key, part in pictures if (png := encoded(part)))


def _asks(field: FieldReading) -> bool:
    return field.state is State.UNSURE or (field.state is State.EMPTY and field.key in _IF_EMPTY)


def _places(definition: Definition, key: str) -> list[Box]:
    """Return the boxes that show the field with its label: a cell, or squares with their words."""
    if key == "signed":
        return [definition.signature.box]
    cells = [spec.cell for spec in definition.fields if spec.key == key]
    return cells or [_with_words(definition, t.box) for t in definition.ticks if t.key == key]


def _with_words(definition: Definition, square: Box) -> Box:
    """Return a square with the words to its right, as far as anything else begins."""
    others = [t.box for t in definition.ticks] + [f.cell for f in definition.fields]
    right = [
        b.x0 - _AROUND for b in others
        if b.x0 > square.x1 and b.y0 < square.y1 and square.y0 < b.y1
    ]  # fmt: skip
    return Box(
        max(0.0, square.x0 - _AROUND),
        max(0.0, square.y0 - _AROUND),
        min([square.x1 + _BESIDE, definition.width, *right]),
        min(definition.height, square.y1 + _AROUND),
    )


def _alone(definition: Definition, key: str, area: Area) -> Grey:
    """Return the field's places on white paper, without whatever of another cell they overlap."""
    places = _places(definition, key)
    if not places:
        return np.zeros((0, 0), dtype=np.uint8)
    x0, y0 = min(p.x0 for p in places), min(p.y0 for p in places)
    x1, y1 = max(p.x1 for p in places), max(p.y1 for p in places)
    whole = np.full((_pixels(y1 - y0), _pixels(x1 - x0)), _WHITE, dtype=np.uint8)
    for place in places:
        part = area(place)
        top, left = _pixels(place.y0 - y0), _pixels(place.x0 - x0)
        high = min(part.shape[0], whole.shape[0] - top)
        wide = min(part.shape[1], whole.shape[1] - left)
        whole[top : top + high, left : left + wide] = part[:high, :wide]
    for other in (*(f.cell for f in definition.fields if f.key != key), *_rest(definition, key)):
        rows = slice(_within(other.y0 - y0, whole.shape[0]), _within(other.y1 - y0, whole.shape[0]))
        columns = slice(
            _within(other.x0 - x0, whole.shape[1]), _within(other.x1 - x0, whole.shape[1])
        )
        whole[rows, columns] = _WHITE
    return whole


def _rest(definition: Definition, key: str) -> list[Box]:
    signed = [] if key == "signed" else [definition.signature.box]
    return [*signed, *(i.cell for i in definition.ignored)]


def _pixels(length: float) -> int:
    return round(length * RESOLUTION)


def _within(length: float, most: int) -> int:
    return min(most, max(0, _pixels(length)))
