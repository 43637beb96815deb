"""Does the day's chase cost more when many cards are lent? The same twenty are due in each."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.rows import Row
from bot.app import card_rounds
from bot.app.services import Services
from bot.domain.cards import Card, CardKind, Holder, Status
from bot.domain.values import CardId, PersonId
from tests.e2e.office import Office
from tests.e2e.servers import opened
from tests.posting import NOW

SIZES = (1_000, 10_000, 100_000)
DUE = 20
CHUNK = 5_000
TIMES = 6
TODAY = NOW.date()


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        offices = [Office(Path(folder) / str(size)) for size in (DUE, *SIZES)]
        opens = [stack.enter_context(opened(office, NOW)) for office in offices]
        for size, services in zip((DUE, *SIZES), opens, strict=True):
            _fill(services, size)
        least = [(float("inf"), float("inf"))] * len(opens)
        for batch in range(TIMES):
            for place, services in enumerate(opens):
                taken = _chased(services, batch), _idle(services)
                if batch:  # the first warms up
                    was = least[place]
                    least[place] = (min(was[0], taken[0]), min(was[1], taken[1]))
    alone, *full = least
    rows = []
    for size, (chased, idle) in zip(SIZES, full, strict=True):
        note = f"least of {TIMES - 1} in turn; beside a memory of those {DUE} alone"
        what = f"the day's chase, {DUE} of {size:,} loans due"
        rows.append(Row(what, chased, alone[0], "ms", note))
        rows.append(Row(f"the chase of a day when none of {size:,} is due", idle, alone[1], "ms"))
    return rows


def _fill(services: Services, count: int) -> None:
    """Lend *count* cards: twenty are due on each day that is measured, the others next year."""
    for start in range(0, count, CHUNK):
        with services.store.begin() as work:
            for number in range(start, min(count, start + CHUNK)):
                work.cards.save(_loan(number))


def _loan(number: int) -> Card:
    born = date(1950, 1, 1) + timedelta(days=number % 18_000)
    holder = Holder(
        f"Förnamn Efternamn{number}", "Enhet", "V101", f"p{number}@jarfalla.example",
        "chef@jarfalla.example", PersonId(f"{born:%Y%m%d}{number // 18_000:04d}"),
    )  # fmt: skip
    due = TODAY + timedelta(days=400)
    return Card(
        CardKind.RESERVE, Status.HANDED_OUT, holder, TODAY, number=f"97522{number:012}", loa=3,
        handed_out=TODAY, due=due, cap=due, chase_from=TODAY,
        next_on=TODAY if number < DUE else due - timedelta(days=14),
    )  # fmt: skip


def _chased(services: Services, batch: int) -> float:
    """Return the milliseconds of a round on which twenty loans reach a rung."""
    last = TODAY + timedelta(days=3)
    with services.store.begin() as work:
        for number in range(1, DUE + 1):
            card = work.cards.get(CardId(number))
            if card is None:
                raise RuntimeError("a loan is gone")
            work.cards.save(
                replace(card, due=last, chase_from=None, rungs=(), letters=0, next_on=TODAY)
            )
    begun = time.perf_counter()
    count = card_rounds.chase(services, TODAY, NOW)
    taken = (time.perf_counter() - begun) * 1000
    if count != DUE:
        raise RuntimeError(f"{count} loans moved in batch {batch}")
    return taken


def _idle(services: Services) -> float:
    begun = time.perf_counter()
    if card_rounds.chase(services, TODAY, NOW):
        raise RuntimeError("a loan moved twice on one day")
    return (time.perf_counter() - begun) * 1000
