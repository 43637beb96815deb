"""Letters out by SMTP submission (RFC 6409). Tries once; when to try again is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from bot.adapters.account import Account, credentials
from bot.adapters.server import Server
from bot.adapters.smtp_connection import Connection, Reply
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PermanentError, PortError, TransientError
from bot.ports.outgoing import Parcel, Refusal

_LONGEST_LINE = 998  # octets without CRLF (RFC 5322 §2.1.1)
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n|\0")
_UNFIT = re.compile(r"[\s<>\x00-\x1f\x7f]")
_LOGIN_WANTED = frozenset({530, 534, 535, 538})  # RFC 4954 §6
_TOO_LARGE = 552  # RFC 1870 §6.3


class Settings(Account, frozen=True, extra="forbid"):
    """``[outgoing] kind = "smtp"``."""

    PASSWORD_VARIABLE: ClassVar[str] = "EKBOT_OUTGOING_PASSWORD"
    SECRET_VARIABLE: ClassVar[str] = "EKBOT_OUTGOING_CLIENT_SECRET"

    kind: Literal["smtp"]
    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65_535)
    tls: Literal["none", "starttls", "tls"] = "starttls"
    ca_file: Path | None = None
    timeout: float = Field(default=60.0, gt=0, le=600)  # seconds without an answer


class Smtp:
    """A mail server that takes our letters. The connection is kept between letters."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        """Take the password, or the secret for tokens; connect at the first letter.

        Raises:
            NeedsOperatorError: there is no password or secret, or its file cannot be read.
        """
        password, tokens = credentials(settings, environment)
        self._server = Server(
            host=settings.host,
            port=settings.port,
            tls=settings.tls,
            ca_file=settings.ca_file,
            username=settings.username,
            password=password,
            timeout=settings.timeout,
            tokens=tokens,
        )
        self._connection: Connection | None = None

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        """Hand the letter over in one transaction; return the recipients refused meanwhile."""
        raw = _checked(parcel.raw)
        try:
            connection = self._begun(parcel, raw)
            taken, refused = self._recipients(connection, parcel)
            if not taken:
                self._reset(connection)
                raise _nobody(refused)
            reply = connection.data(raw)
        except (TransientError, NeedsOperatorError):
            self._drop()
            raise
        if reply.accepted:
            return refused
        self._reset(connection)
        if reply.temporary:
            raise TransientError(f"{self._server.peer}: {reply}")
        raise PermanentError(f"{self._server.peer}: {reply}")

    def check(self) -> tuple[Check, ...]:
        """Say whether the server answers and lets us in; sends nothing."""
        self.close()
        token = self._server.tokens.check() if self._server.tokens is not None else None
        if token is not None and not token.ok:
            return (token,)
        first = () if token is None else (token,)
        name = f"Utgående post {self._server.peer}"
        try:
            self._connection = Connection(self._server)
            reply = self._connection.command("NOOP")
            if not reply.accepted:
                raise TransientError(f"{self._server.peer}: {reply}")
        except NeedsOperatorError as error:
            return (*first, Check(name, ok=False, seen=error.reason, advice=error.advice))
        except PortError as error:
            advice = "Kontrollera host och port, och att brandväggen släpper fram trafiken."
            return (*first, Check(name, ok=False, seen=str(error), advice=advice))
        finally:
            self.close()
        who = (
            f"inloggad som {self._server.username}" if self._server.username else "utan inloggning"
        )
        return (*first, Check(name, ok=True, seen=f"{who}, svarar {reply.code}"))

    def close(self) -> None:
        """Log out; the next letter connects again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if self._server.tokens is not None:
            self._server.tokens.close()

    def _begun(self, parcel: Parcel, raw: bytes) -> Connection:
        """Return a connection with the sender given: the kept one, or a new one if it has died."""
        if self._connection is not None:
            try:
                return self._sender(self._connection, parcel, raw)
            except TransientError:
                self._drop()  # the server hung up between two letters: nothing was lost
        self._connection = Connection(self._server)
        return self._sender(self._connection, parcel, raw)

    def _sender(self, connection: Connection, parcel: Parcel, raw: bytes) -> Connection:
        if connection.limit and len(raw) > connection.limit:
            size, limit = len(raw) // 1_000_000, connection.limit // 1_000_000
            raise PermanentError(f"the letter has {size} MB, the server takes {limit} MB")
        words = f"MAIL FROM:<{_envelope(parcel.sender)}>"
        if connection.limit:
            words += f" SIZE={len(raw)}"
        if not raw.isascii() and connection.offers("8bitmime"):
            words += " BODY=8BITMIME"
        if _needs_utf8(parcel, raw):
            if connection.offers("smtputf8"):
                words += " SMTPUTF8"
            elif not raw.partition(b"\r\n\r\n")[0].isascii():
                raise PermanentError("the letter's header is not ASCII, and the server wants ASCII")
        reply = connection.command(words)
        if reply.accepted:
            return connection
        self._reset(connection)
        if reply.temporary:
            raise TransientError(f"{self._server.peer}: {reply}")
        if reply.code == _TOO_LARGE:
            raise PermanentError(f"{self._server.peer}: {reply}")
        raise NeedsOperatorError(
            f"{self._server.peer}: sender refused: {reply}",
            "Servern låter oss inte skicka från kontorets adress. Kontrollera [office] mail och"
            " username i [outgoing].",
        )

    def _recipients(
        self, connection: Connection, parcel: Parcel
    ) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
        """Name every recipient; return those whom the server takes, and the refusals."""
        taken: list[str] = []
        refused: list[Refusal] = []
        for recipient in dict.fromkeys(parcel.recipients):
            reply = self._recipient(connection, recipient)
            if reply.accepted:
                taken.append(recipient)
            elif reply.code in _LOGIN_WANTED:
                raise NeedsOperatorError(
                    f"{self._server.peer}: {reply}", "Servern kräver inloggning: ange username."
                )
            else:
                refused.append(Refusal(recipient, str(reply), temporary=reply.temporary))
        return tuple(taken), tuple(refused)

    def _recipient(self, connection: Connection, recipient: str) -> Reply:
        if _UNFIT.search(recipient) or not recipient:
            return Reply(553, "the address cannot be written in an envelope")
        address = _envelope(recipient)
        if not address.isascii() and not connection.offers("smtputf8"):
            return Reply(553, "the server takes no address with other letters than a-z (SMTPUTF8)")
        return connection.command(f"RCPT TO:<{address}>")

    def _reset(self, connection: Connection) -> None:
        """Make the connection ready for another letter, or let it go."""
        try:
            connection.command("RSET")
        except PortError:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.drop()


