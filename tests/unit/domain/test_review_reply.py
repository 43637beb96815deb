"""What a reply means to a review that is answered in part."""

from datetime import date

import pytest

from bot.domain.review_reply import ReviewReply, RowAnswer, about_open
from tests.review_builders import a_reply, heard

STAYS, LEFT, OPEN, UNCLEAR = (
    RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.OPEN, RowAnswer.UNCLEAR,
)  # fmt: skip
ALL = "Alla är kvar"


def answers(reply: ReviewReply) -> list[RowAnswer]:
    return [h.answer for h in reply.rows]


def test_all_stay_means_those_that_are_left():
    whole = a_reply(*(heard(n, STAYS, words=ALL) for n in (1, 2, 3)))
    left = a_reply(*(heard(n, STAYS, words=ALL) for n in (1, 3)))
    assert answers(about_open(whole, left)) == [STAYS, OPEN, STAYS]


def test_who_is_named_by_himself_is_answered_for_again():
    whole = a_reply(heard(1, STAYS, words=ALL), heard(2, STAYS, words="Bo är kvar"))
    assert about_open(whole, a_reply(heard(1, STAYS, words=ALL))) is whole


def test_two_of_four_are_both():
    whole = a_reply(*(heard(n, UNCLEAR, words="Båda är kvar") for n in (1, 2, 3, 4)))
    left = a_reply(*(heard(n, STAYS, words="Båda är kvar") for n in (1, 3)))
    assert answers(about_open(whole, left)) == [STAYS, OPEN, STAYS, OPEN]


@pytest.mark.parametrize(
    "left",
    [
        a_reply(heard(1, UNCLEAR, words="Bo")),
        a_reply(heard(1, STAYS, words=ALL), unread=("Bo",)),
        a_reply(heard(1, STAYS, words=ALL), undo=()),
        a_reply(heard(1, LEFT, on=date(2026, 11, 1), words=ALL)),
    ],
    ids=["unclear", "unread", "undo", "otherwise"],
)
def test_what_the_open_rows_alone_do_not_explain_is_read_as_a_whole(left):
    whole = a_reply(heard(1, STAYS, words=ALL), heard(2, STAYS, words=ALL))
    assert about_open(whole, left) is whole
