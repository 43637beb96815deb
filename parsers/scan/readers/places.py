"""Where the letters of a text stand on a strip: the likeliest cuts. Judges no letter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.bool_]

_WIDTHS = {  # of the em, as in a plain face
    **dict.fromkeys("iljI|.,:;'!", 0.26),
    **dict.fromkeys("ftr-()/1", 0.36),
    **dict.fromkeys("mwMW@", 0.86),
    **dict.fromkeys("ABCDGHKNOPQRUVXYÅÄÖÜ&", 0.69),
    " ": 0.34,
}
_USUAL = 0.54
_STEP = 2  # px between places tried for a cut
_LEAST, _MOST = 0.45, 1.9  # of the expected width that a letter may have
_TIGHT = 1.2  # how much an odd width costs
_CROSSING = 3.0  # how much a cut through a whole stroke costs
_BLACK_SPACE = 6.0  # how much ink in a space costs


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter stands: columns from *left* to before *right*, px of the strip."""

    left: int
    right: int


def place(ink: Ink, text: str) -> tuple[Place, ...] | None:
    """Return the place of each letter of *text* on *ink*, trimmed at both ends; None if it can't.

    Widths are held against a plain face's and a typewriter's, whichever fits the better, and cuts
    go through as little ink as can be.
    """
    if not text or ink.shape[1] < _STEP * 2 * len(text):
        return None
    plain = _cut(ink, text, np.array([_WIDTHS.get(letter, _USUAL) for letter in text]))
    typed = _cut(ink, text, np.ones(len(text)))
    return min(plain, typed, key=lambda found: found[0])[1]


def _cut(
    ink: Ink, text: str, expected: NDArray[np.float64]
) -> tuple[float, tuple[Place, ...] | None]:
    """Return what the likeliest cuts cost with letters of the *expected* widths, and the cuts."""
    wide = ink.shape[1]
    expected = expected * (wide / expected.sum()) / _STEP
    columns = np.arange(0, wide + 1, _STEP)
    crossing = _crossings(ink)[np.minimum(columns, wide - 1)]
    ends = len(columns)
    filled = np.concatenate(([0.0], np.cumsum(ink.any(axis=0))))
    filled = filled[np.minimum(columns, wide)] / _STEP
    best = np.full(ends, np.inf)
    best[0] = 0.0
    back = np.zeros((len(text), ends), dtype=np.int32)
    for index, letter in enumerate(text):
        best, back[index] = _placed(best, expected[index], filled if letter == " " else None)
        best = best + crossing
    if not np.isfinite(best[-1]):
        return float("inf"), None
    return float(best[-1]), _traced(back, columns)


def _crossings(ink: Ink) -> NDArray[np.float64]:
    """Return what a cut at each column costs: the share of the line's height that is ink."""
    amount = ink.sum(axis=0) / max(ink.shape[0], 1)
    return np.asarray(np.minimum(amount / 0.3, 1.0) * _CROSSING)


def _placed(
    best: NDArray[np.float64], width: float, filled: NDArray[np.float64] | None
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Return for each end the cheapest way to set one letter of *width*, and its start."""
    ends = len(best)
    cost = np.full(ends, np.inf)
    start = np.zeros(ends, dtype=np.int32)
    least, most = max(1, round(width * _LEAST)), max(2, round(width * _MOST) + 1)
    for step in range(least, min(most, ends - 1) + 1):
        odd = _TIGHT * float(np.log(step / width)) ** 2 * 4
        candidate = best[: ends - step] + odd
        if filled is not None:
            candidate = candidate + _BLACK_SPACE * (filled[step:] - filled[:-step]) / step
        better = candidate < cost[step:]
        cost[step:][better] = candidate[better]
        start[step:][better] = np.flatnonzero(better)
    return cost, start


def _traced(back: NDArray[np.int32], columns: NDArray[np.intp]) -> tuple[Place, ...]:
    end = len(columns) - 1
    found: list[Place] = []
    for starts in back[::-1]:
        start = int(starts[end])
        found.append(Place(int(columns[start]), int(columns[end])))
        end = start
    return tuple(reversed(found))
