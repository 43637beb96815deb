"""A planned write as LDAP operations that fail if the entry is no longer as it was. Sends nothing.

Every value that goes is named: the server refuses the whole modification (RFC 4511 §4.6) when it is
no longer there. Attributes outside the map, further values and further classes are not touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.adapters.ldap import values
from bot.adapters.ldap.connection import ADD, DELETE, REPLACE, Modification, Row
from bot.adapters.ldap.layout import Layout
from bot.adapters.ldap.people import Seen, is_protected, written
from bot.domain.records import Entry
from bot.ports.errors import PermanentError


def attributes(entry: Entry, name: str, layout: Layout) -> dict[str, list[bytes]]:
    """Return a new entry's attributes; *name* is what it is called by in its DN.

    Raises:
        PermanentError: something that the directory demands is missing, or has no place in it.
    """
    told = written(entry, layout)
    made = {layout.names[f]: [v.encode()] for f, v in told.items() if v and layout.names[f]}
    made[layout.names["person_id"]] = [values.number(entry.person_id, layout.form).encode()]
    made.setdefault(layout.naming, []).insert(0, name.encode())
    classes = [*layout.classes, *([layout.protected_class] if entry.protected else [])]
    must, may = layout.schema.allowed(classes)
    for full in layout.full_names:
        name_ = layout.schema.primary(full)
        if full == "cn" or name_ in must or (full == "fullName" and name_ in may):
            made.setdefault(full, []).append(entry.full_name.encode())
    missing = must - {layout.schema.primary(n) for n in made} - {"objectclass"}
    if missing:
        raise PermanentError(f"katalogen kräver {', '.join(sorted(missing))}, som saknas")
    return {"objectClass": [c.encode() for c in classes], **made}


def modifications(held: Seen, wanted: Entry, layout: Layout) -> list[Modification]:
    """Return what turns the entry as it was seen into the one wanted; nothing for nothing.

    Raises:
        PermanentError: a value has no place in the directory.
    """
    row, changes = held.row, []
    now, then = written(wanted, layout), held.entry
    for field, new in now.items():
        name = layout.names[field]
        if not name or getattr(wanted, field) == getattr(then, field):
            continue
        if field == "hsa_id" and new is None:
            continue  # the directory gave it; nobody takes it back
        changes += _swapped(row, name, _old(row, name, then, field), new, layout)
    if wanted.full_name != then.full_name:
        changes += _renamed(row, then.full_name, wanted.full_name, layout)
    return [*_classes(row, changes, wanted, layout), *changes]


def condition(held: Seen, layout: Layout) -> str:
    """Return the filter that the entry fits as long as it is as it was seen (RFC 4528)."""
    parts = []
    for name in dict.fromkeys(n for n in layout.names.values() if n):
        if layout.schema.comparable(name):
            present = [values.equals(name, v) for v in held.row.all(name)]
            parts += present or [f"(!({name}=*))"]
    if layout.protected_class:
        marked = values.equals("objectClass", layout.protected_class)
        parts.append(marked if is_protected(held.row, layout) else f"(!{marked})")
    return f"(&{''.join(parts)})"


def _old(row: Row, name: str, then: Entry, field: str) -> bytes | None:
    """Return the value that the field was read from."""
    text = getattr(then, field)
    held = row.all(name)
    if isinstance(text, str) and text.encode() in held:
        return text.encode()
    return held[0] if held else None


def _swapped(
    row: Row, name: str, old: bytes | None, new: str | None, layout: Layout
) -> list[Modification]:
    if old is None:
        return [(ADD, name, [new.encode()])] if new else []
    if not layout.schema.comparable(name):
        return [(REPLACE, name, [new.encode()] if new else [])]
    if new is None:
        return [(DELETE, name, [old])]
    held = row.all(name)
    others = [v for v in held if v not in (old, new.encode())]
    # All are taken and given back behind the new one, which is then read as the first.
    return [(DELETE, name, list(held)), (ADD, name, [new.encode(), *others])]


def _renamed(row: Row, old: str, new: str, layout: Layout) -> list[Modification]:
    """Bring the full names into line; a value that names the entry in its DN stays beside it."""
    changes: list[Modification] = []
    naming = row.dn.partition("=")[0].strip().lower()
    for name in layout.full_names:
        held = list(row.all(name))
        if not held or new.encode() in held:
            continue
        gone = [v for v in held if v == old.encode()]
        if layout.schema.single(name):
            gone = held
        if name.lower() == naming:
            gone = [v for v in gone if not _in_dn(row.dn, v)]
        changes += [(DELETE, name, gone)] if gone else []
        changes.append((ADD, name, [new.encode()]))
    return changes


def _in_dn(dn: str, value: bytes) -> bool:
    return values.named("", values.words(value))[1:].lower() in dn.lower()


def _classes(
    row: Row, changes: Sequence[Modification], wanted: Entry, layout: Layout
) -> list[Modification]:
    """Return the change of object classes: protection, and what a new attribute needs."""
    held = [values.words(c) for c in row.all("objectClass")]
    out: list[Modification] = []
    if wanted.protected != is_protected(row, layout):
        mark = layout.protected_class
        same = [c.encode() for c in held if c.lower() == mark.lower()]
        out.append((ADD, "objectClass", [mark.encode()]) if wanted.protected
                   else (DELETE, "objectClass", same))  # fmt: skip
    may = layout.schema.allowed(held)[1]
    for _, name, given in changes:
        if not given or layout.schema.primary(name) in may:
            continue
        fit = [c for c in layout.classes if layout.schema.is_auxiliary(c)
               and layout.schema.primary(name) in layout.schema.allowed([c])[1]]  # fmt: skip
        if not fit:
            raise PermanentError(f"posten i katalogen är av en typ som inte har {name}")
        out.append((ADD, "objectClass", [fit[0].encode()]))
        may |= layout.schema.allowed([fit[0]])[1]
    return out
