"""The laws of the memory as a whole, proven on SQLite and PostgreSQL: all or nothing, for ever."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from bot.adapters.store.store import SqlStore
from bot.ports.errors import (
    ConflictError,
    NeedsOperatorError,
    PermanentError,
    PortError,
    TransientError,
)
from bot.ports.mailbox import Ref
from tests.builders import NOW, a_record, an_origin
from tests.laws.databases import new_case

ROOT = Path(__file__).parents[2]


def test_an_error_in_the_block_undoes_all_of_it(store):
    def fail_at_the_end(work):
        work.journal.add(Ref("INBOX", "1", "1"), b"mail", "<a@b.example>", NOW)
        work.cases.save(new_case())
        work.runs.begin("digest", "2026-11-23", NOW)
        work.audit.add("bot", "x", "K-1", "y", NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.begin() as work:
        fail_at_the_end(work)
    with store.begin() as work:
        assert work.journal.list() == ()
        assert work.cases.list() == ()
        assert work.runs.begin("digest", "2026-11-23", NOW)
        assert work.audit.verify() == (0, None)


def test_what_was_committed_is_there_when_the_store_is_opened_again(database, store):
    with store.begin() as work:
        case = work.cases.save(new_case())
    store.close()
    again = SqlStore.open(database.url)
    with again.begin() as work:
        assert work.cases.get(case.id) == case
    again.close()


def test_a_case_saved_by_another_hand_meanwhile_is_a_conflict(store):
    with store.begin() as work:
        case = work.cases.save(new_case())
    with store.begin() as work:
        work.cases.save(replace(case, title="först"))
    with pytest.raises(ConflictError), store.begin() as work:
        work.cases.save(replace(case, title="sedan"))
    with store.begin() as work:
        assert [c.title for c in work.cases.list()] == ["först"]


def test_a_record_saved_by_another_hand_meanwhile_is_a_conflict(store):
    with store.begin() as work:
        record = work.records.save(a_record(id=0, version=0))
        work.records.save(record)
    with pytest.raises(ConflictError), store.begin() as work:
        work.records.save(record)


def test_a_person_has_one_record(store):
    with store.begin() as work:
        work.records.save(a_record(id=0, version=0))
    with pytest.raises(ConflictError), store.begin() as work:
        work.records.save(a_record(id=0, version=0))
    with store.begin() as work:
        assert work.records.population() == 1


def test_two_stores_on_one_database_lose_no_update(database, store):
    other = SqlStore.open(database.url)
    with store.begin() as work:
        case = work.cases.save(new_case(title="0")).id

    clashes: list[PortError] = []

    def add_fifty(which: SqlStore) -> None:
        done = 0
        while done < 50:
            try:
                with which.begin() as work:
                    seen = work.cases.get(case)
                    work.cases.save(replace(seen, title=str(int(seen.title) + 1)))
                    work.audit.add("bot", "counted", "K-1", "", NOW)
                done += 1
            except (ConflictError, TransientError) as clash:
                clashes.append(clash)  # the other was first: read again

    threads = [Thread(target=add_fifty, args=(which,)) for which in (store, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    with store.begin() as work:
        assert work.cases.get(case).title == "100"
        assert work.audit.verify() == (100, None)
    if database.kind == "sqlite":
        assert clashes == []  # there they wait for each other before they read


def test_a_case_of_a_mail_that_never_came_is_refused(store):
    with pytest.raises(PermanentError), store.begin() as work:
        work.cases.save(new_case(origin=an_origin(mail=99)))


def test_errors_name_no_stored_value(database, store):
    record = a_record(id=0, version=0)
    digits = record.entry.person_id.reveal()
    with store.begin() as work:
        saved = work.records.save(record)
    columns = "version, person, status, doc"
    with pytest.raises(PortError) as caught, store.begin() as work:
        work._connection.execute(
            text(f"INSERT INTO records ({columns}) SELECT {columns} FROM records")
        )
    assert saved.id
    assert digits not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_naive_instant_is_refused_everywhere(store):
    naive = datetime(2026, 11, 23, 9, 0)
    for attempt in (
        lambda work: work.journal.add(Ref("INBOX", "1", "1"), b"mail", "", naive),
        lambda work: work.cases.save(new_case(opened=naive)),
        lambda work: work.audit.add("bot", "x", "K-1", "", naive),
        lambda work: work.runs.begin("digest", "2026-11-23", naive),
        lambda work: work.outbox.sent_to("", naive),
    ):
        with pytest.raises(ValueError, match="time zone"), store.begin() as work:
            attempt(work)


def test_instants_come_back_in_utc_whatever_zone_they_came_in(store):
    helsinki = timezone(timedelta(hours=2))
    moment = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=helsinki)
    with store.begin() as work:
        work.journal.add(Ref("INBOX", "1", "1"), b"mail", "", moment)
        case = work.cases.save(new_case(opened=moment, closed=moment))
        work.audit.add("bot", "x", "K-1", "", moment)
    with store.begin() as work:
        read = work.cases.get(case.id)
        seen = [work.journal.list()[0].received, read.opened, read.closed]
        seen.append(work.audit.of("K-1")[0].at)
    assert all(s == moment and s.tzinfo is UTC for s in seen)


def test_a_period_is_claimed_once(store):
    with store.begin() as work:
        assert work.runs.begin("digest", "2026-11-23", NOW)
        assert not work.runs.begin("digest", "2026-11-23", NOW)
        assert work.runs.begin("digest", "2026-11-24", NOW)
    with store.begin() as work:
        assert not work.runs.begin("digest", "2026-11-23", NOW)


def test_the_clock_only_moves_forward(store):
    later = NOW + timedelta(days=1)
    with store.begin() as work:
        assert work.runs.clock(NOW) == NOW
        assert work.runs.clock(later) == later
    with store.begin() as work:
        assert work.runs.clock(NOW) == later


def test_the_clock_has_seen_what_the_log_has_seen(store):
    later = NOW + timedelta(hours=1)
    with store.begin() as work:
        work.runs.clock(NOW)
        work.audit.add("bot", "x", "K-1", "", later)
    with store.begin() as work:
        assert work.runs.clock(NOW) == later


def test_files_of_a_case_are_kept_once_and_come_back_whole(database, store):
    with store.begin() as work:
        first, second = work.cases.save(new_case()), work.cases.save(new_case())
        sha = work.keep(first.id, "förhandsvisning.png", b"\x89PNG" * 1000)
        assert work.keep(first.id, "förhandsvisning.png", b"\x89PNG" * 1000) == sha
        work.keep(second.id, "bild.png", b"\x89PNG" * 1000)
        work.keep(second.id, "tom", b"")
    with store.begin() as work:
        assert work.kept(first.id) == (("förhandsvisning.png", sha, b"\x89PNG" * 1000),)
        assert [name for name, _, _ in work.kept(second.id)] == ["bild.png", "tom"]
    assert database.value("SELECT count(*) FROM blobs") == 2


WRITER = """
import sys
from tests.builders import NOW
from tests.laws.databases import new_case
from bot.adapters.store.store import SqlStore
store = SqlStore.open(sys.argv[1])
while True:
    with store.begin() as work:
        case = work.cases.save(new_case())
        work.audit.add("bot", "case_saved", case.handle, "", NOW)
        work.keep(case.id, "fil", case.handle.encode() * 2000)
    print(case.id, flush=True)
"""


def test_a_killed_writer_leaves_all_that_it_committed_and_no_half(database, store):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, database.url],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    for _ in range(20):
        assert writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    acknowledged = 20 + len(writer.stdout.read().split(b"\n")) - 1
    writer.wait()
    writer.stdout.close()
    with store.begin() as work:
        cases = work.cases.list()
        assert len(cases) in (acknowledged, acknowledged + 1)
        assert work.audit.verify() == (len(cases), None)
        assert all(len(work.kept(c.id)) == 1 for c in cases)
    if database.kind == "sqlite":
        assert database.value("PRAGMA integrity_check") == "ok"


@pytest.mark.parametrize("codec", ["zlib", "raw"])
def test_a_damaged_content_is_told_with_advice(database, store, codec):
    with store.begin() as work:
        mail = work.journal.add(Ref("INBOX", "1", "1"), b"a mail " * 100, "", NOW)
    other = "x'00'" if database.kind == "sqlite" else "'\\x00'"
    database.run(f"UPDATE blobs SET content = {other}, codec = '{codec}'")
    with pytest.raises(NeedsOperatorError, match="säkerhetskopian"), store.begin() as work:
        work.journal.raw(mail)
