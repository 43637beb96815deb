"""A square and what lies around it: ink that is neither print nor a long line."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from bot.domain.forms import Box
from parsers.forms.definition import TickSpec
from parsers.scan.folds import crossing
from parsers.scan.paper import Mask, Paper
from parsers.scan.picture import Grey
from parsers.scan.settling import Shift
from parsers.scan.strokes import components
from parsers.scan.thresholds import limits

SCALE = 10.0  # px/mm
PRINT = 200  # the blank is printed where it is darker
LABEL = 26.0  # mm right of a square in which its label is looked for
_AROUND = 4.0  # mm around a square that are looked at
_BARE = 0.005  # of a square's inside: less ink needs no explanation
_SOFT = 0.12  # mm: noise is smoothed over this much before pale strokes are sought


def grown(box: Box, by: float) -> Box:
    """Return *box* with *by* mm more on every side."""
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A square's surroundings: ink that is not print, and where things stand in it."""

    box: Box  # mm on the blank
    grey: Grey
    ink: Mask  # not print
    pale: Mask  # the same with a pencil's paler strokes
    lines: Mask

    def slices(self, box: Box) -> tuple[slice, slice]:
        """Return the rows and columns of *box* (mm on the blank)."""
        high, wide = self.ink.shape
        rows = slice(*(_clipped((v - self.box.y0) * SCALE, high) for v in (box.y0, box.y1)))
        columns = slice(*(_clipped((v - self.box.x0) * SCALE, wide) for v in (box.x0, box.x1)))
        return rows, columns


def _clipped(value: float, most: int) -> int:
    return min(most, max(0, round(value)))


def window_of(paper: Paper, spec: TickSpec, shift: Shift) -> Window:
    """Return what lies around the square *spec*, which is off by *shift*."""
    box = grown(spec.box, _AROUND)
    box = Box(box.x0, box.y0, spec.box.x1 + LABEL, box.y1)
    seen = shift.moved(box)
    grey, blank = paper.area(seen, SCALE), paper.blank(box, SCALE)
    slack = 2 * round(limits("marks")["slack"] * SCALE) + 1
    printed = cv2.erode(blank, np.ones((slack, slack), np.uint8)) < PRINT
    dark = grey < 255 * paper.threshold
    lines = np.zeros(dark.shape, dtype=np.bool_)
    soft = cv2.GaussianBlur(grey, (0, 0), _SOFT * SCALE)
    pale = np.asarray((dark | (soft < 255 - limits("marks")["pale_beside"])) & ~printed)
    window = Window(box, grey, np.asarray(dark & ~printed), pale, lines)
    inside = window.slices(grown(spec.box, -limits("marks")["inside"]))
    if (
        float(dark[inside].mean()) <= _BARE
        and pale_stroke(grey[inside])[0] < limits("marks")["pale"]
    ):
        return window
    run = crossing(paper, spec.box, shift)
    if run is not None:
        lines = run.drawn(shift.moved(box), SCALE, dark.shape)
    return Window(box, grey, window.ink, pale, lines)


def pale_stroke(grey: Grey) -> tuple[float, float]:
    """Return how dark (grey levels) the darkest stroke is and how long (mm) at half that."""
    if not grey.size:
        return 0.0, 0.0
    soft = cv2.GaussianBlur(grey, (0, 0), _SOFT * SCALE)
    paper = float(np.percentile(soft, 75))
    depth = paper - float(np.percentile(soft, 2))
    dark = np.asarray(soft < paper - depth / 2)
    longest = max((p.extent for p in components(dark, SCALE)), default=0.0)
    return depth, longest
