"""Letters out into a Maildir on disk, for rehearsals and demonstrations. Sends nothing anywhere."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, TransientError
from bot.ports.outgoing import Parcel, Refusal


class Settings(BaseModel, frozen=True, extra="forbid"):
    """``[outgoing] kind = "maildir"``."""

    kind: Literal["maildir"]
    path: Path


class MaildirOutgoing:
    """A Maildir that letters are laid in, made if missing."""

    def __init__(self, settings: Settings) -> None:
        """Make nothing yet."""
        self._path = settings.path

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        """Write the letter under a name made of its Message-ID: sent again, it replaces itself."""
        try:
            deliver(
                self._path, hashlib.sha256(parcel.message_id.encode()).hexdigest()[:32], parcel.raw
            )
        except PermissionError as error:
            raise NeedsOperatorError("letters cannot be written", self._advice()) from error
        except OSError as error:
            raise TransientError(f"letters cannot be written ({error.strerror})") from error
        return ()

    def check(self) -> tuple[Check, ...]:
        """Say whether letters can be written."""
        name = f"Utgående post {self._path}"
        try:
            _make(self._path)
            writable = os.access(self._path / "tmp", os.W_OK | os.X_OK)
        except OSError as error:
            seen = error.strerror or type(error).__name__
            return (Check(name, ok=False, seen=seen, advice=self._advice()),)
        if not writable:
            return (Check(name, ok=False, seen="får inte skriva", advice=self._advice()),)
        return (Check(name, ok=True, seen="går att skriva i"),)

    def close(self) -> None:
        """Do nothing: no file is kept open between letters."""

    def _advice(self) -> str:
        return f"Ge programmets användare skrivrätt i {self._path}, eller ändra [outgoing] path."


def deliver(maildir: Path, name: str, raw: bytes) -> Path:
    """Lay *raw* in *maildir* as a new mail called *name*, whole and synced; return its file.

    A mail of that name that is there already, read or not, is replaced where it lies.

    Raises:
        OSError: it cannot be written.
    """
    _make(maildir)
    draft = maildir / "tmp" / name
    with draft.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    read = sorted((maildir / "cur").glob(f"{name}:2,*"))
    return _replaced(draft, read[0] if read else maildir / "new" / name)


def _make(maildir: Path) -> None:
    for name in ("tmp", "new", "cur"):
        (maildir / name).mkdir(parents=True, exist_ok=True)


def _replaced(draft: Path, target: Path) -> Path:
    draft.replace(target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return target
