"""Is a form good enough to act on? Every rule of the blank, each fault named. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.authority import ManagerEntry
from bot.domain.calendar import add_months
from bot.domain.forms import FieldReading, FormReading, Signed, State, Verdict
from bot.domain.labels import CRITICAL
from bot.domain.orders import Order, OrderAction
from bot.domain.problems import Problem
from bot.domain.values import InvalidPersonIdError, PersonId, address_key, name_key

SIGNED_DAYS = 60  # a signature older than this is asked about
AHEAD_MONTHS = 6
RESERVE_MONTHS = 3  # routine S9
MANUAL = frozenset({"no_swedish_id", "protected"})  # problems that only staff can settle

_UNSURE = {
    "disagree": "Värdet i filen och det som syns på sidan är inte samma sak.",
    "checksum": "Kontrollsiffran stämmer inte. Kontrollera alla siffror.",
    "shape": "Numret har inte tio eller tolv siffror.",
    "date": "Datumet finns inte i kalendern eller kan läsas på flera sätt. Skriv till exempel "
    "2026-11-23.",
    "future": "Datumet ligger i framtiden.",
    "under_15": "Numret betyder att personen är yngre än 15 år. Skriv numret med tolv siffror.",
    "too_many": "Mer än ett kryss. Det ska vara exakt ett.",
    "unreadable": "Det står något i rutan som inte går att läsa.",
    "unknown_unit": "Enheten finns inte i vårt register. Skriv namnet som det står där.",
    "struck": "Texten är överstruken.",
    "too_long": "Texten är för lång för fältet.",
    "invalid": "Värdet har inte rätt form.",
}


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


def judge(reading: FormReading, *, today: date, register: Register) -> Judgement:
    """Hold *reading* against the blank's rules as of *today* and against the *register*."""
    faults = [
        *_unsure(reading),
        *_action(reading, today),
        *_person(reading, today),
        *_employment(reading, today),
        *_cards(reading),
        *_signature(reading, today),
        *_manager(reading, register, today),
    ]
    problems = _one_per_field(faults)
    blocking = [p for p in problems if p.code != "note"]
    if blocking:
        return Judgement(Verdict.ASK, problems)
    return Judgement(Verdict.ACCEPT, problems, _order(reading, today, register))


def _one_per_field(faults: Sequence[Problem]) -> tuple[Problem, ...]:
    first: dict[tuple[str | None, bool], Problem] = {}
    for fault in faults:
        first.setdefault((fault.field, fault.code == "note"), fault)
    return tuple(first.values())


def _unsure(reading: FormReading) -> list[Problem]:
    """Name every field whose value can't be trusted; a doubtful extra is only noted."""
    found = []
    for field in reading.fields:
        if field.state in (State.UNSURE, State.MISSING) and not _needless(field, reading):
            code = field.problem or ("missing_box" if field.state is State.MISSING else "unsure")
            text = _UNSURE.get(code, "Det går inte att läsa säkert.")
            if field.key not in CRITICAL and field.key not in _ALSO_NEEDED:
                text = f"{text} Uppgiften togs inte med."
                code = "note"
            found.append(Problem(field.key, code, text))
    return found


_ALSO_NEEDED = frozenset(
    {
        "no_swedish_id", "signed_on", "effective_from", "employed_from", "employed_to", "phone",
        "title", "reserve_from", "reserve_to", "lost_on", "manager_mail", "employment", "hsa_id",
    }
)  # fmt: skip


def _needless(field: FieldReading, reading: FormReading) -> bool:
    """Tell whether the field's box is absent from this edition and no rule needs it."""
    if field.state is not State.MISSING:
        return False
    needed = CRITICAL | {"signed_on"}
    return field.key not in needed or (
        field.key == "last_day" and reading.value("action") != OrderAction.CANCEL
    )


def _missing(reading: FormReading, key: str, text: str) -> list[Problem]:
    empty = reading.field(key).state is State.EMPTY or reading.value(key) in (None, "", ())
    return [Problem(key, "missing", text)] if empty else []


def _action(reading: FormReading, today: date) -> list[Problem]:
    found = _missing(reading, "action", "Inget kryss. Kryssa för ett alternativ.")
    start = _day(reading, "effective_from")
    if start is not None and start > add_months(today, AHEAD_MONTHS):
        text = "Datumet ligger mer än sex månader fram i tiden."
        found.append(Problem("effective_from", "too_far", text))
    return found


def _person(reading: FormReading, today: date) -> list[Problem]:
    found = []
    if reading.value("protected") is True:
        found.append(Problem("protected", "manual", "Ärendet handläggs av en person."))
    if reading.value("no_swedish_id") is True:
        text = "Personer utan svenskt nummer läggs upp av en handläggare."
        found.append(Problem("no_swedish_id", "manual", text))
    else:
        found += _missing(reading, "person_id", "Numret saknas.")
        number = reading.text("person_id")
        if number is not None:
            try:
                PersonId.parse(number, today)
            except InvalidPersonIdError as error:
                found.append(Problem("person_id", error.code, _UNSURE[error.code]))
    found += _missing(reading, "surname", "Efternamnet saknas.")
    if reading.value("action") == OrderAction.NEW:
        found += _missing(reading, "phone", "Telefonnumret saknas. Det behövs vid nybeställning.")
        found += _missing(reading, "title", "Titeln saknas. Den behövs vid nybeställning.")
    if reading.value("card_order") is True or reading.value("reserve_order") is True:
        text = "E-postadressen saknas. Den behövs när ett kort beställs."
        found += _missing(reading, "mail", text)
    return found


