"""A directory's schema (RFC 4512 §4), as far as a write must know it. Knows no person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ldap.schema import AttributeType, ObjectClass, SubSchema

from bot.adapters.ldap.connection import Directory
from bot.ports.errors import NeedsOperatorError

Parsed = Any  # the library has no types
_AUXILIARY = 2
_PARTS = ("attributeTypes", "objectClasses", "ldapSyntaxes", "matchingRules")


class Schema:
    """Which attributes and classes there are, by any of their names."""

    def __init__(self, parsed: Parsed) -> None:
        """Keep the library's reading of the schema."""
        self._parsed = parsed

    @classmethod
    def read(cls, directory: Directory) -> Schema:
        """Return the schema that the server shows.

        Raises:
            TransientError: no answer.
            NeedsOperatorError: the account may not read it.
        """
        directory.connect()
        dn = directory.schema_dn
        row = directory.one(dn, _PARTS, "(objectClass=subschema)") if dn else None
        if row is None or not row.all("attributeTypes"):
            raise NeedsOperatorError(
                f"{directory.server.peer}: no schema to be read",
                "Kontot får inte läsa katalogens schema. Be den som sköter katalogen om läsrätt på"
                " cn=Subschema.",
            )
        told = {part: list(row.all(part)) for part in _PARTS}
        return cls(SubSchema(told, check_uniqueness=0))

    def has(self, name: str) -> bool:
        """Tell whether there is an attribute of that name."""
        return self._attribute(name) is not None

    def has_class(self, name: str) -> bool:
        """Tell whether there is an object class of that name."""
        return self._class(name) is not None

    def is_auxiliary(self, name: str) -> bool:
        """Tell whether an entry may be given the class *name* beside its own."""
        found = self._class(name)
        return found is not None and found.kind == _AUXILIARY

    def single(self, name: str) -> bool:
        """Tell whether an entry has at most one value of *name*."""
        found = self._attribute(name)
        return found is not None and bool(found.single_value)

    def comparable(self, name: str) -> bool:
        """Tell whether two values of *name* can be compared by the server."""
        return bool(self._inherited(name, "equality"))

    def syntax(self, name: str) -> str:
        """Return the OID of the attribute's syntax."""
        return str(self._inherited(name, "syntax") or "")

    def classes(self) -> tuple[str, ...]:
        """Return the name of every class."""
        found = (
            self._parsed.get_obj(ObjectClass, oid) for oid in self._parsed.listall(ObjectClass)
        )
        return tuple(sorted(c.names[0] for c in found if c is not None and c.names))

    def allowed(self, classes: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return what entries of *classes* must have, and what they may, by ``primary`` names."""
        known = [c for c in classes if self.has_class(c)]
        must, may = self._parsed.attribute_types(known, raise_keyerror=0, ignore_dit_content_rule=1)
        needed = frozenset(_first(t.names) for t in must.values() if getattr(t, "names", ()))
        free = frozenset(_first(t.names) for t in may.values() if getattr(t, "names", ()))
        return needed, needed | free

    def primary(self, name: str) -> str:
        """Return the attribute's first name in lower case: two names of one attribute agree."""
        found = self._attribute(name)
        return _first(found.names) if found is not None and found.names else name.lower()

    def _attribute(self, name: str) -> Parsed:
        return self._parsed.get_obj(AttributeType, name, None)

    def _class(self, name: str) -> Parsed:
        return self._parsed.get_obj(ObjectClass, name, None)

    def _inherited(self, name: str, what: str) -> Parsed:
        return self._parsed.get_inheritedattr(AttributeType, name, what) if self.has(name) else None


def _first(names: tuple[str, ...]) -> str:
    return names[0].lower()
