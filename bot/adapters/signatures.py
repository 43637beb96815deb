"""DKIM checked by ourselves (RFC 6376, 8301) with dkimpy. Looks at no Authentication-Results."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import dkim
import dns.exception
import dns.name
import dns.resolver
from dkim.util import InvalidTagValueList, parse_tag_value

from bot.ports.errors import TransientError
from parsers.mail.authentication import Verdict

TxtLookup = Callable[[str], bytes | None]  # the TXT record of a name; None when there is none

_ALGORITHM = b"rsa-sha256"  # rsa-sha1 must not be taken (RFC 8301 §3.1)
_SHORTEST_KEY = 1024  # bits (RFC 8301 §3.2)
_SLOP = 600  # seconds that two clocks may differ
_MOST_SIGNATURES = 10
_LONGEST = 60_000_000


class DkimSignatures:
    """Verifies a mail's DKIM signatures; ``lookup`` asks the name server, ``clock`` tells now.

    A signature counts only when its domain is the author's or one in the same line of descent
    (relaxed alignment, RFC 7489 §3.1.1), From is signed, no ``l=`` leaves part of the body open,
    ``x=`` has not passed and the key has 1024 bits or more.
    """

    def __init__(self, *, clock: Callable[[], datetime], lookup: TxtLookup | None = None) -> None:
        self._clock = clock
        self._lookup = txt_lookup() if lookup is None else lookup

    def verify(self, raw: bytes, author_domain: str) -> Verdict:
        """Say whether *raw* bears a valid DKIM signature aligned with *author_domain*.

        PASS: one holds. FAIL: aligned ones are there and none holds. NONE: no aligned one.

        Raises:
            TransientError: the name server does not answer; the mail waits.
        """
        domain = author_domain.strip().strip(".").lower()
        aligned = False
        for index in range(_MOST_SIGNATURES if domain and len(raw) <= _LONGEST else 0):
            try:
                checker = dkim.DKIM(raw, minkey=_SHORTEST_KEY)
                fields = _fields(checker, index)
            except (dkim.DKIMException, InvalidTagValueList, ValueError, IndexError):
                continue
            if fields is None:
                break
            if not is_aligned(_text(fields, b"d"), domain):
                continue
            aligned = True
            if self._holds(checker, fields, index):
                return Verdict.PASS
        return Verdict.FAIL if aligned else Verdict.NONE

    def _holds(self, checker: dkim.DKIM, fields: dict[bytes, bytes], index: int) -> bool:
        now = int(self._clock().timestamp())
        signed = [h.strip().lower() for h in fields.get(b"h", b"").split(b":")]
        if fields.get(b"a") != _ALGORITHM or b"l" in fields or b"from" not in signed:
            return False
        if not _in_time(fields, now):
            return False
        headers = [(name, value) for name, value in checker.headers]
        if sum(name.lower() == b"from" for name, _ in headers) != 1:
            return False
        timeless = {k: v for k, v in fields.items() if k not in (b"t", b"x")}
        header = [h for h in headers if h[0].lower() == b"dkim-signature"][index]
        try:
            dkim.validate_signature_fields(timeless)  # its own clock is kept out of it
            return bool(checker.verify_sig(fields, signed, header, self._record(fields)))
        except TransientError:
            raise
        except Exception:  # noqa: BLE001 - the library raises many kinds on odd keys and tags
            return False

    def _record(self, fields: dict[bytes, bytes]) -> Callable[..., bytes | None]:
        """Return the lookup in dkimpy's form; a key record that may not be used is none."""

        def lookup(name: bytes, timeout: int = 5) -> bytes | None:
            del timeout  # the lookup has its own
            record = self._lookup(name.decode("ascii").rstrip("."))
            return record if record is not None and _usable(record, fields) else None

        return lookup


def is_aligned(signer: str, author: str) -> bool:
    """Tell whether the two domains are the same or one is a parent of the other.

    A parent has two labels or more: nobody's own domain is a bare top level.
    """
    shorter, longer = sorted((signer, author), key=len)
    return signer == author or ("." in shorter and longer.endswith(f".{shorter}"))


def txt_lookup(timeout: float = 5.0, resolver: dns.resolver.Resolver | None = None) -> TxtLookup:
    """Return a lookup that asks the system's name servers, for at most *timeout* seconds."""

    def lookup(name: str) -> bytes | None:
        try:
            question = dns.name.from_text(name)
        except dns.exception.DNSException:
            return None  # a selector that can be no name has no key, today or later
        try:
            asked = resolver or dns.resolver.get_default_resolver()
            answer = asked.resolve(question, "TXT", lifetime=timeout)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN):
            return None
        except dns.exception.DNSException as error:
            kind = type(error).__name__
            raise TransientError(f"the name server does not answer ({kind})") from error
        return b"".join(answer[0].strings)

    return lookup


def _fields(checker: dkim.DKIM, index: int) -> dict[bytes, bytes] | None:
    """Return the tags of signature *index* (None when there are no more)."""
    headers = [value for name, value in checker.headers if name.lower() == b"dkim-signature"]
    if index >= len(headers):
        return None
    fields: dict[bytes, bytes] = parse_tag_value(headers[index])
    if not {b"v", b"a", b"b", b"bh", b"d", b"h", b"s"} <= fields.keys():
        raise ValueError("a tag is missing")
    return fields


def _in_time(fields: dict[bytes, bytes], now: int) -> bool:
    made, ends = fields.get(b"t", b"0"), fields.get(b"x", b"9" * 12)
    if not (made.isdigit() and ends.isdigit() and len(made) <= 12 and len(ends) <= 12):  # noqa: PLR2004
        return False
    return int(made) <= now + _SLOP and now <= int(ends) and int(made) <= int(ends)


def _usable(record: bytes, fields: dict[bytes, bytes]) -> bool:
    """Tell whether the key record allows this use (RFC 6376 §3.6.1: s=, h=, t=)."""
    try:
        tags: dict[bytes, bytes] = parse_tag_value(record)
    except InvalidTagValueList:
        return False
    services = _list(tags.get(b"s", b"*"))
    hashes = _list(tags.get(b"h", b"sha256"))
    flags = _list(tags.get(b"t", b""))
    if not {b"*", b"email"} & services or b"sha256" not in hashes or b"y" in flags:
        return False
    identity = fields.get(b"i", b"@" + fields[b"d"]).rpartition(b"@")[2].lower()
    return b"s" not in flags or identity == fields[b"d"].lower()


def _list(value: bytes) -> set[bytes]:
    return {item for item in re.split(rb"\s*:\s*", value.strip().lower()) if item}


def _text(fields: dict[bytes, bytes], tag: bytes) -> str:
    return fields[tag].decode("ascii", "replace").strip().strip(".").lower()
