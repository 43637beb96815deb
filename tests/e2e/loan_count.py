"""Which letter each loan must get, on which day, to whom: counted apart from the program. No test.

Reads the facts of the loans and the law's calendar only. A loan is one or more stretches: a last
day, and the days on whose round it stood. In a stretch each rung has a day of its own; one that
falls where nothing may go moves to the next day on which it may, and of several on one day only
the last is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from tests.e2e.loans import Loan, Rehearsal, Step
from tests.filled import managers
from tests.swedish_days import (
    ONE,
    is_open,
    open_from,
    open_until,
    three_months_after,
    working_days_after,
)

STAFF = ("eva.ek@jarfalla.example", "olle.ek@jarfalla.example")
NEW_MANAGER, SINCE = "ny.chef@jarfalla.example", date(2026, 8, 1)
LONE_MANAGER = "ensam.chef@jarfalla.example"
SUPERIOR = "forvaltningschef@jarfalla.example"
ENDS = ("returned", "lost", "found")
CALLS_IN = ("activated", "cancelled", "imported")
AT_ONCE = ("activated",)  # a clerk's own doing: what follows is told there and then
BY_MAIL = ("cancelled", "said_back", "wishes", "agreed", "refused", "prolonged")
Span = tuple[date, date]  # first and last day


class Told(NamedTuple):
    """One letter: about which loan, for which rung, on which day, to whom."""

    loan: str
    kind: str
    rung: str
    on: date
    to: tuple[str, ...]
    by_post: bool


class Reached(NamedTuple):
    """One rung, the day on which it was told, and the last day that it counts from."""

    rung: str
    on: date
    due: date


@dataclass(frozen=True)
class Stretch:
    """A last day, the first and last day on whose round it stood; rungs up to *floor* are past."""

    due: date
    first: date
    last: date
    floor: date | None = None


def unit_of(play: Rehearsal, loan: Loan) -> str:
    """Return the unit on which the holder works."""
    return loan.unit or f"V{101 + play.loans.index(loan) % 11}"


def manager_of(unit: str, day: date) -> str:
    """Return the address of who manages the unit on *day*."""
    if unit == "V113":
        return LONE_MANAGER
    if unit == "V112" and day >= SINCE:
        return NEW_MANAGER
    return next(row["mail"] for row in managers() if row["unit_id"] == unit)


def first_due(play: Rehearsal, loan: Loan) -> date:
    """Return the last day of a new loan: three months, the employment, what was agreed."""
    ends = min(three_months_after(loan.out), loan.employed, loan.until or date.max)
    return open_until(ends, play.own)


def seen(play: Rehearsal, step: Step) -> date:
    """Return the day on which the office sees a step: mail lies unread while nothing runs."""
    begins, ends = play.outage
    waits = step.what in BY_MAIL and begins <= step.day <= ends
    return ends + ONE if waits else step.day


def stretches(play: Rehearsal, loan: Loan) -> tuple[Stretch, ...]:
    """Return the loan's stretches in order."""
    now = Stretch(first_due(play, loan), loan.out, play.last, floor=loan.out)
    done: list[Stretch] = []
    for step in loan.steps:
        day = seen(play, step)
        until = day if step.late else day - ONE
        new = _changed(play, now, step, day)
        if step.what in ENDS:
            return (*done, replace(now, last=until))
        if new is not None:
            done.append(replace(now, last=until))
            now = replace(new, first=until + ONE)
    return (*done, now)


def _changed(play: Rehearsal, now: Stretch, step: Step, day: date) -> Stretch | None:
    if step.what in CALLS_IN:
        assert step.last is not None
        due = open_until(step.last, play.own)
        if due <= day:  # at once: the first day on which the holder can be told
            due = open_from(day + ONE if step.late else day, play.own)
        return replace(now, due=due, floor=None) if due < now.due else None
    if step.what in ("agreed", "prolonged"):
        assert step.last is not None
        return replace(now, due=open_until(step.last, play.own), floor=day)
    return None


def pauses(play: Rehearsal, loan: Loan) -> tuple[Span, ...]:
    """Return the days on which nothing goes about the loan, for somebody says that it is back."""
    begun = [seen(play, s) for s in loan.steps if s.what == "said_back"]
    over = [s.day for s in loan.steps if s.what in ("found", "not_there")]
    return tuple(zip(begun, [d - ONE for d in over] or [play.last], strict=True)) if begun else ()


