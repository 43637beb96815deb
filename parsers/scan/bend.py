"""How a page is bent: a smooth field of small moves over the blank, fitted to what was found.

Thin plates (Duchon 1977): a plane plus a spring at every point, held back by a stiffness that
the left-out points choose. Lengths are mm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.domain.forms import Box
from parsers.scan.features import Flags, Floats, Points

STEP = 6.0  # mm between the nodes of the field
_STIFF = (0.003, 0.03, 0.3)  # against the kernel's size: how little a point may pull
_GAIN = 0.8  # of the flat error: a bend must do better to be believed
_FAR = 4.0  # times the usual error: such a point is wrong
_SURE = 0.12  # mm: no point this near is called wrong
_ROUNDS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Springs:
    """What a blank's points mean for every field over it: computed once for each blank."""

    pull: Floats  # [n, n] between the points
    reach: Floats  # [nodes, n] from the points to the nodes
    plane: Floats  # [n, 3]
    nodes: Floats  # [nodes, 3]
    shape: tuple[int, int]  # of the nodes: rows, columns


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """Moves (mm) at the nodes of a grid from the blank's upper left corner, STEP apart."""

    moves: Floats  # [rows, columns, 2]

    def at(self, points: Points) -> Points:
        """Return the moves at *points*, [n, 2]."""
        rows, columns, _two = self.moves.shape
        x = np.clip(points[:, 0] / STEP, 0, columns - 1.001)
        y = np.clip(points[:, 1] / STEP, 0, rows - 1.001)
        left, top = x.astype(int), y.astype(int)
        u, v = (x - left)[:, None], (y - top)[:, None]
        grid = self.moves
        above = grid[top, left] * (1 - u) + grid[top, left + 1] * u
        below = grid[top + 1, left] * (1 - u) + grid[top + 1, left + 1] * u
        return np.asarray(above * (1 - v) + below * v, dtype=np.float64)


def springs(points: Points, page: Box) -> Springs:
    """Return the springs of *points* over *page*."""
    columns, rows = int(page.x1 / STEP) + 2, int(page.y1 / STEP) + 2
    x, y = np.meshgrid(np.arange(columns) * STEP, np.arange(rows) * STEP)
    nodes = np.stack([x.ravel(), y.ravel()], axis=1)
    size = max(page.x1, page.y1)
    return Springs(
        _kernel(points, points, size), _kernel(nodes, points, size),
        _plane(points, size), _plane(nodes, size), (rows, columns),
    )  # fmt: skip


def fit(wires: Springs, moves: Points, good: Flags) -> tuple[Bend | None, Floats, Flags]:
    """Return the bend through *moves*, the error of each point left out, and which are right.

    The bend is None where the page is as flat as without one. Errors (mm, [n]) are those of a
    point that the fit has not seen; they are NaN where *good* is false.
    """
    good = good.copy()
    off = np.full(len(moves), np.nan)
    shape, errors = _best(wires, moves, good)
    for _round in range(_ROUNDS):
        wrong = errors > max(_SURE, _FAR * float(np.median(errors)))
        if not wrong.any():
            break
        good[np.flatnonzero(good)[wrong]] = False
        shape, errors = _best(wires, moves, good)
    flat = np.linalg.norm(moves[good], axis=1)
    if errors.mean() > _GAIN * flat.mean():
        off[good] = flat
        return None, off, good
    off[good] = errors
    field = wires.reach[:, good] @ shape[0] + wires.nodes @ shape[1]
    return Bend(field.reshape(*wires.shape, 2)), off, good


def _best(wires: Springs, moves: Points, good: Flags) -> tuple[tuple[Floats, Floats], Floats]:
    tries = (_solved(wires, moves, good, stiff) for stiff in _STIFF)
    return min(tries, key=lambda t: float(np.minimum(t[1], 1.0).mean()))


def _solved(
    wires: Springs, moves: Points, good: Flags, stiff: float
) -> tuple[tuple[Floats, Floats], Floats]:
    """Return the pulls and plane of the fit, and each point's distance to a fit without it."""
    count = int(good.sum())
    plane = wires.plane[good]
    whole = np.zeros((count + 3, count + 3))
    whole[:count, :count] = wires.pull[np.ix_(good, good)] + stiff * np.eye(count)
    whole[:count, count:], whole[count:, :count] = plane, plane.T
    inverse = np.linalg.inv(whole)
    pulls = inverse[:count, :count] @ moves[good]
    # Left out (Wahba 1990): the pull at a point over the inverse's diagonal there.
    errors = np.linalg.norm(pulls, axis=1) / np.maximum(np.diag(inverse)[:count], 1e-9)
    return (pulls, inverse[count:, :count] @ moves[good]), errors


def _kernel(a: Points, b: Points, size: float) -> Floats:
    square = ((a[:, None] - b[None]) ** 2).sum(axis=2) / size**2
    return np.asarray(0.5 * square * np.log(np.maximum(square, 1e-12)), dtype=np.float64)


def _plane(points: Points, size: float) -> Floats:
    return np.concatenate([np.ones((len(points), 1)), points / size], axis=1)
