"""What is no end of an employment though something ends: a shift, a card, a role, hours.

Tells words of a clause that make its end doubtful; decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_ENDS = frozenset({Sort.LEAVES, Sort.LEFT, Sort.ENDS, Sort.ENDED, Sort.GIVEN_NOTICE})
_LASTS = frozenset({Sort.STAY, Sort.WORKS, Sort.LEAVE})
_BREAKS = frozenset({Sort.COMMA, Sort.LINE, Sort.AND, Sort.BUT, Sort.COLON, Sort.TAB})
_PART = re.compile(
    r"^(?:pa |med |jobba )?(?:natt|kvall|dagtid|helg|deltid|heltid|halvtid|kvartstid"
    r"|halvfart|dagen$)"
    r"|schema|\d ?%|procent|konto|^kort|behorig|nyck|^dator|telefon|mobil|utbildning|studi|praktik"
    r"|ledighet|^semester|projekt|uppdrag|^rollen?$|titel|befattning|arbetspass|^fast|tillsvidare"
    r"|tillbaka|^ater|^kl\b|\d:\d\d|ersattare|provanst|^svar"
)  # what somebody can end, leave or hand in, and stay
_ANEW = re.compile(r"^fast|tillsvidare|tillbaka|^ater|^igen$|timavl|timanst|^tim$|timvik|pa timmar")
_THEN = frozenset({"sen", "sedan", "darefter", "efter det", "minst", "atminstone", "i alla fall"})
_LONGER = re.compile(r"forlang")
_JOBS = re.compile(r"anstall|tjanst|vikariat|avtal|kontrakt|forordnande|visstid")
_PLANNED = frozenset(
    {"planerat", "sagt", "vi", "ni", "jag", "avtalat", "bestamt", "utlovat", "meddelat", "bekant",
     "forvantat", "tankt", "vanligt", "ni vet", "overenskommet"}
)  # fmt: skip
_ABOUT = frozenset(
    {"senast", "runt", "ca", "cirka", "ungefar", "innan", "efter", "fore", "kring", "omkring",
     "tidigast", "typ", "strax", "nagon gang", "nan gang", "mellan"}
)  # fmt: skip
_ROLE = (Sort.UNKNOWN, Sort.SERVES, Sort.PEOPLE, Sort.CHIEF, Sort.CAPITAL, Sort.LEAVE)
_QUOTES = "\"”“»«'’"
_GONE = _ENDS | {Sort.DEAD, Sort.REMOVE, Sort.MOVED, Sort.MOVES}
_BESIDE_NO = frozenset(
    {Sort.LEAVE, Sort.CHIEF, Sort.RENAMED, Sort.CAPITAL, Sort.TOWN, Sort.UNKNOWN, Sort.OTHER,
     Sort.SERVES, Sort.NOW, Sort.TILL, Sort.NEVER, Sort.BEGAN}
)  # fmt: skip
_FREE = re.compile(r"ledig|semester|vab|sjuk")
_STOPS = frozenset({"tills", "sa lange", "bara", "forutsatt"})


def doubtful_ends(tokens: Sequence[Token]) -> list[str]:
    """Return the words of a clause that make what ends in it doubtful."""
    found: list[str] = []
    ends = [n for n, t in enumerate(tokens) if t.sort in _ENDS]
    lasts = [n for n, t in enumerate(tokens) if t.sort in _LASTS and _until(tokens, n)]
    for at in (*ends, *lasts):
        found += [
            t.text for t in _segment(tokens, at)
            if t is not tokens[at] and t.sort not in _ENDS and _PART.search(t.plain)
        ]  # fmt: skip
    if ends or lasts:
        found += _roles(tokens, [*ends, *lasts])
        found += _vague(tokens)
        first = min((*ends, *lasts))
        found += [t.text for t in tokens[first + 1 :] if t.sort is Sort.BEGAN]
        found += [t.text for t in tokens if t.plain in ("snart", "klar", "klart")]
        found += [
            t.text for n, t in enumerate(tokens) if n > first and _ANEW.search(t.plain)
            and not any(b.plain.startswith("ersatt") for b in tokens[max(0, n - 3) : n])
        ]  # fmt: skip
        found += [
            t.text for n in lasts for t in tokens[n + 1 :]
            if _LONGER.search(t.plain)
            or (not ends and not any(b.sort is Sort.TOWN for b in tokens) and t.plain in _THEN)
        ]  # fmt: skip
        leave = any(t.sort is Sort.LEAVE for t in tokens)
        found += [tokens[n].text for n in lasts if leave and tokens[n].sort is Sort.WORKS]
        tired = any(t.plain == "slut" for t in tokens) and any(t.sort is Sort.IS for t in tokens)
        found += ["slut"] if tired and not any(_JOBS.search(t.plain) for t in tokens) else []
    for at in ends:
        found += _before_leave(tokens, at)
        found += _english(tokens, at)
    found += _stay_of_a_thing(tokens)
    if any(t.sort is Sort.NO for t in tokens) and not {t.sort for t in tokens} & _GONE:
        found += [t.text for n, t in enumerate(tokens) if _beside_no(tokens, n)]
    found += _soon(tokens)
    found += [
        t.text for n, t in enumerate(tokens[:-1])
        if t.plain.startswith("svarar") and tokens[n + 1].sort is Sort.DAY
    ]  # fmt: skip
    if tokens and tokens[-1].plain in _STOPS:
        found.append(tokens[-1].text)  # "kvar tills Omar": what follows is a condition
    return found


def _soon(tokens: Sequence[Token]) -> list[str]:
    """Return what makes an answer one of another time: snart, kan vara, hade gärna, än."""
    sorts = {t.sort for t in tokens}
    firm = sorts & (_ENDS | _LASTS | {Sort.UNCHANGED})
    found = [t.text for t in tokens if t.plain == "snart" and firm]
    stays = bool(sorts & {Sort.STAY, Sort.WORKS})
    denied = Sort.NOT in sorts
    for n, token in enumerate(tokens):
        may = (
            token.plain in ("kan", "kunde", "vill", "ville") and stays and bool(sorts & {Sort.DAY})
        )
        not_yet = token.plain in ("an", "annu", "far") and stays and denied
        wish = token.plain == "garna" and n > 0 and tokens[n - 1].plain in ("hade", "ville", "vill")
        found += [token.text] if may or not_yet or wish else []
        order = token.sort is Sort.REMOVE and token.plain in (
            "ska bort",
            "ska ut",
            "skall bort",
            "bort",
        )
        after = tokens[n + 1].sort if n + 1 < len(tokens) else None
        found += (
            [token.text] if order and after in (Sort.AT, Sort.AND, Sort.LEAVE, Sort.SERVES) else []
        )
        chief = token.sort in _ENDS and after in (Sort.CHIEF, Sort.IS)
        found += (
            [token.text] if chief and any(t.sort is Sort.CHIEF for t in tokens[n : n + 4]) else []
        )
        inside = token.plain.startswith("byter jobb") and any(t.plain == "inom" for t in tokens)
        found += [token.text] if inside else []
    shift = re.compile(r"^(?:pa )?(?:natt|kvall|dag)(?:en)?$")
    found += [t.text for t in tokens if Sort.UNCHANGED in sorts and shift.match(t.plain)]
    return found


def _beside_no(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word makes a bare "nej" less than an end: nej, föräldraledig."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    dated = after is not None and after.sort is Sort.DAY
    if token.plain in ("snart", "aldrig", "heter", "heter nu", "aldrig jobbat"):
        return True
    return token.sort in _BESIDE_NO or (dated and token.sort in (Sort.FROM, Sort.AT))


def _until(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether what is said at *at* lasts until a day: jobbar natt till 31/12."""
    last = tokens[at].sort is not Sort.LEAVE
    till = any(
        t.sort is Sort.TILL or t.plain in ("till", "tills") or t.plain.startswith("till ")
        for t in _segment(tokens, at)
    )
    return last and till and any(t.sort is Sort.DAY for t in _segment(tokens, at))


