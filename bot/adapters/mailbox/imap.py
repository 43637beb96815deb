"""A mailbox on an IMAP server. Marks nothing as read, and deletes nothing.

One connection, opened at the first call and again at the next call after any error. Mails that a
human has struck out (flag Deleted) count as gone.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from threading import Event
from time import monotonic
from typing import ClassVar, Literal

from pydantic import Field

from bot.adapters.account import Account, credentials
from bot.adapters.imap_connection import Connection, Selected
from bot.adapters.imap_errors import RefusedError
from bot.adapters.mail_folders import Folder
from bot.adapters.server import Server
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError, TransientError
from bot.ports.mailbox import Ref

log = logging.getLogger(__name__)

_BATCH = 25  # mails fetched at a time: twice the rate of one by one
_BATCH_OCTETS = 20_000_000
_COMMAND = 200  # uids named in one command: far below any server's longest line
_ROUND = 300.0  # seconds of IDLE at most: the law is 29 min (RFC 2177), firewalls forget sooner
_FIRST_ROUND = 5.0  # a mail that came in the same instant as IDLE began is found after this
_PAUSE = 5.0  # seconds before a connection that broke while waiting is opened again


class Settings(Account, frozen=True, extra="forbid"):
    """``[mailbox] kind = "imap"``."""

    PASSWORD_VARIABLE: ClassVar[str] = "EKBOT_MAILBOX_PASSWORD"
    SECRET_VARIABLE: ClassVar[str] = "EKBOT_MAILBOX_CLIENT_SECRET"

    kind: Literal["imap"]
    host: str = Field(min_length=1)
    port: int = Field(default=993, ge=1, le=65_535)
    tls: Literal["none", "starttls", "tls"] = "tls"
    ca_file: Path | None = None
    username: str = Field(min_length=1)
    folder: Folder = "INBOX"
    filed: Folder = "Klart"
    attention: Folder = "Att granska"
    idle: bool = True
    poll: float = Field(default=15.0, gt=0, le=600)  # seconds between looks without IDLE
    timeout: float = Field(default=60.0, gt=0, le=600)  # seconds without an answer


class Imap:
    """The office's mailbox on an IMAP server."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        """Take the password, or the secret for tokens; connect at the first call.

        Raises:
            NeedsOperatorError: there is no password or secret, or its file cannot be read.
        """
        self._settings = settings
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
        self._seen: Selected | None = None

    def arrived(self) -> tuple[Ref, ...]:
        """Return all mails in the folder, in the order the server took them in."""
        with self._session() as (connection, selected):
            uids = connection.uids(selected.exists)
            self._seen = selected
        return tuple(Ref(self._settings.folder, selected.generation, str(uid)) for uid in uids)

    def filed(self, folders: Sequence[str], since: datetime) -> tuple[Ref, ...]:
        """Return the folders' mails in the order in which the server took them in."""
        dated: list[tuple[float, int, Ref]] = []
        for folder in dict.fromkeys(folders):
            with self._session(folder, made=True) as (connection, selected):
                dates = connection.dates(connection.uids(selected.exists))
            dated += [
                (date, uid, Ref(folder, selected.generation, str(uid)))
                for uid, date in dates.items()
                if date >= since.timestamp()
            ]
        return tuple(ref for _, _, ref in sorted(dated))

    def fetch(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        """Yield each mail's bytes as the server gives them: 25 mails or 20 MB held at a time."""
        for folder, some in groupby(refs, key=lambda ref: ref.folder):
            if self._there(folder):
                yield from self._fetched(tuple(some))

    def _fetched(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        for batch in self._batches(refs):
            found = self._bodies(batch)
            for ref in batch:
                raw = found.pop(int(ref.uid), None)
                if raw is not None:
                    yield ref, raw

    def file(self, refs: Sequence[Ref], folder: str) -> tuple[Ref, ...]:
        """Move the mails to *folder*; return those that were gone already."""
        gone: list[Ref] = []
        homes = {ref.folder for ref in refs} - {folder}
        for home in sorted(homes):
            some = [ref for ref in refs if ref.folder == home]
            gone += self._moved(home, some, folder) if self._there(home) else some
        return tuple(gone)

    def _moved(self, home: str, refs: Sequence[Ref], folder: str) -> list[Ref]:
        """Move the mails of one folder; return those that were gone already."""
        gone: list[Ref] = []
        for start in range(0, len(refs), _COMMAND):
            some = refs[start : start + _COMMAND]
            with self._session(home) as (connection, selected):
                wanted = [int(ref.uid) for ref in some if self._current(ref, selected)]
                here = connection.here(wanted) if wanted else []
                if here:
                    connection.move(here, folder)
            moved = set(here)
            gone += [r for r in some if not (self._current(r, selected) and int(r.uid) in moved)]
        return gone

    def wait(self, seconds: float, stop: Event) -> bool:
        """Wait by IDLE, else by looking now and then; True also when the connection broke."""
        end, span = monotonic() + seconds, _FIRST_ROUND
        try:
            while not stop.is_set():
                left = end - monotonic()
                with self._session() as (connection, selected):
                    if self._news(selected):
                        return True
                    if left <= 0:
                        return False
                    idles = self._settings.idle and connection.can("IDLE")
                    if idles:
                        connection.idle(min(left, span), stop)
                if not idles:
                    stop.wait(min(left, self._settings.poll))
                span = _ROUND
        except PortError as error:
            log.info("waiting was cut short", extra={"action": "wait_cut", "why": str(error)})
            stop.wait(max(0.0, min(end - monotonic(), _PAUSE)))
            return not stop.is_set()  # the next ``arrived`` reconnects or says what is wrong
        return False

    def check(self) -> tuple[Check, ...]:
        """Say whether the server answers, lets us in and has the folder, and what it can do."""
        self.close()
        token = self._server.tokens.check() if self._server.tokens is not None else None
        if token is not None and not token.ok:
            return (token,)
        first = () if token is None else (token,)
        name = f"Brevlåda {self._server.peer}"
        try:
            with self._session() as (connection, selected):
                can = [c for c in ("IDLE", "MOVE", "UIDPLUS") if connection.can(c)]
        except NeedsOperatorError as error:
            return (*first, Check(name, ok=False, seen=error.reason, advice=error.advice))
        except PortError as error:
            advice = "Kontrollera host och port, och att brandväggen släpper fram trafiken."
            return (*first, Check(name, ok=False, seen=str(error), advice=advice))
        seen = f"inloggad som {self._server.username}, {selected.exists} mejl i inkorgen"
        return (
            *first,
            Check(name, ok=True, seen=seen),
            Check("Brevlådans förmågor", ok=True, seen=", ".join(can) or "bara det nödvändigaste"),
        )

    def close(self) -> None:
        """Log out; the next call connects again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if self._server.tokens is not None:
            self._server.tokens.close()

    @contextlib.contextmanager
    def _session(
        self, folder: str = "", *, made: bool = False
    ) -> Iterator[tuple[Connection, Selected]]:
        """Give the connection with *folder* (the inbox) freshly selected; after an error let it go.

        *made*: the folder is made if it is missing.
        """
        name = folder or self._settings.folder
        try:
            selected = self._reused(name, made=made) or self._opened(name, made=made)
            assert self._connection is not None  # noqa: S101 - both have just set it
            yield self._connection, selected
        except PortError:
            if self._connection is not None:
                self._connection.drop()
            self._connection = None
            raise

    def _reused(self, folder: str, *, made: bool) -> Selected | None:
        """Select over the connection we have; None when the server has hung up meanwhile."""
        if self._connection is None:
            return None
        try:
            return self._connection.select(folder, made=made)
        except TransientError:
            self._connection.drop()
            self._connection = None
            return None

    def _opened(self, folder: str, *, made: bool) -> Selected:
        self._connection = Connection(self._server)
        return self._connection.select(folder, made=made)

    def _there(self, folder: str) -> bool:
        if folder == self._settings.folder:
            return True
        with self._session() as (connection, _):
            return connection.has(folder)

    def _current(self, ref: Ref, selected: Selected) -> bool:
        return (ref.folder, ref.generation) == (selected.folder, selected.generation)

    def _news(self, selected: Selected) -> bool:
        """Tell whether mail has come since ``arrived`` last looked."""
        seen = self._seen
        if seen is None:
            self._seen = selected
            return False
        if selected.generation != seen.generation or selected.next_uid > seen.next_uid:
            return True
        return not selected.next_uid and selected.exists > seen.exists

    def _batches(self, refs: Sequence[Ref]) -> Iterator[list[Ref]]:
        """Yield the refs whose mails are here, in batches bounded by number and size."""
        for start in range(0, len(refs), _COMMAND):
            some = refs[start : start + _COMMAND]
            with self._session(some[0].folder) as (connection, selected):
                some = [ref for ref in some if self._current(ref, selected)]
                sizes = connection.sizes([int(ref.uid) for ref in some]) if some else {}
            batch: list[Ref] = []
            octets = 0
            for ref in some:
                size = sizes.get(int(ref.uid))
                if size is None:
                    continue
                if batch and (len(batch) == _BATCH or octets + size > _BATCH_OCTETS):
                    yield batch
                    batch, octets = [], 0
                batch.append(ref)
                octets += size
            if batch:
                yield batch

    def _bodies(self, refs: Sequence[Ref]) -> dict[int, bytes]:
        """Fetch one batch; where the server refuses it, mail by mail, so that one cannot block."""
        try:
            with self._session(refs[0].folder) as (connection, selected):
                same = all(self._current(ref, selected) for ref in refs)
                return connection.bodies([int(ref.uid) for ref in refs]) if same else {}
        except RefusedError:
            if len(refs) == 1:
                log.warning("mail refused by the server", extra={"action": "mail_refused"})
                return {}
        found: dict[int, bytes] = {}
        for ref in refs:
            found |= self._bodies([ref])
        return found
