"""A new and empty memory for each law that asks for one. Holds no law."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.store.store import SqlStore
from tests.laws.databases import KINDS, Database, new_database


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Make an empty database: SQLite on disk, and PostgreSQL."""
    with new_database(request.param, tmp_path, request) as made:
        yield made


@pytest.fixture
def store(database: Database) -> Iterator[SqlStore]:
    """Open a memory on the database."""
    opened = SqlStore.open(database.url)
    yield opened
    opened.close()
