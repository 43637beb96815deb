"""A manager who only wants to talk is heard by staff; courtesy about the telephone is not."""

from datetime import date

import pytest

from bot.domain.review_reply import Aside, Listed, RowAnswer
from parsers.answers.review import understand_review

ROWS = (Listed(1, "Anna", "Berg"), Listed(2, "Bo", "Ek"))


def _read(text):
    return understand_review(text, [], ROWS, on=date(2026, 11, 23), names=["Eva Holm"])


@pytest.mark.parametrize(
    "text",
    [
        "Ring mig så berättar jag.",
        "Hej!\nHör av er så förklarar jag.\n\nMvh\nEva",
        "Jag ringer er i eftermiddag.",
        "Det är lite krångligt, ring mig.",
        "Vi får talas vid per telefon.",
    ],
)
def test_a_wish_to_talk_alone_goes_to_staff(text):
    reply = _read(text)
    assert not any(h.answer.value in ("stays", "left") for h in reply.rows)
    assert reply.unread or Aside.QUESTION in {r.kind for r in reply.remarks}


@pytest.mark.parametrize(
    "text",
    ["Tack, vi hörs!", "Ring om det är något.", "Hör av er vid frågor.", "Hej! Tack för listan."],
)
def test_courtesy_is_no_wish_to_talk(text):
    reply = _read(text)
    assert reply.remarks == ()
    assert {h.answer for h in reply.rows} == {RowAnswer.OPEN}


def test_an_answer_stands_beside_an_offer_to_talk():
    reply = _read("Alla kvar. Ring mig gärna.")
    assert {h.answer for h in reply.rows} == {RowAnswer.STAYS}
    assert reply.remarks == ()
