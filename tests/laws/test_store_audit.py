"""The laws of the audit log: append-only, chained, and a break is found."""

import pytest
from sqlalchemy.exc import DBAPIError

from bot.adapters.store.store import SqlStore
from tests.builders import NOW
from tests.laws.databases import new_database


@pytest.fixture
def written(store):
    for number in range(1, 6):
        with store.begin() as work:
            work.audit.add("bot", "mail_decided", f"M-{number}", "åtgärdat", NOW)
            work.audit.add("anna", "case_saved", "K-1", f"rad {number}", NOW)
    return store


def test_lines_of_one_thing_come_oldest_first(written):
    with written.begin() as work:
        assert [line.detail for line in work.audit.of("K-1")] == [f"rad {n}" for n in range(1, 6)]
        assert work.audit.of("K-2") == ()


def test_lines_are_seen_in_the_transaction_that_writes_them(store):
    with store.begin() as work:
        work.audit.add("bot", "x", "K-1", "", NOW)
        assert len(work.audit.of("K-1")) == 1
        work.audit.add("bot", "y", "K-1", "", NOW)
        assert work.audit.verify() == (2, None)


def test_an_untouched_log_is_whole(written):
    with written.begin() as work:
        assert work.audit.verify() == (10, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET detail = 'x' WHERE id = 3",
        "DELETE FROM audit WHERE id = 3",
        "DELETE FROM audit",
    ],
)
def test_the_database_itself_refuses_changes(database, written, statement):
    with pytest.raises(DBAPIError, match="append-only"):
        database.run(statement)
    with written.begin() as work:
        assert work.audit.verify() == (10, None)


@pytest.mark.server
def test_postgresql_refuses_to_empty_it(tmp_path, request):
    with new_database("postgresql", tmp_path, request) as database:
        SqlStore.open(database.url).close()
        with pytest.raises(DBAPIError, match="append-only"):
            database.run("TRUNCATE audit")


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET detail = 'x' WHERE id = 3", 3),
        ("UPDATE audit SET actor = 'bot' WHERE id = 4", 4),
        ("DELETE FROM audit WHERE id = 3", 3),
        ("DELETE FROM audit WHERE id = 10", 10),
        ("DELETE FROM audit", 1),
        ("UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 1) WHERE id = 2", 2),
    ],
)
def test_tampering_with_the_triggers_off_is_found(database, written, statement, broken):
    if database.kind == "sqlite":
        database.run("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", statement)
    else:
        database.run("ALTER TABLE audit DISABLE TRIGGER ALL", statement)
    with written.begin() as work:
        assert work.audit.verify()[1] == broken
