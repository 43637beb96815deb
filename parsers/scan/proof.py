"""One field proved by another: the address spells the name, the unit's manager signs, dates agree.

What two makes of reader say is a proposal; typed, or proved here, it becomes sure. By pen only an
identity number stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations

from bot.domain.values import name_key
from parsers.forms.values import normalise
from parsers.scan.nearest import nearest
from parsers.scan.vote import AGREED, Vote
from parsers.settings import Settings

SIGNED_DAYS = 60  # a signature that counts is no older
_SAME_DAY = (("effective_from", "employed_from"), ("reserve_from", "effective_from"))
_FOLDED = str.maketrans(
    "åäöéèêëüûøæáàâíìîóòôõúùñçšžčćłńśźżđşğıý", "aaoeeeeuuoaaaaiiioooouuncszcclnszzdsgiy"
)
_WORD = re.compile(r"[ -]+")
_DIGITS = str.maketrans("", "", "0123456789")

Votes = dict[str, Vote]


def prove(votes: Mapping[str, Vote], settings: Settings) -> tuple[Votes, frozenset[str]]:
    """Return the votes, mended by what the register knows, and the keys of those proved.

    Proved is what a second, independent field or the register says too.
    """
    out = dict(votes)
    proved: set[str] = set()
    for step in (_unit, _manager, _manager_mail, _mail_and_names, _days, _signed_on):
        proved |= step(out, settings)
    return out, frozenset(proved)


def folded(text: str) -> str:
    """Return *text* as addresses spell it: no marks over letters, small, letters only."""
    plain = name_key(text).translate(_FOLDED)
    return "".join(c for c in plain if c.isalpha())


def _texts(vote: Vote) -> tuple[str, ...]:
    """Return what each make read, in order, once each."""
    return tuple(dict.fromkeys(text for _make, text in vote.texts if text))


def _unit(votes: Votes, settings: Settings) -> set[str]:
    """The register knows every unit; what two makes are nearest to, far from any other, it is."""
    vote = votes.get("unit")
    known = sorted({unit for _id, unit in settings.units})
    if vote is None or not known or not vote.texts:
        return set()
    if vote.agreed:
        return {"unit"}
    found = [n for text in _texts(vote) if (n := nearest(name_key(text), known, name_key))]
    units = {n.value for n in found}
    if len(units) != 1:
        return set()
    votes["unit"] = vote.holding(found[0].value)
    voices = sum(
        1 for _make, text in vote.texts if text and nearest(name_key(text), known, name_key)
    )
    return {"unit"} if voices >= AGREED and all(n.clear for n in found) else set()


def _manager(votes: Votes, settings: Settings) -> set[str]:
    """The unit's manager in the register signs: his name, read nearly so by all, is read so."""
    vote, unit = votes.get("manager_name"), votes.get("unit")
    if vote is None or not vote.texts or not settings.managers:
        return set()
    names = {name for u, name, _mail in settings.managers if unit is not None and u == unit.value}
    everybody = sorted({name for _unit, name, _mail in settings.managers})
    if vote.agreed and vote.value is not None and name_key(vote.value) in map(name_key, names):
        return {"manager_name"}
    found = [
        n for t in _texts(vote) if (n := nearest(name_key(t), everybody, name_key)) is not None
    ]
    if not found or {n.value for n in found} - names or len({n.value for n in found}) != 1:
        return set()
    votes["manager_name"] = vote.holding(found[0].value)
    closest = min(n.off for n in found)
    alike = len(found) >= min(AGREED, len(_texts(vote))) and all(n.clear for n in found)
    return {"manager_name"} if alike and closest <= 1 and len(vote.makes) >= AGREED else set()


def _manager_mail(votes: Votes, settings: Settings) -> set[str]:
    """The address that the register has for the manager, read nearly so by all, is read so."""
    vote, unit = votes.get("manager_mail"), votes.get("unit")
    if vote is None or unit is None or not vote.texts:
        return set()
    known = {mail.casefold() for u, _name, mail in settings.managers if u == unit.value and mail}
    if vote.value in known:
        votes["manager_mail"] = vote.holding(vote.value or "")
        return {"manager_mail"}
    return set()


def _mail_and_names(votes: Votes, settings: Settings) -> set[str]:
    """A holder's address spells his names: each proves the other, marks over letters apart.

    The marks stand on two makes reading them; digits and unusual signs in the address too.
    """
    mail, given, surname = (votes.get(key) for key in ("mail", "given_name", "surname"))
    if mail is None or given is None or surname is None or not given.value or not surname.value:
        return set()
    domains = sorted({m.rpartition("@")[2].casefold() for _u, _n, m in settings.managers if m})
    for address in _addresses(mail, domains, settings):
        local, _at, domain = address.partition("@")
        letters = folded(local.translate(_DIGITS))
        if not letters or letters not in _spellings(given.value, surname.value):
            continue
        proved = {key for key, v in (("given_name", given), ("surname", surname)) if v.agreed}
        if letters == folded(surname.value):
            proved.discard("given_name")
        usual = domain in domains and set(local) <= _usual_signs(given.value, surname.value)
        if address == mail.value and mail.problem is None and (mail.agreed or usual):
            proved.add("mail")
        return proved
    return set()


def _usual_signs(given: str, surname: str) -> set[str]:
    hyphen = "-" if "-" in given + surname else "."
    return set("abcdefghijklmnopqrstuvwxyz.") | {hyphen}


def _addresses(vote: Vote, domains: Sequence[str], settings: Settings) -> list[str]:
    """Return the addresses that the makes read, the voted one first."""
    found = [vote.value] if vote.value else []
    for text in _texts(vote):
        value = normalise(text, "mail", settings).value
        if value and value not in found:
            found.append(value)
    known = [a for a in found if a.rpartition("@")[2] in domains]
    return known or found


def _spellings(given: str, surname: str) -> set[str]:
    """Return how an address may spell the two names: both in either order, or an initial first."""
    first, last = folded(given), folded(surname)
    one = folded(_WORD.split(given.strip())[0])
    last_word = folded(_WORD.split(surname.strip())[-1])
    pairs = [(first, last), (one, last), (first, last_word), (one, last_word), (first[:1], last)]
    return {a + b for pair in pairs for a, b in permutations(pair)}


def _days(votes: Votes, _settings: Settings) -> set[str]:
    """The day of validity and the first day of work are mostly one: written twice, read twice."""
    proved: set[str] = set()
    for one, two in _SAME_DAY:
        first, second = votes.get(one), votes.get(two)
        if first is None or second is None or not (first.agreed or second.agreed):
            continue
        if first.value == second.value is not None and first.problem is second.problem is None:
            proved |= {one, two}
    return proved


def _signed_on(votes: Votes, settings: Settings) -> set[str]:
    """A form is signed shortly before it comes: two makes' day within that time is the day."""
    vote = votes.get("signed_on")
    if vote is None or not vote.agreed or vote.value is None:
        return set()
    on = date.fromisoformat(vote.value)
    recent = settings.today - timedelta(days=SIGNED_DAYS) <= on <= settings.today
    return {"signed_on"} if recent else set()
