"""Copies of the memory: made while it is in use, checked, put back. Sends nothing (ADR 0020)."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.sent_log import FileSentLog
from bot.adapters.store.store import SqlStore
from bot.app.commit import save_step
from bot.bootstrap.beside import SENT, beside, database_file
from bot.domain.calendar import STOCKHOLM
from bot.domain.cases import Case, Kind, Priority, Reason, Stage
from bot.domain.decision import Step
from bot.ports.errors import NeedsOperatorError
from bot.settings import Settings

_PATTERN = "ekbot-*.db"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_SIDES = ("-wal", "-shm")
_DUMP = (
    "PostgreSQL kopieras med sitt eget verktyg: pg_dump --format=custom --file=ekbot.dump "
    "ADRESSEN. Läs tillbaka med tjänsten stoppad: pg_restore --clean --if-exists "
    "--dbname=ADRESSEN ekbot.dump, och kör sedan ”ekbot restore --loaded --yes” "
    "innan tjänsten startas."
)


class BadCopyError(Exception):
    """The copy can't be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the memory and what is known of it."""

    file: Path
    sha256: str
    revision: str
    seen: datetime  # the latest instant that it has seen
    octets: int


def back_up(settings: Settings, target: Path, now: datetime) -> Copy:
    """Copy the memory to *target*, a new file or a folder, readable by its owner only.

    Raises:
        NeedsOperatorError: the memory is a server's; the advice says how it is copied.
        BadCopyError: the file is there already.
    """
    source = _sqlite(settings)
    if target.is_dir():
        target = target / f"ekbot-{now.astimezone(STOCKHOLM):%Y-%m-%dT%H%M%S}.db"
    if target.exists():
        raise BadCopyError(f"{target} finns redan. Välj ett annat namn.")
    store = SqlStore.open(settings.database.url)
    try:
        with store.begin() as work:
            seen = work.runs.clock(_LONG_AGO)
    finally:
        store.close()
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", (str(draft),))
    revision = _sound(draft)
    copy = Copy(target, _digest(draft), revision, seen, draft.stat().st_size)
    _write(_sheet(target), json.dumps(_told(copy), indent=2) + "\n")
    _synced(draft)
    draft.rename(target)
    _synced(target.parent)
    return copy


def prune(folder: Path, keep: int) -> int:
    """Delete all but the newest *keep* copies in *folder*; return how many went."""
    old = sorted(folder.glob(_PATTERN))[: -keep or None]
    for file in old:
        file.unlink()
        _sheet(file).unlink(missing_ok=True)
    return len(old)


def examine_copy(file: Path) -> Copy:
    """Check a copy against its sheet, and its pages; touch nothing.

    Raises:
        BadCopyError: it is not what was saved.
    """
    try:
        sheet = json.loads(_sheet(file).read_text("utf-8"))
        wanted, seen = str(sheet["sha256"]), datetime.fromisoformat(sheet["seen"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BadCopyError(
            f"{_sheet(file)} saknas eller går inte att läsa. Där står kopians kontrollsumma; lägg "
            "den bredvid kopian."
        ) from None
    if not file.is_file():
        raise BadCopyError(f"{file} finns inte.")
    if _digest(file) != wanted:
        raise BadCopyError(f"{file} har ändrats sedan den togs: kontrollsumman stämmer inte.")
    return Copy(file, wanted, _sound(file), seen, file.stat().st_size)


def sent_log(settings: Settings) -> Path:
    """Return where it stands which letters have left."""
    return beside(settings, SENT)


def put_back(settings: Settings, copy: Copy, now: datetime) -> Path | None:
    """Let *copy* take the place of the memory; return where the replaced file is kept.

    Whoever calls holds the worker's lock. The log of what was sent is told first: a crash between
    leaves the old memory, which knows all that the log knows.

    Raises:
        NeedsOperatorError: the memory is a server's, or the copy is of a newer program.
    """
    place = _sqlite(settings)
    kept = None
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.restoring")
    for name in ("", *_SIDES):
        Path(f"{draft}{name}").unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    shutil.copyfile(copy.file, draft)
    _mark(settings, f"sqlite:///{draft}", now)
    _synced(draft)
    if place.exists():
        kept = _kept(place, now)
    for name in _SIDES:
        Path(f"{place}{name}").unlink(missing_ok=True)
    draft.replace(place)
    _synced(place.parent)
    return kept


def mark_restored(settings: Settings, now: datetime) -> None:
    """Treat the memory as an older copy of itself, put back by other means."""
    _mark(settings, settings.database.url, now)


def _mark(settings: Settings, url: str, now: datetime) -> None:
    store = SqlStore.open(url)
    try:
        with store.begin() as work:
            seen = work.runs.clock(_LONG_AGO)
            if seen == _LONG_AGO:
                raise BadCopyError("Databasen är tom: det finns inget som är återläst.")
        store.raise_numbers()
        FileSentLog(beside(settings, SENT)).restore(seen)
        with store.begin() as work:
            save_step(work, Step(_case(seen, now)), parent=None, now=now, actor="bot")
    finally:
        store.close()


def _case(seen: datetime, now: datetime) -> Case:
    day = f"{seen.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}"
    text = (
        f"Mejl som kommit efter {day} läses igen av sig själva, och brev som redan gått skickas "
        "inte igen. Det som gjorts i terminalen efter det (utlämnade och återlämnade kort, "
        "ärenden som gjorts klara) saknas: gör om det. Nya ärenden får nummer från nästa "
        "tiotusental."
    )
    return Case(
        kind=Kind.TROUBLE, stage=Stage.STAFF, priority=Priority.URGENT, opened=now,
        title=f"Databasen är återläst från en kopia som slutar {day}",
        why=Reason("restored", text, "D"),
    )  # fmt: skip


def _sqlite(settings: Settings) -> Path:
    file = database_file(settings)
    if file is None:
        raise NeedsOperatorError("backup: not SQLite", _DUMP)
    return file


def _sound(file: Path) -> str:
    """Return the schema's revision of a database whose pages are whole."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError):
        raise BadCopyError(f"{file} är ingen kopia av EK-bots databas, eller är skadad.") from None
    if said != "ok":
        raise BadCopyError(f"{file} är skadad.")
    return str(revision)


def _kept(place: Path, now: datetime) -> Path:
    """Keep the file that is replaced, with what its program had not yet folded into it."""
    stamp = f"{now.astimezone(STOCKHOLM):%Y-%m-%dT%H%M%S}"
    kept = place.with_name(f"{place.name}.before-{stamp}")
    with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in ("-wal", ""):
        old, new = Path(f"{place}{name}"), Path(f"{kept}{name}")
        if old.exists():
            new.unlink(missing_ok=True)
            try:
                os.link(old, new)
            except OSError:
                shutil.copy2(old, new)
                _synced(new)
    return kept


def _sheet(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _told(copy: Copy) -> dict[str, str | int]:
    return {
        "sha256": copy.sha256, "revision": copy.revision, "seen": copy.seen.isoformat(),
        "octets": copy.octets,
    }  # fmt: skip


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
