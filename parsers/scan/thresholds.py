"""The limits of the scan floor, from the one data file that holds them. Judges nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FILE = Path(__file__).with_name("thresholds.toml")


@cache
def limits(section: str) -> Mapping[str, float]:
    """Return the numbers of *section* by name, kept per process.

    Raises:
        KeyError: the file has no such section.
    """
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))[section]
    return MappingProxyType({name: float(value) for name, value in table.items()})
