"""One field proved by another: the address spells the name, the unit's manager signs, dates agree.

What two makes of reader say is a proposal; typed, or proved here, it becomes sure. By pen only an
identity number stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

from bot.domain.values import name_key
from parsers.forms.values import normalise
from parsers.scan.nearest import distance, nearest
from parsers.scan.vote import AGREED, Vote
from parsers.settings import Settings

SIGNED_DAYS = 60  # a signature that counts is no older
_SLIP = 2  # letters between an address and the names that look like one person's
_SAME_DAY = (("effective_from", "employed_from"), ("reserve_from", "effective_from"))
_FOLDED = str.maketrans(
    "åäöéèêëüûøæáàâíìîóòôõúùñçšžčćłńśźżđşğıý", "aaoeeeeuuoaaaaiiioooouuncszcclnszzdsgiy"
)
_WORD = re.compile(r"[ -]+")
_DIGITS = str.maketrans("", "", "0123456789")

Votes = dict[str, Vote]


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """The votes, mended by what the register knows; which are proved, which contradicted."""

    votes: Mapping[str, Vote]
    proved: frozenset[str]  # a second, independent field or the register says so too
    doubted: frozenset[str]  # another field says nearly the same, but not quite
    listed: frozenset[str]  # the value is spelt as the register has it


def prove(votes: Mapping[str, Vote], settings: Settings) -> Proof:
    """Hold the fields against each other and against the register."""
    out = dict(votes)
    listed = _unit(out, settings)
    listed |= _manager(out, settings)
    listed |= _manager_mail(out, settings)
    proved = listed | _mail_and_names(out, settings) | _days(out) | _signed_on(out, settings)
    return Proof(
        out,
        frozenset(proved),
        frozenset(_doubted(out) - proved | _misspelt(out, settings)),
        frozenset(listed),
    )


def folded(text: str) -> str:
    """Return *text* as addresses spell it: no marks over letters, small, letters only."""
    plain = name_key(text).translate(_FOLDED)
    return "".join(c for c in plain if c.isalpha())


def texts_of(vote: Vote) -> tuple[str, ...]:
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
    found = [n for text in texts_of(vote) if (n := nearest(name_key(text), known, name_key))]
    units = {n.value for n in found}
    if len(units) != 1:
        return set()
    votes["unit"] = vote.holding(found[0].value)
    voices = sum(
        1 for _make, text in vote.texts if text and nearest(name_key(text), known, name_key)
    )
    return {"unit"} if voices >= AGREED and all(n.clear for n in found) else set()


def _manager(votes: Votes, settings: Settings) -> set[str]:
    """The unit's manager in the register signs: read by one make, and nearly so by another."""
    vote, unit = votes.get("manager_name"), votes.get("unit")
    if vote is None or unit is None or not vote.texts:
        return set()
    own = {name for u, name, _mail in settings.managers if u == unit.value}
    everybody = sorted({name for _unit, name, _mail in settings.managers})
    found = [n for t in texts_of(vote) if (n := nearest(name_key(t), everybody, name_key))]
    if vote.agreed and not any(n.value in own for n in found):
        return set()
    names = {n.value for n in found}
    if len(names) != 1 or not names <= own:
        return set()
    votes["manager_name"] = vote.holding(found[0].value)
    letters = {folded(found[0].value)}
    said = [folded(text) for _make, text in vote.texts]
    exact = any(text in letters for text in said)
    near = sum(nearest(text, sorted(letters), str) is not None for text in said)
    return {"manager_name"} if exact and near >= AGREED and found[0].clear else set()


def _manager_mail(votes: Votes, settings: Settings) -> set[str]:
    """The address that the register has for the manager: read by one make, nearly by another."""
    vote, unit = votes.get("manager_mail"), votes.get("unit")
    if vote is None or unit is None or not vote.texts:
        return set()
    known = sorted(
        {mail.casefold() for u, _name, mail in settings.managers if u == unit.value and mail}
    )
    said = [normalise(text, "mail", settings).value or "" for _make, text in vote.texts]
    found = [n for text in said if (n := nearest(text, known, str)) is not None]
    if len({n.value for n in found}) != 1:
        return set()
    votes["manager_mail"] = vote.holding(found[0].value)
    exact = any(n.off == 0 for n in found)
    return {"manager_mail"} if exact and len(found) >= AGREED else set()


def _misspelt(votes: Votes, settings: Settings) -> set[str]:
    """Return the addresses at a domain that nearly is, but is not, one of the office's."""
    known = sorted({m.rpartition("@")[2].casefold() for _u, _n, m in settings.managers if m})
    return {
        key
        for key in ("mail", "manager_mail")
        if (vote := votes.get(key)) is not None and vote.value is not None
        if (near := nearest(vote.value.rpartition("@")[2], known, str)) is not None and near.off
    }


def _doubted(votes: Votes) -> set[str]:
    """Return the fields of a holder whose address nearly spells the names, but not quite."""
    mail, given, surname = (votes.get(key) for key in ("mail", "given_name", "surname"))
    if mail is None or given is None or surname is None:
        return set()
    if not (mail.value and given.value and surname.value):
        return set()
    letters = folded(mail.value.partition("@")[0].translate(_DIGITS))
    known = spellings(given.value, surname.value) | {folded(surname.value)}
    off = min(distance(letters, spelling) for spelling in known)
    if not 0 < off <= _SLIP:
        return set()
    names = (("given_name", given.value), ("surname", surname.value))
    return {"mail"} | {key for key, name in names if folded(name) not in letters}


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
        if not letters or letters not in spellings(given.value, surname.value):
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
    for text in texts_of(vote):
        value = normalise(text, "mail", settings).value
        if value and value not in found:
            found.append(value)
    known = [a for a in found if a.rpartition("@")[2] in domains]
    return known or found


def spellings(given: str, surname: str) -> set[str]:
    """Return how an address may spell the two names: both in either order, or an initial first."""
    first, last = folded(given), folded(surname)
    one = folded(_WORD.split(given.strip())[0])
    last_word = folded(_WORD.split(surname.strip())[-1])
    pairs = [(first, last), (one, last), (first, last_word), (one, last_word), (first[:1], last)]
    return {a + b for pair in pairs for a, b in permutations(pair)}


def _days(votes: Votes) -> set[str]:
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
    """A form is signed shortly before it comes: all makes' day within that time is the day."""
    vote = votes.get("signed_on")
    if vote is None or not vote.unanimous or vote.value is None:
        return set()
    on = date.fromisoformat(vote.value)
    recent = settings.today - timedelta(days=SIGNED_DAYS) <= on <= settings.today
    return {"signed_on"} if recent else set()
