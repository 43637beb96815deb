"""Contents by their SHA-256, stored once each and compressed. Does not know what they are of."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, bindparam, delete, select

from bot.adapters.database.columns import insert_once
from bot.adapters.store.card_schema import archive
from bot.adapters.store.codec import pack, unpack
from bot.adapters.store.schema import blobs, case_files
from bot.ports.errors import NeedsOperatorError

_PUT = insert_once(blobs, ("sha256",), blobs.c.sha256)
_HERE = select(blobs.c.sha256).where(blobs.c.sha256 == bindparam("sha"))
_GET = select(blobs.c.codec, blobs.c.content).where(blobs.c.sha256 == bindparam("sha"))
_DROP = delete(blobs).where(
    blobs.c.sha256.in_(bindparam("shas", expanding=True)),
    ~select(case_files.c.id).where(case_files.c.sha256 == blobs.c.sha256).exists(),
    ~select(archive.c.id).where(archive.c.sha256 == blobs.c.sha256).exists(),
)


def digest(content: bytes) -> str:
    """Return the SHA-256 of *content* in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def put(connection: Connection, sha: str, content: bytes) -> None:
    """Store *content* under its SHA-256 unless it is there."""
    if connection.execute(_HERE, {"sha": sha}).first() is not None:
        return
    codec, packed = pack(content)
    row = {"sha256": sha, "size": len(content), "codec": codec, "content": packed}
    connection.execute(_PUT[connection.dialect.name], row)


def get(connection: Connection, sha: str) -> bytes:
    """Return the content with this SHA-256, checked against it.

    Raises:
        NeedsOperatorError: it is missing or damaged.
    """
    row = connection.execute(_GET, {"sha": sha}).first()
    try:
        content = unpack(row.codec, row.content) if row is not None else None
    except ValueError:
        content = None
    if content is None or digest(content) != sha:
        advice = (
            "Innehåll i databasen är skadat. Stoppa programmet och läs tillbaka den senaste "
            f"säkerhetskopian (SHA-256 {sha})."
        )
        raise NeedsOperatorError("stored content is damaged", advice)
    return content


def drop(connection: Connection, shas: list[str]) -> None:
    """Let go of these contents, except those that a case's file or the archive needs."""
    connection.execute(_DROP, {"shas": shas})
