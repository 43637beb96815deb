"""Answers taken into a form: all of a reply or nothing, each field once, each with its source."""

import pytest

from bot.domain.forms import How, State
from bot.domain.letters import Point
from bot.domain.questions import (
    Answer,
    Answered,
    Asked,
    Inquiry,
    Reply,
    Said,
    completed,
    says_the_same,
    settle,
)
from bot.domain.values import MailId
from tests.builders import TODAY, Unsure, a_form

ASKED = (Asked(1, "surname", "Öberg"), Asked(2, "phone"), Asked(3, "card_order"))
INQUIRY = Inquiry(TODAY, asked=ASKED)
SOURCE = Answered("", None, How.REPLY, "maria", TODAY, MailId(5))


def values(*answers, unread=(), before=()):
    settled = settle(INQUIRY, before, Reply(answers, unread), SOURCE)
    return {a.key: a.value for a in settled.answers}


def test_yes_takes_what_was_read_and_a_value_takes_itself():
    said = (Answer(1, Said.YES), Answer(2, Said.VALUE, "0701740625"), Answer(3, Said.YES))
    assert values(*said) == {"surname": "Öberg", "phone": "0701740625", "card_order": True}


def test_one_unread_word_leaves_all_as_it_was():
    assert values(Answer(1, Said.YES), unread=("men",)) == {}


@pytest.mark.parametrize("answer", [Answer(2, Said.YES), Answer(2, Said.NO), Answer(9, Said.YES)])
def test_a_yes_or_no_to_what_was_not_read_says_nothing(answer):
    assert values(answer) == {}


def test_no_to_a_square_is_an_answer_and_no_to_a_name_withdraws_it():
    settled = settle(INQUIRY, (), Reply((Answer(1, Said.NO), Answer(3, Said.NO))), SOURCE)
    assert [(a.key, a.value) for a in settled.answers] == [("card_order", False)]
    assert settled.asked[0] == Asked(1, "surname", None, denied=True)


def test_the_same_answer_again_keeps_its_first_source_and_another_one_takes_its_place():
    old = Answered("surname", "Öberg", How.REPLY, "maria", TODAY, MailId(2))
    same = settle(INQUIRY, (old,), Reply((Answer(1, Said.YES),)), SOURCE)
    assert same.answers == (old,)
    assert values(Answer(1, Said.VALUE, "Åberg"), before=(old,)) == {"surname": "Åberg"}
    assert settle(INQUIRY, (old,), Reply((Answer(1, Said.NO),)), SOURCE).asked == ASKED


def test_a_reply_that_repeats_what_was_taken_is_known_as_such():
    taken = (Answered("surname", "Öberg", How.REPLY, "maria", TODAY),)
    assert says_the_same(taken, INQUIRY, Reply((Answer(1, Said.YES),)))
    for other in (
        Reply(),
        Reply((Answer(1, Said.YES),), ("men",)),
        Reply((Answer(1, Said.VALUE, "Åberg"),)),
        Reply((Answer(2, Said.VALUE, "0701740625"),)),
        Reply((Answer(9, Said.YES),)),
    ):
        assert not says_the_same(taken, INQUIRY, other)


def test_a_completed_field_is_sure_by_whoever_gave_it():
    given = (
        Answered("surname", "Åberg", How.REPLY, "maria", TODAY),
        Answered("middle_name", None, How.STAFF, "eva", TODAY),
        Answered("shoe_size", "42", How.STAFF, "eva", TODAY),
    )
    form = completed(a_form(surname=Unsure("Öberg", "struck")), given)
    name = form.field("surname")
    assert (name.value, name.state, name.how, name.problem) == (
        "Åberg", State.SURE, How.REPLY, None,
    )  # fmt: skip
    assert form.field("middle_name").state is State.EMPTY
    assert form.value("shoe_size") == "42"


def test_only_what_the_last_letter_put_is_open():
    points = (Point("Telefon", "Vad ska stå där?", number=2),)
    assert Inquiry(TODAY, points, ASKED).open() == (ASKED[1],)
