"""Where somebody has moved: to another unit, another employer, or nowhere. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers.review_hearing import Hearing, Said
from parsers.answers.review_sorts import Sort

ELSEWHERE = re.compile(
    r"(?<!järfälla )\b(?:kommun|region|regionen|landsting\w*|stad|privat\w*|bolag\w*|ab|företag\w*"
    r"|försvarsmakten|polisen|karolinska|attendo|humana|vardaga|ambea|frösunda|lidl|ica|coop|volvo"
    r"|arbetsförmedlingen|försäkringskassan|skatteverket|statlig\w*|myndighet\w*|universitet\w*)\b"
)  # other employers
INSIDE = re.compile(r"kommunen|enhet|avdelning|chef|tillhör|internt|över till|grupp")
_WEAK_MOVE = re.compile(
    r"(?:jobbar|arbetar|är|numera|nu|is now|now|tillhör|hör|på|hos)\b", re.IGNORECASE
)  # moves that are only told by where somebody is now
_MINE = frozenset({"hos mig", "hos oss", "mig", "min", "mina", "mitt", "under mig", "i min grupp"})
_NO_PLACE = re.compile(
    r"heltid|deltid|halvtid|\bnatt(?:en)?\b|\bdag(?:en|tid)?\b|kväll|helg|semester|kurs|\bplats\b|sjukhus|utbildning|rehab"
    r"|resa|ledig|hemifrån|firma|\bsom\b|pension|\d ?%|i stället|istället|vikarie"
)
_PLACES = re.compile(
    r"hemtjänst|skola|boende|enhet|avdeln|grupp|team|kök|hemtj|kontor|patrull|förvalt|bibliotek|avd|hus\b|hem\b"
    r"|verksamhet|daglig|rehab|resurs|service|central|gymnas|fritid|omsorg|socialt|jour|chef|rektor"
    r"|förskol|skol|lokal|område|sektion|distrikt|kommunhus|kultur|ekonomi|personal|intern"
)
_TOWNS = re.compile(
    r"sundbyberg|solna|sollentuna|upplands|täby|danderyd|nacka|huddinge|botkyrka|haninge|lidingö"
    r"|sigtuna|ekerö|salem|tyresö|vallentuna|österåker|vaxholm|knivsta|håbo|thailand|gran canaria"
    r"|mallorca|teneriffa|turkiet|utomlands"
)


def to_elsewhere(heard: Hearing, moves: Sequence[Said]) -> bool:
    """Tell whether it is to another unit or manager that somebody has moved, not to hours."""
    to = " ".join(heard.to).casefold()
    weak = all(_WEAK_MOVE.match(s.text) for s in moves)
    mine = any(t.plain in _MINE for t in heard.tokens)
    those = any(t.sort in (Sort.THEY, Sort.THAT) for t in heard.tokens) and weak
    bare = weak and not any(w[:1].isupper() for w in heard.to) and not _PLACES.search(to)
    town = any(t.sort is Sort.TOWN for t in heard.tokens) or bool(_TOWNS.search(to))
    other = bool(ELSEWHERE.search(to))
    return not (
        _NO_PLACE.search(to)
        or mine
        or those
        or bare
        or (town and not other and not _PLACES.search(to))
    )
