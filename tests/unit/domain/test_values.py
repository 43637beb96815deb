"""Identity numbers on Skatteverket's whole lists; comparing names and addresses; masking."""

import lzma
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.values import (
    HSA_ID,
    MAIL_ADDRESS,
    InvalidPersonIdError,
    PersonId,
    address_key,
    masked,
    name_key,
)

LISTS = Path(__file__).parents[2] / "golden" / "identity"
TODAY = date(2026, 11, 23)


def official(name):
    return lzma.decompress((LISTS / f"{name}.txt.xz").read_bytes()).decode("ascii").split()


PERSONNUMMER = official("personnummer")
SAMORDNINGSNUMMER = official("samordningsnummer")
EVERY = PERSONNUMMER + SAMORDNINGSNUMMER
numbers = st.sampled_from(EVERY)


def refused(text, today=TODAY):
    with pytest.raises(InvalidPersonIdError) as caught:
        PersonId.parse(text, today)
    return caught.value.code


def shortened(digits, today):
    """The ten-digit form by the law: + from the year in which the person turns 100."""
    sign = "+" if today.year - int(digits[:4]) >= 100 else "-"
    return f"{digits[2:8]}{sign}{digits[8:]}"


def is_grown_up(digits, today):
    day = int(digits[6:8]) % 60
    born = (int(digits[:4]), int(digits[4:6]), day)
    return born <= (today.year - 15, today.month, today.day)


def test_the_lists_are_the_whole_official_lists():
    assert len(PERSONNUMMER) == 41_129
    assert len(SAMORDNINGSNUMMER) == 2_264


def test_every_official_number_is_taken_in_twelve_digits():
    assert [PersonId.parse(n, TODAY).reveal() for n in EVERY] == EVERY


def test_every_official_number_is_taken_with_a_dash():
    assert [PersonId.parse(f"{n[:8]}-{n[8:]}", TODAY).reveal() for n in EVERY] == EVERY


def test_ten_digits_come_back_as_the_same_twelve():
    grown = [n for n in EVERY if is_grown_up(n, TODAY)]
    assert len(grown) > 35_000
    assert [PersonId.parse(shortened(n, TODAY), TODAY).reveal() for n in grown] == grown


def test_ten_digits_of_somebody_under_15_are_asked_about():
    young = [n for n in EVERY if not is_grown_up(n, TODAY)]
    assert len(young) > 3_000
    assert {refused(shortened(n, TODAY)) for n in young} == {"under_15"}


@given(numbers, st.dates(date(2024, 1, 1), date(2089, 12, 31)))
def test_ten_digits_are_settled_by_the_day_of_reading(number, today):
    text = shortened(number, today)
    if is_grown_up(number, today):
        assert PersonId.parse(text, today).reveal() == number
    else:
        assert refused(text, today) == "under_15"


@given(numbers, st.integers(0, 11), st.integers(1, 9))
def test_no_single_wrong_digit_reads_as_another_person(number, place, step):
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    try:
        found = PersonId.parse(wrong, TODAY)
    except InvalidPersonIdError:
        return
    assert place < 2, "the checksum does not cover the century, all else it does"
    assert found.reveal() == wrong


def test_every_single_wrong_digit_of_the_ten_is_refused():
    for number in EVERY[::500]:
        for place in range(2, 12):
            for step in range(1, 10):
                digit = str((int(number[place]) + step) % 10)
                assert refused(number[:place] + digit + number[place + 1 :])


def test_most_transpositions_are_refused():
    """Luhn misses 09 and 90 side by side; everything else it sees."""
    tried = missed = 0
    for number in EVERY[::50]:
        for place in range(2, 11):
            a, b = number[place : place + 2]
            if a == b:
                continue
            tried += 1
            try:
                PersonId.parse(number[:place] + b + a + number[place + 2 :], TODAY)
            except InvalidPersonIdError:
                continue
            missed += 1
            assert {a, b} == {"0", "9"}
    assert tried > 5_000
    assert missed / tried < 0.03


@pytest.mark.parametrize("dash", "-‐‑‒–—―−")
def test_every_dash_is_a_dash(dash):
    assert PersonId.parse(f"850427{dash}2389", TODAY).reveal() == "198504272389"


def test_white_space_inside_is_nothing():
    assert PersonId.parse(" 1985 0427 2389\n", TODAY).reveal() == "198504272389"


@pytest.mark.parametrize(
    "text",
    ["", "8504272389x", "85042723", "19850427238", "+8504272389", "٨٥٠٤٢٧٢٣٨٩", "8504--272389"],
)
def test_what_has_no_such_shape_is_refused(text):
    assert refused(text) == "shape"


