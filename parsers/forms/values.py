"""The value of a text field: what the file says and what the page shows must be one thing.

Witnesses: the fillable form's value, the writing in the cell, ink that no letter explains, and
letters that leave no ink. A disagreement makes the field unsure. Judges no order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bot.domain.forms import Box, FieldReading, How, State
from parsers import swedish
from parsers.forms.acroform import Look, Sort, Widget
from parsers.forms.definition import Kind, TextSpec
from parsers.forms.laid import Laid, Piece, inside, shrunk
from parsers.pdf.content import Char
from parsers.settings import Settings

RIM = 0.7  # mm: along a cell's lines nothing is looked for
_SPECK = 0.25  # mm²: less ink than this is dust
_SPACE = 0.15  # of a line's height: a gap that is a space
_SEEN = 25  # grey levels that a letter must darken the page by somewhere
_DASHES = frozenset("-–—_.")
_SOLID = frozenset(
    ("person_id", "date", "phone", "mail", "hsa_id", "digits")
)  # spaces mean nothing


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """What stands in a cell on the page."""

    text: str
    problem: str | None = None  # why it can't be trusted
    strays: bool = False  # it goes on into a neighbour's cell


def read(spec: TextSpec, laid: Laid, settings: Settings) -> FieldReading:
    """Read the field *spec* of a laid page."""
    written = _written(spec, laid)
    fields = sorted(
        (w for w in laid.widgets if w.sort is Sort.TEXT and inside(spec.cell, w.middle)),
        key=lambda w: (round(w.box.y0), w.box.x0),
    )
    filled = " ".join(w.value for w in fields if w.value.strip())
    how = How.ACROFORM if fields else How.TEXT
    box = laid.on_page(spec.cell)
    problem = _disagreement(spec, fields, filled, written, laid, settings)
    if problem is not None:
        return FieldReading(spec.key, None, State.UNSURE, how, 0.0, laid.number, box, problem)
    text = filled or written.text
    problem = written.problem or (
        "unsure" if (written.strays and not filled) or spec.key in laid.doubts else None
    )
    if not text or set(text) <= _DASHES:
        if problem is None and not laid.is_there(spec.cell, line=spec.line):
            return FieldReading(spec.key, None, State.MISSING, how, 0.0, laid.number, box)
        state = State.EMPTY if problem is None else State.UNSURE
        return FieldReading(
            spec.key, None, state, how, float(problem is None), laid.number, box, problem
        )
    value = normalise(text, spec.kind, settings)
    problem = problem or value.problem
    if problem is not None:
        return FieldReading(
            spec.key, value.value, State.UNSURE, how, 0.3, laid.number, box, problem
        )
    sureness = 0.95 if value.corrected and spec.kind == "person_id" else 1.0
    return FieldReading(spec.key, value.value, State.SURE, how, sureness, laid.number, box)


def normalise(text: str, kind: Kind, settings: Settings) -> swedish.Normalised:
    """Return the comparable value of *text* in a field of the given *kind*."""
    if any(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in text):
        return swedish.Normalised(None, "unreadable")
    match kind:
        case "person_id":
            return swedish.person_id(text, settings.today)
        case "date":
            return swedish.day(text, settings.today)
        case "unit":
            return swedish.unit(text, settings.units)
        case _:
            return _PLAIN_KINDS[kind](text)


_PLAIN_KINDS: dict[str, Callable[[str], swedish.Normalised]] = {
    "name": swedish.name,
    "mail": swedish.mail,
    "phone": swedish.phone,
    "hsa_id": swedish.hsa_id,
    "digits": swedish.digits,
    "text": swedish.free,
}


def _disagreement(
    spec: TextSpec, fields: Sequence[Widget], filled: str, written: Written, laid: Laid,
    settings: Settings,
) -> str | None:  # fmt: skip
    """Return the problem when the file's value and the page's show two different things."""
    if filled:
        if not all(w.seen for w in fields if w.value.strip()):
            return "disagree"
        if not written.text:
            redrawn = laid.redrawn or all(w.look is Look.NONE for w in fields if w.value.strip())
            return None if redrawn else "disagree"
        return None if _same(filled, written.text, spec.kind, settings) else "disagree"
    return None


def _same(one: str, two: str, kind: Kind, settings: Settings) -> bool:
    if _plain(one) == _plain(two):
        return True
    first, second = normalise(one, kind, settings), normalise(two, kind, settings)
    known = first.problem is None and second.problem is None
    return known and kind in _SOLID and first.value == second.value


def _plain(text: str) -> str:
    return "".join(swedish.squeeze(unicodedata.normalize("NFKC", text)).split())


def _written(spec: TextSpec, laid: Laid) -> Written:
    """Return what is written in the cell, whole words even where they leave it."""
    near = laid.writing.pieces_in(spec.cell)
    own = [p for p in near if inside(spec.cell, p.chars[0].middle)]
    late = [p for p in near if not inside(spec.cell, p.chars[0].middle)]
    chars = [c for p in own for c in p.chars]
    strays = any(_elsewhere(p, spec, laid) for p in own) or any(_enters(p, spec) for p in late)
    problem = _fault(spec, laid, chars)
    return Written(line_up(own), problem, strays)


def _elsewhere(piece: Piece, spec: TextSpec, laid: Laid) -> bool:
    """Tell whether *piece* goes on into another field's cell."""
    out = [c.middle for c in piece.chars if not inside(spec.cell, c.middle)]
    return any(inside(f.cell, middle) for middle in out for f in laid.definition.fields)


