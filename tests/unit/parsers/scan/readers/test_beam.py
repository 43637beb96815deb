"""The search for texts in a net's log-probabilities."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from parsers.scan.readers.beam import choose, holds, masked, search
from parsers.scan.readers.letters import ALPHABET

LETTERS = "ab "


def logs_of(chances: np.ndarray) -> np.ndarray:
    return np.log(chances / chances.sum(axis=1, keepdims=True)).astype(np.float32)


def spelt(text: str, *, rivals: dict[int, tuple[str, float]] | None = None) -> np.ndarray:
    """Return log-probabilities that write *text*, a blank after each letter."""
    rows = []
    for place, letter in enumerate(text):
        row = np.full(len(ALPHABET) + 1, 1e-9)
        row[ALPHABET.index(letter) + 1] = 1
        rival, share = (rivals or {}).get(place, (letter, 1.0))
        row[ALPHABET.index(letter) + 1] = 1 - share if rival != letter else 1
        row[ALPHABET.index(rival) + 1] = share
        blank = np.full(len(ALPHABET) + 1, 1e-9)
        blank[0] = 1
        rows += [row, blank]
    return logs_of(np.array(rows))


def every_text(chances: np.ndarray, letters: str) -> dict[str, float]:
    """Return the probability of each text, by going every way through the net."""
    found: dict[str, float] = {}
    for way in product(range(chances.shape[1]), repeat=len(chances)):
        chance = float(np.prod([row[c] for row, c in zip(chances, way, strict=True)]))
        kept = [c for c, before in zip(way, (0, *way), strict=False) if c not in {0, before}]
        text = "".join(letters[c - 1] for c in kept)
        found[text] = found.get(text, 0) + chance
    return found


@given(arrays.arrays(np.float64, (4, 4), elements=st.floats(0.01, 1)))
def test_a_wide_search_adds_up_every_way_to_a_text(chances: np.ndarray) -> None:
    logs = logs_of(chances)
    wanted = every_text(np.exp(logs.astype(np.float64)), LETTERS)
    found = {c.text: float(np.exp(c.log)) for c in search(logs, LETTERS, width=1000)}
    assert found.keys() == wanted.keys()
    for text, chance in wanted.items():
        assert found[text] == pytest.approx(chance, rel=1e-3)


@given(st.text(ALPHABET[1:], min_size=1, max_size=20))
def test_a_certain_net_is_taken_at_its_word(text: str) -> None:
    (best, *_) = search(spelt(text), ALPHABET)
    assert best.text == text
    assert best.log == pytest.approx(0, abs=1e-3)


def test_a_doubled_letter_needs_a_blank_between() -> None:
    sure = logs_of(np.array([[1e-9, 1, 1e-9, 1e-9], [1e-9, 1, 1e-9, 1e-9]]))
    assert search(sure, LETTERS)[0].text == "a"
    assert search(spelt("Anna"), ALPHABET)[0].text == "Anna"


def test_letters_outside_the_kind_are_ruled_out_but_not_forgotten() -> None:
    logs = spelt("8O1", rivals={1: ("0", 0.1)})
    best, _ = choose(logs, ALPHABET, "digits")
    assert best.text == "801"
    assert np.exp(best.log) == pytest.approx(0.1, abs=0.01)
    assert choose(logs, ALPHABET, "text")[0].text == "8O1"
    assert masked(logs, ALPHABET, "name") is logs


def test_a_check_digit_proposes_and_never_replaces() -> None:
    logs = spelt("811228-9879", rivals={10: ("4", 0.3), 3: ("7", 0.4)})
    best, others = choose(logs, ALPHABET, "person_id")
    assert best.text == "811228-9879"
    assert [text for text, _ in others] == ["811228-9874"]
    assert 0 < others[0][1] < 0.5


def test_alternatives_of_free_text_share_what_was_found() -> None:
    best, others = choose(spelt("Asa", rivals={0: ("Å", 0.4)}), ALPHABET, "name")
    assert best.text == "Asa"
    assert others[0][0] == "Åsa"
    assert others[0][1] == pytest.approx(0.4, abs=0.01)


def test_nothing_but_blanks_is_an_empty_text() -> None:
    blank = np.full((5, len(ALPHABET) + 1), 1e-9)
    blank[:, 0] = 1
    best, others = choose(logs_of(blank), ALPHABET, "name")
    assert (best.text, others) == ("", [])


@pytest.mark.parametrize(
    ("text", "kind", "answer"),
    [
        ("19811228-9874", "person_id", True),
        ("811228+9874", "person_id", True),
        ("811228-9875", "person_id", False),
        ("701063-2391", "person_id", True),
        ("811328-9873", "person_id", False),
        ("2026-11-23", "date", True),
        ("23/11 2026", "date", True),
        ("26-11-23", "date", True),
        ("23 nov 2026", "date", True),
        ("2026-11-32", "date", False),
        ("08-123 456 78", "phone", True),
        ("8-1", "phone", False),
        ("asa.oberg@kommunen.example", "mail", True),
        ("asa.oberg(kommunen", "mail", False),
        ("vad som helst", "text", True),
    ],
)
def test_a_kind_with_a_check_knows_its_own(text: str, kind: str, answer: bool) -> None:
    assert holds(text, kind) is answer
