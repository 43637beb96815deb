"""What stays plain in clerks' mails though much like it is asked about."""

import pytest

from parsers.answers import clerk
from parsers.answers.clerk_texts import is_status, is_title, is_unit
from tests.clerk_letters import DIGEST, TODAY


@pytest.mark.parametrize(
    "text",
    ["undersköterska", "Undersköterska natt", "biträdande enhetschef", "samordnare i hemtjänsten",
     "leg. sjuksköterska", "1:e handläggare", "chef för hemtjänsten", "Boendestödjare"],
)  # fmt: skip
def test_a_title_is_one(text):
    assert is_title(text)


@pytest.mark.parametrize(
    "text",
    ["kontrolleras", "undersköterska snarare", "hellre undersköterska", "lärare/rektor", "",
     "undersköterska vårdbiträde", "chef för", "i hemtjänsten"],
)  # fmt: skip
def test_what_is_said_of_a_title_is_none(text):
    assert not is_title(text)


@pytest.mark.parametrize(
    "text", ["Viksjö hemtjänst", "Barkarby LSS", "Boendet på Tallvägen", "kundtjänst", "Skola 3"]
)
def test_a_unit_is_one(text):
    assert is_unit(text)


@pytest.mark.parametrize(
    "text", ["flyttas", "Barkarby LSS gissningsvis", "Barkarby LSS och Viksjö", "A / B"]
)
def test_two_units_or_none_are_no_unit(text):
    assert not is_unit(text)


def test_a_state_is_no_name():
    assert is_status("Kontrollerat")
    assert not is_status("Öberg")


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("K-19 avslå - saknar underskrift", ["reject"]),
        ("K-19 avslås, Erik Lind finns redan", ["reject"]),
        ("K-19 avslå, dubbelbeställning", ["reject"]),
        ("K-23 avslå, anställningen går ut på fredag", ["reject"]),
        ("K-19 avslå. Det saknas underskrift. Be chefen skicka in en ny.", ["reject"]),
        ("K-20 fråga chefen om hon börjar 1 december", ["ask"]),
        ("K-20 fråga chefen vilket startdatum det ska vara", ["ask"]),
        ("K-18 återlämnat i dag, kom med internposten", ["returned"]),
        ("K-22 klar, det var en fråga om parkering", ["done"]),
        ("K-29 avregistrerat, gick fint", ["deregistered"]),
        ("Nu är Majas kort spärrat, K-17", ["blocked"]),
        ("K-17: klar!", ["done"]),
        ("K-21 telefon 070-174 06 05", ["correct"]),
        ("K-20 börjar 1 december, slutar 24 december", ["correct"]),
        ("K-17 klar\nK-18 kortet kommer i morgon", ["done"]),
        ("K-17 klar /Åsa", ["done"]),
    ],
)
def test_a_plain_mail_is_carried_out(text, acts):
    reply = clerk.read(text, [DIGEST], today=TODAY)
    assert not reply.doubt
    assert [c.act for c in reply.commands] == acts


def test_a_word_of_the_letter_that_stands_unmarked_between_marked_lines_is_the_clerks_own():
    text = "Den mån 23 nov. 2026 kl 07:30 skrev Lokala EK <lokala-ek@jarfalla.example>:\n\n"
    for line in DIGEST.splitlines():  # «Klart.» stands in the digest too, of another row
        text += f"> {line}\n" + ("\nKlart!\n\n" if line.startswith(("K-25", "K-22")) else "")
    reply = clerk.read(text, [DIGEST], today=TODAY)
    assert [(c.act.value, c.ref) for c in reply.commands] == [("done", "K-25"), ("done", "K-22")]


def test_the_letters_own_words_in_a_quotation_without_marks_are_nobodys_order():
    text = "K-25 klar\n\nDen mån 23 nov. 2026 kl 07:30 skrev Lokala EK <l@jarfalla.example>:\n\n"
    reply = clerk.read(text + DIGEST, [DIGEST], today=TODAY)
    assert [(c.act.value, c.ref) for c in reply.commands] == [("done", "K-25")]
