"""The reservkort: asked for, handed out behind its guards, kept longer within the cap, returned."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.card_events import CardExtended, CardHandedOut, CardReturned
from bot.domain.card_letters import Appointment, ReceiptForm
from bot.domain.card_life import decide_card
from bot.domain.cards import IdKind, Status
from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.extensions import longest
from bot.domain.records import Status as RecordStatus
from bot.domain.reserve_orders import asked_for, refused
from bot.domain.values import CardId, CaseId
from tests.builders import BO, TODAY, a_case, a_record, an_order, confirmed, days, person
from tests.card_builders import (
    ANNA_MAIL,
    OFFICE,
    OTHER_NUMBER,
    RULES,
    a_card,
    a_holder,
    a_loan,
    a_policy,
    a_request,
    a_work,
    an_order_case,
    card_facts,
    card_letters,
    ended_record,
    one_card,
    person_facts,
    said,
    works,
)

ORDER = confirmed(a_case(order=an_order(reserve_order=True)))
CASE = an_order_case()
PASS, FOREIGN = IdKind.PASSPORT, IdKind.FOREIGN_PASSPORT
CAP = date(2027, 2, 23)  # three months from 23 November


def ask(*cards, cases=(), case=ORDER, record=None, **order):
    wanted = an_order(**{"reserve_order": True, "reserve_reasons": ("short_term",), **order})
    return asked_for(case, wanted, person_facts(*cards, cases=cases, record=record or a_record()))


def lend(card=None, *, kind=PASS, loa=None, until=None, on=TODAY, number=OTHER_NUMBER, **facts):
    card = card or a_request()
    event = CardHandedOut(card.id, number, kind, "Eva", on, loa, until)
    return decide_card(event, card_facts(card, **{"order": CASE, **facts}))


def give_back(card, on=TODAY, **facts):
    return decide_card(CardReturned(card.id, "Eva", on), card_facts(card, **facts))


def extend(card, until, **facts):
    return decide_card(CardExtended(card.id, "Eva", TODAY, until), card_facts(card, **facts))


# --- asked for ------------------------------------------------------------------------------------


def test_an_order_without_the_tick_asks_for_no_reserve_card():
    assert ask(reserve_order=False) == ()


def test_a_reason_of_the_rules_is_approved_and_the_holder_asked_to_come():
    [step] = ask(reserve_from=TODAY, reserve_to=TODAY + days(30))
    assert (step.case.kind, step.case.stage) == (Kind.RESERVE_ORDER, Stage.WAITS)
    [card] = step.cards
    assert (card.card.status, card.card.approved) == (Status.APPROVED, TODAY)
    assert card.card.next_on == date(2026, 11, 30)  # five working days
    [letter] = card_letters(card)
    assert letter.to == (ANNA_MAIL,)
    assert letter.content == Appointment(
        "Anna Öberg", "Hemtjänsten Norr", ("korttidsanställning",), 3, TODAY, TODAY + days(30)
    )


@pytest.mark.parametrize("reasons", [("other",), ()])
def test_a_reason_outside_the_rules_is_a_clerks_to_decide(reasons):
    [step] = ask(reserve_reasons=reasons)
    assert (step.case.stage, step.case.why.rule) == (Stage.STAFF, "no_rule")
    assert (step.cards[0].card.status, step.cards[0].effects) == (Status.REQUESTED, ())


def test_an_order_that_comes_again_is_brought_anew_and_the_holder_told_once():
    case = replace(ORDER, why=replace(ORDER.why, rule="correction"))
    [step] = ask(a_request(), cases=(CASE,), case=case, reserve_to=TODAY + days(9))
    assert (step.case.id, step.cards[0].card.id) == (CASE.id, CardId(6))
    assert (step.cards[0].effects, step.cards[0].card.wanted_until) == ((), TODAY + days(9))
    assert dict(step.case.details)["Obs"].startswith("rättelse")


@pytest.mark.parametrize("status", [Status.HANDED_OUT, Status.DUE, Status.OVERDUE])
def test_somebody_who_has_one_gets_no_second(status):
    [step] = ask(a_loan(status=status))
    assert (step.case.kind, step.case.why.rule, step.cards) == (
        Kind.CARD_CHECK, "has_reserve_card", ()
    )  # fmt: skip


def test_a_loan_without_a_form_is_what_the_form_asks_for():
    loan = a_loan(case=None, reasons=())
    assert ask(loan, cases=(a_work(Kind.NO_ORDER),)) == ()


def test_nothing_is_lent_to_somebody_who_has_ended():
    [step] = ask(record=ended_record())
    assert (step.case.stage, step.case.why.rule, step.cards) == (Stage.STAFF, "ended", ())


def test_a_refused_request_is_cancelled_with_the_reason():
    step = refused(CASE, a_request(), CASE.why, card_facts(a_request()))
    assert (step.cards[0].card.status, step.cards[0].card.why) == (Status.CANCELLED, "Prov.")


# --- handed out -----------------------------------------------------------------------------------


def test_a_card_handed_out_has_its_last_day_its_receipt_and_its_chase():
    step = one_card(lend())
    card = step.card
    assert (card.status, card.number, card.due, card.cap) == (
        Status.HANDED_OUT, OTHER_NUMBER, CAP, CAP
    )  # fmt: skip
    assert (card.loa, card.rules, card.id_kind) == (3, ("S9-short-3",), PASS)
    assert card.mark.startswith("EKKV1/6/")
    assert card.next_on == date(2026, 11, 25)  # the receipt's second working day
    assert works(step) == [(Kind.RESERVE_ORDER, Stage.CONFIRMED)]
    [letter] = card_letters(step)
    assert (letter.to, letter.content.nag, letter.content.handle) == ((OFFICE,), False, "C-6")
    assert isinstance(letter.content, ReceiptForm)


def test_a_card_lent_without_a_form_has_the_form_asked_for():
    step = one_card(lend(a_request(case=None), order=None))
    assert works(step) == [(Kind.NO_ORDER, Stage.STAFF)]


@pytest.mark.parametrize(
    ("kind", "asked", "reasons", "loa", "rules"),
    [
        (PASS, None, ("short_term",), 3, ("S9-short-3",)),
        (PASS, 2, ("short_term",), 2, ("S9-short-2",)),
        (FOREIGN, None, ("short_term",), 2, ("S9-short-2",)),
        (FOREIGN, None, ("other",), 2, ()),  # a clerk's own reason: the level of the document
        (PASS, None, ("other",), 3, ()),
        (PASS, 2, (), 2, ()),
    ],
)
def test_the_level_follows_document_and_rule(kind, asked, reasons, loa, rules):
    card = one_card(lend(a_request(reasons=reasons), kind=kind, loa=asked)).card
    assert (card.loa, card.rules) == (loa, rules)


@pytest.mark.parametrize(("kind", "loa"), [(FOREIGN, 3), (IdKind.SERVICE_CARD, None)])
def test_a_document_that_does_not_reach_the_level_is_refused_with_advice(kind, loa):
    with pytest.raises(IllegalStepError, match=r"annan legitimation.*--loa 2"):
        lend(kind=kind, loa=loa)


RETURNED = a_loan(id=CardId(8), status=Status.RETURNED)
BOS = a_holder(person=person(BO), name="Bo Kvist")


@pytest.mark.parametrize(
    ("card", "facts", "advice"),
    [
        (a_loan(), {}, "redan utlämnat"),
        (a_request(status=Status.CANCELLED), {}, "avslutat"),
        (a_request(), {"others": (a_loan(id=CardId(8)),)}, r"9752 5678 \(C-8\).*Ett i taget"),
        (a_request(), {"others": (a_loan(id=CardId(8), status=Status.LOST),)}, "Ett i taget"),
        (a_request(), {"same_number": (a_loan(id=CardId(8)),)}, "finns redan på ett annat kort"),
        (a_request(), {"same_number": (a_loan(id=CardId(8), status=Status.BLOCKED),)}, "Kontrollera"),
        (a_request(), {"same_number": (replace(RETURNED, holder=BOS),)}, "kan koden"),
        (a_request(), {"stock_expires": TODAY - days(1)}, "gick ut 2026-11-22"),
        (a_request(), {"record": ended_record()}, r"gick ut 2026-11-22.*nybeställning"),
        (
            a_request(),
            {"record": ended_record(TODAY + days(9), status=RecordStatus.CLOSED)},
            "nybeställning",
        ),
        (
            a_request(),
            {"record": ended_record(TODAY + days(9), status=RecordStatus.REMOVED)},
            "nybeställning",
        ),
    ],
)  # fmt: skip
def test_each_guard_of_the_hand_out_says_what_to_do(card, facts, advice):
    with pytest.raises(IllegalStepError, match=advice):
        lend(card, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"same_number": (a_loan(id=CardId(8), status=Status.DEREGISTERED, holder=BOS),)},
        {"same_number": (a_loan(id=CardId(8), status=Status.CANCELLED, holder=BOS),)},
        {"others": (RETURNED, a_card())},
        {"stock_expires": TODAY},
        {"record": ended_record(TODAY, status=RecordStatus.ACTIVE)},
        {"record": None},
    ],
)
def test_what_no_guard_stops_is_lent(facts):
    assert one_card(lend(**facts)).card.number == OTHER_NUMBER


def test_ones_own_returned_card_is_lent_anew_and_not_deregistered_meanwhile():
    work = a_work(Kind.DEREGISTER, card=RETURNED.id)
    lent, before = lend(same_number=(RETURNED,), others=(RETURNED,), cases=(work,)).cards
    assert (lent.card.status, lent.card.number) == (Status.HANDED_OUT, OTHER_NUMBER)
    assert (before.card.id, before.card.status, before.card.deregistered) == (
        RETURNED.id, Status.DEREGISTERED, None
    )  # fmt: skip
    assert before.card.why == "Samma kort är utlånat igen till samma person (C-6)."
    assert works(before) == [(Kind.DEREGISTER, Stage.CONFIRMED)]


@pytest.mark.parametrize(
    ("on", "until", "wanted", "ends", "due"),
    [
        (TODAY, None, None, date(2027, 3, 1), CAP),
        (date(2026, 8, 31), None, None, date(2027, 3, 1), date(2026, 11, 30)),  # clipped
        (TODAY, None, TODAY + days(10), date(2027, 3, 1), date(2026, 12, 3)),
        (TODAY, None, date(2026, 12, 25), date(2027, 3, 1), date(2026, 12, 23)),  # Christmas
        (TODAY, None, date(2027, 6, 1), date(2027, 3, 1), CAP),
        (TODAY, None, date(2026, 11, 1), date(2027, 3, 1), CAP),  # the wish is past
        (TODAY, date(2026, 12, 1), TODAY + days(30), date(2027, 3, 1), date(2026, 12, 1)),
        (TODAY, None, None, date(2026, 12, 27), date(2026, 12, 23)),  # ends on a Sunday
        (TODAY, CAP, None, date(2027, 3, 1), CAP),
    ],
)
def test_a_loan_lasts_three_months_clipped_and_never_past_the_employment(
    on, until, wanted, ends, due
):
    card = a_request(wanted_until=wanted)
    lent = one_card(lend(card, on=on, until=until, record=a_record(valid_until=ends))).card
    assert lent.due == due
    assert lent.due <= min(lent.cap, ends)


@pytest.mark.parametrize(
    ("until", "ends", "advice"),
    [
        (CAP + days(1), date(2027, 3, 1), "längsta lånet är till 2027-02-23"),
        (date(2027, 1, 10), date(2027, 1, 8), "Anställningen upphör 2027-01-08"),
        (TODAY - days(1), date(2027, 3, 1), "ligger före utlämningen"),
    ],
)
def test_a_last_day_that_the_rules_forbid_is_refused(until, ends, advice):
    with pytest.raises(IllegalStepError, match=advice):
        lend(until=until, record=a_record(valid_until=ends))


def test_a_forgotten_card_is_stood_in_for_by_one_of_a_month():
    lent = one_card(lend(a_request(reasons=("forgotten_card",)))).card
    assert (lent.due, lent.rules) == (date(2026, 12, 23), ("F-forgotten-3",))


def test_a_loan_written_in_late_stands_where_the_day_has_it():
    lent = one_card(lend(a_request(), on=TODAY - days(9), until=TODAY)).card
    assert (lent.status, lent.due, lent.next_on) == (Status.DUE, TODAY, TODAY)
    with pytest.raises(IllegalStepError, match=r"skulle ha gått ut 2026-11-20.*import cards"):
        lend(a_request(), on=TODAY - days(9), until=TODAY - days(3))


def test_nothing_is_lent_on_a_day_to_come():
    with pytest.raises(IllegalStepError, match="framtiden"):
        lend(on=TODAY + days(1))


# --- returned -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "card",
    [a_loan(), a_loan(status=Status.DUE), a_loan(status=Status.OVERDUE, paused=TODAY), a_card()],
)
def test_a_returned_card_is_chased_no_more_and_is_to_be_deregistered(card):
    open_ = (a_work(Kind.CARD_CHECK), a_work(Kind.BLOCK, id=CaseId(21)))
    step = one_card(give_back(replace(card, receipt=TODAY), works=open_))
    assert (step.card.status, step.card.returned) == (Status.RETURNED, TODAY)
    assert (step.card.paused, step.card.wish, step.card.next_on) == (None, None, None)
    assert works(step) == [
        (Kind.CARD_CHECK, Stage.CONFIRMED), (Kind.BLOCK, Stage.CONFIRMED),
        (Kind.DEREGISTER, Stage.STAFF),
    ]  # fmt: skip
    assert step.works[-1].case.why.source == ("S13" if card.is_reserve else "S7")


@pytest.mark.parametrize("status", [Status.LOST, Status.BLOCKED])
def test_what_is_lost_or_blocked_stays_so_when_it_turns_up(status):
    step = one_card(give_back(a_loan(status=status)))
    assert (step.card.status, step.card.returned, step.works) == (status, TODAY, ())


@pytest.mark.parametrize(
    ("card", "advice"),
    [
        (a_loan(status=Status.RETURNED, returned=TODAY), "redan återlämnat 2026-11-23"),
        (a_request(), "inte utlämnat"),
        (a_loan(status=Status.DEREGISTERED), "inte utlämnat"),
        (a_card(status=Status.ORDERED), "inte utlämnat"),
    ],
)
def test_what_is_with_nobody_is_not_returned(card, advice):
    with pytest.raises(IllegalStepError, match=advice):
        give_back(card)


# --- kept longer ----------------------------------------------------------------------------------


def test_an_extended_loan_is_chased_from_its_new_day():
    step = one_card(extend(a_loan(status=Status.OVERDUE, due=TODAY - days(3)), date(2027, 1, 17)))
    assert (step.card.status, step.card.due) == (Status.HANDED_OUT, date(2027, 1, 15))
    assert (step.card.extensions, step.card.chase_from) == (1, TODAY)
    assert said(card_letters(step)) == [("extension", (ANNA_MAIL,))]


def test_a_loan_of_which_nobody_knew_the_last_day_gets_one():
    step = one_card(extend(a_loan(due=None, cap=None), date(2027, 1, 16)))
    assert (step.card.due, step.card.cap) == (date(2027, 1, 15), date(2027, 1, 15))
    assert step.card.next_on is not None


def test_an_extension_does_not_end_a_pause_before_staff_have_looked():
    assert one_card(extend(a_loan(paused=TODAY), date(2027, 1, 15))).card.paused == TODAY


@pytest.mark.parametrize(
    ("card", "until", "facts", "advice"),
    [
        (a_loan(status=Status.RETURNED), date(2027, 1, 8), {}, "inte utlånat"),
        (a_loan(due=None), date(2027, 3, 1), {}, "till 2027-02-23"),
        (a_loan(), date(2026, 11, 20), {}, "redan passerat"),
        (a_loan(), date(2027, 2, 10), {}, "Längst till 2027-02-09"),
        (a_loan(extensions=2), date(2027, 1, 8), {}, "redan förlängts 2 gånger"),
        (a_loan(rules=("F-forgotten-3",)), date(2027, 1, 8), {}, "inte lånas efter 2026-12-18"),
        (a_loan(cap=None), date(2027, 1, 8), {}, "högst tre månader"),
        (a_loan(due=date(2027, 2, 9)), date(2027, 2, 9), {}, "högst tre månader"),
        (a_loan(), date(2026, 12, 18), {}, "redan utlånat till 2026-12-18"),
        (a_loan(), TODAY - days(1), {}, "2026-11-22 har redan passerat"),
        (
            a_loan(),
            date(2027, 1, 8),
            {"record": a_record(valid_until=date(2026, 12, 18))},
            "i katalogen gäller till 2026-12-18",
        ),
        (
            a_loan(), date(2027, 1, 8), {"record": a_record(valid_until=date(2027, 1, 5))},
            "Längst till 2027-01-05",
        ),
    ],
)  # fmt: skip
def test_the_cap_is_never_exceeded(card, until, facts, advice):
    with pytest.raises(IllegalStepError, match=advice):
        extend(card, until, **facts)


def test_a_rule_that_has_gone_since_does_not_forbid_an_old_loan():
    policy = a_policy(rules=tuple(r for r in RULES if r.id != "S9-short-3"))
    assert longest(a_loan(), card_facts(a_loan(), policy=policy)) == date(2027, 2, 9)
    assert longest(a_loan(), card_facts(a_loan(), record=None)) == date(2027, 2, 9)
