"""Registers as CSV files: managers and persons, every bad row named. Stores nothing.

Takes what spreadsheets write: UTF-8 with or without mark, or Windows-1252; comma or semicolon.
No fault ever shows what stands in the cell, for that may be an identity number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.domain.authority import ManagerEntry
from bot.domain.records import Entry
from bot.domain.values import HSA_ID, MAIL_ADDRESS, InvalidPersonIdError, PersonId, address_key

T = TypeVar("T")
MANAGER_COLUMNS = (
    "name", "mail", "unit_id", "unit", "valid_from", "valid_to",
    "deputy_mail", "deputy_from", "deputy_to", "superior_mail",
)  # fmt: skip
PERSON_COLUMNS = (
    "person_id", "given_name", "middle_name", "surname", "title", "unit_id",
    "mail", "phone", "valid_from", "valid_until", "hsa_id", "protected",
)  # fmt: skip
_WORD = re.compile(r"[a-zåäö_ -]{1,30}")
_LONGEST = 200  # characters of a name or title
_YES = {"ja": True, "true": True, "1": True, "x": True, "nej": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class BadRow:
    """One fault: the line of the file (1 is the heading), the column, what is wrong."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"rad {self.line}, {self.column}: {self.text}"


@dataclass(slots=True)
class _Cells:
    """One row's cells; each fault is noted, and the empty value returned for it."""

    line: int
    cells: dict[str, str]
    faults: list[BadRow] = field(default_factory=list)

    def bad(self, column: str, text: str) -> None:
        self.faults.append(BadRow(self.line, column, text))

    def text(self, column: str) -> str:
        value = " ".join(self.cells.get(column, "").split())
        if len(value) > _LONGEST or not value.isprintable():
            self.bad(column, "är för långt eller innehåller styrtecken")
            return ""
        return value

    def needed(self, column: str) -> str:
        value = self.text(column)
        if not value and not any(f.column == column for f in self.faults):
            self.bad(column, "saknas")
        return value

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.bad(column, "är inget datum; skriv till exempel 2026-11-23")
            return None

    def mail(self, column: str) -> str | None:
        value = address_key(self.text(column))
        if value and not MAIL_ADDRESS.fullmatch(value):
            self.bad(column, "är ingen e-postadress")
            return None
        return value or None


def managers(content: bytes) -> tuple[tuple[ManagerEntry, ...], tuple[BadRow, ...]]:
    """Return the register of managers in a CSV file, and every fault in it."""
    needed = ("name", "mail", "unit_id", "unit")
    rows, faults = _read(content, MANAGER_COLUMNS, needed, _manager)
    twice = _twice(rows, lambda entry: entry, "raden")
    return tuple(entry for _, entry in rows), (*faults, *twice)


def persons(content: bytes, today: date) -> tuple[tuple[Entry, ...], tuple[BadRow, ...]]:
    """Return the persons in a CSV file, their unit by its id, and every fault in it."""
    rows, faults = _read(
        content, PERSON_COLUMNS, ("person_id", "surname"), lambda cells: _person(cells, today)
    )
    twice = _twice(rows, lambda entry: entry.person_id, "person_id")
    shared = _twice(rows, lambda entry: entry.hsa_id, "hsa_id")
    return tuple(entry for _, entry in rows), (*faults, *twice, *shared)


def _twice(
    rows: tuple[tuple[int, T], ...], key: Callable[[T], object], column: str
) -> Iterator[BadRow]:
    first: dict[object, int] = {}
    for line, row in rows:
        value = key(row)
        if value is not None and first.setdefault(value, line) != line:
            yield BadRow(line, column, f"står redan på rad {first[value]}")


def _read(
    content: bytes, columns: tuple[str, ...], needed: tuple[str, ...],
    row: Callable[[_Cells], T | None],
) -> tuple[tuple[tuple[int, T], ...], tuple[BadRow, ...]]:  # fmt: skip
    """Return each sound row with its line, and the faults of the others."""
    found: list[tuple[int, T]] = []
    try:
        lines = list(_lines(_decoded(content)))
    except csv.Error:
        return (), (BadRow(1, "filen", "går inte att läsa som CSV"),)
    if not lines:
        return (), (BadRow(1, "filen", f"är tom; första raden ska vara {','.join(columns)}"),)
    heads = [h.strip().lower() for h in lines[0][1]]
    faults = list(_heading(heads, columns, needed))
    if faults:
        return (), tuple(faults)
    for line, values in lines[1:]:
        if not any(v.strip() for v in values):
            continue
        cells = _Cells(line, dict(zip(heads, values, strict=False)))
        if len(values) > len(heads):
            cells.bad("raden", "har fler celler än rubriken")
        made = row(cells)
        faults += cells.faults
        if made is not None and not cells.faults:
            found.append((line, made))
    return tuple(found), tuple(faults)


def _heading(
    heads: list[str], columns: tuple[str, ...], needed: tuple[str, ...]
) -> Iterator[BadRow]:
    for place, head in enumerate(heads, 1):
        if head and head not in columns:
            # A file without a heading has a person here: show words only, never digits.
            shown = head if _WORD.fullmatch(head) else f"kolumn {place}"
            yield BadRow(1, shown, f"kolumnen finns inte; kolumnerna är {','.join(columns)}")
        elif head and head in heads[: place - 1]:
            yield BadRow(1, head, "kolumnen står två gånger")
    for column in needed:
        if column not in heads:
            yield BadRow(1, column, "kolumnen saknas")


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for values in reader:
        yield reader.line_num, values


def _manager(cells: _Cells) -> ManagerEntry | None:
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


def _person(cells: _Cells, today: date) -> Entry | None:
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
