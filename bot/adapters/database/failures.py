"""The database's errors in the app's words. Lets no stored value out: messages name none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.ports.errors import NeedsOperatorError, PermanentError, PortError, TransientError

_TABLES_ADVICE = (
    "Tabeller saknas i databasen. Starta om programmet, som gör dem på nytt; saknas data, läs "
    "tillbaka den senaste säkerhetskopian."
)
_SQLITE_ADVICE = (
    (
        ("unable to open",),
        "Kontrollera [database] url: katalogen ska finnas och gå att skriva i.",
    ),
    (
        ("readonly", "permission denied"),
        "Ge programmets användare skrivrätt till databasfilen och dess katalog.",
    ),
    (
        ("not a database", "malformed", "encrypted"),
        "Databasfilen är skadad. Stoppa programmet och läs tillbaka den senaste säkerhetskopian.",
    ),
    (("no such", "has no column"), _TABLES_ADVICE),
    (("disk is full",), "Disken är full. Frigör utrymme; arbetet fortsätter sedan av sig självt."),
)
_POSTGRES_ADVICE = (
    (
        ("authentication failed", "no password supplied", "no pg_hba.conf entry"),
        "Kontrollera användare och lösenord i [database] url, och serverns pg_hba.conf.",
    ),
    (
        ("does not exist",),
        "Kontrollera databasens och användarens namn i [database] url: skapa det som saknas.",
    ),
    (("permission denied",), "Ge programmets användare rätt att skapa och ändra tabeller."),
    (("certificate", "ssl"), "Kontrollera TLS-inställningarna (sslmode, sslrootcert) i url."),
)
_AWAY = ("08", "40", "53", "55", "57")  # SQLSTATE classes that pass: connection, rollback, lock …


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLAlchemy's errors into the ports' errors, without the values that they quote.

    Raises:
        TransientError: the database is busy or away, or another program was first.
        NeedsOperatorError: the set-up, the disk or the file must be mended.
        PermanentError: the database refuses the statement.
    """
    try:
        yield
    except SQLAlchemyError as error:
        # "from None": the driver's own text may quote a row, and a row holds personal data.
        raise port_error(error) from None


def port_error(error: SQLAlchemyError) -> PortError | ValueError:
    """Return what *error* asks of us."""
    if isinstance(error, PoolTimeoutError):
        return TransientError("the database has no free connection")
    if isinstance(error, StatementError) and isinstance(error.orig, ValueError):
        return ValueError(str(error.orig))  # a wrong argument: ours, and names no value
    if not isinstance(error, DBAPIError):
        return PermanentError(f"database: {type(error).__name__}")
    if isinstance(error, IntegrityError):
        return _integrity(error)
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite(error.orig)
    if isinstance(error.orig, psycopg.Error):
        return _postgres(error.orig)
    return PermanentError(f"database: {type(error.orig).__name__}")


def _integrity(error: IntegrityError) -> PortError:
    cause = error.orig
    if isinstance(cause, psycopg.Error):
        if isinstance(cause, psycopg.errors.UniqueViolation):
            return TransientError("another program stored the same thing first")
        return PermanentError(f"database: {type(cause).__name__} {cause.diag.constraint_name}")
    if getattr(cause, "sqlite_errorname", "") in (
        "SQLITE_CONSTRAINT_UNIQUE",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
    ):
        return TransientError("another program stored the same thing first")
    return PermanentError(f"database: {cause}")  # SQLite names tables and columns, never values


def _sqlite(error: sqlite3.Error) -> PortError:
    words = str(error).lower()
    for marks, advice in _SQLITE_ADVICE:
        if any(mark in words for mark in marks):
            return NeedsOperatorError(f"database: {words}", advice)
    if isinstance(error, sqlite3.OperationalError):
        return TransientError(f"database: {words}")
    return PermanentError(f"database: {words}")


def _postgres(error: psycopg.Error) -> PortError:
    state = error.sqlstate or ""
    what = f"database: {type(error).__name__} {state}".strip()
    if state in ("42P01", "42703"):  # undefined table, undefined column
        return NeedsOperatorError(what, _TABLES_ADVICE)
    # Without SQLSTATE it is libpq's word on connecting; it names hosts and users, no rows.
    words = str(error).lower() if not state or state[:2] in ("28", "3D", "42") else ""
    for marks, advice in _POSTGRES_ADVICE:
        if any(mark in words for mark in marks):
            return NeedsOperatorError(what, advice)
    if state in ("53100", "25006"):  # disk full, read-only server
        return NeedsOperatorError(what, "Servern kan inte skriva: kontrollera disk och läge.")
    if not state or state[:2] in _AWAY or isinstance(error, psycopg.OperationalError):
        return TransientError(what)
    return PermanentError(what)
