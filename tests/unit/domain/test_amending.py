"""A clerk corrects what is ready, or done: never approved by it, only what differs is written."""

import pytest

from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.events import StaffCorrected
from bot.domain.following import decide_event
from bot.domain.records import Status
from tests.builders import (
    BO,
    TODAY,
    a_cancellation,
    a_case,
    a_context,
    a_form,
    a_record,
    an_order,
    days,
    event_facts,
    form_facts,
    person,
)

EVA = "eva"


def correct(case, form, *values, **facts):
    """Decide the correction of *case* whose form then reads as *form*."""
    event = StaffCorrected(case.id, EVA, TODAY, values)
    known = {"record": a_record(), "form": form_facts(form), "context": a_context(), **facts}
    return decide_event(event, event_facts(case, **known))


def done(**values):
    return a_case(reading=a_form(), order=an_order(), stage=Stage.CONFIRMED, **values)


def test_a_correction_of_what_is_ready_waits_for_approval_all_the_same():
    case = a_case(reading=a_form(), order=an_order(), approvable=True)
    facts = {"record": None}
    decision = correct(case, a_form(title="Barnskötare"), ("title", "Barnskötare"), **facts)
    (step,) = decision.steps
    assert (step.case.stage, step.case.approvable, step.effects) == (Stage.STAFF, True, ())
    assert step.case.plan.after.title == "Barnskötare"


def test_what_is_not_sound_after_a_correction_can_not_be_approved():
    case = a_case(reading=a_form(), order=an_order(), approvable=True)
    decision = correct(case, a_form(surname=None), ("surname", None), record=None)
    (step,) = decision.steps
    assert not step.case.approvable
    assert step.effects == ()


def test_what_is_done_is_corrected_by_a_change_of_just_that_field():
    record = a_record(phone="0700000000", catalogue_version="v9")
    decision = correct(done(), a_form(surname="Åberg"), ("surname", "Åberg"), record=record)
    (step,) = decision.steps
    (work,) = step.children
    assert step.case.stage is Stage.CONFIRMED
    assert (work.case.kind, work.case.stage) == (Kind.CHANGE, Stage.APPROVED)
    assert work.case.details == (("Rättat av", EVA),)
    (write,) = work.effects
    assert write.expected == "v9"
    assert [d[0] for d in write.change.differences()] == ["surname"]
    assert write.change.after.phone == "0700000000"


def test_a_card_is_not_ordered_a_second_time_by_a_correction():
    order = an_order(card_order=True, reserve_order=True, reserve_reasons=("lost",))
    case = a_case(reading=a_form(), order=order, stage=Stage.CONFIRMED)
    (step,) = correct(case, a_form(surname="Åberg"), ("surname", "Åberg")).steps
    made = step.children[0].case.order
    assert (made.card_order, made.reserve_order, made.reserve_reasons) == (False, False, ())


@pytest.mark.parametrize(
    ("form", "facts", "says"),
    [
        (a_form(), {}, "säger redan det"),
        (a_form(surname=None), {}, "går inte att rätta så"),
        (a_form(person_id=person(BO).reveal()), {}, "personnumret kan inte"),
        (a_cancellation(), {}, "vad som är beställt"),
        (a_form(surname="Åberg"), {"record": None}, "finns inte längre"),
        (a_form(surname="Åberg"), {"record": a_record(status=Status.CLOSED)}, "finns inte längre"),
    ],
)
def test_what_can_not_be_corrected_so_is_explained(form, facts, says):
    with pytest.raises(IllegalStepError, match=says):
        correct(done(opened=a_context().now - days(1)), form, ("surname", "Åberg"), **facts)


def test_a_done_case_whose_form_is_gone_can_not_be_corrected():
    event = StaffCorrected(done().id, EVA, TODAY, (("surname", "Åberg"),))
    with pytest.raises(IllegalStepError, match="går inte att rätta så"):
        decide_event(event, event_facts(done(), record=a_record()))
