"""A review letter just before it goes: only what is open still, and nobody who became protected."""

import pytest

from bot.app.overtaking import NotTrueAnyMoreError
from bot.app.review_sending import as_it_may_go
from bot.domain.letters import HandedOver, Letter
from bot.domain.review_chase import escalation, letter_of, reminder
from bot.domain.review_letters import (
    CancellationForm,
    EchoRow,
    Leaver,
    OpenRow,
    ReviewEcho,
    ReviewMoved,
    Undone,
)
from bot.domain.review_reply import RowAnswer
from bot.ports.errors import PermanentError
from tests.builders import MARIA_MAIL, TODAY
from tests.review_builders import a_review, a_row, answered, record_of, review_facts

ANNA = record_of(1, protected=True)
STAYS = RowAnswer.STAYS


def goes(content, review=None, *protected):
    return as_it_may_go(Letter((MARIA_MAIL,), content), review or a_review(), protected).content


@pytest.mark.parametrize("kind", [letter_of, reminder, escalation])
def test_a_letter_asks_only_about_what_is_open_when_it_goes(kind):
    content = kind(a_review(), review_facts())
    assert [r.row for r in goes(content).rows] == [1, 2]
    assert [r.row for r in goes(content, a_review(answered(1), a_row(2))).rows] == [2]
    assert [r.row for r in goes(content, a_review(a_row(1, manual=True), a_row(2))).rows] == [2]
    assert [r.row for r in goes(content, None, ANNA).rows] == [2]
    with pytest.raises(NotTrueAnyMoreError):
        goes(content, a_review(answered(1), answered(2)))
    with pytest.raises(NotTrueAnyMoreError):
        goes(content, a_review(a_row(1)), ANNA)


def test_who_is_no_longer_on_the_list_is_not_named_once_protected():
    review = a_review(a_row(2), gone=("Anna Öberg", "Dan Vik"))
    content = letter_of(review, review_facts(review))
    assert goes(content, review, ANNA).gone == ("Dan Vik",)
    assert goes(content, review).gone == ("Anna Öberg", "Dan Vik")


def test_an_echo_is_silent_about_who_became_protected():
    content = ReviewEcho(
        "G-1",
        (EchoRow(1, "Anna Öberg", STAYS), EchoRow(2, "Bo Kvist", STAYS)),
        (OpenRow(1, "Anna Öberg"), OpenRow(3, "Cilla Ås")),
        unread=("Anna Öberg är bra", "tack"),
        notes=("Rad 1 (Anna Öberg): en handläggare hör av sig.", "Rad 2 gäller dig själv."),
    )
    shown = goes(content, None, ANNA)
    assert ([r.row for r in shown.taken], [r.row for r in shown.open]) == ([2], [3])
    assert (shown.unread, shown.notes) == (("tack",), ("Rad 2 gäller dig själv.",))
    assert goes(content) == content


def test_an_undo_is_silent_about_who_became_protected():
    rows = (EchoRow(1, "Anna Öberg", STAYS), EchoRow(2, "Bo Kvist", STAYS))
    content = Undone("G-1", rows, clerk=("Anna Öberg: redan avslutad",))
    shown = goes(content, None, ANNA)
    assert ([r.row for r in shown.rows], shown.clerk) == ([2], ())
    assert goes(content) == content


@pytest.mark.parametrize(
    "content",
    [
        ReviewMoved("G-1/1", "Anna Öberg", "", "Norr", "Maria Lind", "Viksjöskolan"),
        Undone("G-1", (), moved="Anna Öberg"),
    ],
)
def test_a_letter_about_a_move_of_who_became_protected_never_goes(content):
    assert goes(content, None, record_of(2, protected=True)) == content
    with pytest.raises(PermanentError):
        goes(content, None, ANNA)


def test_forms_of_who_became_protected_never_go():
    leavers = tuple(Leaver(f"P{n}", "", TODAY, f"G-1/{n}", f"{n}.pdf", n) for n in (1, 2))
    assert [p.record for p in goes(CancellationForm(leavers), None, ANNA).people] == [2]
    with pytest.raises(PermanentError):
        goes(CancellationForm(leavers[:1]), None, ANNA)


def test_a_letter_that_names_nobody_goes_as_it_is():
    assert goes(HandedOver(), None, ANNA) == HandedOver()