def _checked(raw: bytes) -> bytes:
    """Return *raw* when it may be sent as it is (RFC 5321 §2.3.8, §4.5.3.1.6)."""
    if _BARE.search(raw) or not raw.endswith(b"\r\n"):
        raise PermanentError("the letter is not made of lines that end with CRLF")
    if max(map(len, raw.split(b"\r\n"))) > _LONGEST_LINE:
        raise PermanentError(f"the letter has a line of more than {_LONGEST_LINE} octets")
    return raw


def _envelope(address: str) -> str:
    """Return *address* with its domain in A-labels (RFC 5891), so that å there needs nothing."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def _needs_utf8(parcel: Parcel, raw: bytes) -> bool:
    """Tell whether an address or a header cannot be written in ASCII (RFC 6531)."""
    addresses = (parcel.sender, *parcel.recipients)
    header = raw.partition(b"\r\n\r\n")[0]
    return not header.isascii() or not all(_envelope(a).isascii() for a in addresses)


def _nobody(refused: tuple[Refusal, ...]) -> PortError:
    """Return the error for a letter that nobody got: worth another try if one refusal passes."""
    if not refused:
        return PermanentError("the letter has no recipient")
    passing = [refusal for refusal in refused if refusal.temporary]
    if passing:
        return TransientError(passing[0].reason)
    return PermanentError(refused[0].reason)
