"""Whom a reported loss is about, and whether the reporter's word may mark a card. Only looks.

A card is marked by a mail only where its holder, or its manager on the mail's own day, says so
(domain §4). Whoever else is named is shown to staff, who decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.app import card_facts
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.card_facts import PersonFacts
from bot.domain.card_mail import Speaker
from bot.domain.cards import Card
from bot.domain.records import Record
from bot.domain.reports import LossSeen
from bot.domain.triage import MailSeen
from bot.domain.values import PersonId
from bot.ports.store import Work
from parsers.answers.persons import persons_named

_FIRST = re.compile(r"\b(?:jag|mitt|min|mina|mig|my|mine|i|i'm|i've|me)\b", re.IGNORECASE)
_THIRD = re.compile(
    r"\b(?:han|hon|hen|hans|hennes|hens|honom|henne|sitt|sin|sina|deras|dem|de|medarbetare\w*|"
    r"kolleg\w*|anställd\w*|personal\w*|he|she|his|her|their|they|colleague|staff)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Whom:
    """The persons whom a loss may be about; *acts*: the reporter's word may mark the card."""

    people: tuple[PersonFacts, ...] = ()
    acts: bool = False
    hidden: bool = False  # somebody protected is in it: no word of it may leave


@dataclass(frozen=True, slots=True)
class Words:
    """The mail's words: what the sender wrote, and all of it."""

    own: str
    whole: str


def whom(
    services: Services, work: Work, loss: LossSeen, words: Words, seen: MailSeen, speaker: Speaker
) -> Whom:
    """Return whom the loss may be about: by the card's number, by name, else the sender."""
    found = _whom(services, work, loss, words, seen, speaker)
    return replace(found, hidden=_is_hidden(work, seen.sender, words.whole, found.people))


def _whom(
    services: Services, work: Work, loss: LossSeen, words: Words, seen: MailSeen, speaker: Speaker
) -> Whom:
    if speaker is Speaker.STRANGER:
        return Whom()
    mine = work.records.by_mail(seen.sender)
    held = work.cards.by_mail(seen.sender)
    myself = _unique(services, work, mine, held)
    managed = _managed(work, seen)
    near = work.records.of_units(sorted(managed | {r.entry.unit_id or "" for r in mine} - {""}))
    bearers = work.cards.by_number(loss.card_number) if loss.card_number else ()
    if bearers:
        records = tuple(card_facts.record_of(work, c) for c in bearers)
        people = _unique(services, work, records, bearers)
        return Whom(people, acts=_may_mark(people, myself, managed))
    named = _named(loss, words, near)
    others = _unique(services, work, (r for r in named if r not in mine), ())
    first, third = (p.search(loss.words) is not None for p in (_FIRST, _THIRD))
    if others:
        people = (*others, *myself) if first else others
        return Whom(people, acts=not first and _may_mark(people, (), managed))
    if myself and (first or named or not third):
        return Whom(myself, acts=True)
    return Whom()


def _managed(work: Work, seen: MailSeen) -> set[str]:
    """Return the ids of the units that the sender manages, or deputises for, on the mail's day."""
    rows = work.managers.by_mail(seen.sender) if seen.sender else ()
    on = seen.sent_on
    return {
        r.unit_id for r in rows if r.manages(seen.sender, on) or r.deputises(seen.sender, on)
    }  # fmt: skip


def _named(loss: LossSeen, words: Words, near: Sequence[Record]) -> tuple[Record, ...]:
    """Return who is named where the loss is told; else, of somebody else's card, anywhere."""
    names = [r.entry.full_name for r in near]
    found = persons_named(loss.words, names)
    if not found and _FIRST.search(loss.words) is None:
        found = persons_named(words.own, names)
    return tuple(near[n] for n in found)


def _may_mark(
    people: Sequence[PersonFacts], myself: Sequence[PersonFacts], managed: set[str]
) -> bool:
    """Tell whether the sender is each of *people*, or their manager."""
    own = {p.record.id for p in myself if p.record is not None}
    return all(
        p.record is not None
        and (p.record.id in own or (p.record.entry.unit_id or "") in managed)
        for p in people
    )  # fmt: skip


def _is_hidden(
    work: Work, sender: str, words: str, people: Sequence[PersonFacts]
) -> bool:  # fmt: skip
    """Tell whether a protected person is the sender, is named, or is whom it is about."""
    if any(p.record is not None and p.record.entry.protected for p in people):
        return True
    if any(c.holder.protected for p in people for c in p.cards):
        return True
    if sender and any(c.holder.protected for c in work.cards.by_mail(sender)):
        return True
    secret = work.records.protected()
    if sender and any(r.entry.mail == sender for r in secret):
        return True
    return bool(persons_named(words, [r.entry.full_name for r in secret]))


def _unique(
    services: Services, work: Work, records: Iterable[Record | None], cards: Sequence[Card]
) -> tuple[PersonFacts, ...]:
    """Return the persons, each once; one without a record by the cards."""
    found: dict[PersonId, PersonFacts] = {}
    for record in records:
        if record is not None:
            person = record.entry.person_id
            found.setdefault(person, card_facts.person_facts(services, work, record))
    if found or not cards:
        return tuple(found.values())
    now = services.clock()
    held = PersonFacts(now, today(now), services.policy, cards=tuple(cards))
    return (replace(held, manager=cards[0].holder.manager_mail),)
