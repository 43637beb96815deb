"""The facts that a decision needs, looked up in one transaction. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.app import card_facts, review_events, standing
from bot.app.services import Services
from bot.app.understanding import understand
from bot.domain.answering import Context, reports_loss
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import start_of, today
from bot.domain.cards import Card
from bot.domain.cases import Case, Kind, Origin, Status
from bot.domain.effects import SendLetter
from bot.domain.event_facts import EventFacts
from bot.domain.events import CaseEvent, LetterFailed, StaffCorrected, StaffUndone
from bot.domain.forms import FormReading
from bot.domain.guards import FormFacts
from bot.domain.inbound import MailFacts, forms_of
from bot.domain.judging import Register, judge
from bot.domain.ordering import fingerprint
from bot.domain.orders import OrderAction
from bot.domain.records import Record
from bot.domain.records import Status as RecordStatus
from bot.domain.replying import ReplyFacts, corrected, is_open, source_of, with_answers
from bot.domain.triage import Machine, MailSeen
from bot.domain.troubles import Bounced
from bot.domain.values import InvalidPersonIdError, PersonId, name_key
from bot.ports.store import Work


def person_of(form: FormReading, now: datetime) -> PersonId | None:
    """Return the person the form names, when the number is possible at all."""
    number = form.text("person_id")
    if number is None:
        return None
    try:
        return PersonId.parse(number, today(now))
    except InvalidPersonIdError:
        return None


def mail_facts(
    services: Services, work: Work, seen: MailSeen, now: datetime, text: str = ""
) -> MailFacts:
    """Return what the memory says about a mail and each of its forms; *text* is what it says."""
    rows = work.managers.by_mail(seen.sender) if seen.sender else ()
    known = any(
        r.manages(seen.sender, seen.sent_on) or r.deputises(seen.sender, seen.sent_on) for r in rows
    )
    personal = seen.authenticated and seen.machine is Machine.NO  # RFC 3834 §2
    pairs = forms_of(seen)
    sent = seen.sent_on
    forms = tuple(_form_facts(services, work, form, sent, sent) for _, form in pairs)
    answered = work.cases.answered_by(seen.threads) if seen.threads else None
    cancels = any(f.value("action") == OrderAction.CANCEL for _, f in pairs) or answered is not None
    context = Context(
        now=now,
        today=today(now),
        sent_on=seen.sent_on,
        origin=Origin(
            mail=seen.mail,
            sender=seen.sender,
            answerable=personal and known,
            message_id=seen.message_id,
            references=tuple(seen.threads[-10:]),
        ),
        authenticated=personal,
        known=known,
        policy=services.policy,
        ended_today=work.cases.ended_since(start_of(today(now))) if cancels else 0,
        population=work.records.population() if cancels else 0,
        answered=answered,
    )
    said = None
    if context.answered is not None and not forms:
        said = _reply_facts(services, work, context.answered, context, text)
    return MailFacts(context, forms, _bounced(work, seen.failed_ids), said)


def _reply_facts(
    services: Services, work: Work, case: Case, context: Context, text: str
) -> ReplyFacts | None:
    """Return what a reply says to the case's question, and the facts of the form it completes."""
    source = source_of(case, context)
    if source is None or case.inquiry is None or not case.inquiry.asked:
        return None
    reply = understand(services, work, case, text, context.origin.sender)
    filled = with_answers(case, reply, source) if is_open(case) else case
    form = filled.reading
    if form is None:
        return None
    return ReplyFacts(reply, _completed_facts(services, work, filled, form, context))


def _completed_facts(
    services: Services, work: Work, case: Case, form: FormReading, context: Context
) -> FormFacts:
    """Return the facts of a form that was completed since it came.

    Authority holds on the day it is answered, the signature's age on the day the form was sent.
    """
    sent = case.sent_on or context.sent_on
    facts = _form_facts(services, work, form, context.sent_on, sent)
    others = tuple(c for c in facts.others if c.id != case.id)
    return replace(facts, same=None, others=others)


def _form_facts(
    services: Services, work: Work, form: FormReading, on: date, sent: date
) -> FormFacts:
    """Return the facts of *form*, sent on *sent*, against the register as it is *on* a day."""
    now = services.clock()
    unit = form.text("unit")
    rows = work.managers.by_unit(name_key(unit)) if unit else ()
    register = Register(
        entries=tuple(r for r in rows if r.in_force(on)),
        known=bool(work.managers.source()),
    )
    person = person_of(form, now)
    record = work.records.get(person) if person is not None else None
    lost = record is not None and reports_loss(form)
    return FormFacts(
        judgement=judge(form, today=today(now), register=register, on=sent),
        register=register,
        person=person,
        record=record,
        namesake=_namesake(work, form, person, rows) if record is None else None,
        holder=card_facts.person_facts(services, work, record) if record and lost else None,
        same=work.cases.same_form(fingerprint(form)),
        others=work.cases.of_person(person) if person is not None else (),
    )


