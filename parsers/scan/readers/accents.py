"""Rings, dots and strokes over letters, told from the picture alone: a voter of its own.

Readers take A for Å with all their confidence; here the ink above the letter is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.readers.places import Ink, Place, place
from parsers.scan.thresholds import limits

Sign = Literal["none", "ring", "dots", "stroke", "unsure"]

_BARE: dict[str, tuple[str, Sign]] = {
    "Å": ("A", "ring"), "Ä": ("A", "dots"), "Ö": ("O", "dots"), "É": ("E", "stroke"),
    "È": ("E", "stroke"), "Ü": ("U", "dots"), "å": ("a", "ring"), "ä": ("a", "dots"),
    "ö": ("o", "dots"), "é": ("e", "stroke"), "è": ("e", "stroke"), "ü": ("u", "dots"),
}  # fmt: skip
_VOWELS = frozenset("AOEUaoeu")
_HIGH = frozenset("BCDFGHJKLMNPQRSTVWXYZIbdfhkl0123456789")  # reach up to the capitals' line
_LOW = frozenset("cmnrsvwxz")  # reach up to the small letters' line
_POINTED = frozenset("ij")  # have a point of their own
_TALL = _HIGH | frozenset("t&/()@'")  # pieces of them may lie high
_LOWEST = 10  # px: in lower writing no mark is seen


@dataclass(frozen=True, slots=True)
class Accent:
    """What stands over one letter of a text."""

    index: int  # of the letter in the text
    expected: Sign  # that the text says
    seen: Sign  # that the picture shows


@dataclass(frozen=True, slots=True)
class _Line:
    """A strip's ink with the rows that letters reach up to; rows count down."""

    ink: Ink
    capitals: float
    small: float
    base: float

    @property
    def height(self) -> float:
        return self.base - self.capitals


def agrees(grey: NDArray[np.uint8], text: str) -> bool | None:
    """Tell whether the picture shows *text*'s rings and dots and no others; None: can't tell."""
    found = check(grey, text)
    if found is None:
        return None
    if any(one.seen not in ("unsure", one.expected) for one in found):
        return False
    return None if any(one.seen == "unsure" for one in found) else True


def check(
    grey: NDArray[np.uint8], text: str, places: Sequence[Place] | None = None
) -> tuple[Accent, ...] | None:
    """Return what stands over each A, O, E and U of *text*; None when the line can't be measured.

    *grey* is [h, w], 12 px/mm, dark on white. *places* are the letters' columns where a reader
    knows them; else they are found. Ink above the line that is nobody's makes all unsure.
    """
    ink = _inked(grey)
    if ink is None:
        return None
    columns = np.flatnonzero(ink.any(axis=0))
    offset = int(columns[0])
    ink = ink[:, offset : int(columns[-1]) + 1]
    if places is None:
        places = place(ink, text)
    else:
        places = tuple(Place(p.left - offset, p.right - offset) for p in places)
    if places is None or len(places) != len(text):
        return None
    line = _measured(ink, text, places)
    if line is None:
        return None
    return _looked(line, text, places)


def _inked(grey: NDArray[np.uint8]) -> Ink | None:
    """Return where ink is, dust taken away; None for bare paper."""
    if min(grey.shape, default=0) < _LOWEST:
        return None
    paper = float(np.percentile(grey, 90))
    dark = float(np.percentile(grey, 2))
    if paper - dark < limits("accents")["contrast"]:
        return None
    ink = grey < dark + (paper - dark) * limits("accents")["ink"]
    return ink if ink.any() else None


def _measured(ink: Ink, text: str, places: Sequence[Place]) -> _Line | None:
    """Return the line's three heights, from letters that bear no marks."""
    tops: dict[str, list[float]] = {"high": [], "low": [], "capital": []}
    bases: list[float] = []
    for letter, spot in zip(text, places, strict=True):
        rows = np.flatnonzero(_body(ink, spot).any(axis=1))
        if not len(rows):
            continue
        if letter in _HIGH:
            tops["high"].append(float(rows[0]))
        elif letter in _LOW:
            tops["low"].append(float(rows[0]))
        elif _bare(letter) in _VOWELS:
            tops["capital" if letter.isupper() else "low"].append(float(rows[0]))
        if letter in _HIGH | _LOW and letter not in "fQJ":
            bases.append(float(rows[-1]) + 1)
    if not bases:
        return None
    base = float(np.median(bases))
    small = float(np.median(tops["low"])) if tops["low"] else None
    capitals = _capitals(tops, base, small)
    if capitals is None or base - capitals < _LOWEST:
        return None
    if small is None:
        small = base - (base - capitals) * limits("accents")["small"]
    return _Line(ink, capitals, small, base)


