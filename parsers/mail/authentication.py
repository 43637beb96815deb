"""Whether the author named in From is authenticated, by the gateway's own word (RFC 8601)."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What is known of the author."""

    PASS = "pass"
    FAIL = "fail"  # somebody tried and it did not hold
    NONE = "none"  # nothing was said by anybody we trust
