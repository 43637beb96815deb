"""Answers as people write them: every word explained, or nobody acts on any of it."""

from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import Said
from parsers.answers.fresh import Piece, fresh
from parsers.answers.marks import Wanted
from parsers.answers.numbered import understand
from parsers.answers.values import Values
from parsers.answers.words import JA, RIGHT
from parsers.settings import Settings
from tests.filled import FORMS

NAME = Wanted(1, "surname", "Efternamn", "Öberg")
PHONE = Wanted(2, "phone", "Telefon", "070-174 06 25")
DAY = Wanted(3, "last_day", "Sista arbetsdag")
THREE = (NAME, PHONE, DAY)
WORK = (
    Wanted(1, "title", "Titel/befattning"), NAME.__class__(2, "surname", "Efternamn", "Öberg"),
    Wanted(3, "card_order", "Beställ e-tjänstekort", "", yes_no=True),
    Wanted(4, "unit", "Enhet/arbetsplats"), Wanted(5, "action", "Ärende"),
    Wanted(6, "person_id", "Personnummer/samordningsnummer"), Wanted(7, "mail", "E-postadress"),
    Wanted(8, "reserve_reasons", "Orsak till reservkort"),
)  # fmt: skip


@lru_cache
def values(*, register=True):
    units = (("1001", "Hemtjänsten Norr"), ("1002", "Avdelning 2")) if register else ()
    return Values(Settings(today=date(2026, 11, 24), form_paths=(FORMS,), units=units))


def said(text, wanted=THREE, **more):
    """What a reply says by number: yes, no, a value; None when any of it is unread."""
    reply = understand(fresh(text, (), ("Göran Norén",)), wanted, values(**more).answered)
    if reply.unread:
        assert reply.answers == ()
        return None
    return {a.number: a.value if a.said is Said.VALUE else a.said.value for a in reply.answers}


