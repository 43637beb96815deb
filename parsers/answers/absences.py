"""An out-of-office reply: until when, and who stands in. Never an answer; guesses no day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from parsers.answers.day_words import DAY, ahead

_LONGEST = 4_000  # characters of an out-of-office that are looked at
_MOST = 120  # characters of a stand-in that staff are shown
_BACK = re.compile(
    r"\b(?:åter(?:kommer|vänder|går)?|tillbaka|tillbaks|på plats|i tjänst|kontoret igen|back|"
    r"return(?:s|ing)?|i arbete)\b",
    re.IGNORECASE,
)
_LAST_INCLUDED = re.compile(r"(?:till och med|t\.? ?o\.? ?m\.?|through)\s*$", re.IGNORECASE)
_NEAR = 60  # characters between "åter" and its day
_STAND_IN = re.compile(
    r"(?:kontakta|vänd (?:dig|er) till|hör av (?:dig|er) till|ersätt(?:s av|are(?: är)?)|"
    r"ersätter mig|vikarierar|hänvisar (?:jag )?till|ring|mejla|maila|contact|reach out to)\s+"
    r"(?P<who>[^.\n;!?]*(?:\.\w[^.\n;!?]*)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Away:
    """What an out-of-office says, as far as it says it plainly."""

    back: date | None = None
    stand_in: str = ""


def read(subject: str, text: str, on: date) -> Away:
    """Return until when somebody is away, counted from *on*, and whom the reply names instead."""
    words = " ".join(f"{subject}\n{text}"[:_LONGEST].split())
    return Away(_back(words, on), _stand_in(text[:_LONGEST]))


def _back(words: str, on: date) -> date | None:
    """Return the day of the return: one near a word of coming back, else the day after the last."""
    days = [(m.start(), m.end(), ahead(m.group(), on)) for m in DAY.finditer(words)]
    known = [(a, b, _day_of_return(words[:a], day)) for a, b, day in days if day is not None]
    for found in _BACK.finditer(words):
        near = [d for a, _, (d, _) in known if 0 <= a - found.end() <= _NEAR]
        if near:
            return near[0]
    last = [d for _, _, (d, included) in known if included]
    if last:
        return last[-1]
    behind = [d for _, b, (d, _) in known if _BACK.search(words[b : b + _NEAR // 2])]
    return behind[0] if behind else None


def _day_of_return(before: str, day: date) -> tuple[date, bool]:
    """Return the day on which somebody is back, and whether *day* was the last one away."""
    included = _LAST_INCLUDED.search(before.rstrip()) is not None
    return (day + timedelta(days=1), True) if included else (day, False)


def _stand_in(text: str) -> str:
    found = _STAND_IN.search(text)
    if found is None:
        return ""
    who = " ".join(found["who"].split()).strip(" ,:–-")
    return who[:_MOST]
