"""A crew of one child process on this machine, replaced when it dies. Reads nothing itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

from bot.adapters.crew.process import CHILD, CrashedError, ReadingProcess
from bot.adapters.crew.wire import Task
from bot.domain.forms import DocumentReading
from parsers import files
from parsers.mail.attachment import Attachment
from parsers.mail.media import sniff
from parsers.mail.message import ParsedMail
from parsers.reading import MailReading, documents_of, without_contents
from parsers.settings import Settings

log = logging.getLogger(__name__)
MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 60.0  # a page of pictures takes up to a few on a busy machine
RECYCLE = 500  # tasks, then a fresh child: what libraries leak stays bounded
_MOST_CRASHES = 2  # documents of one mail; the rest is then not tried any more


class InlineCrew:
    """Reads in one persistent child process with bounds on memory and time.

    A mail on which the child dies is taken apart anew and its documents are read one by one, so
    that only the one that kills is lost; failing that, its headers are read.
    """

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        seconds: float = SECONDS,
        recycle: int = RECYCLE,
        child: str = CHILD,
    ) -> None:
        """Take the bounds; *child* is the module that serves in the child process."""
        self._memory = memory
        self._seconds = float(seconds)
        self._recycle = recycle
        self._module = child
        self._child: ReadingProcess | None = None
        self._lock = Lock()

    def read_mail(self, raw: bytes, settings: Settings) -> MailReading:
        """Read a whole mail; a reader that dies or hangs gives a reading that says so.

        Raises:
            TransientError: no reader could be started at all.
        """
        with self._lock:
            whole = self._mail(Task.MAIL, raw, settings)
            if whole is not None:
                return whole
            parts = self._mail(Task.OUTLINE, raw, settings)
            if parts is not None:
                documents = self._one_by_one(documents_of(parts.mail), settings)
                return MailReading(without_contents(parts.mail), documents)
            head = self._mail(Task.HEAD, raw, settings)
        mail = without_contents(head.mail) if head is not None else ParsedMail()
        return MailReading(replace(mail, defects=(*mail.defects, "crashed")))

    def read_file(self, name: str, content: bytes, settings: Settings) -> DocumentReading:
        """Read one file.

        Raises:
            TransientError: no reader could be started at all.
        """
        with self._lock:
            reading = self._ask(Task.FILE, (name, content, settings))
        if isinstance(reading, DocumentReading):
            return reading
        return files.crashed(name, content, sniff(content))

    def ring(self, pictures: Sequence[tuple[bytes, int]]) -> tuple[bytes, ...]:
        """Draw a numbered ring around each picture; b"" for each where the drawing died.

        Raises:
            TransientError: no reader could be started at all.
        """
        with self._lock:
            drawn = self._ask(Task.RING, (tuple(pictures),))
        if (
            isinstance(drawn, tuple)
            and len(drawn) == len(pictures)
            and all(isinstance(d, bytes) for d in drawn)
        ):
            return drawn
        return (b"",) * len(pictures)

    def close(self) -> None:
        """Stop the reader; the next task starts a new one."""
        with self._lock:
            self._stop()

    def _mail(self, task: Task, raw: bytes, settings: Settings) -> MailReading | None:
        reading = self._ask(task, (raw, settings))
        return reading if isinstance(reading, MailReading) else None

    def _one_by_one(
        self, found: tuple[Attachment, ...], settings: Settings
    ) -> tuple[DocumentReading, ...]:
        readings: list[DocumentReading] = []
        crashes = 0
        for item in found:
            reading: object = None
            if crashes < _MOST_CRASHES:
                reading = self._ask(Task.FILE, (item.name, item.content, settings))
            if isinstance(reading, DocumentReading):
                readings.append(reading)
            else:
                crashes += 1
                readings.append(files.crashed(item.name, item.content, item.media))
        return tuple(readings)

    def _ask(self, task: Task, arguments: tuple[object, ...]) -> object:
        """Return the child's answer, None when it crashed on it."""
        child = self._ready()
        try:
            return child.ask(task, arguments, self._seconds)
        except CrashedError as error:
            log.warning("reader crashed", extra={"action": "reader_crashed", "cause": str(error)})
            self._stop()
            return None

    def _ready(self) -> ReadingProcess:
        if self._child is not None and (
            not self._child.alive or self._child.tasks >= self._recycle
        ):
            self._stop()
        if self._child is None:
            self._child = ReadingProcess(self._memory, self._seconds, self._module)
        return self._child

    def _stop(self) -> None:
        if self._child is not None:
            self._child.stop()
            self._child = None
