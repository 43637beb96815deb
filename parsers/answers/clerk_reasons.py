"""What a clerk's own words must not hold to be a reason or a question: another order, a delay.

A reason goes out in a letter and a question to a manager, so what is none of either is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.answers import day_words

_LATER = re.compile(r"\s*[,.;!(]\s*|\s+[-–]+\s+|\s+(?:och|samt|sen|sedan)\s+", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:(?:och|samt|sen|sedan|så|men|även|jag|vi) )*(?:godkänn|släpp|avslå|stäng|avsluta|spärra"
    r"|avregistrera|beställ|förläng|klarmarkera|ångra|återöppna|öppna|ring mig"
    r"|(?:har )?ändra(?:t|de) (?:mig|oss|åsikt))(?!\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?<!\w)(?:svarat|svarar|fick|frågat|svar|gjort|gjord|klart|löst)(?!\w)", re.IGNORECASE
)
_ANSWER = re.compile(rf"(?:det|den) är (?:{day_words.DAY.pattern})", re.IGNORECASE)
_TOPIC = re.compile(  # «avslå slipper vi», «avslå motsätter jag mig»
    r"(?!(?:då|för|att|eftersom|ty|som|vilket|enligt|så|saknas)\b)\w+"
    r" (?:jag|vi|man|ni|mig|oss|det|chefen)(?!\w)",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"(?:vore|låter|lät|känns|tycks|ter|heter|hette|duger|dög|drar|drog\w*"
    r"|gäller fortfarande|saknar mening|trots"
    r"|(?:upphäv|häv|makuler|annuller|återkall|överklag|överpröv|ogill|motsätt|avråd|slipp|slapp"
    r"|undv[ie]k)\w*|hade (?:varit|behövts|räckt))(?!\w)",
    re.IGNORECASE,
)
_FAULT = re.compile(  # what is wrong, missing, over, or somebody else's
    r"(?<!\w)(?:\w*fel\w*|sakn\w*|ing[ae]n?|inget|inte|ej|aldrig|utan|\w*dubb\w*|dupli\w*|redan"
    r"|o?behör\w*|(?:av)?slut\w*|passer\w*|anna[nt]|andra|fler[at]?|två|o(?:fullst|läs|tydl|gilt|känd"
    r"|känt|korrekt|undert|under?skri|signer|kompl|riml|rikt|möjl|rätt|klar)\w*|sen|sent|för sen\w*"
    r"|försen\w*|tidig\w*|ligger|ligga|tillhör\w*|hör|ska vara|ska stå|upplag\w*|lagts|finns|kvar"
    r"|gammal\w*|gamla|bakåt|utgång\w*|gått ut|går ut|brist\w*|behöv\w*|kräver (?!beslut)\w+|krävs"
    r"|måste|flytt\w*|byt\w*|ändra[ts]\w*|ny\w*|komplett\w*|\w*skrift\w*|signatur\w*|underteckn\w*"
    r"|\w*datum\w*|\w*nummer|\w*namn\w*|\w*anställ\w*|\w*ledig|sjukskriv\w*|vikari\w*|\w*konsult\w*"
    r"|extern\w*|privat\w*|samma|avlid\w*|dött|skydd\w*|misst\w*|avbr\w*|avbok\w*|avbeställ\w*|spam"
    r"|bluff|falsk\w*|skräp|tom|tomt|blank|sudd\w*|dålig\w*|miss\w*|bifog\w*|bilag\w*|stäm\w*|avsl\w*"
    r"|ersatt\w*|har\w* kort|praktik\w*|elev\w*|student\w*|test\w*|wrong|missing|no|not|already"
    r"|duplicate|\w*behörig\w*|upphör\w*|börjar|börjat|skräp\w*|reklam\w*|bluff\w*|nätfiske|phishing"
    r"|obeställ\w*|oriktig\w*|okänd\w*|komma från|\w+ kommun|avvik\w*|stöld\w*|felaktig\w*)(?!\w)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:bara|endast|enbart|del|delar|delen|halva|hälften|biten|rätt|allt|semester)(?!\w)",
    re.IGNORECASE,
)
_LONE = re.compile(r"\w+(?:ats?|its?|as|[dt]es|aget|ävt|ävs)", re.IGNORECASE)  # «avslå makulerat»
_WEEKDAY = r"(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?"
_FIRST_DAY = re.compile(
    rf"(?:(?:tidigast|senast|från|på|till|nu|först|om|efter) )*(?:{day_words.DAY.pattern}"
    rf"|{_WEEKDAY}|nästa \w+|tidigast|vecka [0-9])",
    re.IGNORECASE,
)
_LAST_DAY = re.compile(rf"(?:\w+ ){{1,2}}(?:nu )?(?:på )?{_WEEKDAY}", re.IGNORECASE)
_DATED = re.compile(r"(?<!\w)(?:börja|sluta|anställ|gäller|gick|går|från|till)\w*", re.IGNORECASE)
_IF_NEEDED = re.compile(  # «fråga chefen om det behövs»
    r"(?:(?:det|så|du|ni|han|hon|hen|vi|man|chefen|tid|nöden) )?(?:behövs|krävs|kräver|krisar"
    r"|möjligt|nödvändigt|går|hinner|hinns|vill|orkar|kan|kan svara|ids|passar"
    r"|finns(?: tid| på plats| där)?|är (?:på plats|nödvändigt|möjligt|inne|där|här|i tjänst"
    r"|tillbaka))[\s.!]*",
    re.IGNORECASE,
)
_AFTER_WHAT = re.compile(
    r"(?:lunch|semest|nyår|jul|helg|påsk|möte|ledighet|årsskift|rast|ferie)\w*", re.IGNORECASE
)
_MINE = re.compile(  # «startdatum gjorde jag i fredags»
    r"(?!(?:när|vad|om|att|vem|hur|vil\w+|var\w*)\b)\w+ \w+ (?:jag|vi|man)(?!\w)", re.IGNORECASE
)
_NEEDLESS = re.compile(
    r"(?<!\w)löst?e? sig(?!\w)|(?<!\w)(?:onödig|dum|meningslös|överflödig|överdriv|tjat)\w*"
    r"|(?<!\w)(?:vore|går bort)(?!\w)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<!\w)[KC] ?-? ?[1-9][0-9]{0,6}(?!\w)", re.IGNORECASE)
_PERSON = re.compile(r":\s*([^,(]+)")
_WORD = re.compile(r"[^\W\d_][\w-]*")


def is_no_reason(text: str, *, apart: bool) -> bool:
    """Tell whether *text* is no reason to reject; *apart*: a mark stands before it."""
    first = not apart and _TOPIC.match(text)
    lone = len(text.split()) == 1 and _LONE.fullmatch(text)
    if _FAULT.search(text) is None:
        return True
    return bool(first or lone or _JUDGED.match(text) or _PART.match(text) or _delays(text)) or (
        _orders(text)
    )


def is_no_question(text: str, lead: str) -> bool:
    """Tell whether *text*, after *lead* ("om", "efter" or none), is nothing to ask a manager."""
    first = _AFTER_WHAT.match(text) if lead == "efter" else _IF_NEEDED.fullmatch(text)
    first = first or _MINE.match(text)
    later = _LATER.split(text)[1:]
    return bool(first or _NEEDLESS.search(text) or _HANDLE.search(text) or _delays(text)) or (
        _orders(text) or any(_ASKED.search(part) or _ANSWER.match(part) for part in later)
    )


def is_of_another(text: str, ref: str, titles: Mapping[str, str]) -> bool:
    """Tell whether *text* names the person of another row, or nothing but the row's own words."""
    own = _persons(titles.get(ref, ""))
    others = {w for other, title in titles.items() if other != ref for w in _persons(title)}
    said = {w.casefold() for w in _WORD.findall(text) if w[0].isupper()}
    said |= {w.removesuffix("s") for w in said}
    words = {w.casefold() for w in _WORD.findall(text)}
    return bool(said & (others - own)) or (bool(words) and words <= own)


def _persons(title: str) -> set[str]:
    found = _PERSON.search(title)
    return {w.casefold() for w in _WORD.findall(found[1]) if w[0].isupper()} if found else set()


def _orders(text: str) -> bool:
    """Tell whether *text* goes on with an order of its own: "fel enhet. Godkänn"."""
    return any(_ORDER.match(part.strip()) for part in _LATER.split(text)[1:])


def _delays(text: str) -> bool:
    return _FIRST_DAY.match(text) is not None or (
        _LAST_DAY.fullmatch(text) is not None and _DATED.search(text) is None
    )
