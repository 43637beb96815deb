"""Which edition of a blank a page is printed on, and which of its labels are to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bot.domain.forms import Box
from parsers.forms.definition import Definition
from parsers.scan.code import Code, parse, read_codes
from parsers.scan.features import Flags, Floats
from parsers.scan.paper import Paper
from parsers.scan.patches import match
from parsers.scan.plate import Plate
from parsers.scan.thresholds import limits

_SCALE = 6.0  # px/mm
_REACH = 0.5  # mm that print may lie off
_CODE = (4.0, 8.0)  # mm around the code, px/mm
_THIN = 0.2  # mm: the air over and under a character; a neighbour's share at its sides


@dataclass(frozen=True, slots=True)
class Standing:
    """How a page stands to one blank: its labels' likenesses and what speaks for the edition."""

    paper: Paper
    labels: Floats  # likeness of each anchor; NaN off the picture
    version: float | None  # 0-1: the worst character of the version text; None: not to be seen
    code: Code | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the anchors that are off the picture or look otherwise there."""
        alike = limits("edition")["alike"]
        anchors = self.paper.definition.anchors
        return tuple(
            a.text for a, seen in zip(anchors, self.labels, strict=True) if not seen >= alike
        )

    @property
    def lacking(self) -> float:
        """Return the part of the anchors on the picture that look otherwise there."""
        seen = self.labels[np.isfinite(self.labels)]
        return float((seen < limits("edition")["alike"]).mean()) if len(seen) else 1.0

    @property
    def contradicted(self) -> bool:
        """Tell whether the version text or the code names another edition."""
        if self.code is not None and not names(self.code, self.paper.definition):
            return True
        return self.version is not None and self.version < limits("edition")["version"]


def standing(paper: Paper) -> Standing:
    """Return how *paper* stands to the blank that it was laid on."""
    labels = likeness(paper, (a.box for a in paper.definition.anchors))
    return Standing(paper, labels, _version(paper), _code(paper))


def clear(one: Standing) -> bool:
    """Tell whether every sign speaks for the blank that the page lies on."""
    return not one.contradicted and one.lacking <= limits("edition")["lacking"]


def sure(best: Standing, others: Iterable[Plate]) -> bool:
    """Tell whether the page is of *best*'s edition and of none of the *others*."""
    if not clear(best):
        return False
    if best.code is not None:  # it names this edition, or it would contradict
        return True
    return all(_beats(best, other) for other in others if other is not best.paper.plate)


def labelled(one: Standing, *, certain: bool) -> Paper:
    """Return the page with what was found out about its labels and its edition."""
    return replace(one.paper, missing=one.missing, edition_sure=certain, code=one.code)


def names(code: Code, definition: Definition) -> bool:
    """Tell whether *code* names *definition*."""
    return (code.form, code.version) == (definition.form, definition.version)


def likeness(paper: Paper, boxes: Iterable[Box], reach: float = _REACH) -> Floats:
    """Return how alike (-1 to 1) page and blank are in each of *boxes*; NaN off the picture."""
    found = []
    for box in boxes:
        if not paper.shows(box):
            found.append(np.nan)
            continue
        wider = _grown(box, reach)
        window, patch = paper.plain(wider, _SCALE), paper.blank(box, _SCALE)
        found.append(match(window, patch)[1])
    return np.array(found, dtype=np.float64)


def _beats(best: Standing, rival: Plate) -> bool:
    """Tell whether the page shows what *best*'s blank prints where *rival* prints otherwise."""
    limit = limits("edition")
    telling = best.labels[differing(best.paper.plate, rival)]
    telling = telling[np.isfinite(telling)]
    if len(telling) >= limit["telling"]:
        return float(telling.mean()) >= limit["sure"]
    # The labels are the same: only the version text can tell, where both print one.
    both = best.paper.plate.version and rival.version
    texts = best.paper.definition.version_text, rival.definition.version_text
    return bool(both) and texts[0] != texts[1] and best.version is not None


@lru_cache(maxsize=1024)
def differing(plate: Plate, rival: Plate) -> Flags:
    """Return which labels of *plate* are not printed in the same place on *rival*."""
    same = limits("edition")["same"]
    return np.array([
        match(
            rival.area(_grown(a.box, _REACH), _SCALE), plate.area(a.box, _SCALE)
        )[1] < same
        for a in plate.definition.anchors
    ], dtype=np.bool_)  # fmt: skip


def _version(paper: Paper) -> float | None:
    """Return how alike the worst character of the version text is, against the usual one."""
    boxes = (
        Box(b.x0 - _THIN, b.y0 + _THIN, b.x1 + _THIN, b.y1 - _THIN) for b in paper.plate.version
    )
    alike = likeness(paper, boxes, 0.3)
    if not np.isfinite(alike).any():
        return None
    usual = float(np.nanmedian(alike))
    if usual < limits("edition")["alike"]:  # nothing like it stands there: covered, cut, worn
        return None
    return float(np.nanmin(alike)) / usual


def _code(paper: Paper) -> Code | None:
    if paper.plate.code is None:
        return None
    margin, scale = _CODE
    read = read_codes(paper.plain(_grown(paper.plate.code, margin), scale))
    return next((code for text, _box in read if (code := parse(text)) is not None), None)


def _grown(box: Box, by: float) -> Box:
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)
