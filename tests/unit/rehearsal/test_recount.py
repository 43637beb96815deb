"""A letter without a cause, twice on a rung or on the wrong day is seen red once."""

from dataclasses import replace
from datetime import date

from bot.domain.calendar import WorkingDays
from bot.rehearsal.recount import Climbed, Step, causeless, mistimed, repeated

MONDAY = date(2027, 2, 22)
OPEN = WorkingDays(frozenset()).is_open
ASKED = Step("<1@x>", "review", "G-1", "chef@x", MONDAY, "day", "")
REMINDED = Step("<2@x>", "review_reminder", "G-1", "chef@x", date(2027, 3, 1), "day", "+5")
DUE = Step("<3@x>", "reserve_reminder", "R-1", "p@x", date(2027, 2, 19), "day", "-3",
           date(2027, 2, 24))  # fmt: skip


def _told(*steps, **more):
    return mistimed(steps, Climbed(), is_open=OPEN, **more)


def test_a_letter_that_nothing_called_for_is_told():
    assert causeless([replace(ASKED, cause="")])
    assert not causeless([ASKED])


def test_a_rung_that_a_reader_gets_twice_is_told():
    climbed = Climbed()
    assert not repeated([REMINDED, replace(REMINDED, rung="+10")], climbed)
    assert repeated([replace(REMINDED, name="<9@x>")], climbed)


def test_the_same_rung_of_a_loan_that_was_prolonged_is_not_told():
    climbed = Climbed()
    assert not repeated([DUE, replace(DUE, due=date(2027, 3, 24))], climbed)


def test_a_reminder_a_day_early_or_late_is_told():
    assert not _told(ASKED, REMINDED)
    assert _told(ASKED, replace(REMINDED, on=date(2027, 2, 26)))
    assert _told(ASKED, replace(REMINDED, on=date(2027, 3, 2)))


def test_a_reminder_that_waited_for_a_server_or_a_quiet_time_is_not_told():
    late = replace(REMINDED, on=date(2027, 3, 2))
    assert not _told(ASKED, late, excused={date(2027, 3, 1)})
    assert not _told(ASKED, late, quiet=lambda day: day == date(2027, 3, 1))


def test_a_rung_before_a_closed_day_goes_the_working_day_before():
    assert not _told(DUE)  # the 21st is a Sunday
    assert _told(replace(DUE, on=date(2027, 2, 18)))


def test_a_chase_after_a_card_may_wait_but_never_comes_early():
    chase = replace(DUE, rung="+5", on=date(2027, 3, 3))
    assert not _told(chase)
    assert not _told(replace(chase, on=date(2027, 3, 8)))
    assert _told(replace(chase, on=date(2027, 3, 2)))
