"""Who is asked about whom, and in what order the rows stand."""

from datetime import date

import pytest

from bot.domain.records import Status
from bot.domain.review_lists import (
    Reviewer,
    is_self,
    manager_in_force,
    next_level,
    reviewer_of,
    rows_of,
)
from bot.domain.values import RecordId
from tests.builders import MARIA, MARIA_MAIL, PER, PER_MAIL, TODAY, a_manager, days
from tests.card_builders import CHIEF
from tests.review_builders import DEPUTY, record_of

OLD = a_manager(valid_from=date(2020, 1, 1))
NEW = a_manager(name=PER, mail=PER_MAIL, valid_from=date(2026, 11, 1))


@pytest.mark.parametrize("entries", [(OLD, NEW), (NEW, OLD)])
def test_of_two_managers_who_came_last_is_asked(entries):
    assert manager_in_force(entries, TODAY) == NEW


def test_two_who_came_the_same_day_give_the_same_one_whatever_their_order():
    twin = a_manager(name=PER, mail=PER_MAIL, valid_from=OLD.valid_from)
    assert manager_in_force((OLD, twin), TODAY) == manager_in_force((twin, OLD), TODAY)


@pytest.mark.parametrize(
    "entry",
    [
        a_manager(valid_from=TODAY + days(1)),
        a_manager(valid_to=TODAY - days(1)),
    ],
)
def test_who_has_not_come_yet_or_has_gone_is_not_asked(entry):
    assert manager_in_force((entry,), TODAY) is None


def test_a_unit_with_nobody_has_no_manager():
    assert manager_in_force((), TODAY) is None


def test_a_manager_is_asked_by_the_address_as_it_is_compared():
    entry = a_manager(mail=" Maria.Lind@Jarfalla.example", superior_mail=CHIEF.upper())
    assert reviewer_of(entry, TODAY) == Reviewer(MARIA_MAIL, MARIA, "", CHIEF)


@pytest.mark.parametrize(
    ("first", "last", "stands_in"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + days(1), None, False),
        (None, TODAY - days(1), False),
    ],
)
def test_a_deputy_gets_the_letter_only_while_standing_in(first, last, stands_in):
    entry = a_manager(deputy_mail=DEPUTY.upper(), deputy_from=first, deputy_to=last)
    assert reviewer_of(entry, TODAY).deputy == (DEPUTY if stands_in else "")


def test_a_manager_without_deputy_or_superior_stands_alone():
    assert reviewer_of(a_manager(), TODAY) == Reviewer(MARIA_MAIL, MARIA)


def test_the_level_above_is_named_by_the_register_where_it_knows_it():
    chief = a_manager(name="Chefens Chef", mail=CHIEF, unit_id="1", superior_mail=PER_MAIL)
    assert next_level((chief,), CHIEF.upper(), TODAY) == Reviewer(
        CHIEF, "Chefens Chef", superior=PER_MAIL
    )
    assert next_level((), CHIEF, TODAY) == Reviewer(CHIEF, "")


@pytest.mark.parametrize("mail", ["", "  "])
def test_nobody_stands_above_where_the_register_names_nobody(mail):
    assert next_level((a_manager(),), mail, TODAY) is None


@pytest.mark.parametrize(
    ("own", "mail", "same"),
    [
        (MARIA_MAIL, " MARIA.LIND@jarfalla.example", True),
        (PER_MAIL, MARIA_MAIL, False),
        (None, MARIA_MAIL, False),
        (None, "", False),
        ("", "", False),
    ],
)
def test_nobody_reviews_himself(own, mail, same):
    assert is_self(record_of(1, mail=own), mail) is same


def test_the_list_goes_by_unit_and_name_with_what_is_new_first():
    records = (
        record_of(1, unit="B"),
        record_of(2, unit="A"),
        record_of(3, unit="A"),
        record_of(4, unit="B"),
    )
    rows = rows_of(records, {RecordId(1), RecordId(2), RecordId(3)})
    assert [(r.row, r.record, r.new) for r in rows] == [
        (1, 4, True), (2, 2, False), (3, 3, False), (4, 1, False),
    ]  # fmt: skip


def test_nothing_is_new_where_there_was_no_list_before():
    assert [r.new for r in rows_of((record_of(1), record_of(2)), None)] == [False, False]
    assert [r.new for r in rows_of((record_of(1),), ())] == [True]


def test_two_of_one_name_keep_their_order_by_number():
    twins = (record_of(2, given_name="Anna", surname="Öberg"), record_of(1))
    assert [r.record for r in rows_of(twins, None)] == [1, 2]


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ACTIVE])
def test_only_active_records_are_asked_about(status):
    assert rows_of((record_of(1, status=status),), None) == ()


def test_a_protected_person_stands_on_no_list():
    rows = rows_of((record_of(1, protected=True), record_of(2)), None)
    assert [(r.row, r.record) for r in rows] == [(1, 2)]


def test_a_row_holds_what_the_letter_shows_and_no_more():
    [row] = rows_of((record_of(1, title=None, given_name=None, unit=None, unit_id=None),), None)
    assert (row.name, row.title, row.unit, row.unit_id) == ("Öberg", "", "", "")
    [full] = rows_of((record_of(1),), None)
    assert (full.name, full.since, full.is_open) == ("Anna Öberg", date(2026, 3, 1), True)
    assert full.listed().name == "Anna Öberg"
