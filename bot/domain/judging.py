"""Is a form good enough to act on? Every rule of the blank, each fault named. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from bot.domain.authority import ManagerEntry
from bot.domain.calendar import add_months, add_years
from bot.domain.fields import FAULTS, day, doubts, missing, sure_text
from bot.domain.forms import FormReading, Signed, Verdict
from bot.domain.orders import Order, OrderAction
from bot.domain.problems import Problem
from bot.domain.values import InvalidPersonIdError, PersonId, address_key

SIGNED_DAYS = 60  # a signature older than this is asked about
AHEAD_MONTHS = 6
RESERVE_MONTHS = 3  # routine S9
BEHIND_YEARS = 1  # a last day longer ago than this is more often a slip of the pen
MANUAL = frozenset({"no_swedish_id", "protected"})  # problems that only staff can settle


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one form; *order* only when the verdict is accept."""

    verdict: Verdict
    problems: tuple[Problem, ...]
    order: Order | None = None

    @property
    def manual(self) -> bool:
        """Tell whether something on the form belongs to staff, not to a question by mail."""
        return any(p.field in MANUAL for p in self.problems)


@dataclass(frozen=True, slots=True)
class Register:
    """The managers to hold a form against: rows for its unit, and whether there is a register."""

    entries: tuple[ManagerEntry, ...] = ()
    known: bool = False


def judge(
    reading: FormReading, *, today: date, register: Register, on: date | None = None
) -> Judgement:
    """Hold *reading* against the blank's rules as of *today* and against the *register*.

    *on* is the mail's own date, by which authority and the signature's age are judged; without
    it (a file read outside any mail) that is *today*.
    """
    sent = today if on is None else on
    faults = [
        *_but_recent(doubts(reading), reading, today, sent),
        *_action(reading, today),
        *_person(reading, today),
        *_employment(reading, today),
        *_cancellation(reading, today),
        *_cards(reading, today),
        *_signature(reading, today, sent),
        *_manager(reading, register, sent),
    ]
    problems = _one_per_field(faults)
    if any(p.code != "note" for p in problems):
        return Judgement(Verdict.ASK, problems)
    return Judgement(Verdict.ACCEPT, problems, _order(reading, today, register))


def _but_recent(
    faults: Sequence[Problem], reading: FormReading, today: date, sent: date
) -> list[Problem]:
    """Only note a signing date that is not read for sure, when what was read is recent.

    The date must be no older than it may be; which of those days it is changes nothing.
    """
    said = _proposed_day(reading, "signed_on")
    recent = said is not None and sent - timedelta(days=SIGNED_DAYS) <= said <= today
    text = f"Datumet lästes som {said}."
    return [
        Problem("signed_on", "note", text)
        if recent and (f.field, f.code) == ("signed_on", "unsure")
        else f
        for f in faults
    ]


def _proposed_day(reading: FormReading, key: str) -> date | None:
    text = reading.text(key)
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        return None


def _one_per_field(faults: Sequence[Problem]) -> tuple[Problem, ...]:
    first: dict[tuple[str | None, bool], Problem] = {}
    for fault in faults:
        first.setdefault((fault.field, fault.code == "note"), fault)
    return tuple(first.values())


def _action(reading: FormReading, today: date) -> list[Problem]:
    found = missing(reading, "action", "Inget kryss. Kryssa för ett alternativ.")
    action = reading.text("action")
    if action is not None and action not in tuple(OrderAction):
        found.append(Problem("action", "invalid", FAULTS["invalid"]))
    start = day(reading, "effective_from")
    if start is not None and start > add_months(today, AHEAD_MONTHS):
        found.append(_too_far("effective_from"))
    return found


def _too_far(key: str) -> Problem:
    return Problem(key, "too_far", "Datumet ligger mer än sex månader fram i tiden.")


def _person(reading: FormReading, today: date) -> list[Problem]:
    found = []
    if reading.value("protected") is True:
        found.append(Problem("protected", "manual", "Ärendet handläggs av en person."))
    if reading.value("no_swedish_id") is True:
        text = "Personer utan svenskt nummer läggs upp av en handläggare."
        found.append(Problem("no_swedish_id", "manual", text))
        text = "Födelsedatum behövs när personen saknar svenskt personnummer."
        found += missing(reading, "birth_date", text)
        text = "Nationalitet behövs när personen saknar svenskt personnummer."
        found += missing(reading, "nationality", text)
    else:
        found += missing(reading, "person_id", "Numret saknas.")
        number = reading.text("person_id")
        if number is not None:
            try:
                PersonId.parse(number, today)
            except InvalidPersonIdError as error:
                found.append(Problem("person_id", error.code, FAULTS[error.code]))
    found += missing(reading, "surname", "Efternamnet saknas.")
    if reading.value("action") == OrderAction.NEW:
        found += missing(reading, "phone", "Telefonnumret saknas. Det behövs vid nybeställning.")
        found += missing(reading, "title", "Titeln saknas. Den behövs vid nybeställning.")
    if reading.value("card_order") is True or reading.value("reserve_order") is True:
        text = "E-postadressen saknas. Den behövs när ett kort beställs."
        found += missing(reading, "mail", text)
    return found


