"""Letters out through an Exchange server of one's own, by EWS. Sends each once.

A letter is saved as a draft, made whole, and sent; before anything is made it is looked for among
the drafts and the sent letters, by its Message-ID. So a try that was cut short, also between the
saving and the sending, is gone on with and never begun anew. Where the server leaves what it has
sent among the drafts, a try that was cut short in the sending is in doubt, once, unless the server
has written the draft anew since; the next try sends it.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import ClassVar, Literal

from bot.adapters.exchange import departures, doctor, letters
from bot.adapters.exchange.account import Account, Endpoint
from bot.adapters.exchange.connection import Connection, judging
from bot.adapters.exchange.drafts import Draft, Drafts
from bot.adapters.exchange.errors import RefusedError, is_decided, is_trouble, judged
from bot.adapters.exchange.fates import Begun, Fates, Habit
from bot.adapters.exchange.items import GONE
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

    def __init__(
        self, settings: Settings, environment: Mapping[str, str], state: Path | None = None
    ) -> None:
        """Take the password from *environment* or *settings*; connect at the first letter.

        Letters whose sending was begun are remembered in a file that begins with *state*.

        Raises:
            NeedsOperatorError: there is no password, or its file cannot be read.
        """
        self._settings = settings
        self._endpoint = Endpoint.of(settings, environment)
        self._drafts: Drafts | None = None
        self._connection: Connection | None = None
        self._pause = Event()
        file = state.with_name(f"{state.name}.exchange") if state is not None else None
        self._fates = Fates(file, f"{self._endpoint.url} {self._endpoint.mailbox}".lower())
        self._watched = False  # what becomes of a sent draft was seen by this object

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        """Send the letter unless it has left already; Exchange refuses all recipients or none."""
        letter = letters.read(parcel)
        self._tidy()
        with self._session() as drafts:
            waiting = self._waiting(drafts, letter)
            if waiting is None:
                self._fates.forget(parcel.message_id)
                return ()
            left = next((one for one in waiting if self._has_left(one, parcel.message_id)), None)
            draft = left or (waiting[0] if waiting else drafts.save(letter))
            for double in waiting:
                if double is not draft:
                    drafts.discard(double)
            if left is None:
                draft = self._ready(drafts, draft, letter)
        if left is None:
            self._sent(draft, letter)
        self._put_away(draft, letter)
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

    def _has_left(self, draft: Draft, message_id: str) -> bool:
        """Tell whether a draft from an earlier try has left.

        Raises:
            TransientError: nobody knows, and nobody was told yet.
        """
        begun = self._fates.of(message_id)
        if self._fates.habit is Habit.TAKES or not (begun or draft.begun):
            return False
        if begun and self._rewritten(draft, begun):
            log.warning("taken for sent", extra={"action": "draft_rewritten"})
            return True
        if begun and begun.may_go:
            return False
        raise self._doubtful(draft, message_id, "the sending was cut short")

    def _rewritten(self, draft: Draft, begun: Begun) -> bool:
        """Tell whether the server has written the draft anew, as some do when they have sent it.

        A human's hand does so too: then it is an unsent draft still, where that is told.
        """
        written = draft.written_since(begun.key, begun.modified)
        return written and (self._fates.habit is Habit.REWRITES or not draft.unsent)

    def _doubtful(self, draft: Draft, message_id: str, reason: str) -> TransientError:
        """Return that nobody knows; whoever asks again wants the letter sent."""
        self._fates.keep(message_id, _as_seen(draft, may_go=True))
        told = reason if self._endpoint.peer in reason else f"{self._endpoint.peer}: {reason}"
        return TransientError(told, in_doubt=True)

    def _ready(self, drafts: Drafts, draft: Draft, letter: Letter) -> Draft:
        """Return the draft whole and, where it may lie there after it has left, marked."""
        try:
            draft = drafts.completed(draft, letter)
        except (PermanentError, RefusedError) as error:
            self._given_up(drafts, draft, error)
            raise
        if self._fates.habit is Habit.TAKES:
            return draft
        name = letter.parcel.message_id
        self._fates.keep(name, Begun(may_go=True))
        draft = departures.marked(drafts.connection, draft)
        self._fates.keep(name, _as_seen(draft, may_go=False))
        return draft

    def _sent(self, draft: Draft, letter: Letter) -> None:
        """Send the draft; without a clear answer find out whether it left."""
        try:
            with self._session() as drafts:
                drafts.send(draft, save=self._settings.save)
        except RefusedError as error:
            if error.code in _UNSENT:
                self._stays(letter)
                raise
            self._found_out(draft, letter, error)
        except TransientError as error:
            self._found_out(draft, letter, error)
        except PermanentError as error:
            self._fates.forget(letter.parcel.message_id)
            with contextlib.suppress(PortError), self._session() as drafts:
                self._given_up(drafts, draft, error)
            raise
        except NeedsOperatorError:
            self._stays(letter)
            raise

    def _stays(self, letter: Letter) -> None:
        """Remember that the letter has not left."""
        name = letter.parcel.message_id
        if self._fates.of(name) is not None:
            self._fates.keep(name, Begun(may_go=True))

    def _found_out(self, draft: Draft, letter: Letter, error: TransientError) -> None:
        """Return when the letter has left.

        Raises:
            TransientError: it lies there still; ``in_doubt`` when that proves nothing, or when it
                is nowhere to be seen.
        """
        lies: Draft | None = None
        try:
            for pause in _LOOKS:
                self._pause.wait(pause)
                with self._session() as drafts:
                    waiting = self._waiting(drafts, letter)
                if waiting is None:
                    return
                lies = next((one for one in waiting if one.id == draft.id), None)
                if lies is None and not self._settings.save:
                    return  # the draft is gone: the transport has it
                if lies is not None and self._decided(lies, letter, error):
                    return
        except (TransientError, NeedsOperatorError) as again:
            if again is error:
                raise
            raise TransientError(error.reason, in_doubt=True) from again
        raise self._doubtful(lies or draft, letter.parcel.message_id, error.reason)

    def _decided(self, lies: Draft, letter: Letter, error: TransientError) -> bool:
        """Tell whether a draft that lies there has left; False when that can't be told.

        Raises:
            TransientError: *error*: it has not left.
        """
        begun = self._fates.of(letter.parcel.message_id)
        refused = isinstance(error, RefusedError) and is_decided(error.code)
        if self._fates.habit is Habit.TAKES or refused:
            self._stays(letter)
            raise error
        return begun is not None and self._rewritten(lies, begun)

    def _put_away(self, draft: Draft, letter: Letter) -> None:
        """Let no letter that has left lie where it is taken for one that has not."""
        if self._watched and self._fates.habit is Habit.TAKES:
            return
        try:
            with self._session() as drafts:
                habit = departures.put_away(drafts.connection, draft, save=self._settings.save)
                if habit is Habit.TAKES:  # by its id; a server may have given it another
                    for one in drafts.found(letter.parcel.message_id, "drafts"):
                        habit = departures.put_away(
                            drafts.connection, one, save=self._settings.save
                        )
        except PortError as error:  # it has left, whatever becomes of the draft
            log.warning("a draft is left", extra={"action": "draft_left", "why": str(error)})
            self._fates.keep(letter.parcel.message_id, Begun(may_go=False, left=draft.id))
            return
        self._watched = habit is not Habit.UNKNOWN
        if self._watched:
            self._fates.learn(habit)
        self._fates.forget(letter.parcel.message_id)

    def _tidy(self) -> None:
        """Put the drafts away that could not be put away when their letters had left."""
        for name, one in self._fates.lying().items():
            why = ""
            with self._session() as drafts:
                try:
                    draft = Draft(one, "")
                    departures.put_away(drafts.connection, draft, save=self._settings.save)
                except RefusedError as error:
                    why = error.code
            if not why or why in GONE:
                self._fates.forget(name)
            elif is_decided(why) or is_trouble(why):
                return  # it would say the same of the others; the next letter asks again

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


def _as_seen(draft: Draft, *, may_go: bool) -> Begun:
    return Begun(may_go, draft.key, draft.modified)
