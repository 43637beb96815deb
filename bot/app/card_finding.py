"""Which card, and whose, a clerk means: by number, person or case. Guesses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.app import explain
from bot.domain.calendar import today
from bot.domain.cards import ASKING, OVER, Card, CardKind, Holder, Status, shown
from bot.domain.cases import Case
from bot.domain.records import Record
from bot.domain.values import (
    CardId,
    CaseId,
    InvalidPersonIdError,
    PersonId,
    RecordId,
    address_key,
    name_key,
)
from bot.ports.store import Work

_WAITING = {
    "ordered": frozenset({Status.NEEDED}),
    "activated": frozenset({Status.ORDERED, Status.INFORMED}),
}


class NoSuchCardError(LookupError):
    """No card, or no single one, is meant; the text says in Swedish what to write instead."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a clerk has written to say which card: any of them may be empty."""

    number: str = ""
    person: str = ""  # an identity number, P-3, K-17 or C-5
    case: str = ""


def card_for(work: Work, step: str, named: Named, now: datetime) -> Card:
    """Return the card that *step* (``returned``, ``ordered`` …) is to be done to.

    Raises:
        NoSuchCardError: there is none, or there are several.
    """
    found = _by_number(work, named.number) if named.number else ()
    if named.person or named.case:
        mine = _of_person(work, named, now)
        known = tuple(c for c in mine if c.number == named.number) if named.number else ()
        found = known or _waiting(mine, step) or _lapsed(mine, step)
        found = found or (() if named.number else mine)
    elif not found and step == "ordered" and named.number:
        found = _waiting(work.cards.list(), step)  # a new card's number is known to nobody yet
    return _one(found, step, named)


def _by_number(work: Work, number: str) -> tuple[Card, ...]:
    """Return the newest card with that number: an older loan of the same card is over."""
    cards = work.cards.by_number(number)
    live = tuple(c for c in cards if c.status not in OVER)
    return live[-1:] or cards[-1:]


def _waiting(cards: Sequence[Card], step: str) -> tuple[Card, ...]:
    wanted = _WAITING.get(step)
    if wanted is None:
        return ()
    return tuple(c for c in cards if c.status in wanted and c.kind is CardKind.ORDINARY)


def _lapsed(cards: Sequence[Card], step: str) -> tuple[Card, ...]:
    """Return the newest order that had lapsed: its card was fetched all the same."""
    gone = [c for c in cards if c.status is Status.CANCELLED and c.kind is CardKind.ORDINARY]
    return tuple(gone[-1:]) if step == "activated" else ()


def _one(found: Sequence[Card], step: str, named: Named) -> Card:
    live = tuple(c for c in found if c.status not in OVER)
    chosen = live or tuple(found)
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        who = " Ange personen med --person." if step in _WAITING and not named.person else ""
        raise NoSuchCardError(f"Det finns inget kort som passar.{who} Se ”ekbot list cards”.")
    named_cards = ", ".join(f"{c.handle} {shown(c.number)}".strip() for c in chosen[:5])
    raise NoSuchCardError(
        f"Flera kort passar: {named_cards}. Ange vilket med --number eller --person."
    )


def _of_person(work: Work, named: Named, now: datetime) -> tuple[Card, ...]:
    ref = named.case or named.person
    kind, number = _reference(ref)
    if kind == "C":
        card = work.cards.get(CardId(number))
        return (card,) if card is not None else ()
    if kind == "K":
        return work.cards.of_case(CaseId(number)) or _cards_of(work, holder(work, ref, now))
    return _cards_of(work, holder(work, ref, now))


def _cards_of(work: Work, who: Holder) -> tuple[Card, ...]:
    return work.cards.of_person(who.person) if who.person is not None else ()


def _reference(ref: str) -> tuple[str, int]:
    """Return what P-3, K-17 and C-5 name; ("", 0) for an identity number."""
    if "-" not in ref[:3] or not ref[:1].isalpha():
        return "", 0
    try:
        return explain.parse(ref)
    except explain.UnknownRefError as error:
        raise NoSuchCardError(str(error)) from None


