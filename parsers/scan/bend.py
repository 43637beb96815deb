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
_STIFF = (1e-4, 1e-2, 1.0)  # how little the plate may bend: the left-out points choose
_ACROSS, _DOWN = 9, 12  # places at which the plate is bent
_GAIN = 0.8  # of the flat error: a bend must do better to be believed
_FAR = 4.0  # times the usual error: such a point is wrong
_SURE = 0.12  # mm: no point this near is called wrong
_ROUNDS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Springs:
    """What a blank's points mean for every field over it: computed once for each blank."""

    points: Floats  # [n, m]: the m shapes that a field is made of, at the points
    nodes: Floats  # [nodes, m]: and at the nodes
    stiff: Floats  # [m, m]: how much bending each costs
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
    nodes = _grid((columns - 1) * STEP, (rows - 1) * STEP, columns, rows)
    knots = _grid(page.x1, page.y1, _ACROSS, _DOWN)
    size = max(page.x1, page.y1)
    # Bends that pull together to nothing: the plane is apart from them (Wood 2003).
    free = np.linalg.svd(_plane(knots, size).T)[2][3:].T
    bent = free.T @ _kernel(knots, knots, size) @ free
    stiff = np.zeros((len(bent) + 3, len(bent) + 3))
    stiff[: len(bent), : len(bent)] = bent
    at_points, at_nodes = (
        np.concatenate([_kernel(some, knots, size) @ free, _plane(some, size)], axis=1)
        for some in (points, nodes)
    )
    return Springs(at_points, at_nodes, stiff, (rows, columns))


def fit(wires: Springs, moves: Points, good: Flags) -> tuple[Bend | None, Floats, Flags]:
    """Return the bend through *moves*, the error of each point left out, and which are right.

    The bend is None where the page is as flat as without one. Errors (mm, [n]) are those of a
    point that the fit has not seen; they are NaN where *good* is false.
    """
    good = good.copy()
    off = np.full(len(moves), np.nan)
    tries = ((*_solved(wires, moves, good, stiff), stiff) for stiff in _STIFF)
    shape, errors, stiff = min(tries, key=lambda t: float(np.minimum(t[1], 1.0).mean()))
    for _round in range(_ROUNDS):
        wrong = errors > max(_SURE, _FAR * float(np.median(errors)))
        if not wrong.any():
            break
        good[np.flatnonzero(good)[wrong]] = False
        shape, errors = _solved(wires, moves, good, stiff)
    flat = np.linalg.norm(moves[good], axis=1)
    if errors.mean() > _GAIN * flat.mean():
        off[good] = flat
        return None, off, good
    off[good] = errors
    return Bend((wires.nodes @ shape).reshape(*wires.shape, 2)), off, good


def _solved(wires: Springs, moves: Points, good: Flags, stiff: float) -> tuple[Floats, Floats]:
    """Return the shapes' parts in the fit, and each point's distance to a fit without it."""
    shapes = wires.points[good]
    inverse = np.linalg.inv(shapes.T @ shapes + stiff * wires.stiff)
    solve = inverse @ shapes.T
    parts = solve @ moves[good]
    own = np.einsum("nm,mn->n", shapes, solve)  # how much a point pulls the fit to itself
    left = np.linalg.norm(moves[good] - shapes @ parts, axis=1)
    return parts, left / np.maximum(1 - own, 1e-3)


def _grid(wide: float, high: float, columns: int, rows: int) -> Points:
    """Return the places of *rows* x *columns* spread over a page, row by row."""
    x, y = np.linspace(0, wide, columns), np.linspace(0, high, rows)
    return np.stack(np.meshgrid(x, y), axis=2).reshape(-1, 2)


def _kernel(a: Points, b: Points, size: float) -> Floats:
    square = ((a[:, None] - b[None]) ** 2).sum(axis=2) / size**2
    return np.asarray(0.5 * square * np.log(np.maximum(square, 1e-12)), dtype=np.float64)


def _plane(points: Points, size: float) -> Floats:
    return np.concatenate([np.ones((len(points), 1)), points / size], axis=1)
