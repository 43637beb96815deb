"""One open IMAP connection (RFC 3501, 9051), in the words of our mailbox. Never reconnects.

The one place that knows the library and its traps. All its errors leave as ``PortError``; what
the library says of itself is left out, since it may quote mail.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from time import monotonic
from typing import Any

from imapclient import DELETED, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from bot.adapters import tls as transport
from bot.adapters.account import shown
from bot.adapters.imap_errors import RefusedError, translated
from bot.adapters.mail_folders import parts
from bot.adapters.sasl import MECHANISMS, answering
from bot.adapters.server import Server
from bot.ports.errors import NeedsOperatorError

_CONNECT = 20.0  # seconds at most
_WINDOW = 50_000  # uids in one answer: the library takes lines up to a million octets
_NAMED = 200  # uids named in one command
_LOOK = 0.25  # seconds between looks at the stop event while idling


@dataclass(frozen=True, slots=True)
class Selected:
    """What SELECT told: the folder, its generation, how many mails, the next uid (0: not told)."""

    folder: str
    generation: str
    exists: int
    next_uid: int


class Connection:
    """An open connection, logged in. One thread; useless after its first error."""

    def __init__(self, server: Server) -> None:
        """Connect, secure and log in.

        Raises:
            TransientError: no answer.
            NeedsOperatorError: certificate or login refused.
        """
        self._server = server
        self._client: Any = None
        self._made: set[str] = set()
        transport.refuse_open_password(server.host, server.tls)
        context = transport.context(server.ca_file) if server.tls != "none" else None
        try:
            with self._translated("connect"):
                patience: Any = SocketTimeout(min(_CONNECT, server.timeout), server.timeout)
                self._client = IMAPClient(
                    server.host,
                    server.port,
                    ssl=server.tls == "tls",
                    ssl_context=context,
                    timeout=patience,
                )
                # Else the library writes every mail into a debug line, four times its size.
                self._client._imap.debug = 0  # noqa: SLF001 - no public switch
                if server.tls == "starttls":
                    self._start_tls(context)
                transport.keep_alive(self._client.socket())
            self._log_in()
            with self._translated("namespace"):
                self._prefix, self._separator = self._namespace()
        except BaseException:
            self.drop()
            raise

    def select(self, folder: str, *, made: bool = False) -> Selected:
        """Open *folder* for reading and moving, flags untouched; *made*: make it if missing.

        Raises:
            NeedsOperatorError: the folder is not there or may not be written.
        """
        name = self._ensured(folder) if made else self._name(folder)
        try:
            with self._translated("select"):
                told = self._client.select_folder(name)
        except RefusedError as error:
            raise error.for_operator(
                f"Mappen {folder} går inte att öppna. Kontrollera [mailbox] folder och kontots"
                " rättigheter."
            ) from error
        generation = told.get(b"UIDVALIDITY")
        if generation is None:
            raise NeedsOperatorError(
                "no UIDVALIDITY", "Servern ger inte mejlen bestående nummer; den kan inte användas."
            )
        return Selected(folder, str(generation), told[b"EXISTS"], told.get(b"UIDNEXT", 0))

    def uids(self, exists: int) -> list[int]:
        """Return the uids of all mails in the folder that are not struck out, ascending."""
        found: set[int] = set()
        with self._translated("search"):
            for first in range(1, exists + 1, _WINDOW):
                last = str(first + _WINDOW - 1) if first + _WINDOW <= exists else "*"
                found.update(self._client.search(f"{first}:{last} UNDELETED"))
        return sorted(found)

    def here(self, uids: Sequence[int]) -> list[int]:
        """Return those of *uids* that are in the folder and not struck out."""
        with self._translated("search"):
            wanted = ",".join(str(uid) for uid in uids)
            return sorted(set(self._client.search(f"UID {wanted} UNDELETED")) & set(uids))

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the size in octets of each mail that is there."""
        with self._translated("fetch"):
            told = self._client.fetch(uids, ["RFC822.SIZE"])
        return {uid: items.get(b"RFC822.SIZE", 0) for uid, items in told.items()}

    def dates(self, uids: Sequence[int]) -> dict[int, float]:
        """Return when the server took in each mail that is there (INTERNALDATE), in seconds."""
        found: dict[int, float] = {}
        with self._translated("fetch"):
            for start in range(0, len(uids), _NAMED):
                told = self._client.fetch(uids[start : start + _NAMED], ["INTERNALDATE"])
                found |= {uid: _seconds(items.get(b"INTERNALDATE")) for uid, items in told.items()}
        return found

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return the bytes of each mail that is there, without marking it read.

        Raises:
            RefusedError: the server will not give one of them.
        """
        with self._translated("fetch"):
            told = self._client.fetch(uids, ["BODY.PEEK[]"])
        found = {uid: items.get(b"BODY[]") for uid, items in told.items()}
        return {uid: raw for uid, raw in found.items() if raw is not None}

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move mails of the selected folder, by MOVE (RFC 6851) or by copying and striking out.

        Without UIDPLUS the struck-out mails stay: EXPUNGE would take what a human struck out, too.

        Raises:
            NeedsOperatorError: the folder cannot be made, or is full.
        """
        name = self._ensured(folder)
        try:
            with self._translated("move"):
                if self.can("MOVE"):
                    self._client.move(uids, name)
                    return
                self._client.copy(uids, name)
                self._client.add_flags(uids, [DELETED], silent=True)
                if self.can("UIDPLUS"):
                    self._client.uid_expunge(uids)
        except RefusedError as error:
            if error.code == "OVERQUOTA":
                advice = "Brevlådan är full. Rensa eller utöka den; inget mejl har försvunnit."
                raise NeedsOperatorError(error.reason, advice) from error
            raise

    def has(self, folder: str) -> bool:
        """Tell whether there is such a folder."""
        with self._translated("list"):
            return self._exists(self._name(folder))

    def can(self, capability: str) -> bool:
        """Tell whether the server offers *capability*."""
        return bool(self._client.has_capability(capability))

    def idle(self, seconds: float, stop: Event) -> None:
        """Idle (RFC 2177) until the server says something, *seconds* passed or *stop* is set."""
        end = monotonic() + seconds
        with self._translated("idle"), selectors.DefaultSelector() as waiting:
            self._client.idle()
            link: socket.socket = self._client.socket()
            waiting.register(link, selectors.EVENT_READ)
            told = isinstance(link, ssl.SSLSocket) and link.pending() > 0
            while not told and not stop.is_set() and (left := end - monotonic()) > 0:
                told = bool(waiting.select(min(_LOOK, left)))
            # Only now is anything read: the library loses what comes in pieces while it idles.
            self._client.idle_done()

    def close(self) -> None:
        """Say goodbye and let go."""
        with contextlib.suppress(OSError, IMAPClientError, ValueError):
            self._client.logout()
        self.drop()

    def drop(self) -> None:
        """Let go without a word."""
        if self._client is not None:
            with contextlib.suppress(OSError):
                self._client.shutdown()

    def _start_tls(self, context: ssl.SSLContext | None) -> None:
        if not self.can("STARTTLS"):
            raise NeedsOperatorError(
                f"{self._server.peer}: no STARTTLS offered",
                'Servern krypterar inte på den porten. Använd tls = "tls" och port 993.',
            )
        self._client.starttls(context)

    def _log_in(self) -> None:
        server = self._server
        if server.tokens is not None:
            offered = [name for name in MECHANISMS if self.can(f"AUTH={name}")]
            shown(server, offered, self._shown)
            return
        try:
            with self._translated("login"):
                if self.can("AUTH=PLAIN"):  # LOGIN has no rule for å in a password
                    self._client.plain_login(server.username, server.password)
                else:
                    self._client.login(server.username, server.password)
        except RefusedError as error:
            raise error.for_operator(
                f"Servern godtar inte inloggningen för {server.username}. Kontrollera username och"
                " lösenord, och att kontot får använda IMAP."
            ) from error

    def _shown(self, mechanism: str, token: str) -> RefusedError | None:
        """Show a token; return how it was refused."""
        answers = answering(mechanism, self._server.username, token)
        try:
            with self._translated("login"):
                self._client.sasl_login(mechanism, answers)
        except RefusedError as error:
            if error.passes:
                raise
            return error
        return None

    def _namespace(self) -> tuple[str, str]:
        """Return the prefix of our own folders, and the separator (RFC 2342)."""
        if self.can("NAMESPACE"):
            personal = self._client.namespace().personal
            if personal and personal[0][1]:
                return str(personal[0][0]), str(personal[0][1])
        listed = self._client.list_folders("", "")
        return "", (listed[0][1] or b"/").decode("ascii") if listed else "/"

    def _name(self, folder: str) -> str:
        """Return the server's name for *folder*: its separator, under our own prefix."""
        name = self._separator.join(parts(folder))
        if folder.upper() == "INBOX" or name.startswith(self._prefix):
            return name
        return self._prefix + name

    def _ensured(self, folder: str) -> str:
        """Make *folder* if it is missing; return the server's name for it."""
        name = self._name(folder)
        if name in self._made:
            return name
        try:
            with self._translated("create"):
                if not self._exists(name):
                    self._client.create_folder(name)
                    self._client.subscribe_folder(name)
        except RefusedError as error:
            raise error.for_operator(
                f"Servern låter oss inte skapa mappen {folder}. Skapa den för hand."
            ) from error
        self._made.add(name)
        return name

    def _exists(self, name: str) -> bool:
        never = {b"\\NOSELECT", b"\\NONEXISTENT"}
        listed = self._client.list_folders("", name)
        return any(not never & {flag.upper() for flag in flags} for flags, _, _ in listed)

    def _translated(self, step: str) -> AbstractContextManager[None]:
        return translated(self._server.peer, step)


def _seconds(taken: datetime | None) -> float:
    return taken.timestamp() if taken is not None else 0.0
