"""Every example of a corrected field is read; none is wrong and called sure."""

from tests.examples import samples, score


def test_no_example_is_wrong_and_called_sure():
    found = samples()
    result = score(found)
    assert (result.wrong, result.all) == (0, len(found))
    assert result.all
