"""Where known words stand on a page: labels and headings found among the characters.

Spacing, hyphens, ligatures and case are no hindrance. Knows no form and no cells.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise

from bot.domain.forms import Box
from parsers.pdf.content import Char, moved_boxes
from parsers.pdf.geometry import Affine

SQUARES = "☐☑☒□■▢◻◼❏❑❒⬜○◯●\uf0a8\uf06f\uf071\uf0fe\uf0fd\uf078"  # squares set as letters
_APART = 0.55  # of the line's height: a gap that ends a phrase; a word space is about 0.25
_LINE = 2.0  # of the height: from a line of a label to its next
_ALIKE = 1.25  # times the height: letters of one label
_WORDS = 2.5  # of the height: between two words of a label, widely set
_ENDS = frozenset(":*(" + SQUARES)
_NUMBERING = re.compile(r"\(?[A-Za-z]?\d{0,2}(?:\.\d{1,2})?[.):]{0,2}|[•·–—*-]")
_LONGEST_NUMBER = 5
_SAMPLE = 400  # pairs of letters that tell which way a page is turned
_TAIL = 40  # characters: the longest note in brackets that belongs to a label


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a phrase stands: its characters from first to last, and the box."""

    phrase: str
    begun: int  # with its number or bullet
    first: int
    last: int
    box: Box


@cache
def key_of(text: str) -> str:
    """Return *text* as phrases are compared: letters and digits only, in one case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@dataclass(frozen=True)
class Text:
    """A page's characters turned upright, and the same as one string to search in."""

    chars: tuple[Char, ...]
    width: float
    height: float
    way: Affine  # from the page as shown to the page upright

    @cached_property
    def _string(self) -> tuple[str, list[int]]:
        keys, places = [], []
        for index, char in enumerate(self.chars):
            for letter in key_of(char.text):
                keys.append(letter)
                places.append(index)
        return "".join(keys), places

    def contains(self, text: str) -> bool:
        """Tell whether *text* is written anywhere, also inside a sentence."""
        return key_of(text) in self._string[0]

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Search the page's letters and digits, written together in lower case."""
        return pattern.search(self._string[0])

    def find(self, phrases: Iterable[str]) -> tuple[Found, ...]:
        """Return every place where one of *phrases* stands by itself; longer phrases go first."""
        string, places = self._string
        taken: set[int] = set()
        found = []
        for phrase in sorted(set(phrases), key=lambda p: (-len(key_of(p)), p)):
            key = key_of(phrase)
            start = string.find(key) if key else -1
            while start >= 0:
                first, last = places[start], places[start + len(key) - 1]
                free = taken.isdisjoint(range(first, last + 1))
                begun = self._numbered(first)
                stands = free and begun is not None and self._is_together(first, last)
                if stands and begun is not None and self._ends(last):
                    last = self._with_note(last)
                    taken.update(range(begun, last + 1))
                    found.append(Found(phrase, begun, first, last, self.box(first, last)))
                start = string.find(key, start + 1)
        return tuple(sorted(found, key=lambda f: f.first))

    def box(self, first: int, last: int) -> Box:
        """Return the box around the characters from *first* to *last*."""
        part = self.chars[first : last + 1]
        return Box(
            min(c.x0 for c in part), min(c.y0 for c in part),
            max(c.x1 for c in part), max(c.y1 for c in part),
        )  # fmt: skip

    def _is_together(self, first: int, last: int) -> bool:
        """Tell whether the characters stand on one line, or on lines one under the other."""
        for a, b in pairwise(self.chars[first : last + 1]):
            low, high = sorted((a.y1 - a.y0, b.y1 - b.y0))
            level = abs(a.middle[1] - b.middle[1])
            wraps = level > high / 2
            if wraps and (level > _LINE * low or high > _ALIKE * low):
                return False
            if not wraps and b.x0 - a.x1 > _WORDS * high:
                return False
        return True

    def _numbered(self, first: int) -> int | None:
        """Return where the phrase begins with its number; None when other words stand before."""
        token, index = "", first
        while index > 0 and self.touch(index - 1, index) and len(token) <= _LONGEST_NUMBER:
            if self.chars[index - 1].text in SQUARES:
                break
            index -= 1
            token = self.chars[index].text + token
        return index if not token or _NUMBERING.fullmatch(token) else None

    def _ends(self, last: int) -> bool:
        while (following := last + 1) < len(self.chars) and self.touch(last, following):
            if self.chars[following].text not in ").":
                return self.chars[following].text in _ENDS
            last = following
        return True

    def _with_note(self, last: int) -> int:
        """Return the last character of the label with its colon, star or note in brackets."""
        note = self._after(last, ")")
        if self._follows(note, "("):
            for end in range(note + 1, min(note + _TAIL, len(self.chars))):
                if self.chars[end].text == ")":
                    return self._after(end, ":*")
        return self._after(note, ":*")

    def _after(self, last: int, marks: str) -> int:
        while self._follows(last, marks):
            last += 1
        return last

    def _follows(self, last: int, marks: str) -> bool:
        following = last + 1
        return (
            following < len(self.chars)
            and self.chars[following].text in marks
            and self.touch(last, following)
        )

    def touch(self, left: int, right: int) -> bool:
        """Tell whether two characters stand on one line, a word space between at most."""
        a, b = self.chars[left], self.chars[right]
        high = min(a.y1 - a.y0, b.y1 - b.y0)
        same_line = min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * high
        return same_line and -high < b.x0 - a.x1 < _APART * high


def others_than(text: Text, labels: Iterable[Found]) -> tuple[Found, ...]:
    """Return the words of *text* that are part of no label, each run of them as one."""
    taken = {i for f in labels for i in range(f.begun, f.last + 1)}
    free = [i for i, c in enumerate(text.chars) if i not in taken and c.text not in SQUARES]
    runs: list[list[int]] = []
    for index in free:
        if runs and runs[-1][-1] == index - 1 and text.touch(index - 1, index):
            runs[-1].append(index)
        else:
            runs.append([index])
    return tuple(
        Found("".join(text.chars[i].text for i in run), run[0], run[0], run[-1],
              text.box(run[0], run[-1]))
        for run in runs
    )  # fmt: skip


def upright(chars: Sequence[Char], width: float, height: float) -> Text:
    """Turn *chars* of a page *width* x *height* mm by quarters until most of them read level."""
    way = _turn(_quarters(chars), width, height)
    if way == Affine.identity():
        return Text(tuple(chars), width, height, way)
    moved = moved_boxes([c[1:5] for c in chars], way)
    turned = tuple(c.placed(box) for c, box in zip(chars, moved, strict=True))
    _x0, _y0, wide, high = way.box(0, 0, width, height)
    return Text(turned, wide, high, way)


def _quarters(chars: Sequence[Char]) -> int:
    """Return by how many quarters (clockwise on paper) most of the text is turned."""
    votes = [0, 0, 0, 0]
    for a, b in islice(pairwise(chars), 0, None, max(1, len(chars) // _SAMPLE)):
        if a.run == b.run:
            (ax, ay), (bx, by) = a.middle, b.middle
            if math.hypot(bx - ax, by - ay) > 0:
                votes[round(math.atan2(by - ay, bx - ax) / (math.pi / 2)) % 4] += 1
    return votes.index(max(votes))


def _turn(quarters: int, width: float, height: float) -> Affine:
    return (
        Affine.identity(),
        Affine(0, -1, 1, 0, 0, width),
        Affine(-1, 0, 0, -1, width, height),
        Affine(0, 1, -1, 0, height, 0),
    )[quarters]
