"""Letters out through an Exchange server of one's own, by EWS. Sends each once.

A letter is saved as a draft, made whole, and sent; before anything is made it is looked for among
the drafts and the sent letters, by its Message-ID. So a try that was cut short, also between the
saving and the sending, is gone on with and never begun anew.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from threading import Event
from typing import ClassVar, Literal

from bot.adapters.exchange import doctor, letters
from bot.adapters.exchange.account import Account, Endpoint
from bot.adapters.exchange.connection import Connection, judging
from bot.adapters.exchange.drafts import Draft, Drafts
from bot.adapters.exchange.errors import RefusedError, judged
from bot.adapters.exchange.letters import Letter
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PermanentError, PortError, TransientError
from bot.ports.outgoing import Parcel, Refusal

log = logging.getLogger(__name__)

_LOOKS = (0.0, 0.5, 1.5)  # seconds before each look at what became of a letter
_ON_THE_WAY = ("outbox", "sentitems")  # as a letter goes: one that moves on meanwhile is seen
_UNSENT = frozenset(  # the server's words that it has not begun
    {"ErrorServerBusy", "ErrorStaleObject", "ErrorIrresolvableConflict", "ErrorInvalidChangeKey"}
)


class Settings(Account, frozen=True, extra="forbid"):
    """``[outgoing] kind = "exchange"``."""

    PASSWORD_VARIABLE: ClassVar[str] = "EKBOT_OUTGOING_PASSWORD"

    kind: Literal["exchange"]
    save: bool = True  # keep each letter among the sent ones, where a repeat finds it


class ExchangeOutgoing:
    """The office's letters, sent from its mailbox on an Exchange server."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        """Take the password from *environment* or *settings*; connect at the first letter.

        Raises:
            NeedsOperatorError: there is no password, or its file cannot be read.
        """
        self._settings = settings
        self._endpoint = Endpoint.of(settings, environment)
        self._drafts: Drafts | None = None
        self._connection: Connection | None = None
        self._pause = Event()

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        """Send the letter unless it has left already; Exchange refuses all recipients or none."""
        letter = letters.read(parcel)
        with self._session() as drafts:
            waiting = self._waiting(drafts, letter)
            if waiting is None:
                return ()
            draft = waiting[0] if waiting else drafts.save(letter)
            for double in waiting[1:]:
                drafts.discard(double)
            try:
                draft = drafts.completed(draft, letter)
            except (PermanentError, RefusedError) as error:
                self._given_up(drafts, draft, error)
                raise
        self._sent(draft, letter)
        return ()

    def check(self) -> tuple[Check, ...]:
        """Try step after step up to the opened mailbox; sends nothing."""
        self.close()
        return tuple(doctor.examined(self._endpoint, "Utgående post"))

    def close(self) -> None:
        """Let the connection go; the next letter connects again."""
        connection, self._connection, self._drafts = self._connection, None, None
        if connection is not None:
            connection.close()

    def _waiting(self, drafts: Drafts, letter: Letter) -> list[Draft] | None:
        """Return the drafts of this letter; None when it has left."""
        message_id = letter.parcel.message_id
        lying = drafts.found(message_id, "drafts")
        if any(draft.submitted for draft in lying):
            return None
        if any(drafts.found(message_id, folder) for folder in _ON_THE_WAY):
            return None
        return lying

    def _sent(self, draft: Draft, letter: Letter) -> None:
        """Send the draft; without a clear answer find out whether it left."""
        try:
            with self._session() as drafts:
                drafts.send(draft, save=self._settings.save)
        except RefusedError as error:
            if error.code in _UNSENT:
                raise
            self._found_out(draft, letter, error)
        except TransientError as error:
            self._found_out(draft, letter, error)
        except PermanentError as error:
            with contextlib.suppress(PortError), self._session() as drafts:
                self._given_up(drafts, draft, error)
            raise

    def _found_out(self, draft: Draft, letter: Letter, error: TransientError) -> None:
        """Return when the letter has left.

        Raises:
            TransientError: it lies there still; ``in_doubt`` when it is nowhere to be seen.
        """
        try:
            for pause in _LOOKS:
                self._pause.wait(pause)
                with self._session() as drafts:
                    waiting = self._waiting(drafts, letter)
                if waiting is None:
                    return
                if draft.id in {one.id for one in waiting}:
                    raise error
                if not self._settings.save:
                    return  # the draft is gone: the transport has it
        except (TransientError, NeedsOperatorError) as again:
            if again is error:
                raise
            raise TransientError(error.reason, in_doubt=True) from again
        raise TransientError(error.reason, in_doubt=True)

    def _given_up(self, drafts: Drafts, draft: Draft, error: PortError) -> None:
        """Leave no draft of a letter that will never go."""
        final = not isinstance(error, RefusedError) or isinstance(judged(error), PermanentError)
        if final:
            with contextlib.suppress(PortError):
                drafts.discard(draft)

    @contextlib.contextmanager
    def _session(self) -> Iterator[Drafts]:
        """Give the drafts over our connection; after an error that was no answer let it go."""
        try:
            if self._drafts is None:
                self._connection = Connection(self._endpoint)
                self._drafts = Drafts(self._connection)
            with judging():
                yield self._drafts
        except RefusedError:
            raise
        except PortError:
            self.close()
            raise
