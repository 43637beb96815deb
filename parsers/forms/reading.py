"""One page to one form: laid on its definition, every field read. Judges no order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import compress

import numpy as np
import pikepdf
from PIL import Image

from bot.domain.forms import Box, FieldReading, FormReading, How, State
from bot.domain.values import masked
from parsers.forms import signature, ticks, values
from parsers.forms.acroform import widgets
from parsers.forms.crops import Area, crops
from parsers.forms.definition import Definition
from parsers.forms.fit import Fit, absent, best, fit
from parsers.forms.laid import Laid, Writing, blank_of, furniture, inside, shrunk
from parsers.forms.layout import Layout, lay_out, printed_version
from parsers.forms.outcome import Foreign, Pictured
from parsers.forms.phrases import SQUARES, Text, upright
from parsers.pdf.content import Char, moved_boxes
from parsers.pdf.geometry import Affine
from parsers.pdf.page import Grey, Sheet
from parsers.picturing import RESOLUTION
from parsers.settings import Settings

_SEEN = 0.5  # of the labels must leave ink
PICTURE = 0.3  # of the page: a picture that may be a scan
FEW = 30  # letters: a page with fewer is empty but for its picture
_STILL = 0.02  # mm: no move
_BESIDE = 2.0  # mm around a square: writing here is in its picture
_NAMED = 4  # missing labels that a reason names


def read_page(
    sheet: Sheet, page: pikepdf.Page, definitions: Sequence[Definition], settings: Settings, *,
    redrawn: bool = False,
) -> FormReading | Foreign | Pictured:  # fmt: skip
    """Read *sheet*, which pikepdf knows as *page*, as one of *definitions*.

    *redrawn* tells that programs are asked to draw the file's fields anew.
    """
    text = upright(sheet.chars(), sheet.width, sheet.height)
    found = _fitting(text, definitions)
    layout = None if found else lay_out(text, definitions, lambda: sheet.outlines(text.way))
    if found is None and layout is None:
        return _foreign(sheet, text, definitions)
    way = text.way.then(found.way) if found else text.way
    laid = _laid(sheet, page, text, way, found=found, layout=layout, redrawn=redrawn)
    if not _labels_are_seen(laid):
        return Pictured()
    version = printed_version(text)
    if found is not None:
        version = found.definition.version
    missing = found.missing if found else layout.missing if layout else ()
    return _form(laid, version, missing, definitions, settings)


def _fitting(text: Text, definitions: Sequence[Definition]) -> Fit | None:
    """Return the edition that lies on the page; an edition printed on it rules out others."""
    version = printed_version(text)
    named = [d for d in definitions if d.version_text and text.contains(d.version_text)]
    if version is not None and not named:
        candidates = [d for d in definitions if not d.version_text]
    else:
        candidates = named or list(definitions)
    return best([f for d in candidates if (f := fit(text, d)) is not None])


def _laid(
    sheet: Sheet, page: pikepdf.Page, text: Text, way: Affine, *, found: Fit | None,
    layout: Layout | None, redrawn: bool,
) -> Laid:  # fmt: skip
    definition = found.definition if found else layout.definition  # type: ignore[union-attr]
    moved = _moved(text.chars, found.way) if found else text.chars
    blank = blank_of(definition)
    doubts: frozenset[str] = frozenset()
    if layout is not None:
        labels = {i for f in layout.labels for i in range(f.begun, f.last + 1)}
        own_words = [i in labels for i in range(len(moved))]
        blank = furniture(definition, layout.grid)
        doubts = layout.doubts | _like_labels(definition, own_words, moved)
    else:
        own_words = blank.printed_among(moved) if blank else [False] * len(moved)
    printed = tuple(compress(moved, own_words))
    return Laid(
        number=sheet.number,
        definition=definition,
        ink=sheet.ink(way, definition.width, definition.height),
        writing=Writing(c for c, own_word in zip(moved, own_words, strict=True) if not own_word),
        printed=printed,
        squares=tuple(c for c in printed if c.text in SQUARES),
        blank=blank,
        widgets=widgets(page, sheet.to_paper.then(way)),
        redrawn=redrawn,
        doubts=doubts,
        to_page=way.inverse(),
    )


def _like_labels(
    definition: Definition, labels: Sequence[bool], chars: Sequence[Char]
) -> frozenset[str]:
    """Return the fields that hold text set just like the labels while the values are not.

    It may be printed advice, such as "ÅÅÅÅMMDD-NNNN", or a value; nobody can tell.
    """
    styles = {_style(c) for c in compress(chars, labels)}
    others = [c for c, label in zip(chars, labels, strict=True) if not label]
    if sum(_style(c) not in styles for c in others) < FEW:
        return frozenset()
    return frozenset(
        f.key for f in definition.fields
        if any(_style(c) in styles and inside(f.cell, c.middle) for c in others)
    )  # fmt: skip


def _style(char: Char) -> tuple[str, float]:
    return char.font, round(char.y1 - char.y0, 1)


def _moved(chars: Sequence[Char], way: Affine) -> tuple[Char, ...]:
    corners = ((0, 0), (300, 0), (0, 300))  # mm
    if all(math.dist(way.point(*at), at) < _STILL for at in corners):
        return tuple(chars)
    boxes = moved_boxes([c[1:5] for c in chars], way)
    return tuple(c.placed(box) for c, box in zip(chars, boxes, strict=True))


def _labels_are_seen(laid: Laid) -> bool:
    """Tell whether the page's words leave ink; under a scan lie words that nobody sees."""
    sample = laid.printed[:: max(1, len(laid.printed) // 60)]
    seen = [values.leaves_ink(laid, c) for c in sample]
    return not seen or float(np.mean(seen)) >= _SEEN


def _form(
    laid: Laid, version: str | None, missing: tuple[str, ...],
    definitions: Sequence[Definition], settings: Settings,
) -> FormReading:  # fmt: skip
    definition = laid.definition
    readings = {spec.key: values.read(spec, laid, settings) for spec in definition.fields}
    for key in dict.fromkeys(t.key for t in definition.ticks):
        group = [t for t in definition.ticks if t.key == key]
        readings[key] = ticks.read_group(key, group, laid)
    fields = tuple(
        readings.get(key) or FieldReading(key, None, State.MISSING, How.TEXT, 0.0, laid.number)
        for key in _all_keys(definition.form, definitions)
    )
    signed = signature.read(laid)
    return FormReading(
        form=definition.form,
        version=version,
        pages=(laid.number,),
        fields=fields,
        signed=signed,
        missing_anchors=missing,
        crops=crops(definition, fields, signed, _area(laid), hidden=_with_numbers(laid)),
    )


def _area(laid: Laid) -> Area:
    """Return what draws a part of the page for a picture; a page too large is drawn coarser."""

    def area(box: Box) -> Grey:
        part = laid.area(laid.ink.whole, box)
        if laid.ink.scale == RESOLUTION or not part.size:
            return part
        by = RESOLUTION / laid.ink.scale
        size = (max(1, round(part.shape[1] * by)), max(1, round(part.shape[0] * by)))
        return np.asarray(Image.fromarray(np.ascontiguousarray(part)).resize(size))

    return area


def _with_numbers(laid: Laid) -> frozenset[str]:
    """Return the fields in which an identity number is written, or goes on from another cell."""
    cells = {f.key: f.cell for f in laid.definition.fields}
    number = cells.get("person_id")
    boxes = [*cells.items(), *((t.key, shrunk(t.box, -_BESIDE)) for t in laid.definition.ticks)]
    boxes.append(("signed", laid.definition.signature.box))
    found = set()
    for key, cell in boxes:
        for piece in laid.writing.pieces_in(cell):
            line = "".join(c.text for c in laid.writing.chars_in(cell))
            strays = number is not None and any(inside(number, c.middle) for c in piece.chars)
            if strays or masked(piece.text) != piece.text or masked(line) != line:
                found.add(key)
    return frozenset(found)


def _all_keys(form: str, definitions: Sequence[Definition]) -> tuple[str, ...]:
    """Return the keys of every edition of *form*, in the newest edition's order."""
    return tuple(dict.fromkeys(k for d in definitions if d.form == form for k in d.all_keys()))


def _foreign(sheet: Sheet, text: Text, definitions: Sequence[Definition]) -> Foreign | Pictured:
    if sheet.picture() > PICTURE and sum(not c.unseen for c in text.chars) < FEW:
        return Pictured()
    if not text.chars and sheet.is_clean():
        return Foreign(empty=True)
    nearest = min(definitions, key=lambda d: len(absent(text, d)) / len(d.anchors), default=None)
    if nearest is None:
        return Foreign("Ingen blankett är inlagd att jämföra med.")
    lacking = absent(text, nearest)
    part = 1 - len(lacking) / len(nearest.anchors)
    if part < 0.2:  # noqa: PLR2004 - what any form has in common: names, dates
        return Foreign()
    examples = ", ".join(f"”{label}”" for label in lacking[:_NAMED])
    return Foreign(f"Sidan liknar blanketten {nearest.form} men det här saknas: {examples}.")
