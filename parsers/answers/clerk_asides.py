"""Remarks beside a command: "K-18 återlämnat igår, låg i brevlådan". A remark asks for nothing.

Only a plain statement of what was, in few words that a list holds, is one; whatever could be an
order, a day, a doubt or the contrary of the command is none, and then the line is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from bot.domain.clerk_reply import Act, Command
from parsers.answers import clerk_words
from parsers.answers.clerk_doubts import speaks
from parsers.answers.review_days import DAY

_LONGEST = 80  # characters
_MOST_WORDS = 10
_EDGE = re.compile(r"[,;.!]\s+|\s+(?:eftersom|då)\s+|\s+[-–]+\s+|\s*\((?=[^()]*\)[\s.!]*$)")
_PARTS = re.compile(r"[,;.!]\s+")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_WHO = r"(?:det|den|hon|han|hen|kortet|reservkortet|mejlet|mailet|innehavaren)"
_PLACES = (
    r"(?:i|på|hos|bakom) (?:skåpet|lådan|kassaskåpet|brevlådan|postfacket|receptionen|luckan|disken"
    r"|internposten|mitt rum|mig|oss|mitt bord|skrivbordet|arkivet|förrådet)"
)
_WAS = re.compile(
    r"(?:(?P<who>\w[\w-]*(?: [A-ZÅÄÖÉ][\w-]+)?) )?(?:"
    r"(?:låg|satt|fanns|kom|gällde|försvann|tappade|glömde|slutade|flyttade|letade|undrade|frågade"
    r"|handlade)(?!\w)"
    r"|har (?:redan |bara |nu |precis |också )?(?:letat|sökt|slutat|flyttat|legat|suttit|tackat"
    r"|gått"
    r"|rensat|arkiverat|lagt|låst|fått (?:besked|kopia|kvittens|mejl))(?!\w)"
    r"|var (?:bara |mest )?(?:(?:en|ett|två|några) )?(?:liten |kort |enkel |vanlig )?(?:fråga"
    r"|frågor"
    r"|mejl|mail|dubblett|påminnelse|kopia|tackmejl|spam|reklam)"
    r"(?= om |$| från (?:en |ett )?[a-zåäö]+$)"
    rf"|(?:lämnade|lade|la) (?:in )?(?:det |kortet )?{_PLACES}$"
    r"|var (?:bortrest|sjuk|ledig|här|på plats|hos oss)$"
    r"|gick (?:bra|fint|smidigt|snabbt|fort|lätt)$|tog (?:bara )?(?:en stund|lite tid|lång tid)$"
    rf"|(?:ligger|finns|sitter|är inlåst|är inlagt|är|var) (?:nu |redan )?{_PLACES}$"
    r"|är (?:nu |redan |också )?(?:informerad|underrättad|vidtalad|nöjd|glad)$"
    r"|behöver (?:kortet|det|ha kortet|ha det|låna kortet) (?:lite |ännu )?(?:längre|ett tag till)$"
    r")",
    re.IGNORECASE,
)
_NOT_YET = re.compile(  # why a loan goes on: the one remark that may deny something
    r"(?:(?:hans|hennes|det) nya (?:e-?tjänste)?kort(?:et)?|nya kortet) (?:har inte kommit"
    r"|är inte (?:klart|här|framme))(?: än| ännu)?",
    re.IGNORECASE,
)
_PLAIN = frozenset(  # what may follow the verb: where, how long, of what kind
    {
        "i", "på", "hos", "bakom", "till", "med", "den", "det", "dem", "oss", "mig", "sin", "sitt",
        "vårt", "mitt", "kortet", "reservkortet", "mejlet", "mailet", "hela", "redan", "bara",
        "nu", "precis", "länge", "noga", "själv", "helt", "lite", "mest", "bra", "fint", "smidigt",
        "snabbt", "fort", "lätt", "överallt", "helgen", "dagen", "veckan", "morgonen", "morse",
        "natten", "kvällen", "förra", "somras", "våras", "höstas", "vintras", "skåpet", "lådan",
        "kassaskåpet", "brevlådan", "postfacket", "facket", "receptionen", "luckan", "disken",
        "internposten", "internpost", "posten", "rum", "bord", "skrivbordet", "arkivet",
        "förrådet", "kontoret", "bussen", "tåget", "pendeltåget", "tunnelbanan", "stan", "jobbet",
        "tvätten", "för", "hjälpen", "lånet", "så", "mycket", "besked", "kopia", "kvittens",
        "mejl", "liten", "kort", "enkel", "vanlig", "reklam", "spam", "dubblett", "påminnelse",
        "tackmejl", "en", "ett", "fråga", "frågor", "längre", "tag",
    }
)  # fmt: skip
_MATTER = re.compile(  # what a mail was about, in a word or two
    r"(?:(?:fråga|frågor|handlade|frågade|information|mejl|mail|undrade)(?: bara)? (?:om|över)"
    r"|undrade|gällde|(?<=mejl )från|(?<=mail )från)"
    r" (?:(?:en|ett|sin|sitt|våra|vår|vårt) )?(?P<of>[a-zåäö]{4,})$"
)
_OURS = re.compile(  # a matter of the desk's own, or no matter at all
    r"kort|spärr|ställ|behör|ärend|förl|mäl|registr|person|enhet|chef|dag|halv|del|främ|någo|and"
    r"|hel|end|bara|reda|uppda|namn|släpp|godkän|klar|hjälp|hot|oro|makul|varf|myck|sak|mer|mest|flera|alla|några|vem|vad|vilk"
)
_TODAY = re.compile(r"\s+i ?dag$", re.IGNORECASE)
_ABOUT = re.compile(r"(?<!\w)(?:fråga|frågor|handlade|frågade|information|mejl|mail) om\b")
_LONGER = re.compile(r"behöver (?:\w+ ){1,2}(?:lite |ännu )?(?:längre|ett tag till)")
_REVERSED = re.compile(  # it may say the contrary, or give somebody else as the source
    r"(?<!\w)(?:hitta\w*|funnit|återfunn\w*|dyk\w*|dök|kvar|anna[nt]s?|andras?|falsk\w*|lögn\w*"
    r"|osan\w*|påhitt\w*|luras?|lurade\w*|sagt|berätta\w*|skrivit|meddelat|påstått|lovat|hört|trott"
    r"|tyckt|tänkt|ringt|ringde|mejlat|mailat|bekräfta\w*|intyga\w*|uppge\w*|uppgav|dröm\w*|nytt"
    r"|nya|ny|igen|slut|igång|börjat|försök\w*|velat|behövt|kunnat|skolat|fortfarande|bett"
    r"|bad|svårt|problem|strul\w*|stopp\w*|trasig\w*|sönder|kontroller\w*|chef\w*|vän|system\w*"
    r"|varit|blivit|hade|miss\w*|skoj\w*|skämt\w*|ironi\w*|låtsa\w*|bort|avsl\w*|neka\w*"
    r"|avvis\w*|avbr\w*|inställ\w*|skjut\w*|utebl\w*|vägra\w*|gissa\w*|inväntat|väntat|ändrat"
    r"|ångrat|glömt)(?!\w)",
    re.IGNORECASE,
)
_LOST = re.compile(r"(?<!\w)(?:låg|ligger|fanns|finns|kom|fick|satt|sitter)(?!\w)", re.IGNORECASE)
_RETURNED = re.compile(r"(?<!\w)(?:tappa\w*|försv\w*|letat?\w*|behöver)(?!\w)", re.IGNORECASE)
_LEFT = re.compile(r"(?<!\w)(?:slut|flytt|glömde|tappa|försv)\w*", re.IGNORECASE)
_MAILED = re.compile(
    r"(?<!\w)(?:undrade|frågade|handlade|gällde|fråga|frågor|mejl|mail|dubblett|påminnelse|kopia"
    r"|tackmejl|spam|reklam)(?!\w)",
    re.IGNORECASE,
)
_FORGOT = re.compile(r"(?<!\w)(?:glömde|tappade|försvann)(?!\w)", re.IGNORECASE)
_AWAY = re.compile(r"(?<!\w)(?:bortrest|sjuk|ledig)(?!\w)", re.IGNORECASE)
_BEGUN = frozenset({"ny", "beställ", "uppdatering"})  # rows of somebody who is to have something
_LAID = re.compile(  # "har lagt den åt sidan", "har gått bet", "kom på det i morse"
    r"kom på(?!\w)|har (?:redan |bara |nu |precis |också )?(?:(?:lagt|låst)"
    rf"(?! (?:in )?(?:(?:det|kortet) )?{_PLACES}$)"
    r"|gått(?! (?:bra|fint|smidigt|snabbt|fort|lätt)$))",
    re.IGNORECASE,
)
_SEARCHED = re.compile(r"(?<!\w)(?:letat|letade|sökt)(?!\w)", re.IGNORECASE)


def cut(text: str) -> Iterator[tuple[str, str]]:
    """Yield *text* as a command and what stands beside it, the longest command first."""
    for edge in reversed(list(_EDGE.finditer(text))):
        before, beside = text[: edge.start()], text[edge.end() :].strip(" .!)")
        if before.strip() and beside:
            yield before, beside


def harmless(text: str, made: Sequence[Command], names: Collection[str], today: date) -> bool:
    """Tell whether *text* beside what is *made* is a remark alone; *names* are the row's."""
    acts = {command.act for command in made}
    if all(command.on in (None, today) for command in made):
        text = _TODAY.sub("", text)
    if acts == {Act.EXTENDED} and _NOT_YET.fullmatch(text):
        return True
    return len(text) <= _LONGEST and all(_one(p, acts, names) for p in _PARTS.split(text))


