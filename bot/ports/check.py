"""What ``doctor`` asks of every connection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One line of ``doctor``: what was looked at, whether it is well, what to do if not."""

    name: str
    ok: bool
    seen: str
    advice: str = ""
