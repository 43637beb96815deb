"""What an order makes of a person's entry: before and after. Writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.calendar import add_years
from bot.domain.letters import Line
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Action, Change, Entry, Record, Status, ended
from bot.domain.values import name_key


def plan(order: Order, record: Record | None, today: date) -> Change:
    """Return the write that *order* asks for, on top of what *record* holds today."""
    match order.action:
        case OrderAction.CANCEL if record is not None:
            return Change(Action.END, record.entry, ended(record.entry, order.last_day or today))
        case OrderAction.CHANGE if record is not None:
            return Change(Action.MODIFY, record.entry, changed(record.entry, order, today))
        case OrderAction.NEW if record is not None:
            before = record.entry
            after = replace(new(order, today), hsa_id=order.hsa_id or before.hsa_id)
            return Change(Action.MODIFY, before, after)
        case _:
            return Change(Action.ADD, None, new(order, today))


def new(order: Order, today: date) -> Entry:
    """Return a new entry: valid one year, or to the end of the employment (routine S2)."""
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
    """Return the status that the entry's dates give on *today*."""
    if entry.valid_until is not None and entry.valid_until < today:
        return Status.ENDED
    if entry.valid_from is not None and entry.valid_from > today:
        return Status.PLANNED
    return Status.ACTIVE


def same_person(order: Order, entry: Entry) -> bool:
    """Tell whether the names could be one person's: surname or given name agrees."""
    ours, theirs = (order.given_name, order.surname), (entry.given_name, entry.surname)
    return any(a is not None and b is not None and name_key(a) == name_key(b)
               for a, b in zip(ours, theirs, strict=True))  # fmt: skip


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
    """Return what the manager is shown of a write: all of a new entry, else what changed."""
    rows = []
    if change.before is not None and change.before.full_name != change.after.full_name:
        rows.append(Line("Namn", change.after.full_name))
    for name, label in _SHOWN:
        old = getattr(change.before, name) if change.before is not None else None
        value = getattr(change.after, name)
        if value is not None and value != old:
            rows.append(Line(label, str(value)))
    return tuple(rows)
