"""Replies to an inventory: which numbered rows are there, which are missing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reports import InventoryReply
from parsers.answers.fresh import Piece, fresh
from parsers.answers.inventory import understand

ROWS = {n: f"9752 2799 0000 {1233 + n}" for n in range(1, 8)}
LETTER = "Vilka av korten ligger i lådan?\n\n" + "\n".join(f"{n}. {c}" for n, c in ROWS.items())
ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").exists())
CORPUS = [
    json.loads(line)
    for line in (ROOT / "tests/golden/card_replies/inventory.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
WORDS = (
    "1", "2", "3", "8", "1-3", "finns", "saknas", "alla", "utom", "resten", "ja", "nej", "och", ",", ".", ":", "men",
    "inget", "inte", "kanske", "kort", "9752 2799 0000 1234",
)  # fmt: skip


def read(*lines, under=None, rows=ROWS):
    return understand([Piece(tuple(lines), under)], rows)


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["text"][:40])
def test_a_reply_of_the_corpus_is_read_as_its_reader_would(case):
    reply = understand(fresh(case["text"], (LETTER,), ("Lena Ek",)), ROWS)
    assert (list(reply.there), list(reply.missing)) == (case["there"], case["missing"])
    assert bool(reply.unread) == case["unread"]


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 40


def test_words_under_a_quoted_row_speak_of_that_row():
    lines = [f"> {line}" for line in LETTER.splitlines()]
    answered = [*lines[:3], "finns", lines[3], "saknas", *lines[4:]]
    text = "\n".join(["Den 17 nov. 2026 skrev Lokala EK <ek@jarfalla.example>:", *answered])
    assert understand(fresh(text, (LETTER,)), ROWS) == InventoryReply((1,), (2,))


def test_a_bare_word_without_a_row_above_it_is_unread():
    assert read("finns").unread
    assert read("ja").unread


def test_a_bare_word_speaks_of_the_only_row_there_is():
    assert read("finns", rows={4: ROWS[4]}) == InventoryReply(there=(4,))


def test_two_pieces_that_differ_about_a_row_are_unread():
    reply = understand([Piece(("finns",), 1), Piece(("1 saknas",))], ROWS)
    assert reply.unread
    assert not reply.there


def test_a_bare_number_after_missing_may_be_a_count_and_is_unread():
    assert read("saknas 2").unread
    assert read("saknas: 2") == InventoryReply(missing=(2,))


def test_a_card_number_that_two_rows_share_names_neither():
    assert read("9752279900001234 saknas", rows={1: ROWS[1], 2: ROWS[1]}).unread


def test_words_of_somebody_else_are_never_taken():
    assert understand([Piece(("alla finns",), foreign=True)], ROWS).unread == ("alla finns",)


@pytest.mark.parametrize(
    "text",
    [
        "alla finns inte", "finns alla", "3 kvar", "1 saknas inte", "3 är utlånat", "inga finns", "3 har kollat",
        "3 finns, 4", "alla finns utom 3 finns", "3 st saknas", "3 finns på kontoret", "alla utom 9 finns", "3,4",
        "1 finns men inte 3", "5-3 finns", "saknas", "1 nej finns", "x" * 700,
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_left_to_a_clerk(text):
    reply = read(text)
    assert reply.unread
    assert not reply.there


def test_the_rest_twice_over_is_unread():
    assert read("1 saknas, resten finns", "resten saknas").unread


@given(st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join))
def test_a_reply_is_taken_whole_or_not_at_all(text):
    reply = read(text)
    assert not (reply.unread and (reply.there or reply.missing))
    assert not set(reply.there) & set(reply.missing)
    assert {*reply.there, *reply.missing} <= set(ROWS)


@given(st.sampled_from([c["text"] for c in CORPUS if c["there"] or c["missing"]]))
def test_one_unknown_word_hands_all_to_a_clerk(text):
    assert read(*text.splitlines(), "kanske").unread


@given(st.lists(st.text(max_size=80), max_size=6), st.none() | st.integers(0, 9))
def test_any_text_is_read_without_an_error(lines, under):
    read(*lines, under=under)
