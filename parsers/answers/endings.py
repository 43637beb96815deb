"""Where an answer ends: greetings at the foot, signatures, phones' footers, disclaimers.

Cuts nothing that could be an answer: a line below the greeting that says yes, no or a number
stays, and then nobody takes the reply for understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

FOOTER = re.compile(
    r"^(?:skickat från|sent from|hämta outlook|get outlook|skaffa outlook|outlook för (?:ios"
    r"|android)|skickades från|mail från|från min (?:iphone|mobil|samsung))\b.{0,80}$",
    re.IGNORECASE,
)
_GREETINGS = (
    r"(?:med )?(?:vänliga?|bästa|varma?|soliga|trevliga?) ?(?:hälsning(?:ar)?|häls)?",
    r"mvh|m\.?v\.?h\.?|häls|vh|bh|v\.h\.|hälsning(?:ar)?(?: från)?",
    r"/{1,2}|--|—|–",
    r"(?:(?:kind|best) )?regards",
    r"tack (?:och hej|på förhand|för hjälpen)",
    r"trevlig (?:helg|dag|kväll)|ha en (?:bra|fin) (?:dag|helg|kväll)",
)
_GREETING = re.compile(rf"^(?:{'|'.join(_GREETINGS)})(?:[\s,.!/].{{0,60}})?$", re.IGNORECASE)
DISCLAIMER = re.compile(
    r"konfident|sekretess|avsedd|mottagare|intended|recipient|disclaimer|personuppgift|gdpr|virus"
    r"|miljö|skriv(?:a)? (?:inte )?ut|before printing|obehörig",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:ja|nej|nä|fel|inte|ej|stämmer|ska|skall|rätt|ändra|ändras|istället|i stället|obs|ps"
    r"|p\.s|utom|förutom|vänta|stopp|fast|men)\b|^\W*\d{1,2}\s*[.:)=]",
    re.IGNORECASE,
)
_MOST = 20  # lines of a signature


def without_ending(lines: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return *lines* down to the signature; what could be an answer below it is kept."""
    kept = [line.strip() for line in lines if line.strip() and not FOOTER.match(line.strip())]
    cut = next((n for n, line in enumerate(kept) if begins(line, names)), None)
    if cut is None:
        return tuple(kept)
    below = kept[cut + 1 :]
    suspicious = [line for line in below if may_answer(line)]
    return (*kept[:cut], *suspicious, *below[_MOST:])


def may_answer(line: str) -> bool:
    """Tell whether *line*, below the greeting, may belong to the answer after all."""
    return _ANSWER.search(line) is not None and DISCLAIMER.search(line) is None


def begins(line: str, names: Sequence[str]) -> bool:
    """Tell whether *line* is a greeting at the foot, or nothing but one of *names*."""
    if _GREETING.match(line):
        return not _ANSWER.search(line)
    words = {w for w in re.split(r"[\s,./]+", line.casefold()) if w}
    known = {w for name in names for w in name.casefold().split()}
    return bool(words) and words <= known
