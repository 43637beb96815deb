"""Waiting that ends when it is told to, and a bell that rings when mail may have come.

The bell is a streaming subscription, read by a thread of its own. It is a hint only: a server that
has none, or whose bell falls silent, is looked at now and then all the same.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

from exchangelib.errors import EWSError
from spnego.exceptions import SpnegoError

from bot.adapters.exchange.account import Endpoint
from bot.adapters.exchange.soap import el, folder_id, words
from bot.adapters.exchange.wire import Wire
from bot.ports.errors import PortError

log = logging.getLogger(__name__)

T = TypeVar("T")
_SLICE = 0.2  # seconds between looks at the stop event
_MINUTES = "29"  # that the server keeps a stream open (30 at most)
_AGAIN = 300.0  # seconds before a bell that fell silent is hung up anew
_SHORTEST = 30.0  # seconds of a stream that is one
_EVENTS = ("NewMailEvent", "CreatedEvent", "MovedEvent")
_LONGEST = max(map(len, _EVENTS))


def unless(stop: Event, work: Callable[[], T]) -> T | None:
    """Return what *work* returns; None when *stop* is set first: then it is left to itself.

    A server that does not answer would hold up the end of the program otherwise.
    """
    results: list[T] = []
    errors: list[BaseException] = []
    done = Event()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again by the caller
            errors.append(error)
        done.set()

    Thread(target=run, daemon=True, name="ews-look").start()
    while not done.wait(_SLICE):
        if stop.is_set():
            return None
    if errors:
        raise errors[0]
    return results[0]


class Bell:
    """Rings when the server says that something came to the folder. Never raises."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.rung = Event()
        self._endpoint = endpoint
        self._closed = Event()
        self._thread: Thread | None = None
        self._response: Any = None
        self._silent_since = -_AGAIN

    def hang(self, folder: str) -> None:
        """See to it that it listens to the folder with that id."""
        if self._thread is not None and self._thread.is_alive():
            return
        if monotonic() - self._silent_since < _AGAIN:
            return
        self._silent_since = monotonic()
        self._closed = Event()
        self._thread = Thread(
            target=self._listen, args=(folder, self._closed), daemon=True, name="ews-bell"
        )
        self._thread.start()

    def wait(self, seconds: float, stop: Event) -> None:
        """Return when it rings, *seconds* have passed or *stop* is set."""
        end = monotonic() + seconds
        while not stop.is_set() and (left := end - monotonic()) > 0:
            if self.rung.wait(min(_SLICE, left)):
                break
        self.rung.clear()

    def close(self) -> None:
        """Take it down."""
        self._closed.set()
        response, self._response = self._response, None
        link: Any = getattr(getattr(response, "raw", None), "_connection", None)
        with contextlib.suppress(OSError, AttributeError):
            link.sock.shutdown(socket.SHUT_RDWR)  # wakes the thread that reads it
        if self._thread is not None:
            self._thread.join(_SLICE)
        self._thread, self._silent_since = None, -_AGAIN

    def _listen(self, folder: str, closed: Event) -> None:
        why = ""
        try:
            wire = Wire(self._endpoint)
            try:
                while not closed.is_set():
                    begun = monotonic()
                    self._stream(wire, folder, closed)
                    if monotonic() - begun < _SHORTEST:
                        raise ValueError("the stream ended at once")
            finally:
                wire.close()
        except PortError as error:
            why = str(error)
        except (EWSError, SpnegoError, OSError, ValueError, TypeError, LookupError) as error:
            why = type(error).__name__
        except AttributeError as error:  # the library closes under the reader's hands
            why = type(error).__name__
        if not closed.is_set():
            log.info("no notifications for now", extra={"action": "no_bell", "why": why})

    def _stream(self, wire: Wire, folder: str, closed: Event) -> None:
        """Subscribe and read until the server ends the stream."""
        kinds = el("t:EventTypes", *(el("t:EventType", kind) for kind in _EVENTS))
        asked = el(
            "m:Subscribe",
            el("m:StreamingSubscriptionRequest", el("t:FolderIds", folder_id(folder)), kinds),
        )
        [answer] = wire.ask(asked)
        subscription = words(answer.element, "m:SubscriptionId")
        if not (answer.ok and subscription):
            raise ValueError(answer.code)
        listening = el(
            "m:GetStreamingEvents",
            el("m:SubscriptionIds", el("t:SubscriptionId", subscription)),
            el("m:ConnectionTimeout", _MINUTES),
        )
        with wire.stream(listening, (int(_MINUTES) + 1) * 60) as response:
            self._response = response
            tail = ""
            for chunk in response.iter_content(chunk_size=None):
                if closed.is_set():
                    return
                text = tail + chunk.decode("ascii", "replace")
                if any(kind in text for kind in _EVENTS):
                    self.rung.set()
                    text = ""
                elif 'ResponseClass="Error"' in text:
                    raise ValueError("refused")
                tail = text[-_LONGEST - 22 :]
