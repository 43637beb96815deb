"""Sixty managers and those on their lists, for a rehearsal of the review. No test.

Everybody is invented. Whoever matters to a scene bears a tag; rows are counted by the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.filled import numbers

DOMAIN = "jarfalla.example"
LONG = date(2027, 12, 31)  # nobody renews this in the spring
SOON = date(2027, 4, 10)  # within sixty days of every answer in February and March
NORTH, SOUTH, TOP = (f"{who}@{DOMAIN}" for who in ("chef.norr", "chef.soder", "kommundirektor"))
_GIVEN = (
    "Åsa", "Björn", "Cecilia", "Davor", "Eva", "Farid", "Gunilla", "Hassan", "Ingrid", "Jonas",
    "Kerstin", "Lennart", "Märta", "Nour", "Oskar", "Petra", "Rasmus", "Siri", "Tomas", "Ulla",
    "Viktor", "Wilma", "Ylva", "Zeynep",
)  # fmt: skip
_SURNAMES = (
    "Öberg", "Ahlgren", "Bergkvist", "Castillo", "Dahlin", "Engström", "Forsberg", "Granath",
    "Hedlund", "Isaksson", "Jansson", "Kjellberg", "Lindroth", "Mattsson", "Nyqvist", "Oskarsson",
    "Palmér", "Qvist", "Rosén", "Sjögren", "Tapper", "Ullman", "Vikander", "Wallin", "Ydén",
    "Zetterlund", "Ågren", "Äng", "Ödman", "Brolin", "Cederblad",
)  # fmt: skip
_CHIEFS = (
    "Agneta", "Bertil", "Camilla", "Dag", "Elsa", "Fredrik", "Gerd", "Holger", "Irma", "Jörgen",
    "Karin", "Loke", "Mona", "Nils",
)  # fmt: skip
_HOUSES = (
    "Alm", "Bofors", "Crona", "Dunge", "Ekenstam", "Flinck", "Grip", "Hjärne", "Insulander",
    "Järnefelt", "Kuylenstierna",
)  # fmt: skip
_KINDS = ("Hemtjänsten", "Gruppbostaden", "Förskolan", "Grundskolan", "Vårdboendet")
_PLACES = (
    "Barkarby", "Viksjö", "Jakobsberg", "Kallhäll", "Stäket", "Skälby", "Veddesta", "Ormbacka",
    "Tallbohov", "Berghem", "Bolinder", "Polhem", "Vattmyra", "Söderhöjden", "Kvarnhagen",
)  # fmt: skip
_TITLES = ("Undersköterska", "Barnskötare", "Sjuksköterska", "Lärare", "Vårdbiträde")


@dataclass(frozen=True)
class Person:
    """Somebody on a list."""

    person_id: str
    given: str
    surname: str
    title: str
    unit_id: str
    mail: str
    until: date = LONG
    protected: bool = False
    tag: str = ""  # the scene's word

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}"

    def row(self, **changes: str) -> str:
        """Return the person as a row of persons.csv."""
        cells = {
            "person_id": self.person_id, "given_name": self.given, "middle_name": "",
            "surname": self.surname, "title": self.title, "unit_id": self.unit_id,
            "mail": self.mail, "phone": "0701740635", "valid_from": "2026-03-02",
            "valid_until": self.until.isoformat(), "hsa_id": "",
            "protected": "ja" if self.protected else "nej",
        } | changes  # fmt: skip
        return ",".join(cells.values())


TEMPORARY = Person(  # is hired by a form, for two months
    numbers()[-7], "Tilda", "Korpela", "Vårdbiträde", "", f"tilda.korpela@{DOMAIN}",
    until=date(2027, 4, 15), tag="temporary",
)  # fmt: skip


@dataclass(frozen=True)
class Chief:
    """A manager with units, who stands in, who is above; the name of the scene is the key."""

    key: str
    name: str
    mail: str
    units: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]
    superior: str = NORTH
    deputy: str = ""  # stands in for the whole of the review
    listed: bool = True  # False: has left, and nobody has come instead

    def rows(self) -> list[str]:
        """Return the manager's rows of managers.csv."""
        until = "2027-12-31" if self.deputy else ""
        since = "2027-01-01" if self.deputy else ""
        last = "" if self.listed else "2027-02-15"
        return [
            f'{self.name},{self.mail},{number},"{unit}",2024-01-01,{last},'
            f"{self.deputy},{since},{until},{self.superior}"
            for number, unit in self.units
        ]

    def of(self, tag: str) -> Person:
        return next(p for p in self.people if p.tag == tag)


