"""The register of managers as a CSV file that the office keeps. Stores nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from bot.adapters import registers
from bot.domain.authority import ManagerEntry
from bot.ports.errors import NeedsOperatorError
from bot.ports.managers import BY_HAND

_SHOWN = 20  # faults named in one advice


class Settings(BaseModel, frozen=True, extra="forbid"):
    """``[managers] kind = "csv"``."""

    kind: Literal["csv"]
    path: Path


class CsvManagers:
    """Reads the file anew each time; a file with a fault changes nothing."""

    def __init__(self, settings: Settings) -> None:
        """Open nothing yet."""
        self._path = settings.path

    def fingerprint(self) -> str:
        """Return the SHA-256 of the file.

        Raises:
            NeedsOperatorError: the file can't be read.
        """
        return f"{BY_HAND}{hashlib.sha256(self._content()).hexdigest()}"

    def read(self) -> tuple[ManagerEntry, ...]:
        """Return all rows.

        Raises:
            NeedsOperatorError: the file can't be read, or has faults; all are named.
        """
        entries, faults = registers.managers(self._content())
        if faults:
            lines = "\n".join(f"  {fault}" for fault in faults[:_SHOWN])
            more = f"\n  … och {len(faults) - _SHOWN} till" if len(faults) > _SHOWN else ""
            advice = f"Rätta {self._path}; det gamla registret gäller tills dess:\n{lines}{more}"
            raise NeedsOperatorError(f"{len(faults)} faults in the register", advice)
        return entries

    def _content(self) -> bytes:
        try:
            return self._path.read_bytes()
        except OSError as error:
            advice = f"Kontrollera att {self._path} finns och får läsas av programmet."
            raise NeedsOperatorError(f"register: {type(error).__name__}", advice) from error
