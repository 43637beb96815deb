"""What people write in a field, and what it means; two meanings are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import swedish

TODAY = date(2026, 11, 23)
FIFTH = (
    "2027-01-05", "20270105", "2027/01/05", "2027.01.05", "2027 01 05", "2027-1-5", "270105",
    "27-01-05", "27 01 05", "5/1 2027", "5/1-2027", "5/1 27", "5/1-27", "5.1.2027", "5. 1. 2027", "05.01.2027",
    "5 januari 2027", "5 jan 2027", "5 jan. 2027", "5 jan -27", "den 5 januari 2027", "5:e januari 2027",
    "5 Januari 2027", "2027‑01‑05", " 2027-01-05 ",
)  # fmt: skip
NO_DATE = (
    "05-01-2027", "05/01/2027", "27-11-28", "2027-02-29", "2027-13-01", "5/1", "januari 2027", "5 januri 2027",
    "20270", "27010", "imorgon", "", "300105", "2027-01-05 2027-01-06", "1/2/27",
)  # fmt: skip


@pytest.mark.parametrize("text", FIFTH)
def test_every_swedish_way_of_writing_a_date_is_read(text):
    assert swedish.day(text, TODAY).value == "2027-01-05"


@pytest.mark.parametrize("text", NO_DATE)
def test_a_date_that_could_be_two_or_none_is_not_guessed(text):
    assert swedish.day(text, TODAY) == swedish.Normalised(None, "date")


def test_six_digits_are_read_when_both_ways_give_the_same_day():
    assert swedish.day("261126", TODAY).value == "2026-11-26"
    assert swedish.day("271128", TODAY).value == "2027-11-28"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_an_iso_date_reads_as_itself(day):
    assert swedish.day(day.isoformat(), TODAY).value == day.isoformat()


@given(st.text(max_size=20))
def test_any_text_gives_a_date_or_a_problem(text):
    read = swedish.day(text, TODAY)
    assert (read.value is None) == (read.problem is not None)


@given(st.integers(-900, 900).map(lambda n: TODAY + timedelta(n)))
def test_two_figures_of_a_year_never_give_another_day(day):
    assert swedish.day(day.strftime("%y%m%d"), TODAY).value in (None, day.isoformat())


@pytest.mark.parametrize(
    "text",
    ["070-174 06 35", "0701740635", "+46 70 174 06 35", "+46 (0)70-1740635", "0046701740635"],
)
def test_a_phone_number_is_national(text):
    assert swedish.phone(text) == swedish.Normalised("0701740635")


@pytest.mark.parametrize(
    "text", ["701740635", "285 00", "+45 12 34 56 78", "ring växeln", "07O1740635"]
)
def test_a_phone_number_that_is_none_is_kept_with_a_problem(text):
    assert swedish.phone(text).problem == "invalid"


def test_an_identity_number_is_mended_where_letters_stand_for_digits():
    assert swedish.person_id("l98504272389", TODAY) == swedish.Normalised(
        "198504272389", None, corrected=True
    )
    assert swedish.person_id("850427‐2389", TODAY).value == "198504272389"


def test_a_wrong_check_digit_is_given_as_written():
    assert swedish.person_id("850427-2388", TODAY) == swedish.Normalised("8504272388", "checksum")
    assert swedish.person_id("okänt", TODAY).problem == "shape"


@pytest.mark.parametrize(
    "text",
    ["Åsa", "Anna-Karin", "O'Connor", "von Essen", "N’Diaye", "García Pérez", "Anna - Karin"],
)
def test_a_name_is_kept_as_written(text):
    assert swedish.name(text) == swedish.Normalised(text.replace("’", "'"))


@pytest.mark.parametrize("text", ["4nna", "Anna_Bo", "A.", "Anna/Bo", "Å" * 65])
def test_what_no_name_can_be_is_a_problem(text):
    assert swedish.name(text).problem in ("invalid", "too_long")


def test_mails_digits_and_hsa_ids_are_checked():
    assert swedish.mail("Åsa.Ek@Jarfalla.Example").value == "åsa.ek@jarfalla.example"
    assert swedish.mail("asa ek@jarfalla.example").problem == "invalid"
    assert swedish.digits("9752 2698-0000 1234") == swedish.Normalised("9752269800001234")
    assert swedish.digits("nr 12").problem == "invalid"
    assert swedish.hsa_id("se2321000016-4t5k").value == "SE2321000016-4T5K"
    assert swedish.hsa_id("SE123").problem == "invalid"


def test_a_unit_is_spelt_as_in_the_register():
    register = (("V102", "Hemtjänsten Öst"), ("V103", "Björkängens gruppbostad"))
    assert swedish.unit("hemtjänsten  öst", register).value == "Hemtjänsten Öst"
    assert swedish.unit("v103", register).value == "Björkängens gruppbostad"
    assert swedish.unit("Hemtjänsten", register) == swedish.Normalised(
        "Hemtjänsten", "unknown_unit"
    )
    assert swedish.unit("Hemtjänsten", ()).problem is None


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("LEIF", "Leif"), ("ANNA-KARIN VON ESSEN", "Anna-Karin von Essen"),
        ("O'CONNOR", "O'Connor"), ("Öberg", "Öberg"), ("", ""), ("ÅS", "ÅS"), ("McDONALD", "McDONALD"),
    ],
)  # fmt: skip
def test_block_letters_become_a_name(capitals, written):
    assert swedish.from_capitals(capitals, name=True) == written


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("VIKARIE", "Vikarie"), ("IT-SAMORDNARE", "IT-samordnare"), ("LEDARE I SKOLAN", "Ledare i skolan"),
        ("5000-K123-26", "5000-K123-26"), ("Bitr. enhetschef", "Bitr. enhetschef"),
    ],
)  # fmt: skip
def test_block_letters_become_text(capitals, written):
    assert swedish.from_capitals(capitals, name=False) == written