def _namesake(
    work: Work, form: FormReading, person: PersonId | None, rows: Iterable[ManagerEntry]
) -> Record | None:
    """Return a live record of the same name, near by, that has the other kind of number."""
    if person is None or form.value("action") != OrderAction.NEW:
        return None
    mail = form.text("mail")
    near = work.records.of_units(sorted({r.unit_id for r in rows}))
    near += work.records.by_mail(mail) if mail else ()
    name = name_key(f"{form.text('given_name') or ''} {form.text('surname') or ''}")
    for record in near:
        entry = record.entry
        same = name_key(f"{entry.given_name or ''} {entry.surname}") == name
        other = entry.person_id.is_coordination_number != person.is_coordination_number
        if same and other and record.status in (RecordStatus.PLANNED, RecordStatus.ACTIVE):
            return record
    return None


def _bounced(work: Work, message_ids: Iterable[str]) -> tuple[Bounced, ...]:
    """Return the letter that a bounce speaks of, with its case and its card."""
    row = work.outbox.answered_by(message_ids)
    if row is None or not isinstance(row.effect, SendLetter):
        return ()
    letter = row.effect.letter
    case = work.cases.get(row.case) if row.case is not None else None
    card = work.cards.get(letter.card) if letter.card is not None else None
    record = card_facts.record_of(work, card) if card is not None else None
    hidden = record is not None and record.entry.protected
    hidden |= card is not None and card.holder.protected
    return (Bounced(case, card, letter.kind, hidden),)


def event_facts(services: Services, work: Work, event: CaseEvent) -> EventFacts:
    """Return what the memory says about an event's case and person."""
    now = services.clock()
    case = _case_of(work, event)
    person = case.person if case is not None else None
    form, context = _correction(services, work, case, event)
    unit = _unit(case, work.records.get(person) if person is not None else None)
    manager = card_facts.manager_of(work, unit, today(now))
    card = _card(work, case)
    if isinstance(event, LetterFailed) and event.card is not None:
        card = work.cards.get(event.card)
    return EventFacts(
        now=now,
        today=today(now),
        case=case,
        parent=work.cases.get(case.parent) if case is not None and case.parent else None,
        record=work.records.get(person) if person is not None else None,
        returns_open=person is not None and returns_open(work, person),
        others=work.cases.of_person(person) if person is not None else (),
        form=form,
        context=context,
        policy=services.policy,
        cards=card_facts.of_person(work, person),
        card=card_facts.of_card(services, work, card) if card is not None else None,
        manager=manager.mail if manager is not None else "",
        superior=(manager.superior_mail or "") if manager is not None else "",
        stock_complete=card_facts.stock_complete(work),
        campaign=review_events.campaign_of(work, case),
        review=review_events.of_event(services, work, case, event),
        standing=standing.of(work, event.act) if isinstance(event, StaffUndone) else None,
    )


def day_facts(services: Services, work: Work, record: Record) -> EventFacts:
    """Return what bears on a record whose day has come."""
    now = services.clock()
    person = card_facts.person_facts(services, work, record)
    return EventFacts(
        now=now, today=today(now), case=None, record=record,
        returns_open=any(c.kind is Kind.CARD_RETURN for c in person.cases),
        others=person.cases, policy=services.policy, cards=person.cards, manager=person.manager,
        superior=person.superior, stock_complete=person.stock_complete,
    )  # fmt: skip


def _unit(case: Case | None, record: Record | None) -> str:
    """Return the id of the unit that the case, or the person's record, is about."""
    if case is not None and case.order is not None:
        return case.order.unit_id
    if case is not None and case.kind is Kind.DRIFT and case.plan is not None:
        return case.plan.after.unit_id or ""
    return (record.entry.unit_id or "") if record is not None else ""


def _card(work: Work, case: Case | None) -> Card | None:
    """Return the card that a case is about: named by it, or asked for by it."""
    if case is None:
        return None
    if case.card is not None:
        return work.cards.get(case.card)
    return next(iter(work.cards.of_case(case.id)), None) if case.id else None


def _correction(
    services: Services, work: Work, case: Case | None, event: CaseEvent
) -> tuple[FormFacts | None, Context | None]:
    """Return the facts of the form as a clerk corrects it, and the context to judge it in."""
    if case is None or not isinstance(event, StaffCorrected):
        return None, None
    filled = corrected(case, event)
    if filled.reading is None:
        return None, None
    context = _context(services, work, case.origin, case.sent_on or event.on)
    return _completed_facts(services, work, filled, filled.reading, context), context


def _context(services: Services, work: Work, origin: Origin, sent: date) -> Context:
    now = services.clock()
    return Context(
        now=now,
        today=today(now),
        sent_on=sent,
        origin=replace(origin, mail=None),
        authenticated=origin.answerable,
        known=origin.answerable,
        policy=services.policy,
        ended_today=work.cases.ended_since(start_of(today(now))),
        population=work.records.population(),
    )


def returns_open(work: Work, person: PersonId) -> bool:
    """Tell whether a card return of *person* is under way."""
    return any(
        c.kind is Kind.CARD_RETURN and c.status is not Status.DONE
        for c in work.cases.of_person(person)
    )


def _case_of(work: Work, event: CaseEvent) -> Case | None:
    return work.cases.get(event.case) if event.case else None
