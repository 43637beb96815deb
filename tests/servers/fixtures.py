"""One of each server for a whole test run, as pytest fixtures. Configures no server itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.postgres import postgres


@pytest.fixture(scope="session")
def postgres_uri() -> Iterator[str]:
    """Run PostgreSQL for the session; yields ``postgresql://…``."""
    with postgres() as uri:
        yield uri
