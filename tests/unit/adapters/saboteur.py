"""A reading child that does as the mail says: dies, hangs, eats memory, lies. For tests only."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from threading import Event

from bot.adapters.crew.child import WORK, allow, confine, serve
from bot.adapters.crew.wire import Task


class Lie:
    """Something that would run a command where it is unpickled."""

    def __reduce__(self):
        return (os.mkdir, (os.environ["TMPDIR"] + "/never-made",))


def _die() -> object:
    os.kill(os.getpid(), signal.SIGKILL)
    return Event().wait()


def _eat() -> object:
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))


def _fail() -> object:
    raise RuntimeError("19121212-1212 must not be told")


HOW = {
    b"die": _die,
    b"hang": Event().wait,
    b"eat": _eat,
    b"lie": Lie,
    b"fail": _fail,
    b"odd": lambda: 17,
}


def _bytes(arguments: tuple[object, ...]) -> list[bytes]:
    """Return the bytes among *arguments*, also those of pictures in a tuple."""
    found = [a for a in arguments if isinstance(a, bytes)]
    for inner in (a for a in arguments if isinstance(a, tuple)):
        found += _bytes(inner)
    return found


def _sabotaged(task: Task):
    def work(*arguments):
        content = b" ".join(_bytes(arguments))
        for word, act in HOW.items():
            if b"%s-on-%s" % (word, task.value.encode()) in content:
                return act()
        return WORK[task](*arguments)

    return work


def main(descriptor: int, memory: int, seconds: float) -> None:
    """Serve as the real child does, with sabotage."""
    confine(memory)
    with Connection(descriptor) as connection:
        serve(connection, lambda: allow(seconds), work={task: _sabotaged(task) for task in Task})
