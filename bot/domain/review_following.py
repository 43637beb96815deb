"""What follows of a review's own work: a write that was made, a clerk's release, silence. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.answering import next_look
from bot.domain.card_facts import PersonFacts
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import CardStep, Decision, Policy, ReviewStep, Step
from bot.domain.effects import Effect, SendLetter, WriteRecord
from bot.domain.endings import follow
from bot.domain.entries import status_on
from bot.domain.events import RecordWritten
from bot.domain.letters import Letter
from bot.domain.questions import Inquiry
from bot.domain.records import Entry, Record
from bot.domain.review_chase import released
from bot.domain.review_desk import asked_again, by_hand
from bot.domain.review_facts import ReviewFacts
from bot.domain.review_letters import CancellationForm, EchoRow, Leaver, ReviewEcho
from bot.domain.review_reply import RowAnswer
from bot.domain.review_undoing import undoing
from bot.domain.review_works import form_name, led_to, of_row, with_forms
from bot.domain.reviews import Campaign, settled
from bot.domain.triage import Outcome

_ENDING = (RowAnswer.LEFT, RowAnswer.LEAVING)

BY_HAND = "Katalogen kan inte skrivas av programmet."


def written(
    case: Case, event: RecordWritten, record: Record, person: PersonFacts, others: Iterable[Case]
) -> Decision:
    """Return a record as an answer has moved its last day; the cards follow it."""
    moved = replace(
        record, entry=event.entry, status=status_on(event.entry, person.today),
        catalogue_version=event.version,
    )  # fmt: skip
    steps = follow(replace(person, record=moved), None)
    if event.by_hand:
        by_hand = Case(
            kind=Kind.BY_HAND, stage=Stage.STAFF, title=f"Skriv in i katalogen: {case.title}",
            why=Reason("worklist", BY_HAND, "F"),
            opened=person.now, origin=case.origin, person=case.person, parent=case.id,
            details=(("Gäller till och med", str(event.entry.valid_until or "–")),),
        )  # fmt: skip
        step = Step(case, children=(Step(by_hand), *_overtaken(case, others)))
    else:
        step = Step(replace(case, stage=Stage.CONFIRMED))
    return Decision(Outcome.APPLIED, case.why, (step,), (moved,), steps)


def _overtaken(case: Case, others: Iterable[Case]) -> Iterable[Step]:
    """Close what was still to be typed in for an earlier answer: this write takes its place."""
    known = tuple(others)
    before = {
        c.id: c for c in known
        if c.kind is Kind.RENEWAL and c.stage is Stage.APPROVED and c.id != case.id
    }  # fmt: skip
    why = Reason("replaced", f"Ersatt av {case.handle}.", "D")
    for typing in known:
        parent = before.get(typing.parent) if typing.parent is not None else None
        if typing.kind is Kind.BY_HAND and typing.closed is None and parent is not None:
            yield Step(replace(typing, stage=Stage.LINKED, why=why))
            yield Step(replace(parent, stage=Stage.LINKED, why=why))


def replanned(case: Case, seen: Entry, version: str, why: Reason) -> Case:
    """Return a renewal for a clerk to release, planned on what the catalogue now holds."""
    plan = case.plan
    if plan is None:
        return replace(case, stage=Stage.STAFF, why=why, approvable=False)
    change = replace(plan, before=seen, after=replace(seen, valid_until=plan.after.valid_until))
    return replace(
        case, stage=Stage.STAFF, why=why, plan=change, expected=version, approvable=True
    )  # fmt: skip


def approved(case: Case, reason: Reason) -> Decision | None:
    """Return a renewal that a clerk has released; None where there is nothing to write."""
    if case.plan is None:
        return None
    out = replace(case, stage=Stage.APPROVED, why=reason, approvable=False)
    return Decision(Outcome.APPLIED, reason, (Step(out, (WriteRecord(case.plan, case.expected),)),))


def let_go(
    case: Case, campaign: Campaign, policy: Policy, *, by: str, now: datetime, reason: Reason
) -> Decision:
    """Return the campaign whose letters a clerk has let go."""
    done = Step(replace(case, stage=Stage.CONFIRMED, why=reason, closed=now, approvable=False))
    out = released(campaign, policy, by=by, now=now)
    return Decision(Outcome.APPLIED, reason, (done,), campaigns=(out,))


def not_approved(case: Case, facts: ReviewFacts, why: str) -> tuple[Effect, ...]:
    """Tell the manager that a clerk has refused the last day that her answer led to."""
    review, origin = facts.review, case.origin
    row = next((r for r in review.rows if r.record == case.record and not r.manual), None)
    record = facts.of(row.row).record if row is not None else None
    if row is None or record is None or record.entry.protected or not origin.sender:
        return ()
    note = f"En handläggare godkände inte den nya sista dagen ({why}). "
    note += f"Uppgifterna i EK gäller till och med {record.entry.valid_until}."
    shown = EchoRow(row.row, row.name, row.answer, row.on, row.to, note=note)
    thread = tuple(r for r in (*origin.references, origin.message_id) if r)
    content = ReviewEcho(review.handle, (shown,))
    letter = Letter((origin.sender,), content, in_reply_to=origin.message_id, references=thread,
                    review=review.id)  # fmt: skip
    return (SendLetter(letter),)


OF_ROWS = frozenset({Kind.BRAKE, Kind.LEAVER, Kind.MOVE})
ABOUT_ROWS = OF_ROWS | {Kind.RENEWAL}


def refused(case: Case, facts: ReviewFacts, reason: Reason) -> Decision:
    """Return the rows whose answer a clerk has refused, open again, what they led to undone.

    The manager is asked anew by the next reminder, or by staff where none is left.
    """
    review, origin = facts.review, case.origin
    held = case.kind is Kind.BRAKE
    mine = [
        r for r in review.rows
        if r.case == case.id or (held and r.case is None and r.via == origin.mail
                                 and r.answer in _ENDING)
    ]  # fmt: skip
    works: list[tuple[int | None, Step]] = []
    cards: list[CardStep] = []
    told: list[Effect] = []  # whoever was asked because of it
    for row in mine:
        back = undoing(row, facts, origin, reason)
        works += [(None, s) for s in back.works if s.case.id != case.id]
        told += [e for s in back.works if s.case.id == case.id for e in s.effects]
        works += [(None, back.write)] if back.write is not None else []
        cards += back.cards
    opened = review.with_rows(tuple(r.reset() for r in mine))
    after = replace(opened, status=settled(opened))
    after, more = asked_again(after, facts, origin)
    works += more
    gone = Step(replace(case, stage=Stage.REJECTED, why=reason, closed=facts.now, remind_on=None,
                        approvable=False), tuple(told))  # fmt: skip
    step = ReviewStep(after, works=tuple(works), cards=tuple(cards), said="answer refused by staff")
    return Decision(Outcome.APPLIED, reason, (gone,), reviews=(step,))


def unbraked(case: Case, facts: ReviewFacts, reason: Reason) -> Decision:
    """Return what an answer that was held leads to, now that a clerk has released it."""
    origin = case.origin
    wanted = [
        r for r in facts.review.rows
        if r.answer in _ENDING and r.via == origin.mail and r.case is None
    ]  # fmt: skip
    hidden = [r for r in wanted if facts.of(r.row).hidden]
    led = [led_to(r, facts, origin) for r in wanted if r not in hidden]
    works = [w for one in led for w in of_row(one)]
    leavers = [one.leaver for one in led if one.leaver is not None]
    manual = tuple(replace(r.reset(), manual=True) for r in hidden)
    step = ReviewStep(
        facts.review.with_rows((*(one.row for one in led), *manual)),
        works=(
            *with_forms(works, leavers, facts, origin),
            *((r.row, by_hand(r, facts)) for r in hidden),
        ),
        cards=tuple(c for one in led for c in one.cards), said="released by staff",
    )  # fmt: skip
    done = Step(replace(case, stage=Stage.CONFIRMED, why=reason, approvable=False))
    return Decision(Outcome.APPLIED, reason, (done,), reviews=(step,))


def unanswered(case: Case, policy: Policy, today: date) -> Step:
    """Return what follows when a signed form, or a new manager's form, has not come.

    Reminded as a question is, then with staff: it is never left.
    """
    if policy.review.is_quiet(today):  # nobody is reminded of a review then
        return Step(replace(case, remind_on=policy.review.open_from(today, policy.working_days)))
    inquiry = case.inquiry or Inquiry(today)
    after = policy.working_days.after
    if today >= after(inquiry.begun, policy.question_staff_day):
        text = f"Blanketten har inte kommit sedan {inquiry.begun}."
        held = replace(
            case, stage=Stage.STAFF, why=Reason("form_missing", text, "S3"), remind_on=None
        )  # fmt: skip
        return Step(held)
    reached = sum(today >= after(inquiry.begun, count) for count in policy.question_days)
    climbed = replace(inquiry, rung=max(reached, inquiry.rung))
    moved = replace(case, inquiry=climbed, remind_on=next_look(climbed, policy))
    content = reminder(case, after(inquiry.begun, policy.question_staff_day))
    if reached <= inquiry.rung or content is None:
        return Step(moved)
    origin = case.origin
    thread = tuple(r for r in (*origin.references, origin.message_id) if r)
    letter = Letter(
        (origin.sender,), content, in_reply_to=origin.message_id, references=thread,
        rung=f"+{policy.question_days[reached - 1]}", review=case.review,
    )  # fmt: skip
    return Step(moved, (SendLetter(letter),))


def gathered(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the day's decisions with one letter for all forms that one answer led to.

    Each case keeps its own clock; who owes twenty forms is written to once, not twenty times.
    """
    first: dict[object, int] = {}
    done = list(decisions)
    for n, decision in enumerate(decisions):
        letter = _asks_for_form(decision)
        if letter is None or not isinstance(letter.content, CancellationForm):
            continue
        at = first.setdefault((letter.to, letter.review, letter.rung, letter.in_reply_to), n)
        kept = _asks_for_form(done[at])
        if at == n or kept is None or not isinstance(kept.content, CancellationForm):
            continue
        people = (*kept.content.people, *letter.content.people)
        whole = replace(kept, content=replace(kept.content, people=people))
        done[at] = _with_effects(done[at], (SendLetter(whole),))
        done[n] = _with_effects(decision, ())
    return tuple(done)


