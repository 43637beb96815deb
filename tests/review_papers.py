"""A closed review of any size, always the same. Holds no test. Everybody is invented."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.app.review_csv import report_csv
from bot.ports.review_papers import (
    ReportAbsence,
    ReportCase,
    ReportFailure,
    ReportManager,
    ReportMove,
    ReportRow,
    ReviewReportFacts,
)

SENT = datetime(2026, 10, 1, 7, 0, tzinfo=UTC)  # 09.00 in Sweden
_NAMES = (
    "Åsa Öberg", "Nour García Pérez", "Björn von Essen", "Zeynep Erdoğan", "Kwame O'Connor",
    "Świętosława Wiśniewska-Hämäläinen von Essen", "Đurđica Kovačević",
)  # fmt: skip
_ANSWERS = ("stays",) * 8 + ("left", "leaving", "moved", "unclear", "open")
_WORDS = {
    "stays": "jobbar kvar",
    "left": "slutade i fredags",
    "leaving": "slutar vid årsskiftet",
    "moved": "har gått över till Kallhälls skola",
    "unclear": "vet inte, ring mig",
}


def review(rows: int = 30, *, each: int = 8) -> ReviewReportFacts:
    """Return a closed review of *rows* persons, *each* for every manager."""
    lists = tuple(_row(n, each) for n in range(rows))
    managers = tuple(
        ReportManager(
            _manager(m), f"chef{m}@jarfalla.example", min(each, rows - m * each),
            ("answered", "partly", "silent")[m % 3], SENT + timedelta(days=3), m % 3,
            date(2026, 10, 22) if m % 3 == 2 else None,
        )
        for m in range(-(-rows // each))
    )  # fmt: skip
    facts = ReviewReportFacts(
        office="Lokala EK, Järfälla kommun", campaign="2026-Q4",
        prepared=SENT - timedelta(days=1), closed=SENT + timedelta(days=30),
        units=len(managers), protected=3, managers=managers, rows=lists,
        chain_head=hashlib.sha256(b"head").hexdigest(), chain_lines=48_211,
        csv_name="granskning-2026-Q4.csv", csv_hash="",
        released=SENT - timedelta(hours=2), released_by="Märta Åkerström", sent=SENT,
        reminded=(SENT + timedelta(days=7), SENT + timedelta(days=14)),
        failures=(ReportFailure("Göran Åkerö", "goran.akero@jarfalla.example", SENT,
                                "adressen finns inte", 9),),
        absences=(ReportAbsence("Örjan Sjöö", "orjan.sjoo@jarfalla.example", date(2026, 11, 2),
                                "Nour García Pérez", 1),),
        moves=(ReportMove("Kwame Ek", "Göran Åkerö", "Åsa Öberg", SENT, "Märta Åkerström"),),
        cases=(ReportCase("K-17", "avbeställning", "Björn Ek", "Hemtjänsten", "väntar"),),
    )  # fmt: skip
    return replace(facts, csv_hash=hashlib.sha256(report_csv(facts)).hexdigest())


def _manager(number: int) -> str:
    return f"Chef {_NAMES[number % len(_NAMES)]} {number}"


def _row(n: int, each: int) -> ReportRow:
    answer = _ANSWERS[n % len(_ANSWERS)]
    said = answer != "open"
    return ReportRow(
        n % each + 1, f"{_NAMES[n % len(_NAMES)]} {n}", f"Äppelgården, avdelning {n // each}",
        _manager(n // each), answer, title="Undersköterska",
        on=date(2026, 12, 31) if answer in {"left", "leaving", "moved"} else None,
        to="Kallhälls skola" if answer == "moved" else "",
        answered=SENT + timedelta(days=n % 5) if said else None,
        mail=f"M-{100 + n // each}" if said else "", words=_WORDS.get(answer, ""),
        case="K-17" if answer == "left" else "",
    )  # fmt: skip
