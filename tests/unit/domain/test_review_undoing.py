"""«ÅNGRA»: what an answer led to is taken back, as long as it can be; else a clerk sees to it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cards import Status as CardStatus
from bot.domain.cases import Kind, Reason, Stage
from bot.domain.records import Action, Status
from bot.domain.review_chase import decide_review_day
from bot.domain.review_facts import RowFacts
from bot.domain.review_reply import RowAnswer
from bot.domain.review_undoing import instead, undoing
from bot.domain.reviews import ReviewStatus, Said
from bot.domain.triage import Outcome
from bot.domain.values import MailId
from tests.builders import MARIA_MAIL, NOW, PER_MAIL, TODAY, an_origin, days
from tests.card_builders import CHIEF, OFFICE, a_card, a_loan, a_work, person_facts
from tests.review_builders import (
    SOON,
    UNDO_UNTIL,
    UNTIL,
    a_leaver,
    a_policy,
    a_reply,
    a_review,
    a_row,
    answer,
    answered,
    content,
    heard,
    letter,
    letters,
    only,
    record_of,
    review_facts,
    taken,
    work,
    works,
    writes,
)

STAYS, LEFT, LEAVING = RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.LEAVING
MOVED, UNCLEAR, OPEN = RowAnswer.MOVED, RowAnswer.UNCLEAR, RowAnswer.OPEN
LAST, RENEWED = date(2027, 1, 15), date(2027, 12, 31)
WHY = Reason("undone", "Prov.")


def said(*before, mail=3, by=MARIA_MAIL, until=UNDO_UNTIL, **values):
    return Said(MailId(mail), by, NOW, before, until, **values)


def after(*rows, others=(), **values):
    """Maria's review after her answer M-3, which gave *rows* of nothing before."""
    before = tuple(a_row(r.row) for r in rows)
    row = {"said": (said(*before),), "touched": TODAY, **values}
    return a_review(*rows, *others, **row)


def undone(review, *wanted, sender=MARIA_MAIL, today=TODAY, **values):
    facts = review_facts(review, today=today, **values)
    return answer(facts, a_reply(undo=wanted), sender=sender, mail=20)


def back(row, known, **values):
    facts = review_facts(a_review(row, a_row(2)), known={1: known}, **values)
    return undoing(row, facts, an_origin(), WHY)


# --- each consequence ----------------------------------------------------------------------------


def test_a_plain_stays_is_taken_back_with_nothing_to_undo():
    step = only(undone(after(answered(1), others=(a_row(2),))))
    assert step.review.rows == (a_row(1), a_row(2))
    assert (step.works, step.cards, writes(step)) == ((), (), [])
    assert step.review.said[0].undone
    assert letter(step).to == (MARIA_MAIL,)
    assert [(e.row, e.answer, e.was) for e in content(step).rows] == [(1, OPEN, STAYS)]


@pytest.mark.parametrize(
    ("row", "now"),
    [
        (answered(1, STAYS, until_before=SOON, until_after=RENEWED), RENEWED),
        (answered(1, LEAVING, on=LAST, until_before=UNTIL, until_after=LAST), LAST),
        (answered(1, LEAVING, on=LAST, until_before=None, until_after=LAST), LAST),
    ],
)
def test_the_record_gets_the_last_day_back_that_it_had(row, now):
    record = record_of(1, valid_until=now, catalogue_version="v7")
    step = only(undone(after(row, others=(a_row(2),)), known={1: record}))
    [write] = writes(step)
    assert (write.change.action, write.expected) == (Action.MODIFY, "v7")
    assert write.change.before == record.entry
    assert write.change.after.valid_until == row.until_before
    assert works(step) == [(None, Kind.RENEWAL, Stage.APPROVED)]
    assert step.review.rows[0] == a_row(1)


def test_a_last_day_that_somebody_has_moved_since_is_let_be():
    row = answered(1, STAYS, until_before=SOON, until_after=RENEWED)
    assert back(row, record_of(1, valid_until=RENEWED + days(5))).write is None


def test_where_a_clerk_approves_all_the_old_last_day_waits_for_one():
    row = answered(1, STAYS, until_before=SOON, until_after=RENEWED)
    known = record_of(1, valid_until=RENEWED)
    step = only(undone(after(row), known={1: known}, policy=a_policy(approve_all=True)))
    case = work(step, Kind.RENEWAL).case
    assert (case.stage, case.approvable, writes(step)) == (Stage.STAFF, True, [])
    assert case.plan.after.valid_until == SOON


