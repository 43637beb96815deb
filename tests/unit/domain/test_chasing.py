"""The chase: rung by rung, once each, until the card is back; what a letter counts when it goes."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import card_letters as say
from bot.domain.cards import Climbed, Status
from bot.domain.cases import Kind, Priority, Reason, Stage
from bot.domain.chasing import (
    DOUBTFUL,
    decide_card_day,
    due_early,
    reached,
    scheduled,
    status_on,
    told_now,
)
from bot.domain.records import Status as RecordStatus
from bot.domain.reminders import Ladder, Rung, To
from bot.domain.values import CaseId
from tests.builders import MARIA_MAIL, TODAY, a_record, days
from tests.card_builders import (
    ANNA_MAIL,
    CHIEF,
    OFFICE,
    a_card,
    a_holder,
    a_loan,
    a_policy,
    a_request,
    a_work,
    an_order_case,
    card_facts,
    card_letters,
    noon,
    said,
    works,
)

DUE = date(2026, 12, 18)  # a Friday
LOAN = a_loan(receipt=TODAY)
USED = a_card(number="97521234")
BACK = a_card(status=Status.TO_RETURN, due=DUE, why="Anställningen upphör.")
INFORMED = a_card(status=Status.INFORMED, informed=TODAY, number="", case=CaseId(9))
NEEDED = a_card(status=Status.NEEDED, number="", case=CaseId(9))
ORDER = an_order_case(Kind.CARD_ORDER)


def day(card, today, *, write=True, **facts):
    return decide_card_day(card, card_facts(card, today=today, **facts), may_write=write)


def with_rungs(card, ladder, anchor, *names):
    marks = tuple(Climbed(ladder, name, TODAY, anchor) for name in names)
    return replace(card, rungs=(*card.rungs, *marks))


# --- the ladder of a loan -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "status", "told", "left"),
    [
        (date(2026, 12, 4), Status.HANDED_OUT, (ANNA_MAIL,), date(2026, 12, 15)),
        (date(2026, 12, 15), Status.HANDED_OUT, (ANNA_MAIL,), DUE),
        (DUE, Status.DUE, (ANNA_MAIL,), date(2026, 12, 19)),
        (date(2026, 12, 21), Status.OVERDUE, (ANNA_MAIL, MARIA_MAIL), date(2026, 12, 29)),
        (date(2026, 12, 29), Status.OVERDUE, (MARIA_MAIL,), date(2027, 1, 7)),
        (date(2027, 1, 7), Status.OVERDUE, (OFFICE, CHIEF), None),
    ],
)
def test_a_loan_is_chased_rung_by_rung(today, status, told, left):
    step = day(LOAN, today)
    [letter] = card_letters(step)
    assert (step.card.status, letter.to, step.card.next_on) == (status, told, left)
    assert (step.card.letters, len(step.card.rungs)) == (1, 1)
    again = day(step.card, today)
    assert (again.card, again.effects, again.works) == (step.card, (), ())


def test_the_last_rung_opens_the_urgent_work_to_block():
    step = day(LOAN, date(2027, 1, 7))
    [block] = step.works
    assert (block.case.kind, block.case.priority, block.case.why.source) == (
        Kind.BLOCK, Priority.URGENT, "S13"
    )  # fmt: skip
    assert isinstance(card_letters(step)[0].content, say.Escalation)


def test_after_an_outage_only_the_highest_rung_goes_and_each_once():
    step = day(LOAN, date(2026, 12, 22))
    assert [c.rung for c in step.card.rungs] == ["+1"]
    assert card_letters(day(step.card, date(2026, 12, 23))) == []


@pytest.mark.parametrize(
    "status", [Status.RETURNED, Status.BLOCKED, Status.DEREGISTERED, Status.LOST]
)
def test_the_chase_stops_the_moment_the_card_is_not_out(status):
    step = day(replace(LOAN, status=status), date(2027, 1, 7))
    assert (step.effects, step.works, step.card.next_on) == ((), (), None)


def test_a_pause_holds_the_letters_but_not_the_days():
    paused = replace(LOAN, paused=TODAY)
    step = day(paused, date(2026, 12, 21))
    assert (step.card.status, step.effects, step.card.next_on) == (Status.OVERDUE, (), None)
    assert scheduled(paused, card_facts(paused)).next_on == DUE


def test_by_night_the_rung_waits_for_the_morning():
    night = noon(DUE).replace(hour=21)
    step = day(LOAN, DUE, write=False, now=night)
    assert (step.card.status, step.effects, step.card.next_on) == (
        Status.DUE,
        (),
        date(2026, 12, 19),
    )
    morning = day(step.card, date(2026, 12, 21))
    assert [c.rung for c in morning.card.rungs] == ["+1"]


def test_an_extended_loan_climbs_the_ladder_anew():
    old = with_rungs(LOAN, "reserve", DUE, "-14", "-3")
    moved = replace(old, due=date(2027, 1, 15), chase_from=date(2026, 12, 16))
    assert day(moved, date(2027, 1, 4)).card.rungs[-1].anchor == date(2027, 1, 15)
    assert card_letters(day(moved, date(2026, 12, 17))) == []


# --- nobody to write to ---------------------------------------------------------------------------


def test_a_holder_without_an_address_is_written_to_by_post():
    loan = replace(LOAN, holder=a_holder(mail=None))
    step = day(loan, date(2026, 12, 21), record=None)
    assert said(card_letters(step)) == [
        ("reserve_reminder", (MARIA_MAIL,)), ("reserve_reminder", (OFFICE,))
    ]  # fmt: skip
    assert (card_letters(step)[1].by_post, step.card.letters) == ("Anna Öberg", 2)


@pytest.mark.parametrize(
    ("today", "kinds"),
    [(DUE, [Kind.CARD_CHECK]), (date(2027, 1, 7), [Kind.BLOCK, Kind.CARD_CHECK])],
)
def test_about_a_protected_person_nothing_goes_and_the_work_is_done_by_hand(today, kinds):
    step = day(replace(LOAN, holder=a_holder(protected=True)), today)
    assert (card_letters(step), [k for k, _ in works(step)]) == ([], kinds)
    assert all(w.case.protected for w in step.works)
    assert (len(step.card.rungs), step.card.letters) == (1, 0)


def test_past_the_cap_of_letters_a_clerk_reminds_and_the_block_comes_all_the_same():
    loan = replace(LOAN, letters=24)
    step = day(loan, date(2027, 1, 7))
    assert (card_letters(step), step.card.letters) == ([], 24)
    assert [k for k, _ in works(step)] == [Kind.BLOCK, Kind.CARD_CHECK]


def test_two_letters_do_not_slip_past_the_cap():
    loan = replace(LOAN, letters=23, holder=a_holder(mail=None))
    assert card_letters(day(loan, date(2026, 12, 21), record=None)) == []


def test_two_rungs_by_hand_on_one_day_are_one_work_item():
    loan = a_loan(holder=a_holder(protected=True), handed_out=date(2026, 12, 16))
    old = a_work(Kind.CARD_CHECK, why=Reason("by_hand", "Prov."), protected=True)
    step = day(loan, DUE, works=(old,))
    assert {c.ladder for c in step.card.rungs} == {"reserve", "receipt"}
    assert [w.case.id for w in step.works if w.case.kind is Kind.CARD_CHECK] == [old.id]


# --- the other ladders ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "today", "kind", "to"),
    [
        (BACK, date(2026, 12, 15), "card_return", (ANNA_MAIL,)),
        (BACK, date(2026, 12, 21), "card_return", (ANNA_MAIL, MARIA_MAIL)),
        (BACK, date(2027, 1, 7), "escalation", (OFFICE, CHIEF)),
        (a_request(), date(2026, 11, 30), "appointment", (ANNA_MAIL,)),
        (INFORMED, date(2026, 12, 23), "card_reminder", (ANNA_MAIL,)),
        (INFORMED, date(2027, 1, 22), "card_reminder", (ANNA_MAIL,)),
        (INFORMED, date(2027, 2, 11), "card_reminder", (ANNA_MAIL,)),
        (a_loan(handed_out=date(2026, 11, 23)), date(2026, 11, 25), "receipt_form", (OFFICE,)),
        (a_loan(status=Status.LOST, lost=TODAY, receipt=TODAY), date(2026, 11, 30), "loss_advice", (ANNA_MAIL,)),
        (
            a_loan(status=Status.BLOCKED, lost=TODAY, receipt=TODAY),
            date(2026, 12, 7), "loss_advice", (ANNA_MAIL, MARIA_MAIL),
        ),
        (replace(USED, expires=TODAY + days(60)), TODAY, "card_expiring", (ANNA_MAIL, MARIA_MAIL)),
    ],
)  # fmt: skip
def test_each_thing_that_is_waited_for_has_its_ladder(card, today, kind, to):
    assert said(card_letters(day(card, today))) == [(kind, to)]


def test_a_card_that_is_not_fetched_lapses_on_the_ninetieth_day():
    step = day(INFORMED, date(2027, 2, 22), order=ORDER)
    assert (step.card.status, step.card.next_on) == (Status.CANCELLED, None)
    assert said(card_letters(step)) == [("card_reminder", (ANNA_MAIL, MARIA_MAIL))]
    assert works(step) == [(Kind.CARD_ORDER, Stage.STAFF)]
    letter = card_letters(step)[0].content
    assert (letter.lapsed, letter.days_left, letter.guide) == (True, 0, "")


def test_the_card_of_a_protected_person_lapses_too():
    card = replace(INFORMED, holder=a_holder(protected=True))
    step = day(card, date(2027, 2, 22), order=ORDER)
    assert step.card.status is Status.CANCELLED
    assert works(step) == [(Kind.CARD_ORDER, Stage.STAFF), (Kind.CARD_CHECK, Stage.STAFF)]


def test_a_reserve_card_that_nobody_fetches_goes_back_to_staff():
    step = day(a_request(), date(2026, 12, 7), order=an_order_case())
    assert (works(step), card_letters(step)) == ([(Kind.RESERVE_ORDER, Stage.STAFF)], [])


def test_a_missing_receipt_becomes_work_and_a_doubtful_one_is_asked_about_once():
    loan = a_loan(handed_out=TODAY)
    assert works(day(loan, date(2026, 12, 7))) == [(Kind.RECEIPT, Stage.STAFF)]
    doubt = a_work(Kind.RECEIPT, why=Reason(DOUBTFUL, "Prov."))
    assert works(day(loan, date(2026, 12, 7), works=(doubt,))) == []


def test_a_police_number_that_never_comes_becomes_work():
    lost = a_loan(status=Status.LOST, lost=TODAY, receipt=TODAY)
    step = day(lost, date(2026, 12, 14))
    assert (works(step), card_letters(step)) == ([(Kind.POLICE, Stage.STAFF)], [])
    assert day(replace(lost, police="5000-K1-26"), date(2026, 12, 14)).card.rungs == ()


def test_a_lapsed_card_whose_order_is_closed_is_work_of_its_own():
    done = replace(ORDER, stage=Stage.CONFIRMED)
    step = day(INFORMED, date(2027, 2, 22), order=done)
    assert [(w.case.kind, w.case.why.rule) for w in step.works] == [(Kind.CARD_CHECK, "void")]


def test_a_needed_card_is_staffs_the_day_the_record_is_active():
    assert works(day(NEEDED, TODAY, order=ORDER)) == [(Kind.CARD_ORDER, Stage.STAFF)]
    bare = day(NEEDED, TODAY, order=ORDER, record=a_record(mail=None))
    assert bare.works[0].case.why.text == "Personposten är aktiv: men e-postadress saknas."
    start = TODAY + days(5)
    early = a_record(status=RecordStatus.PLANNED, valid_from=start)
    waits = day(NEEDED, TODAY, order=ORDER, record=early)
    assert (waits.works, waits.card.next_on) == ((), start)
    assert day(NEEDED, TODAY, order=None).works == ()


@pytest.mark.parametrize(
    ("card", "today", "status", "due"),
    [
        (replace(USED, due=DUE), DUE, Status.ACTIVATED, DUE),
        (replace(USED, due=DUE), date(2026, 12, 19), Status.TO_RETURN, DUE),
        (replace(USED, expires=DUE), DUE, Status.ACTIVATED, None),
        # Saturday: its holder is asked from Monday on
        (replace(USED, expires=DUE), date(2026, 12, 19), Status.TO_RETURN, date(2026, 12, 21)),
    ],
)
def test_a_card_in_use_is_to_be_returned_once_its_day_has_passed(card, today, status, due):
    moved = day(card, today, write=False).card
    assert (moved.status, moved.due) == (status, due)


def test_a_card_that_is_said_to_be_back_is_not_told_that_it_runs_out():
    card = replace(USED, expires=TODAY + days(60), paused=TODAY)
    assert card_letters(day(card, TODAY)) == []


def test_a_card_in_use_waits_for_nothing():
    assert day(USED, TODAY).card.next_on is None


# --- due before its time --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "due"),
    [
        (date(2026, 12, 13), date(2026, 12, 11)),  # a Sunday: the Friday before
        (TODAY, TODAY),
        (TODAY - days(30), TODAY),
        (DUE, DUE),
        (date(2027, 1, 30), DUE),
    ],
)
def test_a_loan_is_moved_up_and_never_back(until, due):
    loan = due_early(LOAN, until, "Därför.", card_facts(LOAN))
    assert (loan.due, loan.due_before) == (due, DUE if due < DUE else None)
    assert loan.cap == LOAN.cap, "the rule's own: the employment may change"
    assert loan.why == ("Därför." if due < DUE else "")


def test_a_loan_without_a_last_day_gets_one():
    bare = replace(LOAN, cap=None, due=None)
    assert due_early(bare, TODAY, "Därför.", card_facts(bare)).due == TODAY


def test_what_is_due_at_once_is_told_at_once_in_office_hours():
    loan = due_early(LOAN, TODAY, "Därför.", card_facts(LOAN))
    assert [k for k, _ in said(card_letters(told_now(loan, card_facts(loan), "x")))] == [
        "reserve_reminder"
    ]
    night = card_facts(LOAN, now=noon(TODAY).replace(hour=20))
    late = due_early(LOAN, TODAY, "Därför.", night)
    assert (late.due, told_now(late, night, "x").effects) == (TODAY + days(1), ())


def test_a_loan_without_a_last_day_is_handed_out_whatever_the_day():
    assert status_on(replace(LOAN, due=None), TODAY) is Status.HANDED_OUT


def test_the_rung_to_act_on_today_is_told():
    assert reached(LOAN, "reserve", card_facts(LOAN, today=DUE)).name == "0"
    assert reached(USED, "reserve", card_facts(USED)) is None


def test_a_rung_to_staff_alone_that_asks_for_nothing_is_only_marked():
    rung = Rung("-60", -60, (To.STAFF,))
    policy = a_policy(ladders={"expiry": Ladder("expiry", (rung,))})
    step = day(replace(USED, expires=TODAY + days(60)), TODAY, policy=policy)
    assert (step.works, said(card_letters(step))) == ((), [("card_expiring", (OFFICE,))])


def test_an_office_without_ladders_chases_nobody():
    step = day(LOAN, DUE, policy=a_policy(ladders={}))
    assert (step.effects, step.card.status) == ((), Status.DUE)
