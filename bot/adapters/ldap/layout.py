"""Which attribute holds which field, and what a new person's entry is made of. Writes nothing.

Directories differ: the schema is read, and the first known name that is there is taken. Where two
are there, the one that entries have; where both are in use, the office must say which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ldap.dn import escape_dn_chars

from bot.adapters.ldap.connection import Directory
from bot.adapters.ldap.schema import Schema
from bot.domain.records import Entry
from bot.ports.errors import NeedsOperatorError, PermanentError

KNOWN: Mapping[str, tuple[str, ...]] = {  # HSA's names stand first
    "person_id": ("personalIdentityNumber", "hsaPersonIdentityNumber"),
    "surname": ("sn",),
    "given_name": ("givenName",),
    "middle_name": ("middleName", "hsaMiddleName"),
    "title": ("title",),
    "unit_id": ("departmentNumber",),
    "unit": ("ou",),
    "mail": ("mail",),
    "phone": ("telephoneNumber",),
    "valid_from": ("startDate", "hsaStartDate"),
    "valid_until": ("endDate", "hsaEndDate"),
    "hsa_id": ("hsaIdentity",),
}
_PERSONS = ("inetOrgPerson", "organizationalPerson", "person")
_FULL = ("cn", "displayName", "fullName")
_ANYTHING = "extensibleobject"  # may hold all there is, and so says nothing of what a person needs
_SAMPLE = 50  # entries looked at to see where persons lie


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the office has set; empty where the directory may decide."""

    attributes: Mapping[str, str]
    classes: tuple[str, ...]
    protected_class: str
    naming: str
    place: str | None  # of new entries, counted from the base; None: where the others lie
    filter: str
    form: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How this directory holds persons."""

    names: Mapping[str, str]  # attribute by field, "" where the directory has none
    full_names: tuple[str, ...]
    classes: tuple[str, ...]
    unfillable: tuple[str, ...]  # what a new entry must have and no program can give it
    protected_class: str  # "" where there is none
    naming: str
    place: str
    form: str
    base: str
    filter: str
    schema: Schema

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the attributes to ask for."""
        return ("objectClass", *self.full_names, *sorted(n for n in self.names.values() if n))

    def lacking(self, given: frozenset[str]) -> tuple[str, ...]:
        """Return what a new entry must have beside the fields *given*, and no program can give."""
        must, _ = self.schema.allowed(self.classes)
        name = self.names["hsa_id"]
        waits = name and "hsa_id" not in given and self.schema.primary(name) in must
        return (*((name,) if waits else ()), *self.unfillable)

    def place_of(self, entry: Entry) -> str:
        """Return where *entry* belongs, counted from the base.

        Raises:
            PermanentError: it lies by unit, and the entry has none.
        """
        told = {"unit_id": entry.unit_id, "unit": entry.unit}
        place = self.place
        for field, value in told.items():
            if f"{{{field}}}" in place:
                if not value:
                    raise PermanentError("nya poster läggs efter enhet, och enhet saknas")
                place = place.replace(f"{{{field}}}", escape_dn_chars(value))
        return place

    def person_filter(self, inner: str) -> str:
        """Return *inner* narrowed to what the office calls a person."""
        return f"(&{self.filter}{inner})" if self.filter else inner


