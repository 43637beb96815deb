"""After an older copy was put back, nothing new bears a number that was given out before."""

from tests.laws.databases import new_case
from tests.laws.test_store_cards import a_new_card, save
from tests.laws.test_store_reviews import campaign, review


def _case(store):
    with store.begin() as work:
        return work.cases.save(new_case()).id


def test_cases_and_cards_go_on_from_the_next_ten_thousand(store):
    assert _case(store) == 1
    store.raise_numbers()
    assert [_case(store), _case(store)] == [10_001, 10_002]
    assert save(store, a_new_card(case=None)).id == 10_001


def test_a_second_time_goes_on_to_the_one_after(store):
    store.raise_numbers()
    assert _case(store) == 10_001
    store.raise_numbers()
    assert [_case(store), _case(store)] == [20_001, 20_002]


def test_reviews_have_new_numbers_too(store):
    store.raise_numbers()
    assert review(store, campaign(store)).id == 10_001
