"""The one gate: nothing that could show a protected person passes it."""

from dataclasses import replace

from bot.domain.cases import Kind, Reason, Stage
from bot.domain.decision import Decision, Step
from bot.domain.effects import SendLetter, WriteRecord
from bot.domain.entries import plan
from bot.domain.letters import HandedOver, Letter, Rejected
from bot.domain.protection import NEUTRAL, TITLE, gate
from bot.domain.triage import Outcome
from tests.builders import (
    BO,
    MARIA_MAIL,
    TODAY,
    a_case,
    a_record,
    an_approved,
    an_order,
    an_origin,
    person,
)

WHY = Reason("order", "Anna Öberg på Hemtjänsten Norr.", "S1")
HANDED = SendLetter(Letter((MARIA_MAIL,), HandedOver()))
TELLING = SendLetter(Letter((MARIA_MAIL,), Rejected("anna.pdf", "Anna", "")))
WRITE = WriteRecord(plan(an_order(), None, TODAY), "")


def decided(case, *children, outcome=Outcome.APPLIED, why=WHY):
    step = Step(replace(case, why=why), (HANDED, TELLING, WRITE), children)
    return Decision(outcome, why, (step,), (a_record(),))


def test_a_case_of_nobody_protected_passes_as_it_is():
    decision = decided(a_case(), Step(a_case(kind=Kind.LOSS)))
    assert gate(decision, ()) == decision
    assert gate(decision, {person(BO)}) == decision


def test_a_protected_persons_case_shows_nothing():
    case = an_approved(
        details=(("E-post", "anna@x.example"),), plan=WRITE.change, approvable=True,
        origin=an_origin(file="anna.pdf"),
    )  # fmt: skip
    decision = gate(decided(case), {person()})
    step = decision.steps[0]
    assert step.effects == (HANDED,)
    assert (step.case.title, step.case.details, step.case.plan) == (TITLE, (), None)
    assert (step.case.protected, step.case.approvable) == (True, False)
    assert (step.case.stage, step.case.origin.file) == (Stage.STAFF, "")
    assert (step.case.why.rule, step.case.why.text) == ("order", NEUTRAL)
    assert (decision.outcome, decision.why.text) == (Outcome.WITH_STAFF, NEUTRAL)
    assert decision.records == (a_record(),)


def test_a_flag_on_the_case_is_enough():
    decision = gate(decided(a_case(protected=True), outcome=Outcome.WITH_STAFF), ())
    assert decision.steps[0].case.title == TITLE
    assert (decision.outcome, decision.why.text) == (Outcome.WITH_STAFF, NEUTRAL)


def test_what_hangs_on_a_protected_case_is_covered_too():
    work = a_case(kind=Kind.LOSS, person=None, title="Spärra: Anna Öberg")
    deeper = Step(work, (TELLING,))
    decision = gate(decided(a_case(protected=True), Step(work, (TELLING,), (deeper,))), ())
    child = decision.steps[0].children[0]
    assert (child.case.title, child.effects) == (TITLE, ())
    assert (child.children[0].case.title, child.children[0].effects) == (TITLE, ())


def test_a_protected_child_does_not_hide_its_open_parent():
    decision = gate(decided(a_case(), Step(a_case(person=person(BO), order=None))), {person(BO)})
    assert decision.steps[0].case.title != TITLE
    assert decision.steps[0].children[0].case.title == TITLE


def test_a_finished_case_stays_finished_and_files_stay_with_it():
    step = Step(a_case(protected=True, stage=Stage.LINKED), files=(("f.png", b"x"),))
    found = gate(Decision(Outcome.RECORDED, Reason("x", "y"), (step,)), ())
    assert found.steps[0].case.stage is Stage.LINKED
    assert found.steps[0].files == (("f.png", b"x"),)
    assert (found.outcome, found.why) == (Outcome.RECORDED, Reason("x", "y"))
