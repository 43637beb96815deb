"""Letters as they leave the house: every kind, its headers, its golden text, hostile contents."""

import os
from dataclasses import fields, replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.app.letters import Letters, samples
from bot.app.samples import named
from bot.domain.letters import (
    Applied,
    Content,
    Digest,
    EndingSoon,
    HandedOver,
    Letter,
    Line,
    Point,
    Question,
    Rejected,
    WorkRow,
)
from tests.letters import (
    OFFICE,
    TEMPLATES,
    Visible,
    case_of,
    mail,
    parts,
    question,
    rendered,
    texts,
    to_manager,
)

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests/golden/letters"
NUMBERS = ("199001012385", "19900101-2385", "900101-2385", "9001012385", "900101_2385")
KINDS = {c.__dataclass_fields__["kind"].default for c in get_args(Content)}


# --- every kind ----------------------------------------------------------------------------------


def test_every_kind_of_letter_has_its_two_templates_and_no_template_is_orphaned():
    templates = KINDS | {"review_escalation", "act_undone"}  # each of the same kind as another
    wanted = {f"{name}.{form}.j2" for name in templates for form in ("txt", "html")}
    assert {p.name for p in TEMPLATES.iterdir() if not p.name.startswith("_")} == wanted


def test_every_kind_of_letter_has_samples():
    assert {letter.kind for letter in samples()} == KINDS
    assert all(name.startswith(letter.kind) for name, letter in named().items())


