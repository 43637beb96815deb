"""The register of managers in an LDAP directory. Stores nothing.

Two shapes are taken, and may be mixed: a unit's entry that names its manager by DN, and a manager's
own entry that carries the unit. A person's entry is known by its surname.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from bot.adapters.ldap import values
from bot.adapters.ldap.access import Access
from bot.adapters.ldap.connection import Directory, Row
from bot.domain.authority import ManagerEntry
from bot.domain.values import MAIL_ADDRESS, address_key, masked
from bot.ports.errors import NeedsOperatorError

_UNITS_OWN = ("hsaIdentity",)  # in a person's entry it is the person's own id, never the unit's
_PERSONS_OWN = "sn"  # every person's entry has a surname (RFC 4519 §3.12), and no unit's has
_SHOWN = 20  # faults named in one advice
KNOWN: Mapping[str, tuple[str, ...]] = {
    "name": ("displayName", "fullName", "cn"),
    "mail": ("mail",),
    "unit_id": ("departmentNumber", "hsaIdentity"),
    "unit": ("ou",),
    "valid_from": ("startDate", "hsaStartDate"),
    "valid_to": ("endDate", "hsaEndDate"),
    "manager": ("manager", "managedBy"),
    "deputy": ("deputy",),
    "deputy_from": (),
    "deputy_to": (),
    "superior": (),
}
UNITS = "(&(objectClass=organizationalUnit)(|(manager=*)(managedBy=*)))"


class Settings(Access, frozen=True, extra="forbid"):
    """``[managers] kind = "ldap"``."""

    PASSWORD_VARIABLE: ClassVar[str] = "EKBOT_MANAGERS_PASSWORD"

    kind: Literal["ldap"]
    filter: str = UNITS
    attributes: Mapping[str, str] = {}
    refresh_minutes: float = Field(default=15, ge=0, le=1440)

    @field_validator("attributes")
    @classmethod
    def _known(cls, named: Mapping[str, str]) -> Mapping[str, str]:
        for name in named:
            if name not in KNOWN:
                raise ValueError(f"fältet {name} finns inte; fälten är {', '.join(KNOWN)}")
        return named


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    mail: str
    start: date | None
    end: date | None


@dataclass(slots=True)
class _Reading:
    """One pass over the register: every fault is noted."""

    directory: Directory
    names: Mapping[str, tuple[str, ...]]
    faults: list[str] = field(default_factory=list)
    known: dict[str, Row | None] = field(default_factory=dict)

    def first(self, row: Row, what: str) -> str:
        """Return the first value that stands under any of the names of *what*."""
        return next(iter(self.all(row, what)), "")

    def all(self, row: Row, what: str) -> list[str]:
        """Return every value of the first of the names of *what* that has one."""
        for name in self.names[what]:
            held = [" ".join(values.words(v).split()) for v in row.all(name)]
            if any(held):
                return [v for v in held if v]
        return []

    def carried(self, row: Row) -> str:
        """Return the id of the unit that a person's entry carries."""
        names = self.names["unit_id"]
        if names == KNOWN["unit_id"]:
            names = tuple(n for n in names if n not in _UNITS_OWN)
        held = (" ".join(values.words(v).split()) for name in names for v in row.all(name))
        return next(filter(None, held), "")

    def day(self, row: Row, what: str, where: str) -> date | None:
        """Return the day that stands there."""
        text = self.first(row, what)
        found = values.day_of(text) if text else None
        if text and found is None:
            self.faults.append(f"{where}: {what} är inget datum")
        return found

    def address(self, text: str, what: str, where: str) -> str | None:
        """Return the mail address that *text* is, or that the entry it names has."""
        if not text:
            return None
        if "=" in text and "@" not in text.partition("=")[0]:
            row = self.row(text)
            text = self.first(row, "mail") if row is not None else ""
        found = address_key(text)
        if MAIL_ADDRESS.fullmatch(found):
            return found
        self.faults.append(f"{where}: {what} har ingen e-postadress")
        return None

    def row(self, dn: str) -> Row | None:
        """Return the entry *dn*, asked for once."""
        key = dn.lower()
        if key not in self.known:
            wanted = sorted({n for names in self.names.values() for n in names})
            self.known[key] = self.directory.one(dn, [_PERSONS_OWN, *wanted])
        return self.known[key]