BOTH = {1: "yes", 2: "yes"}
UNDERSTOOD = {
    "1 Öberg 2 ja": {1: "Öberg", 2: "yes"},
    "1: Öberg\n2: ja": {1: "Öberg", 2: "yes"},
    "ok": BOTH, "OK!": BOTH, "Stämmer": BOTH, "ja": BOTH, "Ja det stämmer.": BOTH, "👍": BOTH,
    "Japp, allt stämmer bra": BOTH, "stämer": BOTH, "Det är rätt": BOTH, "Korrekt läst": BOTH,
    "ja på alla": BOTH, "Hej Eva!\n\nStämmer!\n\nTack": BOTH,
    "Stämmer\n\nSkickat från min iPhone": BOTH,
    "Ja\n\nHämta Outlook för iOS": BOTH,
    "Hej!\nJa, det är rätt.\n\nMed vänlig hälsning\n\nGöran Norén\nEnhetschef\n08-465 004 12": BOTH,
    "Ok\n\nGöran Norén\nEnhetschef\nTelefon: 08-465 004 12\nwww.jarfalla.se": BOTH,
    "Stämmer\n\nMvh Göran\n\nOm du inte är avsedd mottagare ska mejlet raderas.": BOTH,
    "allt stämmer utom 2, det ska vara 08-123 45 67": {1: "yes", 2: "081234567"},
    "Allt stämmer utom 2": {1: "yes", 2: "no"},
    "ja på alla utom 2": {1: "yes", 2: "no"},
    "allt ok men 3 ska vara 2026-12-31": {1: "yes", 2: "yes", 3: "2026-12-31"},
    "2 ska vara 08-123 45 67, resten stämmer": {1: "yes", 2: "081234567"},
    "2: 08-123 45 67\nResten stämmer": {1: "yes", 2: "081234567"},
    "1 ja, 2 nej det ska stå 08-123 45 67": {1: "yes", 2: "081234567"},
    "1 nej det ska stå Åberg, 2 ja": {1: "Åberg", 2: "yes"},
    "1 fel, Åberg\n2 rätt": {1: "Åberg", 2: "yes"},
    "1 inte Öberg utan Åberg": {1: "Åberg"},
    "1. Öberg stämmer\n2. ja": BOTH, "1 ja Öberg": {1: "yes"},
    "Hej, 1 stämmer, 2 stämmer inte": {1: "yes", 2: "no"},
    "nr 3 är 2026-12-01": {3: "2026-12-01"}, "punkt 3: 31 december 2026": {3: "2026-12-31"},
    "1 och 2 stämmer, 3 är 2026-12-31": {1: "yes", 2: "yes", 3: "2026-12-31"},
    "1, 2 ja": BOTH, "1+2 ok": BOTH, "1 ok\n2 ok\n3 31/12 2026": {1: "yes", 2: "yes", 3: "2026-12-31"},
    "1) Öberg\n2) ja\n3) 1 december 2026": {1: "Öberg", 2: "yes", 3: "2026-12-01"},
    "1 - Åberg\n2 - 070-123 45 67": {1: "Åberg", 2: "0701234567"},
    "1=Åberg": {1: "Åberg"}, "1:\nÅberg\n2:\nja": {1: "Åberg", 2: "yes"},
    "3. 2 december 2026": {3: "2026-12-02"}, "3 2026-12-01": {3: "2026-12-01"},
    "Telefon: 08-123 45 67": {2: "081234567"},
    "efternamnet är Åberg, telefon 08-123 45 67": {1: "Åberg", 2: "081234567"},
    "Tack, det stämmer. Sista arbetsdag är 2026-12-31.": {**BOTH, 3: "2026-12-31"},
    "1 Öberg 2 070-174 06 25 3 2026-12-01": {1: "Öberg", 2: "0701740625", 3: "2026-12-01"},
    "- 1 Öberg\n- 2 ja": {1: "Öberg", 2: "yes"},
    "1 von Essen, 2 ja": {1: "von Essen", 2: "yes"},
    "Mina svar:\n1 ja\n2 ja\n\n//Göran": BOTH,
    "": {}, "Hej!\n\nTack": {},
}  # fmt: skip
UNREAD = (
    "1 ja?", "Stämmer det?", "ring mig", "1 vet inte", "nej", "Jag återkommer imorgon",
    "1 ja Åberg", "allt utom 2 stämmer", "1 Åberg 2 Jansson", "3: nästa fredag", "1 ja 2 ja 3 ja",
    "Ja.\n\nMvh\nGöran\nPS 2 är fel", "Stämmer\nMvh Göran, men 2 är fel", "den 1 ska vara Åberg",
    "1. 2 december 2026", "2 är rätt, 1 är fel: Åberg ska det vara", "inte fel", "ja nej",
    "nej det stämmer", "ja men bara om hon börjar i januari", "1 öberg", "1 Åberg tror jag",
    "ok om du säger det", "Stämmer. Kan du ringa?", "1", "1:\n\n2 ja", "1 ja\n1 nej", "9 ja",
    "1 Öberg\n2 ja\nHon slutar i mars", "ja tack gärna en kaka", "1-2 ja", "2 08-12", "3 31/2 2026",
    "semester till den 3 januari", "x" * 400, "Det stämmer nog", "1 samma som förut", "3 nej",
    "1 ja, 1 Åberg", "stämmer inte", "1 inte Norén utan Åberg", "utom 2", "1 ja.. 2 kanske",
)  # fmt: skip
ONE = {
    "Åberg": {1: "Åberg"}, "Öberg": {1: "Öberg"}, "ja": {1: "yes"}, "nej": {1: "no"},
    "Nej, Åberg": {1: "Åberg"}, "Det ska vara Åberg": {1: "Åberg"}, "Perfekt!": {1: "yes"},
    "Hej! Rätt namn är Åberg. Tack!": {1: "Åberg"}, "Efternamn: Åberg": {1: "Åberg"},
    "det är fel": {1: "no"}, "Toppen": None, "Semester": None, "vet ej": None, "Åberg stämmer": None,
    "Jansson": None, "Det ska stå Jansson": {1: "Jansson"}, "12": None,
}  # fmt: skip
KINDS = {
    "1 Undersköterska 2 ja 3 ja": {1: "Undersköterska", 2: "yes", 3: "yes"},
    "1 undersköterska, 2 Åberg, 3 nej": {1: "undersköterska", 2: "Åberg", 3: "no"},
    "1 Enhetschef för natten\n2 ja\n3 ja tack": {1: "Enhetschef för natten", 2: "yes", 3: "yes"},
    "1 Undersköterska 2 Åberg": None, "1: det får du fråga Eva om": None, "ja": {2: "yes"},
    "3 nej det behövs inte": None, "4 Hemtjänsten Norr": {4: "Hemtjänsten Norr"},
    "4 Hemtjänsten Söder": None, "4 Avdelning 2": {4: "Avdelning 2"}, "5 Nybeställning": {5: "new"},
    "5: avbeställning": {5: "cancel"}, "5 vet ej": None, "6 850427-2389": {6: "198504272389"},
    "6 850427-2380": None, "7 Anna.Oberg@jarfalla.example": {7: "anna.oberg@jarfalla.example"},
    "8 förlorat e-tjänstekort och utländsk person": {8: ("lost_card", "foreign")},
    "8 Korttidsanställning": {8: ("short_term",)}, "8 för att": None, "3 beställ": None,
}  # fmt: skip


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_usual_answer_is_understood(text):
    assert said(text) == UNDERSTOOD[text]


