"""Who lives in the made-up municipality: managers with habits, and persons on their units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.rehearsal.dice import Dice

DOMAIN = "jarfalla.example"
_GIVEN = ("Åsa", "Nour", "Björn", "Zeynep", "Göran", "Anna-Karin", "Kwame", "Märta")
_SURNAMES = ("Öberg", "Ekström", "García", "Lundqvist", "Ängquist", "Haddad", "Sjöö")
_UNITS = ("Hemtjänst", "Skola", "Gruppbostad", "Förskola", "Äldreboende")
_PER_UNIT = 20


class Habit(StrEnum):
    """How a manager treats letters."""

    PROMPT = "prompt"
    LATE = "late"
    AWAY = "away"  # on leave: an automatic reply, then an answer when back
    SILENT = "silent"


HABITS = ((Habit.PROMPT, 0.6), (Habit.LATE, 0.25), (Habit.AWAY, 0.1), (Habit.SILENT, 0.05))


@dataclass(frozen=True, slots=True)
class Chief:
    """A manager of one unit."""

    name: str
    mail: str
    unit_id: str
    unit: str
    habit: Habit


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person in the register."""

    number: str  # twelve digits, of the series that is kept for tests
    given_name: str
    surname: str
    unit_id: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Municipality:
    """Everybody, as the day before the first."""

    chiefs: tuple[Chief, ...]
    people: tuple[Citizen, ...]

    def managers_csv(self, since: date) -> str:
        """Return the register of managers."""
        head = (
            "name,mail,unit_id,unit,valid_from,valid_to,"
            "deputy_mail,deputy_from,deputy_to,superior_mail"
        )
        top = f"forvaltningschef@{DOMAIN}"
        rows = (f"{c.name},{c.mail},{c.unit_id},{c.unit},{since},,,,,{top}" for c in self.chiefs)
        return "\n".join((head, *rows)) + "\n"

    def persons_csv(self) -> str:
        """Return the register of persons."""
        head = (
            "person_id,given_name,middle_name,surname,title,unit_id,mail,phone,"
            "valid_from,valid_until,hsa_id,protected"
        )
        rows = (
            f"{p.number},{p.given_name},,{p.surname},Undersköterska,{p.unit_id},"
            f"person{n}@{DOMAIN},085550{n:04},{p.valid_from},{p.valid_until},,"
            for n, p in enumerate(self.people)
        )
        return "\n".join((head, *rows)) + "\n"


def test_number(index: int) -> str:
    """Return the *index*-th number of the series 980-999, which no living person is given."""
    born = date(1950, 1, 1) + timedelta(days=index % 15000)
    serial = 980 + index // 15000
    ten = f"{born:%y%m%d}{serial}"
    total = sum(sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(ten))
    return f"{born:%Y%m%d}{serial}{-total % 10}"


def settled(dice: Dice, persons: int, first: date) -> Municipality:
    """Return a municipality of so many *persons*."""
    units = max(1, persons // _PER_UNIT)
    chiefs = tuple(
        Chief(
            f"{_GIVEN[dice.below(8, 'chief', n)]} {_SURNAMES[n % 7]}",
            f"chef{n}@{DOMAIN}", f"S{n:04}", f"{_UNITS[n % 5]} {n + 1}",
            dice.one(HABITS, "habit", n),
        )
        for n in range(units)
    )  # fmt: skip
    people = tuple(
        Citizen(
            test_number(n), _GIVEN[dice.below(8, "given", n)],
            _SURNAMES[dice.below(7, "surname", n)], chiefs[n % units].unit_id,
            first - timedelta(days=90), first + timedelta(days=30 + dice.below(240, "until", n)),
        )
        for n in range(persons)
    )  # fmt: skip
    return Municipality(chiefs, people)
