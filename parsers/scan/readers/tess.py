"""The Tesseract reader: an independent second voice for print. Judges no value."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from math import exp
from pathlib import Path
from typing import Final

import numpy as np
from tesserocr import OEM, PSM, PyTessBaseAPI

from parsers.forms.definition import Kind
from parsers.scan.readers.guess import Guess
from parsers.scan.readers.models import verified
from parsers.scan.strips import Strip

_SWEDISH, _ENGLISH = "swe", "eng"
LANGUAGES: Final = (_SWEDISH, _ENGLISH)
# The Swedish net knows neither @ nor _, and has no better digits.
_IN_ENGLISH: frozenset[Kind] = frozenset({"mail", "hsa_id", "person_id", "date", "phone", "digits"})
_ALLOWED: dict[Kind, str] = {
    "person_id": "0123456789-+ ",
    "date": "0123456789-./ ",
    "phone": "0123456789-+()/ ",
    "digits": "0123456789",
}
_RESOLUTION = "300"
_LEAST = 8  # px: in less there is no letter, and the engine complains
_SURE = 1e-3  # an alternative less likely than this is not named
_SCALE = 12.0  # of the engine's ratings: so much worse is e times less likely
_COUNT = 5  # alternatives
_SETUP = {  # names are no dictionary's words; every letter keeps its rivals
    "lstm_choice_mode": "2",
    "debug_file": "/dev/null",
} | {f"load_{kind}_dawg": "0" for kind in ("system", "freq", "punc", "number", "unambig", "bigram")}


class TesseractReader:
    """Tesseract's line net: Swedish for names and text, English for addresses and digits."""

    name = "tesseract"

    def __init__(self, models: Path | None = None) -> None:
        """Load both languages from the folder *models*, or from where the program keeps its own.

        Raises:
            ModelError: a language's file is missing or not one we know.
            RuntimeError: Tesseract can't use a file.
        """
        with ExitStack() as stack:
            self._engines = {
                language: stack.enter_context(_engine(verified(f"{language}.traineddata", models)))
                for language in LANGUAGES
            }
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Give the engines' memory back."""
        self._stack.close()

    def read(self, strips: Sequence[Strip]) -> list[Guess]:
        """Return one guess for each strip, in order; nothing legible is an empty text."""
        return [self._read(strip) for strip in strips]

    def _read(self, strip: Strip) -> Guess:
        if min(strip.grey.shape) < _LEAST:
            return Guess("", 0.0)
        engine = self._engines[_ENGLISH if strip.kind in _IN_ENGLISH else _SWEDISH]
        engine.SetVariable("tessedit_char_whitelist", _ALLOWED.get(strip.kind, ""))
        grey = np.ascontiguousarray(strip.grey)
        high, wide = grey.shape
        engine.SetImageBytes(grey.tobytes(), wide, high, 1, wide)
        text = " ".join(str(engine.GetUTF8Text()).split())
        confidence = engine.MeanTextConf() / 100 if text else 0.0
        choices = engine.GetBestLSTMSymbolChoices() if text else []
        engine.Clear()
        return Guess(text, confidence, _others(text, choices, confidence))


def _engine(file: Path) -> PyTessBaseAPI:
    """Return an engine with the language *file* loaded; leaving its block ends it."""
    engine = PyTessBaseAPI(init=False)
    engine.InitFull(
        path=str(file.parent), lang=file.stem, oem=OEM.LSTM_ONLY, variables=_SETUP,
        psm=PSM.SINGLE_LINE,
    )  # fmt: skip
    engine.SetVariable("user_defined_dpi", _RESOLUTION)
    return engine


def _others(
    text: str, choices: Sequence[Sequence[Sequence[tuple[str, float]]]], confidence: float
) -> tuple[tuple[str, float], ...]:
    """Return *text* with one letter changed to its rival, the likeliest first.

    *choices* are words of letters of (rival, rating), a lower rating is better.
    """
    places = [letter for word in choices for letter in word]
    if len(places) != len(text):
        return ()
    found: list[tuple[str, float]] = []
    for at, (own, rivals) in enumerate(zip(text, places, strict=True)):
        ratings = dict(rivals)
        if own not in ratings:
            return ()
        for rival, rating in ratings.items():
            chance = confidence * exp((ratings[own] - rating) / _SCALE)
            if rival != own and len(rival) == 1 and chance > _SURE:
                found.append((text[:at] + rival + text[at + 1 :], min(chance, confidence)))
    return tuple(sorted(found, key=lambda other: -other[1])[:_COUNT])
