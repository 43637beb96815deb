"""What fails in the made-up year: a mailbox or a mail server away, the power gone mid-way."""

from __future__ import annotations

from typing import Any

from bot.ports.errors import TransientError


class PowerCutError(BaseException):
    """The power went; nobody may catch it."""


class Fails:
    """A port that fails while *away*, or once after *left* more calls."""

    def __init__(self, port: Any, calls: frozenset[str]) -> None:  # noqa: ANN401 - any port
        """Watch the *calls* of *port*."""
        self._port, self._calls = port, calls
        self.away = False
        self.left: int | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        found = getattr(self._port, name)
        if name not in self._calls:
            return found

        def tried(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - the port's own
            if self.away:
                raise TransientError("svarar inte i dag (simulerat)")
            if self.left is not None:
                self.left -= 1
                if self.left < 0:
                    self.left = None
                    raise PowerCutError
            return found(*given, **named)

        return tried
