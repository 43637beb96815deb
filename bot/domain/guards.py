"""What can stand in the way of a sound order: each guard holds it, asks about it, or lets it by.

Carries nothing out: ``ordering`` does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.answering import Context, ask, full_name, losses, to_staff
from bot.domain.authority import may_order, spells
from bot.domain.card_facts import PersonFacts
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Step
from bot.domain.entries import Likeness, likeness, plan
from bot.domain.judging import Judgement, Register
from bot.domain.labels import label
from bot.domain.letters import Point
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Change, Record, Status
from bot.domain.values import PersonId, address_key, name_key

GONE = frozenset({Status.CLOSED, Status.REMOVED})


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the memory says about one form."""

    judgement: Judgement
    register: Register
    person: PersonId | None = None
    record: Record | None = None
    same: Case | None = None  # an earlier case with the very same content
    others: tuple[Case, ...] = ()  # the person's live cases, and orders done lately
    clashes: bool = False  # another form of the same mail orders something else for the person
    secret: bool = False  # another form of the same mail says that the person is protected
    holder: PersonFacts | None = None  # the person's cards, where the form reports a loss
    namesake: Record | None = None  # somebody of the same name with the other kind of number


def held(case: Case, order: Order, record: Record | None, *, why: Reason, today: date) -> Case:
    """Return the case with staff, who can carry out the plan that it shows."""
    ready = order.action is OrderAction.NEW or (record is not None and record.status not in GONE)
    change = wanted(case, order, record, today) if ready else None
    return replace(case, stage=Stage.STAFF, why=why, approvable=ready, plan=change)


def wanted(case: Case, order: Order, record: Record | None, today: date) -> Change:
    """Return the write for the order: a planned end of this very entry is kept, all else is new."""
    entry = record.entry if record is not None else None
    kept = case.plan if order.action is OrderAction.CANCEL else None
    return kept if kept is not None and kept.before == entry else plan(order, record, today)


def _hold(case: Case, order: Order, facts: FormFacts, context: Context, *, why: Reason) -> Step:
    kept = held(case, order, facts.record, why=why, today=context.today)
    return to_staff(kept, why, context)


def own_unit(order: Order, facts: FormFacts, context: Context) -> tuple[Order, ...]:
    """Return the order for each unit of that name which both sender and signer may order for."""
    entries, on = facts.register.entries, context.sent_on
    if not entries:
        return (order,)
    rows = {
        e.unit_id: e for e in entries
        if e.signs(order.manager_name, on)
        and may_order(entries, context.origin.sender, e.unit_id, on)
    }  # fmt: skip
    return tuple(
        replace(order, unit=e.unit, unit_id=e.unit_id, manager_mail=e.mail) for e in rows.values()
    )


