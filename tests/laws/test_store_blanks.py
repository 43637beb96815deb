"""The laws of the drawer: a blank comes in once, is taken once, the one that runs out first lies first."""

import pytest

from bot.domain.cards import Blank
from tests.builders import TODAY, days

OLD, NEW = Blank("1001", TODAY - days(9)), Blank("1002", TODAY)


def add(store, *blanks: Blank) -> int:
    with store.begin() as work:
        return work.blanks.add(blanks)


def listed(store) -> tuple[Blank, ...]:
    with store.begin() as work:
        return work.blanks.list()


def test_a_blank_comes_in_once_and_keeps_its_days(store):
    assert add(store, OLD, NEW) == 2
    assert add(store, Blank("1001", TODAY, TODAY), Blank("1003", TODAY)) == 1
    assert listed(store) == (OLD, NEW, Blank("1003", TODAY))
    with store.begin() as work:
        assert work.blanks.find("1001") == OLD
        assert work.blanks.find("9999") is None


def test_what_runs_out_first_lies_first_then_the_oldest(store):
    late, soon = (Blank(n, TODAY, TODAY + days(d)) for n, d in (("1", 90), ("2", 30)))
    add(store, NEW, late, OLD, soon)
    assert listed(store) == (soon, late, OLD, NEW)


@pytest.mark.parametrize("word", ["lent", "missing", "spoiled"])
def test_a_blank_that_is_taken_lies_there_no_more_and_never_comes_back_by_itself(store, word):
    add(store, OLD, NEW)
    with store.begin() as work:
        work.blanks.take("1001", word)
        assert work.blanks.find("1001") is None
        assert (work.blanks.word("1001"), work.blanks.word("1002")) == (word, "in_stock")
    assert add(store, OLD) == 0
    assert listed(store) == (NEW,)


def test_taking_what_never_lay_there_is_nothing(store):
    with store.begin() as work:
        work.blanks.take("9999", "lent")
        assert work.blanks.word("9999") == ""
    assert listed(store) == ()


def test_an_inventory_is_noted_on_what_was_seen(database, store):
    add(store, OLD, NEW)
    with store.begin() as work:
        work.blanks.seen(["1001"], TODAY)
        work.blanks.seen([], TODAY)
    seen = "SELECT count(*) FROM blanks WHERE seen IS NOT NULL AND number = '1001'"
    assert database.value(seen) == 1
    assert database.value("SELECT count(*) FROM blanks WHERE seen IS NOT NULL") == 1


def test_a_blanks_days_are_changed_only_while_it_lies_there(store):
    add(store, OLD, NEW)
    ends = Blank("1001", TODAY - days(2), TODAY + days(30))
    with store.begin() as work:
        work.blanks.take("1002", "lent")
        work.blanks.renew(ends)
        work.blanks.renew(Blank("1002", TODAY, TODAY))
    assert listed(store) == (ends,)
