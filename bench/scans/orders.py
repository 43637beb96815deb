"""What people order: values, what is wrong on purpose, and what a reader should say of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from bot.domain.calendar import add_months
from tests.filled import managers, numbers

TODAY = date(2026, 11, 23)
KEYS = (
    "action", "effective_from", "person_id", "no_swedish_id", "birth_date", "nationality",
    "given_name", "middle_name", "surname", "hsa_id", "protected", "mail", "phone", "unit", "title",
    "employment", "employed_from", "employed_to", "last_day", "end_reason", "card_order",
    "card_status", "card_number", "reserve_order", "reserve_reasons", "reserve_from", "reserve_to",
    "lost_on", "police_reference", "signed_place", "signed_on", "manager_name", "manager_mail",
    "manager_phone",
)  # fmt: skip
DEFECTS = (
    "checksum", "future", "stale", "no_surname", "no_mail", "no_last_day", "no_reason", "protected",
    "no_number", "no_action", "two_actions", "unsigned", "specks", "intruder", "stranger",
    "far_ahead", "struck", "beside",
)  # fmt: skip
_GIVEN = (
    "Åsa", "Örjan", "Ängla", "Märta", "Göran", "Håkan", "Björn", "Sören", "Zoë", "André", "Renée",
    "Anna-Karin", "Per-Åke", "Nour", "Zeynep", "Kwame", "Agnieszka", "Fatima", "Mohamed", "Linnéa",
    "Elsa", "Oskar", "Astrid", "Noël", "Ida", "Ali", "Bo", "Ylva", "José", "Annika", "Adam", "Olof",
)  # fmt: skip
_SURNAMES = (
    "Öberg", "Åkesson", "Ängquist", "Östlund", "von Essen", "García Pérez", "O'Connor", "Lundqvist",
    "El Amrani", "Sjöström", "Hallström", "Bäckman", "Grönlund", "Nyström-Åberg", "Hägg", "Müller",
    "Nguyen", "Ibrahim", "Haddad", "Kowalska", "Svensson", "Ek", "Ås", "Lind", "Berg", "De la Cruz",
    "Pettersson", "Kjellberg", "Wåhlin", "Söderström", "Frisk", "Ahlgren", "Öhman", "Ståhl",
)  # fmt: skip
_TITLES = (
    "Undersköterska", "Sjuksköterska", "Enhetschef", "Bitr. enhetschef", "Vårdbiträde", "Kurator",
    "Arbetsterapeut", "Fysioterapeut", "Leg. psykolog", "Barnskötare", "Förskollärare",
    "Biståndshandläggare", "IT-samordnare", "Stödassistent", "Skolsköterska", "Måltidsbiträde",
)  # fmt: skip
_PLACES = ("Järfälla", "Jakobsberg", "Kallhäll", "Barkarby", "Viksjö", "Spånga", "Håbo", "Väsby")
_PHONES = ("07017406", "08465004", "04062804", "03139006")  # kept for fiction
_REASONS = ("lost_card", "new_employee", "short_term", "no_address", "coordination_number",
            "foreign")  # fmt: skip
Sign = Literal["ink", "initials", "name", "pencil", "none", "specks", "intruder"]


@dataclass
class Order:
    """One form's values and what a reader should say of them."""

    values: dict[str, Any]
    sign: Sign = "ink"
    verdict: str = "accept"
    problems: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    defect: str | None = None
    twice: tuple[str, ...] = ()  # the actions that are ticked, when they are several
    struck: str | None = None  # an action that is ticked and struck out
    beside: str | None = None  # a key whose tick stands outside its square

    @property
    def signed(self) -> str:
        """Return what a reader should say of the signature."""
        return "none" if self.sign in ("none", "specks", "intruder") else "ink"

    def truth(self) -> dict[str, Any]:
        """Return the fields as the truth has them."""
        nothing: dict[str, Any] = dict.fromkeys(
            ("no_swedish_id", "protected", "card_order", "reserve_order"), False
        )
        nothing["reserve_reasons"] = []
        return {key: self.values.get(key, nothing.get(key)) for key in KEYS}


