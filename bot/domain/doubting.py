"""A form with faults: asked about by its manager, or a clerk's to settle. Decides no order."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answering import Context, ask, to_staff
from bot.domain.asking import asked_about, by_reply, plain, points
from bot.domain.cases import Case, Reason
from bot.domain.decision import Step
from bot.domain.forms import FormReading, Verdict
from bot.domain.guards import FormFacts
from bot.domain.judging import Judgement, judge
from bot.domain.labels import label
from bot.domain.letters import Point
from bot.domain.questions import Asked

MOST_LETTERS = 6  # about one form; then a clerk rings


def faulty(case: Case, facts: FormFacts, context: Context) -> Step | None:
    """Ask about a form with faults, by reply where that can settle them; None for a sound one."""
    if facts.judgement.verdict is Verdict.ACCEPT:
        return None
    if facts.judgement.manual:
        reason = Reason("manual_lane", "Kräver handläggare enligt blanketten.", "F")
        return to_staff(case, reason, context)
    faults = [p for p in facts.judgement.problems if p.code != "note"]
    fields = ", ".join(label(p.field or "") for p in faults)
    reason = Reason("incomplete", f"Saknas eller oklart: {fields}.", "D")
    form, before = case.reading, case.inquiry
    if form is None:  # a case that is judged always has its form
        return to_staff(case, reason, context)
    if before is not None and before.letters >= MOST_LETTERS:
        text = f"Frågan har ställts {before.letters} gånger. {reason.text}"
        return to_staff(case, replace(reason, rule="asked_often", text=text), context)
    asked, put = questions(case, form, facts, context)
    return ask(case, put, reason, context, asked=asked)


def questions(
    case: Case, form: FormReading, facts: FormFacts, context: Context
) -> tuple[tuple[Asked, ...], tuple[Point, ...]]:
    """Return what a reply can answer (nothing: a new form is needed) and the letter's points."""
    faults = [p for p in facts.judgement.problems if p.code != "note"]
    if not by_reply(form, faults):
        return (), plain(form, faults)

    def again(reading: FormReading) -> Judgement:
        return judge(reading, today=context.today, register=facts.register, on=case.sent_on)

    before = case.inquiry.asked if case.inquiry is not None else ()
    asked = asked_about(form, faults, before, again)
    return asked, points(form, faults, asked)