def _employment(reading: FormReading, today: date) -> list[Problem]:
    found = _missing(reading, "unit", "Enheten saknas.")
    start, end = _day(reading, "employed_from"), _day(reading, "employed_to")
    if reading.value("employment") == "fixed_term" and end is None:
        found += _missing(reading, "employed_to", "Slutdatum behövs vid visstidsanställning.")
    if start is not None and end is not None and end < start:
        found.append(Problem("employed_to", "order", "Slutdatumet ligger före startdatumet."))
    if reading.value("action") == OrderAction.CANCEL:
        found += _missing(reading, "last_day", "Sista arbetsdag saknas.")
    if reading.value("action") == OrderAction.NEW and end is not None and end < today:
        found.append(Problem("employed_to", "past", "Anställningen har redan upphört."))
    return found


def _cards(reading: FormReading) -> list[Problem]:
    found = []
    if reading.value("reserve_order") is True:
        text = "Ingen orsak är ikryssad. Kryssa för minst en orsak."
        found += _missing(reading, "reserve_reasons", text)
    elif reading.value("reserve_reasons"):
        text = "En orsak är ikryssad, men inte ”Beställ reservkort”. Ska ett reservkort beställas?"
        found.append(Problem("reserve_order", "contradiction", text))
    start, end = _day(reading, "reserve_from"), _day(reading, "reserve_to")
    if start is not None and end is not None:
        if end < start:
            found.append(Problem("reserve_to", "order", "Slutdatumet ligger före startdatumet."))
        elif end > add_months(start, RESERVE_MONTHS):
            text = "Ett reservkort kan lånas ut i högst tre månader."
            found.append(Problem("reserve_to", "too_long", text))
    if reading.value("action") == OrderAction.CANCEL:
        for key in ("card_order", "reserve_order"):
            if reading.value(key) is True:
                text = "Ett kort kan inte beställas på en avbeställning. Vad ska gälla?"
                found.append(Problem(key, "contradiction", text))
    return found


def _signature(reading: FormReading, today: date) -> list[Problem]:
    found = _missing(reading, "signed_on", "Datum för underskriften saknas.")
    day = _day(reading, "signed_on")
    if day is not None and day > today:
        found.append(Problem("signed_on", "future", "Datumet ligger i framtiden."))
    elif day is not None and day < today - timedelta(days=SIGNED_DAYS):
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
    return found


def _manager(reading: FormReading, register: Register, today: date) -> list[Problem]:
    found = _missing(reading, "manager_name", "Namnförtydligandet saknas.")
    name, mail = reading.text("manager_name"), reading.text("manager_mail")
    if not register.known or reading.text("unit") is None:
        return found
    if not register.entries:
        found.append(Problem("unit", "unknown_unit", _UNSURE["unknown_unit"]))
        return found
    if name is not None and not any(signs(e, name, today) for e in register.entries):
        text = "Den som står här är inte chef eller ersättare för enheten i vårt register."
        found.append(Problem("manager_name", "not_manager", text))
    addresses = {
        address_key(a) for e in register.entries for a in (e.mail, e.deputy_mail) if a is not None
    }
    if mail is not None and address_key(mail) not in addresses:
        text = "Adressen stämmer inte med den som finns i vårt register."
        found.append(Problem("manager_mail", "not_manager", text))
    return found


def signs(entry: ManagerEntry, name: str, on: date) -> bool:
    """Tell whether *name* is the unit's manager, or fits its deputy's address, on the day *on*."""
    if not entry.in_force(on):
        return False
    if name_key(entry.name) == name_key(name):
        return True
    deputy = entry.deputy_mail
    if deputy is None or not entry.deputises(deputy, on):
        return False
    return _plain(deputy.partition("@")[0]) == _plain(name)


_PLAIN = str.maketrans("åäöéèëüøæáíóúñç", "aaoeeeuoaaiounc", " .-_'’0123456789")


def _plain(text: str) -> str:
    return text.casefold().translate(_PLAIN)


def _day(reading: FormReading, key: str) -> date | None:
    field = reading.field(key)
    if field.state is not State.SURE or not isinstance(field.value, str):
        return None
    try:
        return date.fromisoformat(field.value)
    except ValueError:
        return None


def _order(reading: FormReading, today: date, register: Register) -> Order:
    def text(key: str) -> str | None:
        return reading.text(key) if reading.field(key).state is State.SURE else None

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
        signed_on=_day(reading, "signed_on") or today,
        manager_mail=entry.mail if entry is not None else "",
        given_name=text("given_name"),
        middle_name=text("middle_name"),
        mail=text("mail"),
        phone=text("phone"),
        title=text("title"),
        hsa_id=text("hsa_id"),
        employment=text("employment"),
        effective_from=_day(reading, "effective_from"),
        employed_from=_day(reading, "employed_from"),
        employed_to=_day(reading, "employed_to"),
        last_day=_day(reading, "last_day"),
        end_reason=text("end_reason"),
        card_order=reading.value("card_order") is True,
        card_status=text("card_status"),
        card_number=text("card_number"),
        reserve_order=reading.value("reserve_order") is True,
        reserve_reasons=reasons if isinstance(reasons, tuple) else (),
        reserve_from=_day(reading, "reserve_from"),
        reserve_to=_day(reading, "reserve_to"),
        lost_on=_day(reading, "lost_on"),
        police_reference=text("police_reference"),
    )
