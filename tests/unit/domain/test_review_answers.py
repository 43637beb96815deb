"""A manager answers: what each answer leads to, what is echoed, what a clerk reads."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cards import CardKind
from bot.domain.cards import Status as CardStatus
from bot.domain.cases import Kind, Stage
from bot.domain.records import Action, Status
from bot.domain.review_facts import ReviewSpeaker, RowFacts
from bot.domain.review_reply import Aside, Remark, RowAnswer
from bot.domain.reviews import ReviewStatus, Said
from bot.domain.triage import Outcome
from bot.domain.values import MailId
from tests.builders import MARIA_MAIL, NOW, PER_MAIL, PER_ROW, TODAY, UNIT, days
from tests.card_builders import CHIEF, OFFICE, a_card, a_loan, a_request, a_work, person_facts
from tests.review_builders import (
    DAYS,
    DEPUTY,
    SOON,
    UNDO_UNTIL,
    UNTIL,
    a_campaign,
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
    rules,
    taken,
    work,
    works,
    writes,
)

STAYS, LEFT, LEAVING = RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.LEAVING
MOVED, UNCLEAR, OPEN = RowAnswer.MOVED, RowAnswer.UNCLEAR, RowAnswer.OPEN
LAST = date(2027, 1, 15)


def row(step, number=1):
    return step.review.rows[number - 1]


def with_card(number, *cards, record=None):
    known = record or record_of(number)
    return RowFacts(known, person_facts(*cards, record=known))


# --- stays ---------------------------------------------------------------------------------------


def test_somebody_who_stays_is_noted_and_nothing_is_written():
    step = taken(review_facts(), heard(1, STAYS, words="Anna är kvar"))
    kept = row(step)
    assert (kept.answer, kept.words, kept.via, kept.by) == (STAYS, "Anna är kvar", 9, MARIA_MAIL)
    assert kept.answered == review_facts().now
    assert (step.works, writes(step)) == ((), [])
    assert [(e.row, e.answer, e.was) for e in content(step).taken] == [(1, STAYS, OPEN)]
    assert [r.row for r in content(step).open] == [2]
    assert content(step).undo_until == UNDO_UNTIL


@pytest.mark.parametrize(
    ("until", "renewed"),
    [
        (TODAY, date(2027, 11, 23)),
        (TODAY + days(60), date(2028, 1, 22)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (TODAY + days(61), None),
        (None, None),
    ],
)
def test_a_record_that_ends_within_sixty_days_is_renewed_by_a_year(until, renewed):
    facts = review_facts(known={1: record_of(1, valid_until=until)})
    step = taken(facts, heard(1))
    assert [w.change.after.valid_until for w in writes(step)] == ([renewed] if renewed else [])
    if renewed is None:
        assert step.works == ()
        return
    [(number, made)] = step.works
    assert (number, made.case.kind, made.case.stage) == (1, Kind.RENEWAL, Stage.APPROVED)
    [write] = writes(step)
    assert (write.change.action, write.expected) == (Action.MODIFY, "v1")
    assert (row(step).until_before, row(step).until_after) == (until, renewed)
    assert str(renewed) in content(step).taken[0].note


@pytest.mark.parametrize(
    ("employed_to", "renews"), [(SOON, False), (TODAY, False), (SOON + days(1), True), (None, True)]
)
def test_a_fixed_term_is_not_renewed_by_an_answer(employed_to, renews):
    known = RowFacts(record_of(1, valid_until=SOON), employed_to=employed_to)
    step = taken(review_facts(known={1: known}), heard(1))
    assert bool(writes(step)) is renews
    assert row(step).answer is STAYS
    assert ("uppdatering" in content(step).taken[0].note) is not renews


def test_where_a_clerk_approves_all_a_renewal_waits_for_one():
    facts = review_facts(
        policy=a_policy(approve_all=True), known={1: record_of(1, valid_until=SOON)}
    )
    step = taken(facts, heard(1))
    case = work(step, Kind.RENEWAL).case
    assert (case.stage, case.approvable, writes(step)) == (Stage.STAFF, True, [])
    assert case.plan.after.valid_until == date(2027, 12, 31)


@pytest.mark.parametrize("status", [Status.ENDED, Status.CLOSED, Status.REMOVED])
@pytest.mark.parametrize("said", [STAYS, LEFT])
def test_an_answer_about_a_record_that_is_over_is_noted_only(status, said):
    facts = review_facts(known={1: record_of(1, status=status, valid_until=SOON)})
    step = taken(facts, heard(1, said))
    assert (row(step).answer, step.works, step.cards) == (said, (), ())


def test_an_answer_about_a_record_that_is_gone_is_noted_only():
    step = taken(review_facts(known={1: RowFacts(None)}), heard(1, LEFT))
    assert (row(step).answer, step.works) == (LEFT, ())


# --- left and leaving ----------------------------------------------------------------------------


def test_somebody_who_has_left_is_awaited_by_a_signed_form():
    words = "Anna slutade 31 okt"
    step = taken(review_facts(), heard(1, LEFT, on=date(2026, 10, 31), words=words))
    case = work(step, Kind.LEAVER).case
    assert (case.stage, case.remind_on, case.record) == (Stage.ASKED, DAYS.after(TODAY, 3), 1)
    assert dict(case.details) == {
        "Granskning": "G-1", "Rad": "1", "Chefens ord": words, "Sista dag": "2026-10-31",
    }  # fmt: skip
    assert case.title == f"Avbeställning väntas: Anna Öberg, {UNIT}"
    assert writes(step) == []
    echo, form = letters(step)
    assert (echo.kind, form.kind, form.to) == ("review_echo", "cancellation_form", (MARIA_MAIL,))
    [leaver] = form.content.people
    assert (leaver.name, leaver.last_day, leaver.handle) == (
        "Anna Öberg", date(2026, 10, 31), "G-1/1",
    )  # fmt: skip
    assert leaver.file == "avbestallning-G-1-1.pdf"
    assert form.content.send_by == DAYS.after(TODAY, 7)
    assert form.in_reply_to == "<m9@x.example>"


def test_a_form_is_asked_for_by_staffs_day_where_there_is_no_reminder():
    step = taken(review_facts(policy=a_policy(question_days=())), heard(1, LEFT))
    assert letters(step)[1].content.send_by == DAYS.after(TODAY, 10)


def test_several_leavers_get_one_letter_with_a_form_each():
    step = taken(review_facts(), heard(1, LEFT), heard(2, LEAVING, on=LAST))
    [form] = [x for x in letters(step) if x.kind == "cancellation_form"]
    assert [p.name for p in form.content.people] == ["Anna Öberg", "Bo Kvist"]


def test_the_forms_go_with_the_first_leaver_whatever_stands_before():
    facts = review_facts(known={1: record_of(1, valid_until=SOON)})
    step = taken(facts, heard(1, STAYS), heard(2, LEFT))
    assert [x.kind for x in letters(step)] == ["review_echo", "cancellation_form"]
    assert work(step, Kind.LEAVER).effects


def test_the_manager_is_reminded_of_the_form_whoever_told_of_the_leaver():
    step = taken(review_facts(), heard(1, LEFT), sender=OFFICE, speaker=ReviewSpeaker.STAFF)
    assert work(step, Kind.LEAVER).case.origin.sender == MARIA_MAIL


def test_forms_of_a_review_that_nobody_is_asked_go_to_who_answered():
    facts = review_facts(a_review(mail="", name=""))
    step = taken(facts, heard(1, LEFT), sender=OFFICE)
    assert letters(step)[1].to == (OFFICE,)


def test_cards_of_somebody_who_has_left_are_asked_back_at_once():
    cards = (a_card(), a_loan())
    step = taken(review_facts(known={1: with_card(1, *cards)}), heard(1, LEFT, on=TODAY))
    assert {c.card.kind: c.card.due for c in step.cards} == {
        CardKind.ORDINARY: TODAY, CardKind.RESERVE: TODAY,
    }  # fmt: skip


def test_an_order_for_a_card_is_left_to_the_signed_form():
    card = a_card(status=CardStatus.ORDERED, number="")
    facts = review_facts(known={1: with_card(1, card, a_request())})
    assert taken(facts, heard(1, LEFT, on=TODAY)).cards == ()


def test_one_who_holds_no_card_that_we_know_of_is_asked_for_none():
    assert taken(review_facts(known={1: RowFacts(record_of(1))}), heard(1, LEFT)).cards == ()


def test_somebody_who_leaves_on_a_day_to_come_gets_a_planned_end():
    step = taken(review_facts(), heard(1, LEAVING, on=LAST))
    assert works(step) == [(1, Kind.LEAVER, Stage.ASKED), (None, Kind.RENEWAL, Stage.APPROVED)]
    [write] = writes(step)
    assert write.change.after.valid_until == LAST
    assert (row(step).until_before, row(step).until_after) == (UNTIL, LAST)
    assert (step.cards, row(step).on) == ((), LAST)


def test_a_planned_end_waits_for_a_clerk_where_all_is_approved():
    step = taken(review_facts(policy=a_policy(approve_all=True)), heard(1, LEAVING, on=LAST))
    assert writes(step) == []
    assert work(step, Kind.RENEWAL).case.approvable


@pytest.mark.parametrize(("on", "until"), [(None, UNTIL), (UNTIL, UNTIL), (LAST, SOON)])
def test_an_end_is_never_moved_ahead_by_an_answer(on, until):
    facts = review_facts(known={1: record_of(1, valid_until=until)})
    step = taken(facts, heard(1, LEAVING, on=on))
    assert writes(step) == []
    assert works(step) == [(1, Kind.LEAVER, Stage.ASKED)]


def test_a_record_without_an_end_gets_the_one_that_was_said():
    facts = review_facts(known={1: record_of(1, valid_until=None)})
    step = taken(facts, heard(1, LEAVING, on=LAST))
    assert (row(step).until_before, row(step).until_after) == (None, LAST)


@pytest.mark.parametrize(("said", "on", "last"), [(LEFT, TODAY, TODAY), (LEAVING, LAST, LAST)])
def test_where_the_answer_counts_it_ends_the_record(said, on, last):
    policy = a_policy(review=rules(answer_counts=True))
    step = taken(review_facts(policy=policy), heard(1, said, on=on))
    [(number, made)] = step.works
    assert (number, made.case.kind, made.case.stage) == (1, Kind.CANCEL, Stage.APPROVED)
    assert writes(step)[0].change.after.valid_until == last
    assert [x.kind for x in letters(step)] == ["review_echo"]
    assert made.case.why.rule == "review_answer", "no form says so"


def test_where_the_answer_counts_one_without_a_day_awaits_the_form():
    policy = a_policy(review=rules(answer_counts=True))
    step = taken(review_facts(policy=policy), heard(1, LEFT))
    assert works(step) == [(1, Kind.LEAVER, Stage.ASKED)]


def test_where_the_answer_counts_and_a_clerk_approves_all_it_waits():
    policy = a_policy(review=rules(answer_counts=True), approve_all=True)
    step = taken(review_facts(policy=policy), heard(1, LEFT, on=TODAY))
    case = work(step, Kind.CANCEL).case
    assert (case.stage, case.approvable, writes(step)) == (Stage.STAFF, True, [])


# --- moved ---------------------------------------------------------------------------------------


def test_somebody_who_has_moved_is_proposed_to_the_new_manager():
    known = RowFacts(record_of(1), target=PER_ROW)
    step = taken(
        review_facts(known={1: known}), heard(1, MOVED, on=TODAY, to="till Viksjöskolan")
    )  # fmt: skip
    case = work(step, Kind.MOVE).case
    assert (case.stage, case.origin.sender, case.origin.mail) == (Stage.ASKED, PER_MAIL, 9)
    assert row(step).to == "Viksjöskolan"
    told = letters(step)[1]
    assert (told.kind, told.to) == ("review_move", (PER_MAIL,))
    said = told.content
    assert (said.handle, said.name, said.manager, said.to) == (
        "G-1/1", "Anna Öberg", "Maria Lind", "Viksjöskolan",
    )  # fmt: skip
    assert "Per Ek" in content(step).taken[0].note
    assert "Sista dag" not in dict(case.details)


def test_a_move_to_nobody_whom_we_know_is_for_a_clerk():
    step = taken(review_facts(), heard(1, MOVED, to="kommunen bredvid"))
    assert works(step) == [(1, Kind.MOVE, Stage.STAFF)]
    assert [x.kind for x in letters(step)] == ["review_echo"]
    assert "handläggare" in content(step).taken[0].note


# --- who may say what ----------------------------------------------------------------------------


def test_nobody_answers_about_himself():
    facts = review_facts(known={1: record_of(1, mail=MARIA_MAIL.upper())})
    step = taken(facts, heard(1, STAYS), heard(2, STAYS))
    assert (row(step).answer, row(step, 2).answer) == (OPEN, STAYS)
    assert works(step) == [(None, Kind.REVIEW, Stage.STAFF)]
    assert work(step, Kind.REVIEW).case.why.rule == "not_taken"


def test_a_clerk_answers_for_the_manager_and_may_change_the_answer():
    facts = review_facts(a_review(answered(1), a_row(2)))
    step = taken(facts, heard(1, LEFT), sender=OFFICE)
    assert (row(step).answer, row(step).by) == (LEFT, OFFICE)
    assert content(step).taken[0].was is STAYS


@pytest.mark.parametrize("sender", [DEPUTY, CHIEF])
def test_another_persons_word_never_overturns_an_answer(sender):
    facts = review_facts(a_review(answered(1), a_row(2)))
    step = taken(facts, heard(1, LEFT), heard(2, STAYS), sender=sender)
    assert (row(step).answer, row(step, 2).answer) == (STAYS, STAYS)
    case = work(step, Kind.REVIEW).case
    assert case.why.rule == "contradicts"
    assert dict(case.details)["Rad 1 Anna Öberg"] == f"{MARIA_MAIL} har svarat är kvar"
    assert content(step).clerk
    assert any("Rad 1 (Anna Öberg)" in n for n in content(step).notes)
    assert [e.row for e in content(step).taken] == [2]


def test_who_the_register_has_ended_cant_be_kept_by_an_answer():
    ended = replace(answered(1, LEFT, words="avslutad i EK"), by="")
    facts = review_facts(
        a_review(ended, a_row(2)), known={1: record_of(1, status=Status.ENDED, valid_until=TODAY)}
    )
    step = taken(facts, heard(1, STAYS))
    assert row(step).answer is LEFT
    assert "redan avslutad" in dict(work(step, Kind.REVIEW).case.details)["Rad 1 Anna Öberg"]


def test_a_row_that_the_letter_does_not_have_is_passed_over():
    step = taken(review_facts(), heard(7, LEFT), heard(1))
    assert [r.answer for r in step.review.rows] == [STAYS, OPEN]


def test_who_has_become_protected_is_given_to_named_staff():
    facts = review_facts(known={1: record_of(1, protected=True)})
    step = taken(facts, heard(1, LEFT, words="slutat"), heard(2))
    assert (row(step).manual, row(step).answer, row(step).words) == (True, OPEN, "")
    assert works(step) == [(1, Kind.REVIEW_MANUAL, Stage.STAFF)]
    assert all("Anna" not in str(x.content) for x in letters(step))


def test_a_row_by_hand_takes_no_answer():
    facts = review_facts(a_review(a_row(1, manual=True), a_row(2)))
    step = taken(facts, heard(1, LEFT), heard(2))
    assert (row(step).answer, step.works) == (OPEN, ())


# --- again and otherwise -------------------------------------------------------------------------


def test_the_same_answer_again_is_echoed_and_does_nothing_more():
    facts = review_facts(a_review(answered(1), a_row(2)), known={1: record_of(1, valid_until=SOON)})
    step = taken(facts, heard(1, STAYS), heard(2, OPEN))
    assert (step.works, row(step).via) == ((), 3)
    assert [(e.row, e.was) for e in content(step).taken] == [(1, OPEN)]
    assert content(step).undo_until is None


def test_the_same_answer_twice_is_no_sign_that_nothing_is_understood():
    review = a_review(answered(1), a_row(2), tries=1)
    step = taken(review_facts(review), heard(1, STAYS), heard(2, OPEN))
    assert (step.review.tries, works(step)) == (0, [])
    assert not content(step).clerk


def test_a_change_of_mind_undoes_what_the_first_answer_led_to():
    facts = review_facts(
        a_review(answered(1, LEFT, case=a_leaver().id), a_row(2)),
        known={1: RowFacts(record_of(1), case=a_leaver())},
    )
    step = taken(facts, heard(1, STAYS))
    assert works(step) == [(None, Kind.LEAVER, Stage.REJECTED)]
    assert (row(step).answer, row(step).case) == (STAYS, None)
    assert content(step).taken[0].was is LEFT


def test_a_new_last_day_is_a_new_answer():
    leaving = answered(1, LEAVING, on=LAST)
    step = taken(review_facts(a_review(leaving, a_row(2))), heard(1, LEAVING, on=LAST + days(7)))
    assert row(step).on == LAST + days(7)
    assert content(step).taken[0].was is OPEN


def test_what_cant_be_taken_back_stays_and_a_clerk_sees_to_it():
    done = a_leaver(stage=Stage.LINKED)
    facts = review_facts(
        a_review(answered(1, LEFT, case=done.id), a_row(2)),
        known={1: RowFacts(record_of(1), case=done)},
    )
    step = taken(facts, heard(1, STAYS))
    assert row(step).answer is LEFT
    assert "underskriven blankett" in dict(work(step, Kind.REVIEW).case.details)["Rad 1 Anna Öberg"]


def planned(number=1, **values):
    """Anna leaves on 15 January by her manager's word, and the catalogue has it."""
    row: dict = {"on": LAST, "until_before": UNTIL, "until_after": LAST, "case": a_leaver().id}
    return answered(number, LEAVING, **{**row, **values})


