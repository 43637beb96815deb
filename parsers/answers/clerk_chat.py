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
    r"(?: (?:igen|på er|på dig|alla|allihopa|där|hej|ek|roboten|robot|systemet|lokala ek|ek-bot"
    r"|boten|bot|botten|du"
    r"|kollegor))*"
)
_THANKS = (
    r"(?:(?:tusen |stort |många )?tack|tackar|thanks|thank you)"
    r"(?: (?:så (?:jätte)?mycket|så hemskt mycket|på förhand|igen|tack|snälla|för hjälpen|för idag"
    r"|för läget|för listan"
    r"|för sammanställningen|för mejlet|för mailet|för påminnelsen|för dagens läge"
    r"|för överblicken|ska du ha"
    r"|för (?:en |ett |den |det |din |er |ditt |ert |dagens )*(?:(?:fin|bra|tydlig|snabb|jättebra"
    r"|toppen|här)[ta]? )*(?:sammanställning(?:en)?|lista(?:n)?|överblick(?:en)?|översikt(?:en)?"
    r"|mejl(?:et)?|mail(?:et)?|läge(?:t)?|rapport(?:en)?|hjälp(?:en)?|påminnelse(?:n)?|svar(?:et)?"
    r"|info|informationen|jobb(?:et)?|uppdatering(?:en)?)))*"
)
_WISHES = (
    r"(?:(?:och )?(?:ha |önskar )?(?:en |er en |dig en )?(?:trevlig|fin|skön|glad|bra|härlig)"
    r"|ha en (?:bra|fin|trevlig|skön)|ha det (?:bra|fint|gott)) ?"
    r"(?:helg|dag|kväll|eftermiddag|måndag|tisdag|onsdag|torsdag|fredag|vecka|jul"
    r"|lunch)?(?: på er| allihopa)?"
)
_HERE = (
    r"(?:här (?:kommer|är)|se|kommer|mina|svar|dagens|svaren)(?: (?:mina|mitt|dagens|lite|svar"
    r"|svaret|svaren|läget|lista|listan"
    r"|uppdateringar|uppdatering|besked|status|från|mig|idag|här|nedan|under|kommer|är|på"
    r"|gårdagens|måndagens))*"
)
_PLACE = (
    r"(?:i|under|nedan|inne i|bland|vid|efter|på|inuti|längre ner i|här nere i)?"
    r" ?(?:texten|mejlet|mailet|listan|er text|din text|ert mejl|ditt mejl|ditt mail"
    r"|(?:respektive|varje) (?:rad|ärende|punkt)|raderna|ärendena|punkterna|nedan|här nedanför|rött"
    r"|röd text|blått|fetstil)"
)
_WRITTEN = (  # where the answers stand, and nothing of what they say
    r"(?:(?:se|här är|här kommer|läs) )?(?:gärna )?"
    r"(?:jag har svarat|vi har svarat|har svarat|jag svarar|svarar|svarat"
    r"|(?:mina|våra|dagens)? ?(?:svar|svaren|kommentarer)(?: (?:står|finns|ligger|kommer|är))?)"
    rf"(?: direkt| inne| här)?(?: {_PLACE}){{1,3}}"
)
_PRAISE = (
    r"(?:vad |så |det )?(?:det här |det |den här |detta )?(?:(?:var|är|blev) )?(?:riktigt |väldigt "
    r"|verkligen )?(?:jättebra|superbra|smidigt|kanonbra|jättefint|snyggt)(?: jobbat)?"
)
_OK = (
    r"(?:ok|okej|okey|oki|okay|toppen|bra|bra jobbat|super|perfekt|fint|kanon|utmärkt|mottaget"
    r"|noterat|uppfattat"
    r"|läst|ja|japp|great|noted|👍|👌|🙏|✅)"
)
_LATE = r"(?:ursäkta|förlåt|sorry)(?: för)?(?: det)?(?: (?:dröjsmålet|sent svar|sena svaret))"
_NAMES = r"(?-i:(?: [A-ZÅÄÖÉ][a-zåäöéü-]+){1,3})"
_ONE = (
    rf"(?:{_HELLO}{_WHO}(?:{_NAMES})?|{_THANKS}(?:{_NAMES})?|{_WISHES}|{_WRITTEN}|{_HERE}|{_PRAISE}"
    rf"|{_OK}|{_LATE})"
)
_CHAT = re.compile(rf"(?:{_ONE}[\s,.!:;)(😊🙂☺️😀-]*)+", re.IGNORECASE)
_INLINE = re.compile(
    rf"(?:(?:{_HELLO}{_WHO}|{_THANKS}|{_WISHES})[\s,.!:;)(😊🙂☺️😀-]*)+", re.IGNORECASE
)
_MARKS = re.compile(r"[\W_]*")
_NO_NAME = re.compile(r"(?<!\w)klara(?!\w)", re.IGNORECASE)  # Klara is also "done", of several
_OTHER = re.compile(r"\s*/ (\S+)")
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
    if _NO_NAME.search(text):
        return text
    cut = _MANNERS.cut(text).strip()
    other = _OTHER.match(text[len(cut) :]) if cut else None  # «Barkarby LSS / Viksjö»
    return text if other and not _MANNERS.known(other[1]) else cut


def is_name(text: str) -> bool:
    """Tell whether *text* is a person's name and nothing else."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and _MANNERS.known(first[0]) and not without_manners(text)
