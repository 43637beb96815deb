"""A TCP line that breaks on purpose: before or after the n-th request reaches the server.

Counts what the client sends, not LDAP messages: each of our calls is one send.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Cut = Literal["before", "after"]


@dataclass
class Proxy:
    """Passes everything on until the request *at*; then the client's line is reset."""

    target: int
    at: int = 0  # the request that breaks the line, counted over all connections; 0: none
    cut: Cut = "before"
    host: str = "127.0.0.1"
    port: int = 0
    requests: int = 0
    muted: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        with (
            client,
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.target)) as server,
        ):
            back = threading.Thread(target=_back, args=(server, client, self), daemon=True)
            back.start()
            while piece := client.recv(65_536):
                with self._lock:
                    self.requests += 1
                    last = self.requests == self.at
                if last and self.cut == "before":
                    _reset(client)
                    return
                self.muted = last
                server.sendall(piece)
                if last:
                    server.shutdown(socket.SHUT_WR)  # it answers what it has, then hangs up
                    back.join(10)
                    _reset(client)
                    return


def _back(server: socket.socket, client: socket.socket, proxy: Proxy) -> None:
    with contextlib.suppress(OSError):
        while piece := server.recv(65_536):
            if not proxy.muted:
                client.sendall(piece)
    proxy.muted = False


def _reset(link: socket.socket) -> None:
    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextlib.contextmanager
def proxy(
    target: int, at: int = 0, cut: Cut = "before", host: str = "127.0.0.1"
) -> Iterator[Proxy]:
    """Run a line to the loopback port *target* for the block."""
    listener = socket.create_server((host, 0))
    made = Proxy(target, at, cut, host, listener.getsockname()[1])
    worker = threading.Thread(target=made.serve, args=(listener,), daemon=True)
    worker.start()
    try:
        yield made
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        worker.join(5)
