"""``make bench``: every measurement beside its peer in the same run, one table, one JSON file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import (
    backends_exchange,
    backends_graph,
    backends_ldap,
    backends_mail,
    campaign,
    cards,
    digests,
    examples,
    forms,
    growth,
    mails,
    reviews,
)
from bench.rows import Row
from bench.scans import bench as scans

PARTS: tuple[tuple[str, Callable[[], list[Row]]], ...] = (
    ("forms", forms.measure),
    ("mails", mails.measure),
    ("ldap", backends_ldap.measure),
    ("imap", backends_mail.measure),
    ("graph", backends_graph.measure),
    ("exchange", backends_exchange.measure),
    ("growth", growth.measure),
    ("cards", cards.measure),
    ("digest", digests.measure),
    ("campaign", campaign.measure),
    ("reviews", reviews.measure),
    ("examples", examples.measure),
    ("scans", scans.measure),
)


def main() -> None:
    """Measure all parts, or those named on the command line."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, children too
    wanted = set(sys.argv[1:])
    rows: list[Row] = []
    for name, measure in PARTS:
        if not wanted or name in wanted:
            rows += measure()
    table = Table(title="EK-bot, one core", title_justify="left")
    for head in ("what", "ours", "peer", "unit", "ratio", "note"):
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row.cells())
    Console(width=150).print(table)
    target = Path(__file__).parent / "results.json"
    target.write_text(json.dumps([asdict(r) for r in rows], indent=2, ensure_ascii=False) + "\n")
    print(f"written: {target.name}")


if __name__ == "__main__":
    main()
