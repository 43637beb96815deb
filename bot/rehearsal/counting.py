"""What a simulated year came to: letters for each role, work for staff, days a case took. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bot.domain.calendar import today
from bot.domain.cases import Case, Stage, Status
from bot.domain.reviews import Review


@dataclass(frozen=True, slots=True)
class Month:
    """What one role received in one month."""

    month: str
    role: str
    letters: int
    readers: int
    usual: float  # letters for the reader in the middle
    most: int  # for whoever got most


@dataclass(frozen=True, slots=True)
class Course:
    """How long cases of one kind took, in days from opened to closed."""

    kind: str
    count: int
    open: int
    usual: float
    slow: float  # nine of ten were done by then
    with_staff: int  # that staff had a hand in


@dataclass(frozen=True, slots=True)
class Year:
    """All of it."""

    months: tuple[Month, ...]
    kinds: tuple[tuple[str, str, int], ...]  # role, kind of letter, count
    courses: tuple[Course, ...]
    answered: float  # share of review rows that got an answer


def year(
    letters: Counter[tuple[str, str, str, str]], cases: Sequence[Case], reviews: Sequence[Review]
) -> Year:
    """Return what *letters* (by month, role, kind, reader), cases and reviews come to."""
    rows = [row for review in reviews for row in review.rows]
    told = sum(row.answer.value not in ("open", "unclear") for row in rows)
    return Year(
        _months(letters), _kinds(letters), _courses(cases), told / len(rows) if rows else 1.0
    )


def _months(letters: Counter[tuple[str, str, str, str]]) -> tuple[Month, ...]:
    by: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (month, role, _kind, reader), count in letters.items():
        by[month, role][reader] += count
    return tuple(
        Month(month, role, sum(of.values()), len(of), median(of.values()), max(of.values()))
        for (month, role), of in sorted(by.items())
    )


def _kinds(letters: Counter[tuple[str, str, str, str]]) -> tuple[tuple[str, str, int], ...]:
    by: Counter[tuple[str, str]] = Counter()
    for (_month, role, kind, _reader), count in letters.items():
        by[role, kind] += count
    return tuple((role, kind, count) for (role, kind), count in sorted(by.items()))


def _courses(cases: Iterable[Case]) -> tuple[Course, ...]:
    by: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by[case.kind.value].append(case)
    return tuple(_course(kind, some) for kind, some in sorted(by.items()))


def _course(kind: str, cases: Sequence[Case]) -> Course:
    days = sorted(
        (today(c.closed) - today(c.opened)).days for c in cases if c.closed is not None
    ) or [0]
    staff = sum(c.why.rule == "staff" or c.stage is Stage.STAFF for c in cases)
    return Course(
        kind, len(cases), sum(c.status is not Status.DONE for c in cases), median(days),
        days[min(len(days) - 1, len(days) * 9 // 10)], staff,
    )  # fmt: skip