def test_somebody_who_stays_after_all_gets_the_old_last_day_back_in_one_write():
    record = record_of(1, valid_until=LAST, catalogue_version="v2")
    facts = review_facts(
        a_review(planned(), a_row(2)), known={1: RowFacts(record, case=a_leaver())}
    )
    step = taken(facts, heard(1, STAYS))
    [write] = writes(step)
    assert (write.change.after.valid_until, write.expected) == (UNTIL, "v2")
    assert (row(step).until_before, row(step).until_after) == (None, None)


def test_another_last_day_is_one_write_that_remembers_the_first_one():
    record = record_of(1, valid_until=LAST, catalogue_version="v2")
    facts = review_facts(
        a_review(planned(), a_row(2)), known={1: RowFacts(record, case=a_leaver())}
    )
    step = taken(facts, heard(1, LEAVING, on=LAST + days(14)))
    [write] = writes(step)
    assert write.change.before == record.entry
    assert (write.change.after.valid_until, write.expected) == (LAST + days(14), "v2")
    assert (row(step).until_before, row(step).until_after) == (UNTIL, LAST + days(14))


def test_a_renewal_that_was_a_mistake_is_taken_back_with_the_new_end_in_one_write():
    renewed = date(2027, 12, 31)
    stays = answered(1, STAYS, until_before=SOON, until_after=renewed)
    record = record_of(1, valid_until=renewed)
    facts = review_facts(a_review(stays, a_row(2)), known={1: RowFacts(record)})
    step = taken(facts, heard(1, LEAVING, on=date(2026, 12, 15)))
    [write] = writes(step)
    assert write.change.after.valid_until == date(2026, 12, 15)
    assert (row(step).until_before, row(step).until_after) == (SOON, date(2026, 12, 15))


