"""The nearest of a closed list, and when there is none."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.values import name_key
from parsers.scan.nearest import distance, nearest

WORDS = st.text(alphabet="abcåäö ", max_size=8)
UNITS = ("Hemtjänsten Öst", "Hemtjänsten Väst", "Rehabenheten", "Elevhälsan")


@given(WORDS, WORDS, WORDS)
def test_distance_is_a_metric(one, two, three):
    assert distance(one, two) == distance(two, one)
    assert (distance(one, two) == 0) == (one == two)
    assert distance(one, three) <= distance(one, two) + distance(two, three)


def test_a_slip_of_a_letter_is_near_and_clear():
    found = nearest("rehabenhcten", UNITS, name_key)
    assert found is not None
    assert (found.value, found.off, found.clear) == ("Rehabenheten", 1, True)


def test_two_entries_as_near_are_not_clear():
    found = nearest("hemtjänsten xst", UNITS, name_key)
    assert found is not None
    assert not found.clear


def test_something_else_is_near_nothing():
    assert nearest("vaktmästeriet", UNITS, name_key) is None
    assert nearest("", UNITS, name_key) is None
    assert nearest("elevhälsan", (), name_key) is None
