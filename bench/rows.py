"""One measurement beside its peer. Measures nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    ours: float
    peer: float | None
    unit: str
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        peer = "" if self.peer is None else f"{self.peer:.2f}"
        ratio = "" if not self.peer else f"{self.ours / self.peer:.2f}"
        return (self.what, f"{self.ours:.2f}", peer, self.unit, ratio, self.note)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the median wall time of *work* over *times* runs after one warm-up."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)
