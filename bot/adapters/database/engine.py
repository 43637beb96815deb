"""Connections to SQLite and PostgreSQL, set up the same way everywhere. Knows no table."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.ports.errors import NeedsOperatorError

BUSY = 10  # seconds to wait for another program's transaction
_CONNECT = 10  # seconds
_IN_MEMORY = (None, "", ":memory:")
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL: a mail is moved out of the inbox after the commit, so no commit may be lost.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -32000",  # KiB
    "PRAGMA temp_store = MEMORY",
)


def open_engine(url: str) -> Engine:
    """Return an engine for *url*, ``sqlite:///…`` or ``postgresql+psycopg://…``.

    SQLite's file is made, readable by its owner only, in a directory that is made if missing.

    Raises:
        NeedsOperatorError: the URL names no database that we speak, or the file can't be made.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise _bad_url("the URL can't be read") from None
    if address.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite(address)
    if address.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgres(address.set(drivername="postgresql+psycopg"))
    raise _bad_url(f"unknown kind {address.drivername}")


def _bad_url(reason: str) -> NeedsOperatorError:
    advice = "Skriv [database] url som sqlite:///sökväg/ekbot.db eller postgresql+psycopg://…"
    return NeedsOperatorError(f"database: {reason}", advice)


def _postgres(address: URL) -> Engine:
    try:
        return create_engine(
            address,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=BUSY,
            connect_args={
                "connect_timeout": _CONNECT,
                "application_name": "ek-bot",
                "options": f"-c lock_timeout={BUSY}s -c timezone=UTC",
            },
        )
    except (ArgumentError, NoSuchModuleError):
        raise _bad_url("the URL can't be used") from None


def _sqlite(address: URL) -> Engine:
    if address.database not in _IN_MEMORY:
        _make_file(Path(str(address.database)))
    engine = create_engine(
        address, hide_parameters=True, pool_timeout=BUSY, connect_args={"timeout": BUSY}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        advice = f"Kontrollera [database] url: {path} ska gå att skapa och skriva i."
        raise NeedsOperatorError(f"database: {type(error).__name__}", advice) from None


def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Python's driver must not begin transactions of its own: SQLAlchemy, "Serializable isolation /
    # Savepoints / Transactional DDL" of the pysqlite dialect.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    # IMMEDIATE: what a transaction has read can't be changed by another before it writes.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
