"""A question was answered, by its manager or by a clerk, or by nobody: what follows. Pure.

The form's own signature covers what stood on it; what came afterwards is kept as ``Answered``,
and the whole is judged anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.answering import (
    Context,
    next_look,
    question,
    reply,
    reports_loss,
    to_clerks,
)
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Policy, Step
from bot.domain.doubting import questions
from bot.domain.events import StaffCorrected
from bot.domain.forms import FormReading, How, Verdict
from bot.domain.guards import FormFacts
from bot.domain.letters import HandedOver
from bot.domain.ordering import decide_opened, opened
from bot.domain.questions import Answered, Inquiry, Reply, completed, says_the_same, settle
from bot.domain.values import MailId, address_key

_MOST_QUOTED = 5  # lines of a reply that are quoted back
TRIES = 2  # replies from which nothing can be taken; then a clerk reads them


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """A reply as understood, and what the memory says about the form as it completes it."""

    reply: Reply
    form: FormFacts


def source_of(case: Case, context: Context) -> Answered | None:
    """Return who answers *case*, or None for somebody whose word does not count.

    The manager who sent the form counts, while in the register; and the office's own clerks.
    """
    if not context.authenticated:
        return None
    who = context.origin.sender
    mine = address_key(case.origin.sender) == address_key(who) != ""
    if mine and context.origin.answerable:
        return _source(How.REPLY, who, context.sent_on, context.origin.mail)
    if address_key(who) in {address_key(a) for a in context.policy.staff}:
        return _source(How.STAFF, who, context.sent_on, context.origin.mail)
    return None


def _source(how: How, by: str, on: date, mail: MailId | None) -> Answered:
    return Answered("", None, how, by, on, mail)


def is_open(case: Case) -> bool:
    """Tell whether the case's question can be answered: it is asked, or a clerk has it undecided.

    A case whose order is ready for release takes no answers: what was asked is settled.
    """
    waits = case.stage in (Stage.ASKED, Stage.STAFF) and not case.approvable
    inquiry = case.inquiry
    return waits and case.reading is not None and inquiry is not None and bool(inquiry.asked)


def with_answers(case: Case, given: Reply, source: Answered) -> Case:
    """Return *case* with what *given* settles: its answers, its questions, its form completed."""
    inquiry, form = case.inquiry, case.reading
    if inquiry is None or form is None:
        return case
    settled = settle(inquiry, case.answers, given, source)
    return replace(
        case,
        inquiry=replace(inquiry, asked=settled.asked),
        answers=settled.answers,
        reading=completed(form, settled.answers),
    )


def repeats(case: Case, given: Reply) -> bool:
    """Tell whether *given* only says again what was taken before."""
    inquiry = case.inquiry
    return inquiry is not None and says_the_same(case.answers, inquiry, given)


def decide_reply(case: Case, facts: ReplyFacts, context: Context, source: Answered) -> Step:
    """Return what a reply of *source* to the open question of *case* leads to."""
    filled = with_answers(case, facts.reply, source)
    if filled == case:
        return _nothing_taken(case, facts.reply, context, by=source.how)
    return carry_on(filled, facts.form, context, by=source.how, before=case)


def _nothing_taken(case: Case, given: Reply, context: Context, *, by: How) -> Step:
    inquiry = case.inquiry or Inquiry(context.today)
    tried = replace(inquiry, tries=inquiry.tries + 1)
    answered = _on(replace(case, inquiry=tried), context, by)
    if tried.tries >= TRIES:
        text = "Svaret på frågan gick inte att förstå, två gånger."
        return hand_over(answered, Reason("not_understood", text, "D"), context.policy, by=by)
    reason = Reason("unclear_reply", f"Svaret i M-{context.origin.mail} förstods inte.", "D")
    words = question(answered, unread=given.unread[:_MOST_QUOTED], again=True)
    if by is How.STAFF:
        effect = to_clerks(answered, "Svaret gick inte att förstå.", context.policy)
        return Step(replace(answered, why=reason), effect)
    asked = replace(tried, begun=context.today, rung=0)
    out = replace(
        answered, stage=Stage.ASKED, why=reason, inquiry=asked,
        remind_on=next_look(asked, context.policy),
    )  # fmt: skip
    return Step(out, (reply(out, words),))


def _on(case: Case, context: Context, by: How) -> Case:
    """Return the case with the reply noted; the thread goes on from it when it is the manager's."""
    note = ("Svar", f"M-{context.origin.mail}")
    noted = replace(case, details=(*(d for d in case.details if d != note), note))
    if by is not How.REPLY:
        return noted
    origin = replace(
        case.origin, message_id=context.origin.message_id, references=context.origin.references
    )
    return replace(noted, origin=origin)


