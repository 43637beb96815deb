"""A ladder of reminders: which rung has been reached, and when the next one is. Sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar import WorkingDays


class To(StrEnum):
    """Who is told at a rung."""

    HOLDER = "holder"
    MANAGER = "manager"
    STAFF = "staff"
    SUPERIOR = "superior"  # the manager's own manager


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: so many days, or working days, from the day it counts from."""

    name: str
    days: int
    to: tuple[To, ...]
    working: bool = False  # *days* are working days
    block: bool = False  # a work item to block the card comes with it


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs in order of time, with the source of the rule."""

    name: str
    rungs: tuple[Rung, ...]
    source: str = "D"


def day_of(rung: Rung, anchor: date, days: WorkingDays) -> date:
    """Return the working day on which *rung* goes, counted from *anchor*.

    One before the day it counts from that would fall on a closed day goes out on the working day
    before, any other on the working day after (domain §3, decision).
    """
    if rung.working and rung.days >= 0:
        return days.after(anchor, rung.days)
    day = anchor + timedelta(days=rung.days)
    return days.on_or_before(day) if rung.days < 0 else days.on_or_after(day)


def climb(
    ladder: Ladder, anchor: date, today: date, days: WorkingDays, *,
    climbed: Sequence[str] = (), after: date | None = None,
) -> Rung | None:  # fmt: skip
    """Return the rung to act on *today*: the highest reached, if neither it nor a higher one was.

    After an outage the ones between are left out. Rungs whose day is not later than *after* count
    as past: a loan that begins ten days before its end is not reminded of its fourteenth.
    """
    reached = [r for r in ladder.rungs if day_of(r, anchor, days) <= today]
    if not reached:
        return None
    top = reached[-1]
    order = [r.name for r in ladder.rungs]
    highest = max((order.index(name) for name in climbed if name in order), default=-1)
    if order.index(top.name) <= highest:
        return None
    return top if after is None or day_of(top, anchor, days) > after else None


def next_day(
    ladder: Ladder, anchor: date, today: date, days: WorkingDays, *, after: date | None = None
) -> date | None:
    """Return the day of the next rung later than *today* and than *after*; None after the last."""
    floor = today if after is None else max(today, after)
    later = (day_of(r, anchor, days) for r in ladder.rungs)
    return min((d for d in later if d > floor), default=None)
