"""What happens in a made-up year: people start, leave, borrow and lose cards; the mail fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar import WorkingDays
from bot.rehearsal.dice import Dice
from bot.rehearsal.municipality import Citizen, Municipality, citizen

_YEAR = 365


class What(StrEnum):
    """What may happen."""

    START = "start"
    LEAVE = "leave"
    TITLE = "title"
    LOAN = "loan"
    LOSE = "lose"
    WONDER = "wonder"  # a manager writes what no rule understands
    SPAM = "spam"
    NO_MAILBOX = "no_mailbox"  # the mailbox does not answer that day
    NO_POST = "no_post"  # no letter can be sent that day
    CRASH = "crash"  # the power goes in the middle of a round


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing on one day; *who* where it is about a person."""

    what: What
    number: int
    who: Citizen | None = None
    signed: bool = True  # the form that follows bears a signature at once


_PER_PERSON = {  # how many a year for each person
    What.START: 0.10, What.LEAVE: 0.08, What.TITLE: 0.05, What.LOAN: 0.06, What.LOSE: 0.015,
}  # fmt: skip
_PER_CHIEF = {What.WONDER: 0.5, What.SPAM: 0.3}
_PER_YEAR = {What.NO_MAILBOX: 4.0, What.NO_POST: 4.0, What.CRASH: 6.0}
_UNSIGNED = 0.08


def happenings(
    dice: Dice, town: Municipality, first: date, days: int, working: WorkingDays
) -> Mapping[date, tuple[Happening, ...]]:
    """Return what happens on each day, the same for the same dice."""
    found: dict[date, list[Happening]] = defaultdict(list)
    left: set[int] = set()
    number = len(town.people)
    for what, each in (*_PER_PERSON.items(), *_PER_CHIEF.items(), *_PER_YEAR.items()):
        of = len(town.people) if what in _PER_PERSON else len(town.chiefs)
        share = days / _YEAR * (1 if what in _PER_YEAR else of)
        for n in range(int(each * share + dice.share("rest", what))):
            day = working.on_or_after(first + timedelta(days=dice.below(days, what, "day", n)))
            who = None
            if what is What.START:
                chief = town.chiefs[dice.below(len(town.chiefs), what, "chief", n)]
                who = citizen(dice, number, chief, day + timedelta(days=_YEAR), new=True)
                number += 1
            elif what in _PER_PERSON:
                who = town.people[dice.below(len(town.people), what, "who", n)]
                if who.protected or who.index in left:
                    continue
                left |= {who.index} if what is What.LEAVE else set()
            signed = dice.share("signed", what, n) >= _UNSIGNED
            found[day].append(Happening(what, n, who, signed))
    return {day: tuple(sorted(some, key=lambda h: (h.what, h.number)))
            for day, some in found.items()}  # fmt: skip
