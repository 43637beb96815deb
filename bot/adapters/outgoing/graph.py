"""Letters out from a mailbox in Exchange Online, by Microsoft Graph. Tries once.

Graph knows no key by which it recognises a repeat. Before each letter the mailbox is asked for the
letter's Message-ID: what lies in Sent Items has left, and a draft of ours is finished, not made
anew. A copy is always kept in Sent Items, for it is what a repeat is known by (and Graph has no
switch for it where a letter is handed over as MIME).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from threading import Event
from typing import ClassVar, Literal

from bot.adapters.graph import drafts, folders, probing
from bot.adapters.graph.connection import Connection
from bot.adapters.graph.errors import FOR_OPERATOR, BrokenError, RefusedError
from bot.adapters.graph.letters import Draft, addressed, key, recipients_of, taken_apart
from bot.adapters.graph.names import Message, User
from bot.adapters.graph.settings import Account
from bot.ports.check import Check
from bot.ports.errors import PermanentError, PortError, TransientError
from bot.ports.outgoing import Parcel, Refusal

_MIME = 2_000_000  # octets: Graph takes requests of 4 MB, of which base64 is a third
_UNFIT = re.compile(r"[\s<>,;:()\[\]\"\\\x00-\x1f\x7f]")
_LOOKS = (0.0, 2.0, 5.0)  # seconds before each look for a letter whose answer was lost
_UNCLEAR = frozenset({408, 500, 502, 504})  # it may have been done all the same
_FIELDS = f"{Message.PARENT},{Message.DRAFT},{Message.TO},{Message.CC},{Message.BCC}"


class Settings(Account, frozen=True, extra="forbid"):
    """``[outgoing] kind = "graph"``."""

    SECRET_VARIABLE: ClassVar[str] = "EKBOT_OUTGOING_CLIENT_SECRET"

    kind: Literal["graph"]


@dataclass(frozen=True, slots=True)
class _Copy:
    """A message in the mailbox that has a letter's Message-ID."""

    uid: str
    draft: bool
    recipients: tuple[str, ...]


