"""The closed lists of words: yes, no, what may stand between them, what no value may hold.

A word that is in no list explains nothing. Misspellings stand in the lists one by one; words that
merely look like them do not count.
"""

from __future__ import annotations

import re

JA = frozenset({"ja", "japp", "jo", "jajamän", "jadå", "yes", "yep", "jaa", "jaja"})
RIGHT = frozenset(
    {
        "ok", "okej", "okey", "oki", "okay", "stämmer", "stämer", "stämmmer", "stemmer", "stammer",
        "rätt", "ratt", "riktigt", "korrekt", "korekt", "precis", "exakt", "bekräftas",
        "bekräftar", "godkänns", "godkänt", "godkänner", "riktig", "korrekta", "rätta", "okej!",
        "perfekt", "👍", "✅", "✔", "✔️", "👌",
    }
)  # fmt: skip
NEJ = frozenset({"nej", "nä", "nää", "nope", "no", "näe", "neej"})
WRONG = frozenset({"fel", "felaktig", "felaktigt", "felläst", "❌", "👎"})
NOT = frozenset({"inte", "ej", "icke", "inte:"})
GLUE = frozenset(
    {
        "det", "de", "den", "detta", "dessa", "är", "så", "som", "ni", "har", "läst", "står",
        "skrivit", "jag", "vi", "på", "alla", "allt", "allting", "alltihop", "samtliga", "båda",
        "bägge", "uppgifterna", "uppgiften", "uppgifter", "punkterna", "punkten", "nu", "även",
        "bra", "tack", "helt", "alldeles", "också", "här", "där", "och", "hej", "att", "mig",
        "er", "ovan", "frågorna", "frågan", "svar", "ser", "ut", "mycket", "absolut", "visst",
        "läsning", "tolkning", "tolkat", "tolkningen", "fråga", "punkt", "nr",
    }
)  # fmt: skip
_HELLO = r"hej|hejsan|hallå|halloj|tjena|tja|morrn|hello|hi"
_GOOD = r"god ?(?:morgon|dag|förmiddag|eftermiddag|kväll)"
_FOR = r"för (?:frågan|mejlet|mailet|brevet|hjälpen|det|din fråga)"
_PLACE = r"nedan|här nedan|på frågorna|på frågan|på era frågor|under|kommer här|inline"
_ANSWERS = r"(?:mina |mitt |svaret|svaren|svar)"
_FILLERS = (
    rf"(?:{_HELLO}|{_GOOD})(?: (?:igen|på er|alla|där))?(?: [A-ZÅÄÖÉ][\w.-]*){{0,3}}",
    rf"tack(?: (?:så mycket|på förhand|igen|{_FOR}))*",
    rf"(?:här (?:kommer|är)|se|kommer|mina|mitt)?\s*{_ANSWERS}(?: (?:{_PLACE}))?",
    r"(?:se|enligt|svarar|svar) (?:nedan|här nedan|i texten|under(?: varje(?: punkt)?)?)",
    r"ursäkta (?:dröjsmålet|sent svar|det sena svaret)|förlåt för sent svar",
)
_FILLER = re.compile("|".join(f"(?:{f})" for f in _FILLERS), re.IGNORECASE)
_REST = re.compile(
    r"^(?:och |men |, *)?(?:resten|övriga?t?|i övrigt|annars|allt annat|de andra|det andra"
    r"|allt övrigt|övriga uppgifter)\b[ :,]*",
    re.IGNORECASE,
)
NOT_IN_TEXT = frozenset(
    {
        "jag", "du", "han", "hon", "hen", "vi", "ni", "dem", "mig", "dig", "vet", "veta", "ska",
        "skall", "kan", "kunde", "har", "hade", "är", "var", "vara", "blir", "inte", "ej", "inget",
        "ingen", "inga", "kolla", "kollar", "fråga", "frågar", "ring", "ringer", "mejla", "mejlar",
        "mailar", "återkommer", "återkom", "skicka", "skickar", "skickat", "semester", "ledig",
        "osäker", "osäkert", "oklart", "oklar", "kanske", "tror", "nog", "väl", "bifogar",
        "bifogad", "bifogat", "bilaga", "blankett", "blanketten", "samma", "dito", "se", "enligt",
        "ovan", "nedan", "okänd", "okänt", "minns", "hej", "tack", "ja", "nej", "ok", "okej",
        "stämmer", "rätt", "fel", "utom", "resten", "eller", "möjligen", "antagligen",
        "förmodligen", "typ", "ungefär", "cirka", "måste", "vill", "står", "läs", "nummer", "den",
        "det", "som", "när", "hur", "varför", "vad", "vem", "om", "att", "slutat", "slutar",
        "imorgon", "idag", "senare", "snart", "ursäkta", "tyvärr", "toppen", "fint", "kanon",
        "super", "klart", "fixat", "gärna", "maila", "skriv", "skriver", "ändra", "ändras",
        "strunta", "hoppa", "vänta", "namnet", "telefonen", "flyttat", "utmärkt", "saknas",
        "tomt", "tom", "nya", "gamla", "rätta", "byt", "but", "the", "not", "ta", "bort",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\s,;:.!()\"”“'´`/]+")


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of *text* in lower case, without marks."""
    return tuple(_WORD.findall(text.casefold()))


def says_yes(text: str) -> bool:
    """Tell whether *text* says yes and nothing else."""
    words = set(tokens(text))
    return bool(words & (JA | RIGHT)) and words <= JA | RIGHT | GLUE


def says_no(text: str) -> bool:
    """Tell whether *text* says no and nothing else: "nej", "fel", "stämmer inte"."""
    words = set(tokens(text))
    if not words <= NEJ | WRONG | NOT | RIGHT | GLUE:
        return False
    no, wrong, negated = words & NEJ, words & WRONG, words & NOT
    right = words & RIGHT
    if negated:
        return bool(right) and not wrong  # "stämmer inte", "nej, inte rätt"
    return bool(no or wrong) and not right


def agrees_to_all(text: str) -> bool:
    """Tell whether *text*, before the first number, says yes to what no number names.

    "Allt stämmer men", "Ja." do; "Ja" right before a number speaks of that number alone.
    """
    plain = re.sub(r"[\s,]*\b(?:men|fast|dock)\s*$", "", text, flags=re.IGNORECASE)
    apart = plain != text or text.rstrip()[-1:] in (".", "!", ";")
    whole = bool(set(tokens(plain)) & {"allt", "alla", "allting", "samtliga"})
    return says_yes(plain) and (apart or whole)


def is_filler(text: str) -> bool:
    """Tell whether *text* is only politeness: it answers nothing and takes nothing back."""
    plain = text.strip(" \t,.!:;-–)(😊🙂☺️")
    return not plain or _FILLER.fullmatch(plain) is not None


def without_filler(text: str) -> str:
    """Return *text* without politeness before it."""
    found = re.match(
        r"\s*(?:hej|hejsan|hallå|god ?(?:morgon|dag|eftermiddag|förmiddag))(?: igen)?\s*[,!.]\s*",
        text,
        re.IGNORECASE,
    )
    rest = text[found.end() :] if found else text
    return re.sub(r"[\s,.!]+tack(?: så mycket| på förhand)?[\s!.]*$", "", rest, flags=re.IGNORECASE)


def of_the_rest(text: str) -> str | None:
    """Return what *text* says of "the rest", or None when it speaks of something else."""
    found = _REST.match(text.strip())
    return text.strip()[found.end() :] if found else None
