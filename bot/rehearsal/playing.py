"""One office for one made-up municipality: furnished, opened, lived through, counted."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot import bootstrap
from bot.app import bringing, bringing_cards
from bot.app.services import Services
from bot.app.turn import sync_managers
from bot.domain.calendar import today
from bot.domain.values import ReviewId
from bot.rehearsal.ahead import Ahead
from bot.rehearsal.counting import Year, year
from bot.rehearsal.crew import RehearsalCrew
from bot.rehearsal.dice import Dice
from bot.rehearsal.filling import Blank
from bot.rehearsal.folk import Folk
from bot.rehearsal.happenings import happenings
from bot.rehearsal.living import Life, Tally
from bot.rehearsal.municipality import Municipality, settled
from bot.rehearsal.posting import CLERK, GATEWAY, OFFICE, instant
from bot.settings import load
from parsers.settings import Settings as ReaderSettings

FIRST = date(2027, 1, 4)
SECTIONS = ("review", "reserve_cards", "cards", "digest", "approval")
_CONFIG = f"""\
[office]
name = "Lokala EK, Järfälla kommun"
mail = "{OFFICE}"
phone = "08-465 004 00"
staff = ["{CLERK}"]
domains = ["jarfalla.example"]
[mailbox]
kind = "maildir"
path = "in"
[outgoing]
kind = "maildir"
path = "out"
[database]
url = "sqlite:///ekbot.db"
[catalogue]
kind = "sql"
[managers]
kind = "csv"
path = "managers.csv"
[trust]
authserv_id = "{GATEWAY}"
accept = ["dmarc"]
[limits]
cap_per_sender = 100000
cap_total = 1000000
"""


class NotAPolicyError(ValueError):
    """The file can't be used as a policy; the text says why, in Swedish."""


@dataclass(frozen=True, slots=True)
class Played:
    """What one policy led to."""

    name: str
    tally: Tally
    year: Year
    real: int  # forms that were really read
    remembered: int
    captures: int  # forms on paper, scanned, photographed or faxed, that were read
    captures_asked: int  # of them, those that a person must look at


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be played."""

    days: int
    persons: int
    seed: int


def policy_of(file: Path) -> Mapping[str, Any]:
    """Return the sections of a policy.

    Raises:
        NotAPolicyError: it can't be read, or holds something that is no policy.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotAPolicyError(f"Kan inte läsa {file}: {error}") from None
    for name in found:
        if name not in SECTIONS:
            raise NotAPolicyError(
                f"{file}: [{name}] hör inte till en policy. Bara {', '.join(SECTIONS)}."
            )
    return found


def played(
    name: str, policy: Mapping[str, Any], wish: Wish, folder: Path,
    told: Callable[[], None] = lambda: None,
) -> Played:  # fmt: skip
    """Live through the wish in *folder* under *policy*; return what it came to."""
    dice = Dice(wish.seed)
    town = settled(dice, wish.persons, FIRST)
    config = _furnish(folder, town, policy)
    settings = load(config, {})
    with bootstrap.services(settings, {}, now=instant(FIRST, 7)) as opened:
        ahead = Ahead(opened.crew)
        crew = RehearsalCrew(dice, ahead)
        services = replace(opened, crew=crew, clock=lambda: instant(FIRST, 7))
        sync_managers(services)
        _bring_in(services, folder)
        blank = Blank(bootstrap.DATA / "forms")
        folk = Folk(town, dice, blank, crew, services.working_days)
        plan = happenings(dice, town, FIRST, wish.days, services.working_days)
        folk.on_paper(plan, lambda day: _readers(services, day))
        try:
            tally = Life(services, folder, folk, plan).live(FIRST, wish.days, told)
        finally:
            ahead.close()
        tally.broken += [*crew.wrong, *ahead.wrong]
        with services.store.begin() as work:
            reviews = [
                review
                for campaign in work.reviews.campaigns()
                for review in work.reviews.of_campaign(campaign.id, ReviewId(0), 100_000)
            ]
            counted = year(tally.letters, work.cases.list(), reviews)
    return Played(name, tally, counted, crew.real, crew.remembered, ahead.read, ahead.asked)


def _readers(services: Services, day: date) -> ReaderSettings:
    with services.store.begin() as work:
        return services.memo.settings(services.facts, work, instant(day, 9))


def _furnish(folder: Path, town: Municipality, policy: Mapping[str, Any]) -> Path:
    for box in ("in", "out"):
        for part in ("new", "cur", "tmp"):
            (folder / box / part).mkdir(parents=True, exist_ok=True)
    (folder / "managers.csv").write_text(town.managers_csv(date(2020, 1, 1)), encoding="utf-8")
    (folder / "persons.csv").write_text(town.persons_csv(FIRST), encoding="utf-8")
    (folder / "cards.csv").write_text(town.cards_csv(FIRST), encoding="utf-8")
    review = {"release": "auto"} | dict(policy.get("review", {}))
    sections = {**policy, "review": review}
    text = _CONFIG + "\n".join(_section(name, keys) for name, keys in sections.items())
    path = folder / "ekbot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _section(name: str, keys: Mapping[str, Any]) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in keys.items())


def _toml(value: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_toml(v) for v in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _bring_in(services: Services, folder: Path) -> None:
    day = today(services.clock())
    people, faults = bootstrap.registers.persons((folder / "persons.csv").read_bytes(), day)
    bringing.take_persons(services, bringing.persons(services, people), "simulering")
    cards, more = bootstrap.card_register.cards((folder / "cards.csv").read_bytes(), day)
    if faults or more:
        raise ValueError(f"the made-up registers have faults: {[*faults, *more][:3]}")
    bringing_cards.take_cards(services, cards, "simulering")
