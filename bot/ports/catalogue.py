"""The catalogue (EK) that records are written to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.domain.records import Change, Entry

if TYPE_CHECKING:
    from bot.domain.values import PersonId
    from bot.ports.check import Check


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as the catalogue holds it, with the version that a write must name.

    *unclear*: a value could not be read and is left out: nothing may be taken over from it.
    """

    entry: Entry
    version: str
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A write that was read back; or, when ``by_hand``, one that staff must make first.

    *shown*: what staff make by hand can be read here afterwards, by the same write once more.
    """

    entry: Entry
    version: str
    by_hand: bool = False
    shown: bool = False


class Catalogue(Protocol):
    """Search before add; conditional writes; read back."""

    def find(self, person: PersonId) -> Found | None:
        """Return the person's entry.

        Raises:
            TransientError: the catalogue does not answer.
            NeedsOperatorError: access refused.
            UnclearEntryError: this person has two entries, or one that cannot be read.
        """
        ...

    def entries(self) -> Iterator[Found] | None:
        """Yield every person's entry, in any order; None where nobody can ask.

        Who has two entries may come twice; one that cannot be read comes as ``unclear``.

        Whole or not at all: after an error nothing is known of the rest, not even of what has
        come. What somebody writes meanwhile may be seen or not.

        Raises:
            TransientError: the catalogue does not answer, or cut its answer short.
            NeedsOperatorError: access refused.
        """
        ...

    def write(self, change: Change, expected: str, key: str) -> Written:
        """Carry out *change* if the entry still has version *expected* ("" for none), read back.

        *key* names the write: the same key again finds its own work done and returns it.

        Raises:
            ConflictError: the entry has another version, or exists where none should.
            TransientError: the catalogue does not answer; nothing is known of the outcome.
            PermanentError: the catalogue refuses the values.
            NeedsOperatorError: access refused.
        """
        ...

    def check(self) -> tuple[Check, ...]:
        """Try each step of the connection; never raises."""
        ...
