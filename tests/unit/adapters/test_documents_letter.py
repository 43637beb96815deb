"""Letters on paper: the mail's words, none lost, on as many pages as they need."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.blank.pen import MM
from bot.adapters.documents.blocks import blocks
from bot.adapters.documents.letter import WINDOW, Sender, write_letter
from bot.adapters.documents.lettering import writable
from bot.app.samples import named
from tests.letters import parts
from tests.pdfs import chars, elements, faces, loose, opened

OFFICE = Sender(
    "Lokala EK, Järfälla kommun", "lokala.ek@jarfalla.example", "08-465 004 10",
    "vardagar 08.00–16.30",
)  # fmt: skip
HEADING, TO = "Boka tid för ditt e-tjänstekort (K-17)", "Åsa-Märta Öberg\nHemtjänsten (norra)"
DAY = date(2026, 11, 23)
SHORT = (
    "Hej!",
    "Vi har beställt ett e-tjänstekort åt dig.",
    "  Ärende: K-17\n  Sista dag: 21 februari 2027",
    "Vad händer nu?",
    "- Boka en tid.\n- Ta med giltig legitimation.",
    "Har du redan ett kort?\nLämna tillbaka det till oss.",
    "1. Titel: saknas.\n2. Slutdatum: saknas.",
    "Vänliga hälsningar\nLokala EK, Järfälla kommun",
)
SENTENCE = "Kortet är ditt, och koden likaså. "


def letter(paragraphs=SHORT, *, heading=HEADING, to=TO, office=OFFICE, day=DAY) -> bytes:
    return write_letter(paragraphs, heading=heading, to=to, office=office, day=day)


def long(count: int) -> list[str]:
    return [f"Stycke {n}. {SENTENCE * 14}".strip() for n in range(count)]


def test_the_same_arguments_give_the_same_bytes():
    assert letter() == letter()


def test_the_letter_says_that_it_is_swedish_tagged_and_what_it_is_about():
    with opened(letter()) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.Lang == "sv-SE"
        assert str(pdf.docinfo["/Title"]) == pdf.open_metadata()["dc:title"] == HEADING


def test_rows_of_a_mail_become_headings_facts_and_lists():
    found = [(e.path[1:], e.words) for e in elements(letter()) if e.words]
    assert found == [
        (("P",), "Lokala EK, Järfälla kommun"),
        (("P",), "23 november 2026"),
        (("P",), "Åsa-Märta Öberg Hemtjänsten (norra)"),
        (("H1",), HEADING),
        (("P",), "Hej!"),
        (("P",), "Vi har beställt ett e-tjänstekort åt dig."),
        (("Table", "TR", "TH"), "Ärende"),
        (("Table", "TR", "TD"), "K-17"),
        (("Table", "TR", "TH"), "Sista dag"),
        (("Table", "TR", "TD"), "21 februari 2027"),
        (("H2",), "Vad händer nu?"),
        (("L", "LI", "Lbl"), "•"),
        (("L", "LI", "LBody"), "Boka en tid."),
        (("L", "LI", "Lbl"), "•"),
        (("L", "LI", "LBody"), "Ta med giltig legitimation."),
        (("H2",), "Har du redan ett kort?"),
        (("P",), "Lämna tillbaka det till oss."),
        (("L", "LI", "Lbl"), "1."),
        (("L", "LI", "LBody"), "Titel: saknas."),
        (("L", "LI", "Lbl"), "2."),
        (("L", "LI", "LBody"), "Slutdatum: saknas."),
        (("P",), "Vänliga hälsningar"),
        (("P",), "Lokala EK, Järfälla kommun"),
    ]


def test_a_last_question_is_no_heading():
    assert [b.kind for b in blocks(["Stämmer något inte?"])] == ["text"]
    assert [b.kind for b in blocks(["Hej!", "Är det klart?", "Varför?", "För att."])] == [
        "text", "text", "head", "text",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(named()))
def test_no_word_of_a_mail_is_lost_on_paper(name):
    subject, text, _html = parts(named()[name])
    content = letter(text.split("\n\n"), heading=subject, to="Åsa Öberg")
    said = " ".join(e.words for e in elements(content)).split()
    head = [*OFFICE.name.split(), "23", "november", "2026", "Åsa", "Öberg"]
    body = " ".join(writable(line) for line in text.splitlines()).replace(" - ", " • ")
    wanted = [*head, *writable(subject).split(), *body.split()]
    assert [w.rstrip(":") for w in said] == [w.rstrip(":") for w in wanted]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (16, 3), (60, 10)])
def test_a_long_letter_goes_on_over_pages_that_are_numbered(count, pages):
    content = letter(long(count))
    footers = loose(content)
    assert len(footers) == pages
    for number, words in enumerate(footers, 1):
        assert f"Sida {number} ({pages})" in words
        assert OFFICE.mail in words
        assert "Kontorstid: vardagar 08.00–16.30" in words
    said = [e.words for e in elements(content) if e.words.startswith("Stycke")]
    assert said == long(count)


def test_a_paragraph_that_goes_on_over_the_page_is_one_paragraph():
    split = [e for e in elements(letter(long(16))) if len(e.pages) > 1]
    assert split
    assert all(e.pages[1] == e.pages[0] + 1 and e.path[-1] == "P" for e in split)


@pytest.mark.parametrize("above", range(18, 26))
def test_a_heading_never_stands_last_on_a_page(above):
    for near in range(4):  # how many rows stand closer, so that every height comes about
        rows = [*["Rad."] * (above - near), "\n".join(["Rad."] * near)]
        found = elements(letter([*rows, "Vad händer nu?", *["- Boka en tid."] * 3]))
        at = next(n for n, e in enumerate(found) if e.path[-1] == "H2")
        following = next(e for e in found[at + 1 :] if e.pages)
        assert found[at].pages == following.pages


def test_no_line_of_a_paragraph_stands_alone_on_a_page():
    split = 0
    for above in range(15, 25):
        for count in (4, 5):
            pages = [
                {round(c["top"]) for c in page if c["size"] == 11.5 and c["text"] == "§"}
                for page in chars(letter([*["Rad."] * above, "§§§§§ " * 27 * count]))
            ]
            lines = [len(tops) for tops in pages if tops]
            split += len(lines) > 1
            assert min(lines) > 1
    assert split > 2


def test_many_facts_go_on_over_pages_and_stay_rows():
    rows = [f"  Rad {n}: {'värde ' * 30}" for n in range(40)]
    found = elements(letter(["\n".join(rows)]))
    assert [e.words for e in found if e.path[-1] == "TH"] == [f"Rad {n}" for n in range(40)]
    assert sum(e.words.count("värde") for e in found if e.path[-1] == "TD") == 40 * 30
    assert max(e.pages[-1] for e in found if e.pages) >= 3


def test_the_address_stands_in_the_window_and_nothing_else_does():
    lines = "Åsa-Märta Öberg Fjällström-Bergengren von Ekenstam\nHemtjänsten\nc/o Ek\nGatan 1\nOrt"
    found = [c for c in chars(letter(to=lines))[0] if c["text"] != " "]
    window = [v * MM for v in (WINDOW.x0, WINDOW.y0, WINDOW.x1, WINDOW.y1)]
    inside = [
        c for c in found
        if window[0] - 1 <= c["x0"] and c["x1"] <= window[2] + 1
        and window[1] <= c["top"] and c["bottom"] <= window[3]
    ]  # fmt: skip
    shown = "".join(c["text"] for c in inside)
    assert shown == "".join(lines.split())
    near = [
        c for c in found
        if c not in inside and c["x1"] > window[0] - 20
        and window[1] - 14 < c["bottom"] and c["top"] < window[3] + 14
    ]  # fmt: skip
    assert near == []


@pytest.mark.parametrize(
    "paragraph",
    ["x" * 400, f"https://example.example/{'a' * 300}", f"  {'Etikett' * 8}: {'v' * 300}",
     f"- {'punkt' * 90}", f"12. {'tal' * 120}"],
)  # fmt: skip
def test_no_text_runs_over_the_margins(paragraph):
    office = Sender("Lokala EK " * 7, f"{'m' * 60}@kommun.example", "08-465 004 10", "dag " * 40)
    for page in chars(letter([paragraph] * 9, heading="Rubrik" * 30, office=office)):
        for char in (c for c in page if c["text"] != " "):
            assert 24.5 * MM < char["x0"] <= char["x1"] < 188.5 * MM, char["text"]
            assert 8 * MM < char["top"] <= char["bottom"] < 290 * MM


def test_the_fonts_are_in_the_file():
    assert set(faces(letter()).values()) == {True}


@pytest.mark.parametrize(
    ("name", "written"),
    [("Åsa Öberg", "Åsa Öberg"), ("Ewa Wiśniewska", "Ewa Wisniewska"), ("Łukasz Žák", "Łukasz Žák"),
     ("A\u030asa\u200b", "Åsa"), ("id‑kort → klart", "id-kort – klart"), ("Юлия", "????")],
)  # fmt: skip
def test_letters_that_the_face_lacks_lose_their_marks_or_are_seen_to_be_missing(name, written):
    assert writable(name) == written


def test_a_letter_of_nothing_is_a_page_with_its_heading():
    content = letter(["", "\u200b", "  \u200b: \u200b"], to="")
    assert len(loose(content)) == 1
    assert HEADING in [e.words for e in elements(content)]
