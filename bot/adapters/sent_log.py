"""The log of what was sent, a file of lines beside the database. Holds prints, no words of letters.

A line is ``sent INSTANT MESSAGE-ID SAME LIKE EXACT CASE``, ``restored INSTANT BACKUP`` or
``reread``. Several programs may append; each reads what the others added before it answers.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.values import CaseId
from bot.ports.errors import NeedsOperatorError
from bot.ports.sent_log import Restored, Sending

_SENT, _RESTORED, _REREAD = "sent", "restored", "reread"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class FileSentLog:
    """The log as a file that only grows, synced at each line."""

    def __init__(self, path: Path) -> None:
        """Read nothing yet; the file is made when the first letter leaves."""
        self._path = path
        self._offset = 0
        self._all: list[Sending] = []
        self._by_id: dict[str, list[Sending]] = defaultdict(list)
        self._old = 0  # so many left before the latest restoring
        self._restored: Restored | None = None

    def add(self, sending: Sending) -> None:
        """Append the letter and sync."""
        prints = sending.same, sending.like, sending.exact, str(sending.case or 0)
        self._append(" ".join((_SENT, sending.at.isoformat(), sending.message_id, *prints)))

    def of(self, message_id: str) -> tuple[Sending, ...]:
        """Return what left under this Message-ID, oldest first."""
        self._read()
        return tuple(self._by_id.get(message_id, ()))

    def before(self, *, same: str = "", like: str = "") -> tuple[Sending, ...]:
        """Return what left before the latest restoring with this print, oldest first."""
        self._read()
        old = self._all[: self._old]
        return tuple(s for s in old if (same and s.same == same) or (like and s.like == like))

    def restored(self) -> Restored | None:
        """Return the latest restoring, None when there was none."""
        self._read()
        return self._restored

    def restore(self, backup: datetime) -> None:
        """Append that the memory is now a copy from *backup*."""
        self._read()
        last = max((s.at for s in self._all), default=_EPOCH)
        at = max(last, backup)
        self._append(f"{_RESTORED} {at.isoformat()} {backup.isoformat()}")

    def reread(self) -> None:
        """Append that the filed mails have been read again."""
        self._append(_REREAD)

    def _append(self, line: str) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                size = os.fstat(handle).st_size
                torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
                os.write(handle, f"{os.linesep if torn else ''}{line}\n".encode())
                os.fsync(handle)
            finally:
                os.close(handle)
            if not size:
                self._sync_folder()
        except OSError as error:
            advice = f"Gör så att {self._path} går att skriva: där står vilka brev som har gått."
            raise NeedsOperatorError(f"sent log: {type(error).__name__}", advice) from error

    def _sync_folder(self) -> None:
        handle = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _read(self) -> None:
        """Take in the whole lines that were added since the last look."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                new = file.read()
        except FileNotFoundError:
            return
        except OSError as error:
            advice = f"Gör så att {self._path} går att läsa: där står vilka brev som har gått."
            raise NeedsOperatorError(f"sent log: {type(error).__name__}", advice) from error
        whole = new[: new.rfind(b"\n") + 1]
        self._offset += len(whole)
        for line in whole.decode("utf-8", "replace").splitlines():
            self._take(line.split(" "))

    def _take(self, words: list[str]) -> None:
        """Take one line; one that a power cut tore says nothing."""
        try:
            match words:
                case ["sent", at, name, same, like, exact, case]:
                    about = CaseId(int(case)) or None
                    sent = Sending(name, same, like, exact, datetime.fromisoformat(at), about)
                    self._all.append(sent)
                    self._by_id[name].append(sent)
                case ["restored", at, backup]:
                    self._old = len(self._all)
                    self._restored = Restored(
                        datetime.fromisoformat(at), datetime.fromisoformat(backup), reread=False
                    )
                case ["reread"] if self._restored is not None:
                    self._restored = replace(self._restored, reread=True)
        except ValueError:
            return
