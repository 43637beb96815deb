"""A mail server in this process that keeps what it takes, and says no when told to.

No test of a real server's behaviour: Postfix is for that. This one can be made to fail.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.processes import Account, Authority, free_port

PASSWORD = "hemligt-lösen-ÅÄÖ"

# It warns at every login of a field of its own that it deprecates.
logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass
class Received:
    """One letter as it was taken."""

    sender: str
    recipients: list[str]
    raw: bytes
    encrypted: bool
    login: str | None
    session: int  # which connection brought it
    options: list[str]  # of MAIL FROM


@dataclass
class Sink:
    """A running sink; the fields say what it shall answer."""

    port: int
    ca_file: Path
    letters: list[Received] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)  # by recipient: the answer to RCPT
    sender_answers: list[str] = field(default_factory=list)  # to the next MAIL FROM
    data_answers: list[str] = field(default_factory=list)  # to the next final dots
    hang_up_after: int = 0  # so many letters are taken and then the connection is cut, unanswered
    sessions: list[int] = field(default_factory=list)  # the clients' ports, one a connection
    _links: list[Any] = field(default_factory=list)

    def hang_up(self) -> None:
        """Cut every connection, as a server that restarts does."""
        for server in self._links:
            if server.transport is not None:
                server.loop.call_soon_threadsafe(server.transport.abort)
                # Wait until the loop has seen it: a transport left open warns when it is collected.
                asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), server.loop).result(5)
        self._links.clear()

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list
    ) -> list:
        session.host_name = hostname
        port = session.peer[1]
        if port not in self.sessions:  # a second EHLO follows STARTTLS
            self.sessions.append(port)
            self._links.append(server)
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_answers:
            return self.sender_answers.pop(0)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answers and not (answer := self.data_answers.pop(0)).startswith("2"):
            return answer
        self.letters.append(
            Received(
                sender=envelope.mail_from or "",
                recipients=list(envelope.rcpt_tos),
                raw=envelope.original_content or b"",
                encrypted=session.ssl is not None,
                login=session.auth_data,
                session=len(self.sessions),
                options=list(envelope.mail_options),
            )
        )
        if self.hang_up_after:
            self.hang_up_after -= 1
            server.transport.abort()
        return "250 2.0.0 OK"


@contextlib.contextmanager
def smtp_sink(
    mode: Literal["open", "starttls", "tls"] = "starttls", *, limit: int = 50_000_000
) -> Iterator[Sink]:
    """Run a sink for the block; *open* knows neither TLS nor login, *starttls* demands both."""
    account = Account.unprivileged()
    here = account.directory("sink")
    try:
        ca = Authority(here, account)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(ca.cert_file, ca.key_file)
        sink = Sink(free_port(), ca.ca_file)
        controller = Controller(
            sink,
            hostname="127.0.0.1",
            port=sink.port,
            tls_context=context if mode == "starttls" else None,
            ssl_context=context if mode == "tls" else None,
            require_starttls=mode == "starttls",
            auth_required=mode == "starttls",  # the library sees no TLS that began before SMTP
            auth_require_tls=mode == "starttls",
            authenticator=None if mode == "open" else _authenticate,
            data_size_limit=limit,
            enable_SMTPUTF8=True,
        )
        with _running(controller):
            try:
                yield sink
            finally:
                sink.hang_up()
    finally:
        shutil.rmtree(here, ignore_errors=True)


@contextlib.contextmanager
def _running(controller: Controller) -> Iterator[None]:
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    user = data.login.decode() if isinstance(data, LoginPassword) else None
    return AuthResult(success=right, handled=False, auth_data=user if right else None)


@contextlib.contextmanager
def scripted_server(*script: bytes | Literal["data", "silence"]) -> Iterator[int]:
    """Speak *script* to each client, one line for each of its lines, then reset; yield the port.

    After a 354 the letter is read to its final dot. "data" reads 1,000 octets of it instead, so
    that the reset cuts it in two; "silence" waits for the client to give up. {tag} is the first word
    of what the client said (IMAP).
    """
    listener = socket.create_server(("127.0.0.1", 0))
    worker = threading.Thread(target=_serve, args=(listener, script), daemon=True)
    worker.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        worker.join(5)


def _serve(listener: socket.socket, script: tuple[bytes | str, ...]) -> None:
    while True:
        try:
            link, _ = listener.accept()
        except OSError:
            return
        with link, contextlib.suppress(OSError), link.makefile("rb") as lines:
            before: bytes | str = b""
            for number, words in enumerate(script):
                if words == "data":
                    lines.read(1000)
                elif words == "silence":
                    lines.read()
                elif isinstance(words, bytes):
                    line = _heard(lines, before) if number else b"*"
                    if not line:
                        break
                    link.sendall(words.replace(b"{tag}", line.split()[0]) + b"\r\n")
                before = words
            # Reset instead of a goodbye: what a crash or a cable looks like.
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _heard(lines: BinaryIO, before: bytes | str) -> bytes:
    """Take what the client says next: a line, or after 354 the whole letter."""
    line = lines.readline()
    while isinstance(before, bytes) and before.startswith(b"354") and line not in (b".\r\n", b""):
        line = lines.readline()
    return line
