"""The register of managers as it was last taken in. Judges nobody's right to order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, or_, select

from bot.adapters.store import marks
from bot.adapters.store.schema import managers
from bot.domain.authority import ManagerEntry
from bot.domain.values import address_key, name_key

_MARK = "managers"
_FIELDS = (
    "name", "mail", "unit_id", "unit", "valid_from", "valid_to", "deputy_mail", "deputy_from",
    "deputy_to", "superior_mail",
)  # fmt: skip
_ROW = select(*(managers.c[name] for name in _FIELDS)).order_by(managers.c.id)
_BY_MAIL = _ROW.where(
    or_(managers.c.mail_key == bindparam("key"), managers.c.deputy_key == bindparam("key"))
)
_BY_UNIT = _ROW.where(
    or_(managers.c.unit_key == bindparam("key"), managers.c.unit_id_key == bindparam("key"))
)
_ADD = insert(managers)
_CLEAR = delete(managers)


class SqlManagers:
    """The register inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, entries: Sequence[ManagerEntry], source: str) -> None:
        """Take a whole new register; *source* is a fingerprint of where it came from."""
        self._connection.execute(_CLEAR)
        if entries:
            self._connection.execute(_ADD, [_columns(e) for e in entries])
        marks.put(self._connection, _MARK, text=source)

    def source(self) -> str:
        """Return the fingerprint of the register in force, "" for none."""
        return marks.get(self._connection, _MARK)[1]

    def by_mail(self, mail: str) -> tuple[ManagerEntry, ...]:
        """Return the rows where *mail* is manager or deputy."""
        return self._all(_BY_MAIL, key=address_key(mail))

    def by_unit(self, unit_key: str) -> tuple[ManagerEntry, ...]:
        """Return the rows whose unit bears this name or id (compared by ``name_key``)."""
        return self._all(_BY_UNIT, key=name_key(unit_key))

    def list(self) -> tuple[ManagerEntry, ...]:
        """Return the whole register in the source's order."""
        return self._all(_ROW)

    def _all(self, query: Select[Any], **wanted: object) -> tuple[ManagerEntry, ...]:
        return tuple(ManagerEntry(*row) for row in self._connection.execute(query, wanted))


def _columns(entry: ManagerEntry) -> dict[str, object]:
    keys = {
        "mail_key": address_key(entry.mail),
        "deputy_key": address_key(entry.deputy_mail) if entry.deputy_mail is not None else None,
        "unit_key": name_key(entry.unit),
        "unit_id_key": name_key(entry.unit_id),
    }
    return {name: getattr(entry, name) for name in _FIELDS} | keys
