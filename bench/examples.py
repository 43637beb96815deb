"""Examples of corrected fields: how many are read right, how many wrong under "sure"."""

from __future__ import annotations

from bench.rows import Row
from tests.examples import samples, score


def measure() -> list[Row]:
    """Read our own examples, or those of the folder ``EKBOT_EXAMPLES``."""
    found = score(samples())
    share = 100 * found.right / found.all if found.all else 0.0
    return [
        Row("examples read right", share, None, "%", f"{found.right} of {found.all}"),
        Row("examples wrong under sure", found.wrong, None, "fields", "must be 0"),
    ]
