"""The laws of examples in the memory: kept once, whole, and let go by age and number."""

from dataclasses import replace
from datetime import date

from bot.domain.examples import Example
from bot.domain.forms import How, State

NOVEMBER = date(2026, 11, 1)
ONE = Example(
    NOVEMBER, "surname", "Öberg", "Oberg", State.UNSURE, How.SCAN, "EK-1", "1", b"\x89PNG one"
)


def test_an_example_comes_back_whole_and_once(store):
    with store.begin() as work:
        work.examples.put(ONE)
        work.examples.put(replace(ONE, truth="Åberg"))
        assert work.examples.list() == (ONE,)


def test_old_examples_and_those_above_the_number_go_the_oldest_first(store):
    older = replace(ONE, month=date(2026, 10, 1), png=b"\x89PNG two")
    oldest = replace(ONE, month=date(2026, 9, 1), png=b"\x89PNG three")
    with store.begin() as work:
        for example in (ONE, older, oldest):
            work.examples.put(example)
        assert work.examples.purge(date(2026, 10, 1), 500) == 1
        assert work.examples.list() == (older, ONE)
        assert work.examples.purge(date(2026, 10, 1), 1) == 1
        assert work.examples.list() == (ONE,)
