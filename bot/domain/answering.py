"""How a case is answered: carried out, asked back, handed to staff; the words of the next steps.

Decides nothing about an order: ``ordering`` does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.asking import lines as lines_of
from bot.domain.cases import Case, Kind, Origin, Priority, Reason, Stage
from bot.domain.decision import Policy, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.entries import lines
from bot.domain.forms import FormReading
from bot.domain.labels import label
from bot.domain.letters import Applied, Content, HandedOver, Letter, Point, Question
from bot.domain.orders import Order, OrderAction
from bot.domain.questions import Asked, Inquiry
from bot.domain.values import masked


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the whole mail."""

    now: datetime
    today: date
    sent_on: date
    origin: Origin
    authenticated: bool
    known: bool  # the sender is a manager or deputy in the register
    policy: Policy
    ended_today: int = 0  # before this mail
    batch_endings: int = 0  # records that this mail would end, or end sooner
    population: int = 0
    answered: Case | None = None  # the case whose question this mail answers


def reply(case: Case, content: Content, *, rung: str = "") -> Effect:
    """Return a letter that answers the mail the case came from; *rung* names a reminder."""
    references = (*case.origin.references, case.origin.message_id)
    return SendLetter(
        Letter(
            (case.origin.sender,),
            content,
            in_reply_to=case.origin.message_id,
            references=tuple(r for r in references if r),
            rung=rung,
        )
    )


def applied(case: Case, order: Order, *, planned_for: date | None = None) -> Effect:
    """Return the letter that tells the manager what now stands in the catalogue."""
    shown = lines(case.plan) if case.plan is not None else ()
    content = Applied(
        action=order.action.value,
        name=" ".join(n for n in (order.given_name, order.middle_name, order.surname) if n),
        unit=order.unit,
        lines=shown,
        next_steps=_next_steps(case, order),
        planned_for=planned_for,
        corrected=case.why.rule == "correction",
        given=lines_of(case.answers),
    )
    return reply(case, content)


def to_staff(case: Case, reason: Reason, context: Context) -> Step:
    """Return the case with staff; a manager whom we know is told that a clerk takes it."""
    held = replace(case, stage=Stage.STAFF, why=reason)
    effects = (reply(held, HandedOver()),) if case.origin.answerable else ()
    return Step(held, effects, children=losses(held, context))


def ask(
    case: Case, points: tuple[Point, ...], reason: Reason, context: Context, *,
    asked: tuple[Asked, ...] = (),
) -> Step:  # fmt: skip
    """Return the case asked back to the manager, point by point.

    *asked* are the points that a reply can answer; none when only a new form can.
    """
    before = case.inquiry
    inquiry = Inquiry(
        context.today, points, asked, letters=1 + (before.letters if before is not None else 0)
    )
    out = replace(
        case, stage=Stage.ASKED, why=reason, inquiry=inquiry,
        remind_on=next_look(inquiry, context.policy),
    )  # fmt: skip
    content = question(out)
    return Step(out, (reply(out, content),), children=losses(out, context))


def question(
    case: Case, *, unread: tuple[str, ...] = (), again: bool = False, reminder: bool = False,
    staff: str = "",
) -> Question:  # fmt: skip
    """Return the question of *case* as it stands, for its manager or (*staff*: why) for a clerk."""
    inquiry = case.inquiry
    asked = inquiry.asked if inquiry is not None else ()
    points = inquiry.points if inquiry is not None else ()
    form = case.reading
    unsigned = any(p.field == "signed" for p in case.problems)
    return Question(
        file=case.origin.file,
        name="" if case.protected else _name(case),
        points=points,
        by_reply=bool(asked),
        sign=form is not None and unsigned,
        again=again,
        unread=tuple(masked(word) for word in unread),
        taken=lines_of(case.answers),
        reminder=reminder,
        staff=staff,
        free=inquiry is not None and inquiry.free,
    )


def _name(case: Case) -> str:
    return full_name(case.order) if case.order is not None else ""


def next_look(inquiry: Inquiry, policy: Policy) -> date:
    """Return the day on which an unanswered question moves: the next reminder, then staff."""
    rungs = (*policy.question_days, policy.question_staff_day)
    count = rungs[min(inquiry.rung, len(rungs) - 1)]
    return policy.working_days.after(inquiry.begun, count)


def to_clerks(case: Case, why: str, policy: Policy) -> tuple[Effect, ...]:
    """Return the question as the office's own clerks get it, with the same pictures."""
    inquiry = case.inquiry
    if not policy.staff or case.protected or inquiry is None or not inquiry.asked:
        return ()
    return (SendLetter(Letter(policy.staff, question(case, staff=why))),)


def losses(case: Case, context: Context) -> tuple[Step, ...]:
    """Open a loss at once, whatever else is wrong with the form (routine S8)."""
    form = case.reading
    if form is None or not reports_loss(form):
        return ()
    return (loss(case, context.now),)


def reports_loss(form: FormReading) -> bool:
    """Tell whether the form says that a card is lost, surely or not."""
    reasons = form.value("reserve_reasons")
    return (
        form.value("lost_on") is not None
        or form.value("card_status") == "replaces_lost"
        or (isinstance(reasons, tuple) and "lost_card" in reasons)
    )


def loss(case: Case, now: datetime) -> Step:
    """Return the urgent case that has the lost card blocked."""
    form = case.reading
    day = form.text("lost_on") if form is not None else None
    number = form.text("card_number") if form is not None else None
    police = form.text("police_reference") if form is not None else None
    facts = (("Förlorat", day), ("Kortnummer", number), ("Polisanmälan", police))
    return Step(
        Case(
            kind=Kind.LOSS, stage=Stage.STAFF, priority=Priority.URGENT,
            title=f"Spärra förlorat kort: {case.title.partition(': ')[2]}",
            why=Reason("loss", "Blanketten anmäler ett förlorat kort.", "S8"),
            opened=now, origin=case.origin, person=case.person, protected=case.protected,
            details=tuple((k, v) for k, v in facts if v),
        )
    )  # fmt: skip


def full_name(order: Order) -> str:
    """Return the names on the order in the order in which they are spoken."""
    return " ".join(n for n in (order.given_name, order.middle_name, order.surname) if n)


def _next_steps(case: Case, order: Order) -> tuple[str, ...]:
    steps = [f"{label(p.field or '')}: {p.text}" for p in case.problems if p.code == "note"]
    if order.action is OrderAction.CANCEL:
        if order.end_reason == "moves":
            steps.append(
                "Be den nya chefen att skicka en uppdatering före sista dagen. Då får personen "
                "behålla sitt e-tjänstekort."
            )
        else:
            steps.append("Kortet ska klippas sönder och lämnas till Lokala EK.")
        return tuple(steps)
    if order.card_order:
        steps.append(
            "Vi beställer e-tjänstekortet hos regionen. Personen får sedan veta hur man bokar tid."
        )
    if order.reserve_order:
        steps.append("Vi hör av oss om när reservkortet kan hämtas hos Lokala EK.")
    if order.lost_on is not None or order.card_status == "replaces_lost":
        steps.append(
            "Det förlorade kortet spärras. Gör en polisanmälan om det inte redan är gjort."
        )
    if order.action is OrderAction.NEW:
        steps.append("Var tredje månad frågar vi dig om personen arbetar kvar.")
    return tuple(steps)
