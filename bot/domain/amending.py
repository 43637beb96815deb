"""A clerk corrects what is ready to be approved, or carried out already. Pure."""

from __future__ import annotations

from dataclasses import fields, replace

from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Decision, IllegalStepError, Step
from bot.domain.effects import WriteRecord
from bot.domain.entries import plan
from bot.domain.event_facts import EventFacts
from bot.domain.events import StaffCorrected
from bot.domain.guards import GONE, held
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Action, Change, Entry, Record
from bot.domain.replying import corrected
from bot.domain.triage import Outcome


def still_prepared(step: Step, facts: EventFacts) -> Step:
    """Return the corrected case ready to be approved again: to correct is not to approve."""
    case = step.case
    if case.stage is not Stage.APPROVED or case.order is None:
        return step
    why = Reason("corrected", "Rättat. Läs igenom och godkänn på nytt.", "D")
    kept = held(replace(case, not_before=None), case.order, facts.record, why=why,
                today=facts.today)  # fmt: skip
    return Step(kept, children=step.children, cards=step.cards)


def amend(event: StaffCorrected, case: Case, facts: EventFacts) -> Decision:
    """Return what is carried out already with a clerk's values: a change of the record.

    Raises:
        IllegalStepError: it can't be corrected so; the text says why and what to do instead.
    """
    old, order = _orders(case, facts)
    record = facts.record
    if record is None or record.status in GONE:
        raise IllegalStepError(f"Posten i {case.handle} finns inte längre i katalogen.")
    entry = _entry(old, order, record, facts)
    if entry == record.entry:
        raise IllegalStepError(f"{case.handle}: katalogen säger redan det. Inget har ändrats.")
    filled = corrected(case, event)
    why = Reason("corrected", f"Rättat av {event.by} efter att {case.handle} var klart.", "D")
    change = Change(Action.MODIFY, record.entry, entry)
    work = Case(
        kind=Kind.CHANGE, stage=Stage.APPROVED, title=f"Rättelse: {entry.full_name}, {order.unit}",
        why=why, opened=facts.now, origin=case.origin, parent=case.id, person=case.person,
        record=record.id, order=_alone(order), reading=filled.reading, plan=change,
        expected=record.catalogue_version, answers=filled.answers, sent_on=case.sent_on,
        details=(("Rättat av", event.by),),
    )  # fmt: skip
    noted = replace(case, answers=filled.answers, reading=filled.reading, order=order)
    step = Step(work, (WriteRecord(change, record.catalogue_version),))
    return Decision(Outcome.APPLIED, why, (Step(noted, children=(step,)),))


def _orders(case: Case, facts: EventFacts) -> tuple[Order, Order]:
    """Return the order as it was carried out, and as it is corrected."""
    judgement = facts.form.judgement if facts.form is not None else None
    order = judgement.order if judgement is not None else None
    old = case.order
    if judgement is None or order is None or old is None:
        said = [p.text for p in judgement.problems] if judgement is not None else []
        raise IllegalStepError(f"{case.handle} går inte att rätta så. {' '.join(said)}".strip())
    if order.action is OrderAction.CANCEL or order.action is not old.action:
        raise IllegalStepError(f"{case.handle}: rättelsen ändrar vad som är beställt. Be chefen "
                               "skicka en ny blankett.")  # fmt: skip
    if order.person != old.person:
        raise IllegalStepError(f"{case.handle}: personnumret kan inte rättas i efterhand. Be "
                               "chefen avbeställa posten och beställa en ny.")  # fmt: skip
    return old, order


def _entry(old: Order, order: Order, record: Record, facts: EventFacts) -> Entry:
    """Return the record's entry with only that changed which the correction changes."""
    was = plan(_alone(old), record, facts.today).after
    wanted = plan(_alone(order), record, facts.today).after
    names = [f.name for f in fields(wanted) if getattr(was, f.name) != getattr(wanted, f.name)]
    return replace(record.entry, **{name: getattr(wanted, name) for name in names})


def _alone(order: Order) -> Order:
    """Return *order* as a change of the record alone: no card is ordered a second time."""
    return replace(
        order, action=OrderAction.CHANGE, effective_from=None, card_order=False, card_status=None,
        card_number=None, reserve_order=False, reserve_reasons=(), reserve_from=None,
        reserve_to=None, lost_on=None, police_reference=None,
    )  # fmt: skip
