"""Who is asked about whom: the reviewer of a unit, and a manager's list in its order. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.authority import ManagerEntry, spells
from bot.domain.records import Record, Status
from bot.domain.reviews import ReviewRow
from bot.domain.values import RecordId, address_key, name_key


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who is asked: an address, the name for the letter, who stands in, who is above."""

    mail: str
    name: str
    deputy: str = ""
    superior: str = ""


def manager_in_force(entries: Iterable[ManagerEntry], day: date) -> ManagerEntry | None:
    """Return who manages a unit on *day*: of several the one who came last."""
    now = [e for e in entries if e.in_force(day)]
    return max(now, key=lambda e: (e.valid_from, address_key(e.mail)), default=None)


def reviewer_of(entry: ManagerEntry, day: date) -> Reviewer:
    """Return the unit's manager as the reviewer; the deputy only while standing in."""
    deputy = entry.deputy_mail or ""
    stands_in = bool(deputy) and entry.deputises(deputy, day)
    return Reviewer(
        address_key(entry.mail), entry.name, address_key(deputy) if stands_in else "",
        address_key(entry.superior_mail or ""),
    )  # fmt: skip


def next_level(register: Sequence[ManagerEntry], mail: str, day: date) -> Reviewer | None:
    """Return the level above as a reviewer; None where nobody is named, or it is the same."""
    above = address_key(mail)
    if not above:
        return None
    own = manager_in_force((e for e in register if address_key(e.mail) == above), day)
    return reviewer_of(own, day) if own is not None else Reviewer(above, "")


def is_self(record: Record, mail: str, names: Collection[str] = ()) -> bool:
    """Tell whether the record is that of whoever reads mail at *mail*: nobody reviews himself.

    Also by the name in the register: the two addresses may differ.
    """
    entry = record.entry
    if address_key(entry.mail or "") == address_key(mail) != "":
        return True
    own = f"{entry.given_name or ''} {entry.surname}"
    known = {name_key(own), name_key(entry.full_name)}
    return bool(known & {name_key(n) for n in names if n}) or spells(mail, own)


def rows_of(
    records: Iterable[Record], previous: Collection[RecordId] | None
) -> tuple[ReviewRow, ...]:
    """Return the frozen list: what is new since the *previous* list first, then by unit and name.

    Only active, unprotected records stand on it. *previous* is None where there was no list.
    """
    shown = [r for r in records if r.status is Status.ACTIVE and not r.entry.protected]
    known = None if previous is None else frozenset(previous)
    found = sorted(shown, key=lambda r: _order(r, known))
    return tuple(_row(number, r, known) for number, r in enumerate(found, 1))


def _order(record: Record, known: frozenset[RecordId] | None) -> tuple[bool, str, str, str, int]:
    entry = record.entry
    new = known is not None and record.id not in known
    names = name_key(entry.surname), name_key(entry.given_name or "")
    return (not new, name_key(entry.unit or ""), *names, record.id)


def _row(number: int, record: Record, known: frozenset[RecordId] | None) -> ReviewRow:
    entry = record.entry
    return ReviewRow(
        row=number,
        record=record.id,
        person=entry.person_id,
        given_name=entry.given_name or "",
        surname=entry.surname,
        title=entry.title or "",
        unit=entry.unit or "",
        unit_id=entry.unit_id or "",
        since=entry.valid_from,
        new=known is not None and record.id not in known,
    )
