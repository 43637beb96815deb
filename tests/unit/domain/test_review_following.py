"""What follows of a review's own work: the catalogue's answer, a clerk's yes, silence."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases import Kind, Reason, Stage
from bot.domain.decision import Decision, IllegalStepError, Policy
from bot.domain.effects import SendLetter
from bot.domain.events import (
    LetterFailed,
    RecordWritten,
    StaffDone,
    StaffRejected,
    WriteConflicted,
    WriteRefused,
)
from bot.domain.following import decide_event
from bot.domain.incoming import decide_mail
from bot.domain.protection import NEUTRAL, TITLE, gate
from bot.domain.questions import Inquiry
from bot.domain.records import Action, Change, Status
from bot.domain.review_chase import decide_review_day, release_case
from bot.domain.review_facts import ReleaseMail, ReviewMail, ReviewSpeaker, RowFacts
from bot.domain.review_following import approved, gathered, replanned, unanswered
from bot.domain.review_reply import RowAnswer
from bot.domain.reviews import CampaignState
from bot.domain.triage import Fit, Outcome, Route
from bot.domain.values import CaseId, MailId, RecordId
from tests.builders import (
    ANNA,
    BO,
    MARIA_MAIL,
    NOW,
    PER_MAIL,
    TODAY,
    a_cancellation,
    a_case,
    a_mail,
    an_origin,
    event_facts,
    mail_facts,
    person,
)
from tests.builders import (
    letters as letters_of,
)
from tests.builders import (
    writes as writes_of,
)
from tests.card_builders import OFFICE, a_card, person_facts
from tests.review_builders import (
    DAYS,
    SOON,
    a_campaign,
    a_leaver,
    a_policy,
    a_reply,
    a_review,
    a_row,
    answered,
    heard,
    letters,
    mail_context,
    only,
    record_of,
    review_facts,
    taken,
    work,
    works,
    writes,
)

STAYS, LEFT, LEAVING = RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.LEAVING
RENEWED = date(2027, 12, 31)
WHY = Reason("staff", "Släppt av Eva.")


def a_renewal(**values):
    """The approved case K-20 that renews Anna's record by a year."""
    record = record_of(1, valid_until=SOON)
    change = Change(Action.MODIFY, record.entry, replace(record.entry, valid_until=RENEWED))
    row = {
        "kind": Kind.RENEWAL, "stage": Stage.APPROVED, "plan": change, "expected": "v1",
        "remind_on": None, "title": "Förlängning: Anna Öberg", **values,
    }  # fmt: skip
    return a_leaver(**row)


def written(case, *, by_hand=False, cards=(), **values):
    record = record_of(1, valid_until=SOON)
    event = RecordWritten(case.id, case.plan, case.plan.after, "v2", by_hand=by_hand)
    facts = event_facts(case, record=record, cards=cards, policy=a_policy(), **values)
    return decide_event(event, facts)


# --- the catalogue answers -----------------------------------------------------------------------


def test_a_renewal_that_is_written_is_done_and_nobody_is_written_to():
    decision = written(a_renewal())
    [step] = decision.steps
    [record] = decision.records
    assert (step.case.stage, letters_of(step)) == (Stage.CONFIRMED, [])
    assert (record.entry.valid_until, record.catalogue_version) == (RENEWED, "v2")
    assert record.status is Status.ACTIVE


def test_a_card_asked_back_for_the_old_end_may_be_kept_after_a_renewal():
    asked = a_card(due=SOON, why="Anställningen upphör.")
    decision = written(a_renewal(), cards=(asked,))
    assert [c.card.due for c in decision.cards] == [None]


def test_a_renewal_by_hand_waits_for_the_clerk_who_types_it_in():
    decision = written(a_renewal(), by_hand=True)
    [step] = decision.steps
    [child] = step.children
    assert (step.case.stage, child.case.kind) == (Stage.APPROVED, Kind.BY_HAND)
    assert dict(child.case.details) == {"Gäller till och med": "2027-12-31"}
    parent = replace(step.case, version=2)
    done = decide_event(
        StaffDone(CaseId(30), "Eva"),
        event_facts(replace(child.case, id=CaseId(30)), parent=parent, record=record_of(1)),
    )
    assert [s.case.stage for s in done.steps] == [Stage.CONFIRMED, Stage.CONFIRMED]


