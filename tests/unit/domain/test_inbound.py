"""A whole mail: several forms, mixed files, answers, bounces; one outcome with its reason."""

from dataclasses import replace

import pytest

from bot.domain.cases import Kind, Stage
from bot.domain.forms import Content, Signed
from bot.domain.incoming import decide_mail
from bot.domain.letters import HandedOver, Question, Rejected
from bot.domain.triage import Fit, Machine, Outcome, Route, route
from bot.domain.troubles import Bounced
from tests.builders import (
    ANNA,
    BO,
    CILLA,
    DAN,
    MARIA_MAIL,
    PER_MAIL,
    Unsure,
    a_cancellation,
    a_case,
    a_change,
    a_context,
    a_document,
    a_form,
    a_mail,
    a_record,
    an_origin,
    letters,
    mail_facts,
    person,
    sent,
    writes,
)

STRANGER = a_context(origin=an_origin(answerable=False), authenticated=False, known=False)


def decided(seen, *, facts=None, **named):
    seen = replace(seen, answers_ours=bool(named.get("context") and named["context"].answered))
    return decide_mail(seen, route(seen), facts or mail_facts(seen, **named))


def for_person(digits, make=a_form, **values):
    names = {ANNA: "Anna", BO: "Bo", CILLA: "Cilla", DAN: "Dan"}
    return make(person_id=digits, given_name=names[digits], mail=None, **values)


def files(*contents, **values):
    documents = tuple(
        a_document(name=f"fil{n}.bin", content=c, reason="Den går inte.", **values)
        for n, c in enumerate(contents, 1)
    )
    return a_mail(documents=documents)


# --- forms ----------------------------------------------------------------------------------------


def test_each_form_of_a_mail_is_decided_by_itself():
    forms = (for_person(ANNA), for_person(BO, phone=None), for_person(CILLA, protected=True))
    decision = decided(a_mail(*forms))
    assert [s.case.stage for s in decision.steps] == [Stage.APPROVED, Stage.ASKED, Stage.STAFF]
    assert [(s.case.origin.number, s.case.origin.of) for s in decision.steps] == [
        (1, 3), (2, 3), (3, 3),
    ]  # fmt: skip
    assert [s.case.origin.file for s in decision.steps] == [f"blankett{n}.pdf" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("forms", "outcome", "rule"),
    [
        ((for_person(ANNA),), Outcome.APPLIED, "order"),
        ((for_person(ANNA), for_person(BO, phone=None)), Outcome.ASKED_BACK, "incomplete"),
        (
            (for_person(BO, phone=None), for_person(CILLA, protected=True), for_person(ANNA)),
            Outcome.WITH_STAFF,
            "protected",
        ),
    ],
)
def test_the_mails_outcome_is_the_one_that_needs_most_care(forms, outcome, rule):
    decision = decided(a_mail(*forms))
    assert (decision.outcome, decision.why.rule) == (outcome, rule)


def test_a_refused_form_outranks_an_applied_one_and_a_linked_one_is_recorded():
    refused = decided(a_mail(a_form()), context=a_context(origin=an_origin(sender=PER_MAIL)))
    assert refused.outcome is Outcome.REJECTED
    linked = decided(a_mail(a_form()), same=a_case())
    assert (linked.outcome, linked.why.rule) == (Outcome.RECORDED, "same_form")
    mixed = decided(replace(a_mail(a_form()), documents=(
        a_document(a_form()), a_document(content=Content.ENCRYPTED, reason="Lösenord."),
    )))  # fmt: skip
    assert mixed.outcome is Outcome.REJECTED


def test_the_same_form_twice_in_one_mail_is_one_case_with_one_copy():
    decision = decided(a_mail(a_form(), a_form()))
    assert len(decision.steps) == 1
    assert len(writes(decision.steps[0])) == 1
    copy = decision.steps[0].children[0].case
    assert (copy.stage, copy.why.rule, copy.origin.number) == (Stage.LINKED, "same_form", 2)


def test_the_same_order_on_two_sheets_is_one_case():
    decision = decided(a_mail(a_form(), a_form(signed=Signed.DIGITAL, signed_place="Barkarby")))
    assert len(decision.steps) == 1