def _enters(piece: Piece, spec: TextSpec) -> bool:
    """Tell whether *piece*, begun outside any cell, comes into this one."""
    return any(inside(shrunk(spec.cell, RIM), c.middle) for c in piece.chars)


def _fault(spec: TextSpec, laid: Laid, chars: Sequence[Char]) -> str | None:
    ink = strange_ink(laid, spec.cell)
    if ink is not None:
        lines = [c for c in chars if c.y0 < ink.y1 and ink.y0 < c.y1]
        crossed = any(ink.x0 < c.x1 and c.x0 < ink.x1 for c in lines)
        return "struck" if crossed else "unreadable"
    if any(c.unseen or not leaves_ink(laid, c) for c in chars if inside(spec.cell, c.middle)):
        return "unreadable"
    if any(_covers(a, b) for a, b in pairwise(sorted(chars, key=lambda c: (round(c.y1), c.x0)))):
        return "unreadable"
    return None


def strange_ink(laid: Laid, cell: Box) -> Box | None:
    """Return the box around ink in *cell* that is neither text nor of the blank, if any."""
    area = shrunk(cell, RIM)
    dark = laid.strange(area)
    scale = laid.ink.scale
    if float(dark.sum()) < _SPECK * scale * scale:
        return None
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return Box(
        area.x0 + columns[0] / scale, area.y0 + rows[0] / scale,
        area.x0 + columns[-1] / scale, area.y0 + rows[-1] / scale,
    )  # fmt: skip


def leaves_ink(laid: Laid, char: Char) -> bool:
    """Tell whether the letter darkens or lightens the page where it stands."""
    box = Box(char.x0 - 0.1, char.y0, char.x1 + 0.1, char.y1)
    whole = laid.area(laid.ink.whole, box).astype(np.int16)
    bare = laid.area(laid.ink.bare, box).astype(np.int16)
    return bool(whole.size) and int(np.abs(whole - bare).max()) > _SEEN


def _covers(one: Char, two: Char) -> bool:
    """Tell whether two letters of different runs lie on top of each other."""
    if one.run == two.run:
        return False
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    least = min(one.x1 - one.x0, two.x1 - two.x0)
    return high > 0 and wide > least / 2 > 0


def line_up(pieces: Sequence[Piece]) -> str:
    """Return the text of *pieces* line by line, with spaces where there are gaps."""
    chars = sorted((c for p in pieces for c in p.chars), key=lambda c: c.middle[1])
    lines: list[list[Char]] = []
    for char in chars:
        high = char.y1 - char.y0
        if lines and abs(lines[-1][0].middle[1] - char.middle[1]) < high / 2:
            lines[-1].append(char)
        else:
            lines.append([char])
    texts = [_line(sorted(line, key=lambda c: c.x0)) for line in lines]
    return " ".join(texts)


def _line(chars: Sequence[Char]) -> str:
    text = chars[0].text
    for last, char in pairwise(chars):
        gap = char.x0 - last.x1 > _SPACE * max(char.y1 - char.y0, last.y1 - last.y0)
        text += " " + char.text if gap else char.text
    words = text.split()
    if len(words) > 3 and all(len(w) == 1 for w in words):  # noqa: PLR2004 - one letter a box
        return "".join(words)
    return text
