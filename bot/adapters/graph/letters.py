"""A finished letter made ready for Graph, which reads recipients out of it. Sends nothing.

As MIME it leaves as it is, but for To, Cc and Bcc where they name others than the parcel does.
As a draft, for letters too large for that, it is taken apart; what Graph has no place for is
lost then: the plain text beside the HTML (Exchange writes a new one), Date, Content-Language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from typing import Any

from bot.adapters.graph.names import (
    EmailAddress,
    Extended,
    Header,
    ItemBody,
    Message,
    Recipient,
)
from bot.ports.errors import PermanentError
from bot.ports.outgoing import Parcel

_ADDRESSED = ("to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc")
_RESENT = re.compile(rb"^resent-", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"(?P<name>[!-9;-~]+)[ \t]*:(?P<value>[^\r\n]*(?:\r\n[ \t][^\r\n]*)*)\r\n")
_OWN_HEADERS = 5  # Graph takes no more of them
_EXTENDED = {  # MAPI's names for headers that Graph's own list does not take (MS-OXPROPS)
    "Auto-Submitted": "String {00020386-0000-0000-C000-000000000046} Name Auto-Submitted",
    "In-Reply-To": "String 0x1042",
    "References": "String 0x1039",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A file or a picture of a letter."""

    name: str
    kind: str  # its media type
    content: bytes = field(repr=False)
    content_id: str = ""  # of a picture that the HTML shows


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter taken apart: what becomes the draft, and what is attached to it."""

    message: Mapping[str, Any] = field(repr=False)
    parts: tuple[Part, ...]


def key(address: str) -> str:
    """Return *address* for comparing: small letters, the domain in A-labels."""
    local, at, domain = address.strip().rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}".casefold()
    except UnicodeError:
        return address.strip().casefold()


def addressed(raw: bytes, recipients: Sequence[str]) -> bytes:
    """Return *raw* with exactly *recipients* in its To, Cc and Bcc.

    Who stands in To or Cc stays there; anybody else is put in Bcc, which Exchange takes off.

    Raises:
        PermanentError: the header is not made of lines that can be told apart.
    """
    named = _named(raw)
    wanted = {key(address) for address in recipients}
    reached = [key(address) for name in ("to", "cc", "bcc") for address in named[name]]
    if sorted(reached) == sorted(wanted) and not _RESENT.search(_parted(raw)[0]):
        return raw
    lines = {
        name: [r for r in dict.fromkeys(recipients) if key(r) in set(map(key, named[name]))]
        for name in ("to", "cc")
    }
    lines["cc"] = [r for r in lines["cc"] if r not in lines["to"]]
    placed = {*lines["to"], *lines["cc"]}
    lines["bcc"] = [r for r in dict.fromkeys(recipients) if r not in placed]
    head, body = _parted(raw)
    kept = b"".join(
        match[0]
        for match in _FIELD.finditer(head)
        if match["name"].decode("ascii").lower() not in _ADDRESSED
    )
    written = [f"To: {_listed(lines['to']) or 'undisclosed-recipients:;'}\r\n"]
    written += [f"{n.title()}: {_listed(lines[n])}\r\n" for n in ("cc", "bcc") if lines[n]]
    return kept + "".join(written).encode() + b"\r\n" + body


def taken_apart(parcel: Parcel, recipients: Sequence[str]) -> Draft:
    """Return the letter as a draft to exactly *recipients*, and its files.

    Raises:
        PermanentError: it cannot be read.
    """
    letter = message_from_bytes(parcel.raw, policy=policy.default)
    if not isinstance(letter, EmailMessage):
        raise PermanentError("the letter cannot be read")
    page = letter.get_body(("html",))
    words = page or letter.get_body(("plain",))
    content = words.get_content() if words is not None else ""
    named = _named(parcel.raw)
    wanted = list(dict.fromkeys(recipients))
    to = [r for r in wanted if key(r) in set(map(key, named["to"]))]
    cc = [r for r in wanted if r not in to and key(r) in set(map(key, named["cc"]))]
    bcc = [r for r in wanted if r not in to and r not in cc]
    message: dict[str, Any] = {
        Message.SUBJECT: str(letter.get("Subject", "")),
        Message.BODY: {
            ItemBody.TYPE: "text" if page is None else "html",
            ItemBody.CONTENT: content,
        },
        Message.TO: [_recipient(address) for address in to],
        Message.CC: [_recipient(address) for address in cc],
        Message.BCC: [_recipient(address) for address in bcc],
        Message.MESSAGE_ID: parcel.message_id,
        Message.HEADERS: _own(letter),
        Message.EXTENDED: _extended(letter),
    }
    sender = _first(letter.get("From"))
    if sender is not None:
        message[Message.FROM] = _recipient(sender.addr_spec, sender.display_name)
    reply_to = _first(letter.get("Reply-To"))
    if reply_to is not None:
        message[Message.REPLY_TO] = [_recipient(reply_to.addr_spec, reply_to.display_name)]
    return Draft({k: v for k, v in message.items() if v != []}, tuple(_parts(letter)))


def recipients_of(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses in the To, Cc and Bcc of a message as Graph tells of it."""
    found: list[str] = []
    for name in (Message.TO, Message.CC, Message.BCC):
        for entry in told.get(name) or ():
            address = entry.get(Recipient.EMAIL) if isinstance(entry, dict) else None
            if isinstance(address, dict):
                found.append(str(address.get(EmailAddress.ADDRESS) or ""))
    return tuple(found)


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    head, gap, body = raw.partition(b"\r\n\r\n")
    return (head + b"\r\n", body) if gap else (raw, b"")


