"""Every rule of the blank EK-1, its boundaries and the words that tell of them."""

from datetime import date

import pytest

from bot.domain.forms import Signed, State, Verdict
from bot.domain.judging import Register, judge
from bot.domain.labels import LABELS
from bot.domain.orders import OrderAction
from tests.builders import (
    KEYS,
    MARIA_MAIL,
    OTHER_UNIT,
    PER,
    PER_MAIL,
    PER_ROW,
    TODAY,
    UNIT,
    UNIT_ID,
    Absent,
    Unsure,
    a_cancellation,
    a_change,
    a_form,
    a_manager,
    a_register,
    judged,
)


def faults(form, register=None, **named):
    judgement = judge(form, register=register or a_register(), **{"today": TODAY, **named})
    blocking = {(p.field, p.code) for p in judgement.problems if p.code != "note"}
    assert (judgement.verdict is Verdict.ACCEPT) == (not blocking)
    assert (judgement.order is not None) == (not blocking)
    return blocking


def notes(form):
    return {p.field for p in judged(form).problems if p.code == "note"}


@pytest.mark.parametrize("form", [a_form(), a_change(), a_cancellation()])
def test_a_form_in_order_is_accepted(form):
    assert faults(form) == set()
    assert judged(form).problems == ()


def test_the_order_holds_what_the_form_says_and_the_registers_words_for_the_unit():
    form = a_form(
        unit="hemtjänsten norr", middle_name="Maria", hsa_id="SE2321000016-AB12",
        effective_from="2026-12-01", employed_from="2026-12-01", employed_to="2027-02-01",
        employment="fixed_term", card_order=True, card_status="replaces_lost",
        card_number="9752 1234", reserve_order=True, reserve_reasons=("lost_card",),
        reserve_from="2026-12-01", reserve_to="2027-03-01", lost_on="2026-11-20",
        police_reference="5000-K1-26",
    )  # fmt: skip
    order = judged(form).order
    assert order is not None
    assert (order.unit, order.unit_id, order.manager_mail) == (UNIT, UNIT_ID, MARIA_MAIL)
    assert (order.action, order.person.reveal()) == (OrderAction.NEW, form.text("person_id"))
    assert (order.effective_from, order.employed_to) == (date(2026, 12, 1), date(2027, 2, 1))
    assert (order.card_order, order.reserve_order) == (True, True)
    assert order.reserve_reasons == ("lost_card",)
    assert (order.lost_on, order.police_reference) == (date(2026, 11, 20), "5000-K1-26")


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (a_form(action=None), ("action", "missing")),
        (a_form(action="sack"), ("action", "invalid")),
        (a_form(person_id=None), ("person_id", "missing")),
        (a_form(person_id="198504272388"), ("person_id", "checksum")),
        (a_form(person_id="85042723"), ("person_id", "shape")),
        (a_form(surname=None), ("surname", "missing")),
        (a_form(phone=None), ("phone", "missing")),
        (a_form(title=None), ("title", "missing")),
        (a_form(unit=None), ("unit", "missing")),
        (a_form(mail=None, card_order=True), ("mail", "missing")),
        (
            a_form(mail=None, reserve_order=True, reserve_reasons=("foreign",)),
            ("mail", "missing"),
        ),
        (a_form(employment="fixed_term"), ("employed_to", "missing")),
        (a_cancellation(last_day=None), ("last_day", "missing")),
        (a_form(reserve_order=True), ("reserve_reasons", "missing")),
        (a_form(reserve_reasons=("foreign",)), ("reserve_order", "contradiction")),
        (a_cancellation(card_order=True), ("card_order", "contradiction")),
        (
            a_cancellation(reserve_order=True, reserve_reasons=("foreign",)),
            ("reserve_order", "contradiction"),
        ),
        (a_form(signed_on=None), ("signed_on", "missing")),
        (a_form(manager_name=None), ("manager_name", "missing")),
        (a_form(signed=Signed.NONE), ("signed", "missing")),
        (a_form(signed=Signed.UNSURE), ("signed", "unsure")),
        (a_form(employed_from="2026-12-02", employed_to="2026-12-01"), ("employed_to", "order")),
        (a_form(effective_from="2026-12-02", employed_to="2026-12-01"), ("employed_to", "order")),
        (a_form(employed_to="2026-11-22"), ("employed_to", "past")),
        (a_change(employed_to="2026-11-22"), ("employed_to", "past")),
        (
            a_form(
                reserve_order=True, reserve_reasons=("foreign",),
                reserve_from="2026-12-02", reserve_to="2026-12-01",
            ),
            ("reserve_to", "order"),
        ),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_field_and_nothing_else_is(form, fault):
    assert faults(form) == {fault}


