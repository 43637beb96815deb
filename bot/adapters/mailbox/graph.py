"""A mailbox in Exchange Online, by Microsoft Graph. Marks nothing as read, and deletes nothing.

New mail is found by asking: Graph's notifications must be received at an address that the whole
internet reaches, can be lost, and tell only that it is time to ask.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from threading import Event
from time import monotonic
from typing import ClassVar, Literal

from pydantic import Field

from bot.adapters.graph import folders, probing
from bot.adapters.graph.answers import Answer, Request, segment
from bot.adapters.graph.connection import AT_ONCE, Connection
from bot.adapters.graph.errors import BrokenError, RefusedError, settled
from bot.adapters.graph.inbox import Follower
from bot.adapters.graph.memory import Memory
from bot.adapters.graph.names import MailFolder, Message, Move, User
from bot.adapters.graph.settings import Account
from bot.adapters.mail_folders import Folder
from bot.ports.check import Check
from bot.ports.errors import PortError, TransientError
from bot.ports.mailbox import Ref

log = logging.getLogger(__name__)

_CHUNK = 50  # mails fetched between two looks at what lies there
_PAGE = "500"
_PAUSE = 5.0  # seconds before asking again where asking failed
_CATEGORIES = ("EK-bot: klar", "EK-bot: att granska")


class Settings(Account, frozen=True, extra="forbid"):
    """``[mailbox] kind = "graph"``."""

    SECRET_VARIABLE: ClassVar[str] = "EKBOT_MAILBOX_CLIENT_SECRET"

    kind: Literal["graph"]
    folder: Folder = "inbox"  # Graph's own name for it, whatever the language
    filed: Folder = "Klart"
    attention: Folder = "Att granska"
    categories: bool = False  # colour what has been filed, for people who look in Outlook
    poll: float = Field(default=15.0, gt=0, le=600)  # seconds between looks


class Graph:
    """The office's mailbox behind Graph."""

    def __init__(
        self, settings: Settings, environment: Mapping[str, str], state: Path | None = None
    ) -> None:
        """Take the secret from *environment* or *settings*; connect at the first call.

        What lies in the inbox is remembered in files that begin with *state*.

        Raises:
            NeedsOperatorError: there is no secret, or its file cannot be read.
        """
        self._settings = settings
        self._connection = Connection(settings, environment)
        file = state.with_name(f"{state.name}.graph") if state is not None else None
        owner = f"{settings.url} {settings.mailbox} {settings.folder}"
        self._follower = Follower(self._connection, settings.folder, Memory(file, owner))
        self._seen: frozenset[str] | None = None  # what ``arrived`` last told of
        self._suspects: set[str] = set()  # the connection broke while these were fetched

    def arrived(self) -> tuple[Ref, ...]:
        """Return all mails in the folder, by the second in which Exchange took them in."""
        inbox = self._follower.look()
        mails = [(k.received, uid) for uid, k in inbox.mails.items() if not k.draft]
        mails.sort(key=lambda mail: mail[0])
        self._seen = frozenset(uid for _, uid in mails)
        return tuple(Ref(self._settings.folder, inbox.generation, uid) for _, uid in mails)

    def filed(self, folders: Sequence[str], since: datetime) -> tuple[Ref, ...]:
        """Return the folders' mails by the second in which Exchange took them in."""
        dated: list[tuple[str, Ref]] = []
        with settled():
            for folder in dict.fromkeys(folders):
                dated += self._dated(folder, since)
        return tuple(ref for _, ref in sorted(dated, key=lambda pair: pair[0]))

    def fetch(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        """Yield each mail as Exchange writes it out (MIME), one held at a time.

        A mail that Graph cannot write out is left where it is and holds up no other.
        """
        for folder, some in groupby(refs, key=lambda ref: ref.folder):
            wanted = sorted(some, key=lambda ref: ref.uid in self._suspects)
            for start in range(0, len(wanted), _CHUNK):
                with settled():
                    here = self._here(folder, wanted[start : start + _CHUNK])
                yield from self._fetched(here)

    def file(self, refs: Sequence[Ref], folder: str) -> tuple[Ref, ...]:
        """Move the mails to *folder*; return those that were gone already."""
        gone: list[Ref] = []
        with settled():
            for home in sorted({ref.folder for ref in refs} - {folder}):
                some = [ref for ref in refs if ref.folder == home]
                here = self._here(home, some)
                there = frozenset(here)
                gone += [ref for ref in some if ref not in there]
                if here:
                    target = folders.made(self._connection, folder)
                    gone += self._moved(here, folder, target)
        return tuple(gone)

    def wait(self, seconds: float, stop: Event) -> bool:
        """Look every ``poll`` seconds; True also when looking failed."""
        end = monotonic() + seconds
        try:
            while not stop.is_set():
                here = frozenset(u for u, k in self._follower.look().mails.items() if not k.draft)
                if self._seen is None:
                    self._seen = here
                if here - self._seen:
                    return True
                left = end - monotonic()
                if left <= 0:
                    return False
                stop.wait(min(left, self._settings.poll))
        except PortError as error:
            log.info("waiting was cut short", extra={"action": "wait_cut", "why": str(error)})
            asked = error.retry_after if isinstance(error, TransientError) else None
            stop.wait(max(0.0, min(end - monotonic(), max(_PAUSE, asked or 0.0))))
            return not stop.is_set()  # the next ``arrived`` asks again or says what is wrong
        return False

    def check(self) -> tuple[Check, ...]:
        """Say whether the issuer, Graph and the mailbox let us in, and what else we may read."""
        self.close()
        settings = self._settings
        steps = (
            probing.mailbox(self._connection, "Brevlåda", settings.mailbox),
            probing.folder(self._connection, settings.folder),
        )
        return probing.in_turn(self._connection, *steps, probing.reach(self._connection))

    def close(self) -> None:
        """Let the connection go; the next call opens a new one."""
        self._connection.close()

    def _dated(self, folder: str, since: datetime) -> list[tuple[str, Ref]]:
        at = folders.found(self._connection, folder)
        if at is None:
            return []
        path = f"{self._connection.home}/{User.FOLDERS}/{segment(at)}/{MailFolder.MESSAGES}"
        query = {
            "$filter": f"{Message.RECEIVED} ge {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "$orderby": Message.RECEIVED,
            "$select": f"{Message.RECEIVED},{Message.DRAFT}",
            "$top": _PAGE,
        }
        return [
            (str(entry.get(Message.RECEIVED) or ""), Ref(folder, at, str(entry[Message.ID])))
            for entry in self._connection.pages(path, query)
            if entry.get(Message.DRAFT) is not True and entry.get(Message.ID)
        ]

    def _here(self, folder: str, refs: Sequence[Ref]) -> list[Ref]:
        """Return those of *refs*, all of one folder, that lie in it now.

        An id leads to its mail wherever that lies, so a mail that a human has taken away would
        be found all the same.
        """
        if folder == self._settings.folder:
            inbox = self._follower.look()
            return [r for r in refs if r.generation == inbox.generation and r.uid in inbox.mails]
        at = folders.found(self._connection, folder)
        same = [ref for ref in refs if ref.generation == at]
        asked = [Request("GET", self._mail(r), {"$select": Message.PARENT}) for r in same]
        here: list[Ref] = []
        for ref, answer in zip(same, self._connection.batch(asked), strict=True):
            refusal = answer.refusal()
            if refusal is not None and not refusal.gone:
                raise refusal
            if refusal is None and answer.told.get(Message.PARENT) == at:
                here.append(ref)
        return here

    def _fetched(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        failed: list[RefusedError] = []
        got = 0
        for ref in refs:
            try:
                raw = self._connection.get(f"{self._mail(ref)}/$value").content
            except BrokenError:
                self._suspects.add(ref.uid)  # next time it comes last, so that others get through
                raise
            except RefusedError as error:
                if error.throttled:
                    raise
                if not error.gone:
                    failed.append(error)
                    log.warning(
                        "mail refused by the server",
                        extra={"action": "mail_refused", "why": error.reason},
                    )
                continue
            self._suspects.discard(ref.uid)
            got += 1
            yield ref, raw
        if failed and not got and (len(failed) > 1 or not failed[0].passing):
            with settled():
                raise failed[0]  # not one mail's trouble

    def _moved(self, refs: Sequence[Ref], folder: str, target: str) -> list[Ref]:
        """Move mails, 20 in one request; return those that were gone."""
        gone: list[Ref] = []
        failed: list[RefusedError] = []
        for start in range(0, len(refs), AT_ONCE):
            some = refs[start : start + AT_ONCE]
            body = {Move.DESTINATION: target}
            asked = [Request("POST", f"{self._mail(ref)}/move", body=body) for ref in some]
            moved: list[Answer] = []
            lost: list[Ref] = []
            for ref, answer in zip(some, self._connection.batch(asked), strict=True):
                refusal = answer.refusal()
                if refusal is None:
                    moved.append(answer)
                elif refusal.gone:
                    lost.append(ref)
                else:
                    failed.append(refusal)
            if lost and folders.found(self._connection, folder) != target:
                raise TransientError(f"{self._connection.peer}: the folder went away meanwhile")
            gone += lost
            self._coloured(moved, folder)
            if any(error.throttled for error in failed):
                break  # what has not been moved is moved next time
        if failed:
            raise min(failed, key=lambda error: (error.passing, -(error.retry_after or 0)))
        return gone

    def _coloured(self, moved: Sequence[Answer], folder: str) -> None:
        """Give what was moved its category; a failure here never fails the move."""
        places = (self._settings.filed, self._settings.attention)
        if not self._settings.categories or folder not in places:
            return
        ours = _CATEGORIES[places.index(folder)]
        with contextlib.suppress(PortError, KeyError):
            requests = []
            for answer in moved:
                told = answer.told
                others = [c for c in told.get(Message.CATEGORIES) or () if c not in _CATEGORIES]
                path = f"{self._connection.home}/{User.MESSAGES}/{segment(told[Message.ID])}"
                requests.append(Request("PATCH", path, body={Message.CATEGORIES: [*others, ours]}))
            refused = [a for a in self._connection.batch(requests) if a.refusal() is not None]
            if refused:
                log.info("no category set", extra={"action": "uncoloured", "count": len(refused)})

    def _mail(self, ref: Ref) -> str:
        return f"{self._connection.home}/{User.MESSAGES}/{segment(ref.uid)}"
