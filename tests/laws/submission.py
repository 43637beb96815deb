"""Ways out by SMTP for the tests: towards the sink, and towards something that only plays a server.

Holds no law.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping

from bot.adapters.outgoing.smtp import Settings, Smtp
from tests.servers.smtpsink import PASSWORD, Sink

GREETING = (b"220 mail.example ESMTP", b"250 mail.example")
TAKEN = (b"250 sender", b"250 recipient", b"354 go on")


def settings(sink: Sink, **other: object) -> Settings:
    """Return settings towards *sink*, encrypted and logged in."""
    fields = {"host": "localhost", "port": sink.port, "ca_file": sink.ca_file, "timeout": 20}
    login = {"username": "ek", "password": PASSWORD}
    return Settings(kind="smtp", **fields | login | other)


def plain(port: int, **other: object) -> Settings:
    """Return settings towards something on this machine that only plays an SMTP server."""
    fields = {"host": "127.0.0.1", "tls": "none", "timeout": 0.3}
    return Settings(kind="smtp", port=port, **fields | other)


@contextlib.contextmanager
def opener() -> Iterator[Callable[..., Smtp]]:
    """Give a function that opens ways out, which are closed at the block's end."""
    ways: list[Smtp] = []

    def open_(chosen: Settings, environment: Mapping[str, str] | None = None) -> Smtp:
        ways.append(Smtp(chosen, environment or {}))
        return ways[-1]

    yield open_
    for way in ways:
        way.close()
