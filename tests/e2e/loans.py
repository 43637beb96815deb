"""Loans of reserve cards and what becomes of each: plain facts, the last days by hand. No test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LONG = "2029-12-31"  # the last day of an employment that ends nowhere near


@dataclass(frozen=True)
class Step:
    """Something that happens to a loan: just before that day's round, or *late*, at ten past six."""

    what: str
    day: date
    last: date | None = None  # the day that it speaks of
    who: str = "holder"
    late: bool = False


@dataclass(frozen=True)
class Loan:
    """A card lent on *out*; *due* is its last day as somebody with a wall calendar has found it."""

    says: str
    out: date
    due: date
    steps: tuple[Step, ...]
    until: date | None
    employed: date
    unit: str
    mail: bool
    protected: bool


@dataclass(frozen=True)
class Rehearsal:
    """Nine months at the office; on the days of the outage nothing runs."""

    first: date
    last: date
    own: frozenset[date]  # closed days of the office's own
    outage: tuple[date, date]
    loans: tuple[Loan, ...]


def loan(
    says: str, out: str, due: str, *steps: Step, until: str = "", employed: str = LONG,
    unit: str = "", mail: bool = True, protected: bool = False,
) -> Loan:  # fmt: skip
    """Return a loan whose days are written as text."""
    wanted = date.fromisoformat(until) if until else None
    return Loan(
        says, date.fromisoformat(out), date.fromisoformat(due), steps, wanted,
        date.fromisoformat(employed), unit, mail, protected,
    )  # fmt: skip


def step(what: str, day: str, last: str = "", *, who: str = "holder", late: bool = False) -> Step:
    """Return a step whose days are written as text."""
    spoken = date.fromisoformat(last) if last else None
    return Step(what, date.fromisoformat(day), spoken, who, late)


def back(day: str, *, late: bool = False) -> Step:
    """Staff record that the card is back."""
    return step("returned", day, late=late)


def activated(day: str, *, late: bool = False) -> Step:
    """Staff record that the holder uses an ordinary card now."""
    return step("activated", day, day, late=late)


def cancelled(day: str, last: str) -> Step:
    """The manager's signed cancellation comes: the employment ends on *last*."""
    return step("cancelled", day, last)


def imported(day: str, last: str) -> Step:
    """The register of persons is brought in anew: the employment ends on *last*."""
    return step("imported", day, last)


def said_back(day: str, *, who: str = "holder") -> Step:
    """«Redan lämnat» comes as a reply to a reminder."""
    return step("said_back", day, who=who)


def found(day: str) -> Step:
    """Staff have looked: the card is there."""
    return step("found", day)


def not_there(day: str) -> Step:
    """Staff have looked: the card is not there."""
    return step("not_there", day)


def wishes(day: str, last: str) -> Step:
    """The holder asks to keep the card until *last*."""
    return step("wishes", day, last)


def agreed(day: str, last: str) -> Step:
    """The manager answers yes to the holder's wish."""
    return step("agreed", day, last, who="manager")


def refused(day: str) -> Step:
    """The manager answers no to the holder's wish."""
    return step("refused", day, who="manager")


def prolonged(day: str, last: str) -> Step:
    """The manager answers a reminder with a later day."""
    return step("prolonged", day, last, who="manager")