# --- unclear, unread, asides ---------------------------------------------------------------------


def test_what_was_said_of_an_unclear_row_is_kept_and_asked_about():
    step = taken(review_facts(), heard(1, UNCLEAR, words="vet inte riktigt"))
    kept = row(step)
    assert (kept.answer, kept.words, kept.via) == (UNCLEAR, "vet inte riktigt", 9)
    assert kept.is_open
    assert [(r.row, r.words) for r in content(step).open] == [(1, "vet inte riktigt"), (2, "")]
    assert step.review.said == ()


def test_an_unclear_word_never_overturns_an_answer():
    step = taken(review_facts(a_review(answered(1), a_row(2))), heard(1, UNCLEAR, words="hm"))
    assert row(step).answer is STAYS


def test_two_replies_of_which_nothing_is_understood_are_read_by_a_clerk():
    first = only(answer(review_facts(), a_reply(unread=("blaj",))))
    assert (first.review.tries, first.works, content(first).clerk) == (1, (), False)
    assert content(first).unread == ("blaj",)
    second = only(answer(review_facts(first.review), a_reply(unread=("blaj igen",))))
    assert second.review.tries == 2
    assert work(second, Kind.REVIEW).case.why.rule == "not_understood"
    assert content(second).clerk


def test_an_answer_that_is_understood_starts_the_count_anew():
    step = taken(review_facts(a_review(tries=1)), heard(1))
    assert step.review.tries == 0


