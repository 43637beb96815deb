"""Bars with their numbers, drawn as lines and areas. Counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.blank.latin import LATIN, LATIN_BOLD
from bot.adapters.blank.pen import MM, Colour, Style
from bot.adapters.documents.lettering import BLUE, INK
from bot.adapters.documents.review.paper import LEFT, RIGHT, RULE, Paper
from bot.adapters.documents.sheet import HEIGHT
from bot.domain.forms import Box
from bot.domain.report_words import number, share

AMBER: Colour = (0.80, 0.45, 0.05)
_LABEL, _COUNT = Style(LATIN, 9.5, INK), Style(LATIN_BOLD, 9.5, INK)
_HIGH, _STEP = 5.0, 7.4  # of a bar, and from one to the next, in mm
_ZERO, _ROOM = LEFT + 34.0, 34.0  # where bars begin; kept free for the numbers


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts and how many; *wanting*: somebody must still do something."""

    label: str
    count: int
    wanting: bool = False


def draw_bars(paper: Paper, bars: Sequence[Bar], title: str) -> None:
    """Draw *bars* below one another, the longest as wide as there is room for."""
    high = _STEP * len(bars)
    paper.y += 2.5
    paper.room(high)
    top, sheets = paper.y, paper.sheets
    most = max((bar.count for bar in bars), default=0) or 1
    whole = sum(bar.count for bar in bars)
    with sheets.mark("Figure") as mark:
        sheets.block(Box(_ZERO - 0.2, top, _ZERO, top + high), RULE)
        for n, bar in enumerate(bars):
            y = top + n * _STEP + (_STEP - _HIGH) / 2
            long = (RIGHT - _ROOM - _ZERO) * bar.count / most
            sheets.write(bar.label, (LEFT, y + 3.7), _LABEL)
            if bar.count:
                wide = max(long, 0.4)  # one of fifty thousand is still seen
                sheets.block(Box(_ZERO, y, _ZERO + wide, y + _HIGH), AMBER if bar.wanting else BLUE)
            words = f"{number(bar.count)} ({share(bar.count, whole)})" if bar.count else "0"
            sheets.write(words, (_ZERO + long + 2.0, y + 3.7), _COUNT)
    said = ", ".join(f"{bar.label} {bar.count}" for bar in bars)
    corners = (LEFT * MM, (HEIGHT - top - high) * MM, RIGHT * MM, (HEIGHT - top) * MM)
    paper.tree.figure(mark, f"{title}: {said}.", corners)
    paper.y += high
