"""A clerk finishes or refuses a work item about a card: what it does, or what must come first."""

from dataclasses import replace

import pytest

from bot.domain.card_queue import KINDS, done, rejected, unfinished
from bot.domain.card_works import SAID_BACK
from bot.domain.cards import Status
from bot.domain.cases import Kind, Reason, Stage
from bot.domain.chasing import DOUBTFUL
from bot.domain.decision import IllegalStepError
from bot.domain.events import StaffDone, StaffRejected
from bot.domain.following import decide_event
from bot.domain.letters import Rejected
from bot.domain.values import CardId, CaseId
from tests.builders import MARIA_MAIL, TODAY, a_record, an_origin, days, event_facts, letters
from tests.card_builders import (
    a_card,
    a_loan,
    a_report,
    a_request,
    a_work,
    an_order_case,
    card_facts,
    ended_record,
    one_card,
    works,
)

BY_EVA = Reason("staff", "Avslutat av Eva.", "D")
WHY = Reason("staff", "Avslutat av Eva. Den ligger i pärmen.", "D")
NO = Reason("staff", "Avslaget av Eva: nej", "D")
LOAN = a_loan(receipt=TODAY)
NEEDED = a_card(status=Status.NEEDED, number="", case=CaseId(9))
CARD_ORDER = an_order_case(Kind.CARD_ORDER, stage=Stage.STAFF)
ORDER = an_order_case(stage=Stage.STAFF)
SAID = a_work(Kind.CARD_CHECK, why=Reason(SAID_BACK, "Prov."))
PAUSED = replace(LOAN, paused=TODAY)
LOST = replace(LOAN, status=Status.LOST, lost=TODAY)


def finish(case, card, why=WHY, **facts):
    return done(case, "Eva", why, card_facts(card, **{"works": (case,), **facts}))


def refuse(case, card, **facts):
    return rejected(case, NO, card_facts(card, **facts))


# --- finished -------------------------------------------------------------------------------------


def test_an_order_that_is_done_is_ordered_at_the_region():
    step = one_card(finish(CARD_ORDER, NEEDED, order=CARD_ORDER))
    assert (step.card.status, works(step)) == (Status.ORDERED, [(Kind.CARD_ORDER, Stage.WAITS)])


def test_a_request_that_is_done_is_approved_and_the_holder_asked_to_come():
    decision = finish(ORDER, a_request(status=Status.REQUESTED))
    assert one_card(decision).card.status is Status.APPROVED
    assert decision.steps[0].case.stage is Stage.WAITS


def test_a_card_that_is_here_is_returned():
    step = one_card(finish(SAID, PAUSED))
    assert (step.card.status, step.card.paused) == (Status.RETURNED, None)
    assert works(step) == [(Kind.CARD_CHECK, Stage.CONFIRMED), (Kind.DEREGISTER, Stage.STAFF)]


def test_another_check_of_a_paused_card_says_nothing_of_where_it_is():
    other = a_work(Kind.CARD_CHECK, why=Reason("has_reserve_card", "Prov."))
    assert finish(other, PAUSED) is None
    assert refuse(other, PAUSED) is None


@pytest.mark.parametrize("status", [Status.RETURNED, Status.BLOCKED])
def test_what_is_deregistered_is_over(status):
    case = a_work(Kind.DEREGISTER)
    step = one_card(finish(case, replace(LOAN, status=status)))
    assert (step.card.status, works(step)) == (
        Status.DEREGISTERED, [(Kind.DEREGISTER, Stage.CONFIRMED)]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "why", "receipt"),
    [
        (a_work(Kind.RECEIPT), WHY, True),
        (a_work(Kind.RECEIPT, why=Reason(DOUBTFUL, "Prov.")), BY_EVA, True),
    ],
)
def test_a_receipt_is_settled_with_a_reason_or_a_look(case, why, receipt):
    decision = finish(case, a_loan(), why)
    assert decision.steps[0].case.stage is Stage.CONFIRMED
    assert (one_card(decision).card.receipt is not None) is receipt


