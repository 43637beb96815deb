"""A title or a unit's name as a clerk writes it, told from ordinary speech. Guesses nothing.

What is no plain title ("titel kontrolleras") or holds more than one is asked about.
"""

from __future__ import annotations

import re

_HEAD = re.compile(  # what a title ends with
    r"(?:sköterska|skötare|biträde|assistent|chef|ledare|sekreterare|ordnare|läggare|konsult"
    r"|koordinator|strateg|utvecklare|lärare|pedagog|rektor|terapeut|logoped|läkare|psykolog"
    r"|kurator|socionom|vårdare|behandlare|stödjare|person|personal|vikarie|praktikant|elev"
    r"|administratör|ingenjör|inspektör|operatör|instruktör|tekniker|mästare|vaktmästare|arbetare"
    r"|värd|värdinna|kock|kokerska|städare|lokalvårdare|chaufför|förare|handledare|rådgivare"
    r"|specialist|expert|analytiker|controller|ekonom|jurist|redaktör|direktör|arkivarie"
    r"|bibliotekarie|receptionist|telefonist|barnmorska|farmaceut|apotekare|dietist|gymnast"
    r"|sekr|ssk|usk|distriktssköterska|undersköterska|ombud|kontaktman|personlig assistent"
    r"|barnskötare|fritidsledare|stöd|planerare|bemannare|schemaläggare|utredare|kamrer"
    r"|kommunikatör|fysioterapeut|arbetsterapeut|sjuksköterska|manager|nurse|teacher)",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"\w*{_HEAD.pattern}(?:er|n|en|are)?", re.IGNORECASE)
_BEFORE = re.compile(  # what may stand before it
    r"biträdande|bitr\.?|tillförordnade?|tf\.?|t\.f\.|vik\.?|vikarierande|legitimerade?|leg\.?|första"
    r"|förste|1:e|senior|junior|administrativ|teknisk|social|ekonomisk|medicinsk|medicinskt"
    r"|ansvarig|specialiserad|personlig|avdelnings\w*|\w+sk|nattpatrull|natt|dag|kväll",
    re.IGNORECASE,
)
_JOINT = re.compile(r"i|inom|för|på|vid|av", re.IGNORECASE)
_UNIT = re.compile(
    r"\w*(?:hemtjänst|tjänst|skola|förskola|boende|bostad|enhet|kontor|avdelning|gård|gården|team"
    r"|grupp|gruppen|center|centrum|vård|vården|omsorg|omsorgen|verksamhet|verksamheten|stab"
    r"|förvaltning|mottagning|mottagningen|hälsa|hälsan|bibliotek|hus|huset|park|väg|vägen|gata"
    r"|gatan|nattpatrull|natt|rehab|lss|dagverksamhet|korttids|korttid|assistans|stöd|elevhälsa"
    r"|fritid|kultur|kök|köket|städ|reception|kundtjänst|service|teamet|enheten|boendet|skolan"
    r"|förskolan|kontoret|kommun|gymnasium|gymnasiet|ungdom|barn|äldre|familj)s?",
    re.IGNORECASE,
)
_TWO = re.compile(r"(?<!\w)och [A-ZÅÄÖ]|\s/|/\s|(?<!\w)(?:resp|alt|samt)\.?(?!\w)")
_STATUS = re.compile(  # said of a name rather than a name
    r"(?:\w{3,}erat|\w*(?:rättat|åtgärdat|ändrat|stavat|läst|skrivet|skrivit)|korrekt|riktigt"
    r"|fixar|oläsligt|okänt)",
    re.IGNORECASE,
)


def is_title(text: str) -> bool:
    """Tell whether *text* is one title: "biträdande enhetschef", "samordnare i hemtjänsten"."""
    if "/" in text:
        return False
    before, heads, joined = True, 0, False
    for word in text.split():
        plain = word.strip("()-")
        if _TITLE.fullmatch(plain) and (before or joined):
            heads, before, joined = heads + (not joined), False, False
        elif _JOINT.fullmatch(plain) and heads:
            joined = True
        elif joined and plain.isalpha():
            joined = False
        elif not (_BEFORE.fullmatch(plain) or (heads and _UNIT.fullmatch(plain))):
            return False
    return heads == 1 and not joined


def is_unit(text: str) -> bool:
    """Tell whether *text* is one unit's name: "Viksjö hemtjänst"."""
    words = [w.strip("().,-&") for w in text.split()]
    own = all(
        not w or w[0].isupper() or w[0].isdigit() or _UNIT.fullmatch(w) or _JOINT.fullmatch(w)
        or w.casefold() == "och"
        for w in words
    )  # fmt: skip
    return own and _TWO.search(text) is None


def is_status(name: str) -> bool:
    """Tell whether *name* holds a word that is said of a name: "Rättat", "Korrekt"."""
    return any(_STATUS.fullmatch(word) for word in name.split())
