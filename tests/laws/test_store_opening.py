"""The laws of opening the memory: what can be wrong with an URL, a file, a server."""

import pytest

from bot.adapters.store.store import SqlStore
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.databases import new_case, new_database


def test_the_file_is_readable_by_its_owner_only(tmp_path):
    SqlStore.open(f"sqlite:///{tmp_path}/ny/katalog/ekbot.db").close()
    file = tmp_path / "ny/katalog/ekbot.db"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_sqlite_syncs_every_commit(tmp_path):
    store = SqlStore.open(f"sqlite:///{tmp_path}/ekbot.db")
    with store.begin() as work:
        pragma = work._connection.exec_driver_sql
        assert pragma("PRAGMA journal_mode").scalar() == "wal"
        assert pragma("PRAGMA synchronous").scalar() == 2
        assert pragma("PRAGMA foreign_keys").scalar() == 1
    assert store._engine.hide_parameters
    store.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "sqlite+aiosqlite:///x"])
def test_an_url_of_another_kind_is_told_with_advice(url):
    with pytest.raises(NeedsOperatorError, match="sqlite:///"):
        SqlStore.open(url)


def test_a_file_that_is_no_database_is_told_with_advice(tmp_path):
    (tmp_path / "ekbot.db").write_bytes(b"no database at all " * 100)
    with pytest.raises(NeedsOperatorError, match="skadad"):
        SqlStore.open(f"sqlite:///{tmp_path}/ekbot.db")


def test_a_folder_that_is_a_file_is_told_with_advice(tmp_path):
    (tmp_path / "fil").touch()
    with pytest.raises(NeedsOperatorError, match="skriva"):
        SqlStore.open(f"sqlite:///{tmp_path}/fil/ekbot.db")


def test_a_server_that_is_not_there_may_come_back():
    with pytest.raises(TransientError):
        SqlStore.open("postgresql+psycopg://ek@127.0.0.1:1/ek")


@pytest.mark.server
def test_a_database_that_is_not_there_is_told_with_advice(postgres_uri):
    with pytest.raises(NeedsOperatorError, match="skapa"):
        SqlStore.open(f"{postgres_uri.rpartition('/')[0]}/finns_inte")


@pytest.mark.server
def test_a_lost_connection_is_transient_and_the_next_transaction_works(tmp_path, request):
    with new_database("postgresql", tmp_path, request) as database:
        store = SqlStore.open(database.url)
        with pytest.raises(TransientError), store.begin() as work:
            lose_the_connection(database, work)
        with store.begin() as work:
            assert work.cases.list() == ()
        store.close()


def lose_the_connection(database, work):
    work.cases.save(new_case())
    database.value(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    work.cases.list()
