"""Families of turns in replies to review letters, each with the near miss that is not taken."""

from datetime import date

import pytest

from bot.domain.review_reply import DECIDED, Listed
from parsers.answers.review import understand_review

ON = date(2026, 11, 25)
ROWS = (
    Listed(1, "Anna", "Berg"), Listed(2, "Eva", "Lund"), Listed(3, "Omar", "Ali"),
    Listed(4, "Sara", "Nyström"),
)  # fmt: skip


def rows(text):
    return understand_review(text, (), ROWS, on=ON).rows


def said(text):
    return [h.answer.value for h in rows(text)]


STAY, LEFT, LEAVING, MOVED = "stays", "left", "leaving", "moved"


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Noll avhopp, samma personer", [STAY] * 4),
        ("har inte tappat nån sen sist", [STAY] * 4),
        ("Varken avslut eller flytt att meddela, hela listan gäller", [STAY] * 4),
        ("4 av 4 i tjänst", [STAY] * 4),
        ("Uppgifterna är riktiga", [STAY] * 4),
        ("Listan är riktig så när som på Eva. Hon slutade 31/10", [STAY, LEFT, STAY, STAY]),
        ("Eva skulle ha slutat 31/10 men ångrade sig så hon är kvar. Resten kvar", [STAY] * 4),
        ("kommer Eva att sluta 31/12. Resten kvar", [STAY, LEAVING, STAY, STAY]),
        ("Anna kvar, Omar också, Eva slutade 31/10, Sara kvar", [STAY, LEFT, STAY, STAY]),
        ("Inte Omar utan Eva slutade 31/10. Resten kvar", [STAY, LEFT, STAY, STAY]),
        ("Slutat: Eva (31/10), Omar (15/11). Kvar: Anna, Sara", [STAY, LEFT, LEFT, STAY]),
        ("Ja 1, 3, 4 nej 2", [STAY, LEFT, STAY, STAY]),
        ("Slutat: 2 Kvar: 1, 3, 4", [STAY, LEFT, STAY, STAY]),
        ("Ta bort Eva och övriga är kvar", [STAY, LEFT, STAY, STAY]),
        ("De som är kvar är Anna, Omar och Sara, Eva slutade 31/10", [STAY, LEFT, STAY, STAY]),
        ("Dessa ska bort:\n* Eva Lund\n\nDe tre övriga är kvar", [STAY, LEFT, STAY, STAY]),
        ("Har slutat:\n– Eva Lund\n– Omar Ali\nÖvriga är kvar", [STAY, LEFT, LEFT, STAY]),
        ("Namn\tSlutat?\nAnna\tNej\nEva\tJa\nOmar\tNej\nSara\tNej", [STAY, LEFT, STAY, STAY]),
        ("\tKvar\tSlutat\nAnna\tx\t\nEva\t\tx\nOmar\tx\t\nSara\tx\t", [STAY, LEFT, STAY, STAY]),
        ("Alla utom 3, som slutade 31 oktober", [STAY, STAY, LEFT, STAY]),
        ("2 har flyttat till Viksjö", ["open", MOVED, "open", "open"]),
        ("1 slutade 31 oktober", [LEFT, "open", "open", "open"]),
        ("3 är kvar", ["open", "open", STAY, "open"]),
        ("nummer två till fyra är kvar, Anna slutade 31/10", [LEFT, STAY, STAY, STAY]),
    ],
)
def test_turns_of_speech_are_read(text, answers):
    assert said(text) == answers


@pytest.mark.parametrize(
    "text",
    [
        "Eva slutar jobba natt 31/12, resten kvar", "Eva slutar kl 15 på fredag, resten kvar",
        "Evas konto avslutas 31/12, resten kvar", "Evas kort går ut 31/12, resten kvar",
        "Eva slutar som samordnare 31/12, resten kvar", "Eva lämnade nycklarna 31/10, resten kvar",
        "Eva slutade 31/10 men är tillbaka nu, resten kvar", "Eva har två veckor kvar, resten kvar",
        "Eva slutade 31/10. Ångrade sig dock. Resten kvar", "Eva ska ha slutat 31/10, resten kvar",
        "Eva har lämnat in, resten kvar", "Eva slutar senast 31/12, resten kvar",
        "Eva slutade 2027-01-15, resten kvar", "Eva slutade 31/9, resten kvar",
        "Eva nej (föräldraledig), resten ja", "Eva är inte på plats idag, resten kvar",
        "Eva är inte anställd på heltid, resten kvar", "Eva jobbar inte längre natt, resten kvar",
        "Eva har sista passet på fredag innan föräldraledigheten, resten kvar",
        "Eva jobbar natt till 31/12, resten kvar", "Eva kvar sommaren ut, resten kvar",
        "Eva är nu på semester, resten kvar", "Eva är omplacerad hos mig, resten kvar",
        "Eva jobbar nu på heltid, resten kvar", "Eva jobbade hos oss tidigare, resten kvar",
        "Omar jobbar i stället för Eva, resten kvar", "Alla kvar utan Eva",
        "Anna är kvar tills Eva slutar 31/12. Omar och Sara kvar",
        "Eva Berg slutade 31/10, resten kvar", "Fråga Anna om Eva är kvar. Omar och Sara kvar",
        "Alla kvar förutom att Eva bytt efternamn", "Alla jobbar idag utom Eva",
        "Eva, förlåt Omar, slutade 31/10. Resten kvar", "Evas man gick bort, resten kvar",
        "Evtl. slutar Eva 31/12, resten kvar", "Eva slutar, ersätts av Kim 1/1. Resten kvar",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_answer_of_her_is_asked(text):
    assert rows(text)[1].answer not in DECIDED or text.startswith("Inte")


@pytest.mark.parametrize(
    "text",
    [
        "Alla kvar❓", "Alla är kvar. Eller?", "Alla var kvar förra kvartalet", "3 kvar, 1 slutat",
        "Alla har två veckor kvar", "Alla ordinarie är kvar", "Alla på natten är kvar",
        "De har slutat, resten kvar", "Alla kvar utom min assistent", "Nej, ingen av dem",
        "Slutat?\nAnna nej\nEva ja\nOmar nej\nSara nej", "Alla kvar, vi tackade av henne i fredags",
        "Namn\tHeltid\nAnna\tNej\nEva\tJa\nOmar\tNej\nSara\tNej", "alla utom 2",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_answer_of_all_is_asked(text):
    assert not {h.answer for h in rows(text)} & DECIDED


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Eva slutar idag om 14 dagar, resten kvar", date(2026, 12, 9)),
        ("Eva slutade 31 okt -25, resten kvar", date(2025, 10, 31)),
        ("Eva slutade fredagen den 21/11, resten kvar", None),
        ("Eva har slutat, tjänsten vakant från 1/11. Resten kvar", None),
    ],
)
def test_days_are_hers_and_exact_or_none(text, on):
    assert rows(text)[1].on == on


def test_words_and_places_are_tidy():
    moved = rows("Eva, som ni vet, har flyttat till hemtjänsten (chef Kim Ek) , övriga kvar")[1]
    assert moved.to == "hemtjänsten chef Kim Ek"
    assert not moved.words.endswith(",")
    assert rows("Anna och Eva är kvar , Omar slutade 31/10")[0].words == "Anna och Eva är kvar"
