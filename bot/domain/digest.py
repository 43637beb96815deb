"""The day folded into one page for staff. Counts and sorts; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.calendar import today as day_of
from bot.domain.cases import Case, Priority, Status
from bot.domain.letters import Digest, Line, WorkRow


@dataclass(frozen=True, slots=True)
class DaySeen:
    """What the memory says about the time since the last digest."""

    day: date
    live: tuple[Case, ...]  # all cases that are not done
    closed: tuple[Case, ...]  # done since the last digest
    mails: int  # that came since then
    letters: int  # that went since then
    held: int  # letters that wait for a person or for the cap
    health: tuple[Line, ...]


def fold(seen: DaySeen, now: datetime) -> Digest:
    """Return the digest: urgent first, then by age; protected cases only as a number."""
    shown = [c for c in seen.live if not c.protected]
    open_cases = [c for c in shown if c.status is Status.OPEN]
    return Digest(
        day=seen.day,
        urgent=_rows((c for c in open_cases if c.priority is Priority.URGENT), now),
        open=_rows((c for c in open_cases if c.priority is not Priority.URGENT), now),
        waiting=_rows((c for c in shown if c.status is Status.WAITING), now),
        done=_rows((c for c in seen.closed if not c.protected), now),
        protected=sum(c.protected and c.status is not Status.DONE for c in seen.live),
        mails=seen.mails,
        letters=seen.letters,
        held=seen.held,
        health=seen.health,
    )


def _rows(cases: Iterable[Case], now: datetime) -> tuple[WorkRow, ...]:
    return tuple(
        WorkRow(
            handle=c.handle,
            title=c.title,
            why=c.why.text,
            age_days=(day_of(now) - day_of(c.opened)).days,
            urgent=c.priority is Priority.URGENT,
        )
        for c in sorted(cases, key=lambda c: c.id)
    )
