"""A loss that a clerk registers; the block, the deregistration, what turns out to be no loss."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.card_events import CardBlocked, CardDeregistered, CardLost
from bot.domain.card_letters import LossAdvice, LossAlert, Reader
from bot.domain.card_life import decide_card
from bot.domain.cards import Status
from bot.domain.cases import Kind, Priority, Stage
from bot.domain.decision import IllegalStepError, Policy
from bot.domain.losses import alert, misread, suspects
from bot.domain.records import Status as RecordStatus
from bot.domain.reports import Lost
from bot.domain.values import CardId, CaseId
from tests.builders import TODAY, a_case, days
from tests.card_builders import (
    ANNA_MAIL,
    OFFICE,
    a_card,
    a_holder,
    a_loan,
    a_policy,
    a_report,
    a_work,
    card_facts,
    card_letters,
    ended_record,
    one_card,
    said,
    works,
)

NIGHT = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
LOAN, USED = a_loan(receipt=TODAY), a_card()
LOST = replace(LOAN, status=Status.LOST, lost=TODAY)


def lose(card, police="", **facts):
    event = CardLost(card.id, "Eva", TODAY, NIGHT, police)
    return decide_card(event, card_facts(card, **facts))


def block(card, **facts):
    return decide_card(CardBlocked(card.id, "Eva", TODAY), card_facts(card, **facts))


def deregister(card, **facts):
    return decide_card(CardDeregistered(card.id, "Eva", TODAY), card_facts(card, **facts))


# --- lost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "what", "reserve"),
    [
        (USED, "e-tjänstekort", True),
        (replace(USED, status=Status.TO_RETURN), "e-tjänstekort", True),
        (LOAN, "reservkort", False),
        (replace(LOAN, status=Status.OVERDUE), "reservkort", False),
    ],
)
def test_a_loss_alarms_staff_at_once_and_tells_the_holder_what_to_do(card, what, reserve):
    step = one_card(lose(card))
    assert (step.card.status, step.card.lost) == (Status.LOST, TODAY)
    [case] = [w.case for w in step.works]
    assert (case.kind, case.priority, case.card) == (Kind.LOSS, Priority.URGENT, card.id)
    assert (case.loss.reported, case.loss.registrar) == (NIGHT, "Eva")
    told, alarm = card_letters(step)
    assert told.to == (ANNA_MAIL,)
    assert told.content == LossAdvice("Anna Öberg", what, Reader.HOLDER, reserve=reserve)
    assert alarm.to == (OFFICE,)
    assert (alarm.content.what, alarm.content.reported) == (what, "2026-11-22 kl. 22.14")


def test_a_loss_ends_pause_and_wish_and_takes_over_the_unclear_report():
    unclear = a_work(Kind.LOSS, card=None)
    check = a_work(Kind.CARD_CHECK, id=CaseId(21))
    step = one_card(lose(replace(LOAN, paused=TODAY, wish=TODAY), works=(unclear, check)))
    assert (step.card.paused, step.card.wish) == (None, None)
    assert [(w.case.id, w.case.card) for w in step.works] == [(20, LOAN.id), (21, LOAN.id)]
    assert works(step) == [(Kind.LOSS, Stage.STAFF), (Kind.CARD_CHECK, Stage.CONFIRMED)]


def test_a_police_number_that_is_known_is_not_chased():
    assert one_card(lose(LOAN, police="5000-K1-26")).card.next_on is None
    assert one_card(lose(LOAN)).card.next_on == date(2026, 11, 30)


def test_about_a_protected_person_the_holder_is_told_by_a_clerk():
    step = one_card(lose(replace(LOAN, holder=a_holder(protected=True, unit=""))))
    assert step.effects == ()
    assert [k for k, _ in said(card_letters(step))] == ["loss_alert"]


@pytest.mark.parametrize(
    "status",
    [Status.LOST, Status.BLOCKED, Status.RETURNED, Status.DEREGISTERED, Status.APPROVED],
)
def test_what_is_with_nobody_can_not_be_lost(status):
    with pytest.raises(IllegalStepError, match=r"inte hos någon.*Kontrollera numret"):
        lose(replace(LOAN, status=status))


def test_without_an_address_of_staff_or_a_report_there_is_no_alarm():
    case = a_case(kind=Kind.LOSS)
    assert alert(case, None, a_policy()) == ()
    assert alert(replace(case, loss=a_report()), None, Policy()) == ()
    [effect] = alert(replace(case, id=0, loss=a_report()), None, a_policy())
    assert effect.letter.content == LossAlert("", "", "", "kort", "2026-11-23 kl. 10.00", ANNA_MAIL)


# --- blocked --------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", [LOST, LOAN, USED, replace(LOAN, status=Status.RETURNED)])
def test_a_blocked_card_is_to_be_deregistered(card):
    open_ = tuple(
        a_work(kind, id=CaseId(n)) for n, kind in enumerate([Kind.LOSS, Kind.BLOCK, Kind.CARD_CHECK], 20)
    )  # fmt: skip
    step = one_card(block(replace(card, paused=TODAY, wish=TODAY), works=open_))
    assert (step.card.status, step.card.blocked, step.card.paused, step.card.wish) == (
        Status.BLOCKED, TODAY, None, None
    )  # fmt: skip
    assert works(step) == [
        (Kind.LOSS, Stage.CONFIRMED), (Kind.BLOCK, Stage.CONFIRMED),
        (Kind.CARD_CHECK, Stage.CONFIRMED), (Kind.DEREGISTER, Stage.STAFF),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("card", "advice"),
    [
        (replace(LOAN, status=Status.BLOCKED, blocked=TODAY), "redan spärrat 2026-11-23"),
        (replace(LOAN, status=Status.DEREGISTERED), "kan inte spärras"),
        (replace(LOAN, status=Status.APPROVED), "kan inte spärras"),
        (replace(USED, status=Status.ORDERED), "kan inte spärras"),
    ],
)
def test_a_block_is_made_once_and_of_a_card_only(card, advice):
    with pytest.raises(IllegalStepError, match=advice):
        block(card)


# --- deregistered ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.RETURNED, Status.BLOCKED])
def test_the_last_card_closes_the_record_and_the_return(status):
    back = a_work(Kind.CARD_RETURN, card=None)
    work = a_work(Kind.DEREGISTER, id=CaseId(21))
    decision = deregister(
        replace(LOAN, status=status), record=ended_record(), returns=(back,), works=(work,),
        others=(replace(USED, status=Status.DEREGISTERED),),
    )  # fmt: skip
    step = one_card(decision)
    assert (step.card.status, step.card.deregistered) == (Status.DEREGISTERED, TODAY)
    assert works(step) == [(Kind.DEREGISTER, Stage.CONFIRMED), (Kind.CARD_RETURN, Stage.CONFIRMED)]
    assert [r.status for r in decision.records] == [RecordStatus.CLOSED]


def test_while_another_card_is_out_neither_record_nor_return_is_closed():
    back = a_work(Kind.CARD_RETURN, card=None)
    decision = deregister(
        replace(LOAN, status=Status.RETURNED),
        record=ended_record(),
        returns=(back,),
        others=(USED,),
    )
    assert (decision.records, one_card(decision).works) == ((), ())


@pytest.mark.parametrize("card", [LOAN, LOST, USED, replace(USED, status=Status.NEEDED, number="")])
def test_only_what_is_back_or_blocked_is_deregistered(card):
    with pytest.raises(IllegalStepError, match="återlämnat eller spärrat först"):
        deregister(card)


# --- which card, and whether ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "number", "found"),
    [
        (Lost.UNKNOWN, "", {5, 6}),
        (Lost.ORDINARY, "", {5}),
        (Lost.RESERVE, "", {6}),
        (Lost.UNKNOWN, "5678", {6}),
        (Lost.ORDINARY, "5678", {6}),  # the number goes first
        (Lost.UNKNOWN, "0000", set()),
    ],
)
def test_a_report_is_about_the_cards_that_it_can_be_about(what, number, found):
    blocked = a_card(id=CardId(9), status=Status.BLOCKED)
    assert {c.id for c in suspects((USED, LOAN, blocked), what, number)} == found


@pytest.mark.parametrize(
    ("card", "record", "status"),
    [
        (LOST, None, Status.HANDED_OUT),
        (replace(LOST, due=TODAY), None, Status.DUE),
        (replace(LOST, due=TODAY - days(9)), None, Status.OVERDUE),
        (replace(USED, status=Status.LOST, lost=TODAY), None, Status.ACTIVATED),
        (replace(USED, status=Status.LOST, due=TODAY - days(1)), None, Status.TO_RETURN),
        (replace(USED, status=Status.LOST, due=TODAY + days(1)), None, Status.ACTIVATED),
        (replace(USED, status=Status.LOST, lost=TODAY), ended_record(), Status.TO_RETURN),
        (LOST, ended_record(), Status.DUE),
    ],
)
def test_what_was_no_loss_stands_where_its_dates_have_it(card, record, status):
    step = misread(card, card_facts(card, record=record))
    assert (step.card.status, step.card.lost) == (status, None)
    in_use = status is Status.ACTIVATED and card.due is None
    assert in_use or step.card.next_on is not None, "it is not forgotten"


def test_what_came_back_while_it_was_thought_lost_is_to_be_deregistered():
    back = replace(LOST, returned=TODAY)
    step = misread(back, card_facts(back))
    assert (step.card.status, works(step)) == (
        Status.RETURNED, [(Kind.DEREGISTER, Stage.STAFF)]
    )  # fmt: skip
    assert step.effects == ()


def test_the_holder_is_told_that_the_alarm_is_called_off():
    [letter] = card_letters(misread(LOST, card_facts(LOST)))
    assert (letter.to, letter.content.called_off) == ((ANNA_MAIL,), True)


def test_what_was_reported_first_is_kept_when_a_clerk_knows_more():
    first = a_work(
        Kind.LOSS, card=None, loss=a_report(sender="maria@x.example", police="5000-K1-26"),
        details=(("Står i mejlet", "borta"),),
    )  # fmt: skip
    step = one_card(lose(LOAN, works=(first,)))
    case = step.works[0].case
    assert (case.loss.reported, case.loss.sender) == (a_report().reported, "maria@x.example")
    assert (case.loss.police, step.card.police) == ("5000-K1-26", "5000-K1-26")
    assert case.details[0] == ("Står i mejlet", "borta")
    assert one_card(lose(LOAN, works=(replace(first, loss=None),))).works[0].case.loss


def test_a_loss_that_may_be_of_another_card_stays_open():
    unclear = a_work(Kind.LOSS, card=None)
    still = one_card(block(LOAN, works=(unclear,), others=(USED,)))
    assert works(still) == [(Kind.DEREGISTER, Stage.STAFF)]
    assert (Kind.LOSS, Stage.CONFIRMED) in works(one_card(block(LOAN, works=(unclear,))))


def test_a_block_can_not_be_undone():
    blocked = replace(LOST, status=Status.BLOCKED)
    with pytest.raises(IllegalStepError, match="kan inte ändras"):
        misread(blocked, card_facts(blocked))