def hand_over(case: Case, reason: Reason, policy: Policy, *, by: How) -> Step:
    """Return the case with staff, who get the question with its pictures; the manager is told."""
    held = replace(case, stage=Stage.STAFF, why=reason, remind_on=None)
    told = by is How.REPLY and case.origin.answerable
    effects = (reply(held, HandedOver()),) if told else ()
    return Step(held, (*effects, *to_clerks(held, reason.text, policy)))


def carry_on(
    case: Case, facts: FormFacts, context: Context, *, by: How, before: Case | None = None
) -> Step:
    """Return what follows now that the form of *case* is completed; *before* is how it stood."""
    old = before or case
    form = case.reading
    if form is None:
        return Step(case)
    noted = case if context.origin.mail is None else _on(case, context, by)
    local = _local(noted, context, by)
    sound = facts.judgement.verdict is Verdict.ACCEPT or facts.judgement.manual
    if by is How.STAFF and not sound:
        return Step(_still_open(noted, form, facts, local))
    step = decide_opened(_reopened(noted, form, facts, local), facts, local)
    answered = step.case
    if answered.stage is not Stage.ASKED:
        step = replace(step, case=replace(answered, remind_on=None))
    known = old.reading is not None and reports_loss(old.reading)
    kept = tuple(c for c in step.children if not (known and c.case.kind is Kind.LOSS))
    return replace(step, children=kept)


def _local(case: Case, context: Context, by: How) -> Context:
    """Return the context for the form's own manager, whoever has answered."""
    genuine = case.origin.answerable
    on = context.sent_on if by is How.REPLY else (case.sent_on or context.today)
    return replace(
        context, origin=case.origin, authenticated=genuine, known=genuine, sent_on=on,
        answered=None,
    )  # fmt: skip


def _reopened(case: Case, form: FormReading, facts: FormFacts, context: Context) -> Case:
    fresh = opened(form, facts, context)
    return replace(
        fresh, id=case.id, version=case.version, opened=case.opened, parent=case.parent,
        fingerprint=case.fingerprint, details=case.details, inquiry=case.inquiry,
        answers=case.answers, sent_on=case.sent_on, protected=case.protected or fresh.protected,
    )  # fmt: skip


def _still_open(case: Case, form: FormReading, facts: FormFacts, context: Context) -> Case:
    """Return a clerk's case with what is left to ask; nobody is written to."""
    fresh = _reopened(case, form, facts, context)
    kept = replace(
        fresh, stage=case.stage, why=Reason("corrected", "Rättat, men mer är oklart.", "D"),
        remind_on=case.remind_on,
    )  # fmt: skip
    if case.inquiry is None:
        return kept
    asked, put = questions(case, form, facts, context)
    return replace(kept, inquiry=replace(case.inquiry, asked=asked, points=put))


def corrected(case: Case, event: StaffCorrected) -> Case:
    """Return *case* with a clerk's values in its form, kept as the clerk's."""
    if case.reading is None:
        return case
    known = {a.key: a for a in case.answers}
    for key, value in event.values:
        known[key] = Answered(key, value, How.STAFF, event.by, event.on)
    answers = tuple(known.values())
    return replace(case, answers=answers, reading=completed(case.reading, answers))


def decide_unanswered(case: Case, policy: Policy, today: date) -> Step:
    """Return what follows on *today* for a question that nobody has answered.

    The manager is reminded, after an outage once; then staff get the case. It is never left.
    """
    inquiry = case.inquiry or Inquiry(case.sent_on or case.opened.date())
    after = policy.working_days.after
    if today >= after(inquiry.begun, policy.question_staff_day):
        text = f"Frågan är obesvarad sedan {inquiry.begun}."
        return hand_over(case, Reason("unanswered", text, "D"), policy, by=How.STAFF)
    reached = sum(today >= after(inquiry.begun, count) for count in policy.question_days)
    climbed = replace(inquiry, rung=max(reached, inquiry.rung))
    moved = replace(case, inquiry=climbed, remind_on=next_look(climbed, policy))
    if reached <= inquiry.rung or not inquiry.points:
        return Step(moved)
    rung = f"+{policy.question_days[reached - 1]}"
    return Step(moved, (reply(moved, question(moved, reminder=True), rung=rung),))
