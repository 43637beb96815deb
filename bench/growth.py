"""Does a mail cost more when the memory is full? Also the empty round and the digest."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.rows import Row, seconds
from bot.app import rounds
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
    with tempfile.TemporaryDirectory() as folder:
        empty = _per_mail(Path(folder) / "empty", 0)
        rows = []
        for count in (1_000, 10_000, 100_000):
            full = _per_mail(Path(folder) / str(count), count)
            what = f"a mail with {count:,} records and cases, beside an empty memory"
            rows.append(Row(what, full[0], empty[0], "ms/mail"))
            rows.append(Row(f"the empty round, {count:,} records", full[1], empty[1], "ms"))
    return rows


def _per_mail(folder: Path, count: int) -> tuple[float, float]:
    office = Office(folder)
    with opened(office, NOW) as services:
        for start in range(0, count, CHUNK):
            with services.store.begin() as work:
                for number in range(start, min(count, start + CHUNK)):
                    saved = work.records.save(_record(number))
                    work.cases.save(_case(number, saved))
        Turn(services).run()  # what is due is done before the clock starts

        def one_round() -> None:
            with services.store.begin() as work:
                work.runs.clock(NOW)
            rounds.run(services)

        round_ms = seconds(one_round) * 1000
        times = iter(range(10_000))

        def some_mails() -> None:
            batch = next(times)
            for number in range(MAILS):
                key = batch * MAILS + number
                office.deliver(f"{key}", a_mail(key, ("b.pdf", fill_acroform(an_order(key)))))
            if Turn(services).run().decided != MAILS:
                raise RuntimeError("not every mail was decided")

        return seconds(some_mails, 3) / MAILS * 1000, round_ms


def _record(number: int) -> Record:
    born = date(1950, 1, 1) + timedelta(days=number % 18_000)
    person = PersonId(f"{born:%Y%m%d}{number // 18_000:04d}")
    entry = Entry(
        person, f"Efternamn{number}", "Förnamn", unit_id="V101", unit="Enhet",
        valid_from=date(2026, 1, 1), valid_until=date(2027, 6, 1),
    )  # fmt: skip
    return Record(RecordId(0), entry, Status.ACTIVE, "chef@jarfalla.example")


def _case(number: int, record: Record) -> Case:
    case = Case(
        kind=Kind.NEW, stage=Stage.CONFIRMED, title=f"Nybeställning {number}",
        why=Reason("order", "Behörig chef."), opened=NOW - timedelta(days=90),
        closed=NOW - timedelta(days=90), person=record.entry.person_id, record=record.id,
        fingerprint=f"{number:064d}",
    )  # fmt: skip
    return replace(case)