@pytest.mark.parametrize("stage", [Stage.ASKED, Stage.STAFF, Stage.WAITS])
@pytest.mark.parametrize("kind", [Kind.LEAVER, Kind.MOVE, Kind.RENEWAL])
def test_what_waits_because_of_the_answer_is_closed(kind, stage):
    case = a_leaver(kind=kind, stage=stage)
    found = back(answered(1, LEFT, case=case.id), RowFacts(record_of(1), case=case))
    assert [(s.case.id, s.case.stage, s.case.remind_on) for s in found.works] == [
        (20, Stage.REJECTED, None)
    ]


@pytest.mark.parametrize("stage", [Stage.CONFIRMED, Stage.REJECTED, Stage.APPROVED])
def test_what_is_done_with_is_left_alone(stage):
    case = a_leaver(kind=Kind.RENEWAL, stage=stage)
    found = back(answered(1, STAYS, case=case.id), RowFacts(record_of(1), case=case))
    assert (found.works, found.stuck) == ((), "")


def test_a_planned_end_that_waits_for_a_clerk_beside_the_form_is_closed_too():
    case = a_leaver()
    pending = a_leaver(id=21, kind=Kind.RENEWAL, stage=Stage.STAFF, approvable=True)
    known = RowFacts(record_of(1), case=case, pending=(case, pending))
    row = answered(1, LEAVING, on=LAST, case=case.id, until_before=UNTIL, until_after=LAST)
    found = back(row, known)
    assert [(s.case.id, s.case.stage) for s in found.works] == [
        (20, Stage.REJECTED), (21, Stage.REJECTED),
    ]  # fmt: skip


def test_who_was_told_of_a_move_is_told_that_it_is_none():
    case = a_leaver(
        kind=Kind.MOVE, title="Byter enhet: Anna Öberg, Norr", origin=an_origin(sender=PER_MAIL)
    )
    step = only(
        undone(
            after(answered(1, MOVED, case=case.id)),
            known={1: RowFacts(record_of(1), case=case)},
        )
    )
    told = [x for x in letters(step) if x.to == (PER_MAIL,)]
    assert [(x.kind, x.content.moved, x.content.rows) for x in told] == [
        ("undone", "Anna Öberg", ())
    ]


@pytest.mark.parametrize(
    "case",
    [
        a_leaver(kind=Kind.MOVE, stage=Stage.STAFF),
        a_leaver(kind=Kind.MOVE, origin=an_origin(sender="")),
    ],
)
def test_nobody_is_told_of_a_move_that_nobody_was_told_of(case):
    [closed] = back(answered(1, MOVED), RowFacts(record_of(1), case=case)).works
    assert closed.effects == ()


def test_cards_that_were_asked_back_may_be_kept():
    gone = record_of(1)
    asked = a_card(due=TODAY, why="Anställningen upphör.", status=CardStatus.TO_RETURN)
    known = RowFacts(gone, person_facts(asked, record=gone))
    found = back(answered(1, LEFT, on=TODAY), known)
    assert [(c.card.status, c.card.due) for c in found.cards] == [(CardStatus.ACTIVATED, None)]


@pytest.mark.parametrize("said_before", [STAYS, LEAVING, MOVED])
def test_cards_that_nobody_asked_back_are_not_spoken_of(said_before):
    known = RowFacts(record_of(1), person_facts(a_card(due=TODAY, why="Anställningen upphör.")))
    assert back(answered(1, said_before), known).cards == ()


# --- what is stuck -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.ENDED, Status.CLOSED, Status.REMOVED])
@pytest.mark.parametrize(
    ("row", "stuck"),
    [(answered(1, LEFT), True), (answered(1, LEAVING), True), (answered(1), False)],
)
def test_a_record_that_has_ended_cant_be_brought_back_by_an_undo(status, row, stuck):
    found = back(row, record_of(1, status=status))
    assert found.stuck == ("posten är redan avslutad i katalogen" if stuck else "")
    assert found.works == ()


@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.CONFIRMED])
def test_a_cancellation_by_the_answer_itself_cant_be_taken_back(stage):
    case = a_leaver(kind=Kind.CANCEL, stage=stage)
    found = back(answered(1, LEFT), RowFacts(record_of(1), case=case))
    assert found.stuck == "avbeställningen i K-20 är redan genomförd"


def test_a_cancellation_that_waits_for_a_clerk_can():
    case = a_leaver(kind=Kind.CANCEL, stage=Stage.STAFF)
    found = back(answered(1, LEFT), RowFacts(record_of(1), case=case))
    assert (found.stuck, [s.case.stage for s in found.works]) == ("", [Stage.REJECTED])


