"""The morning's letter: every number equals a recount, nothing is told twice, once a working day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import rounds
from bot.app.morning import digest_of
from bot.domain.calendar import STOCKHOLM
from bot.domain.cases import Kind, Priority, Stage, Status
from bot.domain.effects import SendLetter
from tests.desk import at, moment
from tests.e2e.office import Office
from tests.laws.databases import new_case

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=STOCKHOLM)
CALM = (Kind.NEW, Kind.MAIL, Kind.SCAN, Kind.REVIEW, Kind.CARD_ORDER, Kind.DEREGISTER, Kind.LOSS)


@st.composite
def histories(draw):
    """Draw cases of four weeks: opened, perhaps closed, perhaps protected."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        opened = MONDAY - timedelta(minutes=draw(st.integers(1, 60 * 24 * 28)))
        stage = draw(st.sampled_from(list(Stage)))
        case = replace(
            new_case(), kind=draw(st.sampled_from(CALM)), stage=stage, opened=opened, id=0,
            version=0, title=f"Ärende {number}", protected=draw(st.integers(0, 5)) == 0,
            priority=draw(st.sampled_from(list(Priority))), closed=None,
        )  # fmt: skip
        if case.status is Status.DONE:
            after = draw(st.integers(0, int((MONDAY - opened).total_seconds()) - 1))
            case = replace(case, closed=opened + timedelta(seconds=after))
        found.append(case)
    return found


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "ek")


@settings(max_examples=30, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(histories(), st.integers(0, 60 * 24 * 10))
def test_every_number_of_the_digest_is_a_recount(office, cases, ago):
    since = MONDAY - timedelta(minutes=ago)
    with at(office, MONDAY.isoformat()) as services, services.store.begin() as work:
        before = {c.id for c in work.cases.list()}
        saved = [work.cases.save(replace(c, origin=replace(c.origin, mail=None))) for c in cases]
        page = digest_of(services, work, MONDAY, since)
        mine = {c.handle for c in saved}
        shown = [c for c in work.cases.list() if not c.protected and c.id not in before]
        live = [c for c in shown if c.status is Status.OPEN]
        urgent = {c.handle for c in live if c.priority is Priority.URGENT}
        assert {r.handle for r in page.urgent} & mine == urgent
        rest = {r.handle for r in (*page.today, *page.open)} & mine
        assert rest == {c.handle for c in live} - urgent
        waiting = {c.handle for c in shown if c.status is Status.WAITING}
        assert {r.handle for r in page.waiting} & mine == waiting
        done = {c.handle for c in shown if c.status is Status.DONE and c.closed > since}
        assert len(page.trend) == 1  # no digest before: only yesterday is counted
        assert {r.handle for r in page.done} & mine == done
        everything = [c for c in work.cases.list() if c.protected and c.status is not Status.DONE]
        assert page.protected == len(everything)
        assert [count for day, count in page.trend] == [
            sum(_stood(c, day) for c in work.cases.list() if not _told(c, since))
            for day, _ in page.trend
        ]


def _stood(case, day):
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), STOCKHOLM)
    return case.opened < end and (case.closed is None or case.closed >= end)


def _told(case, since):
    return case.closed is not None and case.closed <= since


def digests(office, *instants):
    """Run the rounds at each instant; return the day of each digest in the outbox."""
    for now in instants:
        with at(office, now) as services:
            rounds.run(services)
    with at(office, instants[-1]) as services, services.store.begin() as work:
        letters = [r.effect.letter for r in work.outbox.list() if isinstance(r.effect, SendLetter)]
    return [x.content for x in letters if x.kind == "digest"]


def _done(office, now, at_=""):
    """Save a case that was done at the instant *now*, perhaps later; return its handle."""
    with at(office, at_ or now) as services, services.store.begin() as work:
        case = new_case()
        origin = replace(case.origin, mail=None)
        return work.cases.save(
            replace(case, stage=Stage.CONFIRMED, closed=moment(now), opened=moment(now),
                    origin=origin, protected=False)
        ).handle  # fmt: skip


def test_an_outage_of_days_is_covered_by_one_digest_and_nothing_is_told_twice(office):
    one = _done(office, "2026-11-23T06:00:00+01:00")
    pages = digests(office, "2026-11-23T07:30:00+01:00", "2026-11-23T07:45:00+01:00")
    two = _done(office, "2026-11-24T12:00:00+01:00")
    three = _done(office, "2026-11-26T12:00:00+01:00")
    pages = digests(office, "2026-11-27T09:00:00+01:00", "2026-11-30T07:30:00+01:00")
    assert [p.day for p in pages] == [date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 30)]
    told = [[r.handle for r in p.done] for p in pages]
    assert told == [[one], [two, three], []]


@pytest.mark.parametrize(
    ("early", "due", "again"),
    [
        ("2027-03-24T07:30:00+01:00", "2027-03-30T07:30:00+02:00", "2027-03-30T07:31:00+02:00"),
        ("2026-10-23T07:30:00+02:00", "2026-10-26T07:30:00+01:00", "2026-10-26T07:31:00+01:00"),
    ],
)
def test_the_nights_when_the_clock_is_changed_give_one_digest_each_day(office, early, due, again):
    before = (datetime.fromisoformat(due) - timedelta(minutes=1)).isoformat()
    assert len(digests(office, early, before)) == 1
    assert len(digests(office, due, again)) == 2


def test_the_trend_grows_by_the_days_that_have_passed_and_keeps_what_was_counted(office):
    _done(office, "2026-11-20T12:00:00+01:00")
    pages = digests(office, "2026-11-23T07:30:00+01:00", "2026-11-24T07:30:00+01:00",
                    "2026-11-27T07:30:00+01:00")  # fmt: skip
    days = [[day.day for day, _ in p.trend] for p in pages]
    assert days == [[20], [20, 23], [20, 23, 24, 25, 26]]
    for number in range(12):
        pages = digests(office, f"2026-12-{number + 1:02}T07:30:00+01:00")
    assert len(pages[-1].trend) == 10


def test_what_was_done_before_the_digest_and_saved_after_it_is_told_the_next_day_once(office):
    digests(office, "2026-11-23T07:30:00+01:00")
    late = _done(office, "2026-11-23T07:29:59+01:00", at_="2026-11-23T07:31:00+01:00")
    same = _done(office, "2026-11-23T07:30:00+01:00", at_="2026-11-23T07:31:00+01:00")
    pages = digests(office, "2026-11-24T07:30:00+01:00", "2026-11-25T07:30:00+01:00")
    assert [[r.handle for r in p.done] for p in pages] == [[], [late, same], []]
