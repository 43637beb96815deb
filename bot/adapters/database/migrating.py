"""Brings a database's tables to this program's edition with Alembic. Holds no migration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select, text

from bot.adapters.database.engine import open_engine
from bot.adapters.database.failures import translated
from bot.ports.errors import NeedsOperatorError

_LOCK = 0x454B626F74  # "EKbot": one migration at a time on a server


@dataclass(frozen=True, slots=True)
class Edition:
    """A chain of migrations: its folder, its newest revision, the table that remembers it."""

    scripts: Path
    head: str
    version_table: str


def migrate(engine: Engine, edition: Edition) -> None:
    """Bring the tables to *edition* in one transaction; a database that is there costs one query.

    Raises:
        TransientError: the database is busy or away.
        NeedsOperatorError: the tables belong to a newer program.
    """
    with translated(), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection, edition) != edition.head:
            _upgrade(connection, edition)


def _revision(connection: Connection, edition: Edition) -> str | None:
    if not inspect(connection).has_table(edition.version_table):
        return None
    table = Table(edition.version_table, MetaData(), Column("version_num", String(32)))
    return connection.execute(select(table.c.version_num)).scalar()


def _upgrade(connection: Connection, edition: Edition) -> None:
    # Here, not above: Alembic takes 0.1 s to import and a database in use has no need of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(edition.scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["version_table"] = edition.version_table
    try:
        command.upgrade(config, "head")
    except CommandError:
        advice = (
            "Databasen hör till en nyare utgåva av programmet. Installera den utgåvan, eller läs "
            "tillbaka säkerhetskopian från tiden före uppgraderingen."
        )
        raise NeedsOperatorError("database: unknown revision", advice) from None


def open_migrated(url: str, edition: Edition) -> Engine:
    """Open the database at *url* with the edition's tables made or renewed.

    Raises:
        TransientError: the database is busy or away.
        NeedsOperatorError: URL, rights or file must be mended.
    """
    engine = open_engine(url)
    try:
        migrate(engine, edition)
    except BaseException:
        engine.dispose()
        raise
    return engine
