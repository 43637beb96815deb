"""Differences from the catalogue as JSON and in words; of a protected person that there is one."""

from __future__ import annotations

from bot.cli.shapes import Json
from bot.domain.drift import GONE, UNCLEAR, UNKNOWN, Difference, Drift
from bot.domain.labels import label
from bot.domain.records import Record
from bot.ports.store import Work

_SAYS = {GONE: "saknas i katalogen", UNKNOWN: "finns bara i katalogen",
         UNCLEAR: "går inte att läsa i katalogen"}  # fmt: skip


def drifts(work: Work) -> list[Json]:
    """Return the differences that are not over, a person's together."""
    live = {c.id for c in work.cases.list(open_only=True)}
    rows = work.drifts.open()
    records = work.drifts.held(d.person for d in rows)
    found = [_drift(d, records.get(d.person), answered=d.case not in live) for d in rows]
    return sorted(found, key=lambda row: (row["since"], row["id"] or "", row["attribute"] or ""))


def _drift(row: Drift, record: Record | None, *, answered: bool) -> Json:
    hidden = not (row.ours or row.theirs) or (record is not None and record.entry.protected)
    shown: Json = {
        "name": record.entry.full_name if record is not None else row.theirs,
        "person_number": str(row.person),
        "attribute": row.attribute,
        "ours": row.ours,
        "theirs": row.theirs,
    }
    return {
        "id": f"P-{record.id}" if record is not None else None,
        **{name: None if hidden else value for name, value in shown.items()},
        "status": "answered" if answered else "open",
        "since": row.since.isoformat(),
        "seen": row.seen.isoformat(),
        "case": f"K-{row.case}" if row.case is not None else None,
        "protected": hidden,
    }


def difference(one: Difference) -> Json:
    """Return a difference as the two say it now."""
    return {"attribute": one.attribute, "ours": one.ours, "theirs": one.theirs}


def said(attribute: str) -> str:
    """Return what differs in the clerk's words."""
    return _SAYS.get(attribute) or label(attribute)