@pytest.mark.parametrize("text", UNREAD)
def test_an_answer_with_a_word_that_nothing_explains_decides_nothing(text):
    assert said(text) is None


@pytest.mark.parametrize("text", ONE)
def test_a_single_question_needs_no_number(text):
    assert said(text, (NAME,)) == ONE[text]


@pytest.mark.parametrize("text", KINDS)
def test_each_kind_of_field_takes_its_own_values(text):
    assert said(text, WORK) == KINDS[text]


def test_a_yes_without_a_number_confirms_only_what_the_last_letter_put():
    old = Wanted(1, "surname", "Efternamn", "Öberg", open=False)
    assert said("ja", (old, PHONE)) == {2: "yes"}
    assert said("1 Åberg 2 ja", (old, PHONE)) == {1: "Åberg", 2: "yes"}


def test_without_a_register_a_unit_is_free_text_but_no_running_text():
    unit = (Wanted(4, "unit", "Enhet/arbetsplats"), NAME)
    assert said("4 Villa Solbacken", unit, register=False) == {4: "Villa Solbacken"}
    assert said("4 det vet jag inte", unit, register=False) is None


def test_an_answer_under_a_quoted_point_needs_no_number():
    pieces = (Piece(("Åberg",), 1), Piece(("2026-12-01",), 3))
    reply = understand(pieces, THREE, values().answered)
    assert [(a.number, a.value) for a in reply.answers] == [(1, "Åberg"), (3, "2026-12-01")]
    assert understand((Piece(("ja",), 8),), THREE, values().answered).unread == ("ja",)


def test_what_may_be_somebody_elses_words_is_never_taken():
    pieces = (Piece(("se nedan",)), Piece(("1 ja", "2 ja"), foreign=True))
    assert understand(pieces, THREE, values().answered).unread == ("1 ja", "2 ja")


@given(st.text(max_size=300))
def test_junk_never_decides(text):
    reply = understand((Piece(tuple(text.splitlines()) or ("",)),), THREE, values().answered)
    for answer in reply.answers:
        if answer.said is Said.VALUE:
            assert str(answer.number) in text
        else:
            marks = {"y", "st", "👍", "✅", "✔", "👌"}
            assert any(w in text.casefold() for w in JA | RIGHT | marks)


@given(st.lists(st.sampled_from(["vi", "hörs", "i", "morgon", "Eva", "fler", "frågor", "kaffe", "1",
                                 "2", "08-1", "mars"]), min_size=1, max_size=8))  # fmt: skip
def test_words_that_answer_nothing_never_say_yes_or_no(chosen):
    found = said(" ".join(chosen))
    assert found is None or all(v not in ("yes", "no") for v in found.values())


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("surname", "Åberg", "Åberg"), ("surname", "öberg", "öberg"), ("phone", "abc", None),
        ("card_order", "ja", True), ("card_order", "Nej", False), ("card_order", "kanske", None),
        ("action", "uppdatering", "change"), ("shoe_size", "42", None),
    ],
)  # fmt: skip
def test_a_clerk_writes_values_as_they_stand_on_a_form(key, text, value):
    assert values().written(key, text) == value
