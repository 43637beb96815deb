"""Squares: ticked, empty or doubtful, by ink, by letters set in them and by the file's own state.

A tick struck out, beside its square, or contradicted by the file is doubtful. Judges no order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.domain.forms import Box, FieldReading, How, State, Value
from parsers.forms.acroform import Look, Sort, Widget
from parsers.forms.definition import MANY, TickSpec
from parsers.forms.laid import Laid, Mask, inked, inside, shrunk
from parsers.forms.phrases import SQUARES

_MARKED = 0.1  # of the square's inside inked: a mark
_CLEAN = 0.01  # less: nothing
_DENSE = 0.8  # more: filled
_AROUND = 6.0  # mm around a square in which its tick may run out
_OVERHANG = 1.4  # mm: a mark that passes both sides by this much crosses the square out
_FEW_PIXELS = 8
_REACH = 0.8  # mm from a square: ink here hangs together with what is in it
_PALE = 195  # grey level: no line here
_CLOSE = 0.3  # mm: a square further off its place is not the one meant
_ALONG = 0.55  # of a side must be there: of a ring no more runs close to the box around it
_BESIDE = 1.2  # mm: a mark this near an empty square may belong to it
_TICKS = frozenset("xX×✓✔✗✘✕✖√vV■●•☒☑🗹🗷\uf0fe\uf0fd\uf078")
_TICKED_SQUARES = frozenset("☑☒■●🗹🗷\uf0fe\uf0fd")
_SYMBOL_FONTS = ("dingbat", "wingding", "webding", "symbol")


class Mark(StrEnum):
    """What a square holds."""

    ON = "on"
    OFF = "off"
    UNSURE = "unsure"
    GONE = "gone"  # there is no square


@dataclass(frozen=True, slots=True)
class Ticked:
    """One square's mark and by which reader it came."""

    mark: Mark
    how: How = How.TEXT


def read_group(key: str, specs: Sequence[TickSpec], laid: Laid) -> FieldReading:
    """Read the squares that together say *key*."""
    ticked = [look(spec, laid) for spec in specs]
    chosen = [s for s, t in zip(specs, ticked, strict=True) if t.mark is Mark.ON]
    how = How.ACROFORM if any(t.how is How.ACROFORM for t in ticked) else How.TEXT
    place = chosen[0] if chosen else specs[0]
    box = laid.on_page(place.box)
    marks = {t.mark for t in ticked}
    doubtful = Mark.UNSURE in marks or key in laid.doubts
    value: Value = None
    problem, state = None, State.SURE if chosen else State.EMPTY
    if key in MANY:
        value = tuple(str(s.value) for s in chosen)
    elif len(chosen) > 1:
        state, problem = State.UNSURE, "too_many"
    elif chosen:
        value = chosen[0].value
    if Mark.GONE in marks and not chosen:
        state = State.MISSING
    elif doubtful or Mark.GONE in marks:
        state = State.UNSURE
    sureness = {State.SURE: 1.0, State.EMPTY: 1.0, State.UNSURE: 0.3}.get(state, 0.0)
    return FieldReading(key, value, state, how, sureness, laid.number, box, problem)


def look(spec: TickSpec, laid: Laid) -> Ticked:
    """Return what stands in one square."""
    letters = laid.writing.chars_in(shrunk(spec.box, -0.6))
    squares = [c for c in (*letters, *laid.squares) if c.text in SQUARES
               and inside(spec.box, c.middle)]  # fmt: skip
    if squares:
        others = sum(c.text not in SQUARES for c in letters)
        changed = squares[0] in letters  # not as the blank prints it
        return Ticked(_by_letter_square(squares[0].text, others, spec, laid, changed=changed))
    drawn = _by_ink(spec, laid)
    if not laid.has_edges(spec.box, _CLOSE, _ALONG):
        return Ticked(Mark.GONE if drawn is Mark.OFF else Mark.UNSURE)
    if letters and drawn is not Mark.OFF:
        known = all(_is_tick(c.text, c.font) for c in letters)
        drawn = Mark.ON if known and drawn is Mark.ON else Mark.UNSURE
    button = next(
        (
            w
            for w in laid.widgets
            if w.sort is Sort.BUTTON and inside(shrunk(spec.box, -1), w.middle)
        ),
        None,
    )
    if button is None:
        return Ticked(_unless_dense(spec, laid, drawn, letters=bool(letters)))
    return Ticked(_with_button(button, drawn, spec, laid), How.ACROFORM)


def _is_tick(letter: str, font: str) -> bool:
    symbols = any(name in font.casefold() for name in _SYMBOL_FONTS)
    return letter in _TICKS or (symbols and letter in "345678lnuHü¤þý")


def _by_letter_square(
    square: str, others: int, spec: TickSpec, laid: Laid, *, changed: bool
) -> Mark:
    """Read a square that is set as a letter by what is inked inside its outline.

    Fonts of symbols often say wrongly which symbol a letter is, so the ink must agree.
    """
    dark = inked(laid.area(laid.ink.whole, spec.box))
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if len(rows) < _FEW_PIXELS or len(columns) < _FEW_PIXELS:
        return Mark.UNSURE
    rim = round(len(columns) * 0.25)
    inner = dark[rows[0] + rim : rows[-1] + 1 - rim, columns[0] + rim : columns[-1] + 1 - rim]
    share = float(inner.mean()) if inner.size else 0.0
    if share <= _CLEAN and not others:
        return Mark.OFF if square not in "☑☒" else Mark.UNSURE
    if (
        share < _MARKED
        or others
        or (share > _DENSE and not (changed and square in _TICKED_SQUARES))
    ):
        return Mark.UNSURE
    return Mark.ON