def _named(raw: bytes) -> dict[str, list[str]]:
    """Return the addresses of To, Cc and Bcc.

    Raises:
        PermanentError: the header holds something that is no line of a header.
    """
    head = _parted(raw)[0]
    if sum(len(match[0]) for match in _FIELD.finditer(head)) != len(head):
        raise PermanentError("the letter's header cannot be read")
    found: dict[str, list[str]] = {name: [] for name in _ADDRESSED}
    for match in _FIELD.finditer(head):
        name = match["name"].decode("ascii").lower()
        if name in found:
            value = match["value"].decode("utf-8", "replace").replace("\r\n", "")
            found[name] += [address for _, address in getaddresses([value]) if address]
    return found


def _listed(addresses: Iterable[str]) -> str:
    return ",\r\n ".join(f"<{_written(address)}>" for address in addresses)


def _written(address: str) -> str:
    local, at, domain = address.strip().rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def _recipient(address: str, name: str = "") -> dict[str, Any]:
    told = {EmailAddress.ADDRESS: _written(address)}
    if name:
        told[EmailAddress.NAME] = name
    return {Recipient.EMAIL: told}


def _first(header: object) -> Address | None:
    addresses = getattr(header, "addresses", ())
    return addresses[0] if addresses else None


def _own(letter: EmailMessage) -> list[dict[str, str]]:
    """Return the letter's X- headers: Graph's list takes no others, and five at most."""
    own = [(name, str(value)) for name, value in letter.items() if name.lower().startswith("x-")]
    return [{Header.NAME: name, Header.VALUE: value} for name, value in own[:_OWN_HEADERS]]


def _extended(letter: EmailMessage) -> list[dict[str, str]]:
    return [
        {Extended.ID: known, Extended.VALUE: " ".join(str(letter[name]).split())}
        for name, known in _EXTENDED.items()
        if letter[name]
    ]


def _parts(letter: EmailMessage) -> Iterator[Part]:
    """Yield all that is neither the text nor its twin."""
    words = (letter.get_body(("html",)), letter.get_body(("plain",)))
    for number, part in enumerate(_leaves(letter), 1):
        if not any(part is one for one in words):
            content_id = str(part.get("Content-ID", "")).strip().strip("<>")
            name = part.get_filename() or f"del-{number}"
            yield Part(name, part.get_content_type(), _content(part), content_id)


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """Yield the parts that hold something; a mail within the letter is one of them, whole."""
    if part.get_content_maintype() == "multipart":
        for inner in part.iter_parts():
            yield from _leaves(inner)
    else:
        yield part


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return bytes(part.get_content())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
