"""The reservkort: asked for, lent, kept longer, brought back (routine S9 to S13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.calendar import add_months
from bot.domain.card_events import CardExtended, CardHandedOut, CardReturned
from bot.domain.card_facts import CardFacts, PersonFacts, employed_until, holder_now, letters_to
from bot.domain.card_letters import ExtensionAnswered, Reader
from bot.domain.card_works import Rows, by, closed, work
from bot.domain.cards import ASKING, LENT, OUT, Card, CardKind, IdKind, Status, shown
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.chase_letters import appointment, receipt_form
from bot.domain.chasing import scheduled, status_on
from bot.domain.decision import CardStep, Decision, IllegalStepError, Step
from bot.domain.effects import Effect
from bot.domain.labels import REASONS
from bot.domain.orders import Order
from bot.domain.ordinary_cards import holder_of, too_late
from bot.domain.receipts import mark
from bot.domain.records import Status as RecordStatus
from bot.domain.reminders import To
from bot.domain.reserve_rules import HIGH, LOW, MONTHS, best, for_identity, for_reasons
from bot.domain.triage import Outcome

_FOREIGN = frozenset({IdKind.FOREIGN_PASSPORT, IdKind.FOREIGN_ID})


def asked_for(case: Case, order: Order, facts: PersonFacts) -> tuple[Step, ...]:
    """Return the reserve card that *order* asks for (S10): approved by the rules, or with staff."""
    if not order.reserve_order:
        return ()
    lent = next((c for c in facts.cards if c.is_reserve and c.status in LENT), None)
    if lent is not None:
        return (_has_one(lent, case, facts),) if lent.case is not None or lent.reasons else ()
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
    works = next((c for c in facts.cases if c.kind is Kind.RESERVE_ORDER), None)
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


def _offered(card: Card, case: Case, facts: CardFacts, why: Reason) -> Step:
    """Return the holder asked to come and get the card; told once."""
    told = card.status is Status.APPROVED
    now = replace(card, status=Status.APPROVED, approved=card.approved or facts.today)
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


def refused(case: Case, card: Card, why: Reason) -> Step:
    """Return the request ended by a clerk."""
    gone = replace(card, status=Status.CANCELLED, why=why.text, next_on=None)
    return Step(case, cards=(CardStep(gone, said="cancelled"),))


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
    return Decision(Outcome.APPLIED, why, cards=(CardStep(now, effects, works, said="handed_out"),))


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
    cap = days.on_or_before(min(longest, until) if until is not None else longest)
    wanted = event.until or card.wanted_until
    if event.until is not None and event.until < event.on:
        raise IllegalStepError("Sista dagen ligger före utlämningen. Ändra --until.")
    if event.until is not None and event.until > longest:
        raise IllegalStepError(f"Det längsta lånet är till {cap}. Ändra --until.")
    if until is not None and event.until is not None and event.until > until:
        raise IllegalStepError(f"Anställningen upphör {until}: låna ut till {cap}. Ändra --until.")
    if wanted is None or wanted < event.on:
        return cap, cap
    return cap, min(cap, days.on_or_before(wanted))


def returned(event: CardReturned, card: Card, facts: CardFacts) -> Decision:
    """A card is back: the chase stops at once, and it is to be deregistered (S7, S13)."""
    if card.status is Status.RETURNED:
        raise IllegalStepError(f"Kortet {shown(card.number)} är redan återlämnat {card.returned}.")
    if card.status not in OUT | {Status.BLOCKED}:
        raise IllegalStepError(f"Kortet {card.handle} är inte utlämnat ({card.status.value}).")
    why = by(event.by, "Återlämnat", event.on)
    was_blocked = card.status in (Status.LOST, Status.BLOCKED)
    status = card.status if was_blocked else Status.RETURNED  # what is blocked stays blocked
    back = replace(card, status=status, returned=event.on, paused=None, wish=None, next_on=None)
    works = closed(facts.works, (Kind.CARD_CHECK, Kind.BLOCK), why)
    if not was_blocked:
        works += (_deregister(back, facts, why),)
    step = CardStep(scheduled(back, facts), works=works, said="returned")
    return Decision(Outcome.APPLIED, why, cards=(step,))


def _deregister(card: Card, facts: CardFacts, why: Reason) -> Step:
    source = "S13" if card.is_reserve else "S7"
    rows: Rows = (("Att göra", "klipp och avregistrera: ekbot card deregistered --number …"),)
    return work(
        Kind.DEREGISTER, card, facts, title="Avregistrera kort",
        why=replace(why, source=source), rows=rows,
    )  # fmt: skip


def extended(event: CardExtended, card: Card, facts: CardFacts) -> Decision:
    """A clerk lets the loan last longer, within the rules."""
    now = kept_longer(card, event.until, facts)
    why = by(event.by, f"Förlängt till {now.due}", event.on)
    effects = letters_to(granted(now, facts), (To.HOLDER,), card, facts)
    return Decision(Outcome.APPLIED, why, cards=(CardStep(now, effects, said="extended"),))


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
    latest = longest(card, facts)
    if card.status not in LENT or card.due is None:
        raise IllegalStepError(f"Kortet {card.handle} är inte utlånat.")
    if latest is None or until > latest:
        told = f"Längst till {latest}." if latest is not None else "Det kan inte förlängas."
        raise IllegalStepError(f"Reglerna tillåter inte en så lång förlängning. {told}")
    due = facts.policy.working_days.on_or_before(until)
    if due <= card.due:
        raise IllegalStepError(f"Kortet är redan utlånat till {card.due}.")
    moved = replace(
        card, due=due, wish=None, extensions=card.extensions + 1, chase_from=facts.today, why=""
    )  # fmt: skip
    return scheduled(replace(moved, status=status_on(moved, facts.today)), facts)


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
