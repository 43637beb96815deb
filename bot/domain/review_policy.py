"""What the office may set about the quarterly review; every default is the domain's (§5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.calendar import WorkingDays

Span = tuple[tuple[int, int], tuple[int, int]]  # (month, day) from and to, both included


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """When managers are asked, reminded and passed over; what their answers may do."""

    months: tuple[int, ...] = (2, 5, 8, 11)
    day: int = 22  # the letters go on the first working day from then
    preview_days: int = 1  # working days between the preview and the letters
    by_calendar: bool = True  # the quarter begins by itself; False: only by command
    needs_release: bool = True  # staff let the letters go, by reply or command
    reminder_days: tuple[int, ...] = (5, 10)  # working days from the letter
    escalation_day: int = 15
    close_day: int = 25
    undo_days: int = 2  # working days in which «ÅNGRA» restores
    renew_within_days: int = 60  # a «kvar» renews what ends within so many days
    answer_counts: bool = False  # «slutat» ends the record without a signed form
    quiet: tuple[Span, ...] = (((6, 15), (8, 20)), ((12, 15), (1, 10)))

    def is_quiet(self, day: date) -> bool:
        """Tell whether no review mail goes on *day* (domain §3, decision)."""
        at = (day.month, day.day)
        return any(
            a <= at <= b if a <= b else at >= a or at <= b  # a span may go over New Year
            for a, b in self.quiet
        )

    def open_from(self, day: date, days: WorkingDays) -> date:
        """Return the first working day from *day* on that is in no quiet time."""
        day = days.on_or_after(day)
        while self.is_quiet(day):
            day = days.on_or_after(day + timedelta(days=1))
        return day

    def send_day(self, year: int, month: int, days: WorkingDays) -> date:
        """Return the day on which the letters of the quarter that *month* stands for go."""
        return self.open_from(date(year, month, self.day), days)

    def preview_day(self, year: int, month: int, days: WorkingDays) -> date:
        """Return the day on which staff get the preview: so many working days before."""
        day = self.send_day(year, month, days)
        for _ in range(self.preview_days):
            day = days.on_or_before(day - timedelta(days=1))
        return day
