"""An order as read from a form: which values it must have, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.values import PersonId


class OrderAction(StrEnum):
    """What the manager ordered (section A of the form)."""

    NEW = "new"
    CHANGE = "change"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Order:
    """A form whose every critical field is sure and valid; built only by ``judge``."""

    action: OrderAction
    person: PersonId
    surname: str
    unit: str
    unit_id: str
    manager_name: str
    signed_on: date
    manager_mail: str = ""  # the register's address of the unit's manager
    given_name: str | None = None
    middle_name: str | None = None
    mail: str | None = None
    phone: str | None = None
    title: str | None = None
    hsa_id: str | None = None
    employment: str | None = None
    effective_from: date | None = None
    employed_from: date | None = None
    employed_to: date | None = None
    last_day: date | None = None
    end_reason: str | None = None
    card_order: bool = False
    card_status: str | None = None
    card_number: str | None = None
    reserve_order: bool = False
    reserve_reasons: tuple[str, ...] = ()
    reserve_from: date | None = None
    reserve_to: date | None = None
    lost_on: date | None = None
    police_reference: str | None = None
