"""The laws of clerks' acts in the memory: kept whole, found by what they touched, forgotten."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.staff_acts import Act, Touched, Trail, Via
from bot.domain.values import LetterId
from tests.builders import NOW
from tests.laws.databases import new_case


def an_act(store, **values):
    with store.begin() as work:
        case = work.cases.save(new_case())
        trail = Trail((Touched(case, case.id, 2), Touched(None, 99, 1)), rows=(LetterId(4),))
        row = {"at": NOW, "by": "eva", "via": Via.MAIL, "ref": case.handle, "act": "staff_done"}
        return work.acts.save(Act(**{**row, "trail": trail, **values}))


def test_an_act_comes_back_with_all_that_it_holds(store):
    act = an_act(store)
    with store.begin() as work:
        assert work.acts.get(act.id) == act
        assert work.acts.get(act.id + 1) is None


def test_acts_are_found_by_all_that_they_touched_the_newest_first(store):
    first, second = an_act(store), an_act(store)
    with store.begin() as work:
        assert work.acts.about("K-99") == (second, first)
        assert work.acts.about(first.ref) == (first,)
        assert work.acts.about("C-1") == ()


def test_a_saved_act_is_found_by_what_was_added_to_it(store):
    act = an_act(store)
    more = replace(act, trail=replace(act.trail, cards=(Touched(None, 3, 1),)), undone=NOW)
    with store.begin() as work:
        assert work.acts.save(more) == more
        assert work.acts.about("C-3") == (more,)


def test_old_trails_are_let_go_once_and_the_act_stays(store):
    act = an_act(store)
    with store.begin() as work:
        assert work.acts.purge(NOW) == 0
        assert work.acts.purge(NOW + timedelta(days=1)) == 1
        assert work.acts.purge(NOW + timedelta(days=1)) == 0
        assert work.acts.get(act.id) == replace(act, trail=None)
        assert work.acts.of_mail(7) == ()
