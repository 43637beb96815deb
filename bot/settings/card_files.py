"""The data files of cards: ladders and rules of loans, as the core knows them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, model_validator

from bot.domain.calendar import WorkingDays
from bot.domain.card_policy import NAMES
from bot.domain.cards import IdKind
from bot.domain.labels import REASONS
from bot.domain.reminders import Ladder, Rung, To, day_of
from bot.domain.reserve_rules import Rule
from bot.settings.faults import ConfigurationError, Fault, validated

_MONDAY, _WEEK = date(2026, 11, 23), 7
FORGOTTEN = "forgotten_card"  # a reason that an office may switch on (domain §2, decision)


class _Row(BaseModel, frozen=True, extra="forbid"):
    """A table of a data file; an unknown key is an error."""


class _RungRow(_Row):
    rung: Annotated[str, Field(min_length=1, max_length=8)]
    days: int | None = None
    working_days: Annotated[int, Field(ge=0)] | None = None
    to: Annotated[tuple[To, ...], Field(min_length=1)]
    block: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.days is None) == (self.working_days is None):
            raise ValueError("ange antingen days eller working_days")
        return self

    def made(self) -> Rung:
        """Return the rung as the core knows it."""
        working = self.working_days is not None
        days = self.working_days if self.working_days is not None else self.days or 0
        return Rung(self.rung, days, self.to, working=working, block=self.block)


class _LadderRow(_Row):
    source: str = "D"
    rungs: Annotated[tuple[_RungRow, ...], Field(max_length=20)]

    @model_validator(mode="after")
    def _names(self) -> Self:
        if len({r.rung for r in self.rungs}) != len(self.rungs):
            raise ValueError("två steg har samma namn")
        rungs, weekdays = [r.made() for r in self.rungs], WorkingDays()
        for offset in range(_WEEK):  # whatever weekday they count from
            days = [day_of(r, _MONDAY + timedelta(offset), weekdays) for r in rungs]
            if days != sorted(days):
                raise ValueError("stegen ska stå i tidsordning")
        return self


class _RuleRow(_Row):
    id: Annotated[str, Field(min_length=1, max_length=40)]
    reason: str
    loa: Annotated[int, Field(ge=2, le=3)]
    id_kinds: Annotated[frozenset[IdKind], Field(min_length=1)]
    months: Annotated[int, Field(ge=1, le=3)] = 3
    extend: bool = True
    source: str = "S9"
    valid_from: date
    valid_until: date | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.reason not in {*REASONS, FORGOTTEN}:
            raise ValueError(f"{self.reason} är inget skäl som blanketten har")
        return self

    def made(self) -> Rule:
        """Return the rule as the core knows it."""
        return Rule(
            self.id, self.reason, self.loa, self.valid_from, self.id_kinds, self.months,
            self.valid_until, self.extend, self.source,
        )  # fmt: skip


class _Rules(_Row):
    rule: tuple[_RuleRow, ...]

    @model_validator(mode="after")
    def _ids(self) -> Self:
        if len({r.id for r in self.rule}) != len(self.rule):
            raise ValueError("två regler har samma id")
        return self


def ladders(path: Path) -> Mapping[str, Ladder]:
    """Return the ladders of a file by name.

    Raises:
        ConfigurationError: naming every fault of the file.
    """
    tables = _tables(path)
    unknown = sorted(set(tables) - set(NAMES))
    if unknown:
        allowed = f"Stegarna heter {', '.join(NAMES)}"
        raise ConfigurationError([Fault(path, unknown[0], "stegen finns inte", allowed)])
    found = {}
    for name, table in tables.items():
        row = validated(_LadderRow, table, table=name, file=path)
        found[name] = Ladder(name, tuple(r.made() for r in row.rungs), row.source)
    return MappingProxyType(found)


def rules(path: Path, *, forgotten: bool) -> tuple[Rule, ...]:
    """Return the rules of loans in a file; those for a forgotten card only if *forgotten*.

    Raises:
        ConfigurationError: naming every fault of the file.
    """
    read = validated(_Rules, _tables(path), table="", file=path)
    return tuple(r.made() for r in read.rule if forgotten or r.reason != FORGOTTEN)


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        fault = Fault(path, "", f"filen kan inte läsas ({type(error).__name__})",
                      "Kontrollera sökvägen")  # fmt: skip
    except UnicodeDecodeError:
        fault = Fault(path, "", "filen är inte skriven i UTF-8", "Spara den som UTF-8")
    except tomllib.TOMLDecodeError as error:
        fault = Fault(path, "", f"filen är inte giltig TOML ({error})")
    raise ConfigurationError([fault])
