"""A stub of EWS on this machine: HTTPS, logins, faults on demand. No Exchange.

It proves that our code speaks the protocol as documented, not that Exchange does.
"""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import spnego

from tests.servers.ews_soap import RefusedError, Service, event, fault
from tests.servers.ews_store import Store
from tests.servers.processes import Account, Authority

PATH = "/EWS/Exchange.asmx"
USER, PASSWORD = "ek-tjanst", "hemligt-lösen-ÅÄÖ"


@dataclass
class Cut:
    """Break the connection at the n-th call from now, before the work is done or after."""

    call: int
    after: bool
    times: int = 1


@dataclass
class Stub:
    """The running stub; the fields say what it shall answer."""

    store: Store
    service: Service
    port: int = 0
    ca_file: Path = Path()
    scheme: str = "https"
    logins: tuple[str, ...] = ("basic", "ntlm")
    passwords: set[str] = field(default_factory=lambda: {PASSWORD})
    calls: list[str] = field(default_factory=list)  # the operations done, in order
    posts: int = 0  # requests over HTTP, logins' first halves too
    cut: Cut | None = None
    http: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)  # answers in place
    troubles: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)  # to FindItem
    busy: list[int | None] = field(default_factory=list)  # back-offs in ms; None: none told
    loses_place: int | None = None  # octets of a question after which the next one is not read
    most: int | None = None  # octets of a question; a longer one is refused with 405
    charsets: tuple[str, ...] = ("utf-8", "latin-1")  # in which it reads Basic logins
    silent: threading.Event | None = None  # answers wait for it
    over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}{PATH}"

    def done(self, body: bytes) -> tuple[int, dict[str, str], bytes] | None:
        """Answer one request that is logged in; None: the connection breaks."""
        if self.silent is not None:
            self.silent.wait(30)
        with self._lock:
            if self.http:
                return self.http.pop(0)
            if self.troubles and b"FindItem" in body:
                return self.troubles.pop(0)
            if self.busy:
                return 500, {}, fault("ErrorServerBusy", self.busy.pop(0))
            cut = self._cutting()
            if cut is not None and not cut.after:
                return None
            try:
                name, answer = self.service.answer(body)
            except RefusedError as refused:
                self.calls.append(refused.code)
                return 500, {}, fault(refused.code, refused.back_off)
            self.calls.append(name)
            return None if cut is not None else (200, {}, answer)

    def _cutting(self) -> Cut | None:
        if self.cut is None:
            return None
        self.cut.call -= 1
        if self.cut.call > 0:
            return None
        found = self.cut
        found.times -= 1
        if found.times <= 0:
            self.cut = None
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer: else the client's kernel waits 40 ms between two
    stub: Stub
    users: Path
    who: Any = None
    known = False
    lost = False  # its place on this connection

    def setup(self) -> None:
        if isinstance(self.request, ssl.SSLSocket):
            self.request.settimeout(20)
            with contextlib.suppress(OSError):
                self.request.do_handshake()
        super().setup()

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            super().handle()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        stub = self.stub
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        stub.posts += 1
        if self.lost or (stub.most is not None and len(body) > stub.most):
            self.reply(400 if self.lost else 405, {"Connection": "close"}, b"not read")
            self.close_connection = True
            return
        self.lost = stub.loses_place is not None and len(body) > stub.loses_place
        if self.path != PATH:
            self.reply(404, {}, b"not here")
            return
        challenge = self.logged_in()
        if challenge is not None:
            self.reply(401, {}, b"", challenge)
            return
        if b"GetStreamingEvents" in body and "streaming" not in stub.service.manners.without:
            self.stream()
            return
        answer = stub.done(body)
        if answer is None:
            self.close_connection = True
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.request.close() if not isinstance(
                self.request, ssl.SSLSocket
            ) else self.request.shutdown(2)
            return
        self.reply(*answer)

    def reply(
        self, status: int, headers: dict[str, str], body: bytes, offered: list[str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        for value in offered or []:
            self.send_header("WWW-Authenticate", value)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self) -> None:
        """Tell of every mail that comes, each twice, until the client goes."""
        self.stub.calls.append("GetStreamingEvents")
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        store, seen = self.stub.store, self.stub.store.deliveries
        self.close_connection = True
        while not self.stub.over.is_set() and "lasting" not in self.stub.service.manners.without:
            with store.news:
                if store.deliveries == seen:
                    store.news.wait(0.2)
                told, seen = 2 * (store.deliveries - seen), store.deliveries
            body = b"".join(event() for _ in range(told)) or b" "
            self.wfile.write(b"%x\r\n%b\r\n" % (len(body), body))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    def logged_in(self) -> list[str] | None:
        """Return None when the login holds, else what to offer."""
        if self.known:
            return None
        offers = {"basic": 'Basic realm="stub"', "ntlm": "NTLM"}
        refused = [offers[kind] for kind in self.stub.logins]
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        if kind == "Basic" and "basic" in self.stub.logins:
            raw = base64.b64decode(token)
            pairs = {
                f"{USER}:{p}".encode(c) for p in self.stub.passwords for c in self.stub.charsets
            }
            return None if raw in pairs else refused
        if kind == "NTLM" and "ntlm" in self.stub.logins:
            return self.ntlm(base64.b64decode(token), refused)
        return refused

    def ntlm(self, token: bytes, refused: list[str]) -> list[str] | None:
        if self.who is None:
            self.who = spnego.server(protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
        try:
            answer = self.who.step(token)
        except spnego.exceptions.SpnegoError:
            self.who = None
            return refused
        if self.who.complete:
            self.known = True
            return None
        return [f"NTLM {base64.b64encode(answer).decode()}"]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50
    context: ssl.SSLContext | None = None

    def get_request(self) -> tuple[Any, Any]:
        link, where = super().get_request()
        if self.context is not None:
            link = self.context.wrap_socket(link, server_side=True, do_handshake_on_connect=False)
        return link, where

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: connections break on purpose here."""


@contextlib.contextmanager
def ews_stub(*, encrypted: bool = True, host: str = "127.0.0.1") -> Iterator[Stub]:
    """Run a stub for the block, with an empty mailbox for ``ek@office.example``."""
    folder = Account.unprivileged().directory("ews")
    authority = Authority(folder, Account.unprivileged())
    store = Store()
    stub = Stub(store, Service(store), ca_file=authority.ca_file)
    store.mailbox("ek@office.example")
    users = folder / "users"
    users.write_text(f":{USER}:{PASSWORD}\nOFFICE:{USER}:{PASSWORD}\n", encoding="utf-8")
    before, os.environ["NTLM_USER_FILE"] = os.environ.get("NTLM_USER_FILE"), str(users)
    handler = type("Handler", (_Handler,), {"stub": stub, "users": users})
    server = _Server((host, 0), handler)
    stub.port = server.server_address[1]
    if encrypted:
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(authority.cert_file, authority.key_file)
    else:
        stub.scheme = "http"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield stub
    finally:
        stub.over.set()
        if stub.silent is not None:
            stub.silent.set()
        server.shutdown()
        server.server_close()
        thread.join()
        if before is None:
            del os.environ["NTLM_USER_FILE"]
        else:
            os.environ["NTLM_USER_FILE"] = before
        shutil.rmtree(folder, ignore_errors=True)
