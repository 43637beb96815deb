"""What follows once the catalogue has answered, a clerk has decided, a day has passed."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases import Kind, Reason, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.entries import plan
from bot.domain.events import (
    LetterFailed,
    RecordWritten,
    StaffDone,
    StaffRejected,
    WriteConflicted,
    WriteRefused,
)
from bot.domain.following import decide_event
from bot.domain.letters import Applied, Rejected
from bot.domain.orders import OrderAction
from bot.domain.passing import decide_day, decide_due
from bot.domain.records import Status
from bot.domain.triage import Outcome
from bot.domain.values import LetterId
from tests.builders import (
    ANNA,
    NOW,
    OTHER_UNIT,
    OTHER_UNIT_ID,
    PER_MAIL,
    TODAY,
    a_case,
    a_record,
    an_approved,
    an_entry,
    an_order,
    an_origin,
    days,
    event_facts,
    letters,
    sent,
    writes,
)

CANCEL, CHANGE = OrderAction.CANCEL, OrderAction.CHANGE


def written(case, *, record=None, by_hand=False, entry=None, others=()):
    change = plan(case.order, record, TODAY)
    event = RecordWritten(case.id, change, entry or change.after, "v2", by_hand)
    return decide_event(event, event_facts(case, record=record, others=others))


def approved(action=OrderAction.NEW, **order):
    kind = {"new": Kind.NEW, "change": Kind.CHANGE, "cancel": Kind.CANCEL}[action]
    return an_approved(kind=kind, order=an_order(action=action, **order))


def works(step):
    return [(c.case.kind, c.case.stage) for c in step.children]


# --- the catalogue took it ------------------------------------------------------------------------


def test_a_written_order_is_closed_and_the_manager_is_told_what_stands_there():
    decision = written(approved())
    step = decision.steps[0]
    assert (step.case.stage, step.case.closed) == (Stage.CONFIRMED, NOW)
    told = letters(step)[0].content
    assert isinstance(told, Applied)
    assert (told.name, told.action, told.corrected) == ("Anna Öberg", "new", False)
    record = decision.records[0]
    assert (record.id, record.status, record.catalogue_version) == (0, Status.ACTIVE, "v2")
    assert record.manager_mail == "maria.lind@jarfalla.example"


def test_the_record_keeps_what_the_catalogue_read_back():
    entry = an_entry(hsa_id="SE2321000016-AB12")
    assert written(approved(), entry=entry).records[0].entry == entry


def test_a_correction_is_told_as_one():
    case = replace(approved(), why=Reason("correction", "Rättar.", "D"))
    told = letters(written(case).steps[0])[0].content
    assert isinstance(told, Applied)
    assert told.corrected


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ({}, []),
        ({"card_order": True}, [Kind.CARD_ORDER]),
        ({"reserve_order": True, "reserve_reasons": ("foreign",)}, [Kind.RESERVE_ORDER]),
        ({"card_order": True, "reserve_order": True}, [Kind.CARD_ORDER, Kind.RESERVE_ORDER]),
    ],
)
def test_ordered_cards_become_work_items(order, found):
    step = written(approved(**order)).steps[0]
    assert works(step) == [(kind, Stage.STAFF) for kind in found]


def test_a_work_item_says_what_the_clerk_must_know():
    step = written(
        approved(
            card_order=True, card_status="replaces_lost", reserve_order=True,
            reserve_reasons=("foreign", "short_term"), reserve_to=date(2027, 2, 1),
        )
    ).steps[0]  # fmt: skip
    card, reserve = (dict(c.case.details) for c in step.children)
    assert card == {
        "Kort": "ersätter förlorat kort", "Namn": "Anna Öberg", "Enhet": "Hemtjänsten Norr",
        "Titel": "Undersköterska", "E-post": "anna.oberg@jarfalla.example",
        "Telefon": "0701740635",
    }  # fmt: skip
    assert reserve.pop("Att göra").endswith("ekbot card handout --person …")
    assert reserve == {"Orsak": "utländsk person, korttidsanställning", "Behövs till": "2027-02-01"}
    assert step.children[0].case.title.endswith("Anna Öberg, Hemtjänsten Norr")


def test_a_correction_does_not_order_the_card_twice():
    open_order = a_case(id=9, kind=Kind.CARD_ORDER, order=None, details=(("Kort", "gammalt"),))
    case = replace(approved(card_order=True), why=Reason("correction", "Rättar.", "D"))
    step = written(case, others=(open_order,)).steps[0]
    child = step.children[0].case
    assert (child.id, dict(child.details)["Kort"]) == (9, "nytt kort")
    done = replace(open_order, stage=Stage.CONFIRMED)
    again = written(case, others=(done,)).steps[0].children[0].case
    assert again.id == 0
    assert "redan är beställt" in dict(again.details)["Obs"]


@pytest.mark.parametrize(("reason", "word"), [("left", "återlämnas"), ("moves", "får behållas")])
def test_a_cancellation_asks_for_the_cards(reason, word):
    case = approved(CANCEL, last_day=date(2026, 12, 31), end_reason=reason)
    decision = written(case, record=a_record())
    step = decision.steps[0]
    assert works(step) == [(Kind.CARD_RETURN, Stage.STAFF)]
    details = dict(step.children[0].case.details)
    assert details["Sista arbetsdag"] == "2026-12-31"
    assert word in details["Att göra"]
    assert decision.records[0].status is Status.ACTIVE


def test_a_moved_last_day_moves_in_the_open_card_return():
    back = a_case(id=9, kind=Kind.CARD_RETURN, order=None, details=(("Sista arbetsdag", "förr"),))
    case = approved(CANCEL, last_day=date(2026, 12, 31))
    step = written(case, record=a_record(), others=(back,)).steps[0]
    assert (step.children[0].case.id, dict(step.children[0].case.details)["Sista arbetsdag"]) == (
        9, "2026-12-31",
    )  # fmt: skip


def test_a_person_who_is_back_is_noted_where_her_cards_are_asked_for():
    back = a_case(id=9, kind=Kind.CARD_RETURN, order=None, details=(("Sista arbetsdag", "x"),))
    ended = a_record(status=Status.ENDED, cards_back=True)
    decision = written(approved(), record=ended, others=(back,))
    child = decision.steps[0].children[0].case
    assert (child.id, child.details[0]) == (9, ("Sista arbetsdag", "x"))
    assert "K-7" in dict(child.details)["Obs"]
    assert (decision.records[0].status, decision.records[0].cards_back) == (Status.ACTIVE, False)


@pytest.mark.parametrize(
    ("order", "kept"),
    [({"action": CHANGE}, True), ({"action": CHANGE, "card_status": "has_card"}, False)],
)
def test_cards_that_are_back_stay_so_unless_the_form_speaks_of_one(order, kept):
    decision = written(approved(**order), record=a_record(cards_back=True))
    assert decision.records[0].cards_back is kept


@pytest.mark.parametrize(
    ("action", "manager"), [(CANCEL, "old@x.example"), (CHANGE, "maria.lind@jarfalla.example")]
)
def test_the_manager_of_the_record_is_the_one_who_ordered_last(action, manager):
    record = a_record(manager_mail="old@x.example")
    case = approved(action, last_day=date(2026, 12, 31))
    assert written(case, record=record).records[0].manager_mail == manager


def test_a_person_whom_the_catalogue_calls_protected_is_protected_from_then_on():
    decision = written(approved(card_order=True), entry=an_entry(protected=True))
    assert decision.steps[0].case.protected


def test_a_change_on_its_day_is_not_told_twice():
    case = replace(approved(CHANGE), why=Reason("due_today", "I dag.", "D"))
    assert letters(written(case, record=a_record()).steps[0]) == []


@pytest.mark.parametrize(
    "case",
    [None, a_case(), a_case(stage=Stage.CONFIRMED), an_approved(order=None)],
)
def test_an_answer_that_nobody_waits_for_changes_nothing(case):
    change = plan(an_order(), None, TODAY)
    for event in (
        RecordWritten(7, change, change.after, "v2"),
        WriteConflicted(7, "x"),
        WriteRefused(7, "x"),
    ):
        if case is not None and case.stage is Stage.APPROVED and event.kind != "record_written":
            continue
        decision = decide_event(event, event_facts(case))
        assert (decision.steps, decision.records, decision.why.rule) == ((), (), "late_write")


def test_a_person_under_protection_elsewhere_is_protected_here_too():
    elsewhere = a_case(id=9, protected=True)
    assert written(approved(), others=(elsewhere,)).steps[0].case.protected


# --- by hand --------------------------------------------------------------------------------------


def test_a_write_by_hand_is_a_work_item_with_all_that_must_be_typed():
    decision = written(approved(), by_hand=True)
    step = decision.steps[0]
    assert step.case.stage is Stage.APPROVED
    assert letters(step) == []
    hand = step.children[0].case
    assert (hand.kind, hand.parent) == (Kind.BY_HAND, 7)
    assert dict(hand.details)["Efternamn"] == "Öberg"
    assert "Personnummer/samordningsnummer" not in dict(hand.details)
    assert ANNA[8:] not in repr(hand.details)


def test_a_write_by_hand_that_changes_nothing_is_done_already():
    case = approved(CHANGE, card_order=True)
    step = written(case, record=a_record(), by_hand=True).steps[0]
    assert (step.case.stage, works(step)) == (Stage.CONFIRMED, [(Kind.CARD_ORDER, Stage.STAFF)])


def test_typing_it_in_confirms_the_order():
    case = replace(approved(card_order=True), plan=plan(an_order(), None, TODAY))
    hand = a_case(id=8, kind=Kind.BY_HAND, order=None, parent=7)
    facts = event_facts(hand, parent=case, record=a_record())
    decision = decide_event(StaffDone(8, "Eva"), facts)
    assert [s.case.stage for s in decision.steps] == [Stage.CONFIRMED, Stage.CONFIRMED]
    assert sent(decision) == ["applied"]
    assert works(decision.steps[1]) == [(Kind.CARD_ORDER, Stage.STAFF)]


@pytest.mark.parametrize("parent", [None, an_approved(order=None), a_case(stage=Stage.CONFIRMED)])
def test_typing_it_in_twice_confirms_nothing_more(parent):
    hand = a_case(id=8, kind=Kind.BY_HAND, order=None, parent=7)
    decision = decide_event(StaffDone(8, "Eva"), event_facts(hand, parent=parent))
    assert [s.case.id for s in decision.steps] == [8]
    assert sent(decision) == []


def test_what_is_typed_into_a_catalogue_that_shows_it_is_looked_up_before_anybody_is_told():
    case = approved(card_order=True)
    change = plan(case.order, None, TODAY)
    event = RecordWritten(case.id, change, change.after, "", by_hand=True, shown=True)
    hand = decide_event(event, event_facts(case)).steps[0].children[0].case
    done = decide_event(
        StaffDone(8, "Eva"), event_facts(replace(hand, id=8), parent=case, record=a_record())
    )
    assert [s.case.stage for s in done.steps] == [Stage.CONFIRMED, Stage.APPROVED]
    assert [(w.change, w.expected) for w in writes(done.steps[1])] == [(change, "")]
    assert (sent(done), done.records) == ([], ())


def test_a_person_whom_such_a_catalogue_has_not_got_is_typed_in_whole():
    case = approved(CHANGE, title="Chef")
    change = plan(case.order, a_record(), TODAY)
    event = RecordWritten(case.id, change, change.after, "", by_hand=True, shown=True)
    facts = event_facts(case, record=a_record())
    hand = decide_event(event, facts).steps[0].children[0].case
    assert dict(hand.details)["Efternamn"] == "Öberg"
    assert "Chef" in dict(hand.details).values()


def test_a_write_by_hand_can_not_be_refused_any_more():
    hand = a_case(kind=Kind.BY_HAND, order=None)
    with pytest.raises(IllegalStepError, match="redan är beslutad"):
        decide_event(StaffRejected(7, "Eva", "nej"), event_facts(hand))


# --- the catalogue did not take it ------------------------------------------------------------------


def test_a_conflict_goes_to_staff_with_a_new_plan():
    case = approved(CHANGE, title="Chef")
    decision = decide_event(WriteConflicted(7, "version 3"), event_facts(case, record=a_record()))
    held = decision.steps[0].case
    assert (decision.outcome, held.stage, held.why.rule) == (
        Outcome.WITH_STAFF, Stage.STAFF, "conflict",
    )  # fmt: skip
    assert held.approvable
    assert held.plan is not None
    assert "version 3" in held.why.text


def test_a_conflict_plans_on_what_the_catalogue_was_seen_to_hold():
    seen = an_entry(phone="0701740699", protected=True)
    event = WriteConflicted(7, "finns redan", seen=seen, version="v9")
    decision = decide_event(event, event_facts(approved()))
    held, record = decision.steps[0].case, decision.records[0]
    assert held.plan is not None
    assert held.plan.before == seen
    assert held.protected
    assert (record.id, record.entry, record.catalogue_version) == (0, seen, "v9")
    done = decide_event(StaffDone(7, "Eva"), event_facts(held, record=record))
    assert writes(done.steps[0])[0].expected == "v9"


def test_a_conflict_on_a_known_record_renews_it():
    seen = an_entry(valid_until=date(2026, 11, 1))
    event = WriteConflicted(7, "x", seen=seen, version="v9")
    facts = event_facts(approved(CHANGE), record=a_record(id=4))
    record = decide_event(event, facts).records[0]
    assert (record.id, record.status) == (4, Status.ENDED)


def test_a_refusal_goes_to_staff_with_the_catalogues_words():
    event = WriteRefused(7, f"värdet {ANNA} godtas inte")
    held = decide_event(event, event_facts(approved())).steps[0].case
    assert (held.stage, held.why.rule, held.approvable) == (Stage.STAFF, "refused", True)
    assert "850427-****" in held.why.text
    assert ANNA not in held.why.text


def test_a_refusal_without_order_can_not_be_released():
    event = WriteRefused(7, "nej")
    held = decide_event(event, event_facts(an_approved(order=None))).steps[0].case
    assert (held.stage, held.approvable) == (Stage.STAFF, False)


# --- a letter did not arrive ------------------------------------------------------------------------


@pytest.mark.parametrize("case", [None, a_case(), a_case(protected=True, stage=Stage.CONFIRMED)])
def test_a_letter_that_fails_is_a_work_item_and_never_another_letter(case):
    event = LetterFailed(7, LetterId(3), "applied", ("x@jarfalla.example",), "550 no such user")
    decision = decide_event(event, event_facts(case))
    trouble = decision.steps[0].case
    assert (trouble.id, trouble.kind, trouble.stage) == (0, Kind.TROUBLE, Stage.STAFF)
    assert trouble.protected is (case is not None and case.protected)
    assert trouble.parent == (7 if case is not None else None)
    assert ("B-3" in trouble.why.text, sent(decision)) == (True, [])


# --- a clerk decides --------------------------------------------------------------------------------


def test_a_released_case_is_carried_out_and_told_once_it_is_written():
    case = a_case(approvable=True)
    decision = decide_event(StaffDone(7, "Eva", "ringde Maria"), event_facts(case))
    step = decision.steps[0]
    assert (step.case.stage, step.case.why.rule) == (Stage.APPROVED, "staff")
    assert step.case.why.text == "Godkänt av Eva. ringde Maria"
    assert len(writes(step)) == 1
    assert sent(written(step.case)) == ["applied"]


@pytest.mark.parametrize("record", [None, a_record(status=Status.CLOSED)])
@pytest.mark.parametrize("action", [CANCEL, CHANGE])
def test_nothing_is_released_for_a_person_who_is_gone(action, record):
    case = a_case(approvable=True, order=an_order(action=action))
    with pytest.raises(IllegalStepError, match="finns inte längre"):
        decide_event(StaffDone(7, "Eva"), event_facts(case, record=record))


def test_a_released_change_for_a_later_day_waits_for_it():
    order = an_order(action=CHANGE, effective_from=date(2027, 1, 1))
    case = a_case(kind=Kind.CHANGE, approvable=True, order=order)
    decision = decide_event(StaffDone(7, "Eva"), event_facts(case, record=a_record()))
    assert (decision.steps[0].case.not_before, sent(decision)) == (date(2027, 1, 1), ["applied"])


@pytest.mark.parametrize("stage", [Stage.STAFF, Stage.ASKED])
def test_a_work_item_is_closed_without_more(stage):
    case = a_case(kind=Kind.LOSS, stage=stage, order=None)
    decision = decide_event(StaffDone(7, "Eva"), event_facts(case, record=a_record()))
    assert decision.steps[0].case.stage is Stage.CONFIRMED
    assert (sent(decision), decision.records) == ([], ())


@pytest.mark.parametrize(
    ("kind", "record", "found"),
    [
        (Kind.CARD_RETURN, a_record(), (Status.ACTIVE, True)),
        (Kind.CARD_RETURN, a_record(status=Status.ENDED), (Status.CLOSED, True)),
        (Kind.CARD_ORDER, a_record(cards_back=True), (Status.ACTIVE, False)),
        (Kind.RESERVE_ORDER, a_record(cards_back=True), (Status.ACTIVE, False)),
    ],
)
def test_cards_first_then_the_record(kind, record, found):
    case = a_case(kind=kind, order=None)
    decision = decide_event(StaffDone(7, "Eva"), event_facts(case, record=record))
    assert [(r.status, r.cards_back) for r in decision.records] == [found]


def test_a_card_return_without_record_is_closed_all_the_same():
    case = a_case(kind=Kind.CARD_RETURN, order=None)
    assert decide_event(StaffDone(7, "Eva"), event_facts(case)).records == ()


def test_a_refusal_by_a_clerk_is_told_with_her_words():
    decision = decide_event(StaffRejected(7, "Eva", f"Fel person {ANNA}"), event_facts(a_case()))
    case = decision.steps[0].case
    assert (case.stage, case.closed, case.approvable) == (Stage.REJECTED, NOW, False)
    told = letters(decision.steps[0])[0].content
    assert isinstance(told, Rejected)
    assert told.reason == "Fel person 850427-****"
    assert ANNA not in case.why.text


@pytest.mark.parametrize(
    "case",
    [a_case(origin=an_origin(answerable=False)), a_case(kind=Kind.LOSS), a_case(kind=Kind.MAIL)],
)
def test_a_refusal_is_told_to_nobody_who_did_not_order(case):
    assert sent(decide_event(StaffRejected(7, "Eva", "nej"), event_facts(case))) == []


def test_a_planned_change_can_be_stopped_but_not_hurried():
    case = an_approved(kind=Kind.CHANGE, not_before=date(2027, 1, 1))
    stopped = decide_event(StaffRejected(7, "Eva", "nej"), event_facts(case))
    assert (stopped.steps[0].case.stage, stopped.steps[0].case.not_before) == (
        Stage.REJECTED, None,
    )  # fmt: skip
    with pytest.raises(IllegalStepError, match="inte hos en handläggare"):
        decide_event(StaffDone(7, "Eva"), event_facts(case))


@pytest.mark.parametrize("event", [StaffDone(7, "Eva"), StaffRejected(7, "Eva", "nej")])
@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.CONFIRMED, Stage.REJECTED, Stage.LINKED])
def test_a_case_that_is_not_with_staff_takes_no_step(event, stage):
    with pytest.raises(IllegalStepError, match="inte hos en handläggare"):
        decide_event(event, event_facts(a_case(stage=stage)))


def test_a_case_that_is_not_there_takes_no_step():
    with pytest.raises(IllegalStepError, match="inget ärende"):
        decide_event(StaffDone(99, "Eva"), event_facts(None))


# --- days -------------------------------------------------------------------------------------------


def planned(**values):
    order = an_order(action=CHANGE, effective_from=TODAY, title="Chef")
    return an_approved(
        kind=Kind.CHANGE, order=order, not_before=TODAY,
        plan=plan(order, a_record(), TODAY - days(30)), **values,
    )  # fmt: skip


def test_a_planned_change_is_carried_out_on_what_stands_there_on_its_day():
    record = a_record(phone="0701740699", catalogue_version="v5")
    step = decide_due(planned(), record, TODAY)
    write = writes(step)[0]
    assert (write.expected, write.change.after.title) == ("v5", "Chef")
    assert (step.case.stage, step.case.why.rule) == (Stage.APPROVED, "due_today")
    assert step.case.not_before is None


def test_a_planned_change_that_comes_late_is_carried_out_all_the_same():
    assert len(writes(decide_due(planned(), a_record(), TODAY + days(9)))) == 1


@pytest.mark.parametrize(
    ("case", "record", "rule"),
    [
        (planned(), None, "due_without_record"),
        (planned(), a_record(status=Status.CLOSED), "due_without_record"),
        (replace(planned(), order=None), a_record(), "due_without_record"),
        (planned(), a_record(status=Status.ENDED), "changed_since"),
        (planned(), a_record(unit_id=OTHER_UNIT_ID, unit=OTHER_UNIT), "changed_since"),
        (replace(planned(), plan=None), a_record(), "changed_since"),
    ],
)
def test_a_planned_change_whose_person_moved_on_is_settled_by_staff(case, record, rule):
    step = decide_due(case, record, TODAY)
    assert (step.case.stage, step.case.why.rule) == (Stage.STAFF, rule)
    assert (step.case.not_before, step.effects) == (None, ())
    assert step.case.approvable is (rule == "changed_since")


def day(record, **facts):
    return decide_day(record, event_facts(None, **facts))


def test_a_planned_record_begins_on_its_day():
    decision = day(a_record(status=Status.PLANNED, valid_from=TODAY))
    assert [r.status for r in decision.records] == [Status.ACTIVE]
    assert decision.steps == ()


def test_a_record_that_ended_has_its_cards_asked_for():
    decision = day(a_record(valid_until=date(2026, 11, 22)))
    assert [r.status for r in decision.records] == [Status.ENDED]
    case = decision.steps[0].case
    assert (case.kind, case.person, case.record) == (
        Kind.CARD_RETURN,
        a_record().entry.person_id,
        1,
    )


def test_cards_are_asked_for_once():
    decision = day(a_record(valid_until=date(2026, 11, 22)), returns_open=True)
    assert (decision.steps, [r.status for r in decision.records]) == ((), [Status.ENDED])


def test_a_record_whose_cards_are_back_closes_when_it_ends():
    decision = day(a_record(valid_until=date(2026, 11, 22), cards_back=True))
    assert (decision.steps, [r.status for r in decision.records]) == ((), [Status.CLOSED])


def test_a_closed_record_is_removed_after_its_quarantine():
    assert [r.status for r in day(a_record(status=Status.CLOSED)).records] == [Status.REMOVED]


def test_the_cards_of_a_protected_person_are_asked_for_under_protection():
    decision = day(a_record(valid_until=date(2026, 11, 22), protected=True))
    assert decision.steps[0].case.protected


def test_a_letter_to_another_manager_is_none_of_ours():
    step = written(replace(approved(), origin=an_origin(sender=PER_MAIL))).steps[0]
    assert [letter.to for letter in letters(step)] == [(PER_MAIL,)]


def test_a_card_return_is_finished_and_never_refused():
    case = a_case(id=7, kind=Kind.CARD_RETURN, stage=Stage.STAFF)
    with pytest.raises(IllegalStepError, match="case done 7"):
        decide_event(StaffRejected(case.id, "eva", "nej"), event_facts(case=case))