@pytest.mark.parametrize(
    "form",
    [
        a_change(phone=None),
        a_change(title=None),
        a_cancellation(phone=None, title=None),
        a_form(mail=None),
        a_form(given_name=None),
        a_form(employment="permanent", employed_to=None),
        a_form(signed=Signed.DIGITAL),
        a_form(employed_from="2026-12-01", employed_to="2026-12-01"),
        a_form(employed_to="2026-11-23"),
        a_cancellation(employed_to="2026-11-22"),
        a_form(reserve_from="2026-12-01"),
    ],
)
def test_what_no_rule_requires_may_be_left_out(form):
    assert faults(form) == set()


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("2027-05-23", None),
        ("2027-05-24", "too_far"),
        ("2020-01-01", None),
        ("9999-12-31", "too_far"),
    ],
)
@pytest.mark.parametrize(
    ("make", "key"),
    [
        (a_form, "effective_from"),
        (a_change, "effective_from"),
        (a_form, "employed_from"),
        (a_cancellation, "last_day"),
    ],
)
def test_no_day_lies_more_than_six_months_ahead(make, key, day, fault):
    if key == "last_day" and day == "2020-01-01":
        fault = "past"
    assert faults(make(**{key: day})) == ({(key, fault)} if fault else set())


def test_a_start_of_employment_far_ahead_is_no_matter_where_the_order_names_its_own_day():
    assert faults(a_form(effective_from="2026-12-01", employed_from="2027-09-01")) == set()
    assert faults(a_change(employed_from="2027-09-01")) == set()


@pytest.mark.parametrize(("day", "fault"), [("2025-11-23", None), ("2025-11-22", "past")])
def test_a_last_day_more_than_a_year_ago_is_asked_about(day, fault):
    assert faults(a_cancellation(last_day=day)) == ({("last_day", fault)} if fault else set())


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("2026-11-23", None),
        ("2026-11-24", "future"),
        ("2026-09-24", None),
        ("2026-09-23", "stale"),
    ],
)
def test_a_signature_is_at_most_60_days_old_and_never_of_tomorrow(day, fault):
    assert faults(a_form(signed_on=day)) == ({("signed_on", fault)} if fault else set())


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("2026-12-01", "2027-03-01", None),
        ("2026-12-01", "2027-03-02", "too_long"),
        ("2027-01-31", "2027-04-30", None),
        ("2027-01-31", "2027-05-01", "too_long"),
        (None, "2027-02-23", None),
        (None, "2027-02-24", "too_long"),
        ("9999-12-01", "9999-12-31", None),
    ],
)
def test_a_reserve_card_is_lent_for_three_calendar_months(start, end, fault):
    form = a_form(
        reserve_order=True, reserve_reasons=("short_term",), reserve_from=start, reserve_to=end
    )
    assert faults(form) == ({("reserve_to", fault)} if fault else set())


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2026, 11, 20), set()),
        (date(2026, 11, 21), {("manager_name", "not_manager")}),
    ],
)
def test_authority_is_judged_on_the_mails_own_date(on, found):
    register = a_register(a_manager(valid_to=date(2026, 11, 20)))
    assert faults(a_form(), register, on=on) == found


def test_a_signature_is_not_outdated_by_our_own_delay():
    form = a_form(signed_on="2026-09-20")
    assert faults(form, on=date(2026, 11, 19)) == set()
    assert faults(form) == {("signed_on", "stale")}


def test_persons_that_staff_must_handle_are_marked_manual():
    for form in (
        a_form(protected=True),
        a_form(no_swedish_id=True, person_id=None, birth_date="1985-04-27", nationality="Finland"),
        a_form(no_swedish_id=Unsure()),
        a_form(protected=Unsure(value=False)),
        a_form(protected=Absent()),
    ):
        judgement = judged(form)
        assert judgement.verdict is Verdict.ASK
        assert judgement.manual
    assert not judged(a_form(phone=None)).manual


def test_a_person_without_number_needs_birth_date_and_nationality():
    assert faults(a_form(no_swedish_id=True, person_id=None)) == {
        ("no_swedish_id", "manual"), ("birth_date", "missing"), ("nationality", "missing"),
    }  # fmt: skip


CRITICAL = (
    "action", "person_id", "given_name", "surname", "protected", "mail", "unit",
    "card_order", "reserve_order", "reserve_reasons", "manager_name",
)  # fmt: skip


@pytest.mark.parametrize("key", CRITICAL)
def test_an_unsure_critical_field_is_never_accepted(key):
    form = a_form(reserve_order=True, reserve_reasons=("foreign",))
    value = form.value(key)
    unsure = a_form(
        **{"reserve_order": True, "reserve_reasons": ("foreign",), key: Unsure(value, "unreadable")}
    )
    assert (key, "unreadable") in faults(unsure)


@pytest.mark.parametrize("key", CRITICAL)
def test_a_critical_field_that_is_not_on_the_page_is_never_accepted(key):
    form = a_form(reserve_order=True, reserve_reasons=("foreign",), card_order=True)
    assert faults(form) == set()
    values = {"reserve_order": True, "reserve_reasons": ("foreign",), key: Absent()}
    assert (key, "missing_box") in faults(a_form(**values))


