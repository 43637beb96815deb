"""The way out for letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.ports.check import Check


@dataclass(frozen=True, slots=True)
class Parcel:
    """A finished letter: envelope sender and recipients, Message-ID, RFC 5322 bytes (CRLF)."""

    sender: str
    recipients: tuple[str, ...]
    message_id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """One recipient who was refused while others were taken, with the server's words.

    *temporary* (4xx): the letter must go to this recipient again, alone. Else (5xx): for good.
    """

    recipient: str
    reason: str
    temporary: bool = False


class Outgoing(Protocol):
    """Letters out. One object, one thread; the connection may be kept between letters."""

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        """Hand the letter over; return the recipients refused while others took it.

        Raises:
            TransientError: nothing was taken (4xx, no connection); try later. With ``in_doubt``
                the whole letter was handed over but no answer came: it may have been taken.
            PermanentError: refused for good for every recipient (5xx).
            NeedsOperatorError: login refused, certificate not trusted.
        """
        ...

    def check(self) -> tuple[Check, ...]:
        """Try each step of the connection, without sending; never raises."""
        ...

    def close(self) -> None:
        """Let the connection go; the next call opens a new one."""
        ...
