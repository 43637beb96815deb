"""Does the morning's letter cost more when the memory is full? Few open cases, ever more closed."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from bench.rows import Row
from bot.app import morning
from bot.app.commit import save_step
from bot.app.services import Services
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Step
from tests.e2e.office import Office
from tests.e2e.servers import opened
from tests.posting import NOW

SIZES = (1_000, 10_000, 100_000)  # closed cases, at a fixed number of open ones
OPEN, SINCE = 200, 40  # cases not done; cases done since the last letter
GROWN = 2_000  # open cases, at the smallest number of closed ones
CHUNK, TRIES = 2_000, 6  # the first try warms up
YESTERDAY = NOW - timedelta(days=1)


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        shapes = [(closed, OPEN) for closed in SIZES] + [(SIZES[0], GROWN)]
        offices = [
            stack.enter_context(opened(Office(Path(folder) / f"{closed}-{live}"), NOW))
            for closed, live in shapes
        ]
        for services, (closed, live) in zip(offices, shapes, strict=True):
            _fill(services, closed, live)
        least = [float("inf")] * len(shapes)
        for turn in range(TRIES):
            for place, services in enumerate(offices):
                taken = _composed(services)
                least[place] = min(least[place], taken) if turn else least[place]
    return [
        Row(f"the digest, {closed:,} closed and {live:,} open cases, beside {SIZES[0]:,} and "
            f"{OPEN}", ms, least[0], "ms", f"{SINCE} done since the last; least of {TRIES - 1}")
        for (closed, live), ms in zip(shapes, least, strict=True)
    ]  # fmt: skip


def _fill(services: Services, closed: int, live: int) -> None:
    for start in range(0, closed, CHUNK):
        count = min(CHUNK, closed - start)
        _save(services, count, Stage.CONFIRMED, NOW - timedelta(days=40))
    _save(services, live, Stage.STAFF, NOW - timedelta(days=3))
    _save(services, SINCE, Stage.CONFIRMED, YESTERDAY + timedelta(hours=1))


def _save(services: Services, count: int, stage: Stage, when: datetime) -> None:
    with services.store.begin() as work:
        for number in range(count):
            case = Case(Kind.MAIL, stage, f"Mejl {number}", Reason("mail", "Läs det."), when)
            save_step(work, Step(case), parent=None, now=when, actor="bot")


def _composed(services: Services) -> float:
    begun = time.perf_counter()
    with services.store.begin() as work:
        page = morning.digest_of(services, work, NOW, YESTERDAY)
    if len(page.done) != SINCE:
        raise RuntimeError(f"{len(page.done)} done")
    return (time.perf_counter() - begun) * 1000
