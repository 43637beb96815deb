"""Where the register of managers is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.authority import ManagerEntry


BY_HAND = "csv:"  # begins the fingerprint of a register that people keep in a file


class ManagerSource(Protocol):
    """The register of managers outside the program; read whole, all or nothing."""

    def fingerprint(self) -> str:
        """Return a text that changes when the register does.

        Raises:
            NeedsOperatorError: the register can't be reached; the advice says why.
            TransientError: it does not answer.
        """
        ...

    def read(self) -> tuple[ManagerEntry, ...]:
        """Return the whole register.

        Raises:
            NeedsOperatorError: it has faults; the advice names every one.
            TransientError: it does not answer.
        """
        ...
