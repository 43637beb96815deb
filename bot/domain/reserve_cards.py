"""The reservkort: asked for, lent, kept longer, brought back (routine S9 to S13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.calendar import add_months
from bot.domain.card_events import CardHandedOut, CardReturned
from bot.domain.card_facts import CardFacts, beside, employed_until, holder_now, letters_to
from bot.domain.card_works import Rows, by, closed, to_deregister, work
from bot.domain.cards import ASKING, OUT, Card, IdKind, Status, shown
from bot.domain.cases import Kind, Reason
from bot.domain.chase_letters import receipt_form
from bot.domain.chasing import scheduled, status_on
from bot.domain.decision import CardStep, Decision, IllegalStepError
from bot.domain.receipts import mark
from bot.domain.records import Status as RecordStatus
from bot.domain.reminders import To
from bot.domain.reserve_rules import HIGH, LOW, MONTHS, best, for_identity, for_reasons
from bot.domain.triage import Outcome

_FOREIGN = frozenset({IdKind.FOREIGN_PASSPORT, IdKind.FOREIGN_ID})


def handed_out(event: CardHandedOut, card: Card, facts: CardFacts) -> Decision:
    """A card was lent (S11): its last day, its receipt, its chase."""
    _guards(event, card, facts)
    loa, months, rules = _rule(event, card, facts)
    cap, due = _last_day(event, card, facts, months=months)
    lent = replace(
        card, status=Status.HANDED_OUT, holder=holder_now(card, facts), number=event.number,
        loa=loa, rules=rules, handed_out=event.on, due=due, cap=cap, chase_from=event.on,
        id_kind=event.id_kind, mark=mark(card.id, f"{event.number}|{event.on}"),
    )  # fmt: skip
    why = by(event.by, "Utlämnat", event.on)
    works = closed((facts.order,) if facts.order is not None else (), (Kind.RESERVE_ORDER,), why)
    if card.case is None:
        text = "Utlämnat utan beställning. Be chefen om en underskriven blankett."
        rows: Rows = (("Chef", lent.holder.manager_mail),)
        works += (
            work(Kind.NO_ORDER, lent, facts, title="Beställning saknas för reservkort",
                 why=Reason("no_order", text, "S10"), rows=rows),
        )  # fmt: skip
    now = scheduled(replace(lent, status=status_on(lent, facts.today)), facts)
    effects = letters_to(receipt_form(now, facts), (To.STAFF,), now, facts)
    before = (c for c in facts.same_number if c.status is Status.RETURNED)
    return Decision(
        Outcome.APPLIED, why,
        cards=(CardStep(now, effects, works, said="handed_out"),
               *(_lent_again(c, now, facts) for c in before)),
    )  # fmt: skip


def _lent_again(card: Card, now: Card, facts: CardFacts) -> CardStep:
    """Return the loan before this one at its end: its card is not to be deregistered any more."""
    text = f"Samma kort är utlånat igen till samma person ({now.handle})."
    its = beside(card, now, facts)
    over = scheduled(replace(card, status=Status.DEREGISTERED, why=text), its)
    works = closed(its.works, (Kind.DEREGISTER,), Reason("lent_again", text, "S13"))
    return CardStep(over, works=works, said="lent again")


def _guards(event: CardHandedOut, card: Card, facts: CardFacts) -> None:
    """Stop what may not be (S11, domain §3).

    Raises:
        IllegalStepError: naming the guard and what to do.
    """
    if card.status not in ASKING:
        raise IllegalStepError(f"{card.handle} är redan utlämnat eller avslutat.")
    if any(c.is_reserve and c.status in OUT for c in facts.others):
        other = next(c for c in facts.others if c.is_reserve and c.status in OUT)
        raise IllegalStepError(
            f"Personen har redan reservkortet {shown(other.number)} ({other.handle}). Ett i taget: "
            "ta emot det först med ”ekbot card returned”."
        )
    for other in facts.same_number:
        _number_guard(other, card)
    if facts.stock_expires is not None and facts.stock_expires < event.on:
        raise IllegalStepError(
            f"Kortet i lagret gick ut {facts.stock_expires}. Ta ett annat kort och kassera det här."
        )
    record = facts.record
    until = employed_until(record)
    gone = record is not None and record.status in (RecordStatus.CLOSED, RecordStatus.REMOVED)
    if until is not None and (until < event.on or gone):
        raise IllegalStepError(
            f"Personposten gick ut {until}. Chefen måste skicka in en nybeställning först."
        )


def _number_guard(other: Card, card: Card) -> None:
    if other.status in (Status.DEREGISTERED, Status.CANCELLED):
        return
    same = other.holder.person == card.holder.person and other.holder.name == card.holder.name
    if other.status is Status.RETURNED and same:
        return
    if other.status is Status.RETURNED:
        raise IllegalStepError(
            f"Kortet {shown(other.number)} har varit utlånat till någon annan, som kan koden. Låna "
            "ut ett annat kort, eller avregistrera det först."
        )
    raise IllegalStepError(
        f"Numret {shown(other.number)} finns redan på ett annat kort ({other.handle}). "
        "Kontrollera numret på kortet."
    )


def _rule(event: CardHandedOut, card: Card, facts: CardFacts) -> tuple[int, int, tuple[str, ...]]:
    """Return level of assurance, months and rule ids of the loan."""
    policy = facts.policy.cards
    usual = LOW if event.id_kind in _FOREIGN else HIGH
    rules = for_reasons(policy.rules, card.reasons, event.on)
    if not rules:
        return event.loa or usual, min(policy.months, MONTHS), ()
    chosen = best(for_identity(rules, event.id_kind, event.loa))
    if chosen is None:
        raise IllegalStepError(
            "Reglerna tillåter inte den tillitsnivån med den legitimationen för det här skälet. "
            "Be om en annan legitimation, eller ange en lägre nivå med --loa 2."
        )
    return chosen.loa, min(policy.months, chosen.months, MONTHS), (chosen.id,)


def _last_day(
    event: CardHandedOut, card: Card, facts: CardFacts, *, months: int
) -> tuple[date, date]:
    """Return the latest day that the loan may ever reach, and its last day (S9, domain §3)."""
    days = facts.policy.working_days
    longest = add_months(event.on, months)
    until = employed_until(facts.record)
    cap = days.on_or_before(longest)  # the rule's own; the employment may change meanwhile
    most = cap if until is None else min(cap, days.on_or_before(until))
    wanted = event.until or card.wanted_until
    if event.until is not None and event.until < event.on:
        raise IllegalStepError("Sista dagen ligger före utlämningen. Ändra --until.")
    if event.until is not None and event.until > longest:
        raise IllegalStepError(f"Det längsta lånet är till {most}. Ändra --until.")
    if until is not None and event.until is not None and event.until > until:
        raise IllegalStepError(f"Anställningen upphör {until}: låna ut till {most}. Ändra --until.")
    due = most if wanted is None or wanted < event.on else min(most, days.on_or_before(wanted))
    if due < facts.today:
        raise IllegalStepError(
            f"Det lånet skulle ha gått ut {due}. Kontrollera --on. Ett äldre lån läses in med "
            "”ekbot import cards”."
        )
    return cap, due


def returned(event: CardReturned, card: Card, facts: CardFacts) -> Decision:
    """A card is back: the chase stops at once, and it is to be deregistered (S7, S13)."""
    if card.status is Status.RETURNED or card.returned is not None:
        raise IllegalStepError(f"Kortet {shown(card.number)} är redan återlämnat {card.returned}.")
    if card.status not in OUT | {Status.BLOCKED}:
        raise IllegalStepError(f"Kortet {card.handle} är inte utlämnat till någon.")
    why = by(event.by, "Återlämnat", event.on)
    was_blocked = card.status in (Status.LOST, Status.BLOCKED)
    status = card.status if was_blocked else Status.RETURNED  # what is blocked stays blocked
    back = replace(card, status=status, returned=event.on, paused=None, wish=None, next_on=None)
    works = closed(facts.works, (Kind.CARD_CHECK, Kind.BLOCK), why)
    if not was_blocked:
        works += (to_deregister(back, facts, why),)
    step = CardStep(scheduled(back, facts), works=works, said="returned")
    return Decision(Outcome.APPLIED, why, cards=(step,))
