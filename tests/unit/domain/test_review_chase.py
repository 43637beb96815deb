"""A review's day: the letter, each reminder once, the next level; never what is answered."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.records import Status
from bot.domain.review_chase import (
    decide_review_day,
    letter_of,
    release_case,
    release_done,
    released,
    reminder,
)
from bot.domain.review_facts import RowFacts
from bot.domain.review_letters import ListedRow, ReviewAsked
from bot.domain.review_reply import RowAnswer
from bot.domain.reviews import Absence, CampaignState, ReviewStatus, settled
from bot.domain.values import CaseId, MailId
from tests.builders import MARIA, MARIA_MAIL, NOW, TODAY, UNIT, days
from tests.card_builders import CHIEF, OFFICE
from tests.review_builders import (
    DAYS,
    DEPUTY,
    SENT,
    a_campaign,
    a_policy,
    a_review,
    a_row,
    answered,
    content,
    letter,
    letters,
    record_of,
    review_facts,
    rules,
    unasked,
    work,
    works,
)

FIRST, SECOND, THIRD = date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)
AFTER_NEW_YEAR = date(2027, 1, 11)
UNANSWERED = Case(
    kind=Kind.REVIEW, stage=Stage.STAFF, title="Prov", why=Reason("review_unanswered", "Prov."),
    opened=NOW, id=CaseId(30), version=1,
)  # fmt: skip


def on(day, review=None, **values):
    return decide_review_day(review_facts(review or a_review(), today=day, **values))


def lived(review, *visited, **values):
    """Let the days come one after the other; what went, with the day and the rung."""
    seen = []
    for day in visited:
        if review.next_on is None or review.next_on > day:
            continue
        step = on(day, review, **values)
        review = step.review
        seen += [(day, x.kind, x.rung) for x in letters(step)]
    return review, seen


def every_day(count, start=SENT):
    return [start + days(n) for n in range(count)]


# --- the first letter ----------------------------------------------------------------------------


def test_the_letter_goes_to_the_manager_and_whoever_stands_in():
    step = on(SENT, unasked(deputy=DEPUTY))
    assert letter(step).to == (MARIA_MAIL, DEPUTY)
    assert (step.review.began, step.review.rung, step.review.next_on) == (SENT, "0", FIRST)
    assert step.review.status is ReviewStatus.OPEN
    assert content(step) == ReviewAsked(
        "G-1",
        (
            ListedRow(1, "Anna Öberg", "Undersköterska", UNIT, date(2026, 3, 1)),
            ListedRow(2, "Bo Kvist", "Undersköterska", UNIT, date(2026, 3, 1)),
        ),
        reply_by=SECOND,
    )


def test_the_letter_lists_the_open_rows_by_their_own_numbers():
    step = on(SENT, unasked(answered(1), a_row(2, new=True), gone=("Nils Borta",)))
    assert [(r.row, r.new) for r in content(step).rows] == [(2, True)]
    assert content(step).gone == ("Nils Borta",)


def test_who_is_asked_in_anothers_place_is_told_so():
    assert content(on(SENT, unasked(before=("per.ek@jarfalla.example",)))).instead
    assert not content(on(SENT, unasked())).instead


def test_who_is_asked_where_nobody_was_is_not_told_of_anybody():
    assert not content(on(SENT, unasked(before=("",)))).instead


def test_a_letter_that_cant_be_read_back_is_held_and_staff_ask_by_hand():
    step = on(SENT, unasked(), fault="två personer heter Anna Öberg")
    assert letters(step) == []
    assert (step.review.began, step.review.next_on) == (None, None)
    assert step.review.fault == "två personer heter Anna Öberg"
    case = work(step, Kind.REVIEW).case
    assert (case.stage, case.why.rule) == (Stage.STAFF, "self_test")
    assert ("Prov", "två personer heter Anna Öberg") in case.details


@pytest.mark.parametrize("day", [date(2026, 12, 15), date(2026, 12, 28), date(2027, 1, 10)])
def test_a_first_letter_waits_out_a_quiet_time(day):
    step = on(day, unasked(next_on=day))
    assert (letters(step), step.review.next_on) == ([], AFTER_NEW_YEAR)


def test_staff_may_let_a_first_letter_go_on_a_closed_day():
    saturday = date(2026, 11, 28)
    assert letter(on(saturday, unasked())).kind == "review"


def test_a_letter_of_days_without_reminders_asks_for_an_answer_before_the_next_level():
    policy = a_policy(review=rules(reminder_days=()))
    facts = review_facts(unasked(), policy=policy)
    assert letter_of(unasked(), facts).reply_by == DAYS.after(SENT, 14)


def test_a_letter_shown_before_its_day_is_dated_by_it():
    campaign = a_campaign(send_on=SENT + days(7))
    facts = review_facts(unasked(), campaign=campaign)
    assert letter_of(unasked(), facts).reply_by == DAYS.after(SENT + days(7), 10)


# --- reminders -----------------------------------------------------------------------------------


def test_each_rung_goes_once_and_then_the_next_level_is_told():
    review, seen = lived(unasked(), *every_day(60))
    assert seen == [
        (SENT, "review", ""),
        (FIRST, "review_reminder", "+5"),
        (SECOND, "review_reminder", "+10"),
        (THIRD, "escalation", "+15"),
    ]
    assert (review.status, review.next_on) == (ReviewStatus.ESCALATED, None)


@pytest.mark.parametrize(
    ("back", "went"),
    [
        (SECOND, [(SECOND, "+10"), (THIRD, "+15")]),
        (date(2026, 12, 9), [(date(2026, 12, 9), "+10"), (THIRD, "+15")]),
        (THIRD, [(THIRD, "+15")]),
        (date(2027, 2, 8), [(date(2027, 2, 8), "+15")]),
    ],
)
def test_after_an_outage_only_the_highest_rung_goes(back, went):
    _, seen = lived(a_review(), *every_day(60, back))
    assert [(day, rung) for day, _, rung in seen] == went


def test_a_reminder_says_what_is_open_since_when_and_who_is_asked_next():
    review = a_review(answered(1), a_row(2))
    step = on(FIRST, review)
    said = content(step)
    assert ([r.row for r in said.rows], said.asked, said.answered) == ([2], SENT, 1)
    assert said.passed_on == THIRD
    assert letter(step).rung == "+5"


def test_a_reminder_of_a_letter_that_has_not_gone_counts_from_today():
    assert reminder(unasked(), review_facts(unasked())).asked == TODAY


def test_a_reminder_goes_to_the_deputy_too():
    assert letter(on(FIRST, a_review(deputy=DEPUTY))).to == (MARIA_MAIL, DEPUTY)
    assert letter(on(FIRST, a_review(deputy=MARIA_MAIL))).to == (MARIA_MAIL,)


def test_a_day_too_early_only_moves_the_day():
    step = on(FIRST - days(3), a_review(next_on=FIRST - days(3)))
    assert (letters(step), step.works, step.review.next_on) == ([], (), FIRST)


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 12, 5), SECOND),  # Saturday
        (date(2026, 12, 15), AFTER_NEW_YEAR),
        (date(2026, 12, 24), AFTER_NEW_YEAR),
    ],
)
def test_a_reminder_on_a_closed_or_quiet_day_is_put_off(day, opens):
    step = on(day, a_review(next_on=day))
    assert (letters(step), step.review.next_on, step.review.rung) == ([], opens, "0")


def test_rungs_that_fall_in_a_quiet_time_are_one_letter_after_it():
    late = unasked(next_on=date(2026, 12, 8))
    review, seen = lived(late, *every_day(60, date(2026, 12, 8)))
    assert [(day, kind) for day, kind, _ in seen] == [
        (date(2026, 12, 8), "review"),
        (AFTER_NEW_YEAR, "escalation"),
    ]
    assert review.rung == "escalated"


def test_more_time_moves_every_rung_that_is_left():
    review = a_review(shift=3, next_on=date(2026, 12, 3))
    _, seen = lived(review, *every_day(60))
    assert [(day, rung) for day, _, rung in seen] == [
        (date(2026, 12, 3), "+5"),
        (date(2026, 12, 10), "+10"),
        (AFTER_NEW_YEAR, "+15"),
    ]


def test_more_time_never_repeats_a_rung_that_has_gone():
    review = a_review(rung="5", shift=5, next_on=SECOND)
    _, seen = lived(review, *every_day(30))
    assert [(day, rung) for day, _, rung in seen] == [(THIRD, "+10")]


def test_a_rung_that_the_office_has_since_taken_away_does_not_stop_the_rest():
    policy = a_policy(review=rules(reminder_days=(8,)))
    _, seen = lived(a_review(rung="5", next_on=SECOND), *every_day(40), policy=policy)
    assert [rung for _, _, rung in seen] == ["+8", "+15"]


# --- what the register says ----------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.ENDED, Status.CLOSED, Status.REMOVED])
def test_who_has_ended_meanwhile_is_not_asked_about(status):
    gone = record_of(1, status=status, valid_until=date(2026, 11, 27))
    step = on(FIRST, known={1: gone})
    assert [r.row for r in content(step).rows] == [2]
    row = step.review.rows[0]
    assert (row.answer, row.on, row.by) == (RowAnswer.LEFT, date(2026, 11, 27), "")
    assert row.words == "avslutad i EK"


def test_a_record_that_is_gone_settles_its_row():
    step = on(FIRST, known={1: RowFacts(None)})
    assert (step.review.rows[0].answer, step.review.rows[0].on) == (RowAnswer.LEFT, None)


def test_what_somebody_said_unclearly_is_not_taken_for_what_the_register_says():
    unclear = answered(1, RowAnswer.UNCLEAR, words="vet inte")
    step = on(FIRST, a_review(unclear, a_row(2)), known={1: RowFacts(None)})
    row = step.review.rows[0]
    assert (row.answer, row.via, row.by, row.words) == (
        RowAnswer.LEFT, None, "", "avslutad i EK",
    )  # fmt: skip


def test_a_planned_record_is_still_asked_about():
    step = on(FIRST, known={1: record_of(1, status=Status.PLANNED)})
    assert [r.row for r in content(step).rows] == [1, 2]


def test_who_has_become_protected_is_reviewed_by_hand_and_in_no_letter():
    step = on(FIRST, known={1: record_of(1, protected=True)})
    assert [r.name for r in content(step).rows] == ["Bo Kvist"]
    assert step.review.rows[0].manual
    case = work(step, Kind.REVIEW_MANUAL).case
    assert (case.protected, case.person) == (True, a_row(1).person)
    assert [n for n, _ in step.works] == [1]


def test_a_row_by_hand_is_given_to_staff_once():
    review = a_review(a_row(1, manual=True), a_row(2))
    assert works(on(FIRST, review, known={1: record_of(1, protected=True)})) == []


def test_nothing_goes_when_the_register_has_settled_all():
    gone = {n: record_of(n, status=Status.ENDED) for n in (1, 2)}
    step = on(FIRST, known=gone, desk=(UNANSWERED,))
    assert letters(step) == []
    assert (step.review.status, step.review.next_on) == (ReviewStatus.ANSWERED, None)
    assert [s.case.stage for _, s in step.works] == [Stage.CONFIRMED]


def test_what_the_register_settled_is_kept_when_the_letter_waits():
    step = on(date(2026, 12, 15), known={1: RowFacts(None)})
    assert step.review.rows[0].answer is RowAnswer.LEFT
    assert step.review.next_on == AFTER_NEW_YEAR


def test_what_the_register_has_settled_is_done_with_on_a_quiet_day_too():
    gone = {n: RowFacts(None) for n in (1, 2)}
    step = on(date(2026, 12, 15), known=gone)
    assert (step.review.status, step.review.next_on) == (ReviewStatus.ANSWERED, None)


# --- the next level ------------------------------------------------------------------------------


def test_the_next_level_and_staff_are_told_and_staff_have_it_in_hand():
    review = a_review(answered(1), a_row(2), rung="10", next_on=THIRD)
    step = on(THIRD, review, reminded=2)
    assert letter(step).to == (CHIEF, OFFICE)
    said = content(step)
    assert (said.manager, said.reminders, said.answered, said.superior) == (MARIA, 2, 1, True)
    assert said.reply_by == a_campaign().ends
    case = work(step, Kind.REVIEW).case
    assert case.why.rule == "review_unanswered"
    assert dict(case.details) == {
        "Granskning": "G-1", "Rader utan svar": "1", "Nästa nivå": CHIEF,
    }  # fmt: skip
    assert (step.review.status, step.review.next_on) == (ReviewStatus.ESCALATED, None)


def test_no_reminder_is_told_of_that_never_went():
    step = on(AFTER_NEW_YEAR, a_review(a_row(1), next_on=AFTER_NEW_YEAR))
    assert (step.review.rung, content(step).reminders) == ("escalated", 0)


def test_without_a_superior_only_staff_are_told():
    step = on(THIRD, a_review(superior="", rung="10", name=""))
    assert letter(step).to == (OFFICE,)
    assert (content(step).superior, content(step).manager) == (False, MARIA_MAIL)
    level = dict(work(step, Kind.REVIEW).case.details)["Nästa nivå"]
    assert level.startswith("saknas i chefsregistret")


def test_without_a_superior_and_without_staffs_address_the_work_item_stands():
    step = on(THIRD, a_review(superior="", rung="10"), policy=a_policy(staff=()))
    assert letters(step) == []
    assert works(step) == [(None, Kind.REVIEW, Stage.STAFF)]


@pytest.mark.parametrize(
    ("absence", "away"),
    [
        (Absence(MailId(5), NOW, date(2027, 1, 4), "Stina"), "åter 2027-01-04, Stina"),
        (Absence(MailId(5), NOW), "återkomst framgår inte"),
    ],
)
def test_the_next_level_sees_that_the_manager_is_away(absence, away):
    earlier = Absence(MailId(4), NOW, date(2026, 12, 1))
    step = on(THIRD, a_review(rung="10", absences=(earlier, absence)))
    assert content(step).away == away
    assert dict(work(step, Kind.REVIEW).case.details)["Borta"] == away


def test_what_has_been_escalated_does_nothing_more_by_itself():
    over = a_review(rung="escalated", status=ReviewStatus.ESCALATED, next_on=THIRD)
    step = on(THIRD, over)
    assert (letters(step), step.works, step.review.next_on) == ([], (), None)


@pytest.mark.parametrize("day", [SENT, FIRST, THIRD])
def test_nothing_goes_about_a_review_that_is_answered(day):
    review = a_review(answered(1), answered(2, RowAnswer.LEFT), next_on=day)
    step = on(day, review)
    assert (letters(step), step.review.next_on) == ([], None)
    assert step.review.status is ReviewStatus.ANSWERED


# --- status --------------------------------------------------------------------------------------


def test_a_closed_review_stays_closed():
    closed = a_review(answered(1), answered(2), status=ReviewStatus.CLOSED)
    assert settled(closed) is ReviewStatus.CLOSED


def test_a_partly_answered_review_stays_escalated():
    review = a_review(answered(1), a_row(2), rung="escalated")
    assert settled(review) is ReviewStatus.ESCALATED
    assert settled(replace(review, rung="", status=ReviewStatus.ESCALATED)) is (
        ReviewStatus.ESCALATED
    )
    assert settled(replace(review, rung="10")) is ReviewStatus.OPEN


# --- letting go ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "send_on", "begins"),
    [
        (date(2026, 11, 20), SENT, SENT),
        (date(2026, 11, 27), SENT, date(2026, 11, 27)),
        (date(2026, 11, 28), SENT, date(2026, 11, 28)),  # a Saturday that a clerk chose
        (date(2026, 12, 16), SENT, AFTER_NEW_YEAR),
    ],
)
def test_released_letters_go_on_their_day_never_in_a_quiet_time(day, send_on, begins):
    prepared = a_campaign(state=CampaignState.PREPARED, released=None, send_on=send_on, ends=None)
    now = NOW.replace(year=day.year, month=day.month, day=day.day)
    out = released(prepared, a_policy(), by="Eva", now=now)
    assert (out.state, out.released, out.released_by) == (CampaignState.RUNNING, now, "Eva")
    assert (out.send_on, out.ends) == (begins, DAYS.after(begins, 25))


def test_the_release_is_work_that_a_clerk_can_say_yes_to_and_is_done_with_it():
    case = release_case(a_campaign(), NOW, persons=12, managers=3)
    assert (case.kind, case.stage, case.approvable) == (Kind.RELEASE, Stage.STAFF, True)
    assert case.campaign == 1
    assert ("Personer", "12") in case.details
    done = release_done(case, Reason("released", "Släppt av Eva."))
    assert (done.case.stage, done.case.approvable) == (Stage.CONFIRMED, False)
