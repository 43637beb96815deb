"""A mailbox that is a Maildir on disk, subfolders in Maildir++. Speaks to no server.

Other programs may deliver, read and move in the same folder meanwhile (Dovecot, Postfix, a
human's mail reader): a mail is known by the unique part of its file name, whatever its flags. As
generation it bears the file's modification time: names should be unique for ever, but a mail that
is copied in under an old name must not pass for the old one.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Literal, TypeVar
from urllib.parse import quote

from imapclient.imap_utf7 import encode as imap_utf7
from pydantic import BaseModel, field_validator

from bot.adapters.mail_folders import Folder, parts
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError, TransientError
from bot.ports.mailbox import Ref

_T = TypeVar("_T")
_INBOX = "INBOX"
_LOOK = 0.2  # seconds between looks at the folder's change time
_LIST = 5.0  # seconds between whole listings: change times are coarse on some file systems
_PLAIN = "!#$&'()*+,-./:;<=>?@[]^_`{|}~ "  # of a file name, shown as it is in a uid


class Settings(BaseModel, frozen=True, extra="forbid"):
    """``[mailbox] kind = "maildir"``."""

    kind: Literal["maildir"]
    path: Path
    filed: Folder = "Klart"
    attention: Folder = "Att granska"

    @field_validator("filed", "attention")
    @classmethod
    def _no_dots(cls, name: str) -> str:
        if "." in name:
            raise ValueError("mappnamn i en Maildir får inte innehålla punkt")
        return name


class Maildir:
    """A Maildir as the office's mailbox."""

    def __init__(self, settings: Settings) -> None:
        """Open nothing yet: the folder is looked for at each call."""
        self._path = settings.path
        self._known: frozenset[Ref] | None = None

    def arrived(self) -> tuple[Ref, ...]:
        """Return all mails in new/ and cur/, oldest first by the files' modification time.

        Mails that a human has struck out (flag T) count as gone.
        """
        with _Translated(self._path):
            found = _listed(self._path)
        self._known = frozenset(found)
        return tuple(sorted(found, key=lambda ref: (int(ref.generation), ref.uid)))

    def filed(self, folders: Sequence[str], since: datetime) -> tuple[Ref, ...]:
        """Return the subfolders' mails, oldest first, by the files' modification time."""
        found: list[Ref] = []
        with _Translated(self._path):
            for folder in dict.fromkeys(folders):
                here = _listed(_place(self._path, folder), folder)
                found += [r for r in here if int(r.generation) >= since.timestamp() * 1e9]
        return tuple(sorted(found, key=lambda ref: (int(ref.generation), ref.uid)))

    def fetch(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        """Yield each mail's bytes as they lie on disk; a mail that is gone is left out."""
        index = _Index(self._path)
        for ref in refs:
            with _Translated(self._path):
                raw = index.use(ref, Path.read_bytes)
            if raw is not None:
                yield ref, raw

    def file(self, refs: Sequence[Ref], folder: str) -> tuple[Ref, ...]:
        """Move the mails to *folder* by renaming, and sync it; return those gone already."""
        index, gone, touched = _Index(self._path), [], set[Path]()
        with _Translated(self._path):
            target = self._made(folder)
            for ref in refs:
                if ref.folder == folder:
                    continue
                moved = index.use(ref, lambda path: _move(path, target / path.parent.name))
                if moved is None:
                    gone.append(ref)
                else:
                    home = _place(self._path, ref.folder)
                    touched |= {moved.parent, home / moved.parent.name}
            # The new names first: after a power cut a mail may stand in two places, never in none.
            for directory in sorted(touched, key=lambda d: d.parent != target):
                _sync(directory)
        return tuple(gone)

    def wait(self, seconds: float, stop: Event) -> bool:
        """Wait for a mail that ``arrived`` has not seen, looking five times a second."""
        end, stamps, listed = monotonic() + seconds, (-1, -1), -_LIST
        while not stop.is_set():
            now = monotonic()
            with contextlib.suppress(OSError):  # the next ``arrived`` says what is wrong
                seen = _stamps(self._path)
                if seen != stamps or now - listed >= _LIST:
                    stamps, listed = seen, now
                    here = frozenset(_listed(self._path))
                    if self._known is None:
                        self._known = here
                    if here - self._known:
                        return True
            if now >= end:
                return False
            stop.wait(min(_LOOK, end - now))
        return False

    def check(self) -> tuple[Check, ...]:
        """Say whether the folder can be read and written."""
        name = f"Brevlåda {self._path}"
        try:
            with _Translated(self._path):
                count = len(_listed(self._path))
                if not os.access(self._path, os.R_OK | os.W_OK | os.X_OK):
                    raise PermissionError
        except NeedsOperatorError as error:
            return (Check(name, ok=False, seen=error.reason, advice=error.advice),)
        except PortError as error:
            return (Check(name, ok=False, seen=str(error), advice="Försök igen om en stund."),)
        return (Check(name, ok=True, seen=f"{count} mejl i inkorgen"),)

    def close(self) -> None:
        """Do nothing: no file is kept open between calls."""

    def _made(self, folder: str) -> Path:
        """Return the subfolder's directory, with new/, cur/ and tmp/ in it."""
        target = _place(self._path, folder)
        if not all((target / name).is_dir() for name in ("new", "cur", "tmp")):
            if not self._path.is_dir():
                raise FileNotFoundError
            for name in ("new", "cur", "tmp"):
                (target / name).mkdir(parents=True, exist_ok=True)
            (target / "maildirfolder").touch()
            _sync(target)
            _sync(self._path)
        return target


class _Translated:
    """Turns the file system's errors into what they ask of us."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, OSError):
            return
        words = f"{self._path}: {type(error).__name__}"
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            advice = f"Kontrollera [mailbox] path: katalogen {self._path} finns inte."
            raise NeedsOperatorError(words, advice) from error
        if isinstance(error, PermissionError):
            advice = f"Ge programmets användare läs- och skrivrätt i {self._path}."
            raise NeedsOperatorError(words, advice) from error
        raise TransientError(f"{words} ({error.strerror})") from error


class _Index:
    """Where the mails lie now; looks again once when one has moved under our hands."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, dict[Ref, Path]] = {}  # by folder
        self._looks: dict[str, int] = {}

    def use(self, ref: Ref, act: Callable[[Path], _T]) -> _T | None:
        """Do *act* with the mail's file, or return None when the mail is gone."""
        folder = ref.folder
        for look in (1, 2):
            if self._looks.get(folder, 0) < look:
                self._found[folder] = _listed(_place(self._path, folder), folder)
                self._looks[folder] = look
            path = self._found[folder].get(ref)
            if path is not None:
                with contextlib.suppress(FileNotFoundError):
                    if str(path.stat().st_mtime_ns) == ref.generation:
                        return act(path)
                self._looks[folder] = 1  # a human's reader renamed it: look again
        return None


def _place(path: Path, folder: str) -> Path:
    """Return the directory of a folder, which may be missing."""
    if folder == _INBOX:
        return path
    return path / os.fsdecode(b"".join(b"." + imap_utf7(part) for part in parts(folder)))


def _listed(path: Path, folder: str = _INBOX) -> dict[Ref, Path]:
    """Return all mails in new/ and cur/ that are not struck out, and their files."""
    if not path.is_dir():
        if folder != _INBOX:
            return {}
        raise FileNotFoundError
    found: dict[Ref, Path] = {}
    for name in ("new", "cur"):  # in this order: mails travel from new to cur meanwhile
        try:
            files = list((path / name).iterdir())
        except FileNotFoundError:
            continue  # an empty Maildir out of a version control system or an archive
        for file in files:
            unique, _, flags = file.name.partition(":2,")
            if file.name.startswith(".") or "T" in flags:
                continue
            with contextlib.suppress(FileNotFoundError):
                seen = file.stat()
                if stat.S_ISREG(seen.st_mode):
                    found[Ref(folder, str(seen.st_mtime_ns), _uid(unique))] = file
    return found


def _uid(unique: str) -> str:
    """Return the file name's unique part as printable ASCII: odd bytes as %XX."""
    return quote(os.fsencode(unique), safe=_PLAIN)


def _move(source: Path, directory: Path) -> Path:
    """Rename *source* into *directory* without ever replacing a mail; return the new name."""
    target, number = directory / source.name, 1
    unique, colon, flags = source.name.partition(":2,")
    while target.exists():
        number += 1
        target = directory / f"{unique}_{number}{colon}{flags}"
    return source.rename(target)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stamps(path: Path) -> tuple[int, int]:
    """Return when new/ and cur/ last changed, in nanoseconds (0: not there)."""
    new, cur = (
        (path / name).stat().st_mtime_ns if (path / name).exists() else 0 for name in ("new", "cur")
    )
    return new, cur
