"""What an order makes of an entry: dates, names, what the manager is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import add_years
from bot.domain.entries import (
    Likeness,
    changed,
    likeness,
    lines,
    new,
    plan,
    reopened,
    status_on,
)
from bot.domain.orders import OrderAction
from bot.domain.records import Action, Change, Status, ended
from tests.builders import TODAY, a_record, an_entry, an_order, days

CANCEL = {"action": OrderAction.CANCEL}
CHANGE = {"action": OrderAction.CHANGE}


@pytest.mark.parametrize(
    ("dates", "start", "until"),
    [
        ({}, TODAY, date(2027, 11, 23)),
        ({"effective_from": date(2026, 12, 1)}, date(2026, 12, 1), date(2027, 12, 1)),
        ({"employed_from": date(2026, 12, 1)}, date(2026, 12, 1), date(2027, 12, 1)),
        ({"employed_from": date(2019, 1, 1)}, TODAY, date(2027, 11, 23)),
        ({"employed_to": date(2027, 2, 1)}, TODAY, date(2027, 2, 1)),
        ({"employed_to": date(2030, 2, 1)}, TODAY, date(2027, 11, 23)),
        (
            {"effective_from": date(2026, 12, 5), "employed_from": date(2026, 12, 1)},
            date(2026, 12, 5),
            date(2027, 12, 5),
        ),
    ],
)
def test_a_new_entry_is_valid_one_year_or_to_the_end_of_the_employment(dates, start, until):
    entry = new(an_order(**dates), TODAY)
    assert (entry.valid_from, entry.valid_until) == (start, until)


def test_a_new_order_for_nobody_adds_an_entry():
    change = plan(an_order(hsa_id="SE2321000016-AB12"), None, TODAY)
    assert (change.action, change.before) == (Action.ADD, None)
    assert change.after.hsa_id == "SE2321000016-AB12"


def test_a_correction_keeps_the_day_the_record_began():
    record = a_record(valid_from=date(2026, 11, 20), valid_until=date(2027, 11, 20))
    after = plan(an_order(surname="Åberg"), record, TODAY).after
    assert (after.surname, after.valid_from) == ("Åberg", date(2026, 11, 20))
    assert after.valid_until == date(2027, 11, 20)


def test_a_correction_may_put_a_planned_start_earlier():
    record = a_record(status=Status.PLANNED, valid_from=date(2026, 12, 20))
    assert plan(an_order(), record, TODAY).after.valid_from == TODAY


@pytest.mark.parametrize("status", [Status.ENDED, Status.CLOSED, Status.REMOVED])
def test_a_new_employment_begins_anew(status):
    record = a_record(status=status, valid_until=date(2026, 6, 1), hsa_id="SE1-A", protected=True)
    change = plan(an_order(hsa_id="SE1-B"), record, TODAY)
    assert change.action is Action.MODIFY
    assert (change.after.valid_from, change.after.valid_until) == (TODAY, date(2027, 11, 23))
    assert change.after.hsa_id == "SE1-A"  # the catalogue makes it, a form does not
    assert change.after.protected  # no order takes protection away


@pytest.mark.parametrize(
    ("last_day", "until"),
    [
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2027, 5, 1), date(2027, 3, 1)),
        (None, TODAY),
    ],
)
def test_a_cancellation_ends_and_never_extends(last_day, until):
    change = plan(an_order(**CANCEL, last_day=last_day), a_record(), TODAY)
    assert change.action is Action.END
    assert change.after.valid_until == until
    assert ended(an_entry(valid_until=None), TODAY).valid_until == TODAY


def test_a_second_cancellation_counts_from_the_end_before_the_first():
    first = Change(Action.END, an_entry(), an_entry(valid_until=date(2026, 12, 1)))
    record = a_record(valid_until=date(2026, 12, 1))
    order = an_order(**CANCEL, last_day=date(2027, 1, 31))
    assert reopened(order, record, first, TODAY).after.valid_until == date(2027, 1, 31)
    far = an_order(**CANCEL, last_day=date(2027, 5, 1))
    assert reopened(far, record, first, TODAY).after.valid_until == date(2027, 3, 1)
    odd = Change(Action.ADD, None, an_entry())
    assert reopened(order, record, odd, TODAY).after.valid_until == date(2027, 1, 31)


@pytest.mark.parametrize("action", [OrderAction.CHANGE, OrderAction.CANCEL])
def test_nobody_can_be_changed_or_ended_who_is_not_there(action):
    with pytest.raises(ValueError, match="record"):
        plan(an_order(action=action), None, TODAY)


def test_a_change_writes_what_is_filled_in_and_leaves_the_rest():
    order = an_order(
        **CHANGE, title="Sjuksköterska", phone=None, mail=None, given_name=None, hsa_id="SE1-B"
    )
    after = plan(order, a_record(), TODAY).after
    assert after.title == "Sjuksköterska"
    assert (after.phone, after.given_name) == (an_entry().phone, "Anna")
    assert after.hsa_id == "SE1-B"
    assert after.valid_until == an_entry().valid_until


@pytest.mark.parametrize(
    ("employed_to", "until"),
    [(date(2026, 12, 31), date(2026, 12, 31)), (date(2030, 1, 1), date(2027, 11, 23))],
)
def test_a_change_of_the_end_counts_at_most_one_year_from_today(employed_to, until):
    assert changed(an_entry(), an_order(employed_to=employed_to), TODAY).valid_until == until


dates = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(st.sampled_from(OrderAction), st.sampled_from(Status), *[st.none() | dates] * 4, dates)
def test_no_plan_lasts_longer_than_a_year_from_its_day(action, status, eff, start, end, last, day):
    order = an_order(
        action=action, effective_from=eff, employed_from=start, employed_to=end, last_day=last
    )
    record = a_record(status=status, valid_from=day - days(30), valid_until=day + days(100))
    after = plan(order, record, day).after
    assert after.valid_from is not None
    assert after.valid_until is not None
    assert after.valid_until <= max(add_years(after.valid_from, 1), add_years(day, 1))


@pytest.mark.parametrize(
    ("start", "until", "status"),
    [
        (date(2026, 11, 24), date(2027, 11, 24), Status.PLANNED),
        (TODAY, date(2027, 11, 23), Status.ACTIVE),
        (date(2025, 11, 23), TODAY, Status.ACTIVE),
        (date(2025, 11, 23), date(2026, 11, 22), Status.ENDED),
        (None, None, Status.ACTIVE),
        (date(2026, 12, 24), date(2026, 12, 1), Status.ENDED),
        (None, TODAY, Status.ACTIVE),
    ],
)
def test_the_dates_give_the_status(start, until, status):
    assert status_on(an_entry(valid_from=start, valid_until=until), TODAY) is status


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Anna", None, "Öberg"), Likeness.SAME),
        (("ANNA", "Maria", "öberg"), Likeness.SAME),
        (("Maria", "Anna", "Öberg-Ek"), Likeness.SAME),
        (("Anna", None, "Ek"), Likeness.MARRIED),
        (("Erik", None, "Öberg"), Likeness.RELATIVE),
        (("Erik", None, "Ek"), Likeness.OTHER),
        ((None, None, "Öberg"), Likeness.SAME),
        ((None, None, "Ek"), Likeness.OTHER),
    ],
)
def test_names_are_compared_word_by_word(names, found):
    given, middle, surname = names
    order = an_order(given_name=given, middle_name=middle, surname=surname)
    assert likeness(order, an_entry()) is found


def test_the_manager_is_shown_all_of_a_new_entry():
    shown = {x.label: x.text for x in lines(plan(an_order(), None, TODAY))}
    assert shown["Gäller till och med"] == "2027-11-23"
    assert shown["Enhet"] == "Hemtjänsten Norr"
    assert "Namn" not in shown


def test_the_manager_is_shown_what_a_change_changes():
    shown = lines(plan(an_order(**CHANGE, surname="Ek", title="Chef"), a_record(), TODAY))
    assert [(x.label, x.text) for x in shown] == [("Namn", "Anna Ek"), ("Titel", "Chef")]


def test_the_manager_is_always_shown_when_a_record_ends():
    late = an_order(**CANCEL, last_day=date(2027, 5, 1))
    shown = lines(plan(late, a_record(), TODAY))
    assert [(x.label, x.text) for x in shown] == [("Gäller till och med", "2027-03-01")]


def test_differences_name_each_attribute_and_mask_the_number():
    change = plan(an_order(), None, TODAY)
    rows = {name: (old, new) for name, old, new in change.differences()}
    assert rows["person_id"] == ("", "850427-****")
    assert rows["surname"] == ("", "Öberg")
    modified = plan(an_order(**CHANGE, title="Chef", mail=None), a_record(), TODAY)
    assert modified.differences() == (("title", "Undersköterska", "Chef"),)
    gone = Change(Action.MODIFY, an_entry(), an_entry(phone=None))
    assert gone.differences() == (("phone", "0701740635", ""),)
