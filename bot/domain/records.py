"""A person's record: its states, and what an order or a day makes of it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from bot.domain.values import PersonId, RecordId


class Status(StrEnum):
    """The life of a record (routine S2, S3)."""

    PLANNED = "planned"
    ACTIVE = "active"
    ENDED = "ended"  # the employment is over; cards may still be out
    CLOSED = "closed"  # all cards are deregistered
    REMOVED = "removed"  # after quarantine


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue holds about a person; HSA's attribute of each field beside it."""

    person_id: PersonId  # personalIdentityNumber
    surname: str  # sn
    given_name: str | None = None  # givenName
    middle_name: str | None = None  # middleName
    title: str | None = None  # title
    unit_id: str | None = None
    unit: str | None = None  # ou
    mail: str | None = None  # mail
    phone: str | None = None  # telephoneNumber
    valid_from: date | None = None  # startDate
    valid_until: date | None = None  # endDate
    hsa_id: str | None = None  # hsaIdentity: read back, never invented
    protected: bool = False  # object class hsaConfidentialPerson

    @property
    def full_name(self) -> str:
        """Return the names in the order in which they are spoken."""
        return " ".join(n for n in (self.given_name, self.middle_name, self.surname) if n)


@dataclass(frozen=True, slots=True)
class Record:
    """An entry in our register, with its state; ``version`` is the catalogue's."""

    id: RecordId
    entry: Entry
    status: Status
    manager_mail: str
    version: int = 0  # of this row, for conditional writes
    cards_back: bool = False  # all cards are returned and deregistered
    catalogue_version: str = ""  # what the catalogue said when it was last written or read


class Action(StrEnum):
    """What a change does to the catalogue."""

    ADD = "add"
    MODIFY = "modify"
    END = "end"  # sets the end date; cards first, then the record


@dataclass(frozen=True, slots=True)
class Change:
    """A planned write: the entry before (None: must not exist), the entry wanted."""

    action: Action
    before: Entry | None
    after: Entry

    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """Return (attribute, old, new) for each that differs; identity numbers stay masked."""
        rows = []
        for f in fields(self.after):
            old = getattr(self.before, f.name) if self.before is not None else None
            new = getattr(self.after, f.name)
            if old != new:
                rows.append(
                    (f.name, "" if old is None else str(old), "" if new is None else str(new))
                )
        return tuple(rows)


def ended(entry: Entry, last_day: date) -> Entry:
    """Return *entry* ending on *last_day*, or before if it ends earlier anyway."""
    until = entry.valid_until
    return replace(entry, valid_until=last_day if until is None or last_day < until else until)
