"""A stub of Microsoft Graph's mail, over TLS, in this process, with faults on request.

It lets in whoever shows a token of its signer's, and keeps its mailboxes between requests. It
proves our side, not Microsoft's.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import jwt

from tests.servers.graph_asked import Asked, RefusalError, Said
from tests.servers.graph_calls import Calls
from tests.servers.graph_world import Mailbox, World
from tests.servers.processes import Authority
from tests.servers.token_stub import Signer

OFFICE = "lokala-ek@office.example"
OTHER = "anna@office.example"
CLIENT = "ekbot-client"
CUT_BEFORE, CUT_AFTER = "cut-before", "cut-after"
Fault = str | Said


def refused(status: int, code: str, **headers: str) -> Said:
    """Return an error's answer; ``Retry_After`` becomes a header."""
    return RefusalError(status, code, **headers).said


@dataclass
class GraphStub:
    """A running stub; the fields say what it shall do next."""

    url: str
    ca_file: Path
    signer: Signer
    world: World
    calls: Calls
    allowed: dict[str, set[str]] = field(default_factory=lambda: {CLIENT: {OFFICE}})
    asked: list[Asked] = field(default_factory=list)  # every request since the last ``forget``
    faults: dict[int, Fault] = field(default_factory=dict)  # by number, from 1 at ``forget``
    faulty: Callable[[Asked], Fault | None] = lambda _: None  # for each request
    faulty_part: Callable[[Asked], Said | None] = lambda _: None  # for each part of a batch
    bad_requests: list[str] = field(default_factory=list)  # what we should not have asked
    connections: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _known: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def office(self) -> Mailbox:
        return self.world.mailboxes[OFFICE]

    def empty(self) -> None:
        """Begin with new and empty mailboxes."""
        self.world = self.calls.world = World(*self.world.mailboxes)

    def forget(self) -> None:
        """Begin to count requests anew, without faults."""
        self.asked.clear()
        self.faults.clear()
        self.faulty = lambda _: None
        self.faulty_part = lambda _: None

    def served(self, asked: Asked) -> Said | None:
        """Answer one request; None cuts the connection."""
        with self._lock:
            self.asked.append(asked)
            fault = self.faults.get(len(self.asked)) or self.faulty(asked)
            if fault == CUT_BEFORE:
                return None
            if isinstance(fault, Said):
                return fault
            said = self._answered(asked)
            return None if fault == CUT_AFTER else said

    def _answered(self, asked: Asked) -> Said:
        if asked.path.startswith("/uploads/"):
            return self._noted(asked, self.calls.upload(asked, asked.path.split("/")[2]))
        client = self._client(asked)
        if client is None:
            return refused(401, "InvalidAuthenticationToken")
        if not asked.path.startswith("/v1.0/"):
            return self._noted(asked, refused(400, "BadRequest"))
        inner = Asked(asked.method, asked.target.removeprefix("/v1.0"), asked.headers, asked.body)
        if inner.path == "/$batch":
            return self._batch(inner, client)
        return self._noted(inner, self._one(inner, client))

    def _one(self, asked: Asked, client: str) -> Said:
        owner = unquote(asked.path.split("/")[2]) if asked.path.count("/") > 1 else ""
        if owner in self.world.mailboxes and owner not in self.allowed.get(client, set()):
            return refused(403, "ErrorAccessDenied")
        return self.calls.answer(asked)

    def _noted(self, asked: Asked, said: Said) -> Said:
        if said.status in (400, 411):
            self.bad_requests.append(f"{asked.method} {asked.target}: {said.told}")
        return said

    def _batch(self, asked: Asked, client: str) -> Said:
        told = json.loads(asked.body)
        parts = told.get("requests", [])
        ids = [part.get("id") for part in parts]
        if set(told) != {"requests"} or not 1 <= len(parts) <= 20 or len(set(ids)) < len(ids):
            return self._noted(asked, refused(400, "BadRequest"))
        responses = []
        for part in parts:
            if not set(part) <= {"id", "method", "url", "headers", "body"}:
                return self._noted(asked, refused(400, "BadRequest"))
            headers = {name.lower(): value for name, value in part.get("headers", {}).items()}
            body = json.dumps(part["body"]).encode() if "body" in part else b""
            inner = Asked(part["method"], part["url"], headers, body)
            said = self.faulty_part(inner) or self._noted(inner, self._one(inner, client))
            answer = {"id": part["id"], "status": said.status, "headers": said.headers}
            responses.insert(0, answer | ({"body": said.told} if said.told is not None else {}))
        return Said(200, {"responses": responses})  # in another order than asked

    def _client(self, asked: Asked) -> str | None:
        """Return whom a token was given to; None for one that is foreign or has expired."""
        kind, _, token = asked.headers.get("authorization", "").partition(" ")
        if kind != "Bearer":
            return None
        if token not in self._known:
            with contextlib.suppress(jwt.InvalidTokenError):
                told = jwt.decode(token, self.signer.public(), algorithms=["ES256"])
                self._known[token] = told["sub"]
        return self._known.get(token) or None

    def revoke(self) -> None:
        """Let no token in that was given before now."""
        self._known = dict.fromkeys(self._known, "")


@contextlib.contextmanager
def graph_stub(ca: Authority, signer: Signer) -> Iterator[GraphStub]:
    """Run a stub with two mailboxes for the block, with the certificate of *ca*."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(ca.cert_file, ca.key_file)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.context = context
    port = server.server_address[1]
    url = f"https://localhost:{port}/v1.0"
    world = World(OFFICE, OTHER)
    calls = Calls(world)
    calls.uploads = f"https://127.0.0.1:{port}/uploads"
    server.stub = GraphStub(url, ca.ca_file, signer, world, calls)
    worker = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    worker.start()
    try:
        yield server.stub
    finally:
        server.shutdown()
        server.server_close()
        worker.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    context: ssl.SSLContext
    stub: GraphStub

    def get_request(self) -> tuple[socket.socket, object]:
        link, address = super().get_request()
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stub.connections += 1
        return self.context.wrap_socket(
            link, server_side=True, do_handshake_on_connect=False
        ), address

    def handle_error(self, *_: object) -> None:
        """A client that trusts us not hangs up: no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    wbufsize = 65_536  # one write for head and body

    def _do(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length)
        if len(body) < length:
            self._cut()  # the client hung up in the middle of what it asked
            return
        said = self.server.stub.served(Asked(self.command, self.path, headers, body))
        if said is None:
            self._cut()
            return
        content = said.raw if said.raw is not None else b""
        if said.told is not None:
            content = json.dumps(said.told).encode()
            said.headers.setdefault("Content-Type", "application/json")
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        if said.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _do  # noqa: N815

    def _cut(self) -> None:
        """Reset instead of a goodbye: what a crash or a cable looks like."""
        link = self.connection
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        socket.socket(fileno=link.detach()).close()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_: object) -> None:
        """Stay silent."""
