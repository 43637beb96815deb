"""Databases to prove the SQL laws on, each new and empty, and a case to put in. Holds no law."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text

from bot.adapters.database.engine import open_engine
from bot.domain.cases import Case
from bot.domain.values import CaseId
from tests.builders import a_case, an_origin

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.server)]


@dataclass(frozen=True)
class Database:
    """Where one empty database is, with a way in behind the adapters' back."""

    kind: str
    url: str

    @contextlib.contextmanager
    def behind(self) -> Iterator[Engine]:
        """Open an engine for a hand that does not use the store."""
        engine = open_engine(self.url)
        try:
            yield engine
        finally:
            engine.dispose()

    def run(self, *statements: str) -> None:
        """Carry out SQL behind the store's back, in one transaction."""
        with self.behind() as engine, engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def value(self, query: str) -> object:
        """Return the one value that *query* gives."""
        with self.behind() as engine, engine.begin() as connection:
            return connection.execute(text(query)).scalar_one()


@contextlib.contextmanager
def new_database(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Make an empty database of *kind* for the block."""
    if kind == "sqlite":
        yield Database(kind, f"sqlite:///{folder}/minne/ekbot.db")
        return
    uri = request.getfixturevalue("postgres_uri")
    ours = f"{uri.rpartition('/')[0]}/laws"
    with psycopg.connect(uri, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'laws'").fetchone():
            connection.execute("CREATE DATABASE laws")
    with psycopg.connect(ours, autocommit=True) as connection:
        # Far quicker than a database of its own for each law.
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    yield Database(kind, ours)


def new_case(**values: Any) -> Case:
    """A case that was never saved, of no mail; keywords are the case's fields."""
    return a_case(**{"id": CaseId(0), "version": 0, "origin": an_origin(mail=None), **values})
