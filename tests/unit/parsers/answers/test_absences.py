"""Out-of-office replies: the day of the return and the stand-in, never a guess."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.answers.absences import Away, read

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Jag är på semester och åter på plats den 7 december.", date(2026, 12, 7)),
        ("Är tillbaka 7/12.", date(2026, 12, 7)),
        ("Åter måndag 30 november", date(2026, 11, 30)),
        ("Jag är ledig till och med den 4 december.", date(2026, 12, 5)),
        ("Tjänstledig t.o.m. 2027-01-15", date(2027, 1, 16)),
        ("I'm back on 2026-12-07.", date(2026, 12, 7)),
        ("Den 7 december är jag tillbaka.", date(2026, 12, 7)),
        ("Åter i tjänst 2026-12-07 efter kurs den 30 november.", date(2026, 12, 7)),
        ("Tillbaka efter ledighet t.o.m. 4 december.", date(2026, 12, 5)),
        ("Jag är på kurs. Läser mejl ibland.", None),
        ("Åter 31/2.", None),
        ("Jag slutade 1 november.", None),
    ],
)
def test_the_day_of_the_return_is_read_only_where_it_stands(text: str, back: date | None) -> None:
    assert read("Autosvar", text, ON).back == back


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Vid brådskande ärenden kontakta gruppchef Maria Alm, 08-465 004 31.",
            "gruppchef Maria Alm, 08-465 004 31",
        ),
        ("Vänd dig till eva.lund@jarfalla.example så länge.", "eva.lund@jarfalla.example så länge"),
        ("Jag är på semester.", ""),
    ],
)
def test_the_stand_in_is_shown_in_the_replys_own_words(text: str, who: str) -> None:
    assert read("Autosvar", text, ON).stand_in == who


@given(st.text(max_size=300))
def test_any_text_gives_an_absence(text: str) -> None:
    assert isinstance(read("", text, ON), Away)
