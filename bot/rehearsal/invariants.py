"""What must hold every day of a simulated year. Pure: judges what it is shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

_DIGITS = re.compile(r"\d(?<!\d\d)(?:\d\d)?\d{5}[-+ ]?\d{4}(?!\d)")  # begins at a digit: quick
_ON_WORKING_DAYS = frozenset(
    {"review", "review_reminder", "ending_soon", "reserve_reminder", "card_reminder"}
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter that left the office."""

    message_id: str
    kind: str
    to: str
    on: date
    text: str  # subject, text, HTML and names of files
    answers: str = ""  # the Message-ID that it replies to
    number: str = ""  # B-17
    about: str = ""  # the case or review whose thread it is in


@dataclass
class Left:
    """What has left so far."""

    ids: set[str] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    digests: int = 0
    due: int = 0  # working days


def undecided(outcomes: Mapping[str, str | None]) -> tuple[str, ...]:
    """Tell of each mail, by its Message-ID, that has no outcome after a whole round."""
    return tuple(f"mejl utan utfall: {mail}" for mail, outcome in outcomes.items() if not outcome)


def uncounted(delivered: int, listed: int) -> tuple[str, ...]:
    """Tell when there are not as many mails in the journal as came."""
    return (f"{delivered} mejl kom men {listed} finns i journalen",) if delivered != listed else ()


def doubled(letters: Iterable[Seen], left: Left) -> tuple[str, ...]:
    """Tell of each letter that left twice: by its Message-ID, or word by word on one day."""
    told = []
    for letter in letters:
        words = hash((letter.kind, letter.to, letter.text, letter.on, letter.answers))
        if letter.message_id in left.ids or words in left.words:
            told.append(f"brev skickat två gånger: {letter.kind} {letter.message_id}")
        left.ids.add(letter.message_id)
        left.words.add(words)
    return tuple(told)


def exposed(letters: Iterable[Seen], numbers: Collection[str]) -> tuple[str, ...]:
    """Tell of each letter that holds one of *numbers* (ten digits), however it is written."""
    return tuple(
        f"personnummer i brev: {letter.kind} {letter.message_id}"
        for letter in letters
        if any(_ten(found) in numbers for found in _DIGITS.findall(letter.text))
    )


def _ten(written: str) -> str:
    return f"{written[:-4].rstrip('-+ ')[-6:]}{written[-4:]}"


def named(letters: Iterable[Seen], protected: Collection[str]) -> tuple[str, ...]:
    """Tell of each letter that names somebody *protected*."""
    return tuple(
        f"skyddad person i brev: {letter.kind} {letter.message_id}"
        for letter in letters
        if any(word in letter.text for word in protected)
    )


def reminded(letters: Iterable[Seen], answered: Mapping[str, date]) -> tuple[str, ...]:
    """Tell of each reminder to a manager who had answered everything before its day."""
    return tuple(
        f"påminnelse efter svar: {letter.message_id}"
        for letter in letters
        if letter.kind == "review_reminder" and answered.get(letter.to, letter.on) < letter.on
    )


def untimely(letters: Iterable[Seen], *, working: bool) -> tuple[str, ...]:
    """Tell of each letter of a calendar that left on a day when the office is closed."""
    return tuple(
        f"brev på stängd dag: {letter.kind} {letter.message_id}"
        for letter in letters
        if letter.kind in _ON_WORKING_DAYS and not working
    )


def digests(letters: Iterable[Seen], left: Left, *, due: bool, away: bool) -> tuple[str, ...]:
    """Tell when there are not as many digests as working days; one that waited comes later."""
    left.digests += sum(letter.kind == "digest" for letter in letters)
    left.due += due
    if away or left.digests == left.due:
        return ()
    return (f"{left.digests} dagliga lägen på {left.due} arbetsdagar",)


def strangers(records: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Tell of records of persons whom neither a form nor the import brought."""
    unknown = sum(number not in known for number in records)
    return (f"{unknown} poster utan blankett",) if unknown else ()


def stuck(ages: Mapping[str, int], most: int) -> tuple[str, ...]:
    """Tell of each case that staff have had for more than *most* days."""
    return tuple(f"{ref} har legat {age} dagar" for ref, age in ages.items() if age > most)