def test_a_wrong_check_digit_is_named():
    assert refused("198504272388") == "checksum"


@pytest.mark.parametrize("text", ["198502302395", "850230-2395", "198513012390", "198500012394"])
def test_a_day_that_is_not_in_the_calendar_is_refused(text):
    assert refused(with_checksum(text)) == "date"


def with_checksum(text):
    for last in "0123456789":
        try:
            PersonId.parse(text[:-1] + last, TODAY)
        except InvalidPersonIdError as error:
            if error.code == "checksum":
                continue
        return text[:-1] + last
    raise AssertionError(text)


def test_a_day_to_come_is_refused():
    assert refused(with_checksum("202611242380")) == "future"
    assert PersonId.parse(with_checksum("202611232380"), TODAY)


def test_nobody_was_born_before_1840():
    assert refused(with_checksum("183912312380")) == "date"


def test_a_plus_holds_from_the_first_of_january_of_the_hundredth_year():
    number = next(n for n in PERSONNUMMER if n.startswith("192612"))
    assert PersonId.parse(shortened(number, TODAY), TODAY).reveal() == number
    assert shortened(number, TODAY)[6] == "+"


def test_a_minus_for_somebody_of_this_year_is_never_moved_a_century():
    number = next(n for n in PERSONNUMMER if n.startswith("192612"))
    assert refused(f"{number[2:8]}-{number[8:]}") == "under_15"


def test_the_fifteenth_birthday_is_the_boundary():
    number = next(n for n in PERSONNUMMER if n.startswith("20010228"))
    text = f"{number[2:8]}-{number[8:]}"
    assert refused(text, date(2016, 2, 27)) == "under_15"
    assert PersonId.parse(text, date(2016, 2, 28)).reveal() == number


def test_a_samordningsnummer_is_told_by_its_day():
    assert PersonId.parse("198801622393", TODAY).is_coordination_number
    assert not PersonId.parse("198504272389", TODAY).is_coordination_number


def test_a_birth_date_is_told_where_the_number_tells_it():
    assert PersonId.parse("198504272389", TODAY).birth_date == date(1985, 4, 27)
    assert PersonId.parse("198803622391", TODAY).birth_date == date(1988, 3, 2)
    vague = next(n for n in SAMORDNINGSNUMMER if n[4:6] == "00")
    assert PersonId.parse(vague, TODAY).birth_date is None
    assert PersonId.parse("193002902397", TODAY).birth_date is None  # 30 February


@given(numbers)
def test_a_number_prints_masked(number):
    person = PersonId.parse(number, TODAY)
    for text in (str(person), repr(person), f"{person}", f"{[person]}"):
        assert number not in text
        assert number[8:] not in text.replace(number[2:8], "")


@given(
    numbers,
    st.sampled_from(["{n}", "{s}-{e}", "{t}-{e}", "{t}+{e}", "{t} {e}", "{s}–{e}", "{t}_{e}"]),
)
def test_a_number_in_others_words_is_masked(number, shape):
    written = shape.format(n=number, s=number[:8], t=number[2:8], e=number[8:])
    text = masked(f"Blankett_{written}.pdf")
    assert text == f"Blankett_{number[2:8]}-****.pdf"


@pytest.mark.parametrize(
    "text",
    ["", "blankett.pdf", "20261123-1431.pdf", "SKM_C25826112314300.pdf", "9752269800001234567"],
)
def test_what_is_no_identity_number_stays(text):
    assert masked(text) == text


def test_names_are_compared_by_their_letters():
    assert name_key("  ANNA  Maria Berg – Ek ") == name_key("anna maria berg-ek")
    assert name_key("A\u030angstro\u0308m") == name_key("Ångström")
    assert name_key("O’Neill") == name_key("O´Neill") == name_key("O'Neill")
    assert name_key("Åberg") != name_key("Aberg")


def test_addresses_are_compared_without_case():
    assert address_key(" Anna.Berg@Jarfalla.Example ") == "anna.berg@jarfalla.example"


def test_patterns_take_what_they_should():
    assert HSA_ID.fullmatch("SE2321000016-A1B2")
    assert not HSA_ID.fullmatch("SE232100016-A1B2")
    assert not HSA_ID.fullmatch("SE2321000016-" + "A" * 19)
    assert MAIL_ADDRESS.fullmatch("anna.berg@jarfalla.example")
    assert not MAIL_ADDRESS.fullmatch("anna.berg@jarfalla")
