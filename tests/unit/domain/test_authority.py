"""Who may order what for which unit, on which date."""

from datetime import date

import pytest

from bot.domain.authority import entries_of_unit, may_order, spells
from tests.builders import MARIA, MARIA_MAIL, PER_MAIL, PER_ROW, UNIT_ID, a_manager

ON = date(2026, 11, 23)
DEPUTY = "asa.oberg@jarfalla.example"


def with_deputy(**values):
    dates = {"deputy_from": date(2026, 11, 1), "deputy_to": date(2026, 11, 30), **values}
    return a_manager(deputy_mail=DEPUTY, **dates)


def test_a_manager_orders_for_her_own_unit_and_no_other():
    rows = (a_manager(), PER_ROW)
    assert may_order(rows, MARIA_MAIL, UNIT_ID, ON)
    assert not may_order(rows, PER_MAIL, UNIT_ID, ON)
    assert not may_order((), MARIA_MAIL, UNIT_ID, ON)


@pytest.mark.parametrize(
    ("on", "may"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_authority_holds_on_its_days_both_ends_included(on, may):
    row = a_manager(valid_from=date(2026, 3, 1), valid_to=date(2026, 12, 31))
    assert may_order((row,), MARIA_MAIL, UNIT_ID, on) is may
    assert row.signs(MARIA, on) is may


@pytest.mark.parametrize(
    ("on", "may"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_a_deputy_holds_on_her_days_both_ends_included(on, may):
    assert may_order((with_deputy(),), DEPUTY, UNIT_ID, on) is may
    assert with_deputy().signs("Åsa Öberg", on) is may


def test_a_deputy_without_dates_holds_as_long_as_the_row():
    row = with_deputy(deputy_from=None, deputy_to=None, valid_to=date(2026, 12, 31))
    assert row.deputises(DEPUTY, date(2026, 12, 31))
    assert not row.deputises(DEPUTY, date(2027, 1, 1))


def test_an_address_is_compared_without_case_and_an_empty_one_is_nobodys():
    assert a_manager().manages(" Maria.Lind@JARFALLA.example", ON)
    assert not a_manager(mail="").manages("", ON)
    assert not a_manager(deputy_mail="").deputises("", ON)
    assert not a_manager().deputises(DEPUTY, ON)


def test_a_deputys_name_is_told_from_her_address():
    assert spells(DEPUTY, "Åsa Öberg")
    assert spells("bo-erik.de.geer2@jarfalla.example", "Bo-Erik De Geer")
    assert not spells(DEPUTY, "Åsa Berg")
    assert not spells("1@jarfalla.example", " ")


def test_a_name_that_is_nobodys_signs_nothing():
    assert not with_deputy().signs("Per Ek", ON)
    assert not a_manager(name="").signs("", ON)


def test_a_unit_is_found_by_name_or_id_among_the_rows_in_force():
    old = a_manager(valid_to=date(2025, 1, 1))
    rows = (old, a_manager(), PER_ROW)
    assert entries_of_unit(rows, " hemtjänsten  NORR ", ON) == (rows[1],)
    assert entries_of_unit(rows, "1002", ON) == (PER_ROW,)
