"""Ruled cells and squares found in a page's own lines. Knows no labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.forms import Box
from parsers.forms.combs import Rule, combs
from parsers.pdf.content import Outline

_LEVEL = 0.25  # mm: a line is level or upright when it is off by no more
_TOUCH = 0.6  # mm: ends that meet
_THIN = 1.0  # mm: a filled bar no thicker is a line
_CLOSED = 0.95  # of a side must be ruled
_SQUARE = (1.8, 7.0)  # mm, the sides of a square to tick
_LONG = 8.0  # mm: a line that is more than a square's side


@dataclass(frozen=True, slots=True)
class Grid:
    """All level and upright lines of a page, and the small squares."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    squares: tuple[Box, ...]
    combs: tuple[Box, ...] = ()  # rows of small boxes, one for each digit

    def cell(self, x: float, y: float) -> Box | None:
        """Return the smallest closed cell around the point, a row of digit boxes as a whole."""
        for comb in self.combs:
            if comb.x0 <= x <= comb.x1 and comb.y0 <= y <= comb.y1:
                return comb
        above = sorted(
            {r.at for r in self.level if r.at <= y and r.start <= x <= r.end}, reverse=True
        )
        below = sorted({r.at for r in self.level if r.at > y and r.start <= x <= r.end})
        left = sorted(
            {r.at for r in self.upright if r.at <= x and r.start <= y <= r.end}, reverse=True
        )
        right = sorted({r.at for r in self.upright if r.at > x and r.start <= y <= r.end})
        tries = [
            Box(x0, y0, x1, y1)
            for y0 in above[:3] for y1 in below[:3] for x0 in left[:3] for x1 in right[:3]
        ]  # fmt: skip
        tries.sort(key=lambda b: (b.x1 - b.x0) * (b.y1 - b.y0))
        return next((box for box in tries if self._closed(box)), None)

    def free_lines(self) -> tuple[Rule, ...]:
        """Return the level lines that are no cell's lower side: to write on, or to divide."""
        return tuple(
            r for r in self.level
            if r.end - r.start > _LONG and self.cell((r.start + r.end) / 2, r.at - 0.6) is None
        )  # fmt: skip

    def _closed(self, box: Box) -> bool:
        return (
            _ruled(self.level, box.y0, box.x0, box.x1)
            and _ruled(self.level, box.y1, box.x0, box.x1)
            and _ruled(self.upright, box.x0, box.y0, box.y1)
            and _ruled(self.upright, box.x1, box.y0, box.y1)
        )

    def squares_in(self, box: Box) -> tuple[Box, ...]:
        """Return the squares whose middle lies in *box*."""
        return tuple(
            s for s in self.squares
            if box.x0 < (s.x0 + s.x1) / 2 < box.x1 and box.y0 < (s.y0 + s.y1) / 2 < box.y1
        )  # fmt: skip


def grid(outlines: Iterable[Outline]) -> Grid:
    """Sort the page's paths into lines and squares."""
    level: list[Rule] = []
    upright: list[Rule] = []
    squares: list[Box] = []
    for path in outlines:
        wide, high = path.x1 - path.x0, path.y1 - path.y0
        if _is_square(path):
            squares.append(Box(path.x0, path.y0, path.x1, path.y1))
        elif path.filled and not path.stroked and min(wide, high) < _THIN:
            _bar(path, level, upright)
        else:
            for line in path.lines:
                _sort(line, level, upright)
    squares += _squares_of_lines(level, upright)
    levels, uprights = _joined(_long(level)), _joined(_long(upright))
    kept = _distinct(squares)
    rows = combs(levels, uprights, kept)
    loose = tuple(s for s in kept if not any(_covers(row, s) for row in rows))
    return Grid(levels, uprights, loose, rows)


def _covers(row: Box, square: Box) -> bool:
    x, y = (square.x0 + square.x1) / 2, (square.y0 + square.y1) / 2
    return row.x0 <= x <= row.x1 and row.y0 <= y <= row.y1


