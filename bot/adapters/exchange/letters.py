"""A letter of ours as Exchange wants it told: who gets it, what goes with it, its marks.

Reads no letter of others: it was written by the program.
"""

from __future__ import annotations

import email
from collections.abc import Iterable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from typing import Literal

from bot.ports.errors import PermanentError
from bot.ports.outgoing import Parcel

_MARKS = (  # what tells machines, and us, that a machine wrote it
    "Auto-Submitted", "X-Auto-Response-Suppress", "X-EKbot-Kind", "X-EKbot-Letter", "X-EKbot-Case",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file or picture of the letter."""

    name: str
    kind: str
    content: bytes
    content_id: str  # of a picture that the text shows, "" for none
    inline: bool


@dataclass(frozen=True, slots=True)
class Readers:
    """Who gets the letter, and who of them is named in it."""

    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()

    def everyone(self) -> frozenset[str]:
        """Return all of them, in the form in which addresses are compared."""
        return frozenset(map(compared, (*self.to, *self.cc, *self.bcc)))


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter and what Exchange is told of it beside its bytes."""

    parcel: Parcel
    named: Readers  # as its header has them
    readers: Readers  # as the envelope has them
    marks: tuple[tuple[str, str], ...]
    enclosed: tuple[Enclosed, ...]
    subject: str = ""
    text: str = ""
    page: str = ""  # HTML
    answers: str = ""  # In-Reply-To
    thread: str = ""  # References


def read(parcel: Parcel) -> Letter:
    """Take a letter apart.

    Raises:
        PermanentError: it has no recipient, or an address that is none.
    """
    if not parcel.recipients:
        raise PermanentError("the letter has no recipient")
    if any("@" not in a or set(a) & set(" \r\n<>,;") for a in parcel.recipients):
        raise PermanentError("a recipient's address is none")
    message = email.message_from_bytes(parcel.raw, policy=policy.compat32)
    whole = email.message_from_bytes(parcel.raw, policy=policy.default)
    named = Readers(*(_people(message, name) for name in ("To", "Cc", "Bcc")))
    marks = ((name, " ".join(str(message.get(name, "")).split())) for name in _MARKS)
    return Letter(
        parcel,
        named,
        _readers(parcel, named),
        tuple((name, value) for name, value in marks if value),
        tuple(_enclosed(message)),
        subject=str(whole.get("Subject", "")),
        text=_body(whole, "plain"),
        page=_body(whole, "html"),
        answers=" ".join(str(message.get("In-Reply-To", "")).split()),
        thread=" ".join(str(message.get("References", "")).split()),
    )


def compared(address: str) -> str:
    """Return an address as addresses are compared: in lower case, its domain in A-labels."""
    local, at, domain = address.strip().lower().rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return f"{local}{at}{domain}"


def _body(message: EmailMessage, kind: Literal["plain", "html"]) -> str:
    part = message.get_body((kind,))
    content = part.get_payload(decode=True) if part is not None else b""
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n\r")


def _readers(parcel: Parcel, named: Readers) -> Readers:
    """Return the envelope's recipients: named where the letter names them, else unseen."""
    left = {compared(a): a for a in parcel.recipients}

    def those(some: Iterable[str]) -> tuple[str, ...]:
        found = (left.pop(compared(address), "") for address in some)
        return tuple(address for address in found if address)

    return Readers(those(named.to), those(named.cc), (*those(named.bcc), *left.values()))


def _people(message: Message, name: str) -> tuple[str, ...]:
    values = [str(value) for value in message.get_all(name, [])]
    return tuple(address for _, address in getaddresses(values) if "@" in address)


def _enclosed(message: Message) -> Iterable[Enclosed]:
    for part in message.walk():
        kind = part.get_content_type()
        content_id = str(part.get("Content-ID", "")).strip().strip("<>")
        name = part.get_filename() or ""
        if part.is_multipart() or not (name or content_id or part.get_content_disposition()):
            continue
        content = part.get_payload(decode=True)
        yield Enclosed(
            name=name or content_id or "bilaga",
            kind=kind,
            content=content if isinstance(content, bytes) else b"",
            content_id=content_id,
            inline=part.get_content_disposition() == "inline",
        )
