"""When a comparison with the catalogue is not believed: an answer cut short, the wrong part read.

Nobody is told that people have left because an answer was short. Counts; looks nothing up. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cases import Case, Kind, Priority, Reason, Stage
from bot.domain.decision import Policy, Step
from bot.domain.drift import MOST

MISSING = "Saknas"  # the detail that says how many a release lets through


@dataclass(frozen=True, slots=True)
class Tally:
    """A whole comparison in numbers: what tells whether the answer can be right."""

    entries: int
    population: int  # planned and active records
    gone: int  # that were there the last time
    flagged: int  # that have become protected
    differing: int
    still_there: int = 0  # of the missing that a search finds all the same


def halted(tally: Tally, policy: Policy, released: int, now: datetime) -> Case | None:
    """Return the case that tells why nothing of a comparison is believed, None where it may be.

    As many missing as *released* have been looked at by staff: the catalogue was right.
    """
    if tally.population and not tally.entries:
        return _halt("Katalogen svarade utan en enda person.", tally, now)
    if tally.still_there > policy.brake_floor:
        text = f"{tally.still_there} personer saknades i katalogens svar men finns där."
        return _halt(text, tally, now)
    if _too_many(tally.gone, tally.population, policy) and tally.gone > released:
        text = f"{tally.gone} av {tally.population} personer saknas i katalogens svar på en gång."
        release = " Stämmer det ändå? Skriv ”klar”, så tas de upp nästa natt."
        return _halt(text, tally, now, release)
    if _too_many(tally.flagged, tally.population, policy):
        text = f"{tally.flagged} personer sägs ha blivit skyddade på en gång."
        return _halt(text, tally, now)
    if tally.differing > MOST:
        return _halt(f"Fler än {MOST} personer skiljer på en gång.", tally, now)
    return None


def _too_many(count: int, population: int, policy: Policy) -> bool:
    share = max(policy.brake_share * population, policy.brake_floor)
    return count > policy.brake_records or count > share


def _halt(text: str, tally: Tally, now: datetime, release: str = "") -> Case:
    advice = (
        " Det ser ut som ett avkortat svar eller som fel del av katalogen, så ingenting är "
        "noterat. Kontrollera [catalogue] med ”ekbot doctor”."
    )
    return Case(
        kind=Kind.DRIFT_HALT, stage=Stage.STAFF, priority=Priority.URGENT,
        title="Jämförelsen med katalogen stoppades",
        why=Reason("drift_halt", f"{text}{advice}{release}", "D"), opened=now,
        details=(
            ("Personer i katalogens svar", str(tally.entries)),
            ("Personer i registret", str(tally.population)),
            *(((MISSING, str(tally.gone)),) if release else ()),
        ),
    )  # fmt: skip


def answered_again(case: Case) -> Step:
    """Return the halt's case closed: the catalogue answers as it should."""
    why = Reason("drift_again", "Katalogen svarar som den ska igen.", "D")
    return Step(replace(case, stage=Stage.CONFIRMED, why=why))


def released(closed: Iterable[Case]) -> int:
    """Return how many missing persons staff have found to be right, of the *closed* halts."""
    newest = max(
        (c for c in closed if c.kind is Kind.DRIFT_HALT), key=lambda c: c.id, default=None
    )  # fmt: skip
    if newest is None or newest.stage is not Stage.CONFIRMED or newest.why.rule == "drift_again":
        return 0
    return int(dict(newest.details).get(MISSING, "0"))
