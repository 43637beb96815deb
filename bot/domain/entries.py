"""What an order makes of a person's entry: before and after. Writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import Enum
from typing import assert_never

from bot.domain.calendar import add_years
from bot.domain.letters import Line
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Action, Change, Entry, Record, Status, ended
from bot.domain.values import name_key


def plan(order: Order, record: Record | None, today: date) -> Change:
    """Return the write that *order* asks for, on top of what *record* holds today.

    Raises:
        ValueError: a change or a cancellation of a person who has no record.
    """
    if order.action is not OrderAction.NEW and record is None:
        raise ValueError("a change or a cancellation needs the person's record")
    if record is None:
        return Change(Action.ADD, None, new(order, today))
    before = record.entry
    match order.action:
        case OrderAction.CANCEL:
            return Change(Action.END, before, ended(before, order.last_day or today))
        case OrderAction.CHANGE:
            return Change(Action.MODIFY, before, changed(before, order, today))
        case OrderAction.NEW:
            live = record.status in (Status.PLANNED, Status.ACTIVE)
            started = before.valid_from if live else None
            after = new(order, min(today, started or today))
            kept = replace(after, hsa_id=before.hsa_id or order.hsa_id, protected=before.protected)
            return Change(Action.MODIFY, before, kept)
        case _:
            assert_never(order.action)


def reopened(order: Order, record: Record, undone: Change, today: date) -> Change:
    """Return the write of a cancellation that corrects *undone*, the one before it.

    The new last day counts from the end that the record had before it was cancelled at all.
    """
    original = undone.before.valid_until if undone.before is not None else None
    after = ended(replace(record.entry, valid_until=original), order.last_day or today)
    return Change(Action.END, record.entry, after)


def new(order: Order, today: date) -> Entry:
    """Return a new entry: valid one year, or to the end of the employment (routine S2).

    It starts on the day the order names, but never before *today*.
    """
    start = max(order.effective_from or order.employed_from or today, today)
    until = add_years(start, 1)
    if order.employed_to is not None:
        until = min(until, order.employed_to)
    return Entry(
        person_id=order.person,
        surname=order.surname,
        given_name=order.given_name,
        middle_name=order.middle_name,
        title=order.title,
        unit_id=order.unit_id,
        unit=order.unit,
        mail=order.mail,
        phone=order.phone,
        valid_from=start,
        valid_until=until,
        hsa_id=order.hsa_id,
    )


def changed(entry: Entry, order: Order, today: date) -> Entry:
    """Return *entry* with all that is filled in on the order; what is empty stays as it was."""
    until = entry.valid_until
    if order.employed_to is not None:
        until = min(add_years(today, 1), order.employed_to)
    return replace(
        entry,
        surname=order.surname or entry.surname,
        given_name=order.given_name or entry.given_name,
        middle_name=order.middle_name or entry.middle_name,
        title=order.title or entry.title,
        unit_id=order.unit_id or entry.unit_id,
        unit=order.unit or entry.unit,
        mail=order.mail or entry.mail,
        phone=order.phone or entry.phone,
        hsa_id=entry.hsa_id or order.hsa_id,
        valid_until=until,
    )


def status_on(entry: Entry, today: date) -> Status:
    """Return the status that the entry's dates give on *today*; one that never began has ended."""
    start, until = entry.valid_from, entry.valid_until
    if until is not None and (until < today or (start is not None and until < start)):
        return Status.ENDED
    if start is not None and start > today:
        return Status.PLANNED
    return Status.ACTIVE


class Likeness(Enum):
    """How far the names on an order and in the catalogue could be one person's."""

    SAME = "same"
    MARRIED = "married"  # the given name agrees, the surname is another
    RELATIVE = "relative"  # the surname agrees, the given name is another
    OTHER = "other"


def likeness(order: Order, entry: Entry) -> Likeness:
    """Compare the names word by word: "Anna" and "Anna Maria", "Berg" and "Berg-Ek" agree.

    Where one side has no given name, the surname alone decides.
    """
    given = _words(order.given_name, order.middle_name)
    known = _words(entry.given_name, entry.middle_name)
    surname = bool(_words(order.surname) & _words(entry.surname))
    if not given or not known:
        return Likeness.SAME if surname else Likeness.OTHER
    if given & known:
        return Likeness.SAME if surname else Likeness.MARRIED
    return Likeness.RELATIVE if surname else Likeness.OTHER


def _words(*names: str | None) -> set[str]:
    return set(name_key(" ".join(n for n in names if n)).replace("-", " ").split())


_SHOWN = (
    ("unit", "Enhet"),
    ("title", "Titel"),
    ("mail", "E-post"),
    ("phone", "Telefon"),
    ("hsa_id", "HSA-id"),
    ("valid_from", "Gäller från och med"),
    ("valid_until", "Gäller till och med"),
)


def lines(change: Change) -> tuple[Line, ...]:
    """Return what the manager is shown of a write: all of a new entry, else what changed.

    The last day of a record that ends is always shown: it may lie before the one ordered.
    """
    rows = []
    if change.before is not None and change.before.full_name != change.after.full_name:
        rows.append(Line("Namn", change.after.full_name))
    for name, label in _SHOWN:
        old = getattr(change.before, name) if change.before is not None else None
        value = getattr(change.after, name)
        told = name == "valid_until" and change.action is Action.END
        if value is not None and (value != old or told):
            rows.append(Line(label, str(value)))
    return tuple(rows)