def test_no_more_than_five_unread_phrases_are_quoted_back_and_numbers_are_masked():
    unread = ["ring 19850427-2389", *"abcdef"]
    step = only(answer(review_facts(), a_reply(heard(1), unread=unread)))
    assert len(content(step).unread) == 5
    assert "2389" not in str(content(step))


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (Aside.DELEGATED, "delegated"),
        (Aside.WRONG_MANAGER, "wrong_manager"),
        (Aside.QUESTION, "question"),
    ],
)
def test_asides_that_a_clerk_must_see_to_become_work(kind, rule):
    remarks = (Remark(kind, "fråga Per Ek", name="Per Ek"), Remark(kind, "igen"))
    step = only(answer(review_facts(), a_reply(heard(1), remarks=remarks)))
    case = work(step, Kind.REVIEW).case
    assert (case.why.rule, case.stage) == (rule, Stage.STAFF)
    assert ("Chefens ord", "fråga Per Ek") in case.details
    assert ("Nämner", "Per Ek") in case.details
    assert ("Att göra" in dict(case.details)) is (kind is not Aside.QUESTION)
    assert len(content(step).notes) == 1


@pytest.mark.parametrize("kind", [Aside.NEW_PERSON, Aside.NAME_CHANGE])
def test_other_asides_are_answered_with_what_to_do(kind):
    step = only(answer(review_facts(), a_reply(heard(1), remarks=(Remark(kind, "x"),))))
    assert step.works == ()
    assert "blanketten" in content(step).notes[0]


