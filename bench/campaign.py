"""A review campaign of 50,000 persons: letters a second, and memory, beside a tenth of it."""

from __future__ import annotations

import gc
import resource
import tempfile
import time
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

from bench.rows import Row
from bot.app import review_rounds, review_work
from bot.app.services import Services
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import today
from bot.domain.records import Entry, Record, Status
from bot.domain.values import PersonId, RecordId
from tests.e2e.office import Office
from tests.e2e.servers import opened
from tests.posting import NOW

SIZES = ((500, 40), (5_000, 400), (50_000, 4_000))  # persons, managers
CHUNK = 5_000
_GIVEN = ("Anna", "Bo", "Cecilia", "David", "Eva", "Farid", "Gunilla", "Hodan", "Ivar", "Jari")
_SURNAMES = ("Berg", "Ek", "Norén", "Warsame", "Lind", "Öberg", "Kaya", "Nowak", "Ström", "Åhs")


def measure() -> list[Row]:
    rows = []
    peer: tuple[float, float] | None = None
    for persons, managers in SIZES:
        frozen, queued, _ = _fresh(persons, managers, traced=False)
        _, _, peak = _fresh(persons, managers, traced=True)
        rate = managers / (frozen + queued)
        what = f"campaign of {persons:,} persons, {managers:,} managers"
        note = f"froze in {frozen:.1f} s, tested, composed and queued in {queued:.1f} s"
        peer = peer or (rate, peak)
        rows.append(Row(f"{what}: letters", rate, peer[0], "letters/s", note))
        rows.append(Row(f"{what}: memory at its highest", peak, peer[1], "MB", "traced"))
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(Row("resident memory of the whole run", whole, None, "MB"))
    return rows


def _fresh(persons: int, managers: int, *, traced: bool) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder, opened(Office(Path(folder)), NOW) as services:
        _fill(services, persons, managers)
        return _campaign(services, traced=traced)


def _fill(services: Services, persons: int, managers: int) -> None:
    first = date(2024, 1, 1)
    entries = [
        ManagerEntry(f"Chef {n}", f"chef{n}@jarfalla.example", f"U{n}", f"Enhet {n}", first,
                     superior_mail=f"omrade{n % 40}@jarfalla.example")
        for n in range(managers)
    ]  # fmt: skip
    with services.store.begin() as work:
        work.managers.replace(entries, "bench")
    for start in range(0, persons, CHUNK):
        with services.store.begin() as work:
            for number in range(start, min(persons, start + CHUNK)):
                work.records.save(_record(number, managers))


def _record(number: int, managers: int) -> Record:
    born = date(1950, 1, 1) + timedelta(days=number % 18_000)
    ten = f"{born:%y%m%d}{number // 18_000 * 10 + number % 10:03d}"
    total = sum(sum(divmod(int(d) * (2 - place % 2), 10)) for place, d in enumerate(ten))
    person = PersonId.parse(f"{born:%Y}{ten[2:]}{-total % 10}", NOW.date())
    unit = number % managers
    place = number // managers  # names differ within a unit
    entry = Entry(
        person, f"{_SURNAMES[place % 10]}{'son' * (place // 10 % 2)}", _GIVEN[(place + unit) % 10],
        title="Undersköterska", unit_id=f"U{unit}", unit=f"Enhet {unit}",
        mail=f"p{number}@jarfalla.example", valid_from=date(2026, 1, 1),
        valid_until=date(2027, 9, 1),
    )  # fmt: skip
    return Record(RecordId(0), entry, Status.ACTIVE, f"chef{unit}@jarfalla.example")


def _campaign(services: Services, *, traced: bool) -> tuple[float, float, float]:
    """Return seconds to freeze, seconds to compose and queue, megabytes at the highest."""
    now = services.clock()
    campaign = review_work.start(services)
    gc.collect()
    if traced:  # which makes it slow: the seconds are taken without
        tracemalloc.start()
    begun = time.perf_counter()
    campaign = review_rounds.prepare(services, campaign, now)
    frozen = time.perf_counter()
    review_work.release(services, campaign, "bench")
    review_rounds.chase(services, today(now), now)
    queued = time.perf_counter()
    peak = tracemalloc.get_traced_memory()[1] / 1e6 if traced else 0.0
    tracemalloc.stop()
    return frozen - begun, queued - frozen, peak
