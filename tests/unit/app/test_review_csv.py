"""The table of a closed review: what the report says, as Swedish Excel opens it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from bot.app.review_csv import HEAD, report_csv
from bot.ports.review_papers import ReportRow
from tests.review_papers import SENT, review

FACTS = review(30)
PLAIN = ReportRow(1, "Åsa Öberg", "Hemtjänsten", "Göran Åkerö", "stays")
NUMBER = "19890101-2396"  # an official test number


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def only(row: ReportRow) -> dict[str, str]:
    head, cells = rows(report_csv(replace(FACTS, rows=(row,))))
    return dict(zip(head, cells, strict=True))


def test_swedish_excel_opens_it_as_it_is():
    content = report_csv(FACTS)
    assert content.startswith(b"\xef\xbb\xbfRad;Namn;")
    assert content.count(b"\r\n") == len(FACTS.rows) + 1
    assert "Świętosława".encode() in content


def test_every_row_of_the_report_is_a_row_of_the_table():
    head, *found = rows(report_csv(FACTS))
    assert tuple(head) == HEAD
    assert [(int(r[0]), r[1]) for r in found] == [(r.number, r.name) for r in FACTS.rows]


def test_answers_days_and_moments_are_written_in_swedish():
    moved = next(r for r in FACTS.rows if r.answer == "moved")
    found = only(replace(moved, answered=SENT))
    assert found["Svar"] == "har flyttat"
    assert found["Till"] == "Kallhälls skola"
    assert found["Datum"] == "2026-12-31"
    assert found["Besvarad"] == "2026-10-01 09:00"


def test_what_is_not_known_is_an_empty_cell():
    found = only(replace(PLAIN, answer="open"))
    assert found["Svar"] == "inget svar"
    assert {found[k] for k in ("Datum", "Till", "Besvarad", "Mejl", "Chefens ord")} == {""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\r\n@", "＝"])
@pytest.mark.parametrize("field", ["name", "title", "unit", "manager", "to", "words"])
def test_no_cell_is_reckoned_with_by_a_spreadsheet(start, field):
    found = only(replace(PLAIN, **{field: f"{start}HYPERLINK(1)"}))
    cell = next(c for c in found.values() if "HYPERLINK" in c)
    assert cell == f"'{start.strip()}HYPERLINK(1)"


def test_separators_and_quotes_stay_inside_their_cell():
    found = only(replace(PLAIN, words='hon; "Åsa"\nslutar'))
    assert found["Chefens ord"] == 'hon; "Åsa" slutar'


def test_identity_numbers_and_codes_in_a_managers_words_are_masked():
    found = only(replace(PLAIN, words=f"{NUMBER} slutar, pin 4711", to=NUMBER))
    assert "2396" not in str(found)
    assert "4711" not in str(found)


def test_the_table_does_not_depend_on_its_own_hash():
    assert report_csv(FACTS) == report_csv(replace(FACTS, csv_hash="0" * 64))