def test_an_unsigned_copy_of_a_form_is_still_asked_about():
    decision = decided(a_mail(a_form(), a_form(signed=Signed.NONE)))
    assert [s.case.stage for s in decision.steps] == [Stage.APPROVED, Stage.ASKED]


@pytest.mark.parametrize(
    "forms",
    [
        (a_form(), a_cancellation()),
        (a_form(), a_form(title="Sjuksköterska")),
        (a_cancellation(), a_cancellation(last_day="2027-01-31")),
    ],
)
def test_forms_that_contradict_each_other_are_settled_by_staff(forms):
    decision = decided(a_mail(*forms), record=None)
    assert [s.case.why.rule for s in decision.steps] == ["contradiction"] * 2
    assert not any(writes(s) for s in decision.steps)
    assert not any(s.case.approvable for s in decision.steps)
    assert sent(decision) == ["handed_over"]


def test_a_contradiction_about_one_person_leaves_the_others_alone():
    decision = decided(a_mail(a_form(), for_person(BO), a_form(title="Chef")))
    assert [s.case.stage for s in decision.steps] == [Stage.STAFF, Stage.APPROVED, Stage.STAFF]


def test_contradicting_forms_of_a_stranger_are_a_strangers_forms():
    decision = decided(a_mail(a_form(), a_cancellation()), context=STRANGER)
    assert [s.case.why.rule for s in decision.steps] == ["unauthenticated"] * 2
    assert sent(decision) == []


def test_one_mail_gets_one_letter_that_a_clerk_takes_it():
    forms = tuple(for_person(p, protected=True) for p in (ANNA, BO, CILLA))
    decision = decided(a_mail(*forms))
    assert sent(decision) == ["handed_over"]
    assert len(decision.steps) == 3


@pytest.mark.parametrize("tick", [True, Unsure()])
def test_a_tick_on_one_form_protects_the_person_on_all_forms_of_the_mail(tick):
    forms = (a_form(phone=None), for_person(BO, phone=None), a_form(protected=tick))
    decision = decided(a_mail(*forms))
    assert [s.case.protected for s in decision.steps] == [True, False, True]
    assert sorted(sent(decision)) == ["handed_over", "question"]


def cancellations(count):
    record_of = {}
    forms = []
    for number in NUMBERS[:count]:
        forms.append(a_cancellation(person_id=number, mail=None))
        record_of[person(number)] = a_record(person_id=person(number))
    seen = a_mail(*forms)
    facts = mail_facts(seen)
    known = tuple(replace(f, record=record_of[f.person]) for f in facts.forms)
    return seen, replace(facts, forms=known)


NUMBERS = (
    "199001012385", "199002052398", "199003072395", "199004062395", "199005062386",
    "199006052386", "199007052385", "199008192396", "199009172397", "199010092394",
    "199011082394", "199012022381", "198501012382", "198501302395", "198502282380",
    "198503292396", "198504272389", "198505262389", "198506242398", "198507232398",
    "198508212381", "198509192384",
)  # fmt: skip


@pytest.mark.parametrize(("count", "approved"), [(20, 20), (21, 0)])
def test_a_batch_that_would_end_too_many_is_held_as_a_whole(count, approved):
    seen, facts = cancellations(count)
    decision = decided(seen, facts=facts)
    stages = [s.case.stage for s in decision.steps]
    assert stages.count(Stage.APPROVED) == approved
    assert stages.count(Stage.STAFF) == count - approved
    assert sent(decision).count("handed_over") == (approved == 0)


def test_a_batch_that_was_handled_before_does_not_wake_the_brake():
    seen, facts = cancellations(22)
    same = tuple(replace(f, same=a_case()) for f in facts.forms[:5])
    decision = decided(seen, facts=replace(facts, forms=same + facts.forms[5:]))
    stages = [s.case.stage for s in decision.steps]
    assert (stages.count(Stage.LINKED), stages.count(Stage.APPROVED)) == (5, 17)


def test_a_mail_of_new_orders_and_changes_is_no_batch_of_endings():
    numbers = NUMBERS[:22]
    seen = a_mail(*(a_change(person_id=n, mail=None) for n in numbers))
    facts = mail_facts(seen, record=a_record())
    assert {s.case.stage for s in decided(seen, facts=facts).steps} == {Stage.APPROVED}
    assert decided(a_mail(a_form(phone=None))).outcome is Outcome.ASKED_BACK


