"""One form: may it be carried out, must it be asked about, who decides? Writes nothing itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from bot.domain import guards
from bot.domain.answering import Context, applied, ask, full_name, losses, reply, to_staff
from bot.domain.asking import pictures
from bot.domain.authority import may_order
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Step
from bot.domain.doubting import faulty
from bot.domain.effects import WriteRecord
from bot.domain.entries import plan, reopened
from bot.domain.forms import FormReading, State
from bot.domain.guards import FormFacts
from bot.domain.labels import label
from bot.domain.letters import Point, Rejected
from bot.domain.loss_mails import from_form, is_settled
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Change, Record
from bot.domain.values import masked

_GUARDS = (
    guards.self_order,
    guards.contradicted,
    guards.must_exist,
    guards.other_name,
    guards.exists_already,
    guards.maybe_same_person,
    guards.after_cancellation,
    guards.other_unit,
    guards.approval,
    guards.brake,
)


def fingerprint(form: FormReading) -> str:
    """Return the same text for the same content, whatever file it came in."""
    parts = [f"{form.form}|{form.signed}"]
    parts += [f"{f.key}={f.value!r}/{f.state}" for f in sorted(form.fields, key=lambda f: f.key)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def decide_form(form: FormReading, facts: FormFacts, context: Context) -> Step:
    """Return the case that *form* opens, with what follows from it (routine S1, S2, S3)."""
    step = decide_opened(opened(form, facts, context), facts, context)
    if step.case.stage in (Stage.ASKED, Stage.STAFF):
        step = replace(step, files=pictures(form))
    return step


def decide_opened(case: Case, facts: FormFacts, context: Context) -> Step:
    """Return what follows for a case whose form stands in it, as read or as completed since."""
    for guard in (_twin, _protected, _unknown_sender, _unauthorised):
        step = guard(case, facts, context)
        if step is not None:
            return _one_loss(step, facts, context)
    step = faulty(case, facts, context)
    order = facts.judgement.order
    if step is None and order is not None:
        step = decide_order(replace(case, order=order), order, facts, context)
    if step is None:  # an accepted form always has its order
        step = to_staff(case, Reason("no_order", "Behöver läsas av en person."), context)
    step = _one_loss(step, facts, context)
    return replace(step, children=(*step.children, *_answered(step.case, facts, context)))


def _one_loss(step: Step, facts: FormFacts, context: Context) -> Step:
    """Raise the alarm about a loss, once: not about one under way of which nothing new is said."""
    known = [set(c.details) for c in facts.others if c.kind is Kind.LOSS and c.closed is None]
    kept = tuple(
        from_form(child, facts.holder, context) if child.case.kind is Kind.LOSS else child
        for child in step.children
        if child.case.kind is not Kind.LOSS
        or not (is_settled(facts.holder) or any(k >= set(child.case.details) for k in known))
    )
    return replace(step, children=kept)


def _answered(case: Case, facts: FormFacts, context: Context) -> tuple[Step, ...]:
    """Close the questions that this form is the answer to: same person, same kind of order."""
    asked = {
        c.id: c
        for c in facts.others
        if c.stage is Stage.ASKED
        and c.kind in (case.kind, Kind.MAIL)  # of one without a tick the kind is not known
        and c.origin.sender == case.origin.sender
    }
    awaited = {Kind.CANCEL: Kind.LEAVER, Kind.CHANGE: Kind.MOVE}
    if case.stage is not Stage.REJECTED:  # a form that is asked back has reminders of its own
        kind = awaited.get(case.kind)
        asked |= {c.id: c for c in facts.others if c.kind is kind and c.stage in _AWAITING}
    thread = context.answered
    if thread is not None and thread.stage is Stage.ASKED and _is_about(thread, case):
        asked[thread.id] = thread
    reason = Reason("answered", "Besvarad med en ny blankett.", "D")
    return tuple(
        Step(replace(c, stage=Stage.LINKED, why=reason, closed=context.now)) for c in asked.values()
    )


_AWAITING = (Stage.ASKED, Stage.STAFF)  # a form that a review's answer has asked for


def _is_about(thread: Case, case: Case) -> bool:
    """Tell whether the form answers the thread's question: the same person, or its only form."""
    if thread.person is not None and case.person is not None:
        return thread.person == case.person
    return case.origin.of == 1 or thread.kind is Kind.MAIL


def decide_order(case: Case, order: Order, facts: FormFacts, context: Context) -> Step:
    """Return what becomes of a sound order: carried out, held, or asked about."""
    meant = guards.own_unit(order, facts, context)
    if len(meant) != 1:
        return _which_unit(case, meant, context)
    order = meant[0]
    before = guards.corrected(order, facts, context)
    case = replace(
        case,
        order=order,
        title=_title(order),
        record=facts.record.id if facts.record else None,
        plan=_reopening(order, facts.record, before, context.today),
    )
    for guard in _GUARDS:
        step = guard(case, order, facts, context)
        if step is not None:
            return step
    step = carry_out(case, order, facts.record, context.today)
    if before is not None:
        reason = Reason("correction", f"Rättar {before.handle} från dagarna innan.", "D")
        step = replace(step, case=replace(step.case, why=reason))
    replaced = _replaced(order, facts, context)
    return replace(step, children=(*step.children, *replaced, *losses(step.case, context)))


def _which_unit(case: Case, meant: tuple[Order, ...], context: Context) -> Step:
    """Several units bear the name on the form: the signer's and the sender's must be one."""
    if meant:
        reason = Reason("ambiguous_unit", "Flera av chefens enheter har samma namn.", "D")
        return to_staff(case, reason, context)
    text = "Den som skrivit under är inte chef eller ersättare för din enhet med det namnet."
    reason = Reason("other_signer", "Underskriften hör till en annan enhet.", "S1")
    return ask(case, (Point(label("manager_name"), text),), reason, context)