def _with_button(button: Widget, drawn: Mark, spec: TickSpec, laid: Laid) -> Mark:
    said = {s for s in (button.says_on, button.shows_on) if s is not None}
    if len(said) > 1 or not button.seen:
        return Mark.UNSURE
    if True in said:
        if drawn is Mark.ON:
            return Mark.ON
        undrawn = button.look is Look.NONE and button.off_look is Look.NONE
        return Mark.ON if drawn is Mark.OFF and (undrawn or laid.redrawn) else Mark.UNSURE
    if drawn is Mark.ON and button.off_look is Look.DRAWN:
        return Mark.UNSURE
    return _unless_dense(spec, laid, drawn, letters=False)


def _by_ink(spec: TickSpec, laid: Laid) -> Mark:
    """Return what the ink in and around the square says."""
    share = _share(laid, _place(laid, spec.box))
    if share >= _MARKED:
        crossed = _crosses_out(spec.box, _beyond(spec, laid), laid.ink.scale)
        return Mark.UNSURE if crossed else Mark.ON
    if share > _CLEAN or _beside(spec, laid):
        return Mark.UNSURE
    return Mark.OFF


def _inner(box: Box) -> Box:
    return shrunk(box, min(0.6, 0.18 * (box.x1 - box.x0)))


def _place(laid: Laid, box: Box) -> Box:
    """Return where in the square marks are looked for; a ring has less room than a square."""
    inner = _inner(box)
    corners = [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    patches = [
        laid.area(laid.ink.bare, Box(x - 0.2, y - 0.2, x + 0.2, y + 0.2)) for x, y in corners
    ]
    ring = all(p.size and p.min() > _PALE for p in patches)
    return shrunk(inner, 0.15 * (inner.x1 - inner.x0)) if ring else inner


def _share(laid: Laid, inner: Box) -> float:
    dark = inked(laid.area(laid.ink.whole, inner))
    part = laid.area(laid.ink.whole, inner)
    black = part < 110  # noqa: PLR2004 - a square filled all over has no paper to compare with
    return float(max(dark.mean(), black.mean())) if part.size else 0.0


def _unless_dense(spec: TickSpec, laid: Laid, drawn: Mark, *, letters: bool) -> Mark:
    """Return doubt for a square blackened over its edges: so people take a tick back."""
    if drawn is not Mark.ON or letters or _share(laid, _inner(spec.box)) <= _DENSE:
        return drawn
    return Mark.UNSURE if _beside(spec, laid) else Mark.ON


def _beside(spec: TickSpec, laid: Laid) -> bool:
    """Tell whether ink runs out of the square, or stands close by it."""
    rows, columns = _slices(_window(spec.box, _AROUND), _window(spec.box, _BESIDE), laid.ink.scale)
    return float(_beyond(spec, laid)[rows, columns].sum()) > _FEW_PIXELS


def _window(box: Box, by: float) -> Box:
    return shrunk(box, -by)


def _beyond(spec: TickSpec, laid: Laid) -> Mask:
    """Return the ink around the square, but that which hangs together with another square."""
    window = _window(spec.box, _AROUND)
    scale = laid.ink.scale
    high, wide = (round((window.y1 - window.y0) * scale), round((window.x1 - window.x0) * scale))
    dark = np.zeros((high, wide), dtype=np.bool_)
    found = laid.strange(window)
    top, left = max(0, -round(window.y0 * scale)), max(0, -round(window.x0 * scale))
    rows, columns = min(high - top, found.shape[0]), min(wide - left, found.shape[1])
    dark[top : top + rows, left : left + columns] = found[:rows, :columns]
    _clear(dark, window, shrunk(spec.box, -0.35), scale)
    if dark.any():
        for other in laid.definition.ticks:
            if other is not spec:
                dark &= ~_connected(dark, window, shrunk(other.box, -_REACH), scale)
    return dark


def _clear(dark: Mask, window: Box, box: Box, scale: float) -> None:
    rows, columns = _slices(window, box, scale)
    dark[rows, columns] = False


def _slices(window: Box, box: Box, scale: float) -> tuple[slice, slice]:
    rows = slice(
        max(0, round((box.y0 - window.y0) * scale)), max(0, round((box.y1 - window.y0) * scale))
    )
    columns = slice(
        max(0, round((box.x0 - window.x0) * scale)), max(0, round((box.x1 - window.x0) * scale))
    )
    return rows, columns


def _connected(dark: Mask, window: Box, box: Box, scale: float) -> Mask:
    """Return the part of *dark* that hangs together with what is in *box*."""
    rows, columns = _slices(window, box, scale)
    seed = np.zeros_like(dark)
    seed[rows, columns] = True
    while seed.any():
        grown = seed.copy()
        grown[1:] |= seed[:-1]
        grown[:-1] |= seed[1:]
        grown[:, 1:] |= seed[:, :-1]
        grown[:, :-1] |= seed[:, 1:]
        grown &= dark | seed
        if (grown == seed).all():
            break
        seed = grown
    return seed & dark


def _crosses_out(box: Box, beyond: Mask, scale: float) -> bool:
    """Tell whether the square's mark passes opposite sides of it far out."""
    window = _window(box, _AROUND)
    own = _connected(beyond, window, shrunk(box, -_REACH), scale)
    rows, columns = _slices(window, shrunk(box, -_OVERHANG), scale)
    left, right = own[:, : columns.start].sum(), own[:, columns.stop :].sum()
    above, below = own[: rows.start].sum(), own[rows.stop :].sum()
    least = 3  # pixels
    return bool((left > least and right > least) or (above > least and below > least))
