"""Who lives in the made-up municipality: managers with habits, persons, holders of cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.rehearsal.dice import Dice

DOMAIN = "jarfalla.example"
_GIVEN = ("Åsa", "Nour", "Björn", "Zeynep", "Göran", "Anna-Karin", "Kwame", "Märta")
_SURNAMES = ("Öberg", "Ekström", "García", "Lundqvist", "Ängquist", "Haddad", "Sjöö")
_MORE = ("berg", "ström", "dal", "lund", "holm", "kvist", "mark", "stad", "gren", "fors")
_UNITS = ("Hemtjänst", "Skola", "Gruppbostad", "Förskola", "Äldreboende")
_PER_UNIT = 20
_PROTECTED = 0.01  # of the persons
_LENT = 0.03  # of the persons hold a reserve card when the year begins


class Habit(StrEnum):
    """How somebody treats letters."""

    PROMPT = "prompt"
    LATE = "late"
    AWAY = "away"  # on leave: an automatic reply, then an answer when back
    CHANGES = "changes"  # answers, and thinks better of it
    ODD = "odd"  # writes so that nobody is sure
    SILENT = "silent"


HABITS = (
    (Habit.PROMPT, 0.55), (Habit.LATE, 0.2), (Habit.AWAY, 0.1), (Habit.CHANGES, 0.05),
    (Habit.ODD, 0.05), (Habit.SILENT, 0.05),
)  # fmt: skip
HOLDERS = ((Habit.PROMPT, 0.6), (Habit.LATE, 0.25), (Habit.ODD, 0.1), (Habit.SILENT, 0.05))


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
    """A person; *number* has twelve digits, of the series that no living person is given."""

    index: int
    number: str
    given_name: str
    surname: str
    chief: Chief
    habit: Habit
    until: date
    protected: bool = False
    card: str = ""  # the reserve card that is lent when the year begins

    @property
    def name(self) -> str:
        """Return the name as letters say it."""
        return f"{self.given_name} {self.surname}"

    @property
    def mail(self) -> str:
        """Return the address at work."""
        return f"person{self.index}@{DOMAIN}"

    @property
    def phone(self) -> str:
        """Return a telephone number, national digits."""
        return f"08555{self.index % 100000:05}"


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

    def persons_csv(self, first: date) -> str:
        """Return the register of persons."""
        head = (
            "person_id,given_name,middle_name,surname,title,unit_id,mail,phone,"
            "valid_from,valid_until,hsa_id,protected"
        )
        rows = (
            f"{p.number},{p.given_name},,{p.surname},Undersköterska,{p.chief.unit_id},"
            f"{p.mail},{p.phone},{first - timedelta(days=90)},{p.until},,"
            f"{'ja' if p.protected else 'nej'}"
            for p in self.people
        )
        return "\n".join((head, *rows)) + "\n"

    def cards_csv(self, first: date) -> str:
        """Return the reserve cards that are lent."""
        head = "kind,number,person_id,status,loa,reasons,handed_out,due"
        lent = first - timedelta(days=10)
        rows = (
            f"reserve,{p.card},{p.number},handed_out,3,short_term,{lent},"
            for p in self.people
            if p.card
        )
        return "\n".join((head, *rows)) + "\n"


def test_number(index: int) -> str:
    """Return the *index*-th number of the series 980-999, which no living person is given."""
    born = date(1960, 1, 1) + timedelta(days=index % 14000)
    serial = 980 + index // 14000
    ten = f"{born:%y%m%d}{serial}"
    total = sum(sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(ten))
    return f"{born:%Y%m%d}{serial}{-total % 10}"


def citizen(dice: Dice, index: int, chief: Chief, until: date, *, new: bool = False) -> Citizen:
    """Return the *index*-th person; one who is *new* has no card and is not protected."""
    own = f"{_MORE[index % 10]}{_MORE[index // 10 % 10]}{_MORE[index // 100 % 10]}"
    surname = f"{_SURNAMES[dice.below(7, 'surname', index)]} {own.capitalize()}"
    protected = not new and dice.share("protected", index) < _PROTECTED
    if protected:
        surname = f"Hemlig{own}"
    lent = not new and not protected and dice.share("lent", index) < _LENT
    return Citizen(
        index, test_number(index), _GIVEN[dice.below(8, "given", index)], surname, chief,
        dice.one(HOLDERS, "holder", index), until, protected,
        f"97522798{index:08}" if lent else "",
    )  # fmt: skip


def settled(dice: Dice, persons: int, first: date) -> Municipality:
    """Return a municipality of so many *persons*."""
    units = max(1, persons // _PER_UNIT)
    chiefs = tuple(
        Chief(
            f"{_GIVEN[dice.below(8, 'chief', n)]} {_SURNAMES[n % 7]}{_MORE[n // 7 % 10]}",
            f"chef{n}@{DOMAIN}", f"S{n:04}", f"{_UNITS[n % 5]} {n + 1}",
            dice.one(HABITS, "habit", n),
        )
        for n in range(units)
    )  # fmt: skip
    people = tuple(
        citizen(dice, n, chiefs[n % units], first + timedelta(days=30 + dice.below(360, "till", n)))
        for n in range(persons)
    )
    return Municipality(chiefs, people)
