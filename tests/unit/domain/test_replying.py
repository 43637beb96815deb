"""Replies to a question: carried on, asked again, handed over; reminders in their time."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases import Kind, Stage
from bot.domain.decision import Decision, IllegalStepError, Policy
from bot.domain.effects import SendLetter
from bot.domain.events import StaffCorrected
from bot.domain.following import decide_event
from bot.domain.forms import How
from bot.domain.inbound import MailFacts
from bot.domain.incoming import decide_mail
from bot.domain.letters import HandedOver, Question
from bot.domain.ordering import decide_form
from bot.domain.protection import gate
from bot.domain.questions import Answer, Inquiry, Reply, Said
from bot.domain.replying import (
    ReplyFacts,
    carry_on,
    corrected,
    decide_reply,
    decide_unanswered,
    is_open,
    repeats,
    source_of,
    with_answers,
)
from bot.domain.triage import Fit, Outcome, Route
from bot.domain.values import CaseId, MailId
from tests.builders import (
    PER_MAIL,
    TODAY,
    Unsure,
    a_case,
    a_context,
    a_form,
    a_mail,
    an_origin,
    event_facts,
    form_facts,
    letters,
    writes,
)

EVA = "eva.ek@jarfalla.example"
POLICY = Policy(staff=(EVA,))
YES = Reply((Answer(1, Said.YES),))
JUNK = Reply(unread=("ring mig",))


def asked(**values):
    """A case that was asked about, as it stands in the memory."""
    form = a_form(**(values or {"surname": Unsure("Öberg"), "phone": Unsure(None)}))
    step = decide_form(form, form_facts(form), a_context(policy=POLICY))
    assert step.case.stage is Stage.ASKED
    return replace(step.case, id=CaseId(7), version=1)


def context(sender=None, **values):
    origin = an_origin(mail=MailId(9), message_id="<svar@x.example>")
    if sender is not None:
        origin = replace(origin, sender=sender, answerable=False)
    return a_context(origin=origin, policy=POLICY, **values)


def replied(case, said, where=None):
    where = where or context()
    source = source_of(case, where)
    form = with_answers(case, said, source).reading
    return decide_reply(case, ReplyFacts(said, form_facts(form)), where, source)


def test_a_whole_answer_carries_the_order_out_and_says_where_values_came_from():
    said = Reply((Answer(1, Said.YES), Answer(2, Said.VALUE, "0701740699")))
    step = replied(asked(), said)
    assert step.case.stage is Stage.APPROVED
    assert (step.case.id, step.case.version) == (7, 1)
    assert writes(step)[0].change.after.phone == "0701740699"
    assert [(a.key, a.how, a.mail) for a in step.case.answers] == [
        ("surname", How.REPLY, 9), ("phone", How.REPLY, 9),
    ]  # fmt: skip
    assert step.case.remind_on is None
    assert step.case.origin.message_id == "<svar@x.example>"


def test_a_part_of_an_answer_asks_the_rest_under_its_own_number():
    step = replied(asked(), YES)
    (letter,) = letters(step)
    assert [p.number for p in letter.content.points] == [2]
    assert [line.label for line in letter.content.taken] == ["Efternamn"]
    assert step.case.inquiry.begun == TODAY
    assert step.case.inquiry.letters == 2


def test_a_reply_that_nobody_understands_is_asked_once_more_then_a_clerk_has_it():
    first = replied(asked(), JUNK)
    (letter,) = letters(first)
    assert letter.content.unread == ("ring mig",)
    assert first.case.stage is Stage.ASKED
    second = replied(replace(first.case, version=2), JUNK)
    assert (second.case.stage, second.case.why.rule) == (Stage.STAFF, "not_understood")
    told, clerks = letters(second)
    assert isinstance(told.content, HandedOver)
    assert clerks.to == (EVA,)
    assert clerks.content.staff


def test_an_answer_that_says_nothing_new_counts_as_not_understood():
    step = replied(asked(), Reply())
    (letter,) = letters(step)
    assert letter.content.again
    assert letter.content.unread == ()


def test_a_clerk_can_answer_in_the_managers_place_and_the_manager_hears_the_end():
    case = replace(asked(), stage=Stage.STAFF)
    said = Reply((Answer(1, Said.YES), Answer(2, Said.VALUE, "0701740699")))
    step = replied(case, said, context(EVA))
    assert step.case.stage is Stage.APPROVED
    assert {a.how for a in step.case.answers} == {How.STAFF}
    assert step.case.origin.sender == case.origin.sender


def test_a_clerk_who_answers_a_part_gets_no_letter_and_the_manager_none():
    case = replace(asked(), stage=Stage.STAFF)
    step = replied(case, YES, context(EVA))
    assert step.case.stage is Stage.STAFF
    assert step.effects == ()
    assert [p.number for p in step.case.inquiry.points] == [2]


def test_a_clerk_who_is_not_understood_is_told_and_nobody_else():
    case = replace(asked(), stage=Stage.STAFF)
    step = replied(case, JUNK, context(EVA))
    assert [letter.to for letter in letters(step)] == [(EVA,)]
    assert step.case.stage is Stage.STAFF


@pytest.mark.parametrize(
    "where",
    [
        context(PER_MAIL),
        context(authenticated=False),
        context("nagon@annan.example"),
        replace(context(), origin=an_origin(answerable=False)),
    ],
)
def test_only_the_manager_and_the_offices_own_clerks_can_answer(where):
    assert source_of(asked(), where) is None


def test_a_case_takes_no_answers_once_it_is_decided():
    case = asked()
    assert is_open(case)
    for closed in (
        replace(case, stage=Stage.APPROVED),
        replace(case, stage=Stage.STAFF, approvable=True),
        replace(case, inquiry=None),
        replace(case, inquiry=Inquiry(TODAY)),
        replace(case, reading=None),
    ):
        assert not is_open(closed)
    assert not repeats(replace(case, inquiry=None), YES)


def test_a_case_without_form_or_question_has_nothing_to_complete():
    source = source_of(asked(), context())
    for empty in (replace(asked(), inquiry=None), replace(asked(), reading=None)):
        assert with_answers(empty, YES, source) == empty
    bare = a_case(reading=None)
    facts = form_facts(a_form())
    assert carry_on(bare, facts, context(), by=How.REPLY).case == bare
    assert corrected(bare, StaffCorrected(CaseId(7), "eva", TODAY, ())) == bare
    lone = decide_reply(replace(asked(), inquiry=None), ReplyFacts(JUNK, facts), context(), source)
    assert lone.case.stage is Stage.ASKED


def test_a_loss_that_was_opened_with_the_form_is_not_opened_again_by_the_answer():
    case = asked(lost_on="2026-11-20", surname=Unsure("Öberg"))
    step = replied(case, YES)
    assert step.case.stage is Stage.APPROVED
    assert not [c for c in step.children if c.case.kind is Kind.LOSS]


def test_a_loss_that_the_answer_tells_of_is_opened_at_once():
    case = asked(lost_on=Unsure(None, "date"))
    step = replied(case, Reply((Answer(1, Said.VALUE, "2026-11-20"),)))
    assert [c.case.kind for c in step.children] == [Kind.LOSS]


def test_nothing_of_a_protected_person_leaves_when_the_answer_names_her():
    case = asked(person_id=Unsure(None))
    said = Reply((Answer(1, Said.VALUE, "198504272389"),))
    step = replied(case, said)
    from_gate = gate(_decision(step), {step.case.person})
    (held,) = from_gate.steps
    assert held.case.protected
    assert held.effects == ()
    assert from_gate.outcome is Outcome.WITH_STAFF


def _decision(step):
    return Decision(Outcome.APPLIED, step.case.why, (step,))


def test_the_gate_lets_no_question_through_with_its_pictures():
    case = replace(asked(), protected=True)
    reminder = decide_unanswered(case, POLICY, date(2026, 11, 26))
    assert gate(_decision(reminder), ()).steps[0].effects == ()
    late = decide_unanswered(case, POLICY, date(2026, 12, 7))
    assert late.effects == ()


@pytest.mark.parametrize(
    ("day", "letter", "then"),
    [
        (date(2026, 11, 25), None, date(2026, 11, 26)),
        (date(2026, 11, 26), "+3", date(2026, 12, 2)),
        (date(2026, 12, 2), "+7", date(2026, 12, 7)),
        (date(2026, 12, 4), "+7", date(2026, 12, 7)),
    ],
)
def test_the_manager_is_reminded_on_working_days_once_each(day, letter, then):
    step = decide_unanswered(asked(), POLICY, day)
    assert [x.rung for x in letters(step)] == ([letter] if letter else [])
    assert step.case.remind_on == then
    again = decide_unanswered(step.case, POLICY, day)
    assert letters(again) == []


def test_after_ten_working_days_a_clerk_has_it():
    step = decide_unanswered(asked(), POLICY, date(2026, 12, 7))
    assert (step.case.stage, step.case.why.rule) == (Stage.STAFF, "unanswered")
    (letter,) = letters(step)
    assert letter.to == (EVA,)
    assert isinstance(letter.content, Question)


def test_a_question_from_before_this_was_kept_is_handed_over_in_time_too():
    old = replace(asked(), inquiry=None, sent_on=None)
    assert decide_unanswered(old, POLICY, date(2026, 11, 30)).effects == ()
    assert decide_unanswered(old, POLICY, date(2026, 12, 30)).case.stage is Stage.STAFF


def correction(case, *values, form=None):
    event = StaffCorrected(CaseId(7), "eva", TODAY, values)
    filled = corrected(case, event) if case is not None else None
    reading = filled.reading if filled is not None else None
    facts = event_facts(
        case, form=form_facts(reading) if reading is not None else None,
        context=a_context(origin=an_origin(mail=None), policy=POLICY),
    )  # fmt: skip
    return decide_event(event, facts)


def test_a_clerks_correction_is_judged_like_a_form_and_kept_as_hers():
    decision = correction(asked(), ("surname", "Åberg"), ("phone", "0701740699"))
    (step,) = decision.steps
    assert step.case.stage is Stage.APPROVED
    assert {(a.key, a.by) for a in step.case.answers} == {("surname", "eva"), ("phone", "eva")}
    assert [e for e in step.effects if isinstance(e, SendLetter)] == []


def test_a_correction_that_leaves_something_open_stays_where_it_was():
    decision = correction(asked(), ("surname", "Åberg"))
    (step,) = decision.steps
    assert (step.case.stage, step.case.why.rule) == (Stage.ASKED, "corrected")
    assert [p.number for p in step.case.inquiry.points] == [2]
    assert step.effects == ()
    never = replace(asked(), inquiry=None, stage=Stage.STAFF)
    (kept,) = correction(never, ("surname", "Åberg")).steps
    assert kept.case.inquiry is None


@pytest.mark.parametrize("case", [a_case(reading=None), None])
def test_what_has_no_form_cannot_be_corrected(case):
    with pytest.raises(IllegalStepError):
        correction(case, ("surname", "Åberg"))


def mailed(case, said):
    """What a mail that answers *case* leads to, through the mail's own funnel."""
    where = replace(context(), answered=case)
    source = source_of(case, where)
    form = with_answers(case, said, source).reading
    facts = MailFacts(where, reply=ReplyFacts(said, form_facts(form)))
    return decide_mail(a_mail(), Fit(Route.REPLY, "reply", "Svar."), facts)


def test_a_mail_that_answers_has_the_outcome_of_its_case():
    whole = Reply((Answer(1, Said.YES), Answer(2, Said.VALUE, "0701740699")))
    assert mailed(asked(), whole).outcome is Outcome.APPLIED
    assert mailed(asked(), YES).outcome is Outcome.ASKED_BACK
    assert mailed(asked(), JUNK).outcome is Outcome.ASKED_BACK


def test_the_same_answer_to_a_settled_case_is_only_recorded_and_another_is_read():
    done = replace(replied(asked(surname=Unsure("Öberg")), YES).case, id=CaseId(7))
    same = mailed(done, YES)
    assert (same.outcome, same.why.rule, same.steps) == (Outcome.RECORDED, "same_answer", ())
    other = mailed(done, Reply((Answer(1, Said.VALUE, "Åberg"),)))
    assert other.outcome is Outcome.WITH_STAFF
