"""Measures readers on families and digits that were never trained on, and the net's temperature.

Runs where the project is installed, beside Pillow and fonttools: it needs no torch.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.forms.definition import Kind
from parsers.scan.readers.beam import search
from parsers.scan.readers.guess import Reader
from parsers.scan.readers.letters import ALPHABET
from parsers.scan.readers.line import LineReader
from parsers.scan.readers.models import ModelError
from parsers.scan.readers.ppocr import PaddleReader
from parsers.scan.readers.tess import TesseractReader
from parsers.scan.strips import Strip
from training.degrade import Capture, captured, penned, soiled
from training.fonts import load
from training.lines import Draughtsman, Way, real_digits

SHOWN: tuple[Capture, ...] = ("scan300", "scan200", "photo", "fax")
WAYS: tuple[Way, ...] = ("typed", "caps", "hand", "digits")
MARKED = ("AÅÄ", "aåä", "OÖ", "oö", "EÉ", "eé")
_KINDS: dict[str, Kind] = {
    "given": "name", "surname": "name", "name": "name", "mail": "mail", "unit": "unit",
    "title": "text", "place": "text", "person_id": "person_id", "date": "date",
    "phone": "phone", "number": "digits",
}  # fmt: skip
_DIGIT_KINDS = frozenset({"person_id", "date", "phone", "digits"})


@dataclass(frozen=True, slots=True)
class Case:
    """A strip whose text is known."""

    strip: Strip
    text: str
    way: Way
    capture: Capture


def cases(fonts: Path, digits: Path, count: int, seed: int) -> list[Case]:
    """Return *count* strips of every capture and way of writing, made-up letters left out."""
    dice = random.Random(seed)
    maker = Draughtsman(load(fonts, "held"), real_digits(digits, "held"), dice)
    made = []
    for capture in SHOWN:
        for way in WAYS:
            while sum(c.way == way and c.capture == capture for c in made) < count:
                line = maker.draw(way)
                kind = _KINDS.get(line.kind)
                if kind is None or (kind == "digits" and any(c.isalpha() for c in line.text)):
                    continue
                grey = soiled(penned(line.ink, dice, hand=way != "typed"), dice)
                grey = captured(grey, capture, dice)
                made.append(Case(Strip(kind, kind, grey), line.text, way, capture))
    return made


def same(text: str, case: Case) -> bool:
    """Tell if *text* is right as the field's value is compared."""
    if case.strip.kind in _DIGIT_KINDS and not any(c.isalpha() for c in case.text):
        return _digits(text) == _digits(case.text)
    if case.strip.kind == "mail" or case.way == "caps":
        return text.lower() == case.text.lower()
    return text == case.text


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def distance(one: str, two: str) -> int:
    """Return how many letters must be put in, left out or changed."""
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, start=1):
        corner, row[0] = row[0], at
        for place, other in enumerate(two, start=1):
            corner, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, corner + (letter != other)),
            )
    return row[-1]


def table(made: Sequence[Case], readers: Sequence[Reader]) -> dict[str, dict[str, float]]:
    """Print and return the share of exact lines in % by capture and way, with letters wrong in %."""
    figures: dict[str, dict[str, float]] = defaultdict(dict)
    read = {r.name: [g.text for g in r.read([c.strip for c in made])] for r in readers}
    print(f"{'':22}" + "".join(f"{name:>20}" for name in read))
    for capture in SHOWN:
        for way in WAYS:
            picked = [i for i, c in enumerate(made) if c.capture == capture and c.way == way]
            cells = []
            for name, texts in read.items():
                right = 100 * sum(same(texts[i], made[i]) for i in picked) / len(picked)
                wrong = sum(distance(texts[i], made[i].text) for i in picked)
                letters = 100 * wrong / sum(len(made[i].text) for i in picked)
                figures[f"{capture} {way}"][name] = round(right, 1)
                cells.append(f"{right:11.1f} ({letters:5.1f})")
            print(f"{capture + ' ' + way:22}" + "".join(f"{cell:>20}" for cell in cells))
    return dict(figures)


def by_kind(made: Sequence[Case], readers: Sequence[Reader]) -> None:
    """Print exact lines in % of real people's digits, kind by kind."""
    real = [c for c in made if c.way == "digits"]
    for reader in readers:
        right: Counter[str] = Counter()
        guesses = reader.read([c.strip for c in real])
        for case, guess in zip(real, guesses, strict=True):
            right[case.strip.kind] += same(guess.text, case)
        whole = Counter(c.strip.kind for c in real)
        print(reader.name, {k: f"{100 * right[k] / n:.1f} % of {n}" for k, n in whole.items()})


def marks(made: Sequence[Case], reader: Reader) -> None:
    """Print how letters with and without marks are mixed up, on lines of the right length."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    guesses = reader.read([c.strip for c in made])
    for case, guess in zip(made, guesses, strict=True):
        if len(guess.text) == len(case.text):
            for true, got in zip(case.text, guess.text, strict=True):
                seen[true][got] += 1
    print(f"marks, {reader.name}")
    for group in MARKED:
        for true in group:
            whole = sum(seen[true].values())
            other = {g: seen[true][g] for g in group if g != true and seen[true][g]}
            print(f"  {true}: {whole} read, {seen[true][true]} right, within the group {other}")


def temperature(made: Sequence[Case], reader: LineReader) -> float:
    """Return the temperature at which the net is as sure of its texts as it is right.

    The reader must have been loaded with temperature 1.
    """
    rows = [(made[at].text, logs) for at, logs in reader.logs([c.strip.grey for c in made])]
    losses = {}
    for heat in np.arange(0.7, 2.6, 0.1):
        losses[round(float(heat), 2)] = sum(_surprise(text, logs / heat) for text, logs in rows)
    return min(losses, key=lambda heat: losses[heat])


def _surprise(text: str, warm: NDArray[np.float32]) -> float:
    """Return the log loss of "the best text is right"."""
    logs = warm - np.log(np.exp(warm).sum(axis=1, keepdims=True))
    best = search(logs, ALPHABET, 6)[0]
    sure = min(max(float(np.exp(best.log)), 1e-6), 1 - 1e-6)
    return -float(np.log(sure if best.text == text else 1 - sure))


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--count", type=int, default=60, help="lines of each capture and way")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--alone", action="store_true", help="our own reader only")
    parser.add_argument("--heat", action="store_true", help="find the temperature, nothing else")
    parser.add_argument("--json", type=Path, help="write the exact lines there")
    given = parser.parse_args()
    cv2.setNumThreads(1)
    own = LineReader(weights=given.weights) if given.weights else LineReader()
    made = cases(given.fonts, given.digits, given.count, given.seed)
    if given.heat:
        print(temperature(made, own))
        return
    readers: list[Reader] = [own]
    if not given.alone:
        for make in (PaddleReader, TesseractReader):
            try:
                readers.append(make())
            except ModelError as error:
                print(f"left out: {error.reason}")
    figures = table(made, readers)
    by_kind(made, readers)
    for reader in readers:
        marks(made, reader)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
