"""The PP-OCRv6 reader: lines of print and of handwriting, by a bought net. Judges no value."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from parsers.scan.readers import beam
from parsers.scan.readers.guess import Guess
from parsers.scan.readers.letters import ALPHABET
from parsers.scan.readers.models import verified
from parsers.scan.strips import Strip

FILE = "PP-OCRv6_rec_small.onnx"
_MORE = "ßřěůťďňőűșțğıİ"  # letters of names that our own net was not taught
_PAIRS = Path(__file__).with_name("pairs.toml")
_HEIGHT = 48  # px, the net's own
_MARGIN = 5  # px of the strip; more white and the net loses the ring of Å
_NARROWEST, _WIDEST = 48, 1600  # px of a shaped line
_DARK = 160  # grey: ink, when looking for where the writing stands
_TINY = 1e-12
_NO_GUESS = Guess("", 0.0)

Chances = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two columns that the net mixes up: the *marked* letter is meant from *ratio* on."""

    bare: int
    marked: int
    ratio: float


class PaddleReader:
    """PP-OCRv6 small recognition on single lines."""

    name = "ppocr"

    def __init__(self, models: Path | None = None, threads: int = 1) -> None:
        """Load the net from the folder *models*, or from where the program keeps its own.

        Raises:
            ModelError: the net's file is missing or not the one we know.
        """
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = str(verified(FILE, models))
        self._net = InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._input = self._net.get_inputs()[0].name
        written = self._net.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._columns, self._letters = _masked(written)
        self._pairs = _pairs(self._letters)

    def read(self, strips: Sequence[Strip]) -> list[Guess]:
        """Return one guess for each strip, in order; nothing legible is an empty text.

        ``confidence`` is the net's chance of the whole text. Lines run one by one: a
        batch saves nothing on one core, measured with lines of like width.
        """
        return [self._read(strip) for strip in strips]

    def _read(self, strip: Strip) -> Guess:
        line = _shaped(strip.grey)
        if line is None:
            return _NO_GUESS
        (out,) = self._net.run(None, {self._input: line[None]})
        chances = _weighed(np.asarray(out[0], np.float32)[:, self._columns], self._pairs)
        logs = beam.masked(np.log(np.maximum(chances, _TINY)), self._letters, strip.kind)
        found: dict[str, float] = {}
        for candidate in beam.search(logs, self._letters):
            found.setdefault(" ".join(candidate.text.split()), min(exp(candidate.log), 1.0))
        (text, confidence), *others = found.items()
        return Guess(text, confidence if text else 0.0, tuple(others[: beam.COUNT]))


def _masked(written: Sequence[str]) -> tuple[NDArray[np.intp], str]:
    """Return the net's columns for our alphabet and their letters; column 0 is no letter."""
    at = {letter: index for index, letter in enumerate(written, start=1)}
    at[" "] = len(written) + 1  # the net's last column, not in its list
    letters = "".join(letter for letter in ALPHABET + _MORE if letter in at)
    return np.array([beam.BLANK, *(at[letter] for letter in letters)]), letters


@cache
def _ratios() -> tuple[tuple[str, str, float], ...]:
    rows = tomllib.loads(_PAIRS.read_text(encoding="utf-8"))["pair"]
    return tuple((row["bare"], row["marked"], float(row["ratio"])) for row in rows)


def _pairs(letters: str) -> tuple[_Pair, ...]:
    return tuple(
        _Pair(1 + letters.index(bare), 1 + letters.index(mark), ratio)
        for bare, marked, ratio in _ratios()
        for mark in marked
    )


def _weighed(chances: Chances, pairs: Sequence[_Pair]) -> Chances:
    """Return *chances* with the net's blindness for rings and dots taken out, pair by pair.

    The net's odds of the marked letter against the bare one are divided by the pair's ratio, so
    that even odds mean doubt; the two share what they had together.
    """
    out = chances.copy()
    best = chances.argmax(axis=1)
    for bare in {pair.bare for pair in pairs}:
        steps = np.flatnonzero(best == bare)
        if not len(steps):
            continue
        mine = [pair for pair in pairs if pair.bare == bare]
        odds = np.stack([(chances[steps, p.marked] / p.ratio) ** 2 for p in mine])
        own = np.maximum(chances[steps, bare], 1e-9) ** 2
        whole = own + odds.sum(axis=0)
        share = chances[steps, bare] + sum(chances[steps, p.marked] for p in mine)
        out[steps, bare] = share * own / whole
        for pair, odd in zip(mine, odds, strict=True):
            out[steps, pair.marked] = share * odd / whole
    return out


def _shaped(grey: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """Return the writing as the net wants it, [3, 48, width], -1 to 1; None for bare paper."""
    dark = grey < _DARK
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return None
    tight = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    edge = (_MARGIN,) * 4
    line = cv2.copyMakeBorder(tight, *edge, cv2.BORDER_CONSTANT, value=255)
    high, wide = line.shape
    width = min(max(round(wide * _HEIGHT / high), _NARROWEST), _WIDEST)
    scaled = cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    plane = scaled.astype(np.float32) / 127.5 - 1
    return np.repeat(plane[None], 3, axis=0)