def test_an_end_that_is_taken_away_by_hand_is_shown_as_none():
    case = a_renewal()
    plan = replace(case.plan, after=replace(case.plan.after, valid_until=None))
    decision = written(replace(case, plan=plan), by_hand=True)
    assert dict(decision.steps[0].children[0].case.details) == {"Gäller till och med": "–"}


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.CONFIRMED, Stage.STAFF])
def test_a_late_write_of_a_renewal_that_is_over_changes_nothing(stage):
    decision = written(a_renewal(stage=stage))
    assert (decision.why.rule, decision.steps, decision.records) == ("late_write", (), ())


def conflicted(case, seen, **values):
    event = WriteConflicted(case.id, "ändrad", seen=seen, version="v5")
    return decide_event(event, event_facts(case, record=record_of(1, valid_until=SOON), **values))


def test_a_renewal_that_conflicts_is_planned_anew_for_a_clerk():
    seen = record_of(1, valid_until=SOON, title="Chef").entry
    decision = conflicted(a_renewal(), seen)
    [step] = decision.steps
    case = step.case
    assert (case.stage, case.approvable, case.expected) == (Stage.STAFF, True, "v5")
    assert (case.plan.before, case.plan.after) == (seen, replace(seen, valid_until=RENEWED))
    assert decision.records[0].entry == seen
    assert decision.outcome is Outcome.WITH_STAFF
    released = decide_event(StaffDone(case.id, "Eva"), event_facts(case, record=record_of(1)))
    assert [w.expected for w in writes_of(released.steps[0])] == ["v5"]
    assert released.steps[0].case.stage is Stage.APPROVED


def test_a_renewal_that_the_catalogue_refuses_is_planned_on_what_we_know():
    case = a_renewal()
    event = WriteRefused(case.id, "nej")
    decision = decide_event(event, event_facts(case, record=record_of(1, catalogue_version="v8")))
    assert (decision.steps[0].case.stage, decision.steps[0].case.expected) == (Stage.STAFF, "v8")


def test_a_renewal_without_a_plan_can_only_be_seen_to_by_hand():
    bare = a_renewal(plan=None)
    held = replanned(bare, record_of(1).entry, "v2", WHY)
    assert (held.stage, held.approvable) == (Stage.STAFF, False)
    assert approved(bare, WHY) is None


# --- a clerk lets go -----------------------------------------------------------------------------


PREPARED = a_campaign(state=CampaignState.PREPARED, released=None, started=None, ends=None)
RELEASE = replace(release_case(PREPARED, NOW, 12, 3), id=CaseId(40), version=1)


def test_a_clerks_yes_lets_the_letters_go():
    facts = event_facts(RELEASE, campaign=PREPARED, policy=a_policy())
    decision = decide_event(StaffDone(RELEASE.id, "Eva"), facts)
    [campaign] = decision.campaigns
    assert (campaign.state, campaign.released_by) == (CampaignState.RUNNING, "Eva")
    assert (decision.steps[0].case.stage, decision.steps[0].case.closed) == (Stage.CONFIRMED, NOW)


@pytest.mark.parametrize("state", [s for s in CampaignState if s is not CampaignState.PREPARED])
def test_letters_are_let_go_once(state):
    facts = event_facts(RELEASE, campaign=a_campaign(state=state), policy=a_policy())
    decision = decide_event(StaffDone(RELEASE.id, "Eva"), facts)
    assert decision.campaigns == ()
    assert decision.steps[0].case.stage is Stage.CONFIRMED
    closed = replace(RELEASE, stage=Stage.CONFIRMED, closed=NOW)
    with pytest.raises(IllegalStepError):
        decide_event(StaffDone(RELEASE.id, "Eva"), event_facts(closed, campaign=PREPARED))