def holder(work: Work, ref: str, now: datetime) -> Holder:
    """Return whose card a clerk means by *ref*: an identity number, P-3, K-17 or C-5.

    A case of somebody without a Swedish number (S9) names its holder by what the form says.

    Raises:
        NoSuchCardError: nobody is meant.
    """
    kind, number = _reference(ref)
    if kind == "C":
        card = work.cards.get(CardId(number))
        if card is None:
            raise NoSuchCardError(f"Det finns inget kort {ref}.")
        return card.holder
    if kind == "K":
        case = work.cases.get(CaseId(number))
        if case is None:
            raise NoSuchCardError(f"Det finns inget ärende {ref}.")
        return _from_case(work, case, now)
    record = work.records.by_id(RecordId(number)) if kind == "P" else _registered(work, ref, now)
    if record is None:
        raise NoSuchCardError(
            "Personen finns inte i registret. Kontrollera numret. Saknar personen svenskt "
            "personnummer? Ange då ärendet med blanketten: --person K-17."
        )
    return from_record(work, record, today(now))


def _registered(work: Work, ref: str, now: datetime) -> Record | None:
    try:
        return work.records.get(PersonId.parse(ref, today(now)))
    except InvalidPersonIdError:
        raise NoSuchCardError(
            "Det är inget giltigt personnummer. Skriv tolv siffror, eller P-3 eller K-17."
        ) from None


def from_record(work: Work, record: Record, day: date) -> Holder:
    """Return the person of a record as the holder of a card."""
    entry = record.entry
    unit = entry.unit_id or ""
    rows = work.managers.by_unit(name_key(unit)) if unit else ()
    now = next((r.mail for r in rows if r.unit_id == unit and r.in_force(day)), "")
    return Holder(
        entry.full_name, entry.unit or "", unit, entry.mail, now or record.manager_mail,
        entry.person_id, record.id, entry.protected,
    )  # fmt: skip


def _from_case(work: Work, case: Case, now: datetime) -> Holder:
    if case.person is not None:
        record = work.records.get(case.person)
        if record is not None:
            return from_record(work, record, today(now))
    form = case.reading
    surname = form.text("surname") if form is not None else None
    if form is None or surname is None:
        raise NoSuchCardError(f"{case.handle} har ingen blankett som säger vem det gäller.")
    name = " ".join(n for n in (form.text("given_name"), surname) if n)
    mail = form.text("mail")
    unit = form.text("unit") or ""
    rows = work.managers.by_unit(name_key(unit)) if unit else ()
    entry = next((r for r in rows if r.in_force(today(now))), None)
    return Holder(
        name, entry.unit if entry is not None else unit,
        entry.unit_id if entry is not None else "", address_key(mail) if mail else None,
        entry.mail if entry is not None else case.origin.sender, case.person,
        protected=case.protected,
    )  # fmt: skip


def request_of(work: Work, who: Holder, ref: str) -> Card | None:
    """Return the reserve card that was asked for, for this person or in this case."""
    kind, number = _reference(ref)
    asked: tuple[Card, ...] = work.cards.of_case(CaseId(number)) if kind == "K" else ()
    named = work.cards.get(CardId(number)) if kind == "C" else None
    asked += (named,) if named is not None else ()
    if who.person is not None:
        asked += work.cards.of_person(who.person)
    found = [c for c in asked if c.is_reserve and c.status in ASKING]
    return found[-1] if found else None


def case_of(ref: str) -> CaseId | None:
    """Return the case that *ref* names, None when it names none."""
    kind, number = _reference(ref)
    return CaseId(number) if kind == "K" else None


def reasons_of(work: Work, ref: str) -> tuple[str, ...]:
    """Return the reasons on the form of a case, for somebody without a number."""
    kind, number = _reference(ref)
    case = work.cases.get(CaseId(number)) if kind == "K" else None
    value = case.reading.value("reserve_reasons") if case is not None and case.reading else ()
    return value if isinstance(value, tuple) else ()
