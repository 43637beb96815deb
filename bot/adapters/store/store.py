"""The memory on SQLite or PostgreSQL: opens it, brings it up to date, begins transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from bot.adapters.database.failures import translated
from bot.adapters.database.migrating import Edition, open_migrated
from bot.adapters.store import marks
from bot.adapters.store.work import SqlWork
from bot.ports.store import Work

EDITION = Edition(
    scripts=Path(__file__).resolve().parent / "migrations",
    head="0007",
    version_table="alembic_version",
)


class SqlStore:
    """The memory; may be shared by threads and by programs."""

    def __init__(self, engine: Engine) -> None:
        """Work on *engine*, whose tables must be there: see ``open``."""
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> SqlStore:
        """Open ``sqlite:///…`` or ``postgresql+psycopg://…``; make or renew its tables.

        Raises:
            TransientError: the database is busy or away.
            NeedsOperatorError: URL, rights or file must be mended, or the program is too old.
        """
        return cls(open_migrated(url, EDITION))

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """Open a transaction that commits at the end of the block, or undoes all on an error.

        Raises:
            TransientError: the database is busy or away.
            NeedsOperatorError: rights, disk or file must be mended.
        """
        with translated(), self._engine.begin() as connection:
            work = SqlWork(connection)
            yield work
            work.finish()

    def raise_numbers(self) -> None:
        """Let nothing made from now on bear a number that a newer copy of it may have given out."""
        with translated(), self._engine.begin() as connection:
            marks.raise_numbers(connection)

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()