@pytest.mark.parametrize(
    ("go", "state", "lets"),
    [
        (True, CampaignState.PREPARED, True),
        (False, CampaignState.PREPARED, False),
        (True, CampaignState.RUNNING, False),
    ],
)
def test_a_clerks_reply_lets_the_letters_go_and_says_nothing_else(go, state, lets):
    campaign = replace(PREPARED, state=state)
    seen = a_mail(sender=OFFICE)
    facts = replace(
        mail_facts(seen, context=mail_context(OFFICE)),
        release=ReleaseMail(campaign, RELEASE, a_policy(), go),
    )
    decision = decide_mail(seen, Fit(Route.REVIEW, "test", "Prov."), facts)
    assert [c.released_by for c in decision.campaigns] == ([OFFICE] if lets else [])
    assert (decision.outcome is Outcome.APPLIED) is lets


# --- the brake -----------------------------------------------------------------------------------


def a_brake(**values):
    row = {"kind": Kind.BRAKE, "stage": Stage.STAFF, "approvable": True, "person": None,
           "record": None, "id": CaseId(50), **values}  # fmt: skip
    return a_leaver(**row)


def unbraked(*rows, known=None):
    facts = review_facts(a_review(*rows), known=known)
    case = a_brake()
    decision = decide_event(StaffDone(case.id, "Eva"), event_facts(case, review=facts))
    return decision, only(decision)


def test_an_answer_that_a_clerk_lets_go_leads_to_all_that_it_would_have():
    left, leaving = answered(1, LEFT, on=TODAY), answered(2, LEAVING, on=date(2027, 1, 15))
    record = record_of(1)
    known = {1: RowFacts(record, person_facts(a_card(), record=record))}
    decision, step = unbraked(left, leaving, known=known)
    assert works(step) == [
        (1, Kind.LEAVER, Stage.ASKED), (2, Kind.LEAVER, Stage.ASKED),
        (None, Kind.RENEWAL, Stage.APPROVED),
    ]  # fmt: skip
    [form] = [x for x in letters(step) if x.kind == "cancellation_form"]
    assert [p.name for p in form.content.people] == ["Anna Öberg", "Bo Kvist"]
    assert [w.change.after.valid_until for w in writes(step)] == [date(2027, 1, 15)]
    assert [c.card.due for c in step.cards] == [TODAY]
    assert step.review.rows[1].until_after == date(2027, 1, 15)
    assert [s.case.stage for s in decision.steps] == [Stage.CONFIRMED]


def test_only_what_the_brake_held_is_led_on():
    rows = (
        answered(1, LEFT, case=CaseId(20)),  # has its case already
        answered(2, LEFT, via=MailId(4)),  # of another mail
        answered(3, STAYS),
        a_row(4),  # undone meanwhile
    )
    _, step = unbraked(*rows)
    assert (step.works, step.review.rows) == ((), rows)


def test_who_has_ended_while_the_brake_held_leads_to_nothing():
    _, step = unbraked(answered(1, LEFT), known={1: record_of(1, status=Status.ENDED)})
    assert step.works == ()


@pytest.mark.parametrize("secret", [1, 2])
def test_who_became_protected_while_the_brake_held_is_for_named_staff_alone(secret):
    _, step = unbraked(
        answered(1, LEFT), answered(2, LEFT), known={secret: record_of(secret, protected=True)}
    )
    other = 3 - secret
    assert work(step, Kind.REVIEW_MANUAL).case.protected
    assert step.review.rows[secret - 1].manual
    assert work(step, Kind.LEAVER).case.record == other
    [form] = letters(step)
    assert [p.record for p in form.content.people] == [other]


def test_a_brake_that_is_refused_leads_to_nothing():
    case = a_brake()
    event = StaffRejected(case.id, "Eva", "fel")
    facts = event_facts(case, review=review_facts(a_review(answered(1, LEFT))))
    decision = decide_event(event, facts)
    assert decision.steps[0].case.stage is Stage.REJECTED
    assert [e for s in decision.steps for e in s.effects] == []


def test_a_lost_letter_marks_its_review():
    event = LetterFailed(None, 4, "review", (MARIA_MAIL,), "finns inte")
    decision = decide_event(event, event_facts(None, review=review_facts()))
    assert only(decision).review.bounced


# --- nobody sends the form -----------------------------------------------------------------------


def waited(case, day, policy=None):
    return unanswered(case, policy or Policy(working_days=DAYS), day)


ASKED = a_leaver(
    inquiry=Inquiry(TODAY), remind_on=DAYS.after(TODAY, 3),
    details=(("Granskning", "G-1"), ("Rad", "1"), ("Sista dag", "2026-11-20")),
)  # fmt: skip