def test_a_form_that_has_come_stands_and_a_clerk_sees_to_it():
    case = a_leaver(stage=Stage.LINKED)
    decision = undone(
        after(answered(1, LEFT, case=case.id), answered(2)),
        known={1: RowFacts(record_of(1), case=case)},
    )
    step = only(decision)
    assert [r.answer for r in step.review.rows] == [LEFT, OPEN]
    assert work(step, Kind.REVIEW).case.details[1][1].startswith("Anna Öberg: en underskriven")
    assert content(step).clerk == (
        "Anna Öberg: en underskriven blankett har redan kommit för K-20",
    )
    assert not step.review.said[0].undone


# --- which answer --------------------------------------------------------------------------------


def test_single_rows_can_be_taken_back_and_the_others_after_them():
    review = after(answered(1), answered(2, LEFT))
    first = only(undone(review, 2)).review
    assert [r.answer for r in first.rows] == [STAYS, OPEN]
    assert not first.said[0].undone
    second = only(undone(first, 1)).review
    assert [r.answer for r in second.rows] == [OPEN, OPEN]
    assert second.said[0].undone


def test_an_undo_twice_finds_nothing_the_second_time():
    once = only(undone(after(answered(1)))).review
    decision = undone(once)
    assert decision.outcome is Outcome.RECORDED
    assert decision.why.rule == "nothing_to_undo"
    assert (content(only(decision)).rows, content(only(decision)).late) == ((), False)
    assert only(decision).review == once


def test_an_undo_after_the_rows_were_undone_one_by_one_finds_the_answer_before():
    first = said(a_row(1), a_row(2), mail=2)
    stays = tuple(answered(n, via=MailId(2)) for n in (1, 2))
    review = a_review(
        answered(1, LEFT), answered(2, LEFT), said=(first, said(*stays)), touched=TODAY
    )
    for number in (1, 2):
        review = only(undone(review, number)).review
    assert [r.answer for r in review.rows] == [STAYS, STAYS]
    assert [r.answer for r in only(undone(review)).review.rows] == [OPEN, OPEN]


def test_a_row_of_an_earlier_answer_is_found_by_its_number():
    review = a_review(
        answered(1, via=MailId(2)), answered(2), said=(said(a_row(1), mail=2), said(a_row(2)))
    )
    step = only(undone(review, 1))
    assert [r.answer for r in step.review.rows] == [OPEN, STAYS]
    assert [s.undone for s in step.review.said] == [True, False]


def test_an_undo_takes_back_the_newest_answer_only():
    facts = review_facts(after(answered(1), others=(a_row(2),)))
    review = taken(facts, heard(2, STAYS), mail=4).review
    step = only(undone(review))
    assert [r.answer for r in step.review.rows] == [STAYS, OPEN]


def test_an_answer_that_a_clerk_has_changed_since_is_not_undone_by_the_manager():
    review = after(answered(1, LEFT, by=OFFICE, via=MailId(5)), others=(a_row(2),))
    step = only(undone(review))
    assert step.review.rows[0].answer is LEFT
    assert content(step).rows == ()


@pytest.mark.parametrize("sender", [CHIEF, PER_MAIL])
def test_nobody_takes_back_another_persons_answer(sender):
    decision = undone(after(answered(1)), sender=sender)
    assert decision.why.rule == "nothing_to_undo"
    assert only(decision).review.rows[0].answer is STAYS


def test_a_row_that_was_never_answered_is_for_a_clerk():
    decision = undone(after(answered(1), others=(a_row(2),)), 2)
    assert decision.outcome is Outcome.WITH_STAFF
    assert only(decision).review.rows[0].answer is STAYS


@pytest.mark.parametrize(("today", "late"), [(UNDO_UNTIL, False), (UNDO_UNTIL + days(1), True)])
def test_after_two_working_days_a_clerk_takes_it_back(today, late):
    decision = undone(after(answered(1, LEFT), others=(a_row(2),)), today=today)
    step = only(decision)
    assert (decision.outcome is Outcome.WITH_STAFF) is late
    assert content(step).late is late
    assert (step.review.rows[0].answer is LEFT) is late
    if late:
        case = work(step, Kind.REVIEW).case
        assert case.why.rule == "undo_late"
        assert dict(case.details)["Rad 1"] == "har slutat"


# --- back to an earlier answer -------------------------------------------------------------------


def changed(row, before, **values):
    """A review in which Maria gave *before* in M-2 and *row* in M-3."""
    earlier = replace(before, via=MailId(2))
    return a_review(
        row, a_row(2), said=(said(a_row(1), mail=2), said(earlier)), touched=TODAY, **values
    )


