"""The e-tjänstekort: needed, ordered, the holder told, activated; every illegal step refused."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.card_events import CardActivated, CardHandedOut, CardOrdered, HolderInformed
from bot.domain.card_life import decide_card
from bot.domain.cards import IdKind, Status
from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.events import LetterFailed
from bot.domain.following import decide_event
from bot.domain.orders import OrderAction
from bot.domain.ordinary_cards import asked_for, is_for_new_name
from bot.domain.records import Status as RecordStatus
from bot.domain.triage import Outcome
from bot.domain.values import CardId, CaseId, LetterId
from tests.builders import TODAY, a_case, a_record, an_entry, an_order, confirmed, days, event_facts
from tests.card_builders import (
    ANNA_MAIL,
    NUMBER,
    a_card,
    a_holder,
    a_loan,
    a_request,
    an_order_case,
    card_facts,
    card_letters,
    ended_record,
    one_card,
    person_facts,
    said,
    works,
)

ORDER = confirmed(a_case(order=an_order(card_order=True)))
NEEDED = a_card(status=Status.NEEDED, number="", case=CaseId(9))
ORDERED = replace(NEEDED, status=Status.ORDERED, ordered=TODAY)
INFORMED = replace(ORDERED, status=Status.INFORMED, informed=TODAY, next_on=date(2026, 12, 23))
CASE = an_order_case(Kind.CARD_ORDER, stage=Stage.STAFF)


def ask(*cards, record=None, case=ORDER, cases=(), **order):
    wanted = an_order(**{"card_order": True, **order})
    facts = person_facts(*cards, record=record or a_record(), cases=cases)
    return asked_for(case, wanted, facts)


def act(event, card, **facts):
    return decide_card(event, card_facts(card, **facts))


def order_it(card=NEEDED, **facts):
    return act(CardOrdered(card.id, "Eva", TODAY), card, order=CASE, **facts)


def activate(card=INFORMED, number=NUMBER, expires=None, on=TODAY, **facts):
    return act(CardActivated(card.id, "Eva", on, number, expires), card, **facts)


# --- asked for ------------------------------------------------------------------------------------


def test_an_order_without_the_tick_asks_for_no_card():
    assert ask(card_order=False) == ()


def test_a_tick_opens_the_work_to_order_with_everything_to_type_in():
    [step] = ask(record=a_record(hsa_id="SE2321000016-AB12"))
    assert (step.case.kind, step.case.stage) == (Kind.CARD_ORDER, Stage.STAFF)
    assert dict(step.case.details) == {
        "Kort": "nytt kort", "Namn": "Anna Öberg", "Enhet": "Hemtjänsten Norr",
        "Titel": "Undersköterska", "HSA-id": "SE2321000016-AB12", "E-post": ANNA_MAIL,
        "Telefon": "0701740635",
    }  # fmt: skip
    [card] = step.cards
    assert (card.card.status, card.card.opened, card.card.next_on) == (Status.NEEDED, TODAY, None)


def test_the_card_of_somebody_who_begins_later_waits_for_that_day():
    start = TODAY + days(9)
    record = a_record(status=RecordStatus.PLANNED, valid_from=start)
    [step] = ask(record=record)
    assert step.case.stage is Stage.WAITS
    assert dict(step.case.details)["Obs"] == "beställs när posten är aktiv"
    assert step.cards[0].card.next_on == start


def test_a_record_without_an_address_is_asked_about_at_once():
    [step] = ask(record=a_record(mail=None), mail=None)
    assert step.case.stage is Stage.STAFF
    assert dict(step.case.details)["Obs"] == "e-postadress saknas: fråga chefen"


def test_what_replaces_a_lost_card_says_so():
    [step] = ask(card_status="replaces_lost")
    assert dict(step.case.details)["Kort"] == "ersätter förlorat kort"
    assert step.cards[0].card.replaces


def test_a_correction_is_brought_into_the_order_that_is_open():
    case = replace(ORDER, why=replace(ORDER.why, rule="correction"))
    [step] = ask(NEEDED, case=case, cases=(CASE,), title="Sjuksköterska")
    assert (step.case.id, step.cards[0].card.id) == (CASE.id, NEEDED.id)
    assert dict(step.case.details)["Obs"].startswith("rättelse")


def test_an_order_that_has_lapsed_is_no_work_of_the_next_one():
    lapsed = replace(NEEDED, status=Status.CANCELLED)
    [step] = ask(lapsed, cases=(CASE,))
    assert (step.case.id, step.cards[0].card.id) == (0, 0)
    free = replace(CASE, id=CaseId(30))  # it came too late for a card of its own
    [step] = ask(lapsed, cases=(CASE, free))
    assert step.case.id == free.id
    [step] = ask(NEEDED, cases=(free, CASE))
    assert step.case.id == CASE.id


@pytest.mark.parametrize("card", [ORDERED, INFORMED])
def test_a_card_that_is_ordered_at_the_region_is_not_ordered_twice(card):
    [step] = ask(card)
    assert (step.case.kind, step.cards) == (Kind.CARD_CHECK, ())
    assert step.case.why.rule == "card_order"


def test_no_card_is_made_for_somebody_who_has_ended():
    [step] = ask(NEEDED, record=ended_record(), cases=(CASE,))
    assert (step.case.id, step.case.stage, step.cards) == (0, Stage.STAFF, ())
    assert step.case.why.rule == "ended"


# --- ordered at the region ------------------------------------------------------------------------


def test_an_ordered_card_waits_until_its_holder_has_been_told():
    step = one_card(order_it())
    assert (step.card.status, step.card.ordered) == (Status.ORDERED, TODAY)
    assert said(card_letters(step)) == [("booking", (ANNA_MAIL,))]
    assert works(step) == [(Kind.CARD_ORDER, Stage.WAITS)]
    letter = card_letters(step)[0].content
    assert (letter.void_on, letter.void_days) == (TODAY + days(90), 90)


def test_a_holder_without_an_address_gets_the_letter_by_post():
    card = replace(NEEDED, holder=a_holder(mail=None, protected=False))
    record = a_record(mail="x@jarfalla.example")
    assert said(card_letters(one_card(order_it(card, record=record)))) == [
        ("booking", ("x@jarfalla.example",))
    ]
    protected = replace(NEEDED, holder=a_holder(protected=True))
    step = one_card(order_it(protected, record=a_record(mail=None)))
    assert (step.effects, step.card.status) == ((), Status.INFORMED)
    assert step.card.next_on == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("card", "record", "advice"),
    [
        (ORDERED, a_record(), "redan beställt"),
        (a_card(), a_record(), "redan beställt"),
        (NEEDED, None, "ska vara aktiv"),
        (NEEDED, a_record(mail=None), "ska vara aktiv"),
        (NEEDED, a_record(status=RecordStatus.PLANNED), "ska vara aktiv"),
        (NEEDED, ended_record(), "ska vara aktiv"),
    ],
)
def test_only_a_needed_card_of_an_active_record_is_ordered(card, record, advice):
    with pytest.raises(IllegalStepError, match=advice):
        order_it(card, record=record)


def test_the_letter_that_has_left_starts_the_ninety_days():
    step = one_card(act(HolderInformed(ORDERED.id, TODAY), ORDERED))
    assert (step.card.status, step.card.informed) == (Status.INFORMED, TODAY)
    assert step.card.next_on == date(2026, 12, 23)  # the thirtieth day


@pytest.mark.parametrize("status", [Status.INFORMED, Status.ACTIVATED, Status.CANCELLED])
def test_a_letter_that_leaves_late_changes_nothing(status):
    decision = act(HolderInformed(ORDERED.id, TODAY), replace(ORDERED, status=status))
    assert (decision.outcome, decision.cards) == (Outcome.RECORDED, ())


def test_a_booking_letter_that_does_not_arrive_gives_the_order_back_to_staff():
    case = replace(CASE, stage=Stage.WAITS)
    event = LetterFailed(case.id, LetterId(1), "booking", (ANNA_MAIL,), "550 okänd")
    decision = decide_event(event, event_facts(case, card=card_facts(ORDERED)))
    assert [(s.case.kind, s.case.stage) for s in decision.steps] == [
        (Kind.TROUBLE, Stage.STAFF), (Kind.CARD_ORDER, Stage.STAFF)
    ]  # fmt: skip


# --- activated ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "card", [NEEDED, ORDERED, INFORMED, replace(INFORMED, status=Status.CANCELLED)]
)
def test_a_card_that_is_on_its_way_or_has_lapsed_is_activated(card):
    step = one_card(activate(card, order=CASE))
    assert (step.card.status, step.card.number, step.card.next_on) == (
        Status.ACTIVATED, NUMBER, None
    )  # fmt: skip
    assert works(step) == [(Kind.CARD_ORDER, Stage.CONFIRMED)]


def test_an_order_that_is_closed_already_stays_as_it_is():
    step = one_card(activate(order=replace(CASE, stage=Stage.CONFIRMED)))
    assert step.works == ()


def test_a_card_that_runs_out_is_looked_at_sixty_days_before():
    step = one_card(activate(expires=TODAY + days(800)))
    assert step.card.next_on == date(2028, 12, 1)  # a Friday: the sixtieth is a Saturday


@pytest.mark.parametrize(
    ("card", "number", "facts", "advice"),
    [
        (a_card(), NUMBER, {}, "väntar inte på att aktiveras"),
        (replace(INFORMED, status=Status.LOST), NUMBER, {}, "väntar inte"),
        (INFORMED, "", {}, "nummer saknas"),
        (replace(INFORMED, number="90000009"), NUMBER, {}, "redan numret 9000 0009"),
        (INFORMED, NUMBER, {"same_number": (a_card(id=CardId(8)),)}, "annat kort"),
        (replace(INFORMED, expires=TODAY), NUMBER, {"expires": TODAY}, "gått ut 2026-11-23"),
    ],
)
def test_what_is_not_the_card_is_not_activated(card, number, facts, advice):
    with pytest.raises(IllegalStepError, match=advice):
        activate(card, number, **facts)


def test_a_number_of_a_cancelled_order_is_free():
    old = a_card(id=CardId(8), status=Status.CANCELLED)
    assert one_card(activate(same_number=(old,))).card.number == NUMBER


def test_a_reserve_card_is_no_ordinary_card_and_the_other_way_round():
    with pytest.raises(IllegalStepError, match="är ett reservkort"):
        activate(a_loan())
    event = CardHandedOut(INFORMED.id, NUMBER, IdKind.PASSPORT, "Eva", TODAY)
    with pytest.raises(IllegalStepError, match="är ett e-tjänstekort"):
        act(event, INFORMED)


def test_a_step_on_no_card_or_on_a_day_to_come_is_refused():
    with pytest.raises(IllegalStepError, match="inget kort"):
        decide_card(CardOrdered(CardId(9), "Eva", TODAY), card_facts(None))
    with pytest.raises(IllegalStepError, match="framtiden"):
        activate(on=TODAY + days(1))


def test_an_activated_card_makes_what_it_stands_in_for_due_at_once():
    loan, old = a_loan(), a_card(id=CardId(8), number="90000008")
    spare = a_card(id=CardId(10), status=Status.RETURNED)
    decision = activate(others=(loan, old, spare))
    due = {s.card.id: s for s in decision.cards}
    assert set(due) == {INFORMED.id, loan.id, old.id}
    assert (due[loan.id].card.status, due[loan.id].card.due) == (Status.DUE, TODAY)
    assert due[loan.id].card.due_before == date(2026, 12, 18)
    assert "reserve_reminder" in [k for k, _ in said(card_letters(due[loan.id]))]
    assert (due[old.id].card.status, due[old.id].card.why) == (
        Status.TO_RETURN, "Kortet är ersatt av ett nytt."
    )  # fmt: skip


@pytest.mark.parametrize("status", [Status.REQUESTED, Status.APPROVED])
def test_a_reserve_card_that_was_asked_for_is_not_needed_any_more(status):
    request, case = a_request(status=status), an_order_case(stage=Stage.STAFF)
    step = activate(others=(request,), cases=(case,)).cards[1]
    assert (step.card.status, step.card.next_on) == (Status.CANCELLED, None)
    assert works(step) == [(Kind.RESERVE_ORDER, Stage.CONFIRMED)]
    assert activate(others=(request,)).cards[1].works == ()


@pytest.mark.parametrize("status", [RecordStatus.CLOSED, RecordStatus.REMOVED])
def test_a_card_activated_after_the_end_is_to_be_returned_and_opens_the_record(status):
    last = TODAY - days(40)
    decision = activate(record=ended_record(last, status=status, cards_back=True))
    card = decision.cards[0].card
    assert (card.status, card.due, card.why) == (Status.TO_RETURN, TODAY, "Anställningen upphör.")
    assert card.next_on == TODAY
    [record] = decision.records
    assert (record.status, record.cards_back) == (RecordStatus.ENDED, False)


# --- a new name -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"surname": "Ek"}, True),
        ({"surname": "Öberg"}, False),
        ({"surname": ""}, False),
        ({"surname": "Ek", "card_order": True}, False),
        ({"surname": "Ek", "action": OrderAction.NEW}, False),
    ],
)
def test_a_card_bears_the_old_name_until_a_new_one_is_ordered(values, found):
    order = an_order(**{"action": OrderAction.CHANGE, **values})
    card = a_card()
    assert is_for_new_name(order, an_entry(), (a_loan(), card)) == (card if found else None)
    assert is_for_new_name(order, None, (card,)) is None