@pytest.mark.parametrize("name", sorted(named()))
def test_a_sample_reads_as_its_golden_file_says(name):
    letter = named()[name]
    read = mail(letter, case=case_of(letter))
    names = ("From", "To", "Subject", "Date", "Auto-Submitted", "X-EKbot-Kind", "X-EKbot-Case")
    heads = "".join(f"{n}: {read[n]}\n" for n in names if read[n] is not None)
    text = f"{heads}\n{read.get_body(('plain',)).get_content()}".replace("\r\n", "\n")
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("EKBOT_UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def test_no_golden_file_is_orphaned():
    if os.environ.get("EKBOT_UPDATE_GOLDEN"):
        for file in GOLDEN.glob("*.txt"):
            if file.stem not in named():
                file.unlink()
        return
    assert {p.stem for p in GOLDEN.glob("*.txt")} == set(named())


@pytest.mark.parametrize("name", sorted(named()))
def test_text_and_html_say_the_same(name):
    letter = named()[name]
    _, text, html = parts(letter, case=case_of(letter))
    seen = Visible(html).text
    flat = " ".join(text.split())
    for said in texts(letter.content):
        shown = "070-174 06 35" if said == "0701740635" else said
        if name != "digest-busy" or "K-" not in said:
            assert shown in flat
            assert shown in seen
    assert OFFICE.name in flat
    assert OFFICE.name in seen
    if letter.kind != "digest":
        for told in (OFFICE.mail, OFFICE.phone, OFFICE.hours):
            assert told in flat
            assert told in seen


@pytest.mark.parametrize("name", sorted(named()))
def test_the_html_loads_and_runs_nothing_and_is_marked_as_swedish(name):
    letter = named()[name]
    _, _, html = parts(letter, case=case_of(letter))
    tags = Visible(html).tags
    assert not {t for t, _ in tags} & {"script", "img", "link", "iframe", "form", "object"}
    assert "url(" not in html
    assert ("html", "sv") in [(t, a.get("lang")) for t, a in tags]
    assert [t for t, _ in tags].count("h1") == 1
    links = [a["href"] for t, a in tags if t == "a"]
    assert all(link.startswith(("mailto:", "tel:")) for link in links)
    layout = [a for t, a in tags if t == "table" and "role" not in a]
    assert all(a.get("class") == "facts" for a in layout), "a layout table is read out as a table"
    assert len(html.encode()) < 102_000, "Gmail clips longer letters"


@pytest.mark.parametrize("name", sorted(named()))
def test_no_subject_names_a_person(name):
    letter = named()[name]
    subject, _, _ = parts(letter, case=case_of(letter))
    for person in ("Märta", "Åkerström", "Örjan", "Sjöö", "Bo", "Östergård"):
        assert person not in subject.split()
    assert ("(K-17)" in subject) is (case_of(letter) is not None)


# --- what may not get out ------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_an_identity_number_never_gets_out(number):
    row = WorkRow("K-1", f"Bilaga {number}", f"Avslag: {number}", 1)
    digest = Digest(date(2026, 11, 23), (row,), (row,), (row,), (row,), 1, 1, 1, 0, ())
    lines = (Line("Titel", number),)
    for content in (
        Question(f"Beställning {number}.pdf", number, (Point("Nummer", number, number),)),
        Rejected(f"{number}.pdf", f"Fel nummer: {number}.", f"Ändra {number}."),
        Applied("new", f"Bo {number}", number, lines, (number,)),
        EndingSoon(f"Bo {number}", number, date(2026, 12, 1), 8),
        digest,
    ):
        found = rendered(to_manager(content))
        assert number not in "".join((*parts(to_manager(content)), found.subject))
        assert number.encode() not in found.raw


def test_a_phone_number_is_no_identity_number():
    lines = (
        Line("Telefon", "0701740623"),
        Line("Telefon", "0846500400"),
        Line("Telefon", "0980319200"),
    )
    _, text, _ = parts(to_manager(Applied("new", "Bo Ek", "", lines, ())))
    assert "Telefon: 070-174 06 23\n" in text
    assert "Telefon: 08-465 004 00\n" in text
    assert "Telefon: 0980319200\n" in text


def test_the_letter_that_hands_over_can_not_tell_why():
    assert [f.name for f in fields(HandedOver)] == ["kind"]
    first = rendered(to_manager(HandedOver(), in_reply_to="<a@x>"))
    assert first == rendered(to_manager(HandedOver(), in_reply_to="<a@x>"))


def test_protected_cases_are_only_counted():
    digest = named()["digest-full"].content
    _, text, html = parts(Letter(("a@x.example",), replace(digest, protected=1)), case=None)
    assert "1 ärende ligger hos särskild handläggare." in text
    assert "1 ärende ligger hos särskild handläggare." in Visible(html).text
    _, none, _ = parts(Letter(("a@x.example",), replace(digest, protected=0)), case=None)
    assert "särskild" not in none


# --- the digest ----------------------------------------------------------------------------------


def test_the_digest_tells_the_urgent_first_and_the_rest_by_number_beyond_a_page():
    _, text, html = parts(named()["digest-busy"], case=None)
    assert "ATT AVGÖRA (120)" in text
    assert text.count("Ta tillbaka kort") == 50
    assert "… och 70 till: ekbot list cases" in text
    assert "… och 70 till: ekbot list cases" in Visible(html).text
    _, full, _ = parts(named()["digest-full"], case=None)
    heads = ["BRÅDSKANDE", "I DAG", "ATT AVGÖRA", "VÄNTAR", "GÅR SNART", "AVSLUTAT", "LÄGET"]
    assert [full.index(h) for h in heads] == sorted(full.index(h) for h in heads)


@pytest.mark.parametrize(
    ("urgent", "todo", "words"),
    [(0, 0, "inget att göra"), (2, 0, "2 brådskande, inget annat"), (0, 3, "3 att göra"),
     (1, 4, "1 brådskande, 4 att göra")],
)  # fmt: skip
def test_the_digests_subject_tells_what_waits(urgent, todo, words):
    row = WorkRow("K-1", "Mejl att läsa", "Okänt", 0)
    content = Digest(date(2026, 11, 23), (row,) * urgent, (row,) * todo, (), (), 0, 0, 0, 0, ())
    subject, text, _ = parts(to_manager(content), case=None)
    assert subject == f"Dagens läge måndag 23 november: {words}"
    assert ("Inget att göra." in text) is (urgent + todo == 0)


# --- hostile contents ----------------------------------------------------------------------------


def test_markup_and_template_code_from_a_file_name_stay_plain_text():
    nasty = '<script>alert("x")</script>{{ 7 * 7 }}{% raw %}<!--'
    _, text, html = parts(question(nasty, file=nasty, name=nasty, label=nasty))
    assert text.count(nasty) == 4
    assert "<script" not in html
    assert "49" not in text
    assert nasty in Visible(html).text


def test_signs_that_hide_or_turn_text_are_taken_out():
    _, text, _ = parts(question("a\u202egpj.exe\u200b\x00\x1b[31m", file="b\r\n\r\nc.pdf"))
    assert "a gpj.exe [31m" in text
    assert "(b c.pdf)" in text


def test_a_file_name_in_broken_bytes_is_shown_as_well_as_can_be():
    _, text, _ = parts(question(file="best\udce4llning.pdf"))
    assert "(best?llning.pdf)" in text


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_any_text_at_all_gives_a_sound_letter(said):
    letter = question(f"x{said}x", file=said, name=said, label=f"x{said}x")
    raw = rendered(letter).raw
    read = message_from_bytes(raw, policy=default)
    assert not read.defects
    assert read["Subject"] == "Din beställning behöver kompletteras (K-17)"
    assert len(list(read.iter_parts())) == 2
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    tags = {t for t, _ in Visible(read.get_body(("html",)).get_content()).tags}
    assert tags <= set(PLAIN_TAGS)


PLAIN_TAGS = {t for t, _ in Visible(parts(named()["question-several"])[2]).tags}


def test_a_name_that_a_template_does_not_know_stops_the_letter(tmp_path):
    (tmp_path / "handed_over.txt.j2").write_text("Ämne: Hej\n\n{{ letter.cause }}", "utf-8")
    (tmp_path / "handed_over.html.j2").write_text("<p>Hej</p>", "utf-8")
    with pytest.raises(UndefinedError):
        rendered(to_manager(HandedOver()), letters=Letters(tmp_path, OFFICE))
