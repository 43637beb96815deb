"""The faults that an order can have: codes for machines, Swedish sentences for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the field's key (None: the whole form), a code, and a sentence that helps."""

    field: str | None
    code: str
    text: str
