"""Answers held against the truth: what is right, what is silently wrong, what was let through.

*field*: values right among those that stand on the form. *critical*: critical fields right, empty
ones too. *ticks*: groups of squares right on forms that were found. *silent*: a critical field
called sure or empty that is neither, or ink seen on an unsigned form. *false accept*: accepted
although the truth says otherwise or a critical value is wrong.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath
from typing import Any

Row = Mapping[str, Any]
CRITICAL = frozenset({
    "action", "person_id", "given_name", "surname", "protected", "mail", "unit", "last_day",
    "card_order", "reserve_order", "reserve_reasons", "manager_name",
})  # fmt: skip
TICKS = frozenset({
    "action", "no_swedish_id", "protected", "employment", "end_reason", "card_order",
    "card_status", "reserve_order", "reserve_reasons",
})  # fmt: skip
RATES = ("field", "critical", "ticks", "signature", "verdict", "problems", "accept")
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0001)
_CERTAIN = 0.95
_LIKE = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "\u00a0": " "}
    | {chr(c): "-" for c in (*range(0x2010, 0x2016), 0x2212)}
)
_NOWHERE: Row = {"verdict": "reject"}


@dataclass
class Tally:
    """Counts of what was right, of how many, and what went wrong in words."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    silent: int = 0
    false: int = 0
    extra: int = 0  # forms where there are none
    wrong: list[str] = field(default_factory=list)
    told: list[tuple[float, bool, bool]] = field(default_factory=list)  # confidence, sure, right

    def mark(self, what: str, *, right: bool) -> None:
        """Count one more *what*."""
        self.of[what] += 1
        self.right[what] += right

    def rate(self, what: str) -> float | None:
        """Return the per cent right of *what*; None when there was none."""
        return 100 * self.right[what] / self.of[what] if self.of[what] else None

    def add(self, other: Tally) -> None:
        """Take *other*'s counts in."""
        self.right += other.right
        self.of += other.of
        self.documents += other.documents
        self.silent += other.silent
        self.false += other.false
        self.extra += other.extra
        self.wrong += other.wrong
        self.told += other.told


def comparable(key: str, value: object) -> object:
    """Return what two ways to write *value* have in common; None for nothing."""
    if value in (None, False, "", [], ()):
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return tuple(sorted(str(v) for v in value))
    text = " ".join(unicodedata.normalize("NFC", str(value)).translate(_LIKE).split())
    if key.endswith("phone"):
        number = re.sub(r"[^\d+]", "", text)
        return re.sub(r"^(\+|00)46", "0", number) or None
    if key.endswith("mail"):
        return text.replace(" ", "").casefold()
    if key in ("person_id", "card_number"):
        return re.sub(r"\D", "", text) or text
    if key in ("hsa_id", "police_reference"):
        return re.sub(r"[^0-9A-Z]", "", text.upper())
    return re.sub(r"\s*-\s*", "-", text).casefold()


def score(truth: Sequence[Row], answers: Iterable[Row]) -> list[tuple[Row, Tally]]:
    """Return each expected form with how it was answered; a form too many counts with its file."""
    by_file: dict[str, list[Row]] = defaultdict(list)
    for answer in answers:
        by_file[_name(answer["file"])].append(answer)
    found = []
    for expected in truth:
        for want, got in _pairs(expected, by_file[_name(expected["file"])]):
            found.append((expected, judge(want, got) if want is not None else _too_many(got)))
    return found


def _name(path: str) -> str:
    return unicodedata.normalize("NFC", PurePath(path).name)


def _pairs(expected: Row, answers: Sequence[Row]) -> Iterator[tuple[Row | None, Row]]:
    """Yield expected forms with their answers, the most alike first on the same page."""
    forms = [{**expected, **one} for one in expected.get("list", ())] or [expected]
    left = [a for a in answers if a.get("verdict") != "reject"]
    refused = next((a for a in answers if a.get("verdict") == "reject"), _NOWHERE)
    for want in forms:
        pages = set(want.get("pages", ()))
        able = [a for a in left if not pages or pages & set(a.get("pages") or pages)]
        best = max(able, key=lambda a: _alike(want, a), default=None)
        if best is not None:
            left.remove(best)
        yield want, refused if best is None else best
    for answer in left:
        yield None, answer


