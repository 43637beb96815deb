"""A wire that breaks: passes bytes between client and server and cuts them off at a chosen moment.

Each piece that a client sends, and each that a server answers, is a moment. Speaks no protocol.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

_PIECE = 65_536


class Cutter:
    """Counts moments over all its wires; at *cut_at* the piece is lost and every wire is dead."""

    def __init__(self) -> None:
        """Begin with wires that hold."""
        self.cut_at: int | None = None
        self.count = 0
        self.dead = False
        self._lock = threading.Lock()
        self._listeners: list[socket.socket] = []
        self._links: list[socket.socket] = []
        self._workers: list[threading.Thread] = []

    def begin(self, cut_at: int | None) -> None:
        """Mend all wires and count anew; None never cuts."""
        with self._lock:
            self.cut_at, self.count, self.dead = cut_at, 0, False

    def through(self, port: int) -> int:
        """Return a port on this machine whose wire leads to *port*."""
        listener = socket.create_server(("127.0.0.1", 0))
        self._listeners.append(listener)
        self._start(self._accept, listener, port)
        return int(listener.getsockname()[1])

    def close(self) -> None:
        """Take all wires down."""
        for listener in self._listeners:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self._cut()
        for worker in self._workers:
            worker.join(5)

    def _accept(self, listener: socket.socket, port: int) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                dead = self.dead
            if dead:
                _reset(client)
                continue
            server = socket.create_connection(("127.0.0.1", port))
            for link in (client, server):
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._links += [client, server]
            self._start(self._carry, client, server)
            self._start(self._carry, server, client)

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                if self._lost():
                    self._cut()
                    return
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)

    def _lost(self) -> bool:
        with self._lock:
            self.count += 1
            self.dead = self.dead or self.count == self.cut_at
            return self.dead

    def _cut(self) -> None:
        with self._lock:
            links, self._links = self._links, []
        for link in links:
            _reset(link)

    def _start(self, work, *arguments: object) -> None:
        worker = threading.Thread(target=work, args=arguments, daemon=True)
        self._workers.append(worker)
        worker.start()


def _reset(link: socket.socket) -> None:
    """Reset instead of a goodbye: what a crash or a cable looks like."""
    with contextlib.suppress(OSError):
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.shutdown(socket.SHUT_RDWR)
    link.close()


@contextlib.contextmanager
def cutter() -> Iterator[Cutter]:
    """Give wires for the block."""
    made = Cutter()
    try:
        yield made
    finally:
        made.close()