def test_a_form_that_does_not_come_is_asked_for_twice_and_then_a_clerk_has_it():
    case, seen = ASKED, []
    for day in (DAYS.after(TODAY, n) for n in range(1, 15)):
        if case.remind_on is None or case.remind_on > day:
            continue
        step = waited(case, day)
        case = step.case
        seen += [(x.rung, x.content.send_by) for x in letters_of(step)]
    last = DAYS.after(TODAY, 10)
    assert seen == [("+3", last), ("+7", last)]
    assert (case.stage, case.why.rule, case.remind_on) == (Stage.STAFF, "form_missing", None)


def test_after_an_outage_only_the_last_request_goes():
    step = waited(ASKED, DAYS.after(TODAY, 8))
    assert [x.rung for x in letters_of(step)] == ["+7"]
    assert letters_of(waited(step.case, DAYS.after(TODAY, 9))) == []


def test_the_request_brings_the_form_anew_in_the_managers_thread():
    [asked] = letters_of(waited(ASKED, DAYS.after(TODAY, 3)))
    [leaver] = asked.content.people
    assert (leaver.name, leaver.unit, leaver.last_day) == (
        "Anna Öberg", "Hemtjänsten Norr", date(2026, 11, 20),
    )  # fmt: skip
    assert (leaver.handle, leaver.file, leaver.record) == (
        "G-1/1", "avbestallning-G-1-1.pdf", 1,
    )  # fmt: skip
    assert asked.content.reminder
    assert (asked.in_reply_to, asked.review) == ("<m3@x.example>", 1)


def test_a_last_day_that_nobody_said_is_left_open_on_the_form():
    bare = replace(ASKED, details=(("Granskning", "G-1"), ("Rad", "1")))
    [asked] = letters_of(waited(bare, DAYS.after(TODAY, 3)))
    assert asked.content.people[0].last_day is None


@pytest.mark.parametrize(
    "case",
    [
        replace(ASKED, kind=Kind.MOVE),
        replace(ASKED, protected=True),
        replace(ASKED, record=None),
    ],
)
def test_of_a_move_or_a_protected_person_nobody_is_reminded_and_a_clerk_has_it_in_time(case):
    step = waited(case, DAYS.after(TODAY, 3))
    assert (letters_of(step), step.case.stage) == ([], Stage.ASKED)
    assert step.case.remind_on == DAYS.after(TODAY, 7)
    late = waited(step.case, DAYS.after(TODAY, 10))
    assert (late.case.stage, late.case.remind_on) == (Stage.STAFF, None)


def test_a_case_that_does_not_know_when_it_was_asked_counts_from_today():
    step = waited(replace(ASKED, inquiry=None), TODAY)
    assert (letters_of(step), step.case.remind_on) == ([], DAYS.after(TODAY, 3))


def day_of(*cases, count=3):
    steps = [waited(c, DAYS.after(TODAY, count)) for c in cases]
    return [Decision(Outcome.ASKED_BACK, s.case.why, (s,)) for s in steps]


def test_who_owes_several_forms_by_one_answer_is_reminded_of_all_in_one_letter():
    second = a_leaver(2, id=CaseId(21), inquiry=Inquiry(TODAY), details=ASKED.details)
    one, two = gathered(day_of(ASKED, second))
    [letter] = letters_of(one.steps[0])
    assert [p.name for p in letter.content.people] == ["Anna Öberg", "Bo Kvist"]
    assert letters_of(two.steps[0]) == []
    assert [d.steps[0].case.remind_on for d in (one, two)] == [DAYS.after(TODAY, 7)] * 2


def test_forms_that_two_answers_led_to_are_asked_for_in_each_ones_thread():
    other = replace(ASKED, id=CaseId(21), origin=an_origin(message_id="<m4@x.example>"))
    seen = [letters_of(d.steps[0]) for d in gathered(day_of(ASKED, other))]
    assert [len(x) for x in seen] == [1, 1]


def test_a_day_without_letters_is_left_as_it_is():
    decisions = day_of(ASKED, replace(ASKED, kind=Kind.MOVE), count=1)
    assert gathered(decisions) == tuple(decisions)


