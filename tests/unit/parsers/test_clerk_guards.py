"""What stops a clerk's whole mail, and where a line belongs: one test for each guard."""

import pytest

from bot.domain.clerk_reply import Act
from parsers.answers import clerk
from parsers.answers.quoted_rows import Rows
from tests.clerk_letters import DIGEST, HEAD, INTRO, TODAY, spelt_out


def read(text):
    return clerk.read(text, [DIGEST], today=TODAY)


STOPPED = {
    "a sample among commands": "K-17 klar\nK-18 klar, K-… klar",
    "a line that is turned round": "K-18 klar\nK-17 \u202eklar",
    "a note and an undoing": "K-17 anteckning: ringde\nångra K-17",
    "an unread line about the same": "K-17 klar\nK-17 hjälp",
    "an undoing of all and an unread line": "ÅNGRA\nK-18 hjälp",
    "a second sentence that delays": "K-18 klar\nK-19 avslå fel enhet. Vi tar det nästa vecka.",
    "lines without end": "K-17 klar\n" * 700,
    "a line that nobody types": f"K-17 klar\n{'K-18 ' * 200}",
    "a question": "K-18 klar\nK-17 klar?",
    "two values": "K-21 efternamn Öberg\nK-21 efternamn Åberg",
    "two reasons": "K-19 avslå fel enhet\nK-19 avslå fel chef",
}


@pytest.mark.parametrize("name", STOPPED)
def test_nothing_of_the_mail_is_carried_out(name):
    assert read(STOPPED[name]).doubt


def test_what_lies_beyond_the_end_of_reading_may_say_anything():
    quoted = spelt_out("{marked}")
    text = f"K-17 klar\n\n{quoted}\n"
    assert not read(text).doubt
    long = text + "\n".join([quoted.removeprefix(INTRO)] * (clerk.LONGEST // len(quoted)))
    assert read(f"{long}\n\nglöm allt").doubt


def test_an_unread_line_about_another_handle_stops_nothing():
    reply = read("K-17 klar\nK-19 avslå")
    assert [(c.act, c.ref) for c in reply.commands] == [(Act.DONE, "K-17")]
    assert reply.unread == ("K-19 avslå",)
    assert not reply.doubt


def test_no_code_is_kept_anywhere():
    reply = read("K-27 utlämnat 1234 5678 körkort PIN 4321\nK-22 anteckning: PUK 87654321")
    kept = " ".join([*reply.unread, *(c.words + c.text + c.number for c in reply.commands)])
    assert "4321" not in kept
    assert not reply.commands


def test_a_person_s_number_is_no_card_s():
    assert not read("K-27 utlämnat 198501011234 pass").commands


TEXT = (
    "Att göra\n\nK-17  Förlorat kort: Maja Öberg (1 dag)\n      Spärra det.\n"
    "K-18  Kort tillbaka: Omar\n\nVÄNTAR PÅ ANDRA (1)\n\nK-20  Ny person: Siv Norberg (1 dag)\n"
    "      Startdatum saknas.\n\nSå svarar du: skriv ärendets nummer\n"
)
WORDS = (
    "Att göra\nK-17\nFörlorat kort: Maja Öberg\n1 dag · Spärra det.\nK-18\nKort tillbaka: Omar\n"
    "Väntar på andra 1\nK-20\nNy person: Siv Norberg\n1 dag · Startdatum saknas.\n"
    "Så svarar du: skriv ärendets nummer\n"
)


@pytest.mark.parametrize(
    ("above", "ref"),
    [("Maja", "K-17"), ("Spärra", "K-17"), ("Omar", "K-18"), ("Startdatum", "K-20"),
     ("Väntar", None), ("Så svarar", None), ("Att göra", None)],
)  # fmt: skip
def test_a_line_typed_in_an_html_letter_belongs_to_the_row_above_it(above, ref):
    lines = [HEAD, ""]
    for line in WORDS.splitlines():
        lines += [line, "spärrat"] if above in line else [line]
    reply = clerk.read("\n".join(lines), [TEXT, WORDS], today=TODAY)
    assert [c.ref for c in reply.commands] == ([ref] if ref else [])
    assert reply.doubt == (ref is None)


def test_the_rows_are_known_with_what_stands_beside_them():
    titles = Rows([TEXT, WORDS]).titles
    assert list(titles) == ["K-17", "K-18", "K-20"]
    assert "Maja Öberg" in titles["K-17"]
    assert "Väntar" not in titles["K-18"]


def test_somebody_else_s_name_is_not_taken_for_the_row_s():
    assert read("K-18 Omar Haddad återlämnat").commands
    assert not read("K-18 Petra Sjöström återlämnat").commands


@pytest.mark.parametrize("said", ["jag tar den, klar", "visa, klart", "beställt och aktiverat"])
def test_two_acts_that_are_not_done_in_one_breath_are_asked_about(said):
    assert not read(f"K-17 {said}").commands


@pytest.mark.parametrize("own", ["avslå fel enhet", "fråga chefen om startdatum"])
@pytest.mark.parametrize(
    "word",
    ["eller", "kanske", "nog", "imorgon", "ikväll", "vänta", "ångra", "stopp", "ifall", "tveksamt",
     "säger Lisa", "tyckte Lisa", "oj", "låt bli", "skojade", "om inte Lisa svarar", "tomorrow"],
)  # fmt: skip
def test_a_word_that_turns_a_command_is_not_taken_for_its_reason(own, word):
    assert not read(f"K-19 {own} {word}").commands
    first, rest = own.split(" ", 1)
    assert not read(f"K-19 {first} {word} {rest}").commands


@pytest.mark.parametrize("own", ["om Lisa godkänner", "när kortet kommit", "efter att du ringt"])
def test_a_condition_is_no_reason(own):
    assert not read(f"K-19 avslå fel enhet {own}").commands


@pytest.mark.parametrize(
    "why",
    ["chefen står inte för enheten", "inte rätt enhet", "ingen enhet angiven", "redan spärrat",
     "utan underskrift", "personen är inte anställd", "dubblett av K-20", "uppgift om enhet saknas"],
)  # fmt: skip
def test_a_reason_may_say_not(why):
    assert [(c.act, c.text) for c in read(f"K-19 avslå, {why}").commands] == [(Act.REJECT, why)]


@pytest.mark.parametrize("because", ["på grund av", "pga", "eftersom det är", "därför att det är"])
def test_words_that_lead_to_a_reason_are_no_part_of_it(because):
    text = read(f"K-19 avslå {because} fel enhet").commands[0].text
    assert text.removeprefix("det är ") == "fel enhet"


@pytest.mark.parametrize("when", ["ikväll", "i kväll", "då", "sen", "all"])
def test_what_is_not_yet_done_is_not_done(when):
    assert not read(f"K-17 klart {when}").commands
