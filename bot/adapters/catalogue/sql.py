"""The embedded catalogue: a table of our own in the office's database. Talks to no directory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from bot.adapters.database.columns import DIGITS, NAMES, Words
from bot.adapters.database.failures import translated
from bot.adapters.database.migrating import Edition, open_migrated
from bot.domain.records import Action, Change, Entry
from bot.domain.values import PersonId
from bot.ports.catalogue import Found, Written
from bot.ports.check import Check
from bot.ports.errors import ConflictError, NeedsOperatorError, PermanentError, PortError

EDITION = Edition(
    scripts=Path(__file__).resolve().parent / "migrations",
    head="0001",
    version_table="catalogue_version",
)

metadata = MetaData(naming_convention=NAMES)

catalogue = Table(  # named as in the domain; HSA's attributes stand beside bot.domain.records.Entry
    "catalogue",
    metadata,
    Column("person_id", DIGITS, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("surname", Words, nullable=False),
    Column("given_name", Words),
    Column("middle_name", Words),
    Column("title", Words),
    Column("unit_id", Words),
    Column("unit", Words),
    Column("mail", Words),
    Column("phone", Words),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("hsa_id", Words, unique=True),
    Column("protected", Boolean, nullable=False),
)

writes = Table(  # each write under its key, with the answer that it got
    "catalogue_writes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person_id", DIGITS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("entry", Text, nullable=False),
)

_PAGE_SIZE = 500  # entries that are read in one transaction
_NAMES = tuple(f.name for f in fields(Entry))
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)

_FIND = select(catalogue).where(catalogue.c.person_id == bindparam("digits"))
_PAGE = (
    select(catalogue)
    .where(catalogue.c.person_id > bindparam("last"))
    .order_by(catalogue.c.person_id)
    .limit(_PAGE_SIZE)
)
_HAS_HSA_ID = select(catalogue.c.person_id).where(catalogue.c.hsa_id == bindparam("wanted"))
_ADD = insert(catalogue)
_CHANGE = update(catalogue).where(
    catalogue.c.person_id == bindparam("digits"), catalogue.c.version == bindparam("before")
)
_DONE = select(writes.c.version, writes.c.entry).where(writes.c.key == bindparam("name"))
_NOTE = insert(writes)


class Settings(BaseModel, frozen=True, extra="forbid"):
    """``[catalogue] kind = "sql"``; it lies in the database of ``[database]``."""

    kind: Literal["sql"]


class SqlCatalogue:
    """A catalogue on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        """Work on *engine*, whose tables must be there: see ``open``."""
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> SqlCatalogue:
        """Open the database at *url*; make or renew the catalogue's tables.

        Raises:
            TransientError: the database is busy or away.
            NeedsOperatorError: URL, rights or file must be mended.
        """
        return cls(open_migrated(url, EDITION))

    def find(self, person: PersonId) -> Found | None:
        """Return the person's entry.

        Raises:
            TransientError: the database is busy or away.
        """
        with self._begin() as connection:
            row = connection.execute(_FIND, {"digits": person.reveal()}).first()
        return Found(_entry(row), str(row.version)) if row is not None else None

    def entries(self) -> Iterator[Found]:
        """Yield every entry by identity number, page by page; no transaction stays open between.

        Raises:
            TransientError: the database is busy or away.
        """
        last = ""
        while True:
            with self._begin() as connection:
                rows = connection.execute(_PAGE, {"last": last}).all()
            for row in rows:
                yield Found(_entry(row), str(row.version))
            if len(rows) < _PAGE_SIZE:
                return
            last = rows[-1].person_id

    def write(self, change: Change, expected: str, key: str) -> Written:
        """Carry out *change* if the entry still has version *expected* ("" for none), read back.

        Raises:
            ConflictError: the entry has another version, or exists where none should.
            TransientError: the database is busy or away; the same key may be tried again.
            PermanentError: the HSA-id belongs to another person, or there is no surname.
        """
        with self._begin() as connection:
            done = connection.execute(_DONE, {"name": key}).first()
            if done is not None:
                return Written(_ENTRY.validate_json(done.entry), str(done.version))
            version = _carry_out(connection, change, expected)
            digits = change.after.person_id.reveal()
            row = connection.execute(_FIND, {"digits": digits}).one()
            entry = _entry(row)
            note = {"key": key, "person_id": digits, "version": version}
            doc = _ENTRY.dump_json(entry).decode()
            connection.execute(_NOTE, note | {"entry": doc})
            return Written(entry, str(row.version))

    def check(self) -> tuple[Check, ...]:
        """Say whether the table can be read."""
        try:
            with self._begin() as connection:
                connection.execute(select(catalogue.c.person_id).limit(1)).first()
        except NeedsOperatorError as error:
            return (Check("Katalog", ok=False, seen=error.reason, advice=error.advice),)
        except PortError as error:
            advice = "Kontrollera att databasen är igång; arbetet väntar så länge."
            return (Check("Katalog", ok=False, seen=str(error), advice=advice),)
        return (Check("Katalog", ok=True, seen="egen tabell i databasen svarar"),)

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with translated(), self._engine.begin() as connection:
            yield connection


def _carry_out(connection: Connection, change: Change, expected: str) -> int:
    """Write the entry under its next version and return that."""
    digits = change.after.person_id.reveal()
    if change.before is not None and change.before.person_id != change.after.person_id:
        raise PermanentError("katalogen byter inte identitetsnummer på en post")
    row = connection.execute(_FIND, {"digits": digits}).first()
    seen = str(row.version) if row is not None else ""
    if row is not None and change.action is Action.ADD:
        raise ConflictError("personen finns redan i katalogen", seen)
    if seen != expected:
        raise ConflictError("posten har ändrats av någon annan", seen)
    _refuse_faults(connection, change.after, digits)
    values = {name: getattr(change.after, name) for name in _NAMES} | {"person_id": digits}
    if row is None:
        connection.execute(_ADD, values | {"version": 1})
        return 1
    version: int = row.version + 1
    key = {"digits": digits, "before": row.version}
    if connection.execute(_CHANGE, values | {"version": version} | key).rowcount != 1:
        raise ConflictError("posten har ändrats av någon annan")
    return version


def _refuse_faults(connection: Connection, entry: Entry, digits: str) -> None:
    if not entry.surname.strip():
        raise PermanentError("efternamn saknas")
    if entry.hsa_id is not None:
        holder = connection.execute(_HAS_HSA_ID, {"wanted": entry.hsa_id}).scalar()
        if holder is not None and holder != digits:
            raise PermanentError("HSA-id tillhör en annan person i katalogen")


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    values = {name: getattr(row, name) for name in _NAMES} | {"person_id": PersonId(row.person_id)}
    return Entry(**values)
