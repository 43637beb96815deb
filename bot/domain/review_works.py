"""What an answer about a row leads to: a renewal, a planned end, a signed form, a move (S2, S3).

Makes the cases and letters; whether the answer counts is decided by ``review_answers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import guards
from bot.domain.answering import next_look
from bot.domain.calendar import add_years
from bot.domain.cards import LENT, CardKind
from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import CardStep, Step
from bot.domain.effects import SendLetter, WriteRecord
from bot.domain.endings import follow
from bot.domain.letters import Letter
from bot.domain.ordering import carry_out
from bot.domain.orders import Order, OrderAction
from bot.domain.questions import Inquiry
from bot.domain.records import Action, Change, Record, Status, ended
from bot.domain.review_facts import ReviewFacts, RowFacts
from bot.domain.review_letters import CancellationForm, Leaver, ReviewMoved
from bot.domain.review_lists import is_self
from bot.domain.review_reply import RowAnswer
from bot.domain.reviews import ReviewRow

_LIVE = (Status.PLANNED, Status.ACTIVE)


@dataclass(frozen=True, slots=True)
class Led:
    """What the answer of one row leads to: the row with what is remembered of it, and the rest."""

    row: ReviewRow
    work: Step | None = None
    beside: tuple[Step, ...] = ()
    cards: tuple[CardStep, ...] = ()
    note: str = ""
    leaver: Leaver | None = None


def led_to(row: ReviewRow, facts: ReviewFacts, origin: Origin) -> Led:
    """Return what the answer that *row* now bears leads to."""
    known = facts.of(row.row)
    record = known.record
    if record is None or record.status not in _LIVE:
        return Led(row)
    if known.ordered and row.answer in (RowAnswer.LEFT, RowAnswer.LEAVING):
        return Led(row, note="Avbeställningen har vi redan fått.")
    match row.answer:
        case RowAnswer.STAYS:
            return _still_here(_renewed(row, record, known, facts, origin), record, known)
        case RowAnswer.LEFT | RowAnswer.LEAVING if facts.rules.answer_counts and row.on:
            return _cancelled(row, record, facts, origin)
        case RowAnswer.LEFT | RowAnswer.LEAVING:
            return _leaver(row, record, known, facts, origin)
        case RowAnswer.MOVED:
            return _moved(row, record, known, facts, origin)
        case _:
            return Led(row)


def _case(
    kind: Kind, title: str, row: ReviewRow, record: Record, facts: ReviewFacts, origin: Origin,
    why: Reason,
) -> Case:  # fmt: skip
    entry = record.entry
    whom = f"{entry.full_name}, {entry.unit or ''}".rstrip(", ")
    return Case(
        kind=kind, stage=Stage.STAFF, title=f"{title}: {whom}",
        why=why, opened=facts.now, origin=origin, person=entry.person_id, record=record.id,
        protected=entry.protected, review=facts.review.id, campaign=facts.campaign.id,
        details=_details(row, facts),
    )  # fmt: skip


def _details(row: ReviewRow, facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Granskning", facts.review.handle),
        ("Rad", str(row.row)),
        ("Chefens ord", row.words),
        ("Sista dag", str(row.on) if row.on and row.answer is not RowAnswer.MOVED else ""),
        ("Till", row.to),
    )
    return tuple((k, v) for k, v in pairs if v)


def _renewed(
    row: ReviewRow, record: Record, known: RowFacts, facts: ReviewFacts, origin: Origin
) -> Led:
    """Renew a record that ends soon by one year; silence never does (domain §5)."""
    until = record.entry.valid_until
    if until is None or (until - facts.today).days > facts.rules.renew_within_days:
        return Led(row)
    if known.employed_to is not None and known.employed_to <= until:
        note = (
            f"Enligt blanketten slutar anställningen {until}. Förlängs den? Skicka blanketten "
            "som uppdatering."
        )
        return Led(row, note=note)
    later = add_years(until, 1)
    why = Reason("renewed", f"Chefen svarade att personen är kvar: gäller till {later}.", "S2")
    case = _case(Kind.RENEWAL, "Förlängning", row, record, facts, origin, why)
    return replace(
        _write(row, record, later, case, facts),
        note=_renewal_note(later, facts),
    )  # fmt: skip


def _still_here(led: Led, record: Record, known: RowFacts) -> Led:
    """Let go of the form that an earlier review asked for: the person stays, with the cards."""
    if known.awaited is None:
        return led
    why = Reason("stays", "Chefen svarade senare att personen är kvar.", "S2")
    gone = Step(replace(known.awaited, stage=Stage.REJECTED, why=why, remind_on=None))
    cards = follow(replace(known.person, record=record), None) if known.person is not None else ()
    return replace(led, beside=(*led.beside, gone), cards=(*led.cards, *cards))


def _renewal_note(until: date, facts: ReviewFacts) -> str:
    if facts.policy.approve_all:
        return f"Uppgifterna i EK gäller till och med {until} när en handläggare har godkänt det."
    return f"Uppgifterna i EK gäller nu till och med {until}."


def _write(
    row: ReviewRow, record: Record, until: date, case: Case, facts: ReviewFacts
) -> Led:  # fmt: skip
    """Return the case with the write that moves the record's last day."""
    change = Change(Action.MODIFY, record.entry, replace(record.entry, valid_until=until))
    planned = replace(case, plan=change, expected=record.catalogue_version)
    kept = replace(row, until_before=record.entry.valid_until, until_after=until)
    if facts.policy.approve_all:
        return Led(kept, Step(replace(planned, approvable=True)))
    approved = replace(planned, stage=Stage.APPROVED)
    return Led(kept, Step(approved, (WriteRecord(change, record.catalogue_version),)))