def an_order(rng: random.Random, defect: str | None = None) -> Order:
    """Return an order of invented people, with *defect* in it."""
    action = rng.choices(("new", "change", "cancel"), (5, 3, 3))[0]
    if defect == "no_last_day":
        action = "cancel"
    elif defect in ("no_mail", "no_reason", "far_ahead"):
        action = "new"
    row = rng.choice(managers())
    values = _person(rng, action) | _office(rng, row)
    values |= _leaving(rng) if action == "cancel" else _coming(rng, action)
    sign: Sign = rng.choices(("ink", "initials", "name", "pencil"), (6, 2, 2, 1))[0]
    order = Order({k: v for k, v in values.items() if v is not None}, sign)
    if defect is not None:
        _spoil(order, defect, rng)
    return order


def _person(rng: random.Random, action: str) -> dict[str, Any]:
    given, surname = rng.choice(_GIVEN), rng.choice(_SURNAMES)
    return {
        "action": action, "person_id": rng.choice(numbers()), "given_name": given,
        "middle_name": rng.choice(_GIVEN) if rng.random() < 0.3 else None, "surname": surname,
        "hsa_id": _hsa(rng) if rng.random() < 0.1 else None,
        "mail": _mail(rng, given, surname) if action != "cancel" or rng.random() < 0.4 else None,
        "phone": _phone(rng) if action == "new" or rng.random() < 0.5 else None,
    }  # fmt: skip


def _office(rng: random.Random, row: dict[str, str]) -> dict[str, Any]:
    signed = TODAY - timedelta(days=rng.randint(0, 50))
    return {
        "unit": row["unit"], "signed_place": rng.choice(_PLACES), "signed_on": signed.isoformat(),
        "manager_name": row["name"],
        "manager_mail": row["mail"] if rng.random() < 0.7 else None,
        "manager_phone": _phone(rng) if rng.random() < 0.5 else None,
    }  # fmt: skip


def _leaving(rng: random.Random) -> dict[str, Any]:
    return {
        "last_day": _ahead(rng), "end_reason": rng.choice(("left", "moves", "other", None)),
        "card_number": _card(rng) if rng.random() < 0.5 else None,
    }  # fmt: skip


def _coming(rng: random.Random, action: str) -> dict[str, Any]:
    start = _ahead(rng)
    kind = rng.choice(("permanent", "fixed_term", "hourly", "consultant", None))
    wants = rng.random() < 0.6
    lost = rng.random() < 0.15
    values: dict[str, Any] = {
        "effective_from": start if rng.random() < 0.8 else None, "employment": kind,
        "title": rng.choice(_TITLES) if action == "new" or rng.random() < 0.6 else None,
        "employed_from": start if kind and rng.random() < 0.9 else None,
        "card_order": True if wants else None,
        "card_status": ("replaces_lost" if lost else None) if wants
        else rng.choice(("has_card", None)),
    }  # fmt: skip
    if kind == "fixed_term" or (kind and rng.random() < 0.2):
        values["employed_to"] = add_months(
            date.fromisoformat(start), rng.randint(4, 14)
        ).isoformat()
    if lost:
        values["lost_on"] = (TODAY - timedelta(days=rng.randint(1, 40))).isoformat()
        if rng.random() < 0.6:
            values["police_reference"] = f"5000-K{rng.randint(100000, 1999999)}-26"
    if rng.random() < 0.35:
        begin = TODAY + timedelta(days=rng.randint(0, 20))
        values |= {
            "reserve_order": True,
            "reserve_reasons": sorted(rng.sample(_REASONS, rng.choice((1, 1, 2)))),
            "reserve_from": begin.isoformat(),
            "reserve_to": add_months(begin, rng.randint(1, 3)).isoformat(),
        }  # fmt: skip
    return values


def _ahead(rng: random.Random) -> str:
    return (TODAY + timedelta(days=rng.randint(3, 70))).isoformat()


def _phone(rng: random.Random) -> str:
    return f"{rng.choice(_PHONES)}{rng.randint(5, 99):02d}"


def _card(rng: random.Random) -> str:
    return f"{rng.randrange(10**15, 10**16)}"