def rung_days(due: date, own: frozenset[date]) -> tuple[tuple[str, date], ...]:
    """Return on which working day each rung falls, counted from the last day *due*."""
    return (
        ("-14", open_until(due - timedelta(14), own)),
        ("-3", open_until(due - timedelta(3), own)),
        ("0", open_from(due, own)),
        ("+1", open_from(due + timedelta(1), own)),
        ("+5", working_days_after(due, 5, own)),
        ("+10", working_days_after(due, 10, own)),
    )


def goes(play: Rehearsal, day: date, silent: tuple[Span, ...]) -> date:
    """Return the first day from *day* on that is a working day and in no silence."""
    while not is_open(day, play.own) or any(begins <= day <= ends for begins, ends in silent):
        day += ONE
    return day


def told_at_once(play: Rehearsal, loan: Loan) -> tuple[date, ...]:
    """Return the working days on which a clerk calls the card in, in hours: no round is needed."""
    days = (s.day for s in loan.steps if s.what in AT_ONCE and not s.late)
    return tuple(day for day in days if is_open(day, play.own))


def reached(play: Rehearsal, loan: Loan) -> tuple[Reached, ...]:
    """Return each rung that is told, in order."""
    silent = (play.outage, *pauses(play, loan))
    found: list[Reached] = []
    for stretch in stretches(play, loan):
        told: dict[date, str] = {}
        for rung, day in rung_days(stretch.due, play.own):
            if stretch.floor is not None and day <= stretch.floor:
                continue
            on = max(day, stretch.first)
            if on not in told_at_once(play, loan):
                on = goes(play, on, silent)
            if on <= stretch.last:
                told[on] = rung  # a higher rung of the same day takes its place
        found += [Reached(rung, on, stretch.due) for on, rung in told.items()]
    return tuple(found)


def receipts(play: Rehearsal, loan: Loan) -> tuple[tuple[str, date], ...]:
    """Return on which day staff are reminded of the receipt, which never comes in here."""
    told: dict[date, str] = {}
    for count in (2, 10, 30):
        day = goes(play, working_days_after(loan.out, count, play.own), (play.outage,))
        if day <= play.last:
            told[day] = f"+{count}"
    return tuple((rung, day) for day, rung in told.items())


def letters(play: Rehearsal, loan: Loan, holder: str) -> list[Told]:
    """Return every letter that the ladders owe about the loan."""
    if loan.protected:
        return []
    found = [
        Told(loan.says, "receipt_form", rung, day, STAFF, by_post=False)
        for rung, day in receipts(play, loan)
    ]
    for rung, on, _due in reached(play, loan):
        unit = unit_of(play, loan)
        manager = manager_of(unit, on)
        above = () if unit == "V113" else (SUPERIOR,)
        kind = "escalation" if rung == "+10" else "reserve_reminder"
        to: tuple[str, ...] = {
            "-14": (holder,), "-3": (holder,), "0": (holder,), "+1": (holder, manager),
            "+5": (manager,), "+10": (*STAFF, *above),
        }[rung]  # fmt: skip
        if loan.mail or holder not in to:
            found.append(Told(loan.says, kind, rung, on, to, by_post=False))
            continue
        found.append(Told(loan.says, kind, rung, on, STAFF, by_post=True))
        if to != (holder,):
            found.append(Told(loan.says, kind, rung, on, to[1:], by_post=False))
    return found


def standing(play: Rehearsal, loan: Loan, day: date) -> tuple[str, date] | None:
    """Return status and last day after the round of *day*; None before the card is lent."""
    if day < loan.out:
        return None
    past = stretches(play, loan)
    for stretch in past:
        if day <= stretch.last:
            if day == stretch.due:
                return "due", stretch.due
            return "handed_out" if day < stretch.due else "overdue", stretch.due
    ended = next(s for s in loan.steps if s.what in ENDS)
    return "lost" if ended.what == "lost" else "returned", past[-1].due


def in_the_outage(play: Rehearsal, loan: Loan) -> int:
    """Return how many rungs of the loan fell in the outage and were not overtaken by its end."""
    begins, ends = play.outage
    count = 0
    for stretch in stretches(play, loan):
        days = [day for _, day in rung_days(stretch.due, play.own)]
        floor = stretch.floor or date.min
        count += sum(begins <= day <= ends and floor < day for day in days if stretch.last > ends)
    return count