# --- the signed form comes -----------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.ASKED, Stage.STAFF])
def test_a_signed_form_answers_the_case_that_awaits_it(stage):
    record = record_of(1)
    seen = a_mail(a_cancellation())
    awaited = replace(ASKED, stage=stage)
    facts = mail_facts(seen, record=record, others=(awaited,))
    decision = decide_mail(seen, Fit(Route.FORMS, "test", "Prov."), facts)
    linked = [c.case for s in decision.steps for c in s.children if c.case.id == awaited.id]
    assert [c.stage for c in linked] == [Stage.LINKED]


def test_a_form_that_comes_with_words_about_the_review_is_both():
    seen = a_mail(a_cancellation())
    review = ReviewMail(review_facts(), ReviewSpeaker.REVIEWER, a_reply(heard(2, STAYS)))
    facts = replace(mail_facts(seen, record=record_of(1)), review=review)
    decision = decide_mail(seen, Fit(Route.FORMS, "test", "Prov."), facts)
    assert (len(decision.steps), len(decision.reviews)) == (1, 1)


def test_a_form_with_words_that_speak_of_no_row_is_the_form_alone():
    seen = a_mail(a_cancellation())
    silent = a_reply(heard(1, RowAnswer.UNCLEAR, words="se bifogat"))
    review = ReviewMail(review_facts(), ReviewSpeaker.REVIEWER, silent)
    facts = replace(mail_facts(seen, record=record_of(1)), review=review)
    assert decide_mail(seen, Fit(Route.FORMS, "test", "Prov."), facts).reviews == ()


@pytest.mark.parametrize("route", [Route.PERSON, Route.REVIEW])
def test_words_about_a_review_are_taken_wherever_the_mail_goes(route):
    seen = a_mail()
    review = ReviewMail(review_facts(), ReviewSpeaker.REVIEWER, a_reply(heard(1, STAYS)))
    facts = replace(mail_facts(seen), review=review)
    decision = decide_mail(seen, Fit(route, "test", "Prov."), facts)
    assert only(decision).review.rows[0].answer is STAYS


# --- the gate ------------------------------------------------------------------------------------


def test_the_gate_lets_a_review_of_nobody_protected_pass_as_it_is():
    step = taken(review_facts(), heard(1, LEFT))
    from_gate = only(gate(decided(step), {person(BO)}))
    assert from_gate == step


def decided(step):
    return Decision(Outcome.APPLIED, WHY, reviews=(step,))


def test_the_gate_covers_the_work_and_the_cards_of_a_protected_row():
    record = record_of(1)
    known = RowFacts(record, person_facts(a_card(), record=record))
    step = taken(review_facts(known={1: known}), heard(1, LEFT, on=TODAY, words="slutat"))
    out = only(gate(decided(step), {person(ANNA)}))
    case = work(out, Kind.LEAVER).case
    assert (case.title, case.details, case.why.text) == (TITLE, (), NEUTRAL)
    assert (case.stage, case.protected) == (Stage.STAFF, True)
    assert [s.effects for n, s in out.works if n == 1] == [()]
    [card] = out.cards
    assert (card.card.holder.protected, card.effects) == (True, ())


def test_a_days_work_by_hand_is_covered_by_the_gate():
    step = decide_review_day(review_facts(known={1: record_of(1, protected=True)}))
    case = work(only(gate(decided(step), {person(ANNA)})), Kind.REVIEW_MANUAL).case
    assert (case.title, case.person, case.record) == (TITLE, person(ANNA), RecordId(1))


def test_a_write_of_a_protected_person_is_left_to_named_staff():
    step = taken(review_facts(known={1: record_of(1, valid_until=SOON)}), heard(1, STAYS))
    out = only(gate(decided(step), {person(ANNA)}))
    assert writes(out) == []
    assert work(out, Kind.RENEWAL).case.stage is Stage.STAFF


def test_the_origin_of_a_case_that_a_move_gave_is_the_new_manager():
    case = a_case(kind=Kind.MOVE, origin=an_origin(sender=PER_MAIL))
    effects = waited(replace(case, inquiry=Inquiry(TODAY)), DAYS.after(TODAY, 3)).effects
    assert [e for e in effects if isinstance(e, SendLetter)] == []