def _reopening(
    order: Order, record: Record | None, before: Case | None, today: date
) -> Change | None:
    """Return the plan of a cancellation that moves the last day of the one just before it."""
    undone = before.plan if before is not None and order.action is OrderAction.CANCEL else None
    if record is None or undone is None or undone.after != record.entry:
        return None
    return reopened(order, record, undone, today)


def _replaced(order: Order, facts: FormFacts, context: Context) -> tuple[Step, ...]:
    """Close the planned changes that this newer plan takes the place of."""
    reason = Reason("replaced", "Ersatt av en nyare blankett.", "D")
    return tuple(
        Step(replace(c, stage=Stage.LINKED, why=reason, closed=context.now, not_before=None))
        for c in facts.others
        if guards.replaces(order, c, context)
    )


def carry_out(case: Case, order: Order, record: Record | None, today: date) -> Step:
    """Return the case approved, with the catalogue write, or waiting for the day it is due."""
    reason = Reason("order", "Behörig chef, underskriven och fullständig blankett.", "S1")
    start = order.effective_from
    if guards.is_planned(order, today):
        change = plan(order, record, today)
        planned = replace(
            case, stage=Stage.APPROVED, not_before=start, plan=change, why=reason, approvable=False
        )
        return Step(planned, (applied(planned, order, planned_for=start),))
    change = guards.wanted(case, order, record, today)
    expected = record.catalogue_version if record is not None else ""
    approved = replace(
        case, stage=Stage.APPROVED, plan=change, expected=expected, why=reason, not_before=None,
        approvable=False, record=record.id if record is not None else None,
    )  # fmt: skip
    return Step(approved, (WriteRecord(change, expected),))


def opened(form: FormReading, facts: FormFacts, context: Context) -> Case:
    """Return the case that *form* opens, before anything is decided."""
    action = form.text("action")
    kind = {"new": Kind.NEW, "change": Kind.CHANGE, "cancel": Kind.CANCEL}.get(action or "")
    words = [form.text("given_name"), form.text("surname")]
    named = " ".join(w for w in words if w)
    title = f"Blankett: {named or 'namn saknas'}, {form.text('unit') or 'enhet saknas'}"
    return Case(
        kind=kind or Kind.MAIL,
        stage=Stage.STAFF,
        title=masked(title),
        why=Reason("read", "Blanketten är läst."),
        opened=context.now,
        origin=context.origin,
        person=facts.person,
        record=facts.record.id if facts.record is not None else None,
        protected=facts.secret or is_protected(form, facts),
        fingerprint=fingerprint(form),
        reading=replace(form, crops=()),
        problems=facts.judgement.problems,
        sent_on=context.sent_on,
    )


def is_protected(form: FormReading, facts: FormFacts) -> bool:
    """Tell whether the form, the catalogue or a case under way says that the person is protected.

    A tick that can't be read counts as one; a form that leaves it out takes nothing away.
    """
    tick = form.field("protected")
    return (
        tick.value is True
        or tick.state is State.UNSURE
        or (facts.record is not None and facts.record.entry.protected)
        or any(c.protected for c in facts.others)
    )


def _twin(case: Case, facts: FormFacts, _context: Context) -> Step | None:
    """The same form twice: linked, one answer."""
    same = facts.same
    if same is None or (case.origin.answerable and not same.origin.answerable):
        return None
    reason = Reason("same_form", f"Samma blankett som i {same.handle}.", "D")
    return Step(replace(case, stage=Stage.LINKED, parent=same.id, why=reason))


def _protected(case: Case, _facts: FormFacts, context: Context) -> Step | None:
    if not case.protected:
        return None
    return to_staff(case, Reason("protected", "Ärendet handläggs av en person.", "F"), context)


def _unknown_sender(case: Case, _facts: FormFacts, context: Context) -> Step | None:
    if not context.authenticated:
        reason = Reason("unauthenticated", "Avsändaren är inte styrkt av vår mejlserver.", "D")
        return to_staff(case, reason, context)
    if not context.known:
        reason = Reason("unknown_sender", "Avsändaren finns inte i chefsregistret.", "S1")
        return to_staff(case, reason, context)
    return None


def _unauthorised(case: Case, facts: FormFacts, context: Context) -> Step | None:
    """Refuse a manager who orders for a unit that is not hers on the mail's date.

    A unit that could not be read for sure is asked about instead.
    """
    entries = facts.register.entries
    doubtful = case.reading is not None and case.reading.field("unit").state is not State.SURE
    if (
        not entries
        or doubtful
        or any(may_order(entries, case.origin.sender, e.unit_id, context.sent_on) for e in entries)
    ):
        return None
    text = "Avsändaren är inte chef eller ersättare för enheten på blanketten."
    content = Rejected(
        file=case.origin.file,
        reason="Du står inte som chef eller ersättare för enheten på blanketten.",
        advice="Be enhetens chef att skicka blanketten från sin egen adress. Är registret fel? "
        "Svara på det här mejlet, så rättar vi det.",
    )
    refused = replace(case, stage=Stage.REJECTED, why=Reason("not_manager", text, "S1"))
    return Step(refused, (reply(refused, content),), children=losses(refused, context))


def _title(order: Order) -> str:
    word = {"new": "Nybeställning", "change": "Uppdatering", "cancel": "Avbeställning"}
    return masked(f"{word[order.action]}: {full_name(order)}, {order.unit}")
