"""Politeness in clerks' mails: greetings, thanks, "here are today's answers". Hides no command."""

from __future__ import annotations

import re

from parsers.answers.clerk_words import known
from parsers.answers.manners import Manners

_HELLO = (
    r"(?:hej|hejsan|hallå|halloj|tjena|tja|tjenare|morrn|hello|hi|god ?(?:morgon|dag"
    r"|förmiddag|eftermiddag|kväll))"
)
_WHO = (
    r"(?: (?:igen|på er|på dig|alla|allihopa|där|hej|ek|lokala ek|ek-bot|boten|bot|botten|du"
    r"|kollegor))*"
)
_THANKS = (
    r"(?:tack|tackar|thanks|thank you)(?: (?:så mycket|på förhand|igen|tack|för hjälpen|för idag"
    r"|för läget|för listan"
    r"|för sammanställningen|för mejlet|för mailet|för påminnelsen|för dagens läge"
    r"|för överblicken))*"
)
_WISHES = (
    r"(?:trevlig|fin|skön|glad|ha en (?:bra|fin|trevlig|skön)|ha det (?:bra|fint|gott)) ?"
    r"(?:helg|dag|kväll|eftermiddag|måndag|tisdag|onsdag|torsdag|fredag|vecka|jul"
    r"|lunch)?(?: på er| allihopa)?"
)
_HERE = (
    r"(?:här (?:kommer|är)|se|kommer|mina|svar|dagens|svaren)(?: (?:mina|mitt|dagens|lite|svar"
    r"|svaret|svaren|läget|lista|listan"
    r"|uppdateringar|uppdatering|besked|status|från|mig|idag|här|nedan|under|kommer|är|på"
    r"|gårdagens|måndagens))*"
)
_OK = (
    r"(?:ok|okej|okey|oki|okay|toppen|bra|bra jobbat|super|perfekt|fint|kanon|utmärkt|mottaget"
    r"|noterat|uppfattat"
    r"|läst|ja|japp|great|noted|👍|👌|🙏|✅)"
)
_LATE = r"(?:ursäkta|förlåt|sorry)(?: för)?(?: det)?(?: (?:dröjsmålet|sent svar|sena svaret))"
_NAMES = r"(?-i:(?: [A-ZÅÄÖÉ][a-zåäöéü-]+){1,3})"
_ONE = rf"(?:{_HELLO}{_WHO}(?:{_NAMES})?|{_THANKS}(?:{_NAMES})?|{_WISHES}|{_HERE}|{_OK}|{_LATE})"
_CHAT = re.compile(rf"(?:{_ONE}[\s,.!:;)(😊🙂☺️😀-]*)+", re.IGNORECASE)
_INLINE = re.compile(
    rf"(?:(?:{_HELLO}{_WHO}|{_THANKS}|{_WISHES})[\s,.!:;)(😊🙂☺️😀-]*)+", re.IGNORECASE
)
_MARKS = re.compile(r"[\W_]*")
_NO_NAME = re.compile(r"(?<!\w)klara(?!\w)", re.IGNORECASE)  # Klara is also "done", of several
_LONGEST = 120
_MANNERS = Manners(lambda word: known(word.casefold())[0] > 0)


def is_chat(text: str, *, alone: bool = True) -> bool:
    """Tell whether *text* is only politeness; "ok" is, unless it stands below a row's own line."""
    if _MARKS.fullmatch(text):
        return "?" not in text
    pattern = _CHAT if alone else _INLINE
    return len(text) <= _LONGEST and pattern.fullmatch(text.strip()) is not None


def without_manners(text: str) -> str:
    """Return *text* without "Hej Eva!" before it and "Mvh Lena" after it."""
    return text if _NO_NAME.search(text) else _MANNERS.cut(text).strip()


def is_name(text: str) -> bool:
    """Tell whether *text* is a person's name and nothing else."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and _MANNERS.known(first[0]) and not without_manners(text)