def _leaver(
    row: ReviewRow, record: Record, known: RowFacts, facts: ReviewFacts, origin: Origin
) -> Led:
    """Await the signed cancellation (S3); ask the cards back at once; plan a day to come."""
    until = record.entry.valid_until
    why = Reason("leaver", f"Chefen svarade i granskningen: ”{row.words}”.", "S3")
    inquiry = Inquiry(facts.today)
    asked = replace(origin, sender=facts.review.mail or origin.sender)  # who signs, not who told
    case = replace(
        _case(Kind.LEAVER, "Avbeställning väntas", row, record, facts, asked, why),
        stage=Stage.ASKED, inquiry=inquiry, remind_on=next_look(inquiry, facts.policy),
    )  # fmt: skip
    leaver = Leaver(
        record.entry.full_name, record.entry.unit or "", row.on, f"{facts.review.handle}/{row.row}",
        form_name(facts.review.handle, row.row), record.id,
    )  # fmt: skip
    if row.answer is RowAnswer.LEFT:
        return Led(row, Step(case), cards=_asked_back(row, record, known, facts), leaver=leaver)
    if row.on is None or (until is not None and until <= row.on):
        note = ""
        if row.on is not None and until is not None and until < row.on:
            note = (
                f"Uppgifterna i EK gäller bara till {until}. Arbetar personen längre? Skicka "
                "blanketten som uppdatering."
            )
        return Led(row, Step(case), note=note, leaver=leaver)
    planned = Reason("planned_end", f"Chefen svarade att personen slutar {row.on}.", "S2")
    end = _case(Kind.RENEWAL, "Planerat slut", row, record, facts, origin, planned)
    ending = _write(row, record, row.on, end, facts)
    beside = (ending.work,) if ending.work is not None else ()
    return Led(ending.row, Step(case), beside, leaver=leaver)


def of_row(led: Led) -> list[tuple[int | None, Step]]:
    """Return the work that a row's answer leads to: the row keeps the first, not what is beside."""
    own = [(led.row.row, led.work)] if led.work is not None else []
    return [*own, *((None, s) for s in led.beside)]


def with_forms(
    works: Sequence[tuple[int | None, Step]], leavers: Sequence[Leaver], facts: ReviewFacts,
    origin: Origin,
) -> tuple[tuple[int | None, Step], ...]:  # fmt: skip
    """Hang the letter with all prefilled forms on the first leaver's case."""
    if not leavers:
        return tuple(works)
    letter = forms(tuple(leavers), facts, origin)
    at = next(n for n, (_, s) in enumerate(works) if s.case.kind is Kind.LEAVER and not s.case.id)
    number, step = works[at]
    return (*works[:at], (number, replace(step, effects=(*step.effects, letter))), *works[at + 1 :])


