"""One connection to a mailbox by EWS: asks, waits a busy server out, translates. No more."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from threading import Event

from exchangelib.errors import EWSError
from spnego.exceptions import SpnegoError

from bot.adapters.exchange.account import Endpoint
from bot.adapters.exchange.errors import RefusedError, judged, translated
from bot.adapters.exchange.soap import Answer, Element
from bot.adapters.exchange.wire import Wire
from bot.ports.errors import PortError, TransientError

_PATIENCE = 10.0  # seconds that a busy server is waited for here; longer waits are the caller's
_PAUSE = 0.25  # seconds before the first repeat where the server named no time
BUSY = "ErrorServerBusy"


class Connection:
    """A connection, opened at the first question. One thread; useless after its first error."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Prepare the way; nothing is sent yet.

        Raises:
            NeedsOperatorError: no encryption, no such authority, no library for Kerberos.
        """
        self.endpoint = endpoint
        self.wire = Wire(endpoint)
        self.known: dict[str, str] = {}  # the ids of folders that every mailbox has, once asked for
        self._pause = Event()

    @property
    def mailbox(self) -> str:
        """Return the mailbox's address."""
        return self.endpoint.mailbox

    def ask(self, payload: Element, *, patient: bool = True) -> list[Answer]:
        """Ask once and return the response messages, each with its own code.

        A server that is too busy to begin is asked again for a few seconds if *patient*: what it
        turned away it has not done.

        Raises:
            RefusedError: the whole question was refused.
            TransientError: no answer: it may have been done or not.
            NeedsOperatorError: login or certificate.
        """
        waited, pause = 0.0, _PAUSE
        while True:
            answers, busy = self._asked(payload)
            if busy is None:
                return answers
            rest = busy.retry_after or pause
            if not patient or waited + rest > _PATIENCE:
                raise busy
            self._pause.wait(rest)
            waited, pause = waited + rest, pause * 2

    def one(self, payload: Element) -> Answer:
        """Ask for one thing and return its answer.

        Raises:
            RefusedError: it was refused.
            TransientError: no answer.
        """
        answers = self.ask(payload)
        if len(answers) != 1:
            raise TransientError(f"{self.endpoint.peer}: an answer that makes no sense")
        return self.sound(answers[0], payload)

    def sound(self, answer: Answer, payload: Element) -> Answer:
        """Return *answer* when it was done.

        Raises:
            RefusedError: it was refused.
        """
        if not answer.ok:
            raise self._refusal(answer, payload)
        return answer

    def rest(self) -> None:
        """Give a busy server a moment."""
        self._pause.wait(2 * _PAUSE)

    def close(self) -> None:
        """Let it go."""
        self.wire.close()

    def _asked(self, payload: Element) -> tuple[list[Answer], RefusedError | None]:
        """Return the answers, or that the server was too busy to begin."""
        try:
            answers = self.wire.ask(payload)
        except RefusedError as error:
            if error.code == BUSY:
                return [], error
            raise
        except PortError:
            raise
        except (
            EWSError,
            SpnegoError,
            OSError,
            ValueError,
            TypeError,
            LookupError,
            ArithmeticError,
        ) as error:
            found = translated(error, self.endpoint.peer, _name(payload))
            if isinstance(found, RefusedError) and found.code == BUSY:
                return [], found
            raise found from error
        if not answers:
            raise TransientError(f"{self.endpoint.peer}: an empty answer")
        if all(answer.code == BUSY for answer in answers):
            return [], self._refusal(answers[0], payload)
        return answers, None

    def _refusal(self, answer: Answer, payload: Element) -> RefusedError:
        reason = f"{self.endpoint.peer}: {_name(payload)}: {answer.code}"
        return RefusedError(reason, answer.code, answer.back_off)


@contextlib.contextmanager
def judging() -> Iterator[None]:
    """Let refusals of the block leave as what they ask of us."""
    try:
        yield
    except RefusedError as error:
        found = judged(error)
        if found is error:
            raise
        raise found from error


def _name(payload: Element) -> str:
    return str(payload.tag).rpartition("}")[2]
