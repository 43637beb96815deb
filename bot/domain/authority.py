"""Who may order what for which unit, on which date. Knows nothing of mail or files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.values import address_key, name_key


@dataclass(frozen=True, slots=True)
class ManagerEntry:
    """One row of the register of managers: a manager of one unit with dates (both inclusive)."""

    name: str
    mail: str
    unit_id: str
    unit: str
    valid_from: date
    valid_to: date | None = None
    deputy_mail: str | None = None
    deputy_from: date | None = None
    deputy_to: date | None = None
    superior_mail: str | None = None

    def manages(self, mail: str, on: date) -> bool:
        """Tell whether *mail* is this unit's manager on the day *on*."""
        same = address_key(self.mail) == address_key(mail) != ""
        return same and self.in_force(on)

    def in_force(self, on: date) -> bool:
        """Tell whether the row holds on the day *on*."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def deputises(self, mail: str, on: date) -> bool:
        """Tell whether *mail* is the deputy of this unit on the day *on* (open ends allowed)."""
        return (
            self.deputy_mail is not None
            and address_key(self.deputy_mail) == address_key(mail) != ""
            and self.in_force(on)
            and (self.deputy_from is None or self.deputy_from <= on)
            and (self.deputy_to is None or on <= self.deputy_to)
        )

    def signs(self, name: str, on: date) -> bool:
        """Tell whether *name* is the manager's, or fits the deputy's address, on the day *on*.

        The register has no name for a deputy, only an address; its local part must spell *name*.
        """
        if not self.in_force(on):
            return False
        if name_key(self.name) == name_key(name) != "":
            return True
        deputy = self.deputy_mail
        return deputy is not None and self.deputises(deputy, on) and spells(deputy, name)


def spells(mail: str, name: str) -> bool:
    """Tell whether the local part of *mail* is *name* in an address's letters (anna.oberg@)."""
    return _plain(mail.partition("@")[0]) == _plain(name) != ""


_PLAIN = str.maketrans("åäöéèëüøæáíóúñç", "aaoeeeuoaaiounc", " .-_'’0123456789")


def _plain(text: str) -> str:
    return name_key(text).translate(_PLAIN)


def may_order(entries: Iterable[ManagerEntry], mail: str, unit_id: str, on: date) -> bool:
    """Tell whether *mail* may order for the unit on the day *on* (routine S1, S4, S10)."""
    return any(
        e.unit_id == unit_id and (e.manages(mail, on) or e.deputises(mail, on)) for e in entries
    )


def entries_of_unit(
    entries: Iterable[ManagerEntry], unit: str, on: date
) -> tuple[ManagerEntry, ...]:
    """Return the rows in force on *on* whose unit bears the name or id *unit*."""
    wanted = name_key(unit)
    return tuple(
        e for e in entries if e.in_force(on) and wanted in (name_key(e.unit), name_key(e.unit_id))
    )
