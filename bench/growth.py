"""Does a mail cost more when the memory is full? Also the empty round and the digest."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from bench.rows import Row
from bot.app import rounds
from bot.app.services import Services
from bot.app.turn import Turn
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.records import Entry, Record, Status
from bot.domain.values import PersonId, RecordId
from tests.e2e.office import Office
from tests.e2e.servers import opened
from tests.filled import an_order, fill_acroform
from tests.posting import NOW, a_mail

MAILS = 30
CHUNK = 5_000


def measure() -> list[Row]:
    rows = []
    for count in (1_000, 10_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            full, empty = _side_by_side(Path(folder), count)
        note = "least of 5 in turn"
        what = f"a mail with {count:,} records and cases, beside an empty memory"
        rows.append(Row(what, full[0], empty[0], "ms/mail", note))
        what = f"the empty round, {count:,} records, beside an empty memory"
        rows.append(Row(what, full[1], empty[1], "ms", note))
    return rows


def _side_by_side(folder: Path, count: int) -> list[tuple[float, float]]:
    """Measure a full office and an empty one in turn, so that the machine's mood hits both."""
    with ExitStack() as stack:
        offices = [Office(folder / str(size)) for size in (count, 0)]
        opens = [stack.enter_context(opened(office, NOW)) for office in offices]
        _fill(opens[0], count)
        for services in opens:
            Turn(services).run()  # what is due is done before the clock starts
        least = [(float("inf"), float("inf"))] * 2
        for batch in range(6):
            for place, (office, services) in enumerate(zip(offices, opens, strict=True)):
                taken = _some_mails(office, services, batch), _one_round(services)
                if batch:  # the first warms up
                    least[place] = (min(least[place][0], taken[0]), min(least[place][1], taken[1]))
        return least


def _fill(services: Services, count: int) -> None:
    for start in range(0, count, CHUNK):
        with services.store.begin() as work:
            for number in range(start, min(count, start + CHUNK)):
                saved = work.records.save(_record(number))
                work.cases.save(_case(number, saved))


def _some_mails(office: Office, services: Services, batch: int) -> float:
    for number in range(batch * MAILS, (batch + 1) * MAILS):
        office.deliver(f"{number}", a_mail(number, ("b.pdf", fill_acroform(an_order(number)))))
    begun = time.perf_counter()
    if Turn(services).run().decided != MAILS:
        raise RuntimeError("not every mail was decided")
    return (time.perf_counter() - begun) / MAILS * 1000


def _one_round(services: Services) -> float:
    begun = time.perf_counter()
    rounds.run(services)
    return (time.perf_counter() - begun) * 1000


def _record(number: int) -> Record:
    born = date(1950, 1, 1) + timedelta(days=number % 18_000)
    person = PersonId(f"{born:%Y%m%d}{number // 18_000:04d}")
    entry = Entry(
        person, f"Efternamn{number}", "Förnamn", unit_id="V101", unit="Enhet",
        valid_from=date(2026, 1, 1), valid_until=date(2027, 6, 1),
    )  # fmt: skip
    return Record(RecordId(0), entry, Status.ACTIVE, "chef@jarfalla.example")


def _case(number: int, record: Record) -> Case:
    return Case(
        kind=Kind.NEW, stage=Stage.CONFIRMED, title=f"Nybeställning {number}",
        why=Reason("order", "Behörig chef."), opened=NOW - timedelta(days=90),
        closed=NOW - timedelta(days=90), person=record.entry.person_id, record=record.id,
        fingerprint=f"{number:064d}",
    )  # fmt: skip
