"""CSV files as spreadsheets write them, row by row, every fault named. Knows no register.

Takes UTF-8 with or without mark, UTF-16 with one, or Windows-1252; comma, semicolon or tab.
No fault ever shows what stands in the cell, for that may be an identity number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from bot.domain.row_faults import BadRow
from bot.domain.values import MAIL_ADDRESS, address_key

T = TypeVar("T")
_WORD = re.compile(r"[a-zåäö_ -]{1,30}")
_LONGEST = 200  # characters of a name or title
_SAME: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Cells:
    """One row's cells; each fault is noted, and the empty value returned for it."""

    line: int
    cells: dict[str, str]
    faults: list[BadRow] = field(default_factory=list)

    def bad(self, column: str, text: str) -> None:
        """Note a fault."""
        self.faults.append(BadRow(self.line, column, text))

    def text(self, column: str) -> str:
        """Return the cell with single spaces, "" where it is empty."""
        value = " ".join(self.cells.get(column, "").split())
        if len(value) > _LONGEST or not value.isprintable():
            self.bad(column, "är för långt eller innehåller styrtecken")
            return ""
        return value

    def needed(self, column: str) -> str:
        """Return the cell; it is a fault where it is empty."""
        value = self.text(column)
        if not value and not any(f.column == column for f in self.faults):
            self.bad(column, "saknas")
        return value

    def day(self, column: str) -> date | None:
        """Return the day that the cell writes as 2026-11-23."""
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.bad(column, "är inget datum; skriv till exempel 2026-11-23")
            return None

    def mail(self, column: str) -> str | None:
        """Return the mail address in the cell, as it is compared."""
        value = address_key(self.text(column))
        if value and not MAIL_ADDRESS.fullmatch(value):
            self.bad(column, "är ingen e-postadress")
            return None
        return value or None


def read(
    content: bytes, columns: tuple[str, ...], needed: tuple[str, ...],
    row: Callable[[Cells], T | None], *, also: Mapping[str, str] = _SAME,
) -> tuple[tuple[tuple[int, T], ...], tuple[BadRow, ...]]:  # fmt: skip
    """Return each sound row with its line, and the faults of the others.

    *also* are other headings, in lower case, by which a column may go.
    """
    found: list[tuple[int, T]] = []
    try:
        lines = list(_lines(_decoded(content)))
    except csv.Error:
        return (), (BadRow(1, "filen", "går inte att läsa som CSV"),)
    if not lines:
        return (), (BadRow(1, "filen", f"är tom; första raden ska vara {','.join(columns)}"),)
    first, heading = lines[0]
    heads = [" ".join(h.split()).lower() for h in heading]
    heads = [also.get(h, h) for h in heads]
    faults = list(_heading(first, heads, columns, needed))
    if faults:
        return (), tuple(faults)
    for line, values in lines[1:]:
        if not any(v.strip() for v in values):
            continue
        cells = Cells(line, dict(zip(heads, values, strict=False)))
        if len(values) > len(heads):
            cells.bad("raden", "har fler celler än rubriken")
        made = row(cells)
        faults += cells.faults
        if made is not None and not cells.faults:
            found.append((line, made))
    return tuple(found), tuple(faults)


def _heading(
    line: int, heads: list[str], columns: tuple[str, ...], needed: tuple[str, ...]
) -> Iterator[BadRow]:
    for place, head in enumerate(heads, 1):
        if head and head not in columns:
            # A file without a heading has a person here: show words only, never digits.
            shown = head if _WORD.fullmatch(head) else f"kolumn {place}"
            yield BadRow(line, shown, f"kolumnen finns inte; kolumnerna är {','.join(columns)}")
        elif head and head in heads[: place - 1]:
            yield BadRow(line, head, "kolumnen står två gånger")
    for column in needed:
        if column not in heads:
            yield BadRow(line, column, "kolumnen saknas")


def _decoded(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    head, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=([,;\t])\r?", head, re.IGNORECASE)  # Excel's own first line
    if told is not None:
        text, delimiter = rest, told[1]
    else:
        delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for values in reader:
        yield reader.line_num + (told is not None), values


def twice(
    rows: tuple[tuple[int, T], ...], key: Callable[[T], object], column: str
) -> Iterator[BadRow]:
    """Return a fault for each row whose *key* an earlier one has; None counts for nothing."""
    first: dict[object, int] = {}
    for line, row in rows:
        value = key(row)
        if value is not None and first.setdefault(value, line) != line:
            yield BadRow(line, column, f"står redan på rad {first[value]}")
