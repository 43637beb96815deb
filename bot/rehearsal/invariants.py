"""What must hold every day of a simulated year. Pure: judges what it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter that left the office."""

    message_id: str
    kind: str
    to: str
    on: date
    text: str


def undecided(outcomes: Mapping[str, str | None]) -> tuple[str, ...]:
    """Tell of each mail, by its Message-ID, that has no outcome after a whole round."""
    return tuple(f"mejl utan utfall: {mail}" for mail, outcome in outcomes.items() if not outcome)


def doubled(letters: Iterable[Seen], before: set[str]) -> tuple[str, ...]:
    """Tell of each letter that left twice; keeps what has left in *before*."""
    told = []
    for letter in letters:
        if letter.message_id in before:
            told.append(f"brev skickat två gånger: {letter.message_id}")
        before.add(letter.message_id)
    return tuple(told)


def exposed(letters: Iterable[Seen], numbers: Iterable[str]) -> tuple[str, ...]:
    """Tell of each letter that holds one of the twelve-digit *numbers*, however it is written."""
    spelt = {f for n in numbers for f in (n[2:], f"{n[2:8]}-{n[8:]}")}
    return tuple(
        f"personnummer i brev: {letter.message_id}"
        for letter in letters
        if any(form in letter.text for form in spelt)
    )


def reminded(letters: Iterable[Seen], answered: Mapping[str, date]) -> tuple[str, ...]:
    """Tell of each reminder to a manager who had answered before its day."""
    return tuple(
        f"påminnelse efter svar: {letter.message_id}"
        for letter in letters
        if letter.kind == "review_reminder" and answered.get(letter.to, letter.on) < letter.on
    )
