"""The round that makes examples of corrections once nobody can undo them. Decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import __version__
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.examples import MOST, examples
from bot.domain.staff_acts import Act
from bot.ports.store import Work

_CORRECTED = "staff_corrected"  # the event's kind


def keep(services: Services, work: Work, settled: datetime, day: date) -> int:
    """Make examples of the corrections before *settled* that stand; let old ones go.

    To be called just before their trails are let go, which makes each looked at once. Where the
    office has not switched examples on, none is made and all that are there go.
    """
    days = services.facts.examples_days
    count = 0
    for act in work.acts.kept(_CORRECTED, settled) if days else ():
        count += _of(work, act)
    work.examples.purge(day - timedelta(days=days), MOST if days else 0)
    return count


def _of(work: Work, act: Act) -> int:
    if act.undone is not None or act.trail is None:
        return 0
    newer = [a for a in work.acts.about(act.ref) if a.id > act.id and a.act == act.act]
    before = next((t.before for t in act.trail.cases if t.before is not None), None)
    after = work.cases.get(before.id) if before is not None else None
    if newer or before is None or after is None or _protected(work, act):
        return 0
    own = tuple(a for a in after.answers if a.by == act.by and a.on == today(act.at))
    after = replace(after, answers=own)  # what was given later may still be undone
    pictures = {name: png for name, _sha, png in work.kept(before.id)}
    made = examples(before, after, pictures, month=today(act.at), reader=__version__)
    for example in made:
        work.examples.put(example)
    return len(made)


def _protected(work: Work, act: Act) -> bool:
    """Tell whether the person, as far as we know today, is protected."""
    cases = [t.before for t in act.trail.cases if t.before is not None] if act.trail else []
    now = [work.cases.get(c.id) or c for c in cases]
    people = {c.person for c in (*cases, *now) if c.person is not None}
    records = [work.records.get(p) for p in people]
    return any(c.protected for c in now) or any(
        r is not None and r.entry.protected for r in records
    )
