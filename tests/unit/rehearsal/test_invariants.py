"""Each invariant of a simulated year is seen red once, and green beside it."""

from datetime import date, timedelta

import pytest

from bot.domain.calendar import WorkingDays
from bot.domain.values import PersonId
from bot.rehearsal.charts import Bars, drawn
from bot.rehearsal.dice import Dice
from bot.rehearsal.happenings import What, happenings
from bot.rehearsal.invariants import (
    Left,
    Seen,
    digests,
    doubled,
    exposed,
    named,
    reminded,
    strangers,
    stuck,
    uncounted,
    undecided,
    untimely,
)
from bot.rehearsal.municipality import settled
from bot.rehearsal.municipality import test_number as a_number
from bot.rehearsal.playing import NotAPolicyError, policy_of

DAY = date(2027, 2, 22)


def _seen(text="Hej", kind="review", number=1, day=DAY):
    return Seen(f"<{number}@x>", kind, "chef@x", day, text)


def test_a_mail_without_outcome_is_told():
    assert undecided({"<a@x>": None})
    assert not undecided({"<a@x>": "recorded"})


def test_a_mail_that_is_nowhere_is_told():
    assert uncounted(3, 2)
    assert not uncounted(3, 3)


def test_a_letter_that_leaves_twice_is_told():
    left = Left()
    assert not doubled([_seen()], left)
    assert doubled([_seen()], left)


def test_the_same_words_twice_on_a_day_are_told_under_another_number_too():
    left = Left()
    assert not doubled([_seen()], left)
    assert doubled([_seen(number=2)], left)
    assert not doubled([_seen(number=3, day=DAY + timedelta(days=1))], left)


def test_an_identity_number_in_a_letter_is_told_however_it_is_written():
    number = a_number(0)
    for text in (
        number,
        number[2:],
        f"nr {number[2:8]}-{number[8:]}.",
        f"{number[:8]} {number[8:]}",
    ):
        assert exposed([_seen(text)], {number[2:]}), text
    assert not exposed([_seen()], {number[2:]})


def test_a_protected_person_in_a_letter_is_told():
    assert named([_seen("Hej Hemligberg")], {"Hemligberg"})
    assert not named([_seen("Hej")], {"Hemligberg"})


def test_a_reminder_after_the_answer_is_told():
    letter = _seen(kind="review_reminder")
    assert reminded([letter], {"chef@x": date(2027, 2, 21)})
    assert not reminded([letter], {"chef@x": DAY})
    assert not reminded([letter], {})


def test_a_letter_of_the_calendar_on_a_closed_day_is_told():
    assert untimely([_seen()], working=False)
    assert not untimely([_seen()], working=True)
    assert not untimely([_seen(kind="loss_alert")], working=False)


def test_a_missing_and_a_second_digest_are_told_and_a_late_one_is_not():
    left = Left()
    assert digests([], left, due=True, away=False)
    left = Left()
    assert digests([_seen(kind="digest"), _seen(kind="digest")], left, due=True, away=False)
    left = Left()
    assert not digests([], left, due=True, away=True)
    assert not digests([_seen(kind="digest")] * 2, left, due=True, away=False)


def test_a_record_that_nobody_ordered_is_told():
    assert strangers(["1", "2"], {"1"})
    assert not strangers(["1"], {"1", "2"})


def test_work_that_lies_is_told():
    assert stuck({"K-1": 46}, 45)
    assert not stuck({"K-1": 45}, 45)


def test_the_same_seed_settles_the_same_municipality_and_year():
    assert settled(Dice(3), 60, DAY) == settled(Dice(3), 60, DAY)
    assert settled(Dice(3), 60, DAY) != settled(Dice(4), 60, DAY)
    days = WorkingDays(frozenset())
    town = settled(Dice(3), 400, DAY)
    plan = happenings(Dice(3), town, DAY, 365, days)
    assert plan == happenings(Dice(3), town, DAY, 365, days)
    assert {one.what for some in plan.values() for one in some} == set(What)
    assert all(days.is_open(day) for day in plan)


def test_every_number_is_valid_and_nobody_shares_one():
    numbers = [p.number for p in settled(Dice(1), 20_000, DAY).people]
    assert len(set(numbers)) == 20_000
    assert all(PersonId(n).reveal() == n for n in numbers)


def test_a_policy_holds_policies_only(tmp_path):
    good, bad, broken = (tmp_path / f"{n}.toml" for n in ("good", "bad", "broken"))
    good.write_text("[reserve_cards]\nmonths = 2\n")
    bad.write_text('[office]\nname = "X"\n')
    broken.write_text("[review\n")
    assert policy_of(good) == {"reserve_cards": {"months": 2}}
    for file in (bad, broken, tmp_path / "none.toml"):
        with pytest.raises(NotAPolicyError, match=file.name):
            policy_of(file)


def test_a_chart_has_a_bar_for_each_policy_and_says_its_value():
    svg = drawn("Två & tre", ["nu", "ny"], [Bars("Brev", (10, 5)), Bars("Dagar", (0, 0), "d")])
    assert svg.count("<rect") == 1 + 2 + 4
    assert "Två &amp; tre" in svg
    assert ">5<" in svg
    assert ">0 d<" in svg
