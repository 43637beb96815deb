"""A person's entry to and from the directory's attributes. Asks and writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.adapters.ldap import values
from bot.adapters.ldap.connection import Row
from bot.adapters.ldap.layout import Layout
from bot.domain.records import Entry
from bot.domain.values import PersonId
from bot.ports.errors import PermanentError

_DAYS = ("valid_from", "valid_until")
_TEXTS = (
    "surname", "given_name", "middle_name", "title", "unit_id", "unit", "mail", "phone", "hsa_id",
)  # fmt: skip
_KEPT_ELSEWHERE = ("middle_name",)  # stands in the full name where it has no attribute of its own


@dataclass(frozen=True, slots=True)
class Seen:
    """A person's entry as it lies in the directory."""

    row: Row
    entry: Entry
    version: str
    unclear: bool = False  # a day could not be read


def seen(
    row: Row, person: PersonId, layout: Layout, wanted: Entry | None = None, *,
    lenient: bool = False,
) -> Seen:  # fmt: skip
    """Return *row* as the entry of *person*.

    Where an attribute has several values, the one of *wanted* counts, else the first. *lenient*
    leaves out what should be a day and is none: ``unclear`` tells that there is such a value.

    Raises:
        PermanentError: an attribute that should hold a day holds something else.
    """
    days = {field: _day(row, layout, field) for field in _DAYS}
    odd = [layout.names[f] for f, day in days.items() if day is None and _any(row, layout, f)]
    if odd and not lenient:
        raise PermanentError(f"{odd[0]} i katalogens post innehåller inget datum")
    texts = {field: _text(row, layout, field, wanted) for field in _TEXTS}
    if not layout.names["middle_name"]:
        texts["middle_name"] = _between(row, texts["given_name"], texts["surname"])
    entry = Entry(
        person_id=person,
        surname=texts["surname"] or "", given_name=texts["given_name"],
        middle_name=texts["middle_name"], title=texts["title"], unit_id=texts["unit_id"],
        unit=texts["unit"], mail=texts["mail"], phone=texts["phone"], hsa_id=texts["hsa_id"],
        valid_from=days["valid_from"], valid_until=days["valid_until"],
        protected=is_protected(row, layout),
    )  # fmt: skip
    return Seen(row, entry, version(row, layout), unclear=bool(odd))


def version(row: Row, layout: Layout) -> str:
    """Return a text that changes when any of the person's fields does.

    A digest of the values: what directories keep of their own (entryCSN, uSNChanged) differs.
    """
    told = {
        field: sorted(v.hex() for v in row.all(name))
        for field, name in layout.names.items()
        if name
    }
    if not layout.names["middle_name"]:
        told["full_name"] = sorted(v.hex() for v in row.all("cn"))
    content = json.dumps([told, is_protected(row, layout)], sort_keys=True)
    return f"1-{hashlib.sha256(content.encode()).hexdigest()[:32]}"


def is_protected(row: Row, layout: Layout) -> bool:
    """Tell whether the entry bears the class of protected persons."""
    marked = layout.protected_class.lower()
    return bool(marked) and any(values.words(c).lower() == marked for c in row.all("objectClass"))


def holds(entry: Entry, wanted: Entry) -> bool:
    """Tell whether the directory holds all that was *wanted*; the HSA-id may be its own."""
    names = (*_TEXTS, *_DAYS, "protected")
    return all(
        getattr(entry, n) == getattr(wanted, n) or (n == "hsa_id" and wanted.hsa_id is None)
        for n in names
    )


def written(entry: Entry, layout: Layout) -> Mapping[str, str | None]:
    """Return the value of each field as the directory is to hold it, None for none.

    Raises:
        PermanentError: the directory has nowhere to put a value that must not be lost.
    """
    told: dict[str, str | None] = {f: _plain(getattr(entry, f)) for f in _TEXTS}
    for field, form in zip(_DAYS, (values.first_day, values.last_day), strict=True):
        day: date | None = getattr(entry, field)
        told[field] = form(day, layout.schema.syntax(layout.names[field])) if day else None
    for field, value in told.items():
        if value and not layout.names[field] and field not in _KEPT_ELSEWHERE:
            raise PermanentError(f"katalogen har inget attribut för {_SPOKEN[field]}")
    if entry.protected and not layout.protected_class:
        raise PermanentError("katalogen kan inte märka en person som skyddad")
    return told


_SPOKEN = {
    "surname": "efternamn",
    "given_name": "förnamn",
    "title": "titel",
    "unit_id": "enhetens id",
    "unit": "enhet",
    "mail": "e-post",
    "phone": "telefon",
    "hsa_id": "HSA-id",
    "valid_from": "första dag",
    "valid_until": "sista dag",
}


def _plain(text: str | None) -> str | None:
    return text if text is not None and text.strip() else None


def _text(row: Row, layout: Layout, field: str, wanted: Entry | None) -> str | None:
    name = layout.names[field]
    held = [values.words(v) for v in row.all(name)] if name else []
    hoped = getattr(wanted, field) if wanted is not None else None
    return hoped if hoped in held else next(iter(held), None)


def _between(row: Row, given: str | None, surname: str | None) -> str | None:
    """Return what stands between given name and surname in the full name."""
    for full in map(values.words, row.all("cn")):
        start, end = f"{given} ", f" {surname}"
        if given and surname and full.startswith(start) and full.endswith(end):
            return full[len(start) : -len(end)].strip() or None
    return None


def _any(row: Row, layout: Layout, field: str) -> bool:
    name = layout.names[field]
    return bool(name and row.all(name))


def _day(row: Row, layout: Layout, field: str) -> date | None:
    name = layout.names[field]
    held = row.all(name) if name else ()
    return values.day_of(values.words(held[0])) if held else None