def _asks_for_form(decision: Decision) -> Letter | None:
    """Return the letter of a decision that only asks once more for a signed form."""
    if len(decision.steps) != 1 or len(decision.steps[0].effects) != 1:
        return None
    effect = decision.steps[0].effects[0]
    asks = isinstance(effect, SendLetter) and isinstance(effect.letter.content, CancellationForm)
    return effect.letter if isinstance(effect, SendLetter) and asks else None


def _with_effects(decision: Decision, effects: tuple[Effect, ...]) -> Decision:
    return replace(decision, steps=(replace(decision.steps[0], effects=effects),))


def reminder(case: Case, send_by: date) -> CancellationForm | None:
    """Return the letter that asks once more for a leaver's signed form."""
    if case.kind is not Kind.LEAVER or case.record is None or case.protected:
        return None
    rows = dict(case.details)
    row = rows.get("Rad", "")
    handle = rows.get("Granskning", "")
    name, _, unit = case.title.partition(": ")[2].partition(", ")
    last = rows.get("Sista dag")
    leaver = Leaver(
        name, unit, date.fromisoformat(last) if last else None, f"{handle}/{row}",
        form_name(handle, int(row)), case.record,
    )  # fmt: skip
    return CancellationForm((leaver,), reminder=True, send_by=send_by)