class LdapManagers:
    """Reads the whole register page by page, at most every so many minutes."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        """Connect to nothing yet.

        Raises:
            NeedsOperatorError: there is no password.
        """
        self._settings = settings
        self._directory = Directory(settings.server(environment))
        own = {what: (name,) if name else () for what, name in settings.attributes.items()}
        self._names = {**KNOWN, **own}
        self._read: tuple[float, tuple[Row, ...], dict[str, Row | None]] | None = None

    def fingerprint(self) -> str:
        """Return a digest of all that the register is made of.

        It is asked for at each turn; the directory is read anew when ``refresh_minutes`` have gone.

        Raises:
            TransientError: the directory does not answer.
            NeedsOperatorError: it refuses, or would not give the whole register.
        """
        rows, known = self._rows()
        told = hashlib.sha256()
        pointed = [row for row in known.values() if row is not None]
        for row in (*rows, *sorted(pointed, key=lambda row: row.dn)):
            told.update(repr((row.dn, sorted(row.values.items()))).encode())
        return f"ldap:{told.hexdigest()}"

    def read(self) -> tuple[ManagerEntry, ...]:
        """Return the register as the fingerprint was taken of it.

        Raises:
            TransientError: the directory does not answer.
            NeedsOperatorError: it refuses, or the register has faults; all are named.
        """
        rows, known = self._rows()
        reading = _Reading(self._directory, self._names, known=known)
        entries = _entries(reading, rows)
        faults = reading.faults
        if not faults:
            return entries
        lines = "\n".join(f"  {masked(fault)}" for fault in faults[:_SHOWN])
        more = f"\n  … och {len(faults) - _SHOWN} till" if len(faults) > _SHOWN else ""
        raise NeedsOperatorError(
            f"{len(faults)} faults in the register",
            f"Rätta chefsregistret i katalogen; det gamla gäller tills dess:\n{lines}{more}",
        )

    def close(self) -> None:
        """Let the directory go."""
        self._directory.close()

    def _rows(self) -> tuple[tuple[Row, ...], dict[str, Row | None]]:
        """Return what the register is made of: the entries, and those that they point at."""
        kept = self._read
        if kept is not None and monotonic() - kept[0] < self._settings.refresh_minutes * 60:
            return kept[1], kept[2]
        settings = self._settings
        asked = sorted({name for names in self._names.values() for name in names})
        reading = _Reading(self._directory, self._names)
        try:
            found = self._directory.every(settings.base_dn, settings.filter, [_PERSONS_OWN, *asked])
            rows = tuple(sorted(found, key=lambda row: row.dn.lower()))
            _entries(reading, rows)  # follows every pointer once
        finally:
            self._directory.close()  # long before the next reading the server would
        self._read = monotonic(), rows, reading.known
        return rows, reading.known


def _entries(reading: _Reading, rows: tuple[Row, ...]) -> tuple[ManagerEntry, ...]:
    units = {row.dn.lower(): row for row in rows if not _is_person(row)}
    found: list[ManagerEntry] = []
    for row in rows:
        made = _of_person(reading, row) if _is_person(row) else _of_unit(reading, row, units)
        for entry in made:
            if entry in found:
                reading.faults.append(f"{entry.unit}: står två gånger")
            found.append(entry)
    return tuple(found)


def _is_person(row: Row) -> bool:
    return bool(row.all(_PERSONS_OWN))


def _of_unit(reading: _Reading, row: Row, units: Mapping[str, Row]) -> Iterator[ManagerEntry]:
    """Yield a row for each manager whom the unit's entry names."""
    unit, unit_id = reading.first(row, "unit"), reading.first(row, "unit_id")
    where = f"Enheten {unit or unit_id or 'utan namn'}"
    if not unit or not unit_id:
        reading.faults.append(f"{where}: {'unit' if not unit else 'unit_id'} saknas")
        return
    for dn in reading.all(row, "manager"):
        person = reading.row(dn)
        if person is None:
            reading.faults.append(f"{where}: chefens post finns inte, eller får inte läsas")
            continue
        boss = _person(reading, person, where)
        if boss is not None:
            superior = _superior(reading, row, units, boss, where)
            yield from _made(reading, row, where, boss, unit=(unit_id, unit), superior=superior)


def _of_person(reading: _Reading, row: Row) -> Iterator[ManagerEntry]:
    """Yield a row for the unit that a manager's own entry carries."""
    unit, unit_id = reading.first(row, "unit"), reading.carried(row)
    where = f"Chefen för {unit or unit_id or 'okänd enhet'}"
    if not unit or not unit_id:
        reading.faults.append(f"{where}: {'unit' if not unit else 'unit_id'} saknas")
        return
    boss = _person(reading, row, where)
    if boss is not None:
        named = reading.first(row, "superior") or reading.first(row, "manager")
        superior = reading.address(named, "superior", where)
        yield from _made(reading, row, where, boss, unit=(unit_id, unit), superior=superior)


def _person(reading: _Reading, row: Row, where: str) -> _Person | None:
    name = reading.first(row, "name")
    mail = reading.address(reading.first(row, "mail"), "chefen", where)
    if not name or not reading.first(row, "mail"):
        reading.faults.append(f"{where}: chefens {'namn' if not name else 'e-post'} saknas")
        return None
    start, end = reading.day(row, "valid_from", where), reading.day(row, "valid_to", where)
    return _Person(name, mail, start, end) if mail is not None else None


def _made(
    reading: _Reading, row: Row, where: str, boss: _Person, *, unit: tuple[str, str],
    superior: str | None,
) -> Iterator[ManagerEntry]:  # fmt: skip
    start = max((d for d in (boss.start, reading.day(row, "valid_from", where)) if d),
                default=date.min)  # fmt: skip
    end = min((d for d in (boss.end, reading.day(row, "valid_to", where)) if d), default=None)
    if end is not None and end < start:
        reading.faults.append(f"{where}: valid_to ligger före valid_from")
        return
    yield ManagerEntry(
        name=boss.name, mail=boss.mail, unit_id=unit[0], unit=unit[1], valid_from=start,
        valid_to=end,
        deputy_mail=reading.address(reading.first(row, "deputy"), "ersättaren", where),
        deputy_from=reading.day(row, "deputy_from", where),
        deputy_to=reading.day(row, "deputy_to", where),
        superior_mail=superior,
    )  # fmt: skip


def _superior(
    reading: _Reading, row: Row, units: Mapping[str, Row], boss: _Person, where: str
) -> str | None:
    """Return the next level up: named, else the manager of the nearest unit above in the tree."""
    named = reading.first(row, "superior")
    if named:
        return reading.address(named, "superior", where)
    dn = row.dn.lower()
    while "," in dn:
        dn = dn.partition(",")[2]
        above = units.get(dn.lstrip())
        chief = reading.row(reading.first(above, "manager")) if above is not None else None
        mail = address_key(reading.first(chief, "mail")) if chief is not None else ""
        if mail and mail != boss.mail and MAIL_ADDRESS.fullmatch(mail):
            return mail
    return None