class Casting:
    """Hands out names, numbers and units, each once."""

    def __init__(self) -> None:
        self._people = self._units = self._chiefs = 0

    def person(self, unit_id: str, tag: str = "", **changes: object) -> Person:
        n = self._people
        self._people += 1
        given, surname = _GIVEN[n % len(_GIVEN)], _SURNAMES[(n * 7) % len(_SURNAMES)]
        found = {
            "person_id": numbers()[(n * 13) % len(numbers())], "given": given,
            "surname": surname, "title": _TITLES[n % 5], "unit_id": unit_id,
            "mail": f"anstalld{n}@{DOMAIN}", "tag": tag,
        } | changes  # fmt: skip
        return Person(**found)  # type: ignore[arg-type]

    def unit(self) -> tuple[str, str]:
        n = self._units
        self._units += 1
        return f"U{n:03d}", f"{_KINDS[n % 5]} {_PLACES[(n // 5) % 15]}"

    def chief(
        self, key: str, people: int = 4, *, units: int = 1, tags: Sequence[str] = (),
        mail: str = "", **more: object,
    ) -> Chief:  # fmt: skip
        """Return a manager; *tags* name the first ones of the list, "soon" ends within 60 days."""
        n = self._chiefs
        self._chiefs += 1
        mine = tuple(self.unit() for _ in range(units))
        name = f"{_CHIEFS[n % len(_CHIEFS)]} {_HOUSES[n % len(_HOUSES)]}"
        address = mail or f"chef.{key}@{DOMAIN}"
        found = []
        for number in range(people):
            tag = tags[number] if number < len(tags) else ""
            special: dict[str, object] = {}
            if tag.startswith("soon"):
                special["until"] = SOON
            if tag == "hidden":
                special["protected"] = True
            if tag == "self":
                special["mail"] = address
            found.append(self.person(mine[number % units][0], tag, **special))
        return Chief(key, name, address, mine, tuple(found), **more)  # type: ignore[arg-type]


def cast() -> dict[str, Chief]:
    """Return the sixty managers by the scene that they play."""
    make = Casting()
    stand_in = f"stand.in@{DOMAIN}"
    found = [
        make.chief("north", 2, mail=NORTH, superior=TOP),
        make.chief("south", 3, mail=SOUTH, superior=TOP, tags=("self",)),
        make.chief("self", 4, tags=("self",)),
        make.chief("self_silent", 3, tags=("self",), superior=SOUTH),
        make.chief("several", 7, units=3),
        make.chief("hidden", 4, tags=("hidden",)),
        make.chief("hidden_two", 4, tags=("hidden", "card")),
        make.chief("deputised", 3, deputy=stand_in),
        make.chief("contradicted", 4, deputy=f"stand.in2@{DOMAIN}"),
        make.chief("vacant", 3, listed=False),
        make.chief("brake", 24, units=2),
        make.chief("renewed", 4, tags=("soon", "soon2")),
        make.chief("fixed", 3, tags=("soon",)),
        make.chief("soon_silent", 3, tags=("soon",)),
        make.chief("soon_leaves", 4, tags=("soon", "soon_card")),
        make.chief("cards", 4, tags=("card", "card2")),
        make.chief("card_leaving", 3, tags=("card",)),
        make.chief("form_mid", 4, tags=("ended",)),
        make.chief("hidden_mid", 4, tags=("later",)),
        make.chief("undone_card", 4, tags=("card",)),
        make.chief("signed", 4),
        make.chief("signed_two", 5),
        make.chief("signed_leaving", 4),
        make.chief("readdressed", 4),
    ]
    scenes = (
        "stay_outlook", "stay_gmail", "stay_html", "stay_bare", "stay_polite", "stay_each",
        "except", "numbered", "inline", "inline_changed", "table", "names", "dates", "leave",
        "moved", "moved_north", "moved_unknown", "question", "wrong", "delegated", "late",
        "too_late", "twice", "mind", "undo", "undo_row", "undo_late", "partial", "partial_silent",
        "stranger", "fail", "away", "away_english", "bounce", "busy", "bare_number",
    )  # fmt: skip
    found += [make.chief(key, superior=(NORTH, SOUTH)[n % 2]) for n, key in enumerate(scenes)]
    found.append(make.chief("silent", 5, superior=SOUTH))
    return {chief.key: chief for chief in found}
