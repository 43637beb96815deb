"""Words printed on a straightened page, letter by letter, known labels spelt right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import tesserocr
from PIL import Image

from bot.domain.forms import Box
from parsers.forms.phrases import key_of
from parsers.pdf.content import Char, Outline
from parsers.scan.picture import Grey
from parsers.scan.readers import models
from parsers.scan.straight import SCALE, Straight

_RIM = 0.25  # mm around a line that is painted white before reading
_SQUARE_RIM = 0.55
_LEAST_SURE = 35.0  # percent: a word less sure is dust
_LEVEL = 0.6  # of the higher one: words of one line lie side by side by as much
_MOST_WORDS = 9  # of a label
_WRONG = 0.22  # of a label's letters may be misread
_SHORT = 4  # letters: a shorter label must be read exactly
_WIDE = 0.9  # of the line's height: a gap that no label has inside


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read: its letters and the box (mm), as high as its line."""

    text: str
    box: Box


def chars(page: Straight, printed: Iterable[Outline], phrases: Sequence[str]) -> tuple[Char, ...]:
    """Return the letters on *page* without its lines, words like one of *phrases* spelt as it.

    Raises:
        ModelError: Swedish for Tesseract is not there.
    """
    rows = _read(_bare(page.clean, printed))
    known = {key_of(p): p for p in phrases}
    letters: list[Char] = []
    for number, row in enumerate(rows):
        for word in _mended(row, known):
            letters += _letters(word, number)
    return tuple(letters)


def _bare(clean: Grey, printed: Iterable[Outline]) -> Grey:
    bare = clean.copy()
    for path in printed:
        rim = _SQUARE_RIM if path.lines else _RIM  # squares and rings are empty on a blank
        x0, y0 = (max(0, round((v - rim) * SCALE)) for v in (path.x0, path.y0))
        x1, y1 = (max(0, round((v + rim) * SCALE)) for v in (path.x1, path.y1))
        bare[y0:y1, x0:x1] = 255
    return bare


def _read(bare: Grey) -> list[list[Word]]:
    data = models.verified("swe.traineddata")
    words: list[Word] = []
    with tesserocr.PyTessBaseAPI(
        path=str(data.parent), lang="swe", psm=tesserocr.PSM.SPARSE_TEXT
    ) as engine:
        engine.SetImage(Image.fromarray(bare))
        engine.SetSourceResolution(round(SCALE * 25.4))
        engine.Recognize()
        found = engine.GetIterator()
        for item in tesserocr.iterate_level(found, tesserocr.RIL.WORD) if found else ():
            try:
                text = item.GetUTF8Text(tesserocr.RIL.WORD).strip()
            except RuntimeError:  # "No text returned": an empty page has one word without letters
                continue
            sure = item.Confidence(tesserocr.RIL.WORD)
            if sure < _LEAST_SURE or not any(c.isalnum() for c in text):
                continue
            x0, _y, x1, _low = item.BoundingBox(tesserocr.RIL.WORD)
            _x, y0, _right, y1 = item.BoundingBox(tesserocr.RIL.TEXTLINE)
            words.append(Word(text, Box(*(v / SCALE for v in (x0, y0, x1, y1)))))
    return _rows(words)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Put words that stand on one line together, from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.y1, w.box.x0)):
        box = word.box
        beside = (
            row for row in reversed(rows)
            if min(row[0].box.y1, box.y1) - max(row[0].box.y0, box.y0)
            > _LEVEL * max(row[0].box.y1 - row[0].box.y0, box.y1 - box.y0)
        )  # fmt: skip
        row = next(beside, None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [sorted(row, key=lambda w: w.box.x0) for row in rows]


def _mended(row: Sequence[Word], known: dict[str, str]) -> list[Word]:
    """Return the words of a line, those that are a known label put together and spelt right."""
    spans = [
        (first, last)
        for first in range(len(row))
        for last in range(first, min(len(row), first + _MOST_WORDS))
        if all(_gap(a, b) for a, b in zip(row[first:last], row[first + 1 : last + 1], strict=True))
    ]
    offers = []
    for first, last in spans:
        key = key_of("".join(w.text for w in row[first : last + 1]))
        spelt = _nearest(key, known)
        if spelt is not None:
            offers.append((spelt[1] / len(key), first - last, first, last, spelt[0]))
    taken: dict[int, tuple[int, str]] = {}
    for _off, _short, first, last, phrase in sorted(offers):
        if all(n not in taken for n in range(first, last + 1)):
            taken |= dict.fromkeys(range(first, last + 1), (first, phrase))
    mended = []
    for n, word in enumerate(row):
        if n not in taken:
            mended.append(word)
        elif taken[n][0] == n:
            last = max(m for m in taken if taken[m] == taken[n])
            box = Box(word.box.x0, word.box.y0, row[last].box.x1, word.box.y1)
            mended.append(Word(taken[n][1], box))
    return mended


def _gap(left: Word, right: Word) -> bool:
    return right.box.x0 - left.box.x1 < _WIDE * (left.box.y1 - left.box.y0)


def _nearest(key: str, known: dict[str, str]) -> tuple[str, int] | None:
    """Return the label that *key* is a misreading of, and by how many letters; no guess of two."""
    if key in known:
        return known[key], 0
    most = int(_WRONG * len(key))
    if len(key) < _SHORT or most < 1:
        return None
    near = sorted(
        (off, phrase)
        for k, phrase in known.items()
        if abs(len(k) - len(key)) <= most and len(k) >= _SHORT
        and (off := _distance(key, k, most)) <= most
    )  # fmt: skip
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1], near[0][0]


def _distance(one: str, two: str, most: int) -> int:
    """Return the edit distance, *most* + 1 when it is more than *most*."""
    row = list(range(len(two) + 1))
    for n, letter in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, other in enumerate(two, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (letter != other))
        if min(row) > most:
            return most + 1
    return row[-1]


def _letters(word: Word, number: int) -> list[Char]:
    """Spread the letters of *word* evenly over its box."""
    step = (word.box.x1 - word.box.x0) / max(len(word.text), 1)
    edges = np.arange(len(word.text) + 1) * step + word.box.x0
    return [
        Char(
            letter, float(edges[n]), word.box.y0, float(edges[n + 1]), word.box.y1,
            run=number, font="", unseen=False,
        )
        for n, letter in enumerate(word.text) if not letter.isspace()
    ]  # fmt: skip
