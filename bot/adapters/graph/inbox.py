"""What lies in the inbox now, kept up to date by what has changed (delta query). Moves no mail.

A round of changes counts only when it has come to its end, and the folder's own count of what
lies in it is held against ours: too few is looked into, never believed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.adapters.graph.answers import Answer, entries, segment
from bot.adapters.graph.connection import Connection
from bot.adapters.graph.errors import RefusedError, settled
from bot.adapters.graph.folders import looked_up
from bot.adapters.graph.memory import Inbox, Known, Memory
from bot.adapters.graph.names import FUNCTIONS, Control, MailFolder, Message, User
from bot.ports.errors import NeedsOperatorError, TransientError

log = logging.getLogger(__name__)

_SELECT = f"{Message.RECEIVED},{Message.DRAFT}"
_PAGE = "odata.maxpagesize=500"
_STUBBORN = 3  # a link that fails so many times in a row is given up
_THROTTLED = frozenset({408, 423, 425, 429, 503})
_DELTA = next(iter(FUNCTIONS))

Change = Known | None  # None: it has left


class Follower:
    """The inbox as far as we know it. One thread."""

    def __init__(self, connection: Connection, folder: str, memory: Memory) -> None:
        """Follow *folder*; ask nothing yet."""
        self._connection = connection
        self._folder = folder
        self._memory = memory
        self._inbox: Inbox | None = None
        self._uncounted = 0  # so many more lie there by the folder's count than can be listed
        self._failures = 0

    def look(self) -> Inbox:
        """Return what lies in the folder now.

        Raises:
            TransientError: no answer, or one without its end; the next look asks again.
            NeedsOperatorError: folder or mailbox missing, or not ours to read.
        """
        with settled():
            generation, total = self._counted()
            inbox = self._inbox or self._memory.load()
            if inbox.generation != generation:
                inbox = Inbox(generation)
            self._inbox = inbox = self._followed(inbox)
            if total > len(inbox.mails) + self._uncounted:
                self._inbox = inbox = self._recounted(inbox)
        return inbox

    def _counted(self) -> tuple[str, int]:
        """Return the folder's id and how many items it says it holds."""
        there = looked_up(self._connection, self._folder)
        if there is None:
            raise NeedsOperatorError(
                f"{self._connection.peer}: the folder is missing",
                f"Mappen {self._folder} finns inte i brevlådan. Kontrollera [mailbox] folder.",
            )
        return there.id, there.total

    def _recounted(self, inbox: Inbox) -> Inbox:
        """Ask for all again where the folder still says that it holds more than we know."""
        generation, total = self._counted()
        if generation != inbox.generation or total <= len(inbox.mails) + self._uncounted:
            return inbox
        log.warning("fewer mails than the folder counts", extra={"action": "inbox_recounted"})
        whole = self._followed(Inbox(generation))
        self._uncounted = max(0, total - len(whole.mails))  # items that are no mails
        return whole

    def _followed(self, inbox: Inbox) -> Inbox:
        """Return *inbox* with what has changed since its link; all anew where that is refused."""
        if inbox.link and self._connection.leads_here(inbox.link):
            try:
                return self._round(inbox, self._connection.follow(inbox.link, _PAGE))
            except RefusedError as error:
                if not self._outdated(error):
                    raise
                log.info("asking for all mails anew", extra={"action": "resync", "why": error.code})
        self._failures = 0
        path = f"{self._path(inbox.generation)}/{MailFolder.MESSAGES}/{_DELTA}"
        answer = self._connection.get(path, {"$select": _SELECT}, _PAGE)
        return self._round(Inbox(inbox.generation), answer)

    def _outdated(self, error: RefusedError) -> bool:
        """Tell whether the link is to blame: 410 and its kin, or one that never works again."""
        if error.status in _THROTTLED:
            return False
        if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return error.status not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
        self._failures += 1
        return self._failures >= _STUBBORN

    def _round(self, inbox: Inbox, answer: Answer) -> Inbox:
        """Gather all pages first, and only then change what we know."""
        peer, told = answer.peer, answer.told
        changes: dict[str, Change] = {}
        contested: set[str] = set()
        links: set[str] = set()
        while True:
            for entry in entries(told, peer):
                uid, change = _read(entry, inbox, peer)
                if uid in changes and (changes[uid] is None) != (change is None):
                    contested.add(uid)
                changes[uid] = change
            link = told.get(Control.NEXT)
            if not isinstance(link, str):
                break
            if link in links:
                raise TransientError(f"{peer}: pages that never end")
            links.add(link)
            told = self._connection.follow(link, _PAGE).told
        end = told.get(Control.DELTA)
        if not isinstance(end, str) or not self._connection.leads_here(end):
            raise TransientError(f"{peer}: a list of changes without its end")
        for uid in contested:  # left and came back, or the other way: the order is not promised
            changes[uid] = self._asked(uid, inbox.generation)
        return self._merged(inbox, changes, end)

    def _merged(self, inbox: Inbox, changes: Mapping[str, Change], end: str) -> Inbox:
        begun = not inbox.link
        inbox.link = end
        changed = False
        for uid, change in changes.items():
            if change is None:
                changed = inbox.mails.pop(uid, None) is not None or changed
            elif inbox.mails.get(uid) != change:
                inbox.mails[uid] = change
                changed = True
        self._failures = 0
        if begun or changed:  # an older link only tells of the same changes again
            self._memory.save(inbox)
        return inbox

    def _asked(self, uid: str, generation: str) -> Change:
        """Return how one mail stands now, None when it is not in the folder."""
        path = f"{self._connection.home}/{User.MESSAGES}/{segment(uid)}"
        try:
            told = self._connection.get(path, {"$select": f"{_SELECT},{Message.PARENT}"}).told
        except RefusedError as error:
            if error.gone:
                return None
            raise
        if told.get(Message.PARENT) != generation:
            return None
        return Known(str(told.get(Message.RECEIVED) or ""), told.get(Message.DRAFT) is True)

    def _path(self, folder: str) -> str:
        return f"{self._connection.home}/{User.FOLDERS}/{segment(folder)}"


def _read(entry: Mapping[str, Any], inbox: Inbox, peer: str) -> tuple[str, Change]:
    """Return id and change of one entry; what it does not tell stays as it was."""
    uid = entry.get(Message.ID)
    if not isinstance(uid, str) or not uid:
        raise TransientError(f"{peer}: a mail without id")
    if Control.REMOVED in entry:
        return uid, None
    before = inbox.mails.get(uid, Known(""))
    received = entry.get(Message.RECEIVED)
    draft = entry.get(Message.DRAFT)
    return uid, Known(
        received if isinstance(received, str) else before.received,
        draft if isinstance(draft, bool) else before.draft,
    )
