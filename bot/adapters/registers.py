"""Registers as CSV files: managers and persons, every bad row named. Stores nothing."""

from __future__ import annotations

from datetime import date

from bot.adapters.cells import Cells, read, twice
from bot.domain.authority import ManagerEntry
from bot.domain.records import Entry
from bot.domain.row_faults import BadRow
from bot.domain.values import HSA_ID, InvalidPersonIdError, PersonId

MANAGER_COLUMNS = (
    "name", "mail", "unit_id", "unit", "valid_from", "valid_to",
    "deputy_mail", "deputy_from", "deputy_to", "superior_mail",
)  # fmt: skip
PERSON_COLUMNS = (
    "person_id", "given_name", "middle_name", "surname", "title", "unit_id",
    "mail", "phone", "valid_from", "valid_until", "hsa_id", "protected",
)  # fmt: skip
_YES = {"ja": True, "true": True, "1": True, "x": True, "nej": False, "false": False, "0": False}


def managers(content: bytes) -> tuple[tuple[ManagerEntry, ...], tuple[BadRow, ...]]:
    """Return the register of managers in a CSV file, and every fault in it."""
    needed = ("name", "mail", "unit_id", "unit")
    rows, faults = read(content, MANAGER_COLUMNS, needed, _manager)
    doubled = twice(rows, lambda entry: entry, "raden")
    return tuple(entry for _, entry in rows), (*faults, *doubled)


def persons(content: bytes, today: date) -> tuple[tuple[Entry, ...], tuple[BadRow, ...]]:
    """Return the persons in a CSV file, their unit by its id, and every fault in it."""
    rows, faults = read(
        content, PERSON_COLUMNS, ("person_id", "surname"), lambda cells: _person(cells, today)
    )
    doubled = twice(rows, lambda entry: entry.person_id, "person_id")
    shared = twice(rows, lambda entry: entry.hsa_id, "hsa_id")
    return tuple(entry for _, entry in rows), (*faults, *doubled, *shared)


def _manager(cells: Cells) -> ManagerEntry | None:
    name, unit_id, unit = cells.needed("name"), cells.needed("unit_id"), cells.needed("unit")
    mail, start, end = cells.mail("mail"), cells.day("valid_from"), cells.day("valid_to")
    deputy_from, deputy_to = cells.day("deputy_from"), cells.day("deputy_to")
    if mail is None:
        cells.needed("mail")
    if start is not None and end is not None and end < start:
        cells.bad("valid_to", "ligger före valid_from")
    if deputy_from is not None and deputy_to is not None and deputy_to < deputy_from:
        cells.bad("deputy_to", "ligger före deputy_from")
    entry = ManagerEntry(
        name=name, mail=mail or "", unit_id=unit_id, unit=unit, valid_from=start or date.min,
        valid_to=end, deputy_mail=cells.mail("deputy_mail"), deputy_from=deputy_from,
        deputy_to=deputy_to, superior_mail=cells.mail("superior_mail"),
    )  # fmt: skip
    return None if cells.faults else entry


def _person(cells: Cells, today: date) -> Entry | None:
    surname, hsa_id = cells.needed("surname"), cells.text("hsa_id").upper()
    flag = cells.text("protected").lower()
    start, end = cells.day("valid_from"), cells.day("valid_until")
    person = None
    try:
        person = PersonId.parse(cells.needed("person_id"), today)
    except InvalidPersonIdError as error:
        if not any(f.column == "person_id" for f in cells.faults):
            cells.bad("person_id", f"är inget giltigt nummer ({error.code})")
    if hsa_id and not HSA_ID.fullmatch(hsa_id):
        cells.bad("hsa_id", "har inte formen SE1234567890-ABC")
    if flag and flag not in _YES:
        cells.bad("protected", "ska vara ja eller nej")
    if start is not None and end is not None and end < start:
        cells.bad("valid_until", "ligger före valid_from")
    mail = cells.mail("mail")
    if person is None or cells.faults:
        return None
    return Entry(
        person_id=person, surname=surname, given_name=cells.text("given_name") or None,
        middle_name=cells.text("middle_name") or None, title=cells.text("title") or None,
        unit_id=cells.text("unit_id") or None, mail=mail, phone=cells.text("phone") or None,
        valid_from=start, valid_until=end, hsa_id=hsa_id or None,
        protected=_YES.get(flag, False),
    )  # fmt: skip