def _bar(path: Outline, level: list[Rule], upright: list[Rule]) -> None:
    if path.x1 - path.x0 > path.y1 - path.y0:
        level.append(Rule((path.y0 + path.y1) / 2, path.x0, path.x1))
    else:
        upright.append(Rule((path.x0 + path.x1) / 2, path.y0, path.y1))


def _sort(line: tuple[float, float, float, float], level: list[Rule], upright: list[Rule]) -> None:
    x0, y0, x1, y1 = line
    if abs(y1 - y0) <= _LEVEL and abs(x1 - x0) > 1:
        level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) <= _LEVEL and abs(y1 - y0) > 1:
        upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _is_square(path: Outline) -> bool:
    wide, high = path.x1 - path.x0, path.y1 - path.y0
    sized = all(_SQUARE[0] <= side <= _SQUARE[1] for side in (wide, high))
    if not sized or not 0.75 < wide / high < 1.33:  # noqa: PLR2004 - nearly as high as wide
        return False
    if path.curved:
        return path.stroked and not path.lines  # a ring
    corners = sum(abs(x1 - x0) <= _LEVEL or abs(y1 - y0) <= _LEVEL for x0, y0, x1, y1 in path.lines)
    return 4 <= corners == len(path.lines) <= 5  # noqa: PLR2004 - sides of a rectangle


def _squares_of_lines(level: Sequence[Rule], upright: Sequence[Rule]) -> list[Box]:
    """Return squares whose four sides are drawn one by one."""
    short = [r for r in level if _SQUARE[0] <= r.end - r.start <= _SQUARE[1]]
    sides = [r for r in upright if _SQUARE[0] <= r.end - r.start <= _SQUARE[1]]
    found = []
    for top in short:
        for low in short:
            side = top.end - top.start
            if not (_near(top.start, low.start) and _near(top.end, low.end)):
                continue
            if not 0.75 * side < low.at - top.at < 1.33 * side:
                continue
            ends = [
                any(
                    _near(r.at, x) and _near(r.start, top.at) and _near(r.end, low.at)
                    for r in sides
                )
                for x in (top.start, top.end)
            ]
            if all(ends):
                found.append(Box(top.start, top.at, top.end, low.at))
    return found


def _near(one: float, two: float) -> bool:
    return abs(one - two) <= _TOUCH


def _long(rules: Sequence[Rule]) -> list[Rule]:
    return [r for r in rules if r.end - r.start > 2.0]  # noqa: PLR2004 - mm: shorter is decoration


def _joined(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Join lines that go on in each other."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if rows and rule.at - rows[-1][0].at <= _LEVEL:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    joined: list[Rule] = []
    for row in rows:
        whole: list[Rule] = []
        for rule in sorted(row, key=lambda r: r.start):
            last = whole[-1] if whole else None
            if last and rule.start <= last.end + _TOUCH:
                whole[-1] = Rule(last.at, last.start, max(last.end, rule.end))
            else:
                whole.append(rule)
        joined += whole
    return tuple(joined)


def _ruled(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Tell whether lines at *at* cover the way from *start* to *end*."""
    parts = sorted(
        (max(r.start, start), min(r.end, end))
        for r in rules
        if abs(r.at - at) <= 2 * _LEVEL and r.start < end and r.end > start
    )
    covered, reached = 0.0, start
    for first, last in parts:
        covered += max(0.0, last - max(first, reached))
        reached = max(reached, last)
    return covered >= _CLOSED * (end - start)


def _distinct(squares: Sequence[Box]) -> tuple[Box, ...]:
    """Return each square once; of one inside another the outer."""
    kept: list[Box] = []
    for one in sorted(squares, key=lambda b: -(b.x1 - b.x0)):
        middle = (one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2
        if not any(k.x0 < middle[0] < k.x1 and k.y0 < middle[1] < k.y1 for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda b: (b.y0, b.x0)))
