"""Cuts the power before or after the n-th call of any port. Stands in for no port itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from bot.app.services import Services

PORTS = ("mailbox", "outgoing", "catalogue", "crew")


class PowerCut(BaseException):
    """The program is gone; no ``except Exception`` may catch it."""


class Fuse:
    """Counts moments and blows at the chosen one; ``blow_at`` None only counts."""

    def __init__(self, blow_at: int | None) -> None:
        self.blow_at = blow_at
        self.count = 0
        self.blown = ""

    def moment(self, name: str) -> None:
        self.count += 1
        if self.count == self.blow_at:
            self.blown = name
            raise PowerCut(name)


class Crashing:
    """Passes every call on; each has a moment before and a moment after."""

    def __init__(self, subject: object, name: str, fuse: Fuse) -> None:
        self._subject, self._name, self._fuse = subject, name, fuse

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(self._subject, attribute)
        if not callable(found) or attribute == "close":
            return found
        name = f"{self._name}.{attribute}"

        def call(*args: Any, **kwargs: Any) -> Any:
            self._fuse.moment(f"before {name}")
            answer = found(*args, **kwargs)
            if isinstance(answer, Iterator):
                return self._each(answer, name)
            self._fuse.moment(f"after {name}")
            return answer

        return call

    def _each(self, answer: Iterator[Any], name: str) -> Iterator[Any]:
        for item in answer:
            yield item
            self._fuse.moment(f"within {name}")


class CrashingStore:
    """A store whose transactions can be cut before the commit and after it."""

    def __init__(self, store: Any, fuse: Fuse) -> None:
        self._store, self._fuse = store, fuse

    @contextmanager
    def begin(self) -> Iterator[Any]:
        transaction: AbstractContextManager[Any] = self._store.begin()
        with transaction as work:
            yield work
            self._fuse.moment("before commit")
        self._fuse.moment("after commit")

    def close(self) -> None:
        self._store.close()


def fused(services: Services, fuse: Fuse) -> Services:
    """Return the same services with a fuse in every line."""
    ports = {name: Crashing(getattr(services, name), name, fuse) for name in PORTS}
    return replace(services, store=CrashingStore(services.store, fuse), **ports)
