"""Clerks' commands that carry words of their own: why, a question, a note, a report's number."""

from __future__ import annotations

import re

from bot.domain.clerk_reply import Act, Command
from parsers.answers import card_scan
from parsers.answers.clerk_doubts import NEGATION, TURNING, opens_with_turn, speaks
from parsers.answers.clerk_words import only_known
from parsers.answers.words import is_filler

_POLITE = (
    r"(?:(?:den|det|denna|detta|den här|ärendet|kan du|kan ni|du kan|vänligen|snälla|please|ja|hej"
    r"|jag|vi|var snäll och|var vänlig och|har|är|nu)[ ,:.-]+)*"
)
_GAP = r"[\s:,.;=>*–-]*"
_REJECT = re.compile(
    rf"^{_POLITE}(?:avslå[rs]?|avslag(?:et|en)?|avslås|avsla|avslå den|avslagen|avslaget"
    rf"|avvisa[ds]?"
    r"|avvisas|neka[ds]?|avböj[ds]?|avslåt|avsl|reject(?:ed)?|deny|denied|underkänn[ds]?)(?!\w)"
    rf"(?: (?:den|det|denna|detta|den här|ärendet|beställningen|tack)(?!\w))?{_GAP}(?P<text>.*)$",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^(?:p\.? ?g\.? ?a\.?(?: att)?"
    r"|på grund av(?: att)?|eftersom(?: att)?|för att|därför att|då|med"
    r" motivering(?:en)?|att|motivering|orsak|skäl|anledning|because(?: of)?|due to|reason|varför)"
    r"(?:\s*:)?\s+",
    re.IGNORECASE,
)
_WHOM = (
    r"(?:(?:verksamhets|enhets)?chefen|(?:verksamhets|enhets)?chef|beställaren|avsändaren"
    r"|the manager|manager|henne|honom)"
)
_ABOUT = r"(?:om|efter|angående|ang|gällande|about|for)"
_ASK = re.compile(
    rf"^{_POLITE}(?:(?:fråga|fråg|fraga|frågar|frpga|fårga|ask)(?: gärna)?(?: igen)?(?: {_WHOM})?"
    rf"|(?:hör|kolla|stäm av|dubbelkolla|kontrollera) med {_WHOM}"
    rf"|(?:ställ|skicka)(?: en)? fråga(?: till)? {_WHOM}|(?:fråga|frågan) till {_WHOM}"
    rf"|be {_WHOM}|mejla {_WHOM}|begär(?: in)? komplettering|be om komplettering|komplettering"
    rf"|mail(?:a)? {_WHOM})(?!\w)(?: igen)?(?P<gap>{_GAP})(?P<text>.*)$",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"^{_ABOUT}\s+", re.IGNORECASE)
_NOTE = re.compile(
    rf"^{_POLITE}(?:lägg till (?:en )?)?(?:anteckning|notering|kommentar|anteckna|notera|note|memo"
    r"|not|anm|anmärkning|antekning|anteckn)(?!\w)(?: att(?= ))?(?P<gap>\s*[:=–-]+|\."
    r"|,)?\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_POLICE = re.compile(
    rf"^{_POLITE}(?:(?:har )?(?:polisanmälan|polisanmäld|polisanmält|polisanmälningen"
    r"|polisanmälans|polisanmälan är gjord|police report|polisen|anmälan|anmälningsnummer"
    r"|polisrapport"
    r"|polisanmälninsnummer|polisens)(?!\w))?"
    r"[\s:,.]*(?:(?:har |med )?(?:diarienummer|diarienr|dnr|nr|nummer|k-nummer|number|är|har"
    r"|fått|ärendenummer"
    r"|inkommen|gjord|finns|inskickad)[\s:,.]*)*(?P<text>[0-9].*?)[\s.!]*(?:tack[.!]?)?$",
    re.IGNORECASE,
)
_VERB = (
    r"(?:är|finns|har|står|gäller|stämmer|jobbar|arbetar|hör|kan|får|framgår|går|tillhör|behöver"
    r"|saknas|behörig|vill|svarar|svarat|syns|fungerar|vara|ska|skall|borde|anges|angett|angivit"
    r"|fyllt|skrivit"
    r"|skrivits|stod|var|hade|kunde|fick|kom|kommit|gick|visar|uppfyller|uppger|vet|känner|känns"
    r"|finnas|ifyllt"
    r"|ifylld|angivet|angiven|angetts|undertecknat|undertecknad|skickat|längre|behövs|anställd)"
)
_SAFE_NOT = re.compile(
    rf"(?:\b{_VERB}(?: (?:den|det|hon|han|hen|chefen|personen|de|än|längre|här))? (?:inte|ej"
    rf"|ingen|inget|inga|aldrig)\b"
    rf"|(?<=\w )\b(?:inte|ej|aldrig) (?:längre )?{_VERB}\b"
    r"|(?:^|[,;:]\s*|\b(?:har|finns|anger|står|och)\s+)(?:utan|ingen|inga|inget) "
    r"(?:underskrift|signatur|enhet|chef|behörighet|blankett|giltig\w*|svensk\w*|personnummer"
    r"|anställning"
    r"|namn\w*|titel|datum|startdatum|slutdatum|e-?post\w*|mejl\w*|person|sådan|svar|bilaga))",
    re.IGNORECASE,
)
_SAFE_FIRST = re.compile(
    r"^(?:inte|ej) (?:rätt|behörig|underskriven|undertecknad|signerad|komplett|giltig|ifylld"
    r"|anställd"
    r"|läsbar|läslig|korrekt|fullständig|godkänd chef|vår|våran)\w*",
    re.IGNORECASE,
)
_MODAL = re.compile(  # "avslå går inte"
    r"(?:går|kan|ska|skall|får|vill|behöver|borde|bör|måste|är|var|blir|gör|gjorde)(?!\w)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?<!uppgift )(?<!uppgifter )(?<!information )(?<!besked )(?<!frågan )(?<!ansökan )"
    r"\b(?:om|när|efter att|därefter|until|when|once|after|before|beroende|alternativt|either)\b",
    re.IGNORECASE,
)
_ALREADY = re.compile(r"(?<!\w)(?:redan|already)(?!\w)", re.IGNORECASE)
_ASKS = re.compile(r"^(?:att|när|vad|vem|varför|hur|vart|om|vilk\w+|var)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_EDGES = " \t,;:-–=>*"
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(
    {
        "den", "det", "denna", "detta", "tack", "nu", "direkt", "idag", "genast", "på", "för",
        "med", "och", "ärendet", "här", "hej", "mvh", "bara", "alla", "tyvärr", "please", "rakt",
        "av", "helt", "enkelt", "därför", "orsak", "skäl", "anledning", "samma", "dito", "sak",
        "ovan", "som", "se", "likaså", "också", "även", "dem", "dom", "dessa", "båda",
        "gärna", "snarast", "redan", "beställningen", "ansökan",
    }
)  # fmt: skip


def read(text: str, ref: str) -> Command | None:
    """Return the command in *text*, None where it holds none or one that could be turned."""
    plain = " ".join(text.strip(" \t,;:-–=>*!.").split())
    said = " ".join(text.split())
    if note := _NOTE.match(plain):
        apart = note["gap"] or re.match(r"(?i).*?(?:anteckna|notera)", plain)
        return Command(Act.NOTE, ref, said, text=note["text"]) if apart and note["text"] else None
    if reject := _REJECT.match(plain):
        why = _own(_WHY.sub("", reject["text"]))
        return Command(Act.REJECT, ref, said, text=why) if _is_reason(why) else None
    if ask := _ASK.match(plain):
        return _question(ask, ref, said)
    if police := _POLICE.match(plain):
        number = card_scan.number(police["text"].strip())
        return Command(Act.POLICE, ref, said, text=number) if number else None
    return None


def begins(text: str) -> bool:
    """Tell whether *text* begins as a command with words of its own."""
    plain = " ".join(text.strip(" \t,;:-–=>*!.").split())
    return any(p.match(plain) for p in (_NOTE, _REJECT, _ASK))


def turned(text: str) -> bool:
    """Tell whether own words of a clerk hold one that may turn the command before them."""
    first, *rest = _SENTENCE.split(text)
    if any(speaks(part) for part in rest):
        return True
    if _MODAL.match(first) or opens_with_turn(first):
        return True
    bare = _SAFE_NOT.sub(" ", _SAFE_FIRST.sub(" ", first))
    return NEGATION.search(bare) is not None or TURNING.search(first) is not None


def _own(text: str) -> str:
    """Return *text* without courtesy after it."""
    parts = _SENTENCE.split(text.strip())
    while len(parts) > 1 and is_filler(parts[-1]):
        parts.pop()
    plain = re.sub(
        r"[\s,.!]+(?:tack|mvh|thanks)\b[ \w]{0,20}[\s!.]*$",
        "",
        " ".join(parts),
        flags=re.IGNORECASE,
    )
    return plain.strip(_EDGES).rstrip(" .!")


def _is_reason(text: str) -> bool:
    own = {w.casefold() for w in _WORD.findall(text)} - _EMPTY
    if _CONDITION.search(text):
        return False
    return bool(own) and not turned(text) and "?" not in text and not _is_command(text)


def _is_command(text: str) -> bool:
    """Tell whether *text* is another command rather than a reason: "avslå klar"."""
    return only_known(text) and _ALREADY.search(text) is None


def _question(ask: re.Match[str], ref: str, said: str) -> Command | None:
    text = _own(ask["text"])
    led = _LEADS.match(text) is not None
    bare = _LEADS.sub("", text)
    own = {w.casefold() for w in _WORD.findall(bare)} - _EMPTY
    if NEGATION.match(bare):  # «fråga chefen om ingen …»: it may take the question back
        return None
    if not own or turned(_ASKS.sub("", bare)):
        return None
    plain = (
        ":" in ask["gap"]
        or led
        or re.match(
            r"(?i)(?:vad|vem|vilk\w+|när|var|varför|hur|att|vart|skicka|komplettera|fylla"
            r"|underteckna|skriva)\b",
            bare,
        )
    )
    return Command(Act.ASK, ref, said, text=bare if led else text) if plain else None
