"""Our own reader of a line of writing: a small net, its weights beside it. Judges no value."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from parsers.scan.readers.beam import Logs, choose
from parsers.scan.readers.guess import Guess
from parsers.scan.readers.letters import ALPHABET, HEIGHT, STEP, shape
from parsers.scan.strips import Strip

WEIGHTS = Path(__file__).with_name("line.onnx")
TOGETHER = 8  # lines run at once
LIKE = 1.25  # lines run together differ no more than so in width
_NOTHING = Guess("", 0.0)


class WeightsError(RuntimeError):
    """The reader's own weights are missing, damaged or of another make."""


class LineReader:
    """Reads typed lines, block letters and handwriting with the net trained for this form."""

    name = "line"

    def __init__(self, threads: int = 1, weights: Path = WEIGHTS) -> None:
        """Load the net from *weights* after checking it against the note beside it.

        Raises:
            WeightsError: a file is missing or the weights are not those that the note describes.
        """
        data, note = _files(weights)
        self._heat = float(note["temperature"])
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._net = InferenceSession(data, options, providers=["CPUExecutionProvider"])

    def read(self, strips: Sequence[Strip]) -> list[Guess]:
        """Return one guess for each strip, in order; nothing legible is an empty text.

        ``confidence`` is the net's probability of the text, calibrated; ``alternatives`` have
        their shares among the texts looked at, and pass the kind's check where it has one.
        """
        guesses = [_NOTHING] * len(strips)
        for at, logs in self.logs([strip.grey for strip in strips]):
            best, others = choose(logs, ALPHABET, strips[at].kind)
            if best.text:
                chance = min(float(np.exp(best.log)), 1.0)
                guesses[at] = Guess(best.text, chance, tuple(others))
        return guesses

    def logs(self, greys: Sequence[NDArray[np.uint8]]) -> Iterator[tuple[int, Logs]]:
        """Yield the place of each line that has writing, and its log-probabilities.

        Lines are [h, w], dark on white, about 12 px/mm; logarithms are [steps, classes],
        class 0 for no letter.
        """
        shaped = [(at, line) for at, grey in enumerate(greys) if (line := shape(grey)) is not None]
        shaped.sort(key=lambda row: row[1].shape[1])
        for group in _groups(shaped):
            page = np.zeros((len(group), 1, HEIGHT, group[-1][1].shape[1]), np.float32)
            for row, (_, line) in enumerate(group):
                page[row, 0, :, : line.shape[1]] = line
            (raw,) = self._net.run(None, {"ink": page})
            for (at, line), seen in zip(group, np.asarray(raw, np.float32), strict=True):
                yield at, _cooled(seen[: line.shape[1] // STEP], self._heat)


def _groups(
    shaped: Sequence[tuple[int, NDArray[np.float32]]],
) -> Iterator[list[tuple[int, NDArray[np.float32]]]]:
    group: list[tuple[int, NDArray[np.float32]]] = []
    for row in shaped:
        wide = row[1].shape[1]
        if group and (len(group) == TOGETHER or wide > LIKE * group[0][1].shape[1]):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _cooled(logs: Logs, heat: float) -> Logs:
    """Return *logs* at temperature *heat*, which makes the net as sure as it is right."""
    warm = logs / heat
    peak = warm.max(axis=1, keepdims=True)
    cooled: Logs = warm - peak - np.log(np.exp(warm - peak).sum(axis=1, keepdims=True))
    return cooled


def _files(weights: Path) -> tuple[bytes, dict[str, Any]]:
    """Return the weights and their note, checked against each other and the alphabet."""
    note_file = weights.with_suffix(".toml")
    try:
        data = weights.read_bytes()
        note = tomllib.loads(note_file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WeightsError(f"Cannot read {weights.name} and its note: {error}") from error
    if hashlib.sha256(data).hexdigest() != note.get("sha256"):
        raise WeightsError(f"{weights} is damaged: its SHA-256 is not the one in {note_file.name}")
    if note.get("alphabet") != ALPHABET or note.get("height") != HEIGHT:
        raise WeightsError(f"{weights} was trained for another alphabet or height")
    return data, note