def test_the_last_day_matters_on_a_cancellation_only():
    assert faults(a_cancellation(last_day=Absent())) == {("last_day", "missing_box")}
    assert faults(a_cancellation(last_day=Unsure("2026-12-31"))) == {("last_day", "unsure")}
    assert faults(a_form(last_day=Absent())) == set()


@pytest.mark.parametrize(
    "key",
    [
        "signed_on", "effective_from", "employed_from", "employed_to", "phone", "title",
        "reserve_from", "reserve_to", "lost_on", "manager_mail", "employment", "hsa_id",
    ],
)  # fmt: skip
def test_a_doubtful_value_that_would_be_written_is_asked_about(key):
    assert (key, "unsure") in faults(a_form(**{key: Unsure()}))


@pytest.mark.parametrize("key", ["police_reference", "card_number", "card_status", "end_reason"])
def test_a_doubtful_extra_is_only_noted_and_not_taken(key):
    form = a_form(**{key: Unsure("has_card")})
    assert faults(form) == set()
    assert notes(form) == {key}
    assert getattr(judged(form).order, key) is None


def test_a_box_that_an_old_edition_lacks_is_no_fault():
    assert faults(a_form(card_number=Absent(), employment=Absent(), phone="0701740635")) == set()
    assert faults(a_form(signed_on=Absent())) == {("signed_on", "missing_box")}


def test_a_required_box_that_the_edition_lacks_is_asked_for():
    assert faults(a_form(phone=Absent())) == {("phone", "missing")}


@pytest.mark.parametrize(
    "key", [k for k in KEYS if k.endswith(("_from", "_to", "_on", "_day", "_date"))]
)
def test_a_date_that_is_none_is_never_passed_over(key):
    assert (key, "date") in faults(a_cancellation(**{key: "2026-02-30"}))


def test_a_field_has_one_fault_at_a_time():
    problems = judged(a_form(person_id=Unsure("198504272388", "checksum"))).problems
    assert [(p.field, p.code) for p in problems] == [("person_id", "checksum")]


def test_a_unit_that_the_register_lacks_is_asked_about():
    assert faults(a_form(), Register((), known=True)) == {("unit", "unknown_unit")}
    assert faults(a_form(), Register((), known=False)) == set()


def test_the_name_and_address_must_be_the_registers():
    assert faults(a_form(manager_name=PER)) == {("manager_name", "not_manager")}
    assert faults(a_form(manager_mail=PER_MAIL)) == {("manager_mail", "not_manager")}
    assert faults(a_form(manager_mail=None)) == set()


def test_a_deputy_may_sign():
    row = a_manager(deputy_mail="asa.oberg@jarfalla.example")
    form = a_form(manager_name="Åsa Öberg", manager_mail="asa.oberg@jarfalla.example")
    assert faults(form, a_register(row)) == set()


def test_a_form_without_register_keeps_its_own_words_for_the_unit():
    order = judged(a_form(unit=OTHER_UNIT), Register((), known=False)).order
    assert order is not None
    assert (order.unit, order.unit_id, order.manager_mail) == (OTHER_UNIT, "", "")
    assert judged(a_form(unit=OTHER_UNIT), a_register(PER_ROW)).verdict is Verdict.ASK


def test_every_key_of_the_blank_has_its_label():
    assert set(KEYS) | {"signed"} == set(LABELS)


def test_no_text_of_a_problem_holds_a_digit_of_the_number():
    for form in (a_form(person_id="198504272388"), a_form(person_id=Unsure("198504272388"))):
        assert not any("2388" in p.text for p in judged(form).problems)


def test_a_form_of_nothing_at_all_is_asked_about():
    empty = a_form(**dict.fromkeys(KEYS))
    assert {f for f, _ in faults(empty)} == {
        "action", "person_id", "surname", "unit", "signed_on", "manager_name",
    }  # fmt: skip
    assert all(f.state is State.EMPTY for f in empty.fields)


def test_a_recent_signing_date_that_is_not_sure_is_only_noted():
    form = a_form(signed_on=Unsure("2026-11-14"))
    assert faults(form) == set()
    assert notes(form) == {"signed_on"}
    order = judged(form).order
    assert order is not None
    assert order.signed_on == date(2026, 11, 14)


@pytest.mark.parametrize("said", ["2026-08-01", "2026-12-24", "i går", None])
def test_an_unsure_signing_date_that_may_be_too_old_is_asked_about(said):
    assert ("signed_on", "unsure") in faults(a_form(signed_on=Unsure(said)))


def test_an_unreadable_signing_date_is_asked_about():
    form = a_form(signed_on=Unsure("2026-11-14", "struck"))
    assert ("signed_on", "struck") in faults(form)
