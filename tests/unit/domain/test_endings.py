"""The end of an employment: the cards follow the record, and the record closes after the cards."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cards import Status
from bot.domain.cases import Kind, Stage
from bot.domain.confirming import confirm
from bot.domain.endings import all_back, as_employed, closed_returns, follow, live, return_work
from bot.domain.events import RecordWritten
from bot.domain.following import EventFacts, decide_event
from bot.domain.orders import OrderAction
from bot.domain.passing import decide_day
from bot.domain.records import Action, Change
from bot.domain.records import Status as RecordStatus
from bot.domain.values import CardId, CaseId
from tests.builders import TODAY, a_case, a_record, an_entry, an_order, confirmed, days, event_facts
from tests.card_builders import (
    a_card,
    a_loan,
    a_policy,
    a_request,
    a_work,
    an_order_case,
    card_facts,
    card_letters,
    ended_record,
    noon,
    person_facts,
    said,
    works,
)

NEW, CHANGE, CANCEL = OrderAction.NEW, OrderAction.CHANGE, OrderAction.CANCEL
LAST = date(2026, 12, 11)  # a Friday
LEAVES = a_record(valid_until=LAST)
LOAN, USED = a_loan(receipt=TODAY), a_card()
ENDING = replace(USED, due=LAST, why="Anställningen upphör.")


def followed(card, action, record, *, today=TODAY, cases=()):
    """What becomes of one card; None where nothing does."""
    steps = follow(person_facts(card, record=record, today=today, cases=cases), action)
    return steps[0] if steps else None


# --- a loan ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", [CANCEL, CHANGE, NEW, None])
def test_a_loan_never_lasts_longer_than_the_employment(action):
    step = followed(LOAN, action, LEAVES)
    assert (step.card.due, step.card.due_before, step.card.why) == (
        LAST,
        LOAN.due,
        "Anställningen upphör.",
    )


def test_a_loan_is_due_at_once_when_the_employment_is_over():
    step = followed(LOAN, CANCEL, ended_record())
    assert (step.card.status, step.card.due) == (Status.DUE, TODAY)
    assert [k for k, _ in said(card_letters(step))] == ["reserve_reminder"]


def test_a_loan_that_ends_before_is_left_alone():
    assert followed(LOAN, CANCEL, a_record()) is None


# --- an ordinary card -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "action", "record", "status", "due"),
    [
        (USED, CANCEL, LEAVES, Status.ACTIVATED, LAST),
        (USED, None, ended_record(), Status.TO_RETURN, TODAY),
        (USED, CANCEL, ended_record(), Status.TO_RETURN, TODAY),
        (ENDING, CANCEL, a_record(valid_until=LAST - days(3)), Status.ACTIVATED, LAST - days(3)),
        (ENDING, CANCEL, a_record(valid_until=LAST + days(3)), Status.ACTIVATED, LAST + days(3)),
        (ENDING, CHANGE, a_record(valid_until=LAST - days(3)), Status.ACTIVATED, LAST - days(3)),
        (replace(ENDING, status=Status.TO_RETURN), NEW, a_record(), Status.ACTIVATED, None),
        (ENDING, CHANGE, a_record(), Status.ACTIVATED, None),
    ],
)
def test_an_ordinary_card_follows_the_last_day(card, action, record, status, due):
    moved = followed(card, action, record).card
    assert (moved.status, moved.due) == (status, due)
    assert moved.why == ("Anställningen upphör." if due is not None else "")


@pytest.mark.parametrize(
    ("card", "action", "record"),
    [
        (USED, CHANGE, LEAVES),
        (USED, NEW, a_record()),
        (ENDING, CANCEL, LEAVES),
        (ENDING, CHANGE, LEAVES),  # a new telephone number is no new employment
        (
            replace(USED, status=Status.TO_RETURN, due=TODAY, why="Kortet är ersatt."),
            CANCEL,
            LEAVES,
        ),
        (
            replace(USED, status=Status.TO_RETURN, due=TODAY, why="Kortet är ersatt."),
            NEW,
            a_record(),
        ),
        (replace(USED, status=Status.LOST), CANCEL, LEAVES),
        (replace(USED, status=Status.RETURNED), None, ended_record()),
        (replace(USED, status=Status.DEREGISTERED), None, ended_record()),
        (USED, CANCEL, None),
        (USED, CANCEL, a_record(valid_until=None)),
        (replace(ENDING, expires=TODAY - days(1)), NEW, a_record()),  # it has run out meanwhile
    ],
)
def test_what_the_end_does_not_concern_stays_as_it_is(card, action, record):
    assert followed(card, action, record) is None


# --- orders ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.NEEDED, Status.REQUESTED, Status.APPROVED])
def test_an_order_under_way_is_cancelled_when_the_person_leaves(status):
    card = replace(a_request(), status=status)
    step = followed(card, CANCEL, LEAVES, cases=(an_order_case(),))
    assert (step.card.status, step.card.next_on) == (Status.CANCELLED, None)
    assert works(step) == [(Kind.RESERVE_ORDER, Stage.CONFIRMED)]
    assert followed(card, CHANGE, LEAVES) is None
    assert followed(card, None, ended_record()).works == ()


@pytest.mark.parametrize("status", [Status.ORDERED, Status.INFORMED])
def test_a_card_ordered_at_the_region_is_to_be_called_off(status):
    step = followed(a_card(status=status, number=""), CANCEL, LEAVES)
    assert step.card.status is Status.CANCELLED
    assert [(w.case.kind, w.case.why.rule) for w in step.works] == [(Kind.CARD_CHECK, "ended")]


# --- the work to take cards back ------------------------------------------------------------------


def test_the_return_names_the_cards_and_waits_for_them():
    case = a_case(kind=Kind.CARD_RETURN)
    found = return_work(case, person_facts(LOAN, USED, a_request()), (("Sista arbetsdag", "x"),))
    assert found.stage is Stage.WAITS
    assert found.details == (
        ("Sista arbetsdag", "x"), ("Kort C-6", "reservkort 9752 5678"),
        ("Kort C-5", "e-tjänstekort 9752 1234"),
    )  # fmt: skip


def test_an_office_that_has_brought_in_its_cards_looks_for_no_unknown_one():
    case = a_case(kind=Kind.CARD_RETURN)
    assert return_work(case, person_facts(a_request()), ()) is None
    unsure = return_work(case, person_facts(stock_complete=False), ())
    assert (unsure.stage, unsure.details[0][0]) == (Stage.STAFF, "Obs")


# --- cards first, then the record -----------------------------------------------------------------

OVER = replace(USED, status=Status.DEREGISTERED)


@pytest.mark.parametrize(
    ("cards", "record", "status"),
    [
        ((OVER,), ended_record(), RecordStatus.CLOSED),
        ((OVER,), a_record(), RecordStatus.ACTIVE),
        ((), ended_record(cards_back=True), RecordStatus.CLOSED),
        ((OVER, LOAN), ended_record(), None),
        ((OVER, a_request()), ended_record(), None),
        ((OVER,), a_record(cards_back=True), None),
        ((OVER,), None, None),
    ],
)
def test_a_record_closes_with_its_last_card(cards, record, status):
    found = all_back(cards, record)
    assert (found.status if found is not None else None) == status
    assert found is None or found.cards_back


def test_the_returns_of_a_person_are_done_together():
    back, other = a_work(Kind.CARD_RETURN), a_work(Kind.CARD_CHECK, id=CaseId(21))
    [step] = closed_returns((back, other), back.why)
    assert (step.case.id, step.case.stage) == (back.id, Stage.CONFIRMED)


def passed(*cards, record, cases=(), complete=True):
    facts = EventFacts(
        now=noon(TODAY), today=TODAY, case=None, record=record, cards=cards, others=cases,
        returns_open=bool(cases), policy=a_policy(), stock_complete=complete,
    )  # fmt: skip
    return decide_day(record, facts)


PAST = a_record(valid_until=TODAY - days(1))


def test_a_record_with_a_card_out_ends_and_has_it_asked_for():
    decision = passed(USED, LOAN, record=PAST)
    assert decision.records[0].status is RecordStatus.ENDED
    assert [s.case.kind for s in decision.steps] == [Kind.CARD_RETURN]
    assert {s.card.status for s in decision.cards} == {Status.TO_RETURN, Status.DUE}


@pytest.mark.parametrize("card", [None, OVER, a_request()])
def test_a_record_without_a_card_closes_the_day_it_ends(card):
    decision = passed(*([card] if card else []), record=PAST)
    assert (decision.records[0].status, decision.steps) == (RecordStatus.CLOSED, ())
    assert all(s.card.status is Status.CANCELLED for s in decision.cards)


def test_a_return_that_is_open_is_not_opened_twice():
    decision = passed(USED, record=PAST, cases=(a_work(Kind.CARD_RETURN),))
    assert (decision.records[0].status, decision.steps) == (RecordStatus.ENDED, ())


def test_cards_that_came_back_before_the_end_let_the_record_close():
    decision = passed(record=replace(PAST, cards_back=True), complete=False)
    assert decision.records[0].status is RecordStatus.CLOSED
    again = passed(USED, record=replace(PAST, cards_back=True))
    assert again.records[0].status is RecordStatus.ENDED  # one was handed out since


# --- a card that is with its holder again ---------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "record", "status", "due"),
    [
        (USED, None, Status.ACTIVATED, None),
        (USED, a_record(), Status.ACTIVATED, None),
        (USED, ended_record(), Status.TO_RETURN, TODAY),
        (ENDING, ended_record(LAST), Status.ACTIVATED, LAST),
        (LOAN, LEAVES, Status.HANDED_OUT, LAST),
        (LOAN, ended_record(), Status.DUE, TODAY),
    ],
)
def test_a_card_that_was_not_lost_after_all_follows_the_end(card, record, status, due):
    moved = as_employed(card, card_facts(card, record=record))
    assert (moved.status, moved.due) == (status, due)


# --- one order, each card once --------------------------------------------------------------------


def test_a_form_that_comes_after_the_loan_gives_it_its_reasons_and_the_end_its_day():
    lent = replace(LOAN, case=None, reasons=())
    asked = a_work(Kind.NO_ORDER, card=lent.id)
    order = an_order(action=CHANGE, reserve_order=True, reserve_reasons=("short_term",))
    facts = person_facts(lent, replace(ENDING), record=LEAVES, cases=(asked,))
    step = confirm(confirmed(a_case(order=order)), order, facts)
    [late] = step.cards
    assert (late.card.reasons, late.card.due) == (("short_term",), LAST)
    assert works(late) == [(Kind.NO_ORDER, Stage.CONFIRMED)]


def test_an_employment_anew_keeps_the_ordinary_card_beside_a_late_form():
    lent = replace(LOAN, case=None, reasons=())
    asked = a_work(Kind.NO_ORDER, card=lent.id)
    order = an_order(reserve_order=True, reserve_reasons=("short_term",))
    facts = person_facts(lent, ENDING, cases=(asked,))
    step = confirm(confirmed(a_case(order=order)), order, facts)
    assert {s.card.id: s.card.due for s in step.cards} == {lent.id: lent.due, ENDING.id: None}


SHORT = replace(LOAN, due=LAST, due_before=LOAN.due, why="Anställningen upphör.")


@pytest.mark.parametrize("action", [NEW, CHANGE])
def test_an_employment_that_goes_on_gives_a_loan_its_time_back(action):
    block = a_work(Kind.BLOCK)
    step = followed(SHORT, action, a_record(), cases=(block,))
    assert (step.card.due, step.card.due_before, step.card.why) == (LOAN.due, None, "")
    assert step.card.chase_from == TODAY
    assert works(step) == [(Kind.BLOCK, Stage.CONFIRMED)]
    assert [k for k, _ in said(card_letters(step))] == ["extension"]
    some = followed(SHORT, action, a_record(valid_until=LAST + days(3)))
    assert some.card.due == LAST + days(3)


@pytest.mark.parametrize(
    ("card", "record"),
    [(SHORT, LEAVES), (replace(SHORT, due_before=None), a_record())],
)
def test_no_time_is_given_back_that_was_not_taken(card, record):
    assert followed(card, CHANGE, record) is None


def test_no_time_is_given_back_that_is_over():
    late = replace(SHORT, status=Status.OVERDUE)
    block = a_work(Kind.BLOCK)
    assert followed(late, NEW, a_record(), today=LOAN.due, cases=(block,)) is None


def test_what_has_been_asked_back_is_not_asked_back_anew():
    asked = followed(USED, None, ended_record()).card
    assert followed(asked, CHANGE, ended_record(), today=TODAY + days(7)) is None
    assert followed(asked, CANCEL, ended_record(), today=TODAY + days(7)) is None


def test_a_card_with_the_old_name_is_work_for_staff():
    order = an_order(action=CHANGE, surname="Nygift")
    plan = Change(Action.MODIFY, an_entry(), an_entry(surname="Nygift"))
    step = confirm(confirmed(a_case(order=order, plan=plan)), order, person_facts(USED))
    assert [(c.case.kind, c.case.why.rule) for c in step.children] == [
        (Kind.CARD_CHECK, "new_name")
    ]
    assert confirm(confirmed(a_case(order=order)), order, person_facts(USED)).children == ()


def test_a_person_without_a_card_leaves_nothing_to_take_back():
    order = an_order(action=CANCEL, last_day=LAST)
    case = confirmed(a_case(order=order))
    assert confirm(case, order, person_facts(record=LEAVES)).children == ()
    [back] = confirm(case, order, person_facts(USED, record=LEAVES)).children
    assert (back.case.kind, back.case.stage) == (Kind.CARD_RETURN, Stage.WAITS)
    old = a_work(Kind.CARD_RETURN, card=None)
    [again] = confirm(case, order, person_facts(USED, record=LEAVES, cases=(old,))).children
    assert again.case.id == old.id
    [noted] = confirm(case, an_order(), person_facts(USED, cases=(old,))).children
    assert (noted.case.id, noted.case.details[-1][0]) == (old.id, "Obs")


@pytest.mark.parametrize(
    ("record", "status"), [(ended_record(), RecordStatus.CLOSED), (LEAVES, RecordStatus.ACTIVE)]
)
def test_a_cancelled_person_without_a_card_is_closed_when_the_cards_are_known(record, status):
    order = an_order(action=CANCEL, last_day=record.entry.valid_until)
    case = a_case(kind=Kind.CANCEL, stage=Stage.APPROVED, order=order)
    event = RecordWritten(case.id, Change(Action.END, an_entry(), record.entry), record.entry, "v2")
    facts = event_facts(case, record=a_record(), policy=a_policy(), stock_complete=True)
    [saved] = decide_event(event, facts).records
    assert (saved.status, saved.cards_back) == (status, True)
    unsure = decide_event(event, replace(facts, stock_complete=False)).records[0]
    assert not unsure.cards_back


def test_what_is_at_its_end_is_not_live():
    assert live((USED, OVER, a_card(id=CardId(9), status=Status.CANCELLED))) == (USED,)
