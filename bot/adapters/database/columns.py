"""Column types and small statements that mean the same in SQLite and PostgreSQL. Holds no table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Index, Integer, String, Table, Text, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeDecorator, TypeEngine

IDENTITY = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers only INTEGER keys
DIGEST = String(64)  # a SHA-256 in hexadecimal
DIGITS = String(12)  # an identity number
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC: a real timestamp, or in SQLite ISO text that sorts by time."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return text for SQLite, which has no time type."""
        kind = String(32) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 - the driver's type
        """Return *value* in UTC; refuse one that names no zone."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant without a time zone: pass an aware datetime")
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401 - the driver's type
        """Return an aware instant in UTC."""
        if value is None:
            return None
        moment: datetime = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return moment.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from the outside: what no database stores (NUL, half of a surrogate pair) becomes �."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return *value* as storable text."""
        _ = dialect
        return None if value is None else storable(value)


def storable(words: str) -> str:
    """Return *words* as any database stores them: no NUL, no half of a surrogate pair."""
    if words.isascii() and "\0" not in words:
        return words
    return words.replace("\0", "�").encode("utf-8", "replace").decode()


def partial(name: str, *columns: Any, where: str, unique: bool = False) -> Index:  # noqa: ANN401 - names and expressions
    """Return an index over the rows *where* holds; queries must repeat the very same words."""
    rows = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=rows, postgresql_where=rows)


def insert_once(
    table: Table, unique: tuple[str, ...], *returning: SchemaItem
) -> Mapping[str, ReturningInsert[Any]]:
    """Return by dialect the insert that does nothing (returns no row) when *unique* is there."""
    columns: Any = returning
    makers: tuple[Any, ...] = (sqlite, postgresql)
    first, second = (
        maker.insert(table).on_conflict_do_nothing(index_elements=unique).returning(*columns)
        for maker in makers
    )
    return {"sqlite": first, "postgresql": second}
