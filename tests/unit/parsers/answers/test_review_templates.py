"""Plain replies read by whole templates: sentences that are read, and near ones that never are."""

import time
from datetime import date

import pytest

from bot.domain.review_reply import Heard, Listed, ReviewReply, RowAnswer
from parsers.answers.review_quote import parted
from parsers.answers.review_templates import agreed, templated
from parsers.answers.review_templates_chat import DANGER, HARMLESS
from parsers.answers.review_templates_reading import GRAMMAR
from tests.review_replies import GOLDEN

ON = date(2026, 11, 25)
ROWS = (
    Listed(1, "Anna", "Lindberg"),
    Listed(2, "Mehmet", "Yilmaz"),
    Listed(3, "Gunilla", "Forsberg"),
    Listed(4, "Olle", "Nyström"),
)
LETTERS = {"stays": "S", "left": "L", "leaving": "E", "moved": "M", "open": "?"}


def lines(name):
    text = (GOLDEN / name).read_text(encoding="utf-8")
    return [line.replace(" ⏎ ", "\n") for line in text.splitlines() if line.strip()]


READ = [line.split(" ", 1) for line in lines("templates_read.txt")]
TRAPS = lines("templates_traps.txt")


def heard(text, rows=ROWS):
    return templated(parted(text, []), rows, ("Karin", "Chef"), ON)


def told(text, rows=ROWS):
    found = heard(text, rows)
    return None if found is None else "".join(LETTERS[h.answer.value] for h in found)


@pytest.mark.parametrize(("answers", "text"), READ)
def test_plain_sentences_are_read(answers, text):
    assert told(text) == answers


@pytest.mark.parametrize("text", TRAPS)
def test_near_ones_are_left_to_the_other_reading(text):
    assert heard(text) is None


@pytest.mark.parametrize(
    "doubt",
    [
        "Jag tror att {}", "Kanske {}", "Om {}", "{}, tror jag", "{} nästan", "{} hittills",
        "{}, hoppas jag", "{}?", "{}, eller", "{} om inget händer", "Inte sant att {}", "{} förmodligen",
        "{} utom Kim", "{} men en slutar", "{}. Lisa har slutat.", "{}. En till slutar snart.",
        "Lisa säger att {}", "{} fram till nyår", "{} 31/12", "{}, blorg",
    ],
)  # fmt: skip
def test_a_word_of_doubt_ends_the_reading(doubt):
    for _, text in READ:
        plain = text.rstrip(".!")
        if "\n" in plain or "Kram" in plain or "sjukskriven" in plain or "ledig" in plain:
            continue
        assert told(doubt.format(plain[:1].lower() + plain[1:])) is None, plain


@pytest.mark.parametrize("answers", ["SSSS", "LSSS"])
def test_courtesy_changes_nothing(answers):
    for wanted, text in READ:
        if wanted == answers and "\n" not in text:
            assert told(f"Hej!\n{text}\nTrevlig helg!\nMvh Karin") in (answers, None)
            assert told(f"Tack för påminnelsen.\n{text}") == answers or len(text) < 20


def test_days_are_told():
    found = heard("Anna slutade 31/10, Mehmet slutar 31/12. Övriga är kvar.")
    assert [h.on for h in found[:2]] == [date(2026, 10, 31), date(2026, 12, 31)]
    assert found[0].words == "Anna slutade 31/10, Mehmet slutar 31/12"


def test_one_person_is_she():
    one = ROWS[:1]
    assert told("Jodå, henne har vi här", one) == "S"
    assert told("Ja, fortfarande min medarbetare.", one) == "S"
    assert told("Svar angående Anna: hon är anställd hos mig även fortsättningsvis.", one) == "S"


def test_a_thumb_alone_is_a_yes():
    assert told("👌👌") == "SSSS"
    assert told("👎") is None


def test_where_the_readings_differ_nothing_is_decided():
    words = "Alla är kvar"
    old = ReviewReply(
        (Heard(1, RowAnswer.LEFT), Heard(2, RowAnswer.OPEN), Heard(3, RowAnswer.STAYS))
    )
    new = [Heard(n, RowAnswer.STAYS, words=words) for n in (1, 2, 3)]
    rows = agreed(old, new).rows
    assert [h.answer.value for h in rows] == ["unclear", "stays", "stays"]
    assert agreed(old, None) is old


def test_no_harmless_word_is_dangerous():
    assert not [w for w in HARMLESS if DANGER.match(w)]
    assert len(HARMLESS) > 1_000
    assert sum(map(len, GRAMMAR.ways.values())) > 4_000


@pytest.mark.parametrize(
    "piece", ["Anna ", "kvar ", "alla är kvar, ", "och ", "alla utom ", "hej. ", "a"]
)
def test_a_hostile_megabyte_is_no_plain_reply(piece):
    began = time.monotonic()
    for size in (1_000_000, 2_900, 600, 200):
        found = heard((piece * size)[:size])
        assert found is None or not {h.answer for h in found} & {RowAnswer.LEFT, RowAnswer.MOVED}
    assert time.monotonic() - began < 2
