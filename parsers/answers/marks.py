"""Where a line names a question: by its number, or by the field's name. Reads no answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from parsers.answers.leads import names_of

_KEYWORD = r"(?:(?:nr|nummer|punkt|punkten|fråga|rad|ruta)\.?\s*)"
_OPENING = re.compile(
    r"(?:\s+(?:är|ska|skall|stämmer|ja|nej|ok|okej|rätt|fel|inte|japp)\b|\s*[:)=.])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """One question as the grammar needs it."""

    number: int
    key: str
    label: str  # the field's name on the blank
    proposal: str = ""  # what was read, as the letter showed it; "" for nothing to confirm
    yes_no: bool = False
    open: bool = True  # put by the last letter; an older one can still be named by its number


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a line that may name a question, from *start* to where its answer begins."""

    start: int
    end: int
    number: int
    firm: bool  # set off by a line's start, a comma, a colon: surely a question's number


class Marks:
    """Finds the marks of the questions *wanted*."""

    def __init__(self, wanted: Mapping[int, Wanted]) -> None:
        """Take the questions by number."""
        self._wanted = wanted
        self._pattern = _pattern(wanted)

    def of(self, text: str) -> list[Mark]:
        """Return the places of *text* that may name a question."""
        found = []
        for m in self._pattern.finditer(text):
            number = self._number(m)
            before = text[: m.start()].rstrip(" (")
            firm = (
                not before
                or before[-1] in ",;.!:+&"
                or m["keyword"] is not None
                or m["label"] is not None
                or re.search(r"\b(?:och|men|samt|utom|förutom)$", before, re.IGNORECASE) is not None
                or _OPENING.match(text, m.end("mark")) is not None
            )
            found.append(Mark(m.start(), m.end(), number, firm))
        return found

    def _number(self, found: re.Match[str]) -> int:
        if found["number"] is not None:
            return int(found["number"])
        name = found["label"].casefold()
        return next(n for n, w in self._wanted.items() if name in names_of(w.label))


def _pattern(wanted: Mapping[int, Wanted]) -> re.Pattern[str]:
    numbers = "|".join(str(n) for n in sorted(wanted, reverse=True)) or r"(?!)"
    counted: dict[str, int] = {}
    for one in wanted.values():
        for name in names_of(one.label):
            counted[name] = counted.get(name, 0) + 1
    only = sorted((n for n, c in counted.items() if c == 1), key=len, reverse=True)
    labels = "|".join(map(re.escape, only)) or r"(?!)"
    return re.compile(
        rf"(?<![\w/@-])(?<!(?<!\d)\+)(?:(?P<keyword>{_KEYWORD})?#?(?P<number>{numbers})(?P<mark>)"
        rf"(?:\s*[.:)=](?!\d)|\s+[–-](?=\s)|(?=[\s,;+&!]|$))"
        rf"|(?P<label>{labels})(?=\s*[:=]|\s+(?:är|ska|skall|stämmer)\b|\s+[\d+(]))\s*",
        re.IGNORECASE,
    )
