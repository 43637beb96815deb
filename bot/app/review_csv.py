"""The rows of a closed review as a table for Excel: the closing report's own rows. Pure."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from bot.domain.calendar import STOCKHOLM
from bot.domain.report_words import answer_in_words
from bot.ports.review_papers import ReportRow, ReviewReportFacts, harmless

HEAD = (
    "Rad", "Namn", "Titel", "Enhet", "Chef", "Svar", "Datum", "Till", "Besvarad", "Mejl",
    "Chefens ord", "Ärende",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what a spreadsheet takes for a formula


def report_csv(facts: ReviewReportFacts) -> bytes:
    """Return the rows of *facts* as Swedish Excel opens them: UTF-8 with BOM, semicolons.

    A cell that a spreadsheet would reckon with begins with an apostrophe; identity numbers and
    codes in a manager's words are masked. The hash in *facts* is not looked at.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(HEAD)
    table.writerows(map(_cells, facts.rows))
    return out.getvalue().encode("utf-8-sig")


def _cells(row: ReportRow) -> tuple[str, ...]:
    return (
        str(row.number),
        *map(_cell, (row.name, row.title, row.unit, row.manager, answer_in_words(row.answer))),
        _day(row.on),
        _cell(row.to),
        _moment(row.answered),
        *map(_cell, (row.mail, row.words, row.case)),
    )


def _cell(text: str) -> str:
    words = harmless(text)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _moment(value: datetime | None) -> str:
    return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}" if value else ""
