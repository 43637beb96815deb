"""Letters of the review: rows that survive quoting, what each reader is told, what never is said."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.app import review_samples
from bot.domain.review_letters import (
    CancellationForm,
    EchoRow,
    Leaver,
    ListedRow,
    ReviewAsked,
    ReviewEcho,
    ReviewEscalated,
    ReviewReminded,
    Undone,
)
from bot.domain.review_reply import RowAnswer
from parsers.answers import losses
from parsers.answers.fresh import AFTER_POINTS
from parsers.mail.html import words
from tests.letters import Visible, case_of, parts, to_manager

TODAY = date(2026, 11, 23)
NAMED = review_samples.named()
LISTS = sorted(
    name
    for name, letter in NAMED.items()
    if isinstance(letter.content, ReviewAsked | ReviewReminded | ReviewEscalated)
)
HANDLED = sorted(name for name, letter in NAMED.items() if letter.review is not None)
OLD, NEW = "Björkhagens hemtjänst", "Växthusets förskola"


def said(name, **changes):
    """Return subject, text and the lines of the HTML of a sample, changed."""
    letter = NAMED[name]
    changed = replace(letter, content=replace(letter.content, **changes))
    subject, text, html = parts(changed, case=case_of(letter))
    return subject, text, words(html)


def row(number, name="Bo Ek", unit=OLD, *, new=False):
    return ListedRow(number, name, "Kock", unit, date(2024, 3, 1), new)


def asked(*rows):
    _, text, html = parts(to_manager(ReviewAsked("G-17", rows, date(2026, 12, 7))), case=None)
    return text, words(html)


# --- rows ----------------------------------------------------------------------------------------


def numbered(body):
    return [line for line in body.splitlines() if re.match(r"\d+\. ", line)]


@pytest.mark.parametrize("name", sorted(NAMED))
def test_each_numbered_line_says_the_same_in_text_and_html(name):
    _, text, html = said(name)
    assert numbered(text) == numbered(html)


@pytest.mark.parametrize("name", sorted(HANDLED))
def test_a_listed_person_stands_on_one_line_only_which_starts_with_the_number(name):
    _, text, html = said(name)
    content = NAMED[name].content
    echo = isinstance(content, ReviewEcho)
    rows = (*content.taken, *content.open) if echo else content.rows
    for body in (text, html):
        for one in rows:
            found = [line for line in body.splitlines() if one.name in line]
            assert len(found) == 1
            assert found[0].startswith(f"{one.row}. {one.name}")


@pytest.mark.parametrize("name", LISTS)
def test_the_heading_below_the_rows_ends_them(name):
    for body in said(name)[1:]:
        lines = [line for line in body.splitlines() if line.strip()]
        last = max(n for n, line in enumerate(lines) if re.match(r"\d+\. ", line))
        assert lines[last + 1].casefold() == AFTER_POINTS


def test_a_row_is_one_line_with_title_and_since():
    assert asked(row(1), row(2, "Eva Ek"))[0].count("1. Bo Ek, Kock, i EK sedan 2024-03-01\n") == 1


def test_what_is_new_comes_first_with_its_unit():
    for body in asked(row(1, new=True, unit=NEW), row(2, "Eva Ek"), row(3, "Per Ek", NEW)):
        lines = [line for line in body.splitlines() if line.strip()]
        at = lines.index("Nya sedan förra gången")
        assert lines[at + 1 : at + 6] == [
            f"1. Bo Ek, Kock, {NEW}, i EK sedan 2024-03-01, ny sedan förra gången",
            OLD,
            "2. Eva Ek, Kock, i EK sedan 2024-03-01",
            NEW,
            "3. Per Ek, Kock, i EK sedan 2024-03-01",
        ]


def test_where_all_are_new_nothing_is_called_new_and_one_unit_is_said_once():
    for body in asked(row(1, new=True), row(2, "Eva Ek", new=True)):
        assert "förra gången" not in body
        assert body.count(OLD) == 1
    for body in asked(row(1, new=True), row(2, "Eva Ek")):
        assert body.count(OLD) == 1


@pytest.mark.parametrize("name", LISTS)
def test_the_numbers_of_the_examples_stand_in_the_list(name):
    _, text, _ = said(name)
    numbers = {one.row for one in NAMED[name].content.rows}
    examples = re.findall(r"”(?:Alla utom )?[Nn]r (\d+)\b", text.split("Så svarar du")[1])
    assert {int(number) for number in examples} <= numbers
    assert bool(examples) is (len(numbers) > 1)


# --- what it is called ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", HANDLED)
def test_the_number_of_the_review_stands_in_the_subject_and_once_in_the_foot(name):
    subject, text, html = said(name)
    assert subject.endswith(" (G-17)")
    for body in (text, html):
        assert body.count("G-17") == 1
        assert "\nGranskningsnummer: G-17\n" in body


@pytest.mark.parametrize("name", sorted(n for n in NAMED if n.startswith("cancellation")))
def test_a_form_without_a_case_of_its_own_is_known_by_its_number(name):
    subject, text, _ = parts(NAMED[name], case=None)
    people = NAMED[name].content.people
    assert ("(K-17)" in subject) is (len(people) == 1)
    assert all(person.handle in text and person.file in text for person in people)


# --- what is said --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "on", "to", "told"),
    [
        (RowAnswer.STAYS, None, "", "är kvar"),
        (RowAnswer.LEFT, None, "", "har slutat"),
        (RowAnswer.LEFT, date(2026, 10, 31), "", "har slutat, sista dag 31 oktober 2026"),
        (RowAnswer.LEAVING, date(2027, 6, 18), "", "slutar 18 juni 2027"),
        (RowAnswer.MOVED, date(2026, 9, 1), NEW, f"har flyttat till {NEW} (1 september 2026)"),
        (RowAnswer.MOVED, date(2027, 1, 1), "", "flyttar (1 januari 2027)"),
        (RowAnswer.MOVED, None, NEW, f"har flyttat till {NEW}"),
        (RowAnswer.UNCLEAR, None, "", "oklart, vi vet inte än"),
        (RowAnswer.OPEN, None, "", "väntar på svar"),
    ],
)  # fmt: skip
def test_each_answer_has_its_words(answer, on, to, told):
    one = EchoRow(3, "Bo Ek", answer, on, to)
    for content in (ReviewEcho("G-17", (one,)), Undone("G-17", (one,))):
        _, text, html = parts(to_manager(content), case=None)
        for body in (text, words(html)):
            assert f"\n3. Bo Ek: {told}\n" in body


def test_an_answer_that_changes_another_says_what_stood_before():
    _, text, _ = said("review_echo-changed")
    assert "är kvar (ändrat, förut: slutat)\n" in text
    assert "slutar 18 juni 2027 (ändrat)\n" in text


def test_the_receipt_says_first_whether_anything_is_left():
    for name, first in (
        ("review_echo", "Du är klar, tack!"),
        ("review_echo-partly", "Tack, nästan klart."),
        ("review_echo-nothing", "Vi förstod tyvärr inte ditt svar."),
    ):
        _, text, _ = said(name)
        assert text.startswith(f"Hej!\n\n{first}\n")
        assert ("Så svarar du" in text) is (name != "review_echo")


def test_who_has_left_the_list_is_named_below_it_and_one_alone_is_one():
    _, text, _ = said("review")
    assert text.index("Så svarar du") < text.index("Borta från listan sedan förra gången: Märta")
    assert "Arbetar personen ändå kvar?" in said("review", gone=("Bo Ek",))[1]
    assert "Borta" not in said("review", gone=())[1]


def test_a_list_for_staff_alone_asks_no_superior():
    subject, text, _ = said("escalation-review-staff")
    assert "Du är chef" not in text
    assert "bara till er på Lokala EK" in text
    assert "Brevet går också till Lokala EK." in said("escalation-review")[1]
    assert subject != said("escalation-review")[0]


def test_a_last_day_to_come_is_told_as_such():
    leaver = Leaver("Bo Ek", "", date(2027, 6, 18), "K-17", "a.pdf", 1)
    for day, told in ((leaver.last_day, "ska sluta"), (TODAY, "har slutat")):
        content = CancellationForm((replace(leaver, last_day=day),))
        assert f"Du skrev att den här personen {told}. " in parts(to_manager(content))[1]


def test_letters_are_held_where_staff_do_nothing_but_not_those_that_go_by_themselves():
    assert "Gör ni ingenting hålls breven kvar." in said("review_preview")[1]
    auto = said("review_preview-auto")[1]
    assert "av sig själva" in auto
    assert "släpp" not in auto
    assert "ekbot review preview" in auto


# --- what is never said --------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_letter_of_the_review_that_is_quoted_whole_reports_no_loss(name):
    subject, text, html = said(name)
    for lines in (text.splitlines(), html.splitlines()):
        for own, others in ((["Alla är kvar."], lines), (["Alla är kvar.", *lines], [])):
            assert losses.read(f"SV: {subject}", own, others, TODAY) is None


@pytest.mark.parametrize("name", sorted(NAMED))
def test_nobody_is_asked_for_an_identity_number_or_a_code(name):
    _, text, _ = said(name)
    assert not re.search(r"\bkoden?\b", text, re.IGNORECASE)
    for sentence in re.findall(r"[^.?!\n]*personnummer[^.?!\n]*", text):
        assert "Skriv inga" in sentence or "tom" in sentence


def test_markup_in_what_a_manager_wrote_stays_plain_text():
    nasty = "<script>alert(1)</script>{{ 7 * 7 }}"
    echo = NAMED["review_echo-partly"].content
    one = replace(echo.open[0], words=nasty, name=nasty, question=nasty)
    whole = replace(echo, open=(one,), unread=(nasty,), notes=(nasty,))
    _, text, html = parts(to_manager(whole), case=None)
    assert text.count(nasty) == 5
    assert "<script" not in html
    assert nasty in Visible(html).text
