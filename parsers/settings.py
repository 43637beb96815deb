"""What reading needs to know of the office and the day. Reads no file and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What reading needs to know; plain data, so that it can be sent to another process."""

    today: date  # centuries and plausible dates are settled as of this day
    form_paths: tuple[Path, ...]  # folders of form definitions, ours first
    authserv_id: str = ""  # whose Authentication-Results count; "" none
    own_addresses: tuple[str, ...] = ()  # mail from these is our own
    max_pages: int = 60
    max_bytes: int = 40_000_000
    units: tuple[tuple[str, str], ...] = ()  # (unit id, unit): the register's spellings
    managers: tuple[tuple[str, str, str], ...] = ()  # (unit, name, mail address): the register's
    models: Path | None = None  # folder of the readers' models; None is the program's own
    threads: int = 1  # that a reader may use
    signature_roots: tuple[Path, ...] = ()  # certificates whose digital signatures count
