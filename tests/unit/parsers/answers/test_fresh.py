"""What is new in a reply, whatever a mail program does to the letter it quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.samples import named
from parsers.answers.fresh import AFTER_POINTS, Piece, fresh
from parsers.mail.html import words
from tests.letters import parts

LETTER = named()["question-doubts"]
SUBJECT, TEXT, HTML = parts(LETTER)
SEEN = (TEXT, words(HTML))
NAMES = ("Åsa Öberg",)
MARKED = "\n".join(f"> {line}".rstrip() for line in TEXT.splitlines())
HEADS = {
    "outlook": "Från: Lokala EK <ek@x.example>\nSkickat: den 23 november 2026 09:00\nTill: Åsa Öberg\nÄmne: Din beställning",
    "outlook en": "-----Original Message-----\nFrom: Lokala EK\nSent: Monday, 23 November 2026 09:00\nTo: Åsa\nSubject: Din",
    "ios": "________________________________\nFrån: Lokala EK <ek@x.example>\nSkickat: måndag 23 november 2026 09:00\nTill: Åsa\nÄmne: Din",
    "owa": "Från: Lokala EK\nSkickat: måndag, 23 november 2026 09:00\nTill: Åsa Öberg; Eva Ek;\n Olle Ek\nÄmne: Din beställning",
}  # fmt: skip
INTROS = {
    "gmail": "Den mån 23 nov. 2026 kl 09:00 skrev Lokala EK <ek@x.example>:",
    "gmail folded": "Den mån 23 nov. 2026 kl 09:00 skrev Lokala EK i Järfälla kommun\n<ek@x.example>:",
    "apple": "23 nov. 2026 kl. 09:00 skrev Lokala EK <ek@x.example>:",
    "english": "On Mon, Nov 23, 2026 at 9:00 AM Lokala EK <ek@x.example> wrote:",
}


def new(text):
    return [(p.under, *p.lines) for p in fresh(text, SEEN, NAMES)]


def test_the_letter_has_the_heading_below_its_points():
    assert any(line.casefold() == AFTER_POINTS for line in TEXT.splitlines())
    assert any(line.casefold() == AFTER_POINTS for line in words(HTML).splitlines())


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("quoted", ["text", "html"])
def test_above_an_unmarked_quotation(head, quoted):
    original = TEXT if quoted == "text" else words(HTML)
    assert new(f"1 Öberg 2 ja\n\nMvh Åsa\n\n{HEADS[head]}\n\n{original}") == [
        (None, "1 Öberg 2 ja")
    ]


@pytest.mark.parametrize("intro", INTROS)
def test_above_and_below_a_marked_quotation(intro):
    assert new(f"ok\n\n{INTROS[intro]}\n\n{MARKED}") == [(None, "ok")]
    assert new(f"{INTROS[intro]}\n\n{MARKED}\n\nok\n\nÅsa Öberg\nEnhetschef") == [(None, "ok")]


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", ""])
def test_answers_under_the_quoted_points(mark):
    out = [HEADS["outlook"] if not mark else INTROS["gmail"]]
    for line in TEXT.splitlines():
        out.append(f"{mark}{line}")
        if line.startswith("1. "):
            out.append("Åberg")
        if line.startswith("2. "):
            out.append("070-174 06 25")
    assert new("\n".join(out)) == [(1, "Åberg"), (2, "070-174 06 25")]


def test_an_answer_on_the_end_of_the_quoted_line():
    lines = [
        line + ("   Åberg" if line.startswith("> 1. ") else "") for line in MARKED.splitlines()
    ]
    assert new("\n".join([INTROS["gmail"], *lines])) == [(1, "Åberg")]


def test_a_quotation_broken_at_72_signs():
    broken = []
    for line in MARKED.splitlines():
        rest = line
        while len(rest) > 72:
            cut = rest.rfind(" ", 0, 72)
            broken.append(rest[:cut])
            rest = f"> {rest[cut + 1 :]}"
        broken.append(rest)
    assert new("\n".join(["ja", "", INTROS["gmail"], *broken])) == [(None, "ja")]


def test_an_older_quotation_of_somebody_else_is_no_answer():
    text = f"ja\n\n{INTROS['gmail']}\n\n{MARKED}\n>> Hej, hälsningar från förra året\n"
    assert new(text) == [(None, "ja")]


def test_a_letter_without_any_mark_above_it_is_known_by_its_words():
    assert new(f"ja\n\n{TEXT}")[0] == (None, "ja")


def test_what_could_be_an_answer_below_the_signature_is_kept():
    assert new("ja\n\nMvh\nÅsa\n2 är fel") == [(None, "ja", "2 är fel")]


def test_a_disclaimer_below_the_signature_is_cut():
    foot = "Detta mejl är konfidentiellt och ska inte läsas av annan än avsedd mottagare."
    assert new(f"ja\n\nMed vänlig hälsning\nÅsa Öberg\n\n{foot}") == [(None, "ja")]


def test_a_signature_with_the_offices_own_exchange_is_cut_below_the_quotation_too():
    foot = "Med vänlig hälsning\n\nÅsa Öberg\nEnhetschef\nTelefon: 08-465 004 12\nwww.x.example"
    for quotation in (f"{HEADS['outlook']}\n{TEXT}", f"{INTROS['gmail']}\n{MARKED}"):
        assert new(f"{quotation}\n\nok\n\n{foot}") == [(None, "ok")]


@pytest.mark.parametrize("mark", ["", "> "])
def test_what_somebody_else_answered_in_a_mail_passed_on_is_not_the_senders(mark):
    inner = f"1 ja 2 070-174 06 25\n\n{HEADS['outlook']}\n{TEXT}"
    if mark:
        inner = "\n".join(
            f"> {line}" for line in f"1 ja\n\n{INTROS['gmail']}\n{MARKED}".splitlines()
        )
    head = INTROS["english"] if mark else HEADS["outlook en"]
    found = fresh(f"se nedan\n\n{head}\n\n{inner}", SEEN, NAMES)
    assert found[0].lines == ("se nedan",)
    assert all(p.foreign for p in found[1:])


def test_answers_between_the_lines_of_an_older_mail_are_not_the_senders():
    answered = TEXT.replace("Stämmer det?", "Stämmer det?\nÅberg", 1)
    text = f"se nedan\n\n{HEADS['outlook en']}\n\nHej\n\n{HEADS['outlook']}\n\n{answered}"
    pieces = fresh(text, SEEN, NAMES)
    assert [p.lines for p in pieces if not p.foreign] == [("se nedan",)]


def test_nothing_new_is_nothing():
    assert new(MARKED) == []
    assert new("") == []


@given(st.text(max_size=400))
def test_any_text_gives_pieces_of_itself(text):
    for piece in fresh(text, SEEN, NAMES):
        assert isinstance(piece, Piece)
        assert all(line.strip() for line in piece.lines)