class Graph:
    """A mailbox behind Graph that our letters leave from."""

    def __init__(
        self,
        settings: Settings,
        environment: Mapping[str, str],
        pause: Callable[[float], object] | None = None,
    ) -> None:
        """Take the secret from *environment* or *settings*; connect at the first letter.

        *pause* waits so many seconds; it takes the place of a real wait.

        Raises:
            NeedsOperatorError: there is no secret, or its file cannot be read.
        """
        self._settings = settings
        self._connection = Connection(settings, environment)
        self._pause = pause or Event().wait
        self._sent_items: str | None = None

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        """Hand the letter over once to each recipient, whatever became of earlier tries."""
        fit = tuple(r for r in dict.fromkeys(parcel.recipients) if r and not _UNFIT.search(r))
        unfit = [r for r in dict.fromkeys(parcel.recipients) if r not in fit]
        refused = tuple(Refusal(r, "553 the address cannot be written") for r in unfit)
        if not fit:
            raise PermanentError(refused[0].reason if refused else "the letter has no recipient")
        try:
            copies = self._copies(parcel)
            left = self._left(copies, fit)
            if left:
                self._handed_over(parcel, left, [copy for copy in copies if copy.draft])
        except RefusedError as error:
            raise _judged(error) from error
        return refused

    def check(self) -> tuple[Check, ...]:
        """Say whether the issuer, Graph and the mailbox let us in; sends nothing."""
        self.close()
        steps = (
            probing.mailbox(self._connection, "Utgående post", self._settings.mailbox),
            probing.sending(self._connection),
        )
        return probing.in_turn(self._connection, *steps)

    def close(self) -> None:
        """Let the connection go; the next letter opens a new one."""
        self._connection.close()

    def _copies(self, parcel: Parcel) -> list[_Copy]:
        """Return what lies in Sent Items or as a draft under the letter's Message-ID.

        Mail that came in does not count: anybody can write our Message-ID in it.
        """
        connection = self._connection
        if self._sent_items is None:
            self._sent_items = folders.found(connection, "sentitems") or ""
        name = parcel.message_id.replace("'", "''")
        query = {"$filter": f"{Message.MESSAGE_ID} eq '{name}'", "$select": _FIELDS}
        found = []
        for entry in connection.pages(f"{connection.home}/{User.MESSAGES}", query):
            draft = entry.get(Message.DRAFT) is True
            if draft or entry.get(Message.PARENT) == self._sent_items:
                found.append(_Copy(str(entry.get(Message.ID)), draft, recipients_of(entry)))
        return found

    def _left(self, copies: Sequence[_Copy], wanted: Sequence[str]) -> tuple[str, ...]:
        """Return who has not had the letter yet.

        Exchange may write a recipient of its own as an X.500 name: such a one counts as anybody.
        """
        gone = [copy for copy in copies if not copy.draft]
        if not gone:
            return tuple(wanted)
        reached = {key(r) for copy in gone for r in copy.recipients}
        left = tuple(r for r in wanted if key(r) not in reached)
        strangers = reached - {key(r) for r in wanted}
        nameless = {r for r in strangers if "@" not in r}
        if len(left) <= len(nameless):
            return ()
        if not reached or strangers - nameless:
            raise PermanentError(
                f"{self._connection.peer}: a letter with this Message-ID has left to others"
            )
        return left

    def _handed_over(
        self, parcel: Parcel, recipients: Sequence[str], begun: Sequence[_Copy]
    ) -> None:
        """Send the letter, by the way its size asks for; look again where no answer came."""
        try:
            if begun or len(parcel.raw) > _MIME:
                self._as_draft(parcel, recipients, begun)
            else:
                self._as_mime(parcel, recipients)
        except BrokenError as error:
            if not error.handed_over:
                raise
            self._looked_for(parcel, recipients, error)
        except RefusedError as error:
            if error.status not in _UNCLEAR:
                raise
            self._looked_for(parcel, recipients, error)

    def _as_mime(self, parcel: Parcel, recipients: Sequence[str]) -> None:
        raw = addressed(parcel.raw, recipients)
        connection = self._connection
        try:
            answer = connection.send_text(f"{connection.home}/sendMail", base64.b64encode(raw))
        except RefusedError as error:
            if error.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                raise
            self._as_draft(parcel, recipients, ())
            return
        if answer.status != HTTPStatus.ACCEPTED:  # seen for letters that were too large
            reason = f"{connection.peer}: {answer.status} where 202 was due"
            raise RefusedError(reason, HTTPStatus.BAD_GATEWAY, "")

    def _as_draft(self, parcel: Parcel, recipients: Sequence[str], begun: Sequence[_Copy]) -> None:
        """Make a draft and send it, or the one that an earlier try has left behind."""
        draft = taken_apart(parcel, recipients)
        files = len(parcel.raw) > _MIME  # a smaller one came whole, by ``_as_mime``
        uid = ""
        for copy in begun:
            if not uid and drafts.complete(self._connection, copy.uid, draft, files=files):
                uid = copy.uid
            else:
                drafts.discarded(self._connection, copy.uid)
        drafts.sent(self._connection, uid or self._drafted(draft))

    def _drafted(self, draft: Draft) -> str:
        """Make the draft; what goes wrong before it is sent leaves nothing in doubt."""
        try:
            return drafts.made(self._connection, draft)
        except BrokenError as error:
            raise BrokenError(error.reason, handed_over=False) from error
        except RefusedError as error:
            if error.status in _UNCLEAR:
                raise TransientError(error.reason, error.retry_after) from error
            raise

    def _looked_for(self, parcel: Parcel, recipients: Sequence[str], error: TransientError) -> None:
        """Return when the letter is found to have left.

        Raises:
            TransientError: in doubt.
        """
        for seconds in _LOOKS:
            if seconds:
                self._pause(seconds)
            try:
                if not self._left(self._copies(parcel), recipients):
                    return
            except TransientError:
                break  # Graph is away: waiting here helps nobody
        reason = f"{error.reason}, after the whole letter was sent"
        raise TransientError(reason, error.retry_after, in_doubt=True) from error


def _judged(error: RefusedError) -> PortError:
    """Return what a refusal of one letter asks of us."""
    if error.passing or error.gone:  # a draft that a human has thrown away is made anew
        return error
    if error.code in FOR_OPERATOR or error.status in (
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
    ):
        return error.for_operator()
    return PermanentError(error.reason)