def test_a_police_report_that_never_comes_is_given_up():
    decision = finish(a_work(Kind.POLICE), LOST)
    assert (decision.steps[0].case.stage, one_card(decision).card.police) == (Stage.CONFIRMED, "–")


@pytest.mark.parametrize(
    ("case", "card", "advice"),
    [
        (CARD_ORDER, replace(NEEDED, status=Status.ORDERED), "card activated"),
        (CARD_ORDER, replace(NEEDED, status=Status.INFORMED), "card activated"),
        (ORDER, a_request(), "card handout"),
        (a_work(Kind.BLOCK), LOAN, r"9752 5678 är inte spärrat.*card blocked"),
        (a_work(Kind.LOSS), LOST, "card blocked"),
        (a_work(Kind.LOSS, card=None), LOST, "card blocked"),
        (a_work(Kind.DEREGISTER), LOAN, "återlämnat eller spärrat först"),
        (a_work(Kind.RECEIPT), a_loan(), r"inte arkiverad.*--why"),
        (
            a_work(Kind.CARD_CHECK, why=Reason("missing", "Prov.")),
            a_loan(due=None),
            r"9752 5678 saknar sista lånedag.*card extend --number 97525678",
        ),
    ],
)
def test_what_has_not_been_done_is_not_finished(case, card, advice):
    with pytest.raises(IllegalStepError, match=advice):
        finish(case, card, BY_EVA)


@pytest.mark.parametrize(
    ("case", "card"),
    [
        (CARD_ORDER, None),
        (CARD_ORDER, replace(NEEDED, status=Status.CANCELLED)),
        (ORDER, LOAN),
        (SAID, LOAN),  # no pause any more
        (a_work(Kind.LOSS), replace(LOAN, status=Status.BLOCKED)),
        (a_work(Kind.CARD_CHECK, why=Reason("missing", "Prov.")), LOAN),
        (a_work(Kind.DEREGISTER), replace(LOAN, status=Status.DEREGISTERED)),
        (a_work(Kind.LOSS, card=None), LOAN),
    ],
)
def test_work_that_bears_on_no_card_any_more_is_only_closed(case, card):
    assert finish(case, card, BY_EVA) is None


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.DEREGISTER, Kind.BLOCK, Kind.RECEIPT])
def test_what_must_be_done_can_not_be_refused(kind):
    with pytest.raises(IllegalStepError, match=r"K-20 kan inte avslås.*case show 20"):
        refuse(a_work(kind), None)


def test_a_card_that_is_not_here_is_chased_again():
    decision = refuse(SAID, replace(PAUSED, status=Status.OVERDUE, due=TODAY - days(4)))
    assert (decision.steps[0].case.stage, one_card(decision).card.paused) == (Stage.REJECTED, None)
    assert one_card(decision).card.next_on == TODAY


def test_what_was_no_loss_is_in_use_again():
    decision = refuse(a_work(Kind.LOSS), LOST)
    assert (decision.steps[0].case.stage, one_card(decision).card.status) == (
        Stage.REJECTED, Status.HANDED_OUT
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "card", "word"),
    [
        (ORDER, a_request(), "reservkort"),
        (ORDER, a_request(status=Status.REQUESTED), "reservkort"),
        (CARD_ORDER, NEEDED, "e-tjänstekort"),
        (CARD_ORDER, replace(NEEDED, status=Status.ORDERED), "e-tjänstekort"),
        (CARD_ORDER, replace(NEEDED, status=Status.INFORMED), "e-tjänstekort"),
    ],
)
def test_a_refused_order_is_cancelled_and_the_manager_told(case, card, word):
    decision = refuse(case, card)
    step = one_card(decision)
    assert (step.card.status, step.card.why) == (Status.CANCELLED, NO.text)
    [letter] = letters(decision.steps[0])
    assert letter.to == (MARIA_MAIL,)
    assert isinstance(letter.content, Rejected)
    assert word in letter.content.reason
    told = card.status in (Status.ORDERED, Status.INFORMED, Status.APPROVED)
    assert works(step) == ([(Kind.CARD_CHECK, Stage.STAFF)] if told else [])


