"""The day on one page: what is urgent first, protected cases only as a number."""

from datetime import timedelta

from bot.domain.cases import Priority, Reason, Stage
from bot.domain.digest import DaySeen, fold
from bot.domain.letters import Letter, Line
from tests.builders import NOW, TODAY, a_case

HEALTH = (Line("Mejl som väntar", "0"),)


def folded(live=(), closed=()):
    seen = DaySeen(TODAY, tuple(live), tuple(closed), mails=3, letters=2, held=1, health=HEALTH)
    return fold(seen, NOW)


def test_each_case_stands_in_its_own_row():
    urgent = a_case(id=3, priority=Priority.URGENT, title="Spärra kort")
    old = a_case(id=1, opened=NOW - timedelta(days=4), title="Gammal")
    young = a_case(id=2, title="Ny", why=Reason("r", "Därför."))
    waiting = a_case(id=4, stage=Stage.ASKED)
    planned = a_case(id=5, stage=Stage.APPROVED)
    done = a_case(id=6, stage=Stage.CONFIRMED)
    page = folded([young, waiting, urgent, old, planned], [done])
    assert [r.handle for r in page.urgent] == ["K-3"]
    assert [(r.handle, r.age_days) for r in page.open] == [("K-1", 4), ("K-2", 0)]
    assert (page.open[1].title, page.open[1].why) == ("Ny", "Därför.")
    assert [r.handle for r in page.waiting] == ["K-4", "K-5"]
    assert [r.handle for r in page.done] == ["K-6"]
    assert page.urgent[0].urgent
    assert not page.open[0].urgent


def test_protected_cases_are_only_counted():
    secret = [
        a_case(protected=True, title="Anna Öberg"),
        a_case(protected=True, stage=Stage.ASKED, title="Anna Öberg"),
    ]
    page = folded(secret, [a_case(protected=True, stage=Stage.CONFIRMED, title="Anna Öberg")])
    assert page.protected == 2
    assert "Anna" not in repr(page)
    assert (page.urgent, page.open, page.waiting, page.done) == ((), (), (), ())


def test_an_empty_day_is_told_too():
    page = folded()
    assert (page.mails, page.letters, page.held, page.health) == (3, 2, 1, HEALTH)
    assert Letter(("it@jarfalla.example",), page).kind == "digest"
