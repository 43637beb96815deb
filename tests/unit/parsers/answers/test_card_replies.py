"""Plain replies about cards: every word explained, or nothing of the reply is taken."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reports import CardReply, CardWord
from parsers.answers.card_replies import understand
from parsers.answers.card_words import longest
from parsers.answers.day_words import after, ahead, behind
from parsers.answers.fresh import Piece, fresh

TODAY = date(2026, 11, 18)  # a Wednesday
ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").exists())
CORPUS = [
    json.loads(line)
    for line in (ROOT / "tests/golden/card_replies/corpus.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
LETTER = """Hej Anna!

Reservkortet 9752 2799 0000 1234 skulle ha lämnats tillbaka den 16 november.
Lämna det i receptionen i kommunhuset, vardagar 9–15.

Med vänlig hälsning
Lokala EK
"""
COURTESIES = (
    "Hej!", "Tack så mycket", "Hej Eva!", "Tack för påminnelsen.", "Mvh Lena", "/Lena", "🙂", "Thanks",
    "Tack på förhand!", "Ursäkta sent svar",
)  # fmt: skip
DECISIONS = ("ja", "nej", "Jag har lämnat det i fredags", "Förläng till 12/12", "5000-K123456-26")
PLAIN = (
    "snart",
    "kanske",
    "regnar",
    "cykel",
    "måndagsmöte",
    "ringer",
    "slutar",
    "chefen",
    "rummet",
    "kollar",
    "sjuk",
    "semester",
    "tappat",
    "stulet",
    "borta",
    "kortet",
    "jag",
    "hon",
    "det",
    "inte",
    "utan",
    "inför",
    "schema",
    "hemma",
    "lämnar",
    "imorgon",
    "blir",
)


def read(text, **more):
    return understand(fresh(text, (LETTER,), ("Anna Berg",)), TODAY, **more)


def said(text, **more):
    """What a reply says, a line a word; None when any of it is unread."""
    reply = read(text, **more)
    if reply.unread:
        assert reply.said == ()
        return None
    return sorted(
        " ".join(p for p in (s.word.value, s.day.isoformat() if s.day else "", s.text) if p)
        for s in reply.said
    )


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["text"][:40])
def test_a_reply_of_the_corpus_is_read_as_its_reader_would(case):
    assert said(case["text"]) == (None if case["unread"] else sorted(case["said"]))


def test_the_corpus_is_large_enough_and_says_which_replies_came_after_the_reader():
    sets = [case["set"] for case in CORPUS]
    assert sets.count("first") >= 90
    assert sets.count("unseen") >= 50


@pytest.mark.parametrize(
    "text",
    [
        "Jag skulle ha lämnat det", "Jag har snart lämnat det", "Hon har lämnat jobbet", "Ja tyvärr inte",
        "Jag har lämnat in en polisanmälan", "Lämnade jag in det igår", "Det ska vara lämnat", "Ja /Nej",
        "Kortet är lämnat till Kerstin", "Ja - Kanske", "Ja, mvh Nej", "Förläng inte till 12/12", "Är det ok",
        "Hon får behålla kortet till 12/12 men inte längre", "Jag kan behålla det till 12/12", "12/12",
        "Har ni fått tillbaka kortet", "Ja, till 11/11", "Nej, jag behöver det till 12/12", "till 12/12",
        "Polisanmälan är gjord", "5000-K123456-99", "5000-K123456-26-12", "Lämnat (tror jag)", "KANSKE LÄMNAT",
        "Anna lämnade det men Johan har kvar sitt", "lämnat 2026-11-19", "Kan ni förlänga hennes konto",
        "ja, om hon behåller det", "OK. Kortet är borta.", "redan lämnat. Eller?", "x" * 500, "ja\n" * 70,
        "Hon skulle behålla kortet", "förläng till 12/12, förläng till 13/12", "Ja men hon ska lämna det",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_left_to_a_clerk(text):
    reply = understand([Piece(tuple(text.splitlines()))], TODAY)
    assert reply.unread
    assert not reply.said


def test_an_answer_above_the_quoted_letter_is_taken_without_the_letter():
    quoted = "\n".join(f"> {line}" for line in LETTER.splitlines())
    text = f"Redan lämnat!\n\nDen 17 nov. 2026 kl. 09:12 skrev Lokala EK <ek@jarfalla.example>:\n{quoted}\n"
    assert said(text) == ["back"]


def test_words_of_somebody_else_are_never_taken():
    reply = understand([Piece(("ja",), foreign=True)], TODAY)
    assert reply == CardReply(unread=("ja",))


def test_with_the_names_known_a_card_that_somebody_else_brought_is_unread():
    assert said("Sara lämnade det 12/11", names=("Sara Ek",)) == ["back 2026-11-12"]
    assert said("Kerstin lämnade det 12/11", names=("Sara Ek",)) is None


def test_a_name_of_the_case_is_taken_though_no_list_has_it():
    assert said("Zelma Ö har lämnat kortet") is None
    assert said("Zelma har lämnat kortet", names=("Zelma Öst",)) == ["back"]


def test_an_empty_reply_says_nothing():
    assert read("Hej!\n\nTack") == CardReply()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/11", date(2026, 11, 12)), ("12/11-26", date(2026, 11, 12)), ("2026-11-12", date(2026, 11, 12)),
        ("12 nov", date(2026, 11, 12)), ("den 12 november 2026", date(2026, 11, 12)), ("i går", date(2026, 11, 17)),
        ("den 12:e", date(2026, 11, 12)), ("den 20:e", date(2026, 10, 20)), ("i onsdags", date(2026, 11, 11)),
        ("i måndags", date(2026, 11, 16)), ("idag", TODAY), ("1/12", None), ("31/9", None), ("2027-01-01", None),
        ("på fredag", None), ("1/3", None), ("torsdag 12/11", date(2026, 11, 12)), ("fredag 12/11", None),
    ],
)  # fmt: skip
def test_a_day_behind_us_is_the_last_of_its_kind(text, day):
    assert behind(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/12", date(2026, 12, 12)), ("12/1", date(2027, 1, 12)), ("den 12:e", date(2026, 12, 12)),
        ("den 31:e", None), ("15 December", date(2026, 12, 15)), ("på fredag", date(2026, 11, 20)),
        ("på onsdag", None), ("fredag nästa vecka", date(2026, 11, 27)), ("nästa vecka fredag", date(2026, 11, 27)),
        ("18/11", None), ("12/11", None), ("idag", None), ("i fredags", None), ("2026-12-12", date(2026, 12, 12)),
    ],
)  # fmt: skip
def test_a_day_ahead_is_the_next_of_its_kind(text, day):
    assert ahead(text, TODAY) == day


def test_a_month_more_ends_on_the_last_day_of_a_shorter_month():
    assert after("en månad till", date(2027, 1, 31)) == date(2027, 2, 28)
    assert after("två veckor till", TODAY) == date(2026, 12, 2)
    assert after("99 veckor till", TODAY) is None


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=12).map(" ".join))
def test_words_without_a_decision_never_decide(text):
    taken = {s.word for s in understand([Piece((text,))], TODAY).said}
    assert not taken & {CardWord.BACK, CardWord.EXTEND, CardWord.YES, CardWord.NO}


@given(st.sampled_from(DECISIONS), st.sampled_from(PLAIN))
def test_one_unknown_word_beside_a_decision_hands_all_to_a_clerk(decision, word):
    reply = understand([Piece((f"{decision} {word}",))], TODAY)
    known = longest(word, 0)
    assert not reply.said or known is not None


@given(st.lists(st.sampled_from(COURTESIES), max_size=4), st.sampled_from(DECISIONS), st.randoms())
def test_courtesy_in_any_order_changes_nothing(courtesies, decision, random):
    lines = [decision, *courtesies]
    random.shuffle(lines)
    alone = understand([Piece((decision,))], TODAY)
    assert alone.said
    assert understand([Piece(tuple(lines))], TODAY) == alone


@given(st.lists(st.text(max_size=120), max_size=6))
def test_any_text_is_read_without_an_error(lines):
    understand([Piece(tuple(lines))], TODAY)


@given(
    st.lists(
        st.sampled_from([*PLAIN, *DECISIONS, "till", "12/12", "?", ".", "inte", "får"]), max_size=12
    )
)
def test_a_reply_is_taken_whole_or_not_at_all(words):
    reply = understand([Piece((" ".join(words),))], TODAY)
    assert not (reply.said and reply.unread)


@given(st.sampled_from([c["text"] for c in CORPUS if not c["unread"]]))
def test_a_no_beside_an_understood_reply_never_leaves_a_yes(text):
    reply = understand([Piece((*text.splitlines(), "Nej, inte ok"))], TODAY)
    assert CardWord.YES not in {s.word for s in reply.said}
