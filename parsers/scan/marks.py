"""Ticks on a captured page: by the ink in the squares against the page's own empty ones.

What a page's dirt, folds and stamps could have made, and what somebody took back, is doubtful:
a tick is never guessed. What each figure means and why it is so large: ``thresholds.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.domain.forms import FieldReading, How, State, Value
from parsers.forms.definition import MANY, TickSpec
from parsers.scan.paper import Paper
from parsers.scan.squares import Square, squares
from parsers.scan.thresholds import limits

_DOUBT = 0.3  # the confidence of what is asked about


class Mark(StrEnum):
    """What a square holds."""

    ON = "on"
    OFF = "off"
    UNSURE = "unsure"
    STRUCK = "struck"  # a tick taken back: filled over its edges
    GONE = "gone"  # the square is not on the picture


@dataclass(frozen=True, slots=True)
class Ticked:
    """One square's mark and how sure it is, 0-1."""

    mark: Mark
    sure: float


@dataclass(frozen=True, slots=True)
class _Floor:
    """What the page's empty squares look like: the usual one, and how they differ."""

    share: float
    specks: float
    depth: float
    uneven: float
    frame: float


def read_group(key: str, specs: Sequence[TickSpec], paper: Paper) -> FieldReading:
    """Read the squares that together say *key*; the box is mm on the page as captured."""
    found = squares(paper)
    floor = _floor(found)
    by_spec = {s.spec: s for s in found}
    ticked = [look(by_spec[spec], floor) for spec in specs]
    chosen = [s for s, t in zip(specs, ticked, strict=True) if t.mark is Mark.ON]
    marks = {t.mark for t in ticked}
    taken_back = Mark.STRUCK in marks and bool(chosen)
    doubtful = bool(marks & {Mark.UNSURE, Mark.STRUCK, Mark.GONE})
    value: Value = None
    problem, state = None, State.SURE if chosen else State.EMPTY
    if key in MANY:
        value = tuple(str(s.value) for s in chosen)
    elif len(chosen) > 1 or taken_back:
        state, problem = State.UNSURE, "too_many"
        value = chosen[0].value if len(chosen) == 1 else None  # proposed: the one not struck out
    elif chosen:
        value = chosen[0].value
    if Mark.GONE in marks and not chosen:
        state = State.MISSING
    elif doubtful:
        state = State.UNSURE
    sure = min(t.sure for t in ticked)
    if state is not State.SURE and state is not State.EMPTY:
        sure = 0.0 if state is State.MISSING else min(sure, _DOUBT)
    place = chosen[0] if chosen else specs[0]
    box = paper.on_page(place.box)
    return FieldReading(key, value, state, How.SCAN, sure, paper.number, box, problem)


def look(square: Square, floor: _Floor) -> Ticked:
    """Return what one square holds, beside the page's empty ones."""
    known = limits("marks")
    if not square.whole:
        return Ticked(Mark.GONE, 0.0)
    clean = known["clean"] + floor.share
    marked = known["marked"] + 2 * floor.share
    runs_out = square.extent >= known["short"] and max(square.over) >= known["runs_out"]
    if square.share >= marked and (runs_out or square.extent >= known["stroke"]):
        return _marked(square, marked)
    dotted = square.specks >= known["dots"] + 2 * floor.specks  # what is left of a pale stroke
    if dotted or square.share > clean or _is_pale_stroke(square, floor):
        return Ticked(Mark.UNSURE, _DOUBT)
    if square.frame < known["frame"] * floor.frame:
        return Ticked(Mark.UNSURE, _DOUBT)  # something lies over it
    near = max(square.overlap, square.beside)
    if near >= known["beside_long"] or square.ringed:
        return Ticked(Mark.UNSURE, _DOUBT)
    return Ticked(Mark.OFF, 1.0 - 0.5 * square.share / clean)


def _marked(square: Square, least: float) -> Ticked:
    """Judge a square with a stroke in it: ticked, struck out or doubtful."""
    known = limits("marks")
    left, up, right, down = square.over
    past = max(min(left, right), min(up, down))
    if square.share > known["filled"] and past >= known["scribble"]:
        return Ticked(Mark.STRUCK, _DOUBT)
    far = max(square.over) >= known["tail"] or past >= known["overhang"]
    straight = square.bend < known["straight"]
    level = square.slim < known["level"] and square.share < known["thin"]
    far |= straight and (past >= known["thin_over"] or level)
    if far or square.struck or square.line > 0:
        return Ticked(Mark.UNSURE, _DOUBT)
    return Ticked(Mark.ON, float(min(1.0, 0.8 + 0.2 * (square.share - least) / least)))


def _is_pale_stroke(square: Square, floor: _Floor) -> bool:
    """Tell whether something with a pencil's shape is darker than empty squares ever are."""
    known = limits("marks")
    rise = square.depth - floor.depth
    shaped = square.pale >= known["pale_stroke"]
    return shaped and rise > max(known["pale"], known["pale_times"] * floor.uneven)


def _floor(found: Sequence[Square]) -> _Floor:
    """Return what empty squares look like: most squares of a page are, so its paler half."""
    shares = np.sort([s.raw for s in found])
    depths = np.sort([s.depth for s in found])
    half = max(1, len(found) // 2)
    usual = float(np.median(depths[:half]))
    uneven = float(np.median(np.abs(depths[:half] - usual))) * 1.5
    frame = float(np.median([s.frame for s in found]))
    specks = float(np.mean([s.specks for s in found]))
    return _Floor(float(np.median(shares[:half])), specks, usual, uneven, frame)