def _alike(want: Row, answer: Row) -> int:
    return sum(
        comparable(k, v) is not None and comparable(k, v) == comparable(k, _told(answer, k)[0])
        for k, v in want["fields"].items()
    )


def _too_many(answer: Row) -> Tally:
    return Tally(extra=1, false=int(answer["verdict"] == "accept"), wrong=["a form too many"])


def _told(answer: Row, key: str) -> tuple[object, str, float]:
    """Return the value, state and confidence that *answer* has for *key*."""
    said = (answer.get("fields") or {}).get(key)
    return (None, "", 0.0) if said is None else (said["value"], said["state"], said["confidence"])


def judge(want: Row, answer: Row) -> Tally:
    """Return how *answer* does for one expected form."""
    tally = Tally(documents=1)
    unsound = [key for key in want["fields"] if _field(tally, key, want, answer)]
    if want["fields"] and not answer.get("fields"):
        tally.wrong = ["not read"]
    verdict = answer.get("verdict", "reject")
    if want.get("signed"):
        said = answer.get("signed", "none")
        tally.mark("signature", right=said == want["signed"] and bool(answer.get("fields")))
        if want["signed"] == "none" and said in ("ink", "digital"):
            tally.silent += 1
            unsound.append("signed")
            tally.wrong.append(f"signed: {said} SILENT")
        elif said != want["signed"]:
            tally.wrong.append(f"signed: {said} for {want['signed']}")
    also = want.get("also", ())
    tally.mark("verdict", right=verdict == want["verdict"] or verdict in also)
    if want["verdict"] == "accept" and not also:
        tally.mark("accept", right=verdict == "accept")
    if want["verdict"] == "ask" and want.get("problem_fields"):
        named = {p.get("field") for p in answer.get("problems") or ()}
        tally.mark("problems", right=set(want["problem_fields"]) <= named)
    if verdict == "accept" and (unsound or "accept" not in (want["verdict"], *also)):
        tally.false += 1
        tally.wrong.append("FALSE ACCEPT")
    return tally


def _field(tally: Tally, key: str, want: Row, answer: Row) -> bool:
    """Count one field; tell whether it is critical and wrong."""
    due = comparable(key, want["fields"][key])
    value, state, confidence = _told(answer, key)
    found = bool(answer.get("fields"))
    right = comparable(key, value) == due
    if due is not None:
        tally.mark("field", right=right)
    if key in TICKS:
        tally.mark("ticks", right=right and found)
    if comparable(key, value) is not None:
        tally.told.append((confidence, state == "sure", right))
    silent = not right and state in ("sure", "empty") and key in CRITICAL
    if key in CRITICAL:
        tally.mark("critical", right=right and (found or due is not None))
        tally.silent += silent
    if not right:
        said = f"{value!r} ({state or 'not read'}) for {want['fields'][key]!r}"
        tally.wrong.append(f"{key}: {said}{' SILENT' if silent else ''}")
    return key in CRITICAL and not right


def curve(told: Iterable[tuple[float, bool, bool]]) -> list[tuple[float, float, int, int]]:
    """Return the reliability curve: each bin's edges, its number of values, those right."""
    values = list(told)
    rows = []
    for low, high in pairwise(BINS):
        inside = [right for confidence, _sure, right in values if low <= confidence < high]
        if inside:
            rows.append((low, min(1.0, high), len(inside), sum(inside)))
    return rows


def bound(wrong: int, count: int) -> float:
    """Return the share of wrong values that *wrong* of *count* leaves possible (95 %).

    Without a wrong one this is the rule of three: 3 / *count*.
    """
    low, high = float(wrong), wrong + 10 + 4 * math.sqrt(wrong + 1)
    for _ in range(60):
        mean = (low + high) / 2
        at_most = sum(
            math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(wrong + 1)
        )
        low, high = (mean, high) if at_most > 1 - _CERTAIN else (low, mean)
    return min(1.0, high / count) if count else 1.0
