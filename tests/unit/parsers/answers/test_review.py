"""Replies to review letters, against what a careful clerk decided."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.review_reply import DECIDED, Aside, Listed, RowAnswer
from parsers.answers.review import understand_review
from parsers.answers.review_fillers import CHAT, CONTEXT, COURTESY, SERVICE
from parsers.mail.html import words
from tests.review_replies import cases, judged, letter, understood

FILES = {
    "first": 1.0,
    "second": 0.95,
    "third": 0.74,
    "fourth": 0.88,
    "own": 0.98,
    "fifth": 0.89,
    "sixth": 0.7,
    "seventh": 0.77,
    "eighth": 0.94,
    "ninth": 0.86,
}
ON = date(2026, 11, 25)
ROWS = (
    Listed(1, "Anna", "Lindberg", "Undersköterska"),
    Listed(2, "Mehmet", "Yilmaz", "Vårdbiträde"),
    Listed(3, "Gunilla", "Forsberg", "Sjuksköterska"),
    Listed(4, "Olle", "Nyström"),
)
TEXT, PAGE = letter(ROWS)
LETTERS = (TEXT, words(PAGE))
HARMLESS = [
    w for t in (CHAT, CONTEXT, COURTESY, SERVICE) for line in t.split("\n") for w in line.split("|")
]
EVERYDAY = [
    "ett",
    "bord",
    "stol",
    "kaffe",
    "mötet",
    "torsdag",
    "avdelningen",
    "bilen",
    "regnar",
    "gärna",
    "snö",
    "blommor",
    "köket",
    "nyckel",
    "hjälp",
    "tack",
    "hej",
    "vi",
    "jag",
    "ni",
    "du",
    "och",
    "men",
    "om",
    "när",
    "här",
    "där",
    "idag",
    "imorgon",
    "sen",
    "fint",
    "bra",
    "dåligt",
    "röd",
    "blå",
    "schema",
    "helg",
    "natt",
    "rapport",
    "telefon",
    "papper",
    "lunch",
    "fika",
    "sommar",
    "vinter",
    "Viksjö",
    "Eva",
    "Pelle",
    "3",
    "10",
    "kl",
]
GONE = {RowAnswer.LEFT, RowAnswer.LEAVING, RowAnswer.MOVED}


def heard(text, rows=ROWS, **keys):
    return understand_review(text, LETTERS, rows, on=ON, **keys)


def answers(text, rows=ROWS):
    return [h.answer.value for h in heard(text, rows).rows]


@pytest.mark.parametrize("name", FILES)
def test_no_person_is_decided_wrongly_and_few_are_asked_about(name):
    decidable = right = 0
    wrong = []
    for case in cases(name):
        for person, truth, row, kind, due in judged(case, understood(case)):
            decidable += truth != "unclear"
            right += truth != "unclear" and kind == "right"
            if kind == "wrong" or (due and kind == "right" and row.on not in (None, due)):
                wrong.append((case["id"], person["key"], row))
    assert wrong == []
    assert right / decidable >= FILES[name]


@given(st.lists(st.sampled_from([*HARMLESS, *EVERYDAY]), min_size=1, max_size=14))
@settings(max_examples=300, deadline=None)
def test_everyday_words_never_say_that_somebody_has_gone(some):
    reply = heard(" ".join(some))
    assert not {h.answer for h in reply.rows} & GONE


@given(st.text(max_size=400) | st.binary(max_size=400).map(lambda b: b.decode("latin-1")))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_an_answer_to_each_row(text):
    assert [h.row for h in heard(text).rows] == [1, 2, 3, 4]


@given(st.permutations(["Hej!", "Tack för påminnelsen.", "Ursäkta sent svar.", "Trevlig helg!"]))
@settings(max_examples=24, deadline=None)
def test_courtesy_changes_nothing(lines):
    text = "\n".join([*lines[:2], "Anna slutade 31/10, övriga är kvar.", *lines[2:]])
    assert answers(text) == ["left", "stays", "stays", "stays"]


HOSTILE = {
    "one letter": "a" * 1_000_000, "names": "Anna " * 200_000, "answers": "kvar " * 200_000,
    "short lines": "Anna kvar\n" * 100_000, "quotes": "> " * 500_000, "wrapped": ("kvar, " * 30 + "\n") * 5_000,
    "the letter": (TEXT + "\n") * 700, "legends": "x = kvar " * 110_000, "exceptions": "alla utom " * 100_000,
    "figures": "1," * 500_000, "marks": "👍" * 250_000, "heads": "Från: x\n" * 120_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_sends_nobody_away(name):
    reply = heard(HOSTILE[name])
    assert not {h.answer for h in reply.rows} & GONE


@pytest.mark.parametrize("text", ["ÅNGRA", "Hej!\nÅngra\nMvh Karin", "ångra tack"])
def test_undo_takes_back_the_whole_answer(text):
    assert heard(text).undo == ()


def test_undo_of_one_row():
    assert heard("Ångra 3").undo == (3,)
    assert heard("ångra Anna").undo == (1,)
    assert heard("Ångra inte, Anna är kvar").undo is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alla kvar. Leila Darwish saknas på listan.", Aside.NEW_PERSON),
        ("Alla är kvar men Anna heter numera Berg.", Aside.NAME_CHANGE),
        ("Anna är föräldraledig, övriga kvar.", Aside.LEAVE),
        ("Anna gick bort i oktober. Övriga kvar.", Aside.DECEASED),
        ("Varför får jag detta?", Aside.QUESTION),
        ("Fråga Gunvor på bemanningen.", Aside.DELEGATED),
        ("Jag är inte chef för dem.", Aside.WRONG_MANAGER),
    ],
)
def test_asides_are_told(text, kind):
    assert kind in [r.kind for r in heard(text).remarks]


def test_a_decided_row_bears_the_words_that_decided_it():
    row = heard("Hej! Anna slutade 31/10, övriga är kvar.").rows[0]
    assert "slutade 31/10" in row.words
    assert row.on == date(2026, 10, 31)


def test_words_that_nobody_understands_are_told():
    reply = heard("Anna blorkar. Övriga kvar.")
    assert reply.rows[0].answer is RowAnswer.UNCLEAR
    assert any("blorkar" in words for words in reply.unread)


def test_silence_leaves_all_open():
    assert answers("Tack!") == ["open"] * 4
    assert answers("") == ["open"] * 4


def test_settled_only_when_every_row_is_decided():
    assert heard("Alla kvar").settled
    assert not heard("Anna har slutat").settled


def test_where_somebody_moved_is_told():
    row = heard("Mehmet har bytt till Tallbacken 1/10. Övriga kvar.").rows[1]
    assert (row.answer, row.to, row.on) == (RowAnswer.MOVED, "Tallbacken", date(2026, 10, 1))


def test_two_who_fit_are_both_unclear():
    rows = (Listed(1, "Anna", "Berg"), Listed(2, "Anna", "Lindh"), Listed(3, "Bo", "Ek"))
    assert answers("Anna har slutat, övriga kvar", rows) == ["unclear", "unclear", "stays"]
    assert answers("Anna B har slutat, övriga kvar", rows) == ["left", "stays", "stays"]
    assert answers("Anna Berg är kvar, den andra Anna har slutat. Bo kvar", rows) == [
        "stays", "left", "stays",
    ]  # fmt: skip


@pytest.mark.parametrize("split", [("Ulrika", "af Klint"), ("Ulrika af", "Klint")])
def test_a_name_fits_however_the_letter_splits_it(split):
    rows = (Listed(1, *split), Listed(2, "Bo", "Ek"))
    for name in ("Ulrika", "Klint", "af Klint", "Ulrika af Klint", "af Klint Ulrika"):
        assert answers(f"{name} har slutat, Bo är kvar", rows) == ["left", "stays"]


def test_an_older_mail_of_the_thread_answers_nothing():
    text = "Anna kvar.\n\nFrån: Karin\nSkickat: den 1 juni 2026 08:00\nTill: HR\nÄmne: SV\n\nOlle har slutat\n"
    assert answers(text + "\n> " + TEXT.replace("\n", "\n> ")) == ["stays", "open", "open", "open"]


def test_unknown_answers_are_never_decided():
    for text in (
        "Anna?",
        "Anna är nog kvar",
        "Anna slutar om hon får jobbet",
        "Anna eller Olle har slutat",
    ):
        assert heard(text).rows[0].answer not in DECIDED


@pytest.mark.parametrize("name", FILES)
def test_no_case_of_the_corpora_is_a_fault_of_ours(name):
    for case in cases(name):
        reply = understood(case)
        shown = reply.unread if reply else ()
        assert not any(len(words) == 300 and "\n" in words for words in shown)


def test_a_fault_of_ours_leaves_every_row_unclear():
    reply = understand_review("Alla kvar", [None], ROWS, on=ON)
    assert {h.answer for h in reply.rows} == {RowAnswer.UNCLEAR}
    assert reply.unread == ("Alla kvar",)
