"""The closed list of words in replies to an inventory, each with the part that it plays."""

from __future__ import annotations

import re

_PARTS: dict[str, str] = {
    "CARD": r"\d(?:[ -]?\d){7,}",
    "RANGE": r"(?:(?:nr|rad(?:erna)?|nummer|kort|punkt)\.? ?)?"
    r"\d{1,3} ?(?:-|–|till|t\.o\.m\.?) ?\d{1,3}(?![\d/])",
    "COUNT": r"(?:alla|samtliga) \d{1,3}(?: kort(?:en)?)?",
    "NAMED": r"(?:nr|rad|nummer|kort|punkt|kortet|row)\.? ?#?\d{1,3}(?![\w/])|#\d{1,3}(?![\w/])",
    "ROW": r"\d{1,3}(?![\w/-]|[.,:]\d|:[ae]| (?:kort|st|stycken)\b)",
    "NONE": r"(?:det )?(?:saknas|fattas) (?:inga|inget|ingenting)(?: kort)?"
    r"|(?:inga|inget|ingenting|ingen)(?: kort)? (?:saknas|fattas|är borta)"
    r"|nothing(?: is)? missing",
    "MISSING": r"saknas|saknad|fattas"
    r"|(?:finns|hittas|är) (?:inte|ej)(?: (?:kvar|här|i lådan|där|på plats))?"
    r"|(?:inte|ej) (?:kvar|här|i lådan|på plats|hittat|hittad)|missing|is missing"
    r"|saknades|sakans|(?:är )?borta|är försvunn[ae]t|not there|not here|❌",
    "THERE": r"finns(?: (?:kvar|här|där|i lådan|på plats|med))?|finnes|fins|(?:är )?på plats"
    r"|(?:ligger )?i lådan|(?:är|ligger) (?:kvar|här|där)|i skåpet|stämmer|ok|okej|okay"
    r"|här|is there|there|is here|✅|✔️?|👍",
    "YES": r"ja|japp|jo|yes",
    "NO": r"nej|nä|no",
    "ALL": r"allt|alla|samtliga|allihop|all|everything|alla kort(?:en)?|samtliga kort",
    "REST": r"resten|övriga(?: kort)?|de andra|alla andra|de övriga|the rest|allt annat|annars",
    "EXCEPT": r"utom|förutom|undantaget|except|men inte",
    "BUT": r"men|fast|but",
    "DROP": r"hej|hejsan|hallå|hello|hi|tack(?: så mycket| på förhand| för (?:mejlet|listan))?"
    r"|thanks|som|bara|endast|också|även|god morgon|nu|kontrollerat|kollat|inventerat"
    r"|inventering|inventeringen|klart|klar|jag har|vi har|har|och|samt|and|o|är|are|is"
    r"|dessa|följande|kort|trevlig helg",
    "STOP": r"[.!;]+",
    "COLON": r"[:=]",
    "MARK": r"[,&+()*•–—-]+|[🙂😊☺️😀🙏]+|\u2026",
}
_PATTERNS = tuple(
    (part, re.compile(rf"(?:{p})(?!\w)" if p[-1].isalnum() or p[0] != "[" else p, re.IGNORECASE))
    for part, p in _PARTS.items()
)


def longest(text: str, at: int) -> tuple[str, int] | None:
    """Return the part and the end of the longest word at *at*."""
    best: tuple[str, int] | None = None
    for part, pattern in _PATTERNS:
        found = pattern.match(text, at)
        if found and (best is None or found.end() > best[1]):
            best = (part, found.end())
    return best
