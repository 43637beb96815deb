"""A mailbox on an Exchange server of one's own, by EWS. Marks nothing as read, deletes nothing.

A Ref's uid is made of the store's search key, so it stays the same when a human moves a mail out
and back; the ItemId that Exchange acts on changes then and is looked up anew. The generation is
made of the folder's id: another mailbox, or a folder that was removed and made again, is another
one. A copy beside its original has a name of its own. Deleted mail lies in another folder: gone.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from threading import Event
from time import monotonic
from typing import ClassVar, Literal

from pydantic import Field

from bot.adapters.exchange import doctor, items
from bot.adapters.exchange.account import Account, Endpoint
from bot.adapters.exchange.connection import Connection, judging
from bot.adapters.exchange.errors import RefusedError, SenselessError
from bot.adapters.exchange.folders import INBOX, Box, ensured
from bot.adapters.exchange.listing import LONG_AGO, Entry, Manner
from bot.adapters.exchange.shelf import Shelf
from bot.adapters.exchange.waiting import Bell, unless
from bot.adapters.mail_folders import Folder
from bot.ports.check import Check
from bot.ports.errors import PortError, TransientError
from bot.ports.mailbox import Ref

log = logging.getLogger(__name__)

_BATCH = 25  # mails fetched at a time
_BATCH_OCTETS = 20_000_000
_NAMED = 100  # mails named in one question
_NO_TARGET = frozenset({"ErrorFolderNotFound", "ErrorToFolderNotFound"})
_PAUSE = 5.0  # seconds before a connection that broke while waiting is opened again


class Settings(Account, frozen=True, extra="forbid"):
    """``[mailbox] kind = "exchange"``."""

    PASSWORD_VARIABLE: ClassVar[str] = "EKBOT_MAILBOX_PASSWORD"

    kind: Literal["exchange"]
    folder: Folder = INBOX
    filed: Folder = "Klart"
    attention: Folder = "Att granska"
    filed_category: str = "EK-bot: klar"  # what Outlook shows on it; "": none
    attention_category: str = "EK-bot: att granska"
    poll: float = Field(default=10.0, gt=0, le=600)  # seconds between looks
    notify: bool = True  # let the server tell of new mail at once, where it can


@dataclass(slots=True)
class _Seen:
    """What the inbox held when it was last listed, less what we took out of it."""

    ids: set[str]
    total: int


class Exchange:
    """The office's mailbox on an Exchange server."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        """Take the password from *environment* or *settings*; connect at the first call.

        Raises:
            NeedsOperatorError: there is no password, or its file cannot be read.
        """
        self._settings = settings
        self._endpoint = Endpoint.of(settings, environment)
        self._shelf: Shelf | None = None
        self._manner = Manner()
        self._seen: _Seen | None = None
        self._marks = True  # the server takes categories
        self._bell = Bell(self._endpoint)

    def arrived(self) -> tuple[Ref, ...]:
        """Return all mails in the folder, in the order the server took them in."""
        with self._session() as shelf:
            box = shelf.inbox()
            listing = shelf.listed(box)
        self._seen = _Seen(set(listing.ids), listing.total)
        return tuple(Ref(box.name, box.generation, entry.uid) for entry in listing.entries)

    def filed(self, folders: Sequence[str], since: datetime) -> tuple[Ref, ...]:
        """Return the folders' mails in the order in which the server took them in."""
        dated: list[tuple[datetime, int, Ref]] = []
        with self._session() as shelf:
            for name in dict.fromkeys(folders):
                box = shelf.found(name)
                if box is None:
                    continue
                dated += [
                    (entry.received, place, Ref(name, box.generation, entry.uid))
                    for place, entry in enumerate(shelf.listed(box).entries)
                    if entry.received >= since or entry.received == LONG_AGO
                ]
        return tuple(ref for _, _, ref in sorted(dated))

    def fetch(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        """Yield each mail's bytes as Exchange gives them: 25 mails or 20 MB held at a time."""
        for (name, generation), some in groupby(refs, key=lambda r: (r.folder, r.generation)):
            wanted = tuple(some)
            with self._session() as shelf:
                box = shelf.current(name, generation)
                entries = shelf.entries(box, wanted) if box is not None else {}
            if box is not None:
                for batch in _batches(wanted, entries):
                    yield from self._fetched(box, batch, entries)

    def _fetched(
        self, box: Box, batch: Sequence[Ref], entries: Mapping[str, Entry]
    ) -> Iterator[tuple[Ref, bytes]]:
        found = self._bodies([entries[ref.uid] for ref in batch])
        stale = [ref for ref in batch if found[entries[ref.uid].id].gone]
        again: dict[str, Entry] = {}
        if stale:  # gone, or moved out and back: then under another ItemId
            with self._session() as shelf:
                now = shelf.current(box.name, box.generation)
                again = shelf.anew(now, stale) if now is not None else {}
            found |= self._bodies(list(again.values()))
        ours = (self._settings.filed_category, self._settings.attention_category)
        for ref in batch:
            one = found[(again.get(ref.uid) or entries[ref.uid]).id]
            if not one.why:
                yield ref, items.delivered(one.raw, [name for name in ours if name])
            elif not one.gone:
                log.warning("mail refused", extra={"action": "mail_refused", "why": one.why})

    def _bodies(self, entries: Sequence[Entry]) -> dict[str, items.Found]:
        """Fetch one batch; where that fails, mail by mail, so that one cannot block."""
        if not entries:
            return {}
        try:
            with self._session() as shelf:
                found = items.bodies(shelf.connection, entries)
            return {entry.id: one for entry, one in zip(entries, found, strict=True)}
        except (RefusedError, SenselessError) as error:
            why = error.code if isinstance(error, RefusedError) else "an answer without sense"
            if why == "ErrorServerBusy":
                raise
        if len(entries) == 1:
            return {entries[0].id: items.Found(why)}
        return {one: got for entry in entries for one, got in self._bodies([entry]).items()}

    def file(self, refs: Sequence[Ref], folder: str) -> tuple[Ref, ...]:
        """Move the mails to *folder*; return those that were gone already."""
        gone: list[Ref] = []
        for name, generation in dict.fromkeys((r.folder, r.generation) for r in refs):
            some = [r for r in refs if (r.folder, r.generation) == (name, generation)]
            if name == folder:
                continue
            with self._session() as shelf:
                box = shelf.current(name, generation)
            for start in range(0, len(some), _NAMED):
                part = some[start : start + _NAMED]
                gone += self._moved(box, part, folder) if box is not None else part
        return tuple(gone)

    def _moved(self, box: Box, refs: Sequence[Ref], folder: str) -> list[Ref]:
        """Move the mails of one folder; return those that were gone already."""
        lost: set[str] = set()
        marks: dict[str, Sequence[str]] = {}
        with self._session() as shelf:
            here = shelf.here(box, refs)
            if here:
                target = ensured(shelf.connection, folder)
                entries = [entry for entry, _ in here.values()]
                done = items.moved(shelf.connection, entries, target.id)
                for (uid, (entry, was)), (why, new) in zip(here.items(), done, strict=True):
                    if why in items.GONE:
                        lost.add(uid)
                    elif why in _NO_TARGET:
                        raise TransientError(f"{self._endpoint.peer}: the folder went meanwhile")
                    elif why:
                        raise RefusedError(f"{self._endpoint.peer}: MoveItem: {why}", why)
                    else:
                        self._forget(box, entry)
                        if new and entry.kind == "Message":
                            marks[new] = was.categories
        self._mark(marks, folder)
        return [ref for ref in refs if ref.uid not in here or ref.uid in lost]

    def _forget(self, box: Box, entry: Entry) -> None:
        """Remember that an item of the inbox lies there no more, by our own hand."""
        if self._seen is not None and box.name == self._settings.folder:
            self._seen.ids.discard(entry.id)
            self._seen.total -= 1

    def _mark(self, marks: Mapping[str, Sequence[str]], folder: str) -> None:
        """Show in Outlook what became of the mails; they are filed whatever comes of it."""
        mine = self._settings.filed_category, self._settings.attention_category
        name = {self._settings.filed: mine[0], self._settings.attention: mine[1]}.get(folder, "")
        if not (name and marks and self._marks):
            return
        wanted = {one: (*(c for c in has if c not in mine), name) for one, has in marks.items()}
        try:
            with self._session() as shelf:
                items.categorised(shelf.connection, wanted)
        except RefusedError as error:
            self._marks = error.code == "ErrorServerBusy"  # else it takes no categories
            log.info("categories refused", extra={"action": "no_categories", "why": error.code})
        except PortError as error:
            log.info("categories left out", extra={"action": "no_categories", "why": str(error)})

    def wait(self, seconds: float, stop: Event) -> bool:
        """Look now and then, and when the bell rings; True also when the connection broke."""
        end = monotonic() + seconds
        try:
            while not stop.is_set():
                left = end - monotonic()
                new = unless(stop, self._news)
                if new is None:
                    self._shelf = None  # whoever still waits for an answer there lets it go
                    return False
                if new:
                    return True
                if left <= 0:
                    return False
                self._bell.wait(min(left, self._settings.poll), stop)
        except PortError as error:
            log.info("waiting was cut short", extra={"action": "wait_cut", "why": str(error)})
            stop.wait(max(0.0, min(end - monotonic(), _PAUSE)))
            return not stop.is_set()  # the next ``arrived`` reconnects or says what is wrong
        return False

    def _news(self) -> bool:
        """Tell whether mail has come since ``arrived`` last looked."""
        with self._session() as shelf:
            box = shelf.inbox()
            if self._settings.notify:
                self._bell.hang(box.id)
            if self._seen is None:
                listing = shelf.listed(box)
                self._seen = _Seen(set(listing.ids), listing.total)
                return False
            newest, total = shelf.newest(box)
        new = total > self._seen.total or (newest != "" and newest not in self._seen.ids)
        self._seen.total = min(self._seen.total, total)
        return new

    def check(self) -> tuple[Check, ...]:
        """Try step after step, from the name server to the folders, up to the first that fails."""
        self.close()
        chosen = self._settings
        found = doctor.examined(self._endpoint, "Brevlåda")
        if all(check.ok for check in found):
            others = (chosen.filed, chosen.attention)
            found += doctor.examined_folders(self._endpoint, chosen.folder, others)
        return tuple(found)

    def close(self) -> None:
        """Let the connection go; the next call connects again."""
        self._bell.close()
        self._let_go()

    def _let_go(self) -> None:
        shelf, self._shelf = self._shelf, None
        if shelf is not None:
            shelf.connection.close()

    @contextlib.contextmanager
    def _session(self) -> Iterator[Shelf]:
        """Give the mailbox over our connection; after an error that was no answer let it go."""
        try:
            with judging():
                if self._shelf is None:
                    connection = Connection(self._endpoint)
                    self._shelf = Shelf(connection, self._settings.folder, self._manner)
                yield self._shelf
        except RefusedError:
            raise
        except PortError:
            self._let_go()
            raise


def _batches(refs: Sequence[Ref], entries: Mapping[str, Entry]) -> Iterator[list[Ref]]:
    """Yield the refs whose mails are here, in batches bounded by number and size."""
    batch: list[Ref] = []
    octets = 0
    for ref in refs:
        entry = entries.get(ref.uid)
        if entry is None:
            continue
        if batch and (len(batch) == _BATCH or octets + entry.size > _BATCH_OCTETS):
            yield batch
            batch, octets = [], 0
        batch.append(ref)
        octets += entry.size
    if batch:
        yield batch
