"""What the office may set about cards: days, ladders, rules; every default is the domain's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType

from bot.domain.calendar import STOCKHOLM, WorkingDays
from bot.domain.reminders import Ladder, Rung, To
from bot.domain.reserve_rules import MONTHS, Rule

RESERVE, BACK, RECEIPT, POLICE, APPOINTMENT, EXPIRY, PICKUP = (
    "reserve", "return", "receipt", "police", "appointment", "expiry", "pickup",
)  # fmt: skip
NAMES = (RESERVE, BACK, RECEIPT, POLICE, APPOINTMENT, EXPIRY)  # those of the data file


def _nothing(name: str) -> Ladder:
    return Ladder(name, ())


@dataclass(frozen=True, slots=True)
class CardPolicy:
    """How cards are ordered, lent and chased."""

    pickup_days: tuple[int, ...] = (30, 60, 80)
    void_days: int = 90
    months: int = MONTHS
    rules: tuple[Rule, ...] = ()
    ladders: Mapping[str, Ladder] = field(default_factory=lambda: MappingProxyType({}))
    most_extensions: int = 2
    most_letters: int = 24  # reminders about one card, ever
    quiet_from: time = time(18, 0)  # no reminder from then, Stockholm's time
    quiet_until: time = time(7, 0)
    stock_low: int = 5  # blanks in the drawer
    stock_days: int = 60  # before a blank runs out
    inventory_months: tuple[int, ...] = (2, 5, 8, 11)
    guide: str = "lathund.pdf"

    def ladder(self, name: str) -> Ladder:
        """Return the ladder *name*; one that the office has not set up has no rungs."""
        if name == PICKUP:
            holder = (To.HOLDER,)
            rungs = (Rung(f"{n}", n - self.void_days, holder) for n in self.pickup_days)
            void = Rung(f"{self.void_days}", 0, (To.HOLDER, To.MANAGER))
            return Ladder(PICKUP, (*rungs, void), "F")
        return self.ladders.get(name) or _nothing(name)

    def may_write(self, now: datetime, days: WorkingDays) -> bool:
        """Tell whether reminders may go at the instant *now*: a working day, no quiet hour."""
        local = now.astimezone(STOCKHOLM)
        return days.is_open(local.date()) and self.quiet_until <= local.time() < self.quiet_from

    def next_chance(self, now: datetime, days: WorkingDays) -> date:
        """Return the day on which reminders may go next, from *now* on."""
        local = now.astimezone(STOCKHOLM)
        day = local.date()
        if days.is_open(day) and local.time() < self.quiet_from:
            return day
        return days.after(day, 1)

    def opening(self, now: datetime, days: WorkingDays) -> datetime:
        """Return the instant at which reminders may go next, when they may not go *now*."""
        day = self.next_chance(now, days)
        return datetime.combine(day, self.quiet_until, STOCKHOLM)