def test_changes_that_end_records_sooner_count_as_a_batch():
    seen = a_mail(*(a_change(person_id=n, mail=None, employed_to="2026-12-01") for n in NUMBERS))
    facts = mail_facts(seen, record=a_record())
    assert {s.case.why.rule for s in decided(seen, facts=facts).steps} == {"brake"}


def test_a_number_in_a_files_name_is_masked():
    seen = a_mail(documents=(a_document(a_form(phone=None), name=f"Blankett {ANNA}.pdf"),))
    question = letters(decided(seen).steps[0])[0].content
    assert isinstance(question, Question)
    assert question.file == "Blankett 850427-****.pdf"


def test_a_question_is_closed_once_though_two_forms_answer_it():
    asked = a_case(stage=Stage.ASKED, order=None)
    facts = mail_facts(a_mail(a_form(), a_form(title="Chef")), others=(asked,))
    decision = decided(a_mail(a_form(), a_form(title="Chef")), facts=facts)
    closed = [c.case.id for s in decision.steps for c in s.children]
    assert closed == [7]


def test_of_several_forms_none_closes_a_question_about_nobody_it_names():
    question = a_case(stage=Stage.ASKED, person=None, order=None)
    context = a_context(answered=question)
    assert len(decided(a_mail(a_form()), context=context).steps[0].children) == 1
    two = decided(a_mail(a_form(), for_person(BO)), context=context)
    assert [s.children for s in two.steps] == [(), ()]


def test_a_forgotten_attachment_is_closed_by_the_forms_that_come():
    question = a_case(stage=Stage.ASKED, kind=Kind.MAIL, person=None, order=None)
    two = decided(a_mail(a_form(), for_person(BO)), context=a_context(answered=question))
    assert [len(s.children) for s in two.steps] == [1, 0]


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        Content.ENCRYPTED,
        Content.DAMAGED,
        Content.EMPTY,
        Content.TOO_LARGE,
        Content.UNSUPPORTED,
        Content.OTHER,
    ],
)
def test_a_file_that_can_not_be_taken_is_sent_back_with_advice(content):
    decision = decided(files(content))
    assert (decision.outcome, decision.why.rule) == (Outcome.REJECTED, f"file_{content.value}")
    letter = letters(decision.steps[0])[0]
    assert isinstance(letter.content, Rejected)
    assert (letter.to, letter.content.reason) == ((MARIA_MAIL,), "Den går inte.")
    assert letter.content.advice


@pytest.mark.parametrize("content", [Content.HOSTILE, Content.CRASHED])
def test_a_file_that_only_a_person_can_judge_goes_to_staff(content):
    decision = decided(files(content, preview=b"png"))
    assert decision.outcome is Outcome.WITH_STAFF
    assert sent(decision) == ["handed_over"]
    assert decision.steps[0].files == (("forhandsbild.png", b"png"),)


def test_a_strangers_file_is_a_work_item_without_a_letter():
    decision = decided(files(Content.ENCRYPTED, Content.OTHER), context=STRANGER)
    assert decision.outcome is Outcome.WITH_STAFF
    assert sent(decision) == []


def test_scanned_pages_go_to_staff_with_their_picture():
    decision = decided(files(Content.SCAN, scans=(1, 3), preview=b"png"))
    case = decision.steps[0].case
    assert (case.kind, case.why.rule) == (Kind.SCAN, "scan")
    assert "1, 3" in case.why.text
    assert case.why.text.endswith("Den går inte.")
    assert decision.steps[0].files == (("forhandsbild.png", b"png"),)


def test_scanned_pages_beside_a_form_are_not_forgotten():
    document = a_document(a_form(), scans=(2,))
    decision = decided(a_mail(documents=(document,)))
    assert [s.case.kind for s in decision.steps] == [Kind.NEW, Kind.SCAN]
    assert decision.outcome is Outcome.WITH_STAFF


def test_logos_beside_something_else_are_passed_over():
    logo = a_document(name="logo.png", content=Content.OTHER)
    decision = decided(a_mail(documents=(a_document(a_form()), logo)))
    assert [s.case.kind for s in decision.steps] == [Kind.NEW]
    locked = decided(files(Content.OTHER, Content.ENCRYPTED, Content.OTHER))
    assert [s.case.why.rule for s in locked.steps] == ["file_encrypted"]


