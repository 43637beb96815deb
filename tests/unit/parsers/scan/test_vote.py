"""Votes between makes of reader on one field."""

from datetime import date
from pathlib import Path

import numpy as np

from bot.domain.forms import Box
from parsers.forms.definition import TextSpec
from parsers.scan.readers.guess import Guess
from parsers.scan.strips import Cutting, Strip
from parsers.scan.vote import Vote, vote
from parsers.settings import Settings

SETTINGS = Settings(today=date(2026, 11, 23), form_paths=(Path(),))
BOX = Box(0, 0, 50, 10)


def a_vote(kind="name", *, lines=1, **said) -> Vote:
    spec = TextSpec("field", kind, "Fält", "A", BOX, BOX)
    strip = Strip("field", kind, np.full((40, 100), 255, np.uint8))
    cutting = Cutting(spec, (strip,) * lines)
    guesses = {
        make: [g] if isinstance(g, Guess) else [Guess(t, 0.9) for t in g]
        for make, g in said.items()
    }
    return vote(cutting, guesses, SETTINGS, pen=False)


def test_two_makes_agree_without_regard_to_case_and_hyphens():
    found = a_vote(line=["ANNA–KARIN"], tesseract=["Anna-Karin"], ppocr=["Anna-Karln"])
    assert found.agreed
    assert found.value == "Anna-Karin"
    assert set(found.voices) == {"line", "tesseract"}


def test_a_mark_over_a_letter_is_no_small_matter():
    found = a_vote(line=["Åsa"], tesseract=["Asa"])
    assert not found.agreed
    assert found.value in ("Åsa", "Asa")


def test_agreement_on_nonsense_is_no_agreement():
    found = a_vote("date", line=["2026-13-41"], tesseract=["2026-13-41"])
    assert not found.agreed


def test_agreement_beats_one_loud_voice():
    loud = Guess("Berg", 1.0)
    found = a_vote(line=loud, ppocr=Guess("Borg", 0.5), tesseract=Guess("Borg", 0.5))
    assert found.value == "Borg"


def test_another_text_of_a_reader_helps_a_proposal_but_is_no_voice():
    sure = Guess("2026-06-18", 0.6)
    other = Guess("2026-06-1B", 0.5, (("2026-06-18", 0.4),))
    found = a_vote("date", line=sure, ppocr=other)
    assert found.value == "2026-06-18"
    assert not found.agreed


def test_lines_are_joined():
    found = a_vote("text", lines=2, line=["Vård- och", "omsorg"], ppocr=["Vård- och", "omsorg"])
    assert found.value == "Vård- och omsorg"
    assert found.agreed


def test_silence_is_unreadable():
    found = a_vote(line=[""], tesseract=[""])
    assert found.value is None
    assert found.problem == "unreadable"


def test_a_vote_never_shows_what_it_holds():
    assert "Berg" not in repr(a_vote(line=["Berg"], tesseract=["Berg"]))


def test_two_of_three_agree_but_only_three_are_unanimous():
    two = a_vote("phone", line=["0701740615"], tesseract=["0701740615"], ppocr=["0701740616"])
    assert (two.agreed, two.unanimous) == (True, False)
    pair = a_vote("phone", line=["0701740615"], tesseract=["0701740615"])
    assert (pair.agreed, pair.unanimous) == (True, False)
    three = a_vote("phone", line=["0701740615"], tesseract=["0701740615"], ppocr=["070-1740615"])
    assert three.unanimous
