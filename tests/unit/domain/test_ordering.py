"""One form: carried out, held, asked about or refused, guard by guard."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases import Kind, Priority, Reason, Stage
from bot.domain.decision import Policy
from bot.domain.entries import plan
from bot.domain.forms import Signed, Verdict
from bot.domain.judging import Judgement, Register
from bot.domain.letters import Applied, HandedOver, Question, Rejected
from bot.domain.ordering import carry_out, decide_form, fingerprint
from bot.domain.orders import OrderAction
from bot.domain.records import Action, Status
from tests.builders import (
    ANNA,
    BO,
    MARIA_MAIL,
    NOW,
    OTHER_UNIT,
    OTHER_UNIT_ID,
    PER_MAIL,
    PER_ROW,
    TODAY,
    UNIT,
    UNIT_ID,
    Absent,
    Unsure,
    a_cancellation,
    a_case,
    a_change,
    a_context,
    a_form,
    a_manager,
    a_record,
    a_register,
    an_approved,
    an_order,
    an_origin,
    confirmed,
    days,
    form_facts,
    letters,
    person,
    writes,
)

CANCEL, CHANGE, NEW = OrderAction.CANCEL, OrderAction.CHANGE, OrderAction.NEW
FOREIGN = a_context(origin=an_origin(answerable=False), authenticated=False, known=False)


def decided(form, *, context=None, **facts):
    return decide_form(form, form_facts(form, **facts), context or a_context())


def contents(step):
    return [letter.content for letter in letters(step)]


def stopped(step, stage, rule):
    """The step wrote nothing, and says by which rule it stopped."""
    assert (step.case.stage, step.case.why.rule) == (stage, rule)
    assert writes(step) == []
    assert step.case.why.text
    return True


def done_before(kind, action, **values):
    """An order of the person that was carried out yesterday."""
    order = an_order(action=action, **values.pop("order", {}))
    case = a_case(kind=kind, order=order, opened=NOW - days(1), **values)
    return confirmed(case)


# --- carried out -------------------------------------------------------------------------------


def test_a_new_order_is_written_and_answered_once_it_is_written():
    step = decided(a_form())
    assert step.case.stage is Stage.APPROVED
    assert (step.case.kind, step.case.title) == (Kind.NEW, f"Nybeställning: Anna Öberg, {UNIT}")
    assert [w.change.action for w in writes(step)] == [Action.ADD]
    assert letters(step) == []
    assert step.children == ()


def test_a_change_names_the_version_it_was_planned_on():
    step = decided(a_change(), record=a_record())
    assert [(w.change.action, w.expected) for w in writes(step)] == [(Action.MODIFY, "v1")]
    assert (step.case.expected, step.case.record) == ("v1", 1)


def test_a_cancellation_is_written_at_once_also_for_a_later_day():
    step = decided(a_cancellation(effective_from="2027-01-01"), record=a_record())
    assert [w.change.after.valid_until for w in writes(step)] == [date(2026, 12, 31)]
    assert step.case.not_before is None


def test_a_new_order_for_a_later_day_is_written_at_once():
    step = decided(a_form(effective_from="2027-01-01"))
    assert [w.change.after.valid_from for w in writes(step)] == [date(2027, 1, 1)]


def test_a_change_for_a_later_day_waits_and_the_manager_is_told_the_plan():
    step = decided(a_change(effective_from="2027-01-01"), record=a_record())
    assert (step.case.stage, step.case.not_before) == (Stage.APPROVED, date(2027, 1, 1))
    assert writes(step) == []
    told = contents(step)[0]
    assert isinstance(told, Applied)
    assert told.planned_for == date(2027, 1, 1)


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-01"])
def test_a_change_from_today_or_before_is_written_at_once(day):
    assert len(writes(decided(a_change(effective_from=day), record=a_record()))) == 1


def test_letters_answer_the_mail_they_came_with():
    context = a_context(origin=an_origin(references=("<m0@x.example>", "")))
    letter = letters(decided(a_form(phone=None), context=context))[0]
    assert letter.to == (MARIA_MAIL,)
    assert letter.in_reply_to == "<m1@jarfalla.example>"
    assert letter.references == ("<m0@x.example>", "<m1@jarfalla.example>")


# --- the same form twice -------------------------------------------------------------------------


def test_the_same_form_twice_is_linked_and_gets_no_second_answer():
    step = decided(a_form(), same=a_case(id=3))
    assert stopped(step, Stage.LINKED, "same_form")
    assert step.case.parent == 3
    assert letters(step) == []


def test_a_form_that_a_stranger_sent_first_does_not_silence_the_manager():
    stranger = a_case(origin=an_origin(answerable=False))
    assert decided(a_form(), same=stranger).case.stage is Stage.APPROVED
    assert decided(a_form(), same=stranger, context=FOREIGN).case.stage is Stage.LINKED


def test_the_fingerprint_is_of_the_content_and_of_nothing_else():
    assert fingerprint(a_form()) == fingerprint(a_form())
    for other in (
        a_form(phone="0701740636"),
        a_form(phone=Unsure("0701740635")),
        a_form(signed=Signed.NONE),
    ):
        assert fingerprint(other) != fingerprint(a_form())
    assert fingerprint(replace(a_form(), pages=(2,))) == fingerprint(a_form())


# --- protection ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "record"),
    [
        (a_form(protected=True), None),
        (a_form(protected=Unsure()), None),
        (a_form(protected=Unsure(value=False)), None),
        (a_change(), a_record(protected=True)),
    ],
)
def test_a_protected_person_goes_to_staff_whatever_else_is_wrong(form, record):
    step = decided(form, record=record, register=Register((PER_ROW,), known=True))
    assert stopped(step, Stage.STAFF, "protected")
    assert step.case.protected
    assert contents(step) == [HandedOver()]


def test_a_form_without_the_tick_does_not_undo_protection_under_way():
    before = a_case(protected=True, order=None)
    assert stopped(decided(a_form(), others=(before,)), Stage.STAFF, "protected")


# --- who sends ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("context", "rule"),
    [
        (FOREIGN, "unauthenticated"),
        (replace(FOREIGN, known=True), "unauthenticated"),
        (replace(FOREIGN, authenticated=True), "unknown_sender"),
    ],
)
def test_strangers_are_never_answered_and_never_dropped(context, rule):
    step = decided(a_form(), context=context)
    assert stopped(step, Stage.STAFF, rule)
    assert letters(step) == []
    assert not step.case.approvable


def test_a_manager_of_another_unit_is_refused_and_told_so():
    context = a_context(origin=an_origin(sender=PER_MAIL))
    step = decided(a_form(), context=context)
    assert stopped(step, Stage.REJECTED, "not_manager")
    assert isinstance(contents(step)[0], Rejected)
    assert letters(step)[0].to == (PER_MAIL,)


def test_a_unit_that_was_not_read_for_sure_is_asked_about_not_refused():
    context = a_context(origin=an_origin(sender=PER_MAIL))
    step = decided(a_form(unit=Unsure(UNIT)), context=context)
    assert stopped(step, Stage.ASKED, "incomplete")


@pytest.mark.parametrize(
    ("sent_on", "stage"),
    [(date(2026, 11, 20), Stage.APPROVED), (date(2026, 11, 21), Stage.REJECTED)],
)
def test_authority_is_that_of_the_mails_own_day(sent_on, stage):
    register = a_register(a_manager(valid_to=date(2026, 11, 20)))
    form = a_form()
    accepted = form_facts(form).judgement
    step = decided(form, register=register, judgement=accepted, context=a_context(sent_on=sent_on))
    assert step.case.stage is stage


def test_a_deputy_orders_within_her_days():
    deputy = "asa.ny@jarfalla.example"
    register = a_register(
        a_manager(deputy_mail=deputy, deputy_from=TODAY, deputy_to=date(2026, 12, 31))
    )
    form = a_form(manager_name="Åsa Ny", manager_mail=deputy)
    for day, stage in ((TODAY, Stage.APPROVED), (date(2026, 11, 22), Stage.REJECTED)):
        context = a_context(origin=an_origin(sender=deputy), sent_on=day)
        step = decided(form, register=register, context=context)
        assert step.case.stage is stage


# --- what is missing ------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for_point_by_point():
    step = decided(a_form(phone=None, signed=Signed.NONE, police_reference=Unsure("x")))
    assert stopped(step, Stage.ASKED, "incomplete")
    question = contents(step)[0]
    assert isinstance(question, Question)
    assert [p.label for p in question.points] == ["Telefon", "Underskrift verksamhetschef"]
    assert (question.file, question.name) == ("blankett.pdf", "")
    assert "Telefon" in step.case.why.text


def test_what_only_staff_can_settle_is_not_asked_by_mail():
    step = decided(a_form(no_swedish_id=True, person_id=None))
    assert stopped(step, Stage.STAFF, "manual_lane")
    assert contents(step) == [HandedOver()]


def test_a_form_without_tick_opens_a_case_all_the_same():
    step = decided(a_form(action=None, given_name=None, surname=None, unit=None))
    assert stopped(step, Stage.ASKED, "incomplete")
    assert step.case.kind is Kind.MAIL
    assert step.case.title == "Blankett: namn saknas, enhet saknas"


def test_a_number_in_the_wrong_field_never_gets_into_the_title():
    step = decided(a_form(surname=Unsure(ANNA), person_id=None))
    assert ANNA[8:] not in step.case.title


def test_an_accepted_form_without_order_is_read_by_a_person():
    step = decided(a_form(), judgement=Judgement(Verdict.ACCEPT, ()))
    assert stopped(step, Stage.STAFF, "no_order")


# --- which unit -----------------------------------------------------------------------------------


def test_of_two_units_with_one_name_the_senders_own_is_meant():
    theirs = replace(PER_ROW, unit=UNIT)
    step = decided(a_form(), register=a_register(theirs, a_manager()))
    assert step.case.order is not None
    assert (step.case.order.unit_id, step.case.order.manager_mail) == (UNIT_ID, MARIA_MAIL)


def test_two_units_of_one_manager_with_one_name_go_to_staff():
    register = a_register(a_manager(), a_manager(unit_id="1009"))
    assert stopped(decided(a_form(), register=register), Stage.STAFF, "ambiguous_unit")


def test_a_signature_of_another_units_manager_is_asked_about():
    theirs = replace(PER_ROW, unit=UNIT)
    form = a_form(manager_name="Per Ek")
    step = decided(form, register=a_register(a_manager(), theirs))
    assert stopped(step, Stage.ASKED, "other_signer")


def test_an_office_without_register_rows_trusts_the_form():
    step = decided(a_form(), register=Register((), known=False))
    assert step.case.stage is Stage.APPROVED


# --- nobody orders for himself -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "record"),
    [
        (a_form(given_name="Maria", surname="Lind"), None),
        (a_form(given_name="Maria", middle_name="Anna", surname="LIND"), None),
        (a_form(mail="MARIA.LIND@jarfalla.example"), None),
        (a_change(mail=None), a_record(mail=MARIA_MAIL)),
    ],
)
def test_nobody_orders_for_himself(form, record):
    assert stopped(decided(form, record=record), Stage.STAFF, "self_order")


def test_a_manager_does_not_order_for_herself_under_her_deputys_signature():
    row = a_manager(deputy_mail="asa.ny@jarfalla.example")
    form = a_form(given_name="Maria", surname="Lind", manager_name="Åsa Ny")
    assert stopped(decided(form, register=a_register(row)), Stage.STAFF, "self_order")


def test_a_deputy_is_known_by_her_address():
    row = a_manager(deputy_mail="asa.ny@jarfalla.example")
    form = a_form(given_name="Åsa", surname="Ny", mail=None)
    context = a_context(origin=an_origin(sender="asa.ny@jarfalla.example"))
    step = decided(form, register=a_register(row), context=context)
    assert stopped(step, Stage.STAFF, "self_order")


# --- contradictions -------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.STAFF, Stage.APPROVED])
def test_an_order_against_a_live_one_goes_to_staff_with_its_plan(stage):
    other = a_case(kind=Kind.CANCEL, stage=stage, order=an_order(action=CANCEL))
    step = decided(a_change(), record=a_record(), others=(other,))
    assert stopped(step, Stage.STAFF, "contradiction")
    assert step.case.approvable
    assert step.case.plan is not None
    assert "K-7" in step.case.why.text


def test_an_order_against_one_whose_person_is_not_there_yet_can_not_be_released():
    other = a_case(kind=Kind.NEW, order=an_order(action=NEW))
    step = decided(a_cancellation(), others=(other,))
    assert stopped(step, Stage.STAFF, "contradiction")
    assert (step.case.approvable, step.case.plan) == (False, None)


def test_two_managers_who_order_the_same_person_are_settled_by_staff():
    other = a_case(order=an_order(unit_id=OTHER_UNIT_ID, unit=OTHER_UNIT))
    assert stopped(decided(a_form(), others=(other,)), Stage.STAFF, "contradiction")


@pytest.mark.parametrize(
    "other",
    [
        a_case(stage=Stage.ASKED, origin=an_origin(sender=PER_MAIL)),
        a_case(stage=Stage.REJECTED, order=an_order(action=CANCEL)),
        a_case(kind=Kind.CARD_RETURN, order=None),
        a_case(),
    ],
)
def test_what_is_no_contradiction_does_not_stop_an_order(other):
    assert decided(a_form(), others=(other,)).case.stage is Stage.APPROVED


def planned(**values):
    order = an_order(action=CHANGE, effective_from=date(2027, 1, 1))
    return an_approved(kind=Kind.CHANGE, order=order, not_before=date(2027, 1, 1), **values)


def test_a_newer_plan_takes_the_place_of_the_older():
    form = a_change(effective_from="2027-02-01")
    step = decided(form, record=a_record(), others=(planned(),))
    assert (step.case.stage, step.case.not_before) == (Stage.APPROVED, date(2027, 2, 1))
    old = step.children[0].case
    assert (old.id, old.stage, old.why.rule, old.not_before) == (7, Stage.LINKED, "replaced", None)


def test_a_change_for_today_beside_a_planned_one_is_settled_by_staff():
    step = decided(a_change(), record=a_record(), others=(planned(),))
    assert stopped(step, Stage.STAFF, "contradiction")


def test_a_clash_in_one_mail_goes_to_staff_and_can_not_be_released():
    step = decided(a_form(), clashes=True)
    assert stopped(step, Stage.STAFF, "contradiction")
    assert not step.case.approvable


# --- the person in the catalogue ------------------------------------------------------------------


@pytest.mark.parametrize("form", [a_change(), a_cancellation()])
@pytest.mark.parametrize(
    "record", [None, a_record(status=Status.CLOSED), a_record(status=Status.REMOVED)]
)
def test_nobody_is_changed_or_cancelled_who_is_not_there(form, record):
    step = decided(form, record=record)
    assert stopped(step, Stage.ASKED, "not_in_register")
    question = contents(step)[0]
    assert isinstance(question, Question)
    assert question.name == "Anna Öberg"


def test_an_ended_record_takes_a_cancellation_but_no_change():
    ended = a_record(status=Status.ENDED, valid_until=date(2026, 11, 1))
    assert stopped(decided(a_change(), record=ended), Stage.ASKED, "ended")
    assert decided(a_cancellation(), record=ended).case.stage is Stage.APPROVED


@pytest.mark.parametrize("status", [Status.ENDED, Status.CLOSED, Status.REMOVED])
def test_a_new_employment_is_written_on_the_old_record(status):
    step = decided(a_form(), record=a_record(status=status, valid_until=date(2026, 6, 1)))
    write = writes(step)[0]
    assert (write.change.action, write.expected) == (Action.MODIFY, "v1")
    assert write.change.after.valid_until == date(2027, 11, 23)
    assert step.case.why.rule == "order"


@pytest.mark.parametrize(
    ("form", "stage", "rule"),
    [
        (a_change(given_name="Erik", surname="Ek"), Stage.ASKED, "other_name"),
        (a_cancellation(given_name="Erik", surname="Ek"), Stage.ASKED, "other_name"),
        (a_form(given_name="Erik", surname="Ek"), Stage.ASKED, "other_name"),
        (a_change(given_name="Erik"), Stage.STAFF, "other_name"),
        (a_cancellation(given_name="Erik"), Stage.STAFF, "other_name"),
        (a_cancellation(surname="Ek"), Stage.STAFF, "other_name"),
        (a_change(surname="Ek"), Stage.APPROVED, "order"),
        (a_change(given_name="Anna Maria"), Stage.APPROVED, "order"),
    ],
)
def test_a_number_with_another_name_is_never_written_to(form, stage, rule):
    record = a_record()
    if form.value("action") == NEW:
        record = a_record(status=Status.ENDED)
    step = decided(form, record=record)
    assert (step.case.stage, step.case.why.rule) == (stage, rule)
    assert bool(writes(step)) is (stage is Stage.APPROVED)


# --- corrections ----------------------------------------------------------------------------------


def corrected_new(**values):
    case = done_before(Kind.NEW, NEW, **values)
    return replace(case, plan=plan(an_order(), None, TODAY))


def test_a_new_order_for_somebody_who_is_there_goes_to_staff():
    step = decided(a_form(), record=a_record())
    assert stopped(step, Stage.STAFF, "exists_already")
    assert step.case.approvable
    assert contents(step) == [HandedOver()]


@pytest.mark.parametrize("name", ["Öberg", "Öborg"])
def test_a_new_order_the_day_after_corrects_the_one_before(name):
    form = a_form(surname=name, given_name="Ann" if name == "Öberg" else "Anna")
    step = decided(form, record=a_record(), others=(corrected_new(),))
    assert (step.case.stage, step.case.why.rule) == (Stage.APPROVED, "correction")
    assert writes(step)[0].change.after.surname == name


@pytest.mark.parametrize(
    "other",
    [
        replace(corrected_new(), opened=NOW - days(15)),
        replace(corrected_new(), stage=Stage.REJECTED),
        replace(corrected_new(), plan=None),
        replace(corrected_new(), order=None),
        corrected_new(order={"unit_id": OTHER_UNIT_ID}),
    ],
)
def test_what_is_no_correction_of_ours_goes_to_staff(other):
    step = decided(a_form(), record=a_record(), others=(other,))
    assert stopped(step, Stage.STAFF, "exists_already")


def test_a_correction_counts_against_the_newest_order_only():
    later = replace(done_before(Kind.CHANGE, CHANGE), id=9)
    step = decided(a_form(), record=a_record(), others=(corrected_new(), later))
    assert stopped(step, Stage.STAFF, "exists_already")


def test_a_correction_with_quite_another_name_is_asked_about():
    form = a_form(given_name="Erik", surname="Ek")
    step = decided(form, record=a_record(), others=(corrected_new(),))
    assert stopped(step, Stage.ASKED, "other_name")


def cancelled_yesterday():
    """Anna was to end 2027-03-01, and was cancelled yesterday for 2026-12-01."""
    before = a_record()
    order = an_order(action=CANCEL, last_day=date(2026, 12, 1))
    change = plan(order, before, TODAY)
    record = a_record(valid_until=date(2026, 12, 1))
    case = done_before(Kind.CANCEL, CANCEL, order={"last_day": date(2026, 12, 1)})
    return record, replace(case, plan=change)


@pytest.mark.parametrize(
    ("last_day", "until"),
    [
        ("2027-01-15", date(2027, 1, 15)),
        ("2026-11-25", date(2026, 11, 25)),
        ("2027-05-01", date(2027, 3, 1)),
    ],
)
def test_a_second_cancellation_moves_the_last_day(last_day, until):
    record, before = cancelled_yesterday()
    step = decided(a_cancellation(last_day=last_day), record=record, others=(before,))
    assert step.case.why.rule == "correction"
    assert writes(step)[0].change.after.valid_until == until


def test_a_second_cancellation_of_a_record_that_changed_meanwhile_only_ends_sooner():
    record, before = cancelled_yesterday()
    moved = a_record(valid_until=date(2026, 12, 1), phone="0701740640")
    form = a_cancellation(last_day="2027-01-15")
    step = decided(form, record=moved, others=(before,))
    assert writes(step)[0].change.after.valid_until == date(2026, 12, 1)
    assert record != moved


def test_a_second_cancellation_keeps_its_plan_while_a_clerk_looks_at_it():
    record, before = cancelled_yesterday()
    policy = Policy(approve_all=True)
    form = a_cancellation(last_day="2027-01-15")
    step = decided(form, record=record, others=(before,), context=a_context(policy=policy))
    assert stopped(step, Stage.STAFF, "approval")
    released = carry_out(step.case, step.case.order, record, TODAY)
    assert writes(released)[0].change.after.valid_until == date(2027, 1, 15)


def test_a_change_just_after_a_cancellation_goes_to_staff():
    record, before = cancelled_yesterday()
    step = decided(a_change(), record=record, others=(before,))
    assert stopped(step, Stage.STAFF, "after_cancellation")
    assert step.case.approvable


@pytest.mark.parametrize("later", [False, True])
def test_an_old_or_outdone_cancellation_does_not_stop_a_change(later):
    record, before = cancelled_yesterday()
    others = (before, replace(done_before(Kind.NEW, NEW), id=9)) if later else (
        replace(before, opened=NOW - days(15)),
    )  # fmt: skip
    assert decided(a_change(), record=record, others=others).case.stage is Stage.APPROVED


# --- other units, approval, brake -----------------------------------------------------------------


@pytest.mark.parametrize("form", [a_change(), a_cancellation()])
def test_a_person_of_another_unit_goes_to_staff_with_the_plan(form):
    record = a_record(unit_id=OTHER_UNIT_ID, unit=OTHER_UNIT)
    step = decided(form, record=record)
    assert stopped(step, Stage.STAFF, "other_unit")
    assert step.case.approvable
    assert step.case.plan is not None


@pytest.mark.parametrize("unit_id", [None, "", UNIT_ID])
def test_a_person_of_no_unit_or_of_ours_is_ours(unit_id):
    record = a_record(unit_id=unit_id)
    assert decided(a_change(), record=record).case.stage is Stage.APPROVED


def test_a_new_employment_may_be_on_another_unit():
    record = a_record(status=Status.ENDED, unit_id=OTHER_UNIT_ID)
    assert decided(a_form(), record=record).case.stage is Stage.APPROVED


def test_an_office_that_approves_everything_writes_nothing_by_itself():
    context = a_context(policy=Policy(approve_all=True))
    step = decided(a_form(lost_on="2026-11-20"), context=context)
    assert stopped(step, Stage.STAFF, "approval")
    assert step.case.approvable
    assert letters(step) == []
    assert [c.case.kind for c in step.children] == [Kind.LOSS]


@pytest.mark.parametrize(
    ("before", "batch", "population", "stage"),
    [
        (0, 1, 0, Stage.APPROVED),
        (19, 1, 1000, Stage.APPROVED),
        (20, 1, 1000, Stage.STAFF),
        (0, 20, 1000, Stage.APPROVED),
        (0, 21, 1000, Stage.STAFF),
        (10, 11, 1000, Stage.STAFF),
        (0, 5, 10, Stage.APPROVED),
        (0, 6, 10, Stage.STAFF),
        (0, 10, 100, Stage.APPROVED),
        (0, 11, 100, Stage.STAFF),
    ],
)
def test_the_brake_holds_what_would_end_too_many(before, batch, population, stage):
    context = a_context(ended_today=before, batch_endings=batch, population=population)
    step = decided(a_cancellation(), record=a_record(), context=context)
    assert step.case.stage is stage
    if stage is Stage.STAFF:
        assert stopped(step, stage, "brake")
        assert step.case.approvable


@pytest.mark.parametrize(
    ("form", "record", "stage"),
    [
        (a_change(employed_to="2026-12-01"), a_record(), Stage.STAFF),
        (a_change(employed_to="2027-06-01"), a_record(), Stage.APPROVED),
        (a_change(), a_record(), Stage.APPROVED),
        (a_change(employed_to="2026-12-01"), a_record(valid_until=None), Stage.STAFF),
        (a_form(employed_to="2026-12-01"), a_record(status=Status.ENDED), Stage.APPROVED),
        (a_form(), None, Stage.APPROVED),
    ],
)
def test_the_brake_sees_changes_that_end_a_record_sooner(form, record, stage):
    context = a_context(batch_endings=21)
    assert decided(form, record=record, context=context).case.stage is stage


# --- losses ---------------------------------------------------------------------------------------

LOST = {"lost_on": "2026-11-20", "card_number": "9752 1234", "police_reference": "5000-K1-26"}


@pytest.mark.parametrize(
    ("form", "facts", "context"),
    [
        (a_change(**LOST), {"record": a_record()}, None),
        (a_change(**LOST, phone=Unsure(), signed=Signed.NONE), {}, None),
        (a_change(**LOST), {}, FOREIGN),
        (a_change(**LOST), {}, a_context(origin=an_origin(sender=PER_MAIL))),
        (a_change(**LOST), {}, None),
        (a_change(**LOST), {"record": a_record(protected=True)}, None),
        (a_form(**LOST), {"record": a_record(), "others": (corrected_new(),)}, None),
    ],
)
def test_a_loss_is_opened_at_once_whatever_else_is_wrong(form, facts, context):
    loss = decided(form, context=context, **facts).children[-1].case
    assert (loss.kind, loss.priority, loss.stage) == (Kind.LOSS, Priority.URGENT, Stage.STAFF)
    assert loss.details[:3] == (
        ("Förlorat", "2026-11-20"), ("Kortnummer", "9752 1234"), ("Polisanmälan", "5000-K1-26"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        a_form(card_order=True, card_status="replaces_lost"),
        a_form(reserve_order=True, reserve_reasons=("foreign", "lost_card")),
        a_form(lost_on=Unsure("2026-02-31")),
    ],
)
def test_a_loss_is_told_by_any_of_its_signs(form):
    assert [c.case.kind for c in decided(form).children] == [Kind.LOSS]


@pytest.mark.parametrize(
    "form",
    [a_form(), a_form(reserve_order=True, reserve_reasons=("foreign",)), a_form(lost_on=Absent())],
)
def test_no_loss_is_made_up(form):
    assert decided(form).children == ()


def test_a_loss_under_way_is_not_opened_again_unless_there_is_news():
    form = a_change(lost_on="2026-11-20")
    loss = replace(decided(form, record=a_record()).children[0].case, id=9)
    assert decided(form, record=a_record(), others=(loss,)).children == ()
    news = a_change(lost_on="2026-11-20", police_reference="5000-K1-26")
    assert len(decided(news, record=a_record(), others=(loss,)).children) == 1
    over = replace(loss, stage=Stage.CONFIRMED, closed=NOW)
    assert len(decided(form, record=a_record(), others=(over,)).children) == 1


# --- answers to questions -------------------------------------------------------------------------


def question(**values):
    return a_case(**{"stage": Stage.ASKED, "order": None, "why": Reason("q", "?"), **values})


def test_a_better_form_closes_the_question():
    step = decided(a_form(), others=(question(),))
    closed = step.children[0].case
    assert (closed.stage, closed.why.rule, closed.closed) == (Stage.LINKED, "answered", NOW)


def test_a_form_that_is_asked_about_again_closes_the_older_question():
    step = decided(a_form(phone=None), others=(question(),))
    assert step.case.stage is Stage.ASKED
    assert [c.case.stage for c in step.children] == [Stage.LINKED]


@pytest.mark.parametrize(
    "other",
    [
        question(kind=Kind.CANCEL),
        question(origin=an_origin(sender=PER_MAIL)),
        question(stage=Stage.STAFF),
    ],
)
def test_a_form_closes_no_question_about_something_else(other):
    assert decided(a_form(), others=(other,)).children == ()


@pytest.mark.parametrize(
    ("asked", "closes"),
    [
        (question(kind=Kind.MAIL, person=None), True),
        (question(kind=Kind.CHANGE), True),
        (question(person=person(BO)), False),
        (question(stage=Stage.CONFIRMED), False),
    ],
)
def test_the_question_of_the_thread_is_closed_when_it_is_about_the_person(asked, closes):
    step = decided(a_form(), context=a_context(answered=asked))
    assert bool(step.children) is closes


def test_a_refused_form_closes_nothing():
    context = a_context(origin=an_origin(sender=PER_MAIL), answered=question())
    assert decided(a_form(), context=context).children == ()
