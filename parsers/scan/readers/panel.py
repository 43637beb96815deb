"""The readers that can be had here, and which are missing and why. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from parsers.scan.readers.guess import Reader
from parsers.scan.readers.line import LineReader
from parsers.scan.readers.models import ModelError
from parsers.scan.readers.ppocr import PaddleReader
from parsers.scan.readers.tess import TesseractReader

_AGAIN = "Installera om programmet: make setup."


@dataclass(frozen=True, slots=True)
class Absent:
    """A reader that can't vote, why, and what to do; the last two in Swedish sentences."""

    name: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Who votes; with anybody absent a value is proposed and asked for, never accepted."""

    readers: tuple[Reader, ...]
    absent: tuple[Absent, ...] = ()

    @property
    def complete(self) -> bool:
        """Tell whether nobody is absent."""
        return not self.absent


@lru_cache(maxsize=4)
def panel(models: Path | None = None, threads: int = 1) -> Panel:
    """Return the readers whose models lie in *models* or the program's own folder; kept.

    Each reader works with *threads* threads where it can use several.
    """
    makers: tuple[tuple[str, Callable[[], Reader]], ...] = (
        (PaddleReader.name, lambda: PaddleReader(models, threads)),
        (TesseractReader.name, lambda: TesseractReader(models)),
        (LineReader.name, lambda: LineReader(threads)),
    )
    readers: list[Reader] = []
    absent: list[Absent] = []
    for name, make in makers:
        try:
            readers.append(make())
        except ModelError as error:
            absent.append(Absent(name, f"{error.reason}.", f"{error.advice}."))
        except RuntimeError:
            absent.append(Absent(name, "Läsaren går inte att starta.", _AGAIN))
    return Panel(tuple(readers), tuple(absent))
