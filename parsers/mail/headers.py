"""Headers of a mail: the one guarded way to them. Interprets no meaning beyond their syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime

from parsers.mail.addresses import Mailbox, mailboxes
from parsers.mail.charsets import clean_line, from_header
from parsers.mail.words import decode_words

_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,900}>")
_LONGEST = 20_000
_MOST_IDS = 200
_BARE_CR = re.compile(rb"\r(?!\n)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class GuardedPolicy(EmailPolicy):
    """The standard library's modern policy; a header that its parser chokes on is plain text."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the header's value, parsed where that works (its parser raises on some input)."""
        plain = clean_line(from_header(value[:_LONGEST]))
        try:
            parsed: str = super().header_fetch_parse(name, value[:_LONGEST])
        except Exception:  # noqa: BLE001 - the library raises a dozen kinds on hostile headers
            return plain
        return parsed


POLICY = GuardedPolicy(raise_on_defect=False)


def read_tree(raw: bytes) -> tuple[Message, tuple[str, ...]]:
    """Return the mail's tree of parts, and defects; only its headers when nesting has no end.

    A bare CR inside the headers is a space, so that nobody smuggles a header past the gateway.
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    end = _HEAD_END.search(raw)
    cut = end.start() if end else len(raw)
    head = _BARE_CR.sub(b" ", raw[:cut])
    whole = head + raw[cut:]
    try:
        return message_from_bytes(whole, policy=POLICY), ()
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError):
        return BytesHeaderParser(policy=POLICY).parsebytes(head), ("structure",)


class Headers:
    """The headers of one part as they were written; reading them never raises."""

    def __init__(self, message: Message) -> None:
        self.items: tuple[tuple[str, str], ...] = tuple(
            (str(name), unfold(str(value))) for name, value in message.raw_items()
        )

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of *name*, unfolded, not decoded."""
        wanted = name.lower()
        return tuple(value for key, value in self.items if key.lower() == wanted)

    def has(self, *names: str) -> bool:
        """Tell whether one of *names* is there."""
        wanted = {name.lower() for name in names}
        return any(key.lower() in wanted for key, _ in self.items)

    def raw(self, name: str) -> str:
        """Return the first value of *name*, unfolded, "" when it is missing."""
        values = self.all(name)
        return values[0] if values else ""

    def text(self, name: str) -> str:
        """Return the first value of *name* as one clean decoded line."""
        return clean_line(decode_words(from_header(self.raw(name)[:_LONGEST])))

    def token(self, name: str) -> str:
        """Return the first word of *name* in lower case, without comments and parameters."""
        found = re.match(r"[^\s;(,]+", self.raw(name)[:_LONGEST])
        return clean_line(found[0].lower()) if found else ""

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the message ids (with their angle brackets) in every *name*, each once."""
        return unique(m[0] for v in self.all(name) for m in _ID.finditer(_plain(v)))[:_MOST_IDS]

    def boxes(self, name: str) -> tuple[Mailbox, ...]:
        """Return the mailboxes in every *name*."""
        return tuple(box for value in self.all(name) for box in mailboxes(value))

    def date(self) -> datetime | None:
        """Return the author's date, aware (RFC 5322 §3.3: -0000 is UTC), None if unreadable."""
        try:
            found = parsedate_to_datetime(self.raw("date")[:200])
            aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
            aware.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return aware


def unfold(value: str) -> str:
    """Return a header's source text on one line (RFC 5322 §2.2.3), without control characters."""
    return _ODD.sub("", re.sub(r"\r\n|[\r\n]", "", value)).strip()


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return *texts* in their order, each once."""
    return tuple(dict.fromkeys(texts))


def _plain(value: str) -> str:
    return from_header(value[: 5 * _LONGEST])
