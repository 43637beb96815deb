"""A reservkort is asked for: approved by the rules, or looked at by a clerk (routine S9, S10)."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.card_facts import CardFacts, PersonFacts, letters_to, order_of
from bot.domain.card_works import Rows, work
from bot.domain.cards import ASKING, LENT, Card, CardKind, Status
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.chase_letters import appointment
from bot.domain.chasing import scheduled
from bot.domain.decision import CardStep, Decision, Step
from bot.domain.effects import Effect
from bot.domain.labels import REASONS
from bot.domain.orders import Order
from bot.domain.ordinary_cards import holder_of, too_late
from bot.domain.reminders import To
from bot.domain.reserve_rules import for_reasons
from bot.domain.triage import Outcome


def asked_for(case: Case, order: Order, facts: PersonFacts) -> tuple[Step, ...]:
    """Return the reserve card that *order* asks for (S10): approved by the rules, or with staff."""
    if not order.reserve_order:
        return ()
    lent = next((c for c in facts.cards if c.is_reserve and c.status in LENT), None)
    if lent is not None:
        return () if unordered(lent, facts) else (_has_one(lent, case, facts),)
    late = too_late(Kind.RESERVE_ORDER, case, order, facts)
    if late:
        return late
    old = next((c for c in facts.cards if c.is_reserve and c.status in ASKING), None)
    fresh = Card(
        CardKind.RESERVE, Status.REQUESTED, holder_of(order, facts.record, case), facts.today
    )
    card = replace(
        old or fresh, holder=fresh.holder, reasons=order.reserve_reasons,
        wanted_from=order.reserve_from, wanted_until=order.reserve_to,
    )  # fmt: skip
    rules = for_reasons(facts.policy.cards.rules, order.reserve_reasons, facts.today)
    works = order_of(Kind.RESERVE_ORDER, old, facts)
    opened = _work(card, case, order, facts)
    kept = opened if works is None else replace(works, title=opened.title, details=opened.details)
    if rules or card.status is Status.APPROVED:
        return (_offered(card, kept, facts.of(card), opened.why),)
    text = "Ingen gällande regel för skälen på blanketten. En handläggare avgör."
    why = Reason("no_rule", text, "S9")
    held = replace(kept, stage=Stage.STAFF, why=why)
    return (Step(held, cards=(CardStep(card, said="requested"),)),)


def _has_one(lent: Card, case: Case, facts: PersonFacts) -> Step:
    text = f"Reservkort beställt i {case.handle}, men personen har redan ett."
    why = Reason("has_reserve_card", text, "S9")
    rows: Rows = (("Lånat till", str(lent.due)), ("Skäl", ", ".join(lent.reasons)))
    return work(
        Kind.CARD_CHECK, lent, facts.of(lent), title="Har redan reservkort", why=why, rows=rows
    )


def _work(card: Card, case: Case, order: Order, facts: PersonFacts) -> Case:
    reasons = ", ".join(REASONS.get(r, r) for r in order.reserve_reasons)
    again = "rättelse av en tidigare beställning" if case.why.rule == "correction" else None
    rows: Rows = (
        ("Orsak", reasons),
        ("Behövs från", str(order.reserve_from) if order.reserve_from else None),
        ("Behövs till", str(order.reserve_to) if order.reserve_to else None),
        ("Att göra", "lämna ut kortet när personen kommer: ekbot card handout --person …"),
        ("Obs", again),
    )
    return Case(
        kind=Kind.RESERVE_ORDER, stage=Stage.STAFF,
        title=f"Lämna ut reservkort: {card.holder.name}, {order.unit}",
        why=Reason("reserve_order", f"Följer av {case.handle}.", "S10"), opened=facts.now,
        origin=case.origin, person=case.person, record=card.holder.record,
        protected=case.protected, details=tuple((k, v) for k, v in rows if v),
    )  # fmt: skip


def unordered(card: Card, facts: PersonFacts) -> bool:
    """Tell whether a lent card still waits for the form that should have asked for it (S10)."""
    return any(c.kind is Kind.NO_ORDER and c.card == card.id for c in facts.cases)


def _offered(card: Card, case: Case, facts: CardFacts, why: Reason) -> Step:
    """Return the holder asked to come and get the card; again when it had gone to staff."""
    given_up = facts.order is not None and facts.order.stage is Stage.STAFF
    told = card.status is Status.APPROVED and not given_up
    since = card.approved if told and card.approved is not None else facts.today
    now = replace(card, status=Status.APPROVED, approved=since)
    step = CardStep(
        scheduled(now, facts), _invited(now, facts) if not told else (), said="approved"
    )
    return Step(replace(case, stage=Stage.WAITS, why=why), cards=(step,))


def _invited(card: Card, facts: CardFacts) -> tuple[Effect, ...]:
    return letters_to(appointment(card, facts), (To.HOLDER,), card, facts)


def approved(case: Case, card: Card, facts: CardFacts, why: Reason) -> Decision:
    """A clerk approves a request that the rules do not settle."""
    step = _offered(card, case, facts, why)
    return Decision(Outcome.APPLIED, why, (step,))


def refused(case: Case, card: Card, why: Reason, facts: CardFacts) -> Step:
    """Return the order ended by a clerk; one that the region has is to be cancelled there too."""
    gone = replace(card, status=Status.CANCELLED, why=why.text, next_on=None)
    works: tuple[Step, ...] = ()
    if card.status in (Status.ORDERED, Status.INFORMED):
        rows: Rows = (("Att göra", "avbeställ kortet hos regionen och säg till innehavaren"),)
        again = replace(why, rule="cancel_at_region")
        works = (work(Kind.CARD_CHECK, card, facts, title="Avbeställ kort hos regionen",
                      why=again, rows=rows),)  # fmt: skip
    if card.status is Status.APPROVED:
        told = replace(why, rule="tell_holder")
        todo: Rows = (("Att göra", "säg till innehavaren, som har fått en kallelse"),)
        works = (work(Kind.CARD_CHECK, card, facts, title="Säg till: reservkortet är avslaget",
                      why=told, rows=todo),)  # fmt: skip
    return Step(case, cards=(CardStep(gone, works=works, said="cancelled"),))
