"""The likeliest of what the makes read, by what other fields say. Makes nothing sure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from parsers.forms.values import normalise
from parsers.scan.nearest import distance, nearest
from parsers.scan.proof import folded, spellings, texts_of
from parsers.scan.vote import Vote
from parsers.settings import Settings

_PARTS = re.compile(r"[^a-zåäöéü]+")


def proposed(votes: Mapping[str, Vote], settings: Settings) -> dict[str, Vote]:
    """Return the votes with better proposals where no two makes agree.

    Of the names that the makes read, the one that the address spells comes first; of the
    addresses, the one that the names spell at a domain of the office.
    """
    out = dict(votes)
    mail = votes.get("mail")
    if mail is None or not mail.texts:
        return out
    words = _words(mail)
    for key in ("given_name", "surname"):
        vote = out.get(key)
        if vote is not None:
            out[key] = _spelt(vote, words, settings)
    if not mail.agreed:
        out["mail"] = _addressed(mail, out, settings)
    return out


def _words(mail: Vote) -> set[str]:
    """Return the words of the addresses' local parts, as all makes read them."""
    locals_ = (text.casefold().rpartition("@")[0] or text.casefold() for text in texts_of(mail))
    parts = {folded(part) for local in locals_ for part in _PARTS.split(local)}
    return {part for part in parts if len(part) > 1}


def _spelt(vote: Vote, words: set[str], settings: Settings) -> Vote:
    """Return *vote* for the text that is spelt by, or nearest to, one of *words*.

    It has no voices then: a text that most makes did not read is at best a proposal.
    """
    texts = [t for t in texts_of(vote) if folded(t)]
    if not texts or not words:
        return vote
    off = {t: min(distance(folded(t), word) for word in words) for t in texts}
    best = min(texts, key=lambda t: off[t])
    now = min((distance(folded(vote.value), w) for w in words), default=9) if vote.value else 9
    value = normalise(best, vote.spec.kind, settings)
    if off[best] > (0 if vote.agreed else 1) or off[best] >= now:
        return vote
    if value.value is None or value.problem is not None:
        return vote
    return replace(vote.holding(value.value), voices=())


def _addressed(mail: Vote, votes: Mapping[str, Vote], settings: Settings) -> Vote:
    """Return *mail* with the offices' domain mended, its local part spelt as the names are."""
    domains = sorted({m.rpartition("@")[2].casefold() for _u, _n, m in settings.managers if m})
    given, surname = votes.get("given_name"), votes.get("surname")
    named = given is not None and surname is not None and given.value and surname.value
    known = (
        sorted(spellings(given.value or "", surname.value or ""))
        if given and surname and named
        else []
    )
    found: list[tuple[int, str]] = []
    for text in texts_of(mail):
        local, _at, domain = "".join(text.casefold().split()).rpartition("@")
        near = nearest(domain, domains, str)
        address = f"{local}@{near.value if near else domain}"
        value = normalise(address, "mail", settings)
        if value.value is None or value.problem is not None:
            continue
        letters = folded(re.sub(r"\d", "", local))
        off = min((distance(letters, s) for s in known), default=len(letters))
        found.append((off + (0 if near else 3), value.value))
    if not found:
        return mail
    off, best = min(found, key=lambda row: row[0])
    if mail.value is not None and mail.problem is None and off > 0:
        return mail
    return mail.holding(best)