def test_who_may_not_be_written_to_is_not_told():
    case = replace(ORDER, origin=an_origin(answerable=False))
    assert letters(refuse(case, a_request()).steps[0]) == []


@pytest.mark.parametrize(
    ("case", "card"),
    [
        (CARD_ORDER, None),
        (ORDER, LOAN),
        (SAID, LOAN),
        (a_work(Kind.LOSS), LOAN),
        (a_work(Kind.POLICE), LOST),
    ],
)
def test_a_refusal_that_bears_on_no_card_only_closes(case, card):
    assert refuse(case, card) is None


# --- the return of all cards ----------------------------------------------------------------------

RETURN = a_work(Kind.CARD_RETURN, card=None)
OVER = a_card(status=Status.DEREGISTERED)


@pytest.mark.parametrize(
    ("cards", "ended", "text"),
    [
        ((), True, ""),
        ((OVER,), True, ""),
        ((OVER, a_request()), False, ""),  # the person is employed again
        ((OVER, a_request()), True, "C-6 är beställt. Avslå beställningen"),
        ((a_card(), NEEDED), True, "Kvar: 9752 1234."),
        ((a_card(number="", id=CardId(8)),), True, "Kvar: C-8."),
        ((a_card(),), False, "arbetar kvar"),
    ],
)
def test_a_return_is_done_when_every_card_is(cards, ended, text):
    found = unfinished(RETURN, cards, ended=ended)
    assert text in found if text else found == ""


SURE = a_work(Kind.LOSS, card=None, loss=a_report(), why=Reason("loss", "Prov."))


@pytest.mark.parametrize(
    ("case", "cards", "held"),
    [
        (SURE, (a_card(), LOAN), True),
        (SURE, (a_card(number=""),), True),
        (SURE, (LOST, OVER), False),
        (replace(SURE, card=CardId(6)), (LOAN,), False),
        (replace(SURE, loss=a_report(sure=False)), (LOAN,), False),
        (replace(SURE, loss=None), (LOAN,), False),
        (replace(SURE, why=Reason("maybe_loss", "Prov.")), (LOAN,), False),
        (a_work(Kind.CARD_CHECK), (LOAN,), False),
    ],
)
def test_a_sure_loss_is_not_closed_before_it_is_clear_which_card(case, cards, held):
    assert ("Vilket kort" in unfinished(case, cards, ended=False)) is held


# --- through the events ---------------------------------------------------------------------------


def test_a_clerks_words_reach_the_card_through_the_queue():
    facts = event_facts(SAID, card=card_facts(PAUSED, works=(SAID,)))
    assert decide_event(StaffDone(SAID.id, "Eva"), facts).cards[0].card.status is Status.RETURNED
    refused = decide_event(StaffRejected(SAID.id, "Eva", "nej"), facts)
    assert refused.cards[0].card.paused is None
    assert {SAID.kind, Kind.LOSS} <= KINDS


def test_what_the_queue_leaves_is_only_closed():
    case = a_work(Kind.LOSS, card=None)
    facts = event_facts(case, card=card_facts(LOAN))
    closed = decide_event(StaffDone(case.id, "Eva"), facts)
    assert (closed.cards, closed.steps[0].case.stage) == ((), Stage.CONFIRMED)
    refused = decide_event(StaffRejected(case.id, "Eva", "nej"), facts)
    assert (refused.cards, refused.steps[0].case.stage) == ((), Stage.REJECTED)


def test_a_return_of_an_ended_person_is_held_by_an_order():
    facts = event_facts(RETURN, record=ended_record(), cards=(a_request(),))
    with pytest.raises(IllegalStepError, match="Avslå beställningen"):
        decide_event(StaffDone(RETURN.id, "Eva"), facts)
    free = event_facts(RETURN, record=a_record(), cards=(a_request(),))
    assert decide_event(StaffDone(RETURN.id, "Eva"), free).records[0].cards_back
