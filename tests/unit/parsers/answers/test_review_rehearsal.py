"""A review letter's likely replies are read as they are meant."""

from datetime import date

import pytest

from bot.domain.review_reply import Listed, RowAnswer
from parsers.answers.review_letter import rows_of
from parsers.answers.review_rehearsal import likely_replies, misread
from parsers.mail.html import words
from tests.review_replies import cases, letter, listed

ON = date(2026, 11, 25)


@pytest.mark.parametrize("name", ["first", "second"])
def test_every_letter_of_the_corpora_can_be_read_back(name):
    for case in cases(name):
        rows = listed(case)
        text, page = letter(rows)
        assert misread((text, words(page)), rows, ON) == ()


def test_rows_read_back_from_the_letter_answer_as_well():
    for case in cases("fourth")[:30]:
        text, page = letter(listed(case))
        assert misread((text, words(page)), rows_of(text), ON) == ()


def test_two_of_the_same_name_are_answered_by_number():
    rows = (Listed(1, "Anna", "Berg"), Listed(2, "Anna", "Berg"))
    text, page = letter(rows)
    assert misread((text, words(page)), rows, ON) == ()


def test_a_letter_that_nobody_can_quote_is_found_out():
    rows = (Listed(1, "Anna", "Berg"), Listed(2, "Bo", "Ek"))
    assert misread(("1. Anna Berg\n2. Bo Ek\nAnna har slutat", ""), rows, ON) == ()
    assert misread((), (), ON) == ()


def test_many_kinds_of_replies_are_tried():
    rows = tuple(Listed(n, f"Namn{n}x", f"Efter{n}y") for n in range(1, 5))
    text, _ = letter(rows)
    found = likely_replies(rows, ON, text)
    assert len(found) >= 20
    assert {h.answer for _, heard in found for h in heard} >= {
        RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.LEAVING, RowAnswer.MOVED, RowAnswer.OPEN,
    }  # fmt: skip
