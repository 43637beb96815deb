"""How long something is kept, by which plan: classes of the office's own retention plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.domain.calendar import add_years

RECEIPT, LOSS_REPORT, REVIEW = "receipt", "loss_report", "review"


@dataclass(frozen=True, slots=True)
class Plan:
    """One class of the retention plan: years, and what the authority's own plan calls it."""

    kind: str
    years: int
    reference: str


@dataclass(frozen=True, slots=True)
class Retention:
    """The classes that archived things fall into (domain §3: 10 years each)."""

    plans: tuple[Plan, ...] = field(
        default=(
            Plan(RECEIPT, 10, "kvittens för reservkort"),
            Plan(LOSS_REPORT, 10, "anmälan om förlorat kort"),
            Plan(REVIEW, 2, "granskning av pågående anställning"),
        )
    )
    hold: bool = False  # a legal hold stops all of it

    def plan(self, kind: str) -> Plan:
        """Return the class *kind*.

        Raises:
            KeyError: there is no such class.
        """
        for plan in self.plans:
            if plan.kind == kind:
                return plan
        raise KeyError(kind)


@dataclass(frozen=True, slots=True, repr=False)
class Archived:
    """Something that is kept for years: its bytes, what it is, until when, by which plan."""

    content: bytes
    name: str
    kind: str
    keep_until: date
    reference: str


def archived(retention: Retention, content: bytes, name: str, kind: str, today: date) -> Archived:
    """Return *content* as it is archived on *today*."""
    plan = retention.plan(kind)
    return Archived(content, name, kind, add_years(today, plan.years), plan.reference)
