"""Counts anew why and when each letter left: its cause, its rung, its day. Pure.

Days are counted here from the office's open days alone, not by the program's own ladders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_COUNT = re.compile(r"[+-]?\d+")
_IN_WORKING_DAYS = 5  # from this rung on a chase after a card counts working days


@dataclass(frozen=True, slots=True)
class Step:
    """A letter as the memory has it: what called for it, and the day it was decided."""

    name: str  # Message-ID
    kind: str
    about: str  # the case, review or card
    reader: str
    on: date
    cause: str = ""  # "mail" or "day"; "" when nothing called for it
    rung: str = ""
    due: date | None = None  # the day that a chase after a card counts from


@dataclass
class Climbed:
    """The rungs so far, and the day on which each review was asked."""

    rungs: set[tuple[str, str, str, str, date | None]] = field(default_factory=set)
    asked: dict[str, date] = field(default_factory=dict)


def causeless(steps: Iterable[Step]) -> tuple[str, ...]:
    """Tell of each letter that neither a mail nor a day called for."""
    return tuple(f"brev utan orsak: {s.kind} {s.name}" for s in steps if not s.cause)


def repeated(steps: Iterable[Step], climbed: Climbed) -> tuple[str, ...]:
    """Tell of each rung that one reader got twice about the same thing."""
    told = []
    for step in steps:
        if not step.rung:
            continue
        key = (step.kind, step.about, step.rung, step.reader, step.due)
        if key in climbed.rungs:
            told.append(f"samma steg två gånger: {step.kind} {step.rung} {step.name}")
        climbed.rungs.add(key)
    return tuple(told)


def mistimed(
    steps: Iterable[Step], climbed: Climbed, *,
    is_open: Callable[[date], bool], excused: Collection[date] = (),
    quiet: Callable[[date], bool] = lambda _day: False,
) -> tuple[str, ...]:  # fmt: skip
    """Tell of each reminder that came on another day than the one counted here.

    One about a card may come late, when somebody had said that it was back, but never early. One
    about a review comes on its day, or after days on which it could not (*excused*, *quiet*).
    """
    told = []
    for step in steps:
        if step.kind == "review":
            climbed.asked.setdefault(step.about, step.on)
        day = _day_of(step, climbed, is_open)
        if day is None or step.on == day:
            continue
        between = _days(day, step.on)
        late = step.on > day and (
            step.due is not None or any(d in excused or quiet(d) for d in between)
        )
        if not late:
            told.append(f"påminnelse på fel dag: {step.kind} {step.rung}, {step.on} inte {day}")
    return tuple(told)


def _day_of(step: Step, climbed: Climbed, is_open: Callable[[date], bool]) -> date | None:
    """Return the day of a reminder; None for a letter that is no reminder."""
    if _COUNT.fullmatch(step.rung) is None:
        return None
    count = int(step.rung)
    if step.kind == "review_reminder":
        asked = climbed.asked.get(step.about)
        return None if asked is None else _working(asked, count, is_open)
    if step.kind != "reserve_reminder" or step.due is None:
        return None
    if count >= _IN_WORKING_DAYS:
        return _working(step.due, count, is_open)
    day = step.due + count * _DAY
    while not is_open(day):
        day += -_DAY if count < 0 else _DAY
    return day


def _working(day: date, count: int, is_open: Callable[[date], bool]) -> date:
    while count:
        day += _DAY
        count -= is_open(day)
    return day


def _days(first: date, last: date) -> tuple[date, ...]:
    """Return the days from *first* to the day before *last*."""
    return tuple(first + n * _DAY for n in range(max(0, (last - first).days)))