def _capitals(tops: dict[str, list[float]], base: float, small: float | None) -> float | None:
    """Return the capitals' line; where only vowels are capitals it must fit the small letters."""
    if tops["high"]:
        return float(np.median(tops["high"]))
    if small is None:
        return None
    rule = limits("accents")
    high = max(tops["capital"], default=None)  # the others may have grown together with marks
    if high is None:
        return base - (base - small) / rule["small"]
    share = (base - small) / max(base - high, 1)
    return high if rule["small_least"] < share < rule["small_most"] else None


def _body(ink: Ink, spot: Place) -> Ink:
    """Return the largest piece of ink within *spot*."""
    part = ink[:, max(spot.left, 0) : spot.right]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8))
    if count < 2:  # noqa: PLR2004 - the paper counts as one
        return np.zeros(part.shape, dtype=np.bool_)
    largest = 1 + int(np.argmax(np.asarray(stats)[1:, cv2.CC_STAT_AREA]))
    return np.asarray(labels == largest)


def _has_neck(body: Ink, bare: str) -> bool:
    """Tell whether *body* narrows below its top, or begins in two: a mark may sit on it."""
    upper = body[: max(len(body) * 2 // 5, 2)]
    runs = np.diff(np.pad(upper, ((0, 0), (1, 1))).astype(np.int8), axis=1) == 1
    forked = runs.sum(axis=1) > 1
    if bare in "Ooa":
        return bool(forked[:2].all())
    if bare != "A":
        return False
    columns = np.arange(upper.shape[1])
    left = np.where(upper, columns, upper.shape[1]).min(axis=1)
    wide = np.where(upper, columns, -1).max(axis=1) - left + 1
    widest = np.maximum.accumulate(wide)
    return bool((wide < limits("accents")["neck"] * widest).any())


def _bare(letter: str) -> str:
    return _BARE.get(letter, (letter, "none"))[0]


def _looked(line: _Line, text: str, places: Sequence[Place]) -> tuple[Accent, ...]:
    found = [
        Accent(i, _BARE.get(letter, (letter, "none"))[1], _sign(line, _bare(letter), spot))
        for i, (letter, spot) in enumerate(zip(text, places, strict=True))
        if _bare(letter) in _VOWELS
    ]
    if _is_explained(line, text, places, found):
        return tuple(found)
    return tuple(replace(one, seen="unsure") for one in found)


def _is_explained(line: _Line, text: str, places: Sequence[Place], found: Sequence[Accent]) -> bool:
    """Tell whether every piece of ink high above is a mark that was seen, a point or a letter's."""
    rule = limits("accents")
    marked = {one.index for one in found if one.seen != "none"}
    _, _, stats, _ = cv2.connectedComponentsWithStats(line.ink.astype(np.uint8), connectivity=8)
    reach = rule["reach"] * line.height
    for left, top, wide, high, area in np.asarray(stats)[1:].tolist():
        low = top + high
        if area < rule["speck"] * line.height**2 or low > line.small - rule["gap"] * line.height:
            continue
        over = low <= line.capitals + rule["gap"] * line.height  # over the capitals, too
        x = left + wide / 2
        near = [i for i, p in enumerate(places) if p.left - reach <= x <= p.right + reach]
        if marked.intersection(near) or any(text[i] in _POINTED for i in near):
            continue
        if not over and any(text[i] in _TALL or _bare(text[i]) in "AOEU" for i in near):
            continue
        return False
    return True


def _sign(line: _Line, bare: str, spot: Place) -> Sign:
    """Return what stands over the letter *bare* at *spot*."""
    rule = limits("accents")
    usual = line.capitals if bare.isupper() else line.small
    body = _body(line.ink, spot)
    rows = np.flatnonzero(body.any(axis=1))
    if not len(rows):
        return "unsure"
    rise = (usual - float(rows[0])) / line.height  # of the letter over its line
    if rise < -rule["sunk"]:
        return "unsure"
    # The letter and its mark may have grown together.
    grown = rise > rule["risen"] or _has_neck(body[rows[0] : rows[-1] + 1], bare)
    if grown and bare in "Aa":
        low = round(usual + rule["crown"] * line.height)
        return "ring" if _has_hole(body[rows[0] : low], line.height) else "unsure"
    top = usual if grown else float(rows[0])
    low = round(top - (rule["gap"] * line.height if grown else 0))
    high = max(int(usual - rule["zone"] * line.height), 0)
    seen = _over(line.ink[high:low, max(spot.left, 0) : spot.right], line.height, bare)
    return "unsure" if grown and seen != "dots" else seen


def _over(zone: Ink, height: float, bare: str) -> Sign:
    """Return what the ink right over a letter is; *height* is the capitals'."""
    rule = limits("accents")
    if not zone.any():
        return "none"
    _, labels, stats, _ = cv2.connectedComponentsWithStats(zone.astype(np.uint8), connectivity=8)
    pieces = [
        i for i in range(1, len(stats))
        if stats[i, cv2.CC_STAT_AREA] >= rule["speck"] * height**2
        and _inner(stats[i], zone.shape[1])
    ]  # fmt: skip
    if not pieces:
        loose = float(zone[:, 1:-1].sum()) / height**2
        return "none" if loose < rule["faint"] else "unsure"
    if len(pieces) == 2:  # noqa: PLR2004 - two dots
        return _pair(np.asarray(stats, np.int32)[pieces], height, bare)
    if len(pieces) > 2:  # noqa: PLR2004
        return "unsure"
    return _single(np.asarray(labels == pieces[0]), height, bare)


def _inner(stats: NDArray[np.int32], wide: int) -> bool:
    """Tell whether a piece is more than the neighbour's edge reaching into the place."""
    left, width = int(stats[cv2.CC_STAT_LEFT]), int(stats[cv2.CC_STAT_WIDTH])
    middle = left + width / 2
    return bool(0.08 * wide < middle < 0.92 * wide)


def _pair(stats: NDArray[np.int32], height: float, bare: str) -> Sign:
    rule = limits("accents")
    one, two = sorted(stats.tolist(), key=lambda s: s[cv2.CC_STAT_LEFT])
    least, most = sorted((one[cv2.CC_STAT_AREA], two[cv2.CC_STAT_AREA]))
    top = min(one[cv2.CC_STAT_TOP], two[cv2.CC_STAT_TOP])
    low = max(s[cv2.CC_STAT_TOP] + s[cv2.CC_STAT_HEIGHT] for s in (one, two))
    apart = two[cv2.CC_STAT_LEFT] - one[cv2.CC_STAT_LEFT]
    whole = apart + two[cv2.CC_STAT_WIDTH]
    level = abs(one[cv2.CC_STAT_TOP] - two[cv2.CC_STAT_TOP]) < rule["level"] * height
    alike = least * rule["alike"] >= most
    broad = whole > rule["broad"] * (low - top)  # the halves of a broken ring are not
    if alike and level and broad and apart > rule["apart"] * height and bare in "AOUaou":
        return "dots"
    return "unsure"


def _single(piece: Ink, height: float, bare: str) -> Sign:
    """Return what one piece of ink over *bare* is: a ring, two dots grown together, a stroke."""
    rule = limits("accents")
    rows, columns = np.flatnonzero(piece.any(axis=1)), np.flatnonzero(piece.any(axis=0))
    part = piece[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    high, wide = part.shape
    if max(high, wide) < rule["least"] * height:
        return "unsure"
    if bare in "Ee":
        return "stroke"
    round_ = rule["tall"] < wide / high < rule["wide"]
    return "ring" if bare in "Aa" and round_ and _has_hole(part, height) else "unsure"


def _has_hole(part: Ink, height: float) -> bool:
    """Tell whether *part* encloses a round piece of paper, as a ring does."""
    rule = limits("accents")
    padded = np.pad(~part, 1, constant_values=True).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(padded, connectivity=4)
    for left, _, wide, high, area in np.asarray(stats)[1:].tolist():
        inner = left > 0 and area >= rule["hole"] * height**2
        if inner and rule["tall"] < wide / high < rule["wide"]:
            return True
    return False
