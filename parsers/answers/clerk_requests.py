"""Wishes put as questions: "Kan jag få se K-23?", "Kan du fråga chefen när hon börjar?".

Only what is safe to grant is read so: showing a case, and asking its manager.
"""

from __future__ import annotations

import re

_HERE = "§"  # where the handle stood
_THING = (
    r"(?:allt|mer|mera|lite mer|hela|själva|all)? ?(?:ärendet|underlaget|underlag|detaljerna"
    r"|detaljer|information|informationen|info|blanketten|mejlet|mailet|den|det|detta|vad som"
    r" (?:står|finns))?"
)
_OF = r"(?:om|på|i|för|till|från|ur|kring|angående)?"
_SEE = r"(?:se|läsa|titta på|kika på|kolla på|få se)"
_GIVE = r"(?:visa|skicka|ta fram|plocka fram)"
_MAY = r"(?:kan|får|kunde|skulle|går det att|vill)"
_ME = r"(?:jag|vi|man)"
_YOU = r"(?:du|ni)"
_WISH = (
    rf"(?:{_MAY} (?:{_ME} )?(?:kunna )?(?:få )?(?:{_SEE}|få upp|få|veta mer)"
    rf"|{_MAY} {_YOU} (?:kunna )?(?:vänligen )?{_GIVE}(?: mig| oss| fram| hit)?"
    rf"|(?:{_ME} )?(?:vill|skulle (?:vilja|behöva)|önskar|behöver|måste) (?:gärna )?(?:få )?{_SEE}"
    rf"|{_GIVE}(?: gärna)?(?: mig| oss)?)"
)
_TAIL = r"(?: (?:för|åt) (?:mig|oss))?(?: ?,? ?(?:tack|är du snäll|snälla))?[\s?.!]*"
_SHOW = re.compile(
    rf"(?:hej[,!. ]+)?{_WISH} ?{_THING} ?{_OF} ?{_HERE}{_TAIL}"
    rf"|{_HERE}[:,. -]*{_WISH} ?{_THING}{_TAIL}",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"^\W*(?:hej[,! ]+)?(?:kan|kunde|skulle|vill) (?:du|ni) (?:kunna )?(?:vänligen )?"
    r"(?:fråga|höra|kolla|stämma av|dubbelkolla|kontrollera|be|mejla|maila|ställa|skicka) ",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\?(?P<rest>[\s.!)]*(?:tack[\s!.]*)?)$")
_ABOUT = re.compile(
    r"(?:ang(?:ående)?\.?|gällande|avseende|beträffande|rörande|(?:vad|när det|det) gäller|gäller)"
    r"(?: ärende(?:t)?)?[\s:]*",
    re.IGNORECASE,
)
_CONCERNS = re.compile(
    r"(?:(?<=[.!?,;])|(?<=[.!?,;] ))\s*\(?(?:(?:det |detta )?(?:gäller|avser|rör)(?: ärende(?:t)?)?"
    r"|ang(?:ående)?\.?|ärende(?:t)?|i ärende(?:t)?|nr)[\s:]*$",
    re.IGNORECASE,
)


def is_show(before: str, after: str) -> bool:
    """Tell whether the words round a handle only wish to see its case."""
    text = " ".join(f"{before} {_HERE} {after}".split()).replace(f"{_HERE} ?", f"{_HERE}?")
    return _SHOW.fullmatch(text) is not None


def plain(text: str) -> str:
    """Return "Kan du fråga chefen …?" as the order that it is, other *text* as it stands."""
    found = _CLOSED.search(text) if _ASK.match(text) else None
    if found is None or "?" in text[: found.start()]:
        return text
    return text[: found.start()] + found["rest"]


def is_pointer(lead: str) -> bool:
    """Tell whether *lead*, before a handle, only says that the line is about it."""
    return _ABOUT.fullmatch(lead) is not None


def without_pointer(lead: str) -> str:
    """Return *lead*, the words before a handle at the end, without "Gäller"."""
    return _CONCERNS.sub("", lead)
