"""Card codes are cut out of texts; every other number stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.answers.codes import has_code, masked

CODES = [
    ("min pinkod är 1234", "min pinkod är ••••"),
    ("PUK: 12345678", "PUK: ••••"),
    ("koden 482911", "koden ••••"),
    ("pin code 1234", "pin code ••••"),
    ("legitimeringskod 123456", "legitimeringskod ••••"),
    ("underskriftskod: 654321, legitimeringskod: 1234", "underskriftskod: ••••, legitimeringskod: ••••"),
    ("PIN1 1234 PIN2 567890", "PIN1 •••• PIN2 ••••"),
    ("koderna är 1234 och 567890", "koderna är •••• och ••••"),
    ("Koderna: 1234/567890", "Koderna: ••••/••••"),
    ("1234 är min pinkod", "•••• är min pinkod"),
    ("pin: 1 2 3 4", "pin: ••••"),
    ("Pin-kod:4821", "Pin-kod:••••"),
    ("säkerhetskod=1234", "säkerhetskod=••••"),
    ("security code is 998877", "security code is ••••"),
    ("pin kod 12 34", "pin kod ••••"),
    ("koden fungerar inte, jag slår 1234 men inget händer", "koden fungerar inte, jag slår •••• men inget händer"),
    ("Kortnummer 9752269400001234, kod 4321", "Kortnummer 9752269400001234, kod ••••"),
    ("min pin 4821 och mitt kortnummer 9752 2694 0000 1234", "min pin •••• och mitt kortnummer 9752 2694 0000 1234"),
    ("mitt kort 97522694 har pin 7391", "mitt kort 97522694 har pin ••••"),
    ("pinkod 1234. Ring 0701740635", "pinkod ••••. Ring 0701740635"),
]  # fmt: skip
OTHERS = [
    "Kortnummer 9752 2694 0000 1234",
    "koden till kort 9752269400001234567",
    "pinkoden skickades 2026-11-12",
    "pinkoden kom 12/11 kl 12:30",
    "koden kom inte 2025",
    "pinkod för 18900101-9802",
    "pinkod för 189001019802",
    "kod K-17 och K-1234",
    "postnummer 177 31 Järfälla",
    "koden skickas till 177 31 Järfälla",
    "felkod 80070005",
    "koden fungerar inte, ring 070-174 06 35",
    "koden fungerar inte, ring 0701740635",
    "har du koden? Mitt nr är 0701740635",
    "Polisanmälan 5000-K123456-26",
    "Jag har tappat koden.",
    "ring 08-12 34 56 om koden",
]


@pytest.mark.parametrize(("text", "expected"), CODES, ids=[c for c, _ in CODES])
def test_a_code_is_cut_out_and_its_words_are_kept(text, expected):
    assert masked(text) == expected
    assert has_code(text)


@pytest.mark.parametrize("text", OTHERS)
def test_a_number_that_is_no_code_stays(text):
    assert masked(text) == text
    assert not has_code(text)


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text):
    masked(text)


@given(
    st.lists(
        st.sampled_from(
            ["pinkod", "PUK", "koden", "är", "och", "1234", "567890", "12345678", ",", "kortnummer",
             "9752269400001234", "070-174 06 35", "2026-11-12", ".", ":", "kl", "12:30", "code"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_what_is_masked_once_holds_no_code(words):
    once = masked(" ".join(words))
    assert masked(once) == once


@given(st.from_regex(r"[0-9]{4}|[0-9]{6}|[0-9]{8}", fullmatch=True))
def test_no_digit_of_a_code_beside_its_word_gets_out(code):
    for word in ("pinkod", "PUK:", "koden är", "min pin-kod är", "säkerhetskod"):
        assert code not in masked(f"{word} {code}")


@pytest.mark.parametrize("between", [", ", " och ", " " * 60, ",\n" + " " * 30])
def test_every_value_of_a_long_row_is_masked(between):
    text = "Koderna är " + between.join(f"{n}" for n in range(2100, 2300))
    assert not any(c.isdigit() for c in masked(text))


def test_values_that_lie_over_one_another_leave_no_digit():
    assert not any(c.isdigit() for c in masked("pin puk 1234 5678 är pin " * 200))
