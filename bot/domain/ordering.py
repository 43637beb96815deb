"""One form: may it be carried out, must it be asked about, who decides? Writes nothing itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.answering import Context, applied, ask, full_name, losses, reply, to_staff
from bot.domain.authority import may_order
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Step
from bot.domain.effects import WriteRecord
from bot.domain.entries import plan, same_person
from bot.domain.forms import FormReading, Verdict
from bot.domain.judging import Judgement, Register
from bot.domain.labels import label
from bot.domain.letters import Point, Rejected
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Record, Status
from bot.domain.values import PersonId, address_key, name_key


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the memory says about one form."""

    judgement: Judgement
    register: Register
    person: PersonId | None = None
    record: Record | None = None
    same: Case | None = None  # an earlier case with the very same content
    others: tuple[Case, ...] = ()  # the person's live cases, and orders done lately


def fingerprint(form: FormReading) -> str:
    """Return the same text for the same content, whatever file it came in."""
    parts = [f"{form.form}|{form.signed}"]
    parts += [f"{f.key}={f.value!r}/{f.state}" for f in sorted(form.fields, key=lambda f: f.key)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def decide_form(form: FormReading, facts: FormFacts, context: Context) -> Step:
    """Return the case that *form* opens, with what follows from it (routine S1, S2, S3)."""
    case = _opened(form, facts, context)
    for guard in (_twin, _protected, _unknown_sender, _unauthorised):
        step = guard(case, facts, context)
        if step is not None:
            return step
    step = _faulty(case, facts, context)
    order = facts.judgement.order
    if step is None and order is not None:
        step = decide_order(replace(case, order=order), order, facts, context)
    if step is None:  # an accepted form always has its order
        step = to_staff(case, Reason("no_order", "Behöver läsas av en person."), context)
    return replace(step, children=(*step.children, *_answered(facts, context)))


def _answered(facts: FormFacts, context: Context) -> tuple[Step, ...]:
    """Close the questions that this form is the answer to."""
    open_questions = {
        c.id: c
        for c in (*facts.others, context.answered)
        if c is not None and c.stage is Stage.ASKED
    }
    reason = Reason("answered", "Besvarad med en ny blankett.", "D")
    return tuple(
        Step(replace(c, stage=Stage.LINKED, why=reason, closed=context.now))
        for c in open_questions.values()
    )


def decide_order(case: Case, order: Order, facts: FormFacts, context: Context) -> Step:
    """Return what becomes of a sound, authorised order: carried out, held, or asked about."""
    case = replace(case, title=_title(order), record=facts.record.id if facts.record else None)
    for guard in (_self_order, _contradicted, _must_exist, _exists_already, _other_unit):
        step = guard(case, order, facts, context)
        if step is not None:
            return step
    if context.policy.approve_all:
        reason = Reason("approval", "Alla ärenden godkänns av en handläggare.", "D")
        held = replace(case, stage=Stage.STAFF, why=reason, approvable=True)
        return Step(held, children=losses(held, context))
    if order.action is OrderAction.CANCEL and _brake(context):
        text = "Bromsen: ovanligt många poster skulle avslutas på en gång."
        return to_staff(replace(case, approvable=True), Reason("brake", text, "D"), context)
    step = carry_out(case, order, facts.record, context.today)
    return replace(step, children=(*step.children, *losses(case, context)))


def carry_out(case: Case, order: Order, record: Record | None, today: date) -> Step:
    """Return the case approved, with the catalogue write, or waiting for the day it is due."""
    reason = Reason("order", "Behörig chef, underskriven och fullständig blankett.", "S1")
    start = order.effective_from
    if order.action is OrderAction.CHANGE and start is not None and start > today:
        change = plan(order, record, today)
        planned = replace(
            case, stage=Stage.APPROVED, not_before=start, plan=change, why=reason, approvable=False
        )
        return Step(planned, (applied(planned, order, planned_for=start),))
    change = plan(order, record, today)
    expected = record.catalogue_version if record is not None else ""
    approved = replace(
        case, stage=Stage.APPROVED, plan=change, expected=expected, why=reason, not_before=None,
        approvable=False, record=record.id if record is not None else None,
    )  # fmt: skip
    return Step(approved, (WriteRecord(change, expected),))


def _opened(form: FormReading, facts: FormFacts, context: Context) -> Case:
    action = form.text("action")
    kind = {"new": Kind.NEW, "change": Kind.CHANGE, "cancel": Kind.CANCEL}.get(action or "")
    words = [form.text("given_name"), form.text("surname")]
    named = " ".join(w for w in words if w)
    protected = form.value("protected") is True or (
        facts.record is not None and facts.record.entry.protected
    )
    return Case(
        kind=kind or Kind.MAIL,
        stage=Stage.STAFF,
        title=f"Blankett: {named or 'namn saknas'}, {form.text('unit') or 'enhet saknas'}",
        why=Reason("read", "Blanketten är läst."),
        opened=context.now,
        origin=context.origin,
        person=facts.person,
        record=facts.record.id if facts.record is not None else None,
        protected=protected,
        fingerprint=fingerprint(form),
        reading=form,
        problems=facts.judgement.problems,
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
    """Refuse a manager who orders for a unit that is not hers on the mail's date."""
    entries = facts.register.entries
    if not entries or any(
        may_order(entries, case.origin.sender, e.unit_id, context.sent_on) for e in entries
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


def _faulty(case: Case, facts: FormFacts, context: Context) -> Step | None:
    if facts.judgement.verdict is Verdict.ACCEPT:
        return None
    if facts.judgement.manual:
        reason = Reason("manual_lane", "Kräver handläggare enligt blanketten.", "F")
        return to_staff(case, reason, context)
    faults = [p for p in facts.judgement.problems if p.code != "note"]
    points = tuple(Point(label(p.field or ""), p.text) for p in faults)
    fields = ", ".join(label(p.field or "") for p in faults)
    return ask(case, points, Reason("incomplete", f"Saknas eller oklart: {fields}.", "D"), context)


def _self_order(case: Case, order: Order, _facts: FormFacts, context: Context) -> Step | None:
    """Nobody orders for himself."""
    own_mail = order.mail is not None and address_key(order.mail) == case.origin.sender
    if own_mail or name_key(full_name(order)) == name_key(order.manager_name):
        reason = Reason("self_order", "Ingen får beställa åt sig själv.", "D")
        return to_staff(case, reason, context)
    return None


def _contradicted(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """Stop where another live order about the same person says something else."""
    for other in facts.others:
        live = other.stage in (Stage.STAFF, Stage.APPROVED) and other.order is not None
        if live and other.order is not None and other.order.action is not order.action:
            text = f"Säger något annat om samma person än {other.handle}."
            return to_staff(case, Reason("contradiction", text, "D"), context)
    return None


def _must_exist(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """A change or a cancellation needs the person in the catalogue, under that name."""
    if order.action is OrderAction.NEW:
        return None
    record = facts.record
    if record is None or record.status in (Status.CLOSED, Status.REMOVED):
        text = (
            "Personen finns inte i katalogen. Kontrollera numret. Är personen ny hos oss? "
            "Kryssa då för Nybeställning."
        )
        point = Point(label("person_id"), text)
        return ask(case, (point,), Reason("not_in_register", "Personen finns inte.", "D"), context)
    if not same_person(order, record.entry):
        text = "Numret och namnet på blanketten hör inte ihop i katalogen. Kontrollera båda."
        point = Point(label("person_id"), text)
        reason = Reason("other_name", "Numret tillhör någon med ett annat namn.", "D")
        return ask(case, (point,), reason, context)
    return None


def _exists_already(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    """A new order for a person who is there: a correction of the days before, or a doubt."""
    record = facts.record
    if order.action is not OrderAction.NEW or record is None:
        return None
    if record.status in (Status.CLOSED, Status.REMOVED, Status.ENDED):
        return None
    oldest = context.now - timedelta(days=context.policy.correction_days)
    recent = any(
        c.kind is Kind.NEW and c.stage is Stage.CONFIRMED and c.opened >= oldest
        and c.order is not None and c.order.unit_id == order.unit_id
        for c in facts.others
    )  # fmt: skip
    if recent and same_person(order, record.entry):
        reason = Reason("correction", "Rättar en beställning från dagarna innan.", "D")
        step = carry_out(case, order, record, context.today)
        corrected = replace(step.case, why=reason)
        return replace(step, case=corrected, children=losses(corrected, context))
    text = "Nybeställning, men personen finns redan i katalogen."
    return to_staff(case, Reason("exists_already", text, "D"), context)


def _other_unit(case: Case, order: Order, facts: FormFacts, context: Context) -> Step | None:
    record = facts.record
    if record is None or record.entry.unit_id in (None, "", order.unit_id):
        return None
    if order.action is OrderAction.NEW:
        return None
    text = f"Personen står på enheten {record.entry.unit} i katalogen, inte {order.unit}."
    return to_staff(replace(case, approvable=True), Reason("other_unit", text, "D"), context)


def _brake(context: Context) -> bool:
    policy = context.policy
    if context.ended_today + 1 > policy.brake_records:
        return True
    share = policy.brake_share * context.population
    return context.batch_endings > max(share, policy.brake_floor)


def _title(order: Order) -> str:
    word = {"new": "Nybeställning", "change": "Uppdatering", "cancel": "Avbeställning"}
    return f"{word[order.action]}: {full_name(order)}, {order.unit}"