def test_a_leave_of_absence_is_not_remarked_upon():
    remarks = (Remark(Aside.LEAVE, "föräldraledig"),)
    assert content(only(answer(review_facts(), a_reply(heard(1), remarks=remarks)))).notes == ()


# --- the review as a whole -----------------------------------------------------------------------


def test_when_all_is_answered_nothing_more_is_asked_and_staffs_work_is_done():
    desk = (a_work(Kind.REVIEW, id=30), a_work(Kind.REVIEW, id=31, closed=NOW))
    facts = review_facts(desk=desk)
    decision = answer(facts, a_reply(heard(1), heard(2)))
    step = only(decision)
    assert decision.outcome is Outcome.APPLIED
    assert (step.review.status, step.review.next_on) == (ReviewStatus.ANSWERED, None)
    assert [(s.case.id, s.case.stage) for _, s in step.works] == [(30, Stage.CONFIRMED)]
    assert (content(step).open, content(step).reply_by) == ((), None)


def test_a_partial_answer_asks_back_about_the_rest():
    decision = answer(review_facts(), a_reply(heard(1), heard(2, OPEN)))
    assert decision.outcome is Outcome.ASKED_BACK
    assert only(decision).review.status is ReviewStatus.OPEN
    assert only(decision).review.next_on == a_review().next_on


