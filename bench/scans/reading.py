"""Documents read as ``ekbot read`` does, in a process of their own, with time and memory."""

from __future__ import annotations

import json
import multiprocessing
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.scans.blanks import FOREIGN
from bench.scans.orders import TODAY
from bot.adapters.managers import csv
from bot.cli import shapes
from bot.domain.authority import ManagerEntry
from parsers.reading import Settings, read_file
from tests.filled import FORMS

Answer = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """What one document gave."""

    file: str
    answers: list[Answer]
    seconds: float


@dataclass(frozen=True)
class Run:
    """All documents, and the most memory (MB) that the process ever held."""

    documents: list[Done]
    peak: float


def ours(path: Path) -> list[Answer]:
    """Read *path* and judge what stands there by the register beside it."""
    entries = _register(path.parent / "managers.csv")
    reading = read_file(path.name, path.read_bytes(), settings(path.parent, entries))
    rows = shapes.document(reading, entries, TODAY)
    return [json.loads(json.dumps(row)) | {"file": path.name} for _form, row in rows]


def settings(folder: Path, entries: Sequence[ManagerEntry]) -> Settings:
    """Return what a reader is told of the office; the foreign blanks are in *folder*."""
    return Settings(
        today=TODAY, form_paths=(FORMS, folder / FOREIGN),
        units=tuple(sorted({(e.unit_id, e.unit) for e in entries})),
        managers=tuple(sorted({(e.unit, e.name, e.mail) for e in entries})),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _register(path: Path) -> tuple[ManagerEntry, ...]:
    return csv.CsvManagers(csv.Settings(kind="csv", path=path)).read()


def apart(read: Callable[[Path], list[Answer]], paths: Sequence[Path], *, warm: bool = True) -> Run:
    """Read *paths* in a fresh process, one after the other; *warm* reads the first twice."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as pool:
        if warm and paths:
            pool.submit(_timed, read, paths[0]).result()
        done = [pool.submit(_timed, read, path).result() for path in paths]
        return Run(done, pool.submit(_peak).result())


def _timed(read: Callable[[Path], list[Answer]], path: Path) -> Done:
    begun = time.perf_counter()
    answers = read(path)
    return Done(path.name, answers, time.perf_counter() - begun)


def _peak() -> float:
    """Return the process's high water mark; getrusage's would be the parent's from before exec."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) / 1024