def self_order(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Nobody orders for himself, neither by his own name nor by his own address."""
    sender = address_key(case.origin.sender)
    record = facts.record
    addresses = {order.mail, record.entry.mail if record is not None else None}
    names = {full_name(order), f"{order.given_name or ''} {order.surname}"}
    ours = {order.manager_name} | {
        e.name for e in facts.register.entries if e.manages(sender, context.sent_on)
    }
    if (
        sender in {address_key(a) for a in addresses if a is not None}
        or {name_key(n) for n in names} & {name_key(n) for n in ours}
        or any(spells(sender, name) for name in names)
    ):
        reason = Reason("self_order", "Ingen får beställa åt sig själv.", "D")
        return to_staff(case, reason, context)
    return None


def contradicted(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Stop where another live order about the same person says something else."""
    if facts.clashes:
        reason = Reason("contradiction", "Två blanketter i mejlet säger emot varandra.", "D")
        return to_staff(case, reason, context)
    for other in facts.others:
        if _against(order, other, context):
            text = f"Säger något annat om samma person än {other.handle}."
            reason = Reason("contradiction", text, "D")
            return _hold(case, order, facts, context, why=reason)
    return None


def _against(order: Order, other: Case, context: Context) -> bool:
    if other.order is None or other.stage not in (Stage.STAFF, Stage.APPROVED):
        return False
    if other.order.action is not order.action or other.order.unit_id != order.unit_id:
        return True
    return other.not_before is not None and not replaces(order, other, context)


def replaces(order: Order, other: Case, context: Context) -> bool:
    """Tell whether *order* takes the place of the planned change *other* of the same unit."""
    return (
        other.stage is Stage.APPROVED
        and other.not_before is not None
        and other.order is not None
        and other.order.unit_id == order.unit_id
        and is_planned(order, context.today)
    )


def is_planned(order: Order, today: date) -> bool:
    """Tell whether the order is a change for a later day."""
    start = order.effective_from
    return order.action is OrderAction.CHANGE and start is not None and start > today


def must_exist(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """A change or a cancellation needs the person in the catalogue."""
    record = facts.record
    if order.action is OrderAction.NEW:
        return None
    if record is None or record.status in GONE:
        text = (
            "Personen finns inte i katalogen. Kontrollera numret. Är personen ny hos oss? "
            "Kryssa då för Nybeställning."
        )
        reason = Reason("not_in_register", "Personen finns inte.", "D")
    elif record.status is Status.ENDED and order.action is OrderAction.CHANGE:
        text = (
            "Personens uppgifter har upphört i katalogen. Arbetar personen hos dig igen? "
            "Skicka en ny blankett med Nybeställning."
        )
        reason = Reason("ended", "Posten har upphört.", "S2")
    else:
        return None
    return ask(case, (Point(label("person_id"), text),), reason, context)


def other_name(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Stop where the number belongs to somebody with another name: a slip writes to a stranger."""
    record = facts.record
    if record is None:
        return None
    found = likeness(order, record.entry)
    married = found is Likeness.MARRIED and order.action is not OrderAction.CANCEL
    if found is Likeness.SAME or married or _corrects(order, facts, context):
        return None
    text = "Numret tillhör någon med ett annat namn."
    reason = Reason("other_name", text, "D")
    if found is Likeness.OTHER:
        text = "Numret och namnet på blanketten hör inte ihop i katalogen. Kontrollera båda."
        return ask(case, (Point(label("person_id"), text),), reason, context)
    return _hold(case, order, facts, context, why=reason)


def _corrects(order: Order, facts: FormFacts, context: Context) -> bool:
    return order.action is OrderAction.NEW and corrected(order, facts, context) is not None


def exists_already(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Hold a new order for a person who is there, unless it corrects one of the days before."""
    record = facts.record
    if order.action is not OrderAction.NEW or record is None:
        return None
    if record.status in GONE or record.status is Status.ENDED:
        return None
    if _corrects(order, facts, context):
        return None
    text = "Nybeställning, men personen finns redan i katalogen."
    return _hold(case, order, facts, context, why=Reason("exists_already", text, "D"))


def maybe_same_person(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Hold a new person who may be there already under a samordningsnummer: a merge (domain §3)."""
    found = facts.namesake
    if found is None or order.action is not OrderAction.NEW or facts.record is not None:
        return None
    text = f"Samma namn finns redan i P-{found.id} med ett annat slags nummer. Är det samma person?"
    return _hold(case, order, facts, context, why=Reason("maybe_same_person", text, "F"))


def after_cancellation(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Hold a change that comes soon after the person was cancelled: which of them is meant?"""
    if order.action is not OrderAction.CHANGE:
        return None
    ending = _lately(Kind.CANCEL, facts, context)
    if ending is None or not _newest(ending, facts):
        return None
    text = f"Personen avbeställdes nyligen i {ending.handle}."
    return _hold(case, order, facts, context, why=Reason("after_cancellation", text, "D"))


def other_unit(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Hold a change or a cancellation of a person who stands on another unit."""
    record = facts.record
    if record is None or record.entry.unit_id in (None, "", order.unit_id):
        return None
    if order.action is OrderAction.NEW:
        return None
    text = f"Personen står på enheten {record.entry.unit} i katalogen, inte {order.unit}."
    return _hold(case, order, facts, context, why=Reason("other_unit", text, "D"))


def approval(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Hold everything where the office lets a clerk approve each case."""
    if not context.policy.approve_all:
        return None
    reason = Reason("approval", "Alla ärenden godkänns av en handläggare.", "D")
    kept = held(case, order, facts.record, why=reason, today=context.today)
    return Step(kept, children=losses(kept, context))


def brake(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Hold a batch that would end more than 20 records or 10 % of them (domain default)."""
    if not ends(order, facts.record, context.today):
        return None
    policy, batch = context.policy, max(context.batch_endings, 1)
    share = max(policy.brake_share * context.population, policy.brake_floor)
    if context.ended_today + batch <= policy.brake_records and batch <= share:
        return None
    text = "Bromsen: ovanligt många poster skulle avslutas på en gång."
    return _hold(case, order, facts, context, why=Reason("brake", text, "D"))


def ends(order: Order, record: Record | None, today: date) -> bool:
    """Tell whether the order ends a record, or ends it sooner than before."""
    if order.action is OrderAction.CANCEL:
        return True
    if record is None or record.status in GONE or record.status is Status.ENDED:
        return False
    change = plan(order, record, today)
    old, new = record.entry.valid_until, change.after.valid_until
    return new is not None and (old is None or new < old)


def corrected(order: Order, facts: FormFacts, context: Context) -> Case | None:
    """Return the order of the days before that *order* corrects: same unit, same person, done."""
    record = facts.record
    if record is None:
        return None
    kind = {OrderAction.NEW: Kind.NEW, OrderAction.CANCEL: Kind.CANCEL}.get(order.action)
    before = _lately(kind, facts, context) if kind is not None else None
    if before is None or before.order is None or before.order.unit_id != order.unit_id:
        return None
    if before.plan is None or not _newest(before, facts):
        return None
    return before if likeness(order, record.entry) is not Likeness.OTHER else None


def _lately(kind: Kind, facts: FormFacts, context: Context) -> Case | None:
    oldest = context.now - timedelta(days=context.policy.correction_days)
    found = [
        c for c in facts.others
        if c.kind is kind and c.stage is Stage.CONFIRMED and c.opened >= oldest
    ]  # fmt: skip
    return max(found, key=lambda c: c.id, default=None)


def _newest(case: Case, facts: FormFacts) -> bool:
    """Tell whether no later order has been carried out for the person."""
    orders = (Kind.NEW, Kind.CHANGE, Kind.CANCEL)
    return not any(
        c.id > case.id and c.kind in orders and c.stage is Stage.CONFIRMED for c in facts.others
    )