def test_what_was_answered_is_remembered_for_an_undo():
    step = taken(review_facts(), heard(1), heard(2, LEFT))
    assert step.review.touched == TODAY
    assert step.review.said == (
        Said(MailId(9), MARIA_MAIL, review_facts().now, (a_row(1), a_row(2)), UNDO_UNTIL),
    )


@pytest.mark.parametrize(
    ("began", "today", "shift", "by"),
    [
        (TODAY, TODAY, 0, date(2026, 12, 11)),  # the Friday before the next level is asked
        (TODAY, TODAY, 3, date(2026, 12, 16)),
        (TODAY, date(2026, 12, 11), 0, a_campaign().ends),
        (TODAY, a_campaign().ends, 0, None),
        (None, TODAY, 0, None),
    ],
)
def test_the_echo_says_by_when_the_rest_is_wanted(began, today, shift, by):
    facts = review_facts(a_review(began=began, shift=shift), today=today)
    assert content(taken(facts, heard(1))).reply_by == by


def test_an_echo_is_threaded_and_goes_to_who_wrote():
    told = letter(taken(review_facts(), heard(1), sender=DEPUTY))
    assert (told.to, told.in_reply_to) == ((DEPUTY,), "<m9@x.example>")


# --- the brake -----------------------------------------------------------------------------------