def test_many_strange_files_get_one_answer():
    decision = decided(files(Content.OTHER, Content.OTHER, Content.OTHER))
    assert sent(decision) == ["rejected"]


def test_a_mail_whose_files_say_nothing_is_read_by_a_person():
    decision = decided(files(Content.SCAN))
    assert (decision.outcome, decision.why.rule) == (Outcome.WITH_STAFF, "files")


# --- words ----------------------------------------------------------------------------------------


def test_a_machines_mail_is_recorded_and_never_answered():
    for machine in (Machine.OWN, Machine.AUTO_REPLY):
        decision = decided(a_mail(machine=machine, machine_why="x"))
        assert (decision.outcome, decision.steps) == (Outcome.RECORDED, ())
        assert decision.why.text


def test_words_without_form_are_read_by_a_person_and_the_manager_is_told():
    decision = decided(a_mail())
    assert (decision.outcome, sent(decision)) == (Outcome.WITH_STAFF, ["handed_over"])
    assert decision.steps[0].case.title == "Mejl att läsa (M-1)"


def test_a_list_mail_is_read_by_a_person_and_not_answered():
    decision = decided(a_mail(machine=Machine.LIST))
    assert (decision.outcome, sent(decision)) == (Outcome.WITH_STAFF, [])


def test_a_forgotten_attachment_is_asked_for():
    decision = decided(a_mail(speaks_of_attachment=True))
    assert (decision.outcome, sent(decision)) == (Outcome.ASKED_BACK, ["question"])


def test_a_strangers_forgotten_attachment_is_a_work_item():
    decision = decided(a_mail(speaks_of_attachment=True), context=STRANGER)
    assert (decision.outcome, sent(decision)) == (Outcome.WITH_STAFF, [])


def asked(**values):
    return a_case(**{"stage": Stage.ASKED, "order": None, **values})


def test_an_answer_in_words_brings_the_question_to_staff():
    decision = decided(a_mail(), context=a_context(answered=asked()))
    case = decision.steps[0].case
    assert (case.id, case.stage, case.why.rule) == (7, Stage.STAFF, "reply")
    assert case.details[-1] == ("Svar", "M-1")
    assert sent(decision) == []


@pytest.mark.parametrize(
    "context",
    [
        a_context(answered=asked(stage=Stage.CONFIRMED)),
        a_context(answered=asked(origin=an_origin(sender=PER_MAIL))),
        replace(STRANGER, answered=asked()),
    ],
)
def test_an_answer_to_a_closed_question_or_from_another_moves_nothing(context):
    decision = decided(a_mail(), context=context)
    case = decision.steps[0].case
    assert (case.id, case.kind, case.parent) == (0, Kind.MAIL, 7)


def test_a_reply_to_a_thread_that_is_gone_is_read_by_a_person():
    decision = decide_mail(
        a_mail(), Fit(Route.REPLY, "reply", "Svar."), mail_facts(a_mail(), context=a_context())
    )
    assert decision.steps[0].case.kind is Kind.MAIL


def test_a_bounce_is_recorded_and_the_case_it_hits_becomes_a_work_item():
    seen = a_mail(machine=Machine.BOUNCE, failed_recipients=("x@jarfalla.example",))
    decision = decided(seen, bounced=(Bounced(a_case(protected=True)),))
    assert decision.outcome is Outcome.RECORDED
    trouble = decision.steps[0].case
    assert (trouble.kind, trouble.stage, trouble.parent) == (Kind.TROUBLE, Stage.STAFF, 7)
    assert trouble.protected
    assert trouble.details[0] == ("Mottagare", "x@jarfalla.example")
    assert decided(a_mail(machine=Machine.BOUNCE)).steps == ()


def test_every_letter_of_a_mail_goes_to_its_sender():
    seen = a_mail(a_form(phone=None), for_person(BO, protected=True), a_form(title=Unsure()))
    decision = decided(seen)
    found = [letter for s in decision.steps for letter in letters(s)]
    assert {letter.to for letter in found} == {(MARIA_MAIL,)}
    assert HandedOver() in [letter.content for letter in found]
