"""The reading child: confined, answers tasks until the pipe closes. Knows no setting or secret."""

from __future__ import annotations

import gc
import resource
import signal
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection

from bot.adapters.crew.wire import Task, pack, unpack_from_parent
from parsers.picturing import ring_all
from parsers.reading import outline, read_file, read_head, read_mail

_GARBAGE = 100_000  # values between two looks for cycles: a form is many small ones without any
_SPARE = 10  # seconds of processor time beyond the wall clock's limit

Work = Mapping[Task, Callable[..., object]]
WORK: Work = {
    Task.MAIL: read_mail,
    Task.FILE: read_file,
    Task.OUTLINE: outline,
    Task.HEAD: read_head,
    Task.RING: ring_all,
}


def main(descriptor: int, memory: int, seconds: float) -> None:
    """Serve the parent at the other end of *descriptor* within *memory* bytes, then end."""
    confine(memory)
    gc.freeze()  # what the libraries made at import stays
    gc.set_threshold(_GARBAGE, 20, 20)
    with Connection(descriptor) as connection:
        serve(connection, lambda: allow(seconds))


def confine(memory: int) -> None:
    """Bound this process: address space, no core files (they would hold personal data)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def allow(seconds: float) -> None:
    """Grant the next task *seconds* of processor time and some, counted from now.

    The parent's clock ends a task that overruns; this ends it when there is no parent any more.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    bound = int(used.ru_utime + used.ru_stime + seconds) + _SPARE
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (bound, hard))


def serve(connection: Connection, before_each: Callable[[], None], *, work: Work = WORK) -> None:
    """Answer ("ok", reading) or ("error", kind) to each task until the parent is gone."""
    connection.send_bytes(pack(("ready", "")))
    while True:
        try:
            content = connection.recv_bytes()
        except (EOFError, OSError):
            return
        before_each()
        answer = _answer(content, work)
        del content
        try:
            connection.send_bytes(answer)
        except OSError:
            return


def _answer(content: bytes, work: Work) -> bytes:
    """Do one task; what went wrong is told by its kind alone, as messages hold personal data."""
    try:
        task, arguments = unpack_from_parent(content)
        return pack(("ok", work[task](*arguments)))
    except MemoryError:
        return pack(("error", "MemoryError"))
    except Exception as error:  # noqa: BLE001 - a reader's fault becomes a reading that says so
        return pack(("error", type(error).__name__))
