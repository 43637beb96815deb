"""What the closing report of a review says, for auditors: plain values, no identity number.

The same facts make the paper (``Documents.review_report``) and the table that goes with it
(``bot.app.review_csv``). Protected persons are a number here and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from bot.domain.values import masked
from parsers.answers import codes

ANSWERS = ("stays", "left", "leaving", "moved", "unclear", "open")
ANSWERED = frozenset(ANSWERS[:4])  # the row needs nobody any more


def harmless(text: str) -> str:
    """Return *text* on one line, no identity number or code in it: others may have written it."""
    return codes.masked(masked(" ".join(text.split()))) if text else ""


@dataclass(frozen=True, slots=True, repr=False)
class ReportRow:
    """One person on a manager's list, and what became of the question."""

    number: int  # of the row in the manager's letter
    name: str
    unit: str
    manager: str
    answer: str  # one of ANSWERS
    title: str = ""
    on: date | None = None  # the last day, or the day of the move
    to: str = ""  # moved: the unit or the manager, as written
    answered: datetime | None = None
    mail: str = ""  # that answered: M-17
    words: str = ""  # the manager's, that decided
    case: str = ""  # that followed: K-17


@dataclass(frozen=True, slots=True, repr=False)
class ReportManager:
    """One manager who was asked."""

    name: str
    mail: str
    persons: int
    status: str  # answered, partly, silent, absent, failed
    answered: datetime | None = None  # the last row
    reminders: int = 0
    escalated: date | None = None  # to the next level
    open: int = 0  # rows that nobody has answered


@dataclass(frozen=True, slots=True, repr=False)
class ReportFailure:
    """A letter that did not arrive."""

    manager: str
    mail: str
    at: datetime
    reason: str  # in Swedish
    persons: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class ReportAbsence:
    """A manager who was away while the review ran."""

    manager: str
    mail: str
    back: date | None = None
    stand_in: str = ""
    persons: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class ReportMove:
    """A row that staff gave to another manager."""

    name: str
    was: str
    now: str
    at: datetime
    by: str  # who did it


@dataclass(frozen=True, slots=True, repr=False)
class ReportCase:
    """A case that came of the review."""

    handle: str  # K-17
    kind: str  # in Swedish: "avbeställning"
    name: str
    unit: str
    state: str = ""  # in Swedish, at closing


@dataclass(frozen=True, slots=True, repr=False)
class ReviewReportFacts:
    """A closed review, whole. Aware datetimes; rows in the order of managers and letters."""

    office: str  # as in letters: "Lokala EK, Järfälla kommun"
    campaign: str  # 2026-Q4
    prepared: datetime
    closed: datetime
    units: int
    protected: int  # reviewed by hand by named staff
    managers: tuple[ReportManager, ...]
    rows: tuple[ReportRow, ...]
    chain_head: str  # SHA-256 of the audit log's last line at closing
    chain_lines: int
    csv_name: str
    csv_hash: str  # SHA-256 of the table that goes with the report
    released: datetime | None = None
    released_by: str = ""
    sent: datetime | None = None
    reminded: tuple[datetime, ...] = ()
    failures: tuple[ReportFailure, ...] = ()
    absences: tuple[ReportAbsence, ...] = ()
    moves: tuple[ReportMove, ...] = ()
    cases: tuple[ReportCase, ...] = ()

    @property
    def title(self) -> str:
        """Return what the report is called."""
        return f"Granskning {self.campaign}"

    def counts(self) -> Mapping[str, int]:
        """Return the number of rows by answer, each of ANSWERS named."""
        found = Counter(row.answer for row in self.rows)
        return {answer: found[answer] for answer in (*ANSWERS, *sorted(found.keys() - {*ANSWERS}))}

    def median_days(self) -> float | None:
        """Return the median of days from the letters to the answers; None before any answer."""
        sent = self.sent
        if sent is None:
            return None
        zone = sent.tzinfo
        days = [
            (row.answered.astimezone(zone).date() - sent.date()).days
            for row in self.rows
            if row.answered is not None and row.answer in ANSWERED
        ]
        return float(median(days)) if days else None
