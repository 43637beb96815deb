"""The e-tjänstekort: needed, ordered at the region, fetched, activated (routine S4 to S6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.card_events import CardActivated, CardOrdered, HolderInformed
from bot.domain.card_facts import (
    CardFacts,
    PersonFacts,
    beside,
    has_ended,
    holder_now,
    letters_to,
    order_of,
)
from bot.domain.card_letters import Booking
from bot.domain.card_works import Rows, by, closed, moved, work
from bot.domain.cards import LENT, ORDERING, Card, CardKind, Holder, Status, shown
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.chasing import due_early, scheduled, told_now
from bot.domain.decision import CardStep, Decision, IllegalStepError, Step
from bot.domain.endings import as_employed
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Entry, Record
from bot.domain.records import Status as RecordStatus
from bot.domain.reminders import To
from bot.domain.triage import Outcome

_NEW = frozenset({Status.NEEDED, Status.ORDERED, Status.INFORMED})


def asked_for(case: Case, order: Order, facts: PersonFacts) -> tuple[Step, ...]:
    """Return the work to order the card that *order* ticks (S4, S5), with the card itself.

    It waits until the record is active. What is under way already is brought up to date, not
    opened twice.
    """
    if not order.card_order:
        return ()
    late = too_late(Kind.CARD_ORDER, case, order, facts)
    if late:
        return late
    old = next((c for c in facts.cards if c.status in ORDERING), None)
    if old is not None and old.status is not Status.NEEDED:
        return (_once_more(old, case, facts),)
    holder = holder_of(order, facts.record, case)
    replaces = order.card_status == "replaces_lost"
    fresh = Card(CardKind.ORDINARY, Status.NEEDED, holder, facts.today)
    card = replace(old or fresh, holder=holder, replaces=replaces, next_on=_start(facts))
    return (Step(_to_order(card, case, order, facts), cards=(CardStep(card, said="needed"),)),)


def too_late(kind: Kind, case: Case, order: Order, facts: PersonFacts) -> tuple[Step, ...]:
    """Give staff the order of a card for somebody who has ended: there is no card to wait for."""
    if not has_ended(facts.record):
        return ()
    who = holder_of(order, facts.record, case)
    text = f"Personposten har upphört, så kortet i {case.handle} kan inte beställas."
    rows = (("Att göra", "be chefen om en nybeställning av personen, eller avslå"),)
    made = Case(
        kind=kind, stage=Stage.STAFF, title=f"Kort till någon som slutat: {who.name}, {who.unit}",
        why=Reason("ended", text, "S4"), opened=facts.now, origin=case.origin, person=case.person,
        record=who.record, protected=case.protected, details=rows,
    )  # fmt: skip
    return (Step(made),)


def _to_order(card: Card, case: Case, order: Order, facts: PersonFacts) -> Case:
    status = "ersätter förlorat kort" if card.replaces else "nytt kort"
    again = "rättelse: se efter om kortet redan är beställt"
    entry = facts.record.entry if facts.record is not None else None
    ready = _may_be_ordered(facts.record)
    planned = facts.record is not None and facts.record.status is RecordStatus.PLANNED
    lacking = "beställs när posten är aktiv" if planned else "e-postadress saknas: fråga chefen"
    waits = None if ready else lacking
    rows: Rows = (
        ("Kort", status), ("Namn", card.holder.name), ("Enhet", order.unit),
        ("Titel", (entry.title if entry else None) or order.title),
        ("HSA-id", (entry.hsa_id if entry else None) or order.hsa_id),
        ("E-post", (entry.mail if entry else None) or order.mail),
        ("Telefon", (entry.phone if entry else None) or order.phone),
        ("Obs", again if case.why.rule == "correction" else waits),
    )  # fmt: skip
    made = Case(
        kind=Kind.CARD_ORDER, stage=Stage.WAITS if planned else Stage.STAFF,
        title=f"Beställ e-tjänstekort hos regionen: {card.holder.name}, {order.unit}",
        why=Reason("card_order", f"Följer av {case.handle}.", "S5"), opened=facts.now,
        origin=case.origin, person=case.person, record=card.holder.record,
        protected=case.protected, details=tuple((k, v) for k, v in rows if v),
    )  # fmt: skip
    old = order_of(Kind.CARD_ORDER, card if card.id else None, facts)
    if old is None:
        return made
    return replace(old, title=made.title, why=made.why, details=made.details)


def _once_more(card: Card, case: Case, facts: PersonFacts) -> Step:
    """Tell staff that a card which is ordered at the region was ordered once more."""
    why = Reason("card_order", f"Kortet är redan beställt; det beställdes igen i {case.handle}.")
    rows: Rows = (("Obs", "rättelse: se efter om beställningen hos regionen duger"),)
    return work(
        Kind.CARD_CHECK, card, facts.of(card), title="Kort redan beställt", why=why, rows=rows
    )


def holder_of(order: Order, record: Record | None, case: Case) -> Holder:
    """Return whose card *order* is about."""
    names = (order.given_name, order.middle_name, order.surname)
    return Holder(
        name=" ".join(n for n in names if n), unit=order.unit, unit_id=order.unit_id,
        mail=order.mail, manager_mail=order.manager_mail, person=order.person,
        record=record.id if record is not None and record.id else None, protected=case.protected,
    )  # fmt: skip


def _may_be_ordered(record: Record | None) -> bool:
    """Tell whether the region takes the order: the record is active and has an address (F)."""
    return record is not None and record.status is RecordStatus.ACTIVE and bool(record.entry.mail)


def _start(facts: PersonFacts) -> date | None:
    record = facts.record
    if record is None or record.status is not RecordStatus.PLANNED:
        return None
    return record.entry.valid_from


def ordered(event: CardOrdered, card: Card, facts: CardFacts) -> Decision:
    """The card is ordered at the region: tell the holder how to book a time (S6)."""
    if card.status is not Status.NEEDED:
        raise IllegalStepError(f"Kortet {card.handle} är redan beställt ({card.ordered}).")
    if not _may_be_ordered(facts.record) and not card.holder.protected:
        raise IllegalStepError(
            "Kortet kan inte beställas än: personposten ska vara aktiv och ha en e-postadress. "
            "Rätta posten först, med en uppdatering från chefen."
        )
    why = by(event.by, "Beställt hos regionen", event.on)
    now = replace(
        card, status=Status.ORDERED, ordered=event.on, number=event.number or card.number,
        next_on=None,
    )  # fmt: skip
    policy = facts.policy.cards
    letter = Booking(
        holder_now(card, facts).name, policy.guide, policy.void_days,
        void_on=facts.today + timedelta(days=policy.void_days), replaces=card.replaces,
    )  # fmt: skip
    effects = letters_to(letter, (To.HOLDER,), card, facts)
    if not effects:  # nobody to write to by ourselves: staff tell the holder, the days count
        now = replace(now, status=Status.INFORMED, informed=facts.today)
    now = scheduled(now, facts)
    works = moved(facts.order, Stage.WAITS, why)
    return Decision(Outcome.APPLIED, why, cards=(CardStep(now, effects, works, said="ordered"),))


def informed(event: HolderInformed, card: Card, facts: CardFacts) -> Decision:
    """The booking letter has gone: the holder has 90 days."""
    why = Reason("informed", f"Innehavaren fick lathunden {event.on}.", "S6")
    if card.status is not Status.ORDERED:
        return Decision(Outcome.RECORDED, why)
    now = scheduled(replace(card, status=Status.INFORMED, informed=event.on), facts)
    return Decision(Outcome.APPLIED, why, cards=(CardStep(now, said="informed"),))


def activated(event: CardActivated, card: Card, facts: CardFacts) -> Decision:
    """The holder has the card: what it stands in for shall come back (S13)."""
    if card.kind is not CardKind.ORDINARY or card.status not in _NEW | {Status.CANCELLED}:
        raise IllegalStepError(
            f"Kortet {card.handle} väntar inte på att aktiveras. Se ”ekbot list cards”."
        )
    _check_number(event, card, facts)
    if event.expires is not None and event.expires <= facts.today:
        raise IllegalStepError(f"Kortet skulle ha gått ut {event.expires}. Kontrollera --expires.")
    why = by(event.by, "Aktiverat", event.on)
    used = replace(
        card, status=Status.ACTIVATED, activated=event.on, expires=event.expires,
        number=event.number or card.number, why="", due=None,
    )  # fmt: skip
    now = as_employed(scheduled(used, facts), facts)
    works = closed((facts.order,) if facts.order is not None else (), (Kind.CARD_ORDER,), why)
    return Decision(
        Outcome.APPLIED, why, records=_reopened(facts.record),
        cards=(CardStep(now, works=works, said="activated"), *_replaced(now, event.on, facts)),
    )  # fmt: skip


def _reopened(record: Record | None) -> tuple[Record, ...]:
    """Return a record that was closed before its card came into use: open until it is back."""
    if record is None or record.status not in (RecordStatus.CLOSED, RecordStatus.REMOVED):
        return ()
    return (replace(record, status=RecordStatus.ENDED, cards_back=False),)


def _check_number(event: CardActivated, card: Card, facts: CardFacts) -> None:
    if not (event.number or card.number):
        raise IllegalStepError("Kortets nummer saknas: skriv --number med numret på kortet.")
    if card.number and event.number and card.number != event.number:
        raise IllegalStepError(
            f"Kortet {card.handle} har redan numret {shown(card.number)}. Kontrollera numret."
        )
    if any(c.status is not Status.CANCELLED for c in facts.same_number):
        raise IllegalStepError("Numret finns redan på ett annat kort. Kontrollera det.")


def _replaced(card: Card, on: date, facts: CardFacts) -> tuple[CardStep, ...]:
    """Return the person's other cards, due now that this one is in use."""
    found = []
    for other in facts.others:
        its = beside(other, card, facts)
        if other.status in LENT:
            text = "E-tjänstekortet är aktiverat, så reservkortet behövs inte längre."
            early = due_early(other, on, text, its)
            found.append(told_now(early, its, "due: card activated"))
        elif other.kind is CardKind.ORDINARY and other.status is Status.ACTIVATED:
            text = "Kortet är ersatt av ett nytt."
            due = max(on, facts.policy.cards.next_chance(facts.now, facts.policy.working_days))
            back = replace(other, status=Status.TO_RETURN, due=due, why=text, chase_from=None)
            found.append(told_now(back, its, "to return: replaced"))
        elif other.is_reserve and other.status in (Status.REQUESTED, Status.APPROVED):
            text = "E-tjänstekortet är aktiverat, så reservkortet behövs inte."
            gone = replace(other, status=Status.CANCELLED, why=text, next_on=None)
            why = Reason("card_activated", text, "S13")
            order = (its.order,) if its.order is not None else ()
            works = closed(order, (Kind.RESERVE_ORDER,), why)
            found.append(CardStep(gone, works=works, said="cancelled: card activated"))
    return tuple(found)


def is_for_new_name(order: Order, before: Entry | None, cards: tuple[Card, ...]) -> Card | None:
    """Return the card in use that bears the name from before a change of it."""
    if order.action is not OrderAction.CHANGE or before is None or order.card_order:
        return None
    if order.surname in ("", before.surname):
        return None
    ordinary = (c for c in cards if not c.is_reserve)
    return next((c for c in ordinary if c.status is Status.ACTIVATED), None)