def learn(directory: Directory, base: str, wishes: Wishes) -> Layout:
    """Return how the directory holds persons.

    Raises:
        TransientError: no answer.
        NeedsOperatorError: the schema cannot be read, or the office must choose.
    """
    schema = Schema.read(directory)
    seek = _Seeker(directory, base, wishes)
    names = {field: seek.name(schema, field) for field in KNOWN}
    if not names["person_id"] or not names["surname"]:
        raise NeedsOperatorError(
            f"{directory.server.peer}: no attribute for the identity number",
            "Katalogens schema har inget känt attribut för personnummer eller efternamn. Ange det i"
            " [catalogue.attributes] person_id och surname.",
        )
    protected = wishes.protected_class if schema.has_class(wishes.protected_class) else ""
    classes = wishes.classes or _chosen(schema, names, protected)
    unknown = [c for c in classes if not schema.has_class(c)]
    if unknown:
        raise NeedsOperatorError(
            "an object class is not there",
            f"Klassen {unknown[0]} i [catalogue] object_classes finns inte i katalogen.",
        )
    may = schema.allowed(classes)[1]
    for field in KNOWN.keys() - wishes.attributes.keys() - {"person_id"}:
        if names[field] and schema.primary(names[field]) not in may:
            names[field] = ""  # the directory knows the attribute, but no person may have it
    place = wishes.place if wishes.place is not None else seek.place(names["person_id"])
    full = tuple(n for n in _FULL if schema.has(n))
    return Layout(
        names=names, full_names=full, classes=classes,
        unfillable=_unfillable(schema, classes, names, (*full, wishes.naming)),
        protected_class=protected, naming=wishes.naming, place=place, form=wishes.form,
        base=base, filter=wishes.filter, schema=schema,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Seeker:
    directory: Directory
    base: str
    wishes: Wishes

    def name(self, schema: Schema, field: str) -> str:
        """Return the attribute for *field*: the office's own, or the known one in use."""
        own = self.wishes.attributes.get(field)
        if own is not None:
            if own and not schema.has(own):
                raise NeedsOperatorError(
                    "an attribute is not there",
                    f"Attributet {own} i [catalogue.attributes] {field} finns inte i katalogen.",
                )
            return own
        there = [n for n in KNOWN[field] if schema.has(n)]
        used = [n for n in there if self._used(n)] if len(there) > 1 else there
        if len(used) > 1:
            raise NeedsOperatorError(
                "two attributes for one field are in use",
                f"Både {' och '.join(used)} används i katalogen. Ange vilket som gäller i"
                f" [catalogue.attributes] {field}.",
            )
        return next(iter(used or there), "")

    def place(self, number: str) -> str:
        """Return where persons lie, counted from the base; "" where there are none yet."""
        rows, _ = self.directory.some(self.base, f"({number}=*)", ("1.1",), _SAMPLE)
        parents = {_parent(row.dn) for row in rows}
        if len(parents) != 1:
            return ""
        inside = parents.pop()
        tail = self.base.lower()
        return inside[: -len(tail) - 1] if inside.lower().endswith("," + tail) else ""

    def _used(self, name: str) -> bool:
        rows, more = self.directory.some(self.base, f"({name}=*)", ("1.1",), 1)
        return bool(rows) or more


def _chosen(schema: Schema, names: Mapping[str, str], protected: str) -> tuple[str, ...]:
    """Return classes that together may hold all fields: a person, and as few others as can be."""
    person = next((c for c in _PERSONS if schema.has_class(c)), "person")
    chosen = [person]
    wanted = {schema.primary(n) for n in names.values() if n}
    left = wanted - schema.allowed(chosen)[1]
    never = {protected.lower(), _ANYTHING}
    others = [c for c in schema.classes() if schema.is_auxiliary(c) and c.lower() not in never]
    while left and others:
        worth, best = max((_worth(schema, c, left), c) for c in others)
        if not worth[0]:
            break
        chosen.append(best)
        left -= schema.allowed([best])[1]
    return tuple(chosen)


def _worth(schema: Schema, name: str, left: frozenset[str] | set[str]) -> tuple[int, int]:
    """Return how much of what is left the class may hold; then the fewer it demands, the better."""
    must, may = schema.allowed([name])
    return len(left & may), -len(must)


def _unfillable(
    schema: Schema, classes: tuple[str, ...], names: Mapping[str, str], also: tuple[str, ...]
) -> tuple[str, ...]:
    must, may = schema.allowed(classes)
    given = {schema.primary(n) for n in (*names.values(), *also) if n} | {"objectclass"}
    number = schema.primary(names["person_id"])
    lacking = () if number in may else (names["person_id"],)
    return (*sorted(must - given), *lacking)


def _parent(dn: str) -> str:
    """Return the DN of the entry above: what follows the first comma that is not escaped."""
    place = 0
    while (place := dn.find(",", place)) > 0 and dn[place - 1] == "\\":
        place += 1
    return dn[place + 1 :].lstrip() if place > 0 else ""
