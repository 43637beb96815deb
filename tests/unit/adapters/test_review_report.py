"""The closing report of a review: all of it said, nothing lost over pages, never a number."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pdfplumber
import pypdfium2
import pytest

from bot.adapters.blank.latin import LATIN
from bot.adapters.blank.pen import MM, Style
from bot.adapters.documents.review.structure import Tree
from bot.adapters.documents.review.update import tagged
from bot.adapters.documents.review.write import write_report
from bot.adapters.documents.sheet import Sheets
from bot.app.review_csv import report_csv
from bot.domain.report_words import days, share
from bot.ports.review_papers import ReportRow
from tests.pdfs import chars, elements, faces, loose, opened
from tests.review_papers import SENT, review

FACTS = review(60)
STYLE = Style(LATIN, 10)
NUMBER = "19890101-2396"  # an official test number


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_report(FACTS)


def words(content: bytes) -> str:
    return " ".join(e.words for e in elements(content) if e.words)


def cells(content: bytes, heading: str) -> list[list[str]]:
    """Return the rows of the table under *heading*."""
    rows: list[list[str]] = []
    inside = False
    for element in elements(content):
        if element.path[-1] in {"H2", "H3"}:
            inside = element.words.split(":")[0] == heading
        elif inside and element.path[-1] == "TR":
            rows.append([])
        elif inside and element.path[-1] in {"TH", "TD"}:
            rows[-1].append(element.words)
    return rows


def test_the_same_facts_give_the_same_bytes(content):
    assert write_report(review(60)) == content


def test_the_report_says_that_it_is_swedish_tagged_and_what_it_is_called(content):
    with opened(content) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.Lang == "sv-SE"
        assert str(pdf.docinfo["/Title"]) == pdf.open_metadata()["dc:title"] == "Granskning 2026-Q4"
        assert {tuple(round(float(v) / MM) for v in p.mediabox) for p in pdf.pages} == {
            (0, 0, 210, 297)
        }


def test_an_auditor_finds_every_part_in_its_order(content):
    found = [e.words for e in elements(content) if e.path[-1] in {"H1", "H2"}]
    assert found == [
        "Granskning 2026-Q4", "Omfattning", "Period", "Resultat", "Brister", "Följder", "Bevis",
        "Chefer", "Svar, person för person",
    ]  # fmt: skip


def test_scope_period_and_evidence_are_told(content):
    said = dict(cells(content, "Omfattning") + cells(content, "Period") + cells(content, "Bevis"))
    assert said["Skyddade personer"].startswith("3 ")
    assert said["Personer"] == "60"
    assert said["Utskicket släpptes"] == "2026-10-01 07.00 av Märta Åkerström"
    assert said["Breven skickades"] == "2026-10-01 09.00"
    assert said["Påminnelser"] == "2026-10-08 09.00, 2026-10-15 09.00"
    assert said["Loggens sista summa"] == FACTS.chain_head
    assert said["Rader i loggen"] == "48 211"
    assert said["Tabellens SHA-256"] == hashlib.sha256(report_csv(FACTS)).hexdigest()


def test_results_are_counted_and_drawn_with_words_for_those_who_do_not_see(content):
    counts = Counter(row.answer for row in FACTS.rows)
    done = sum(n for answer, n in counts.items() if answer not in {"open", "unclear"})
    said = dict(cells(content, "Resultat"))
    assert said["Besvarade rader"] == f"{done} av 60"
    assert said["Tid till svar"].startswith("2 dagar")
    [figure] = [e for e in elements(content) if e.path[-1] == "Figure"]
    assert f"kvar {counts['stays']}, " in figure.alt
    assert f"inget svar {counts['open']}." in figure.alt
    assert f"{counts['stays']} (" in figure.words


def test_bars_are_areas_as_long_as_their_numbers(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        assert not page.images
        shapes = [*page.rects, *page.curves]
    bars = [s for s in shapes if s["height"] == pytest.approx(5 * MM, abs=0.1)]
    counts = [n for n in FACTS.counts().values() if n]
    unit = bars[0]["width"] / counts[0]
    assert [round(bar["width"] / unit) for bar in bars] == counts


def test_every_row_is_there_once_whole_and_under_its_manager(content):
    head, *rows = cells(content, "Svar, person för person")
    assert head == ["Rad", "Namn", "Enhet", "Svar", "Datum", "Besvarad", "Mejl", "Chefens ord"]
    manager, found = "", []
    for row in rows:
        if len(row) == 1:
            manager = row[0].removeprefix("Chef: ")
        else:
            found.append((manager, *row[:3], *row[6:]))
    assert found == [
        (r.manager, str(r.number), r.name, r.unit, r.mail, r.words) for r in FACTS.rows
    ]
    assert any("har flyttat till Kallhälls skola" in r for r in rows)
    assert any("2026-10-02 09.00" in r for r in rows)


def test_managers_and_deficiencies_are_told(content):
    head, *rows = cells(content, "Chefer")
    assert head[:4] == ["Namn", "Adress", "Personer", "Läge"]
    assert [r[1] for r in rows] == [m.mail for m in FACTS.managers]
    left = [r.name for r in FACTS.rows if r.answer in {"open", "unclear"}]
    assert [r[0] for r in cells(content, "Rader utan svar")[1:]] == left
    assert cells(content, "Brev som inte kom fram")[1][3] == "adressen finns inte (9 personer)"
    assert cells(content, "Chefer som var borta")[1][2:] == [
        "2026-11-02", "Nour García Pérez (1 person)",
    ]  # fmt: skip
    assert cells(content, "Rader som handläggare gav en annan chef")[1][4] == "Märta Åkerström"
    assert cells(content, "Ärenden som granskningen ledde till")[1][0] == "K-17"


def test_each_page_says_office_review_and_which_page_of_how_many(content):
    edges = loose(content)
    assert len(edges) > 3
    for page, said in enumerate(edges, 1):
        assert said.startswith("Lokala EK, Järfälla kommunGranskning 2026-Q4")
        assert f"Sida {page} av {len(edges)}" in said


def test_a_table_that_goes_on_says_its_columns_and_manager_again_to_the_eye_only():
    content = write_report(review(60, each=60))
    manager = review(60, each=60).managers[0].name
    later = loose(content)[-1]
    assert "RadNamnEnhetSvar" in later
    assert f"Chef: {manager} (forts.)" in later
    assert words(content).count("Chefens ord") == words(content).count(f"Chef: {manager}") == 1


def test_nothing_runs_out_of_its_page(content):
    for page in chars(content):
        for char in (c for c in page if c["text"].strip()):
            assert 42 < char["x0"] <= char["x1"] < 554
            assert 30 < char["top"] <= char["bottom"] < 820


def test_a_viewer_shows_every_letter_of_a_name(content):
    with pypdfium2.PdfDocument(content) as document:
        said = "".join(page.get_textpage().get_text_bounded() for page in document)
    for name in ("Świętosława", "Đurđica", "Kovačević", "Erdoğan"):
        assert name in said
    assert set(faces(content).values()) == {True}


def test_no_identity_number_or_code_of_a_managers_words_is_printed():
    row = ReportRow(1, "Åsa Öberg", "Hemtjänsten", "Göran", "moved", to=f"Nour {NUMBER}",
                    words=f"{NUMBER} slutar, hennes pin är 4711", answered=SENT)  # fmt: skip
    said = words(write_report(replace(FACTS, rows=(row,))))
    assert "2396" not in said
    assert "4711" not in said
    assert "slutar" in said


def test_long_words_are_cut_on_paper_and_whole_in_the_table():
    long = "Hon slutar " + "väldigt " * 60
    row = replace(FACTS.rows[0], words=long, name="Å" * 200, unit="Ö" * 200)
    facts = replace(FACTS, rows=(row,))
    assert "…" in words(write_report(facts))
    assert long.strip() in report_csv(facts).decode("utf-8-sig")


def test_a_review_of_nobody_is_a_report_all_the_same():
    empty = replace(FACTS, rows=(), managers=(), failures=(), absences=(), moves=(), cases=(),
                    sent=None, released=None, reminded=())  # fmt: skip
    said = words(write_report(empty))
    assert "Rader utan svar: 0." in said
    assert "Påminnelser inga" in said


def test_two_managers_of_one_name_keep_their_lists_apart():
    rows = tuple(ReportRow(n, f"Ek {n}", "Enhet", "Åsa Öberg", "stays") for n in (1, 2, 1))
    found = cells(write_report(replace(FACTS, rows=rows)), "Svar, person för person")
    assert [len(row) for row in found] == [8, 1, 8, 8, 1, 8]


def test_time_to_answer_counts_days_from_the_letters():
    rows = tuple(
        ReportRow(n, "Ek", "E", "Å", "stays", answered=SENT + timedelta(days=n)) for n in (1, 2, 9)
    )
    assert replace(FACTS, rows=rows).median_days() == 2
    assert replace(FACTS, rows=()).median_days() is None
    assert replace(FACTS, sent=None).median_days() is None


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 9, "0\u00a0%"), (9, 9, "100\u00a0%"), (1, 50_000, "0,1\u00a0%"),
     (49_999, 50_000, "99,9\u00a0%"), (39, 40, "97,5\u00a0%")],
)  # fmt: skip
def test_all_and_none_are_said_only_where_it_is_so(part, whole, said):
    assert share(part, whole) == said


@pytest.mark.parametrize(("value", "said"), [(None, "–"), (1, "1 dag"), (2.5, "2,5 dagar")])
def test_days_are_written_as_people_do(value, said):
    assert days(value) == said


def test_a_paragraph_over_the_page_is_one_element_with_two_marks():
    sheets, tree = Sheets(), Tree()
    owner = tree.leaf("P")
    for page in range(2):
        if page:
            sheets.turn()
        with sheets.mark("P") as mark:
            sheets.write("Hej", (20, 20), STYLE)
        tree.own(owner, mark)
    sheets.settle("pages", "", STYLE)
    [_root, paragraph] = elements(tagged(sheets.drawn(), tree, title="Hej"))
    assert paragraph.words == "Hej Hej"
    assert paragraph.pages == (0, 1)


def test_a_review_of_thousands_is_one_sound_file():
    with opened(write_report(review(2_000))) as pdf:
        assert not pdf.check_pdf_syntax()
        assert len(pdf.pages) > 50
        answers = pdf.Root.StructTreeRoot.K[0].K[-1]
        assert answers.S == "/Table"
        assert len(answers.K) == 1 + 250 + 2_000  # the head, a band for each manager, the rows