def _employment(reading: FormReading, today: date) -> list[Problem]:
    found = missing(reading, "unit", "Enheten saknas.")
    start, end = day(reading, "employed_from"), day(reading, "employed_to")
    valid = day(reading, "effective_from")
    if reading.value("employment") == "fixed_term":
        text = "Slutdatum behövs vid visstidsanställning."
        found += missing(reading, "employed_to", text)
    if start is not None and end is not None and end < start:
        found.append(Problem("employed_to", "order", "Slutdatumet ligger före startdatumet."))
    if reading.value("action") == OrderAction.CANCEL:
        return found
    if valid is not None and end is not None and end < valid:
        text = "Anställningen slutar före den dag som uppgifterna ska gälla från."
        found.append(Problem("employed_to", "order", text))
    if end is not None and end < today:
        text = "Anställningen har redan upphört. Ska personen tas bort? Kryssa för Avbeställning."
        found.append(Problem("employed_to", "past", text))
    is_new = reading.value("action") == OrderAction.NEW and valid is None
    if is_new and start is not None and start > add_months(today, AHEAD_MONTHS):
        found.append(_too_far("employed_from"))
    return found


def _cancellation(reading: FormReading, today: date) -> list[Problem]:
    if reading.value("action") != OrderAction.CANCEL:
        return []
    found = missing(reading, "last_day", "Sista arbetsdag saknas.")
    last = day(reading, "last_day")
    if last is not None and last > add_months(today, AHEAD_MONTHS):
        found.append(_too_far("last_day"))
    if last is not None and last < add_years(today, -BEHIND_YEARS):
        text = "Datumet ligger mer än ett år bakåt i tiden. Kontrollera årtalet."
        found.append(Problem("last_day", "past", text))
    for key in ("card_order", "reserve_order"):
        if reading.value(key) is True:
            text = "Ett kort kan inte beställas på en avbeställning. Vad ska gälla?"
            found.append(Problem(key, "contradiction", text))
    return found


def _cards(reading: FormReading, today: date) -> list[Problem]:
    found = []
    if reading.value("reserve_order") is True:
        text = "Ingen orsak är ikryssad. Kryssa för minst en orsak."
        found += missing(reading, "reserve_reasons", text)
    elif reading.value("reserve_reasons"):
        text = "En orsak är ikryssad, men inte ”Beställ reservkort”. Ska ett reservkort beställas?"
        found.append(Problem("reserve_order", "contradiction", text))
    start, end = day(reading, "reserve_from"), day(reading, "reserve_to")
    if start is not None and end is not None and end < start:
        found.append(Problem("reserve_to", "order", "Slutdatumet ligger före startdatumet."))
    elif end is not None and end > add_months(start or today, RESERVE_MONTHS):
        text = "Ett reservkort kan lånas ut i högst tre månader."
        found.append(Problem("reserve_to", "too_long", text))
    return found


def _signature(reading: FormReading, today: date, sent: date) -> list[Problem]:
    found = missing(reading, "signed_on", "Datum för underskriften saknas.")
    signed = day(reading, "signed_on")
    if signed is not None and signed > today:
        found.append(Problem("signed_on", "future", FAULTS["future"]))
    elif signed is not None and signed < sent - timedelta(days=SIGNED_DAYS):
        text = f"Underskriften är äldre än {SIGNED_DAYS} dagar. Skriv under en ny blankett."
        found.append(Problem("signed_on", "stale", text))
    match reading.signed:
        case Signed.NONE:
            found.append(Problem("signed", "missing", "Underskriften saknas."))
        case Signed.UNSURE:
            text = "Det går inte att avgöra om blanketten är underskriven."
            found.append(Problem("signed", "unsure", text))
        case Signed.INK | Signed.DIGITAL:
            pass
        case _:
            assert_never(reading.signed)
    return found


def _manager(reading: FormReading, register: Register, on: date) -> list[Problem]:
    found = missing(reading, "manager_name", "Namnförtydligandet saknas.")
    name, mail = reading.text("manager_name"), reading.text("manager_mail")
    if not register.known or reading.text("unit") is None:
        return found
    if not register.entries:
        found.append(Problem("unit", "unknown_unit", FAULTS["unknown_unit"]))
        return found
    if name is not None and not any(e.signs(name, on) for e in register.entries):
        text = "Den som står här är inte chef eller ersättare för enheten i vårt register."
        found.append(Problem("manager_name", "not_manager", text))
    addresses = {
        address_key(a) for e in register.entries for a in (e.mail, e.deputy_mail) if a is not None
    }
    if mail is not None and address_key(mail) not in addresses:
        text = "Adressen stämmer inte med den som finns i vårt register."
        found.append(Problem("manager_mail", "not_manager", text))
    return found


def _order(reading: FormReading, today: date, register: Register) -> Order:
    def text(key: str) -> str | None:
        return sure_text(reading, key)

    reasons = reading.value("reserve_reasons")
    unit = text("unit") or ""
    entry = register.entries[0] if register.entries else None
    return Order(
        action=OrderAction(text("action") or ""),
        person=PersonId.parse(text("person_id") or "", today),
        surname=text("surname") or "",
        unit=entry.unit if entry is not None else unit,
        unit_id=entry.unit_id if entry is not None else "",
        manager_name=text("manager_name") or "",
        signed_on=_proposed_day(reading, "signed_on") or today,
        manager_mail=entry.mail if entry is not None else "",
        given_name=text("given_name"),
        middle_name=text("middle_name"),
        mail=text("mail"),
        phone=text("phone"),
        title=text("title"),
        hsa_id=text("hsa_id"),
        employment=text("employment"),
        effective_from=day(reading, "effective_from"),
        employed_from=day(reading, "employed_from"),
        employed_to=day(reading, "employed_to"),
        last_day=day(reading, "last_day"),
        end_reason=text("end_reason"),
        card_order=reading.value("card_order") is True,
        card_status=text("card_status"),
        card_number=text("card_number"),
        reserve_order=reading.value("reserve_order") is True,
        reserve_reasons=reasons if isinstance(reasons, tuple) else (),
        reserve_from=day(reading, "reserve_from"),
        reserve_to=day(reading, "reserve_to"),
        lost_on=day(reading, "lost_on"),
        police_reference=text("police_reference"),
    )
