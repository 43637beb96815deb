"""Names read without the marks that they mostly have."""

import pytest

from parsers.scan.marked import bears_out, lacks_marks


@pytest.mark.parametrize("name", ["Garcia Pérez", "PER-AKE", "Ostlund", "Noel", "Muller"])
def test_a_plain_reading_of_a_marked_name_is_doubted(name):
    assert lacks_marks(name)


@pytest.mark.parametrize("name", ["García Pérez", "PER-ÅKE", "Östlund", "Andersson", "Kwame", ""])
def test_other_names_are_not(name):
    assert not lacks_marks(name)


@pytest.mark.parametrize(
    ("name", "others", "settled"),
    [
        ("Åkesson", ["Äkesson", "Akesson"], True),
        ("Äkesson", ["Åkesson"], False),
        ("Äsa", ["Asa"], False),
        ("Bo Söderström", ["Bo Soderstrom"], True),
        ("Berg", ["Bérg"], False),
        ("Renée", ["René"], False),
    ],
)
def test_a_listed_name_is_borne_out_against_readings_that_are_none(name, others, settled):
    assert bears_out(name, others) is settled