def form_name(handle: str, row: int) -> str:
    """Return the file name of a prefilled form; it names nobody."""
    return f"avbestallning-{handle}-{row}.pdf"


def _asked_back(
    row: ReviewRow, record: Record, known: RowFacts, facts: ReviewFacts
) -> tuple[CardStep, ...]:
    """Ask for the cards that are with the person, at once; an order is left to the signed form."""
    if known.person is None:
        return ()
    gone = replace(record, entry=ended(record.entry, row.on or facts.today))
    steps = follow(replace(known.person, record=gone), OrderAction.CANCEL)
    return tuple(
        s
        for s in steps
        if s.card.status in LENT or (s.card.kind is CardKind.ORDINARY and s.card.due is not None)
    )


def _cancelled(row: ReviewRow, record: Record, facts: ReviewFacts, origin: Origin) -> Led:
    """End the record by the answer itself, where the office has chosen that."""
    entry, review = record.entry, facts.review
    order = Order(
        OrderAction.CANCEL, entry.person_id, entry.surname, entry.unit or "", entry.unit_id or "",
        review.name, facts.today, manager_mail=review.mail, given_name=entry.given_name,
        middle_name=entry.middle_name, last_day=row.on or facts.today,
        effective_from=None,
    )  # fmt: skip
    why = Reason("review_answer", f"Chefen svarade i granskningen: ”{row.words}”.", "S3")
    case = replace(
        _case(Kind.CANCEL, "Avbeställning", row, record, facts, origin, why), order=order,
        sent_on=facts.today,
    )  # fmt: skip
    if facts.policy.approve_all:
        return Led(row, Step(guards.held(case, order, record, why=why, today=facts.today)))
    step = carry_out(case, order, record, facts.today)
    return Led(row, replace(step, case=replace(step.case, why=why)))


def _moved(
    row: ReviewRow, record: Record, known: RowFacts, facts: ReviewFacts, origin: Origin
) -> Led:
    """Propose the person to the new manager; to staff where the words fit no single one."""
    target = known.target
    why = Reason("moved", f"Chefen svarade i granskningen: ”{row.words}”.", "S2")
    case = _case(Kind.MOVE, "Byter enhet", row, record, facts, origin, why)
    if target is not None and is_self(record, target.mail, (target.name,)):
        target = None  # nobody answers for himself
    if target is None:
        note = "Vi hittar inte den nya chefen i registret. En handläggare hör efter."
        return Led(row, Step(case), note=note)
    inquiry = Inquiry(facts.today)
    asked = replace(
        case, stage=Stage.ASKED, inquiry=inquiry, remind_on=next_look(inquiry, facts.policy),
        origin=Origin(origin.mail, target.mail, answerable=True),
    )  # fmt: skip
    letter = Letter((target.mail,), proposal(row, facts, target.unit))
    note = f"Vi frågar {target.name} på {target.unit}, som ska skicka blanketten som uppdatering."
    return Led(row, Step(asked, (SendLetter(letter),)), note=note)


def proposal(row: ReviewRow, facts: ReviewFacts, unit: str) -> ReviewMoved:
    """Return what the manager of *unit* is told of somebody who has moved there."""
    review = facts.review
    return ReviewMoved(
        f"{review.handle}/{row.row}", row.name, row.title, row.unit, review.name, unit, row.on,
        send_by=send_by(facts),
    )  # fmt: skip


def forms(leavers: tuple[Leaver, ...], facts: ReviewFacts, origin: Origin) -> SendLetter:
    """Return the letter with the prefilled forms, in the manager's thread."""
    thread = tuple(r for r in (*origin.references, origin.message_id) if r)
    content = CancellationForm(leavers, send_by=send_by(facts))
    to = facts.review.mail or origin.sender
    return SendLetter(
        Letter((to,), content, in_reply_to=origin.message_id, references=thread)
    )  # fmt: skip


def send_by(facts: ReviewFacts) -> date:
    """Return the day by which a form is asked for: the last reminder's."""
    policy = facts.policy
    days = policy.question_days[-1] if policy.question_days else policy.question_staff_day
    return policy.working_days.after(facts.today, days)
