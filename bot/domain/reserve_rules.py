"""For which reason, at which level of assurance, how long: the rules of loans. Reads no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.cards import IdKind

MONTHS = 3  # no rule lends for longer (S9)
HIGH, LOW = 3, 2  # levels of assurance


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``config/reserve_rules.toml``: a reason, a level, and what holds for them."""

    id: str
    reason: str  # a key of ``labels.REASONS``
    loa: int
    valid_from: date
    id_kinds: frozenset[IdKind]
    months: int = MONTHS
    valid_until: date | None = None
    extend: bool = True
    source: str = "S9"

    def in_force(self, on: date) -> bool:
        """Tell whether the rule holds on the day *on*."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def for_reasons(rules: Iterable[Rule], reasons: Iterable[str], on: date) -> tuple[Rule, ...]:
    """Return the rules in force on *on* that let a card be lent for one of *reasons*."""
    wanted = frozenset(reasons)
    return tuple(r for r in rules if r.reason in wanted and r.in_force(on))


def for_identity(rules: Iterable[Rule], kind: IdKind, loa: int | None) -> tuple[Rule, ...]:
    """Return those of *rules* that this identity document, and the level if given, satisfy."""
    return tuple(r for r in rules if kind in r.id_kinds and loa in (None, r.loa))


def best(rules: Iterable[Rule]) -> Rule | None:
    """Return the rule that gives the highest level, then the longest loan."""
    return max(rules, key=lambda r: (r.loa, r.months, r.id), default=None)
