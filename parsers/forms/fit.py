"""Which edition a page is and how it lies: labels on the page held against a definition's.

Decides by places alone; what is written in the fields is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.domain.forms import Box
from parsers.forms.definition import Definition
from parsers.forms.laid import blank_of
from parsers.forms.phrases import Text, key_of
from parsers.pdf.geometry import Affine

NEAR = 1.2  # mm: a label this close to its place is in its place
_LEAST = 8  # labels in their places
_PART = 0.5  # of the definition's labels, in their places
_AGREE = 0.85  # of the labels found, in their places

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a definition lies on a page."""

    definition: Definition
    way: Affine  # from the upright page to the definition
    in_place: int
    residual: float  # mm, root mean square
    missing: tuple[str, ...]  # labels that are nowhere on the page


def fit(text: Text, definition: Definition) -> Fit | None:
    """Lay *definition* on the page, or return None when its labels stand elsewhere."""
    wanted = _places(definition)
    seen = text.find(a.text for a in definition.anchors)
    pairs = [(wanted[key_of(f.phrase)], f.box, f.phrase) for f in seen]
    present = {key_of(f.phrase) for f in seen}
    if len(present) < max(_LEAST, _PART * len(wanted)):
        return None
    page = np.array([(b.x0, (b.y0 + b.y1) / 2) for _a, b, _t in pairs])
    plan = np.array([(a.x0, (a.y0 + a.y1) / 2) for a, _b, _t in pairs])
    way = _similarity(page, plan)
    if way is None:
        return None
    near = _distance(way, page, plan) < NEAR
    in_place = {pairs[i][2] for i in np.flatnonzero(near)}
    if len(in_place) < max(_LEAST, _PART * len(wanted), _AGREE * len(present)):
        return None
    way = _affine(page[near], plan[near])
    off = _distance(way, page[near], plan[near])
    missing = tuple(a.text for a in definition.anchors if key_of(a.text) not in present)
    return Fit(definition, way, len(in_place), float(np.sqrt((off**2).mean())), missing)


@lru_cache(maxsize=32)
def _places(definition: Definition) -> dict[str, Box]:
    """Return where the labels stand, as measured on the blank itself where it shows them."""
    places = {key_of(a.text): a.box for a in definition.anchors}
    blank = blank_of(definition)
    if blank is not None and blank.text is not None:
        for found in blank.text.find(a.text for a in definition.anchors):
            key = key_of(found.phrase)
            stated = places[key]
            if abs(found.box.x0 - stated.x0) < NEAR and abs(found.box.y0 - stated.y0) < NEAR:
                places[key] = found.box
    return places


def absent(text: Text, definition: Definition) -> tuple[str, ...]:
    """Return the definition's labels that are nowhere on the page."""
    present = {key_of(f.phrase) for f in text.find(a.text for a in definition.anchors)}
    return tuple(a.text for a in definition.anchors if key_of(a.text) not in present)


def best(fits: Sequence[Fit]) -> Fit | None:
    """Return the fit with most labels in their places; the nearest of several."""
    return max(fits, key=lambda f: (f.in_place, -len(f.missing), -f.residual), default=None)


def _distance(way: Affine, points: Points, targets: Points) -> Points:
    turn = np.array([[way.a, way.b], [way.c, way.d]])
    moved = points @ turn + np.array([way.e, way.f])
    return np.asarray(np.hypot(*(moved - targets).T))


def _similarity(points: Points, targets: Points) -> Affine | None:
    """Return the turn, growth and shift that most pairs agree on; pairs of pairs propose it."""
    z = points[:, 0] + 1j * points[:, 1]
    w = targets[:, 0] + 1j * targets[:, 1]
    count, most, chosen = len(z), 0, None
    for step in (count // 2, count // 3, count // 5, 1):
        one, two = np.arange(count), (np.arange(count) + max(step, 1)) % count
        far = np.abs(z[two] - z[one]) > 10.0  # noqa: PLR2004 - mm: nearer pairs turn too freely
        one, two = one[far], two[far]
        if not len(one):
            continue
        grow = (w[two] - w[one]) / (z[two] - z[one])
        shift = w[one] - grow * z[one]
        near = np.abs(np.outer(grow, z) + shift[:, None] - w[None, :]) < NEAR
        votes = near.sum(axis=1)
        top = int(votes.argmax())
        if votes[top] > most:
            most, chosen = int(votes[top]), (grow[top], near[top])
    if chosen is None or not 1 / 4 < abs(chosen[0]) < 4:  # noqa: PLR2004 - no such copier
        return None
    return _affine(points[chosen[1]], targets[chosen[1]])


def _affine(points: Points, targets: Points) -> Affine:
    """Return the least-squares map; few points allow only turn, growth and shift."""
    if len(points) >= _LEAST and np.ptp(points, axis=0).min() > 50:  # noqa: PLR2004 - mm
        rows = np.column_stack([points, np.ones(len(points))])
        (a, b), (c, d), (e, f) = np.linalg.lstsq(rows, targets, rcond=None)[0]
        return Affine(float(a), float(b), float(c), float(d), float(e), float(f))
    z = points[:, 0] + 1j * points[:, 1]
    w = targets[:, 0] + 1j * targets[:, 1]
    spread = z - z.mean()
    grow = complex((spread.conj() * (w - w.mean())).sum() / ((abs(spread) ** 2).sum() or 1.0))
    shift = complex(w.mean() - grow * z.mean())
    return Affine(grow.real, grow.imag, -grow.imag, grow.real, shift.real, shift.imag)
