"""Each invariant of a simulated year is seen red once, and green beside it."""

from datetime import date

from bot.domain.values import PersonId
from bot.rehearsal.dice import Dice
from bot.rehearsal.invariants import Seen, doubled, exposed, reminded, undecided
from bot.rehearsal.municipality import settled
from bot.rehearsal.municipality import test_number as a_number

DAY = date(2027, 2, 22)


def _seen(text="Hej", kind="review"):
    return Seen("<1@x>", kind, "chef@x", DAY, text)


def test_a_mail_without_outcome_is_told():
    assert undecided({"<a@x>": None})
    assert not undecided({"<a@x>": "recorded"})


def test_a_letter_that_leaves_twice_is_told():
    before = set()
    assert not doubled([_seen()], before)
    assert doubled([_seen()], before)


def test_an_identity_number_in_a_letter_is_told_however_it_is_written():
    number = a_number(0)
    for text in (number, number[2:], f"{number[2:8]}-{number[8:]}"):
        assert exposed([_seen(text)], [number])
    assert not exposed([_seen()], [number])


def test_a_reminder_after_the_answer_is_told():
    letter = _seen(kind="review_reminder")
    assert reminded([letter], {"chef@x": date(2027, 2, 21)})
    assert not reminded([letter], {"chef@x": DAY})
    assert not reminded([letter], {})


def test_the_same_seed_settles_the_same_municipality():
    assert settled(Dice(3), 60, DAY) == settled(Dice(3), 60, DAY)
    assert settled(Dice(3), 60, DAY) != settled(Dice(4), 60, DAY)


def test_every_number_is_valid_and_nobody_shares_one():
    numbers = [p.number for p in settled(Dice(1), 20_000, DAY).people]
    assert len(set(numbers)) == 20_000
    assert all(PersonId(n).reveal() == n for n in numbers)
