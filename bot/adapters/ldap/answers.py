"""What the office's database remembers of a directory: answers by key, and a secret for names.

Not the truth: after a crash the directory itself says what was done.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, Text, insert, select

from bot.adapters.database.columns import NAMES
from bot.adapters.database.failures import translated
from bot.adapters.database.migrating import Edition, open_migrated
from bot.domain.records import Entry
from bot.domain.values import PersonId
from bot.ports.catalogue import Written
from bot.ports.errors import TransientError

EDITION = Edition(
    scripts=Path(__file__).resolve().parent / "migrations",
    head="0001",
    version_table="directory_version",
)

metadata = MetaData(naming_convention=NAMES)

writes = Table(
    "directory_writes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("entry", Text, nullable=False),
)

secrets = Table(
    "directory_secret",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("secret", Text, nullable=False),
)

_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
_LETTERS = 20  # of a name in a DN: 80 bits


class Answers:
    """The answers on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, token: Callable[[], bytes]) -> None:
        """Work on *engine*; *token* draws the secret when there is none yet."""
        self._engine = engine
        self._token = token
        self._secret: bytes | None = None

    @classmethod
    def open(cls, url: str, token: Callable[[], bytes]) -> Answers:
        """Open the database at *url*; make or renew the tables.

        Raises:
            TransientError: the database is busy or away.
            NeedsOperatorError: URL, rights or file must be mended.
        """
        return cls(open_migrated(url, EDITION), token)

    def of(self, key: str) -> Written | None:
        """Return the answer that the write *key* got, None for none."""
        query = select(writes.c.version, writes.c.entry).where(writes.c.key == key)
        with self._begin() as connection:
            row = connection.execute(query).first()
        return Written(_ENTRY.validate_json(row.entry), row.version) if row is not None else None

    def note(self, key: str, answer: Written) -> None:
        """Remember the answer of the write *key*; one that is there stays."""
        with self._begin() as connection:
            if connection.execute(select(writes.c.key).where(writes.c.key == key)).first() is None:
                entry = _ENTRY.dump_json(answer.entry).decode()
                row = {"key": key, "version": answer.version, "entry": entry}
                connection.execute(insert(writes), row)

    def name_of(self, person: PersonId) -> str:
        """Return what the person's entry is called by: always the same, and telling nothing.

        The number itself would stand in logs, and a plain digest of it is soon guessed.
        """
        if self._secret is None:
            self._secret = self._kept()
        return (
            f"ek-{hmac.digest(self._secret, person.reveal().encode(), 'sha256').hex()[:_LETTERS]}"
        )

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def _kept(self) -> bytes:
        query = select(secrets.c.secret).where(secrets.c.id == 1)
        with self._begin() as connection:
            held = connection.execute(query).scalar()
        if held is None:
            try:
                with self._begin() as connection:
                    connection.execute(insert(secrets), {"id": 1, "secret": self._token().hex()})
            except TransientError:
                pass  # another program was first; both use its secret
            with self._begin() as connection:
                held = connection.execute(query).scalar_one()
        return bytes.fromhex(held)

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with translated(), self._engine.begin() as connection:
            yield connection