def test_back_to_an_earlier_left_the_form_is_awaited_again():
    review = changed(answered(1, STAYS), answered(1, LEFT, on=TODAY, case=a_leaver().id))
    card = a_card()
    known = RowFacts(record_of(1), person_facts(card, record=record_of(1)))
    step = only(undone(review, known={1: known}))
    row = step.review.rows[0]
    assert (row.answer, row.case) == (LEFT, None)
    assert works(step) == [(1, Kind.LEAVER, Stage.ASKED)]
    assert [x.kind for x in letters(step)[:2]] == ["undone", "cancellation_form"]
    assert [c.card.due for c in step.cards] == [TODAY]


def test_back_to_an_earlier_stays_the_record_is_renewed_again_in_one_write():
    leaving = answered(1, LEAVING, on=LAST, until_before=UNTIL, until_after=LAST, case=20)
    stays = answered(1, STAYS, until_before=SOON, until_after=RENEWED)
    record = record_of(1, valid_until=LAST)
    review = changed(replace(leaving, until_before=SOON), stays)
    step = only(undone(review, known={1: RowFacts(record, case=a_leaver())}))
    [write] = writes(step)
    assert (write.change.before, write.change.after.valid_until) == (record.entry, RENEWED)
    row = step.review.rows[0]
    assert (row.answer, row.until_before, row.until_after) == (STAYS, SOON, RENEWED)
    assert str(RENEWED) in content(step).rows[0].note


def test_a_new_day_of_somebody_who_left_asks_for_the_cards_by_it():
    record = record_of(1)
    loan = a_loan(due=TODAY, why="Anställningen upphör.", due_before=date(2026, 12, 18))
    known = RowFacts(record, person_facts(loan, record=record), case=a_leaver())
    left = answered(1, LEFT, on=TODAY - days(5), case=20)
    facts = review_facts(a_review(left, a_row(2)), known={1: known})
    found = instead(left, replace(left, on=TODAY - days(9)), facts, an_origin(), WHY)
    assert found.cards == ()
    kept = instead(left, replace(left, answer=STAYS, on=None), facts, an_origin(), WHY)
    assert [c.card.due for c in kept.cards] == [date(2026, 12, 18)]


def test_an_answer_in_the_place_of_one_that_is_stuck_changes_nothing():
    left = answered(1, LEFT)
    facts = review_facts(a_review(left), known={1: record_of(1, status=Status.ENDED)})
    found = instead(left, replace(left, answer=STAYS), facts, an_origin(), WHY)
    assert (found.led.row, found.works) == (left, ())


def test_an_answer_that_waits_for_a_clerk_leads_to_nothing_yet():
    stays = answered(1, STAYS, until_before=SOON, until_after=RENEWED)
    facts = review_facts(a_review(stays), known={1: record_of(1, valid_until=RENEWED)})
    wanted = replace(a_row(1), answer=LEAVING, on=LAST)
    found = instead(stays, wanted, facts, an_origin(), WHY, waits=True)
    assert (found.led.work, found.led.row) == (None, wanted)
    assert [s.case.plan.after.valid_until for s in found.works] == [SOON]


# --- what then -----------------------------------------------------------------------------------


def test_rows_that_are_open_again_are_reminded_of_from_today():
    review = after(
        answered(1), answered(2), status=ReviewStatus.ANSWERED, next_on=None, rung="5"
    )  # fmt: skip
    step = only(undone(review))
    assert (step.review.status, step.review.next_on) == (ReviewStatus.OPEN, TODAY)
    assert works(step) == []


def test_a_review_that_has_its_next_day_keeps_it():
    step = only(undone(after(answered(1), others=(a_row(2),))))
    assert step.review.next_on == a_review().next_on


@pytest.mark.parametrize(
    "values", [{"rung": "escalated", "status": ReviewStatus.ANSWERED}, {"mail": "", "name": ""}]
)
def test_what_nobody_is_reminded_of_any_more_is_given_to_staff(values):
    review = after(answered(1), answered(2), next_on=None, **values)
    step = only(undone(review))
    assert step.review.next_on is None
    assert work(step, Kind.REVIEW).case.why.rule == "review_unanswered"


def test_what_staff_have_in_hand_is_not_given_to_them_twice():
    review = after(answered(1), others=(a_row(2),), rung="escalated", next_on=None,
                   status=ReviewStatus.ESCALATED)  # fmt: skip
    step = only(undone(review, desk=(a_work(Kind.REVIEW, id=30),)))
    assert (works(step), step.review.status) == ([], ReviewStatus.ESCALATED)


def test_a_review_undone_after_its_last_rung_writes_no_letter_twice():
    review = after(answered(1), answered(2), rung="escalated", next_on=None,
                   status=ReviewStatus.ANSWERED)  # fmt: skip
    open_again = replace(only(undone(review)).review, next_on=TODAY)
    step = decide_review_day(review_facts(open_again))
    assert letters(step) == []
