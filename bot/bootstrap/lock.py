"""One worker at a time over one memory: two that deliver at once could send a letter twice."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TextIO

from bot.bootstrap.beside import beside
from bot.ports.errors import NeedsOperatorError
from bot.settings import Settings

_LOOK = 0.1  # seconds between tries


def lock_file(settings: Settings) -> Path:
    """Return the file that is locked."""
    return beside(settings, ".lock")


@contextmanager
def at_work(settings: Settings, *, patience: float) -> Iterator[bool]:
    """Hold the lock for the block: True when it is ours, False when another works.

    Waits up to *patience* seconds. The kernel lets go when a process dies, however it dies.

    Raises:
        NeedsOperatorError: the lock's file can't be made.
    """
    end = monotonic() + patience
    with _opened(lock_file(settings)) as held:
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if monotonic() >= end:
                    yield False
                    return
                Event().wait(_LOOK)
                continue
            yield True
            return


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = path.open("a")
        path.chmod(0o600)
    except OSError as error:
        advice = f"Kontrollera att mappen {path.parent} finns och går att skriva i."
        raise NeedsOperatorError(f"lock: {type(error).__name__}", advice) from None
    return held