def rows(count):
    return tuple(replace(a_row(1), row=n, record=n) for n in range(1, count + 1))


@pytest.mark.parametrize(
    ("batch", "before", "population", "holds"),
    [
        (20, 0, 1000, False),
        (21, 0, 1000, True),
        (1, 20, 1000, True),
        (1, 19, 1000, False),
        (5, 0, 20, False),  # a small batch is never held for its share
        (6, 0, 20, True),
        (6, 0, 60, False),
        (7, 0, 60, True),
    ],
)
def test_the_brake_holds_an_answer_that_would_end_unusually_many(batch, before, population, holds):
    review = a_review(*rows(25))
    known = {n: record_of(1) for n in range(1, 26)}
    facts = review_facts(review, known=known, ended_today=before, population=population)
    step = taken(facts, *(heard(n, LEFT) for n in range(1, batch + 1)), heard(25))
    kinds = [k for _, k, _ in works(step)]
    assert (Kind.BRAKE in kinds) is holds
    assert (Kind.LEAVER in kinds) is not holds
    assert [r.answer for r in step.review.rows[:batch]] == [LEFT] * batch
    assert row(step, 25).answer is STAYS


def test_what_the_brake_holds_waits_for_a_clerk_and_the_manager_is_told():
    policy = a_policy(brake_records=1, brake_floor=1)
    facts = review_facts(policy=policy, known={1: with_card(1, a_card())})
    step = taken(facts, heard(1, LEFT), heard(2, LEAVING, on=LAST))
    case = work(step, Kind.BRAKE).case
    assert (case.stage, case.approvable, dict(case.details)["Rader"]) == (Stage.STAFF, True, "1, 2")
    assert ([x.kind for x in letters(step)], writes(step), step.cards) == (["review_echo"], [], ())
    assert any("handläggare" in n for n in content(step).notes)
    assert [r.case for r in step.review.rows] == [None, None]


def test_an_answer_that_ends_nobody_is_never_held():
    facts = review_facts(policy=a_policy(brake_records=0), ended_today=99)
    assert works(taken(facts, heard(1))) == []


@pytest.mark.parametrize(
    ("rows", "settled"),
    [((), False), ((heard(1), heard(2, LEFT)), True), ((heard(1), heard(2, UNCLEAR)), False)],
)
def test_a_reply_is_settled_when_every_row_is_decided(rows, settled):
    assert a_reply(*rows).settled is settled


@pytest.mark.parametrize("said", [LEFT, LEAVING])
def test_who_is_cancelled_by_a_signed_form_already_is_only_noted(said):
    known = RowFacts(record_of(1), ordered=True)
    step = taken(review_facts(known={1: known}), heard(1, said, on=LAST))
    assert (row(step).answer, step.works, writes(step)) == (said, (), [])
    assert "redan fått" in content(step).taken[0].note


def test_who_stands_in_for_some_units_answers_for_those_alone():
    there = {2: record_of(2, unit_id="1002")}
    facts = review_facts(a_review(a_row(1), a_row(2, unit_id="1002")), known=there)
    reply = a_reply(heard(1, STAYS), heard(2, STAYS))
    step = only(answer(facts, reply, sender=DEPUTY, units=frozenset({"1002"})))
    assert [r.answer for r in step.review.rows] == [OPEN, STAYS]
    assert any("Rad 1 gäller en enhet" in n for n in content(step).notes)
