"""Codes of cards in a text: PIN, PUK, säkerhetskod. No text of ours may keep one (routine S13)."""

from __future__ import annotations

import re

_BULLETS = "••••"
_OTHER_CODES = (  # end in "kod" and open no card
    "fel|status|post|lands?|rikt|streck|qr|kund|organisations?|arbetsplats|enhets?|ansvars|yrkes"
    "|befattnings|kommun|läns?|diagnos|produkt|rabatt|färg|käll|zip|bar|kampanj|objekts?|konto"
    "|projekt|bokförings|avdelnings|för|av|tids?"
)
_KEYWORD = re.compile(
    rf"(?<![\w@])(?:(?!(?:{_OTHER_CODES})kod)(?!(?:zip|post|area|error|country|bar|qr)[\s-]*code)"
    r"[^\W\d_]*kod(?:en|er|erna|ens)?"
    r"|(?<!zip )(?<!post )(?<!area )(?<!error )(?<!country )(?:pass)?codes?"
    r"|(?:pin|puk)(?:nummer|numret|nen|en|kod\w*|-\w+)?(?:\s?[12](?!\d))?)(?!\w)",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?<![\w•+@#-])(?<!\d[.,:])(?<!\b\d/)(?<!\b\d\d/)"
    r"(?:\d(?:[ -]\d){3,7}|\d{2} \d{2}(?: \d{2}){0,2}|\d{3} \d{3}|\d{4} \d{4}|\d{3,12})"
    r"(?![\w•@]|[-:.,]\d|/\d{1,3}(?!\d))"
)
_NO_CODE_BEFORE = re.compile(
    r"(?:\b(?:kort(?:et|ets)?|tjänstekort(?:et)?|reservkort(?:et)?|card|nr|nummer|numret|number|no|tel|telefon|telefonnummer"
    r"|mobil|ring|ringa|nås på|anknytning|ankn|kl|klockan|rum|sal|sid|sida|år|den|punkt|ärende"
    r"|postnummer|id|version|box|väg|gatan|kr)\b[.:]?|\b[a-z]-|[§#])\s*$",
    re.IGNORECASE,
)
_CODE_NUMBER = re.compile(
    r"(?:kod|pin|puk|code)\w*[\s-]*(?:nr|nummer|numret|number|no)\b[.:]?\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"^[\s:=\-–—\"'”»(]*(?:(?:är|is|var|nu|alltså|blev|nr|nummer)\b[\s:=\"'”(]*){0,2}$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\s*+(?:(?:,|/|;|&|\+|och|samt|and|eller|or|resp\.?|respektive)\s*+)?(?=\d)", re.IGNORECASE
)
_BACKWARDS = re.compile(
    r"(?<![\w•+/.,:@#-])(?:\d{4}|\d{6}|\d{8})(?=\s*(?:är|is|var|som|as|=|\()\s*(?:\w+\s+){0,2}\(?"
    r"(?:pin|puk|\w*(?<!fel)kod\b|\w*(?<!fel)koden\b|(?:pin ?)?code))",
    re.IGNORECASE,
)
_POSTAL = re.compile(r"\d{3} \d{2}(?!\d)\s+[A-ZÅÄÖ]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WIDEST = 40  # characters: no value, with what must follow it, is wider
_FAR = 70  # characters from the word to its value, in one sentence
_LONG = 8  # digits; a longer number is a code only right beside the word
_END = re.compile(r"[.!?](?:\s|$)|\n\s*\n|;")
_NO_CODES = re.compile(  # dates, identity numbers, telephones, long numbers of cards
    r"(?:19|20)\d\d-\d\d-\d\d|\d{6,8} ?[-+–] ?\d{4}(?!\d)|(?<!\d)(?:\+46|0)[ \d()-]{6,14}\d"
    r"|(?<!\d)\d{13,}|(?<!\d)(?:\d{2,6}[ -]){2,}\d{2,6}(?!\d)"
)


def has_code(text: str) -> bool:
    """Tell whether *text* gives away a card's code."""
    return masked(text) != text


def masked(text: str) -> str:
    """Return *text* with the digits of every code as ••••, its words kept."""
    kept, at = [], 0
    for start, end in _places(text):
        if start >= at:
            kept += [text[at:start], _BULLETS]
        at = max(at, end)
    return "".join((*kept, text[at:]))


def _places(text: str) -> list[tuple[int, int]]:
    """Return where codes stand, in order; work grows with the text, however it is made."""
    apart = [
        m.span()
        for m in _NO_CODES.finditer(text)
        if len(re.sub(r"\D", "", m.group())) > _LONG or "-" in m.group()
    ]
    found: set[tuple[int, int]] = set()
    for word in _KEYWORD.finditer(text):
        found.update(_values(text, word.end(), found))
    found.update(m.span() for m in _BACKWARDS.finditer(text) if not _otherwise(text, m))
    free, before = [], 0
    for start, end in sorted(found):
        while before < len(apart) and apart[before][1] <= start:
            before += 1
        if before == len(apart) or apart[before][0] >= end:
            free.append((start, end))
    return free


def _values(text: str, start: int, known: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where the values of the code word that ends at *start* stand, less those *known*."""
    rest = text[start : start + _FAR + 12]
    stop = _END.search(rest)
    end = start + min(stop.start() if stop else len(rest), _FAR + 12)
    found: list[tuple[int, int]] = []
    for value in _VALUE.finditer(text, start, end + _WIDEST):
        if value.start() >= end:
            break
        if _otherwise(text, value) or not _fits(text[start : value.start()], value.group()):
            continue
        if value.span() in known:
            break  # with the row that follows it
        found.append(value.span())
        following = _NEXT.match(text, value.end())
        while following and (more := _VALUE.match(text, following.end())):
            if _otherwise(text, more):
                break
            found.append(more.span())
            following = _NEXT.match(text, more.end())
        break
    return found


def _fits(between: str, value: str) -> bool:
    """Tell whether *value* can be the code, by what stands between the word and it."""
    if "•" in between:
        return False  # the code stood there
    if _BETWEEN.match(between):
        return True
    digits = re.sub(r"\D", "", value)
    return 4 <= len(digits) <= _LONG and not _YEAR.fullmatch(digits)  # noqa: PLR2004 - a PIN's least


def _otherwise(text: str, value: re.Match[str]) -> bool:
    """Tell whether the words around *value* call it something else: a telephone, a card, a day."""
    before = text[max(0, value.start() - 30) : value.start()]
    if _POSTAL.match(text, value.start()):
        return True
    if re.match(
        r"\s*(?:kr|kronor|st|personer|år|dagar|%|november|december)\b",
        text[value.end() : value.end() + _WIDEST],
    ):
        return True
    return _NO_CODE_BEFORE.search(before) is not None and not _CODE_NUMBER.search(before)