SPRING = Rehearsal(  # both clock changes, Easter, 1 May, Ascension, 6 June, Midsommar
    date(2026, 1, 31),
    date(2026, 10, 31),
    frozenset({date(2026, 5, 15), date(2026, 6, 5)}),
    (date(2026, 7, 6), date(2026, 7, 15)),
    (
        loan("31 January is lent to 30 April", "2026-01-31", "2026-04-30"),
        loan("due on 1 May, back on the day of +5", "2026-02-01", "2026-04-30", back("2026-05-08")),
        loan("due on Ascension, back late on the day of +1", "2026-02-14", "2026-05-13",
             back("2026-05-18", late=True)),
        loan("due on the national day", "2026-03-06", "2026-06-04"),
        loan("due on Midsommarafton", "2026-03-19", "2026-06-18", back("2026-06-29")),
        loan("due on Good Friday", "2026-02-10", "2026-04-02", until="2026-04-03"),
        loan("due on Easter Monday, back on the day of +1", "2026-02-16", "2026-04-02",
             back("2026-04-07"), until="2026-04-06"),
        loan("-3 on Easter Monday, back late on the last day", "2026-02-20", "2026-04-09",
             back("2026-04-09", late=True), until="2026-04-09"),
        loan("-3 on the Sunday when summer time begins", "2026-02-05", "2026-04-01",
             back("2026-03-28"), until="2026-04-01"),
        loan("+1 after that Sunday", "2026-02-03", "2026-03-27", until="2026-03-27"),
        loan("last day is the first Monday of summer time", "2026-02-09", "2026-03-30",
             back("2026-03-31", late=True), until="2026-03-30"),
        loan("31 May is lent to 31 August", "2026-05-31", "2026-08-31",
             back("2026-08-31", late=True)),
        loan("31 March is lent to 30 June, back before all", "2026-03-31", "2026-06-30",
             back("2026-06-01")),
        loan("ten days before the employment ends", "2026-06-15", "2026-06-25",
             employed="2026-06-25"),
        loan("ten days, back on the day of -3", "2026-08-10", "2026-08-20", back("2026-08-17"),
             until="2026-08-20"),
        loan("two days, back late on the day of +1", "2026-08-18", "2026-08-20",
             back("2026-08-21", late=True), until="2026-08-20"),
        loan("one day only", "2026-09-01", "2026-09-01", until="2026-09-01"),
        loan("employed to a Saturday, back the day after", "2026-03-02", "2026-05-22",
             back("2026-05-23"), employed="2026-05-23"),
        loan("no mail address", "2026-04-27", "2026-06-03", until="2026-06-03", mail=False),
        loan("no mail address, summer time ends", "2026-08-24", "2026-10-23", until="2026-10-23",
             mail=False),
        loan("-3 on the Sunday when summer time ends", "2026-08-03", "2026-10-28",
             until="2026-10-28"),
        loan("last day is the first Monday of winter time", "2026-07-27", "2026-10-26",
             until="2026-10-26"),
        loan("an ordinary card is activated", "2026-04-15", "2026-07-15", activated("2026-05-20"),
             back("2026-05-27")),
        loan("activated on a Saturday, never back", "2026-04-20", "2026-07-20",
             activated("2026-06-06")),
        loan("activated in the evening", "2026-08-13", "2026-11-13",
             activated("2026-09-10", late=True), back("2026-09-16", late=True)),
        loan("cancelled with a month to go", "2026-03-23", "2026-06-23",
             cancelled("2026-04-22", "2026-05-29")),
        loan("cancelled the day before", "2026-05-11", "2026-08-11",
             cancelled("2026-08-04", "2026-08-05"), back("2026-08-07")),
        loan("an import ends the employment", "2026-07-20", "2026-10-20",
             imported("2026-09-07", "2026-09-25")),
        loan("an import says that it has ended", "2026-07-21", "2026-10-21",
             imported("2026-09-14", "2026-09-11")),
        loan("said back, and found", "2026-03-09", "2026-06-09", said_back("2026-06-08"),
             found("2026-06-10")),
        loan("said back, and not there", "2026-02-24", "2026-05-06", said_back("2026-05-04"),
             not_there("2026-05-12"), until="2026-05-06"),
        loan("the manager says back, nobody looks", "2026-06-01", "2026-09-01",
             said_back("2026-09-03", who="manager")),
        loan("the holder wishes, the manager agrees", "2026-03-16", "2026-05-04",
             wishes("2026-04-21", "2026-06-12"), agreed("2026-04-23", "2026-06-12"),
             back("2026-06-12"), until="2026-05-04"),
        loan("the manager prolongs what is late", "2026-04-07", "2026-05-21",
             prolonged("2026-05-25", "2026-06-30"), until="2026-05-21"),
        loan("the manager refuses", "2026-07-20", "2026-09-18", wishes("2026-09-07", "2026-10-01"),
             refused("2026-09-09"), back("2026-09-16"), until="2026-09-18"),
        loan("no longer than three months", "2026-06-08", "2026-09-08",
             wishes("2026-08-26", "2026-09-30"), back("2026-09-08")),
        loan("lost before the last day", "2026-05-04", "2026-08-04", step("lost", "2026-08-03")),
        loan("outage: 0, +1, +5", "2026-04-08", "2026-07-08"),
        loan("outage: back during it", "2026-04-10", "2026-07-10", back("2026-07-13")),
        loan("outage: -3", "2026-04-17", "2026-07-17", back("2026-07-20")),
        loan("outage: +5, +10", "2026-04-01", "2026-07-01"),
        loan("outage: -14", "2026-04-24", "2026-07-24", back("2026-07-21")),
        loan("outage: the reply waits in the mailbox", "2026-04-14", "2026-07-14",
             said_back("2026-07-08")),
        loan("outage: -3, the last day is the day after", "2026-04-16", "2026-07-16",
             back("2026-07-16", late=True)),
        loan("outage: lent during it", "2026-07-10", "2026-07-17", until="2026-07-17"),
        loan("outage: all of it", "2026-06-29", "2026-07-07", until="2026-07-07"),
        loan("protected", "2026-03-03", "2026-06-03", back("2026-06-30"), protected=True),
        loan("the unit gets a new manager", "2026-05-12", "2026-08-12", unit="V112"),
        loan("the unit's manager has none above", "2026-02-25", "2026-04-10", until="2026-04-10",
             unit="V113"),
    ),
)  # fmt: skip
AUTUMN = Rehearsal(  # All Saints, Christmas, New Year, leap day, both clock changes, 6 June, Midsommar
    date(2027, 9, 29),
    date(2028, 6, 30),
    frozenset({date(2028, 1, 7), date(2028, 5, 26)}),
    (date(2028, 2, 3), date(2028, 2, 12)),
    (
        loan("29 November is lent to leap day", "2027-11-29", "2028-02-29"),
        loan("30 November too", "2027-11-30", "2028-02-29", back("2028-02-29", late=True)),
        loan("28 November is lent to the 28th", "2027-11-28", "2028-02-28", back("2028-03-01")),
        loan("30 September to the day before New Year's Eve", "2027-09-30", "2027-12-30"),
        loan("due on Christmas Eve", "2027-10-01", "2027-12-23", until="2027-12-24"),
        loan("due on New Year's Eve", "2027-10-04", "2027-12-30", back("2028-01-03"),
             until="2027-12-31"),
        loan("due on New Year's Day", "2027-10-05", "2027-12-30", back("2027-12-31"),
             until="2028-01-01"),
        loan("due on Epiphany", "2027-10-07", "2028-01-05", back("2028-01-10", late=True),
             until="2028-01-06"),
        loan("due on a day of the office's own", "2027-11-10", "2028-01-05", until="2028-01-07"),
        loan("-14 and -3 on closed days", "2027-11-11", "2028-01-10", until="2028-01-10"),
        loan("-3 on Christmas Eve", "2027-11-12", "2027-12-27", back("2027-12-28"),
             until="2027-12-27"),
        loan("-3 on the day that it is lent", "2027-10-29", "2027-11-01", until="2027-11-01"),
        loan("+1 on All Saints", "2027-10-06", "2027-11-05", back("2027-11-12"),
             until="2027-11-05"),
        loan("-3 on All Saints", "2027-10-08", "2027-11-09", back("2027-11-09"),
             until="2027-11-09"),
        loan("-3 on the Sunday when summer time ends", "2027-10-11", "2027-11-03",
             back("2027-11-04"), until="2027-11-03"),
        loan("31 January is lent to the Friday before 30 April", "2028-01-31", "2028-04-28"),
        loan("leap day is lent to 29 May", "2028-02-29", "2028-05-29", back("2028-06-07")),
        loan("due on the national day", "2028-03-06", "2028-06-05"),
        loan("due on Midsommarafton", "2028-03-23", "2028-06-22"),
        loan("due on Good Friday, no mail address", "2028-02-16", "2028-04-13", until="2028-04-14",
             mail=False),
        loan("-3 in Easter", "2028-02-17", "2028-04-18", back("2028-04-19"), until="2028-04-18"),
        loan("-3 on the Sunday when summer time begins", "2028-02-21", "2028-03-29",
             back("2028-03-29"), until="2028-03-29"),
        loan("+1 after that Sunday", "2028-02-22", "2028-03-24", until="2028-03-24"),
        loan("outage: 0, +1, +5", "2027-11-15", "2028-02-04", until="2028-02-04"),
        loan("outage: -3, the last day is the day after", "2027-11-16", "2028-02-14",
             until="2028-02-14"),
        loan("outage: +1 on the Monday after", "2027-11-11", "2028-02-11"),
        loan("outage: back on the Sunday after", "2027-11-08", "2028-02-08",
             back("2028-02-13", late=True)),
        loan("outage: ordinary card activated in it", "2027-12-13", "2028-03-13",
             activated("2028-02-09")),
        loan("cancelled to leap day", "2027-12-20", "2028-03-20",
             cancelled("2028-02-28", "2028-02-29")),
        loan("activated on Christmas Eve", "2027-11-17", "2028-02-17", activated("2027-12-24"),
             back("2028-01-11")),
        loan("said back over New Year, not there", "2027-10-12", "2027-12-29",
             said_back("2027-12-28"), not_there("2027-12-31"), until="2027-12-29"),
        loan("prolonged over Christmas", "2027-10-13", "2027-12-10",
             wishes("2027-11-29", "2028-01-13"), agreed("2027-12-01", "2028-01-13"),
             back("2028-01-14"), until="2027-12-10"),
        loan("an import on Christmas Eve ends it with the year", "2027-11-18", "2028-02-18",
             imported("2027-12-24", "2027-12-31"), back("2028-01-04")),
        loan("protected", "2027-11-19", "2028-02-18", back("2028-03-20"), protected=True),
    ),
)  # fmt: skip
