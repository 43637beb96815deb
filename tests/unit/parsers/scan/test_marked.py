"""Names read without the marks that they mostly have."""

import pytest

from parsers.scan.marked import lacks_marks


@pytest.mark.parametrize("name", ["Garcia Pérez", "PER-AKE", "Ostlund", "Noel", "Muller"])
def test_a_plain_reading_of_a_marked_name_is_doubted(name):
    assert lacks_marks(name)


@pytest.mark.parametrize("name", ["García Pérez", "PER-ÅKE", "Östlund", "Andersson", "Kwame", ""])
def test_other_names_are_not(name):
    assert not lacks_marks(name)
