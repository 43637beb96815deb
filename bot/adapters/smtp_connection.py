"""One open SMTP connection (RFC 5321), step by step. Decides nothing about recipients."""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from bot.adapters import tls as transport
from bot.adapters.account import shown
from bot.adapters.sasl import MECHANISMS, answering
from bot.adapters.server import Server
from bot.ports.errors import NeedsOperatorError, TransientError

_CONNECT = 20.0  # seconds at most
_PATIENCE = 5  # times the timeout after the final dot (RFC 5321 §4.5.3.2.6 wants ten minutes)
_CHALLENGES = 3  # that a server may ask before it says yes or no
_ADDRESS = re.compile(r"\S+@\S+")
_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    code: int
    text: str

    @property
    def accepted(self) -> bool:
        """Tell a yes (2xx)."""
        return self.code // 100 == 2  # noqa: PLR2004 - RFC 5321 §4.2.1

    @property
    def temporary(self) -> bool:
        """Tell a not now (4xx)."""
        return self.code // 100 == 4  # noqa: PLR2004 - RFC 5321 §4.2.1

    def __str__(self) -> str:
        """Return code and words, addresses left out: messages hold no personal data."""
        return _ADDRESS.sub("…", f"{self.code} {self.text}")[:200]


class Connection:
    """An open connection, secured and logged in. One thread; useless after its first error."""

    def __init__(self, server: Server) -> None:
        """Connect, secure and log in.

        Raises:
            TransientError: no answer, or not now.
            NeedsOperatorError: certificate or login refused.
        """
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        if server.username:
            transport.refuse_open_password(server.host, server.tls)
        context = transport.context(server.ca_file) if server.tls != "none" else None
        try:
            with self._translated():
                self._connect(context)
                if server.username:
                    self._log_in()
        except BaseException:
            self.drop()
            raise

    def offers(self, extension: str) -> bool:
        """Tell whether the server knows *extension* (SMTPUTF8, 8BITMIME)."""
        return self._open.has_extn(extension)

    @property
    def limit(self) -> int:
        """Return the largest letter the server takes, in octets (RFC 1870); 0: not told."""
        told = self._open.esmtp_features.get("size", "").strip()
        return int(told) if told.isdecimal() else 0

    def command(self, words: str) -> Reply:
        """Send one command and return the answer.

        Raises:
            TransientError: no answer.
        """
        with self._translated():
            self._open.send(words.encode("utf-8") + b"\r\n")
            return Reply(*_decoded(self._open.getreply()))

    def data(self, raw: bytes) -> Reply:
        """Hand over the letter's bytes, which end with CRLF; return the last answer.

        Raises:
            TransientError: with ``in_doubt`` when the connection broke after the final dot.
        """
        begun = self.command("DATA")
        if begun.code != 354:  # noqa: PLR2004 - RFC 5321 §4.3.2
            return begun
        with self._translated():
            self._open.send(_DOT.sub(b"..", raw) + b".\r\n")
        link = self._open.sock
        try:
            with self._translated():
                if link is not None:
                    link.settimeout(self._server.timeout * _PATIENCE)
                reply = Reply(*_decoded(self._open.getreply()))
                if link is not None:
                    link.settimeout(self._server.timeout)
        except TransientError as error:
            reason = f"{error.reason}, after the whole letter was sent"
            raise TransientError(reason, in_doubt=True) from error
        return reply

    def close(self) -> None:
        """Say goodbye and let go."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if self._smtp is not None:
                self._smtp.quit()
        self.drop()

    def drop(self) -> None:
        """Let go without a word."""
        if self._smtp is not None:
            with contextlib.suppress(OSError):
                self._smtp.close()

    @property
    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected("never connected")
        return self._smtp

    def _connect(self, context: ssl.SSLContext | None) -> None:
        server = self._server
        where, patience = (server.host, server.port), min(_CONNECT, server.timeout)
        # A name of ours is given from the start: else the library asks the name server for one.
        if server.tls == "tls":
            self._smtp = smtplib.SMTP_SSL(*where, "localhost", timeout=patience, context=context)
        else:
            self._smtp = smtplib.SMTP(*where, "localhost", timeout=patience)
        link = self._smtp.sock
        if link is not None:
            transport.tune(link)
            link.settimeout(server.timeout)
            self._smtp.local_hostname = _own_name(link)
        self._smtp.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            if not self._smtp.has_extn("starttls"):
                raise NeedsOperatorError(
                    f"{server.peer}: no STARTTLS offered",
                    'Servern krypterar inte på den porten. Använd tls = "tls" och port 465, eller'
                    " port 587.",
                )
            self._smtp.starttls(context=context)
            self._smtp.ehlo_or_helo_if_needed()

    def _log_in(self) -> None:
        """Log in by a token; else by PLAIN (RFC 4616, UTF-8), else by LOGIN."""
        server = self._server
        offered = self._open.esmtp_features.get("auth", "").upper().split()
        if server.tokens is not None:
            shown(server, [name for name in MECHANISMS if name in offered], self._shown)
            return
        if "PLAIN" in offered:
            words = f"\0{server.username}\0{server.password}"
            answer = self.command(f"AUTH PLAIN {_base64(words)}")
        elif "LOGIN" in offered:
            answer = self.command("AUTH LOGIN")
            for word in (server.username, server.password):
                if answer.code == 334:  # noqa: PLR2004 - RFC 4954 §4
                    answer = self.command(_base64(word))
        else:
            raise NeedsOperatorError(
                f"{server.peer}: no AUTH offered",
                "Servern tar inte emot någon inloggning här. Prova port 587 med starttls, eller ta"
                " bort username om servern släpper in er utan.",
            )
        if answer.accepted:
            return
        if answer.temporary:
            raise TransientError(f"{server.peer}: login: {answer}")
        raise NeedsOperatorError(
            f"{server.peer}: login: {answer}",
            f"Servern godtar inte inloggningen för {server.username}. Kontrollera username och"
            " lösenord, och att kontot får skicka med SMTP.",
        )

    def _shown(self, mechanism: str, token: str) -> TransientError | None:
        """Show a token; return how it was refused."""
        answers = answering(mechanism, self._server.username, token)
        answer = self.command(f"AUTH {mechanism} {_base64(answers(b''))}")
        for _ in range(_CHALLENGES):
            if answer.code == 334:  # noqa: PLR2004 - RFC 4954 §4
                answer = self.command(_base64(answers(b"")))
        if answer.accepted:
            return None
        error = TransientError(f"{self._server.peer}: login: {answer}")
        if answer.temporary:
            raise error
        return error

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        peer = self._server.peer
        try:
            yield
        except smtplib.SMTPServerDisconnected as error:
            if isinstance(error.__context__, OSError):
                raise transport.translated(error.__context__, peer) from error
            raise TransientError(f"{peer}: the connection broke") from error
        except smtplib.SMTPResponseException as error:
            reply = Reply(*_decoded((error.smtp_code, error.smtp_error)))
            raise TransientError(f"{peer}: {reply}") from error
        except smtplib.SMTPException as error:
            raise TransientError(f"{peer}: {type(error).__name__}") from error
        except OSError as error:
            raise transport.translated(error, peer) from error
        except ValueError as error:
            raise TransientError(f"{peer}: an answer that makes no sense") from error


def _decoded(answer: tuple[int, bytes | str]) -> tuple[int, str]:
    code, words = answer
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return code, " ".join(text.split())


def _base64(words: str | bytes) -> str:
    content = words.encode("utf-8") if isinstance(words, str) else words
    return base64.b64encode(content).decode("ascii")


def _own_name(link: socket.socket) -> str:
    """Return the name we greet with: this machine's full name, else its address (§4.1.3)."""
    name = socket.gethostname()
    if "." in name and name.isascii():
        return name
    address = link.getsockname()[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
