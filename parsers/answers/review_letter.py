"""The numbered rows of a review letter, read back from its text part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.review_reply import Listed

_MOST = 400  # rows; no manager has more
_LONGEST = 400  # characters of a row's line
_ROW = re.compile(r"^[\s>]*(\d{1,3})[.)]\s+(\S.*?)\s*$")
_SINCE = re.compile(r",?\s+i EK sedan \d{4}-\d\d-\d\d\b.*$", re.IGNORECASE)
_NEW = re.compile(r",\s+ny sedan förra gången\b.*$", re.IGNORECASE)
_NAME = re.compile(r"^[^\W\d_][\w.'’`´-]*(?: [^\W\d_][\w.'’`´-]*){1,7}$")


def rows_of(letter_text: str) -> tuple[Listed, ...]:
    """Return the rows that a review letter lists, in its order; the given name is the first word.

    A row is one line, "1. Anna-Karin Öberg, undersköterska, i EK sedan 2024-03-01"; the line
    before a row that begins a group is its unit. Numbers rise from row to row.
    """
    found: list[Listed] = []
    for row in _rows(letter_text):
        if (found and row.row <= found[-1].row) or len(found) == _MOST:
            break  # a second list is somebody's quotation
        found.append(row)
    return tuple(found)


def _rows(text: str) -> Iterator[Listed]:
    unit = before = ""
    grouped = False
    for line in unicodedata.normalize("NFC", text).splitlines():
        plain = line.strip(" \t>")
        row = _row(plain, unit if grouped else before) if len(plain) <= _LONGEST else None
        if row is not None:
            unit, grouped = row.unit, True
            yield row
        elif plain:
            before, grouped = plain.rstrip(":"), False


def _row(line: str, unit: str) -> Listed | None:
    found = _ROW.match(line)
    if found is None:
        return None
    told = _SINCE.sub("", _NEW.sub("", found[2]))
    name, _, title = told.partition(",")
    if not _NAME.match(name):
        return None
    given, _, surname = " ".join(name.split()).partition(" ")
    return Listed(int(found[1]), given, surname, title.strip(), unit)