def _segment(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """Return the tokens around *at* up to the next marks."""
    start = at
    while start and tokens[start - 1].sort not in _BREAKS:
        start -= 1
    end = at + 1
    while end < len(tokens) and tokens[end].sort not in _BREAKS:
        end += 1
    return tokens[start:end]


def _roles(tokens: Sequence[Token], ends: Sequence[int]) -> list[str]:
    """Return "som" where it tells as what somebody ends: slutar som samordnare."""
    found = []
    for at in ends:
        for n in range(at + 1, min(len(tokens), at + 4)):
            token = tokens[n]
            after = tokens[n + 1] if n + 1 < len(tokens) else None
            if token.sort in _BREAKS:
                break
            if token.plain == "som" and after and after.sort in _ROLE:
                found += [] if after.plain in _PLANNED else [token.text]
            elif token.plain.startswith("som ") and token.plain[4:] not in _PLANNED:
                found += [token.text] if token.sort is Sort.SERVES else []
    return found


def _vague(tokens: Sequence[Token]) -> list[str]:
    """Return what makes an exact day a guess: senast 31/12, runt den 15."""
    found = []
    for n, token in enumerate(tokens):
        if token.day is None or not (token.day.day or token.day.fixed):
            continue
        near = [tokens[m] for m in (n - 1, n + 1) if 0 <= m < len(tokens)]
        found += [
            t.text for t in near if t.plain in _ABOUT and (t is near[0] or t.plain != "efter")
        ]
    return found


def _before_leave(tokens: Sequence[Token], at: int) -> list[str]:
    """Return the leave that an end stands before: sista passet innan föräldraledigheten."""
    for n in range(at + 1, len(tokens)):
        before = tokens[n - 1].plain if n else ""
        timed = before in ("innan", "fore", "infor") or tokens[n].plain.startswith(
            ("innan ", "fore ", "infor ")
        )
        if timed and _FREE.search(tokens[n].plain):
            return [tokens[n].text]
    return []


def _english(tokens: Sequence[Token], at: int) -> list[str]:
    """Return what is no end in English: nobody is left, she left for lunch, gone today."""
    plain = tokens[at].plain
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    remains = plain == "left" and before is not None and before.plain in ("is", "are", "was")
    away = plain in ("left", "gone") and after is not None
    today = away and after is not None and (after.plain in ("for", "today", "home", "early", "now"))
    hearsay = before is not None and before.plain in ("ska", "skall", "ska ha")
    pair = " ".join(t.plain for t in tokens[max(0, at - 2) : at])
    hearsay = hearsay or pair in ("ska ha", "skall ha", "skulle ha")
    said = tokens[at].sort is Sort.LEFT and hearsay
    return [tokens[at].text] if remains or today or said else []


_TIMES = re.compile(r"veck|dagar|manad|^tid|^ar$|pass|semester|^dag$|^kort$|timm")
_HAVING = frozenset({"har", "hade", "have", "has"})


def _stay_of_a_thing(tokens: Sequence[Token]) -> list[str]:
    """Return "kvar" where it is time that is left, or a thing: har två veckor kvar."""
    found = []
    for at, token in enumerate(tokens):
        if token.sort not in (Sort.STAY, Sort.WORKS):
            continue
        seg = _segment(tokens, at)
        found += [
            t.text
            for n, t in enumerate(seg[:-1])
            if _TIMES.search(t.plain) and seg[n + 1].plain in ("till", "ut")
        ]
        if token.sort is Sort.WORKS:
            continue
        before = [t for t in seg if t.at < token.at]
        if token.plain == "kvar" and any(t.plain in _HAVING for t in before):
            found += [t.text for t in before if _TIMES.search(t.plain)]
        kinds = {t.sort for t in seg}
        under = [
            n for n, t in enumerate(seg[:-1])
            if t.plain in ("hos", "under", "med") and seg[n + 1].sort in (Sort.CAPITAL, Sort.OTHER)
        ]  # fmt: skip
        named = bool(under) or (Sort.CHIEF in kinds and kinds & {Sort.OTHER, Sort.CAPITAL})
        found += [token.text] if named and not any(t.sort is Sort.NOT for t in tokens) else []
        past = any(t.plain in ("var", "was", "were") for t in before)
        found += [token.text] if past and not any(t.plain in ("ar", "is") for t in before) else []
        if token.plain.startswith(("fortsatter", "stannar")):
            found += [t.text for t in seg if re.search(r"studi|utbild|^hem|rekryter", t.plain)]
    return found


def ironic(tokens: Sequence[Token], answers: frozenset[Sort]) -> list[str]:
    """Return answers that stand in quotation marks: he is "kvar"."""
    found = []
    for at in range(1, len(tokens) - 1):
        around = (tokens[at - 1], tokens[at + 1])
        quoted = all(t.sort is Sort.LINE and t.text[:1] in _QUOTES for t in around)
        found += [tokens[at].text] if quoted and tokens[at].sort in answers else []
    return found