def _hsa(rng: random.Random) -> str:
    return "SE2120088451-" + "".join(rng.choices("ABCDEFGHKLMNPRSTX23456789", k=4))


def _mail(rng: random.Random, given: str, surname: str) -> str:
    table = str.maketrans("åäöéëüáíó", "aaoeeuaio", " '")
    local = f"{given}.{surname}".casefold().translate(table)
    return f"{local}{rng.choice(('', '', '2', '3'))}@jarfalla.example"


def _spoil(order: Order, defect: str, rng: random.Random) -> None:
    order.defect, order.verdict = defect, "ask"
    order.problems = [_WHERE[defect]]
    if defect in _LACKING:
        order.values.pop(_WHERE[defect], None)
    order.values |= _LACKING.get(defect, {})
    if defect in _WRONG:
        _WRONG[defect](order, rng)


def _checksum(order: Order, rng: random.Random) -> None:
    number = order.values["person_id"]
    order.values["person_id"] = number[:-1] + str((int(number[-1]) + rng.randint(1, 9)) % 10)


def _future(order: Order, rng: random.Random) -> None:
    order.values["signed_on"] = (TODAY + timedelta(days=rng.randint(20, 300))).isoformat()


def _stale(order: Order, rng: random.Random) -> None:
    order.values["signed_on"] = (TODAY - timedelta(days=rng.randint(70, 300))).isoformat()


def _far_ahead(order: Order, rng: random.Random) -> None:
    order.values["effective_from"] = (TODAY + timedelta(days=rng.randint(250, 400))).isoformat()
    order.values.pop("employed_to", None)
    order.values["employment"] = "permanent"


def _no_number(order: Order, _rng: random.Random) -> None:
    order.values |= {"no_swedish_id": True, "birth_date": "1971-05-09", "nationality": "Finland"}
    order.values.pop("person_id")


def _two_actions(order: Order, rng: random.Random) -> None:
    other = _other_action(order, rng)
    order.twice = (order.values.pop("action"), other)


def _unsigned(order: Order, _rng: random.Random) -> None:
    order.sign = "none"


def _specks(order: Order, _rng: random.Random) -> None:
    order.sign = "specks"


def _intruder(order: Order, _rng: random.Random) -> None:
    order.sign = "intruder"


def _stranger(order: Order, rng: random.Random) -> None:
    rows = [m for m in managers() if m["unit"] != order.values["unit"]]
    order.values["manager_name"] = rng.choice(rows)["name"]
    order.values.pop("manager_mail", None)


def _struck(order: Order, rng: random.Random) -> None:
    order.struck = _other_action(order, rng)
    order.verdict, order.also, order.problems = "accept", ["ask"], []


def _missed(order: Order, _rng: random.Random) -> None:
    order.beside, order.also, order.problems = "action", ["accept"], []


def _other_action(order: Order, rng: random.Random) -> str:
    return rng.choice([a for a in _ACTIONS if a != order.values["action"]])


_LACKING: dict[str, dict[str, Any]] = {
    "no_surname": {}, "no_last_day": {}, "no_action": {}, "no_mail": {"card_order": True},
    "no_reason": {"reserve_order": True}, "protected": {"protected": True},
}  # fmt: skip
_WRONG: dict[str, Callable[[Order, random.Random], None]] = {
    "checksum": _checksum, "future": _future, "stale": _stale, "far_ahead": _far_ahead,
    "no_number": _no_number, "two_actions": _two_actions, "unsigned": _unsigned,
    "specks": _specks, "intruder": _intruder, "stranger": _stranger, "struck": _struck,
    "beside": _missed,
}  # fmt: skip
_ACTIONS = ("new", "change", "cancel")
_WHERE = {
    "checksum": "person_id", "future": "signed_on", "stale": "signed_on", "no_surname": "surname",
    "no_mail": "mail", "no_last_day": "last_day", "no_reason": "reserve_reasons",
    "protected": "protected", "no_number": "no_swedish_id", "no_action": "action",
    "two_actions": "action", "unsigned": "signed", "specks": "signed", "intruder": "signed",
    "stranger": "manager_name", "far_ahead": "effective_from", "struck": "action",
    "beside": "action",
}  # fmt: skip
