"""A reservkort is kept longer: within the rules, when the manager says so (S9, domain §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.calendar import add_months
from bot.domain.card_events import CardExtended
from bot.domain.card_facts import CardFacts, employed_until, holder_now, letters_to
from bot.domain.card_letters import ExtensionAnswered, Reader
from bot.domain.card_works import by, closed
from bot.domain.cards import LENT, Card, shown
from bot.domain.cases import Kind, Reason
from bot.domain.chasing import scheduled, status_on
from bot.domain.decision import CardStep, Decision, IllegalStepError, Step
from bot.domain.reminders import To
from bot.domain.reserve_rules import MONTHS
from bot.domain.triage import Outcome


def extended(event: CardExtended, card: Card, facts: CardFacts) -> Decision:
    """A clerk lets the loan last longer, within the rules."""
    now = kept_longer(card, event.until, facts)
    why = by(event.by, f"Förlängt till {now.due}", event.on)
    effects = letters_to(granted(now, facts), (To.HOLDER,), card, facts)
    known = [c for c in facts.works if c.why.rule == "missing"]
    works = (*no_block(facts, why), *closed(known, (Kind.CARD_CHECK,), why))
    step = CardStep(now, effects, works, said="extended")
    return Decision(Outcome.APPLIED, why, cards=(step,))


def no_block(facts: CardFacts, why: Reason) -> tuple[Step, ...]:
    """Return the work to block a card, done: it may be kept after all."""
    return closed(facts.works, (Kind.BLOCK,), why)


def granted(card: Card, facts: CardFacts) -> ExtensionAnswered:
    """Return the letter that says until when the card may be kept."""
    due = card.due or facts.today
    return ExtensionAnswered(
        holder_now(card, facts).name, shown(card.number), granted=True, due=due,
        reader=Reader.HOLDER,
    )  # fmt: skip


def kept_longer(card: Card, until: date, facts: CardFacts) -> Card:
    """Return a lent card with a later last day; its reminders count from that one.

    Raises:
        IllegalStepError: it is not lent, or the day lies past what the rules allow.
    """
    if card.status not in LENT:
        raise IllegalStepError(f"Kortet {card.handle} är inte utlånat.")
    if until < facts.today:
        raise IllegalStepError(f"Dagen {until} har redan passerat.")
    if card.due is None:
        return _first_due(card, until, facts)
    latest = longest(card, facts)
    if latest is None or until > latest:
        raise IllegalStepError(why_not(card, facts))
    due = facts.policy.working_days.on_or_before(until)
    if due <= card.due:
        raise IllegalStepError(f"Kortet är redan utlånat till {card.due}.")
    moved = replace(
        card, due=due, wish=None, extensions=card.extensions + 1, chase_from=facts.today, why="",
        due_before=None,
    )  # fmt: skip
    return scheduled(replace(moved, status=status_on(moved, facts.today)), facts)


def _first_due(card: Card, until: date, facts: CardFacts) -> Card:
    """Return a loan of which nobody knew the last day, with one: three months at most (S9)."""
    most = add_months(facts.today, MONTHS)
    if until > most:
        raise IllegalStepError(f"Ett reservkort får lånas högst tre månader: till {most}.")
    due = facts.policy.working_days.on_or_before(until)
    lent = replace(card, due=due, cap=due, chase_from=facts.today, why="")
    return scheduled(replace(lent, status=status_on(lent, facts.today)), facts)


def longest(card: Card, facts: CardFacts) -> date | None:
    """Return the latest day that *card* can be extended to; None where it can't be."""
    policy = facts.policy.cards
    if card.cap is None or card.due is None or card.extensions >= policy.most_extensions:
        return None
    ids = frozenset(card.rules)
    if any(not r.extend for r in policy.rules if r.id in ids):
        return None
    until = employed_until(facts.record)
    cap = card.cap if until is None else min(card.cap, until)
    latest = facts.policy.working_days.on_or_before(cap)
    return latest if latest > card.due else None


def why_not(card: Card, facts: CardFacts) -> str:
    """Return in Swedish why *card* can't be kept longer, or not as long as was asked for."""
    latest, until = longest(card, facts), employed_until(facts.record)
    if latest is not None:
        return f"Längst till {latest} enligt reglerna för reservkort."
    if card.extensions >= facts.policy.cards.most_extensions:
        return f"Lånet har redan förlängts {card.extensions} gånger, och det räcker inte längre."
    if until is not None and card.cap is not None and until < card.cap:
        return f"Personens uppgifter i katalogen gäller till {until}, och kortet inte längre än så."
    return f"Ett reservkort får lånas i högst tre månader, så det kan inte lånas efter {card.due}."
