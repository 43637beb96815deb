"""The memory alone, for whoever only looks: no mailbox, no forms, no letters are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.adapters.store.store import SqlStore
from bot.ports.store import Store
from bot.settings import Settings


@contextmanager
def memory(settings: Settings) -> Iterator[Store]:
    """Open the memory that *settings* name, and close it again.

    Raises:
        NeedsOperatorError: the database's settings are wrong; the advice says how.
        TransientError: the database does not answer.
    """
    store = SqlStore.open(settings.database.url)
    try:
        yield store
    finally:
        store.close()
