"""Reports that a mail was not delivered: whose, and which letter. Answers and decides nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from flufl.bounce import all_failures

from parsers.mail.addresses import lower
from parsers.mail.charsets import decode
from parsers.mail.headers import Headers, unique
from parsers.mail.parts import content_of, payload_of

# The library logs whole tracebacks with addresses in them.
logging.getLogger("flufl.bounce").disabled = True
_ADDRESS = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}", re.IGNORECASE
)
_ID_LINE = re.compile(r"^[> \t]*message-id:\s*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_COPY = re.compile(
    r"^.{0,60}(?:original message|ursprungligt meddelande|ursprungliga meddelandet|original-"
    r"meddelande|message headers|meddelanderubriker|diagnostic information|diagnostikinformation)",
    re.IGNORECASE | re.MULTILINE,
)
_LOOK = 200_000
_MOST = 50
_LEVELS = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """What a report says: addresses that failed, our letters it speaks of, only delayed or not."""

    recipients: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()  # RFC 3464 §2.3.3: failed, delayed, delivered, relayed, expanded


def actions(tree: Message) -> tuple[str, ...]:
    """Return the actions of a delivery report's recipients, () when it is none (RFC 3464)."""
    return unique(action for action, _ in _recipient_blocks(tree))


def known_failures(tree: Message) -> tuple[str, ...]:
    """Return the failed addresses that one of the known formats of bounces shows."""
    try:
        delayed, failed = all_failures(tree)
    except Exception:  # noqa: BLE001 - detectors written for real bounces raise on odd ones
        return ()
    del delayed
    found = (decode(address) for address in sorted(failed))
    return unique(lower(a) for a in found if _ADDRESS.fullmatch(a))[:_MOST]


def failure(tree: Message, text: str, own: frozenset[str]) -> Failure:
    """Return what the bounce *tree* says; *text* is its own text, *own* are no recipients."""
    blocks = list(_recipient_blocks(tree))
    named = [a for action, a in blocks if a and action.startswith(("fail", "error"))]
    headers = Headers(tree)
    named += [box.address for box in headers.boxes("x-failed-recipients") if box.address]
    if not named:
        named = list(known_failures(tree))
    if not named and not blocks:
        named = [lower(a) for a in _ADDRESS.findall(_COPY.split(text[:5_000], maxsplit=1)[0])]
    recipients = unique(a for a in named if a not in own)[:_MOST]
    ids = [*_returned_ids(tree), *_ID_LINE.findall(text[:_LOOK])]
    ids += [*headers.ids("in-reply-to"), *headers.ids("references")]
    return Failure(recipients, unique(ids)[:_MOST], unique(action for action, _ in blocks))


def parts(tree: Message, level: int = 0) -> Iterator[Message]:
    """Yield *tree* and its parts, not those of mails inside it."""
    yield tree
    payload = payload_of(tree)
    if level < _LEVELS and isinstance(payload, list) and tree.get_content_maintype() == "multipart":
        for child in payload:
            if isinstance(child, Message):
                yield from parts(child, level + 1)


def _recipient_blocks(tree: Message) -> Iterator[tuple[str, str]]:
    for part in parts(tree):
        payload = payload_of(part)
        if part.get_content_type() not in (
            "message/delivery-status",
            "message/global-delivery-status",
        ):
            continue
        for block in payload if isinstance(payload, list) else ():
            if isinstance(block, Message):
                headers = Headers(block)
                if headers.has("action"):
                    yield headers.token("action"), _recipient(headers)


def _recipient(headers: Headers) -> str:
    """Return the address that failed: the one that we wrote, else the final one."""
    for name in ("original-recipient", "final-recipient"):
        value = headers.text(name).rpartition(";")[2].strip().strip("<>")
        if _ADDRESS.fullmatch(value):
            return lower(value)
    return ""


def _returned_ids(tree: Message) -> Iterator[str]:
    """Yield the Message-IDs of mails or headers that came back with the report."""
    for part in parts(tree):
        kind = part.get_content_type()
        payload = payload_of(part)
        if kind in ("message/rfc822", "message/global") and isinstance(payload, list):
            for mail in payload:
                if isinstance(mail, Message):
                    yield from Headers(mail).ids("message-id")
        elif kind.startswith("text/") and isinstance(payload, str):
            words = content_of(part, Headers(part)).decode("ascii", "replace")
            yield from _ID_LINE.findall(words[:_LOOK])