def _one(text: str, acts: Collection[Act], names: Collection[str]) -> bool:
    plain = text.strip(" .!,;()")
    words = _WORD.findall(plain)
    begins = _WAS.match(plain)
    if begins is None or len(words) > _MOST_WORDS or not _is_who(begins["who"], names):
        return False
    if any(sign in plain for sign in "?@/:") or re.search(r"\d", plain) or DAY.search(plain):
        return False
    if any(w[0].isupper() and not _is_known(w, names) for w in words[1:]):
        return False
    bare = _ABOUT.sub(" ", plain)
    if Act.EXTENDED in acts:
        bare = _LONGER.sub(" ", bare)
    if speaks(bare) or _REVERSED.search(bare) or _acts(plain) or _LAID.search(plain):
        return False
    return _is_plain(plain, begins.end()) and not _contradicts(plain, acts, names)


def _is_plain(text: str, at: int) -> bool:
    """Tell whether every word of *text* from *at* on is of the list, or a mail's matter."""
    if matter := _MATTER.search(text):
        if _OURS.search(matter["of"]):
            return False
        text = text[: matter.start()]
    also = {"hemma"} if _SEARCHED.search(text) else set()
    return {word.casefold() for word in _WORD.findall(text[at:])} <= _PLAIN | also


def _contradicts(text: str, acts: Collection[Act], names: Collection[str]) -> bool:
    if Act.DONE in acts and set(names) & _BEGUN and (_LEFT.search(text) or _AWAY.search(text)):
        return True
    if Act.DONE in acts and _FORGOT.search(text):
        return True
    if Act.HANDED_OUT in acts and _AWAY.search(text):
        return True
    if Act.LOST in acts and _LOST.search(text):
        return True
    if set(acts) & {Act.RETURNED, Act.HANDED_OUT, Act.DEREGISTERED} and _RETURNED.search(text):
        return True
    if set(acts) & {Act.ORDERED, Act.ACTIVATED, Act.HANDED_OUT, Act.EXTENDED} and _LEFT.search(
        text
    ):
        return True
    return (Act.DONE not in acts or "mejl" not in names) and _MAILED.search(text) is not None


def _is_who(text: str | None, names: Collection[str]) -> bool:
    if text is None or re.fullmatch(_WHO, text, re.IGNORECASE):
        return True
    return all(_is_known(word, names) for word in text.split())


def _is_known(word: str, names: Collection[str]) -> bool:
    plain = word.casefold()
    return plain in names or (plain.endswith("s") and plain[:-1] in names)


def _acts(text: str) -> bool:
    """Tell whether *text* holds a word of a command."""
    return any(clerk_words.is_telling(text[m.start() :][:60]) for m in _WORD.finditer(text))
