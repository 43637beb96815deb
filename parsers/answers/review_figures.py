"""Figures and marks in replies to review letters: days, row numbers, ticks. Reads no words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from parsers.answers.review_days import DAY, day_of
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_PHONE = re.compile(
    r"0\d{1,3}[- ]?\d[\d -]{4,12}\d(?!\d)|\+46[\d -]{7,14}|[^\s@]{1,60}@[\w.-]{1,60}|www\.\S+"
    r"|https?://\S+"
)
_SHARE = re.compile(r"\d{1,3} ?(?:%|procent)(?:-?ig\w*)?(?!\w)", re.IGNORECASE)
_CLOCK = re.compile(
    r"kl(?:ockan)?\.? ?\d{1,2}(?:[.:]\d\d)?(?!\d)|\d{1,2}:\d\d(?!\d)", re.IGNORECASE
)
_FLOOR = re.compile(
    r"(?:plan|avd|avdelning|våning|hus|rum|team|grupp|linje|etapp)\.? \d{1,3}(?!\w)", re.IGNORECASE
)
_NO_DAY = re.compile(r"[1-9]\d?/[1-9]\d?(?![\w/%])")  # 31/9, 30/2: which day?
_ROW = re.compile(
    r"(?:(?:nr|nummer|num|rad|punkt|person|pos|no|number|row)\.? ?|#|№ ?)(\d{1,3})"
    r"(?::an?|an|:e)?(?!\w)|(\d{1,3}):?an(?!\w)",
    re.IGNORECASE,
)
_WORDED = re.compile(
    r"(?:nr|nummer|rad|punkt) (ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio)"
    r"(?: till (ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio))?(?!\w)"
    r"|(ettan|tvåan|trean|fyran|femman|sexan)(?!\w)",
    re.IGNORECASE,
)
_NUMBERS = {
    w: n for n, w in enumerate(
        ("ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"), start=1
    )
}  # fmt: skip
_NUMBERS |= {
    w: n for n, w in enumerate(("ettan", "tvåan", "trean", "fyran", "femman", "sexan"), start=1)
}
_RANGE = re.compile(
    r"(\d{1,3}) ?(?:-|–|—|till|t\.?o\.?m\.?|to) ?(\d{1,3})(?![\w/.%:]|\s*(?:%|st\b))", re.IGNORECASE
)
_NUMBER = re.compile(r"(\d{1,3})(?![\w/%]|[.:]\d)")
_BEGINS = frozenset("adefghijklmnoprstuvwyöåä")  # letters that a figure's words begin with
_LISTED = re.compile(r"\W*1[.)]\s")
CHECKS = "✔✓☑✅👍👌🆗🙆💯"
CROSSES = "❌✗✘✖☒👎🚫⛔✕"
_SMILE = re.compile(
    r"[:;=]'?-?[)DPp(](?!\w)|<3|\^\^|[\U0001F300-\U0001FAFF\u2600-\u2752\u2756-\u27BF\uFE0F\u200d♥]+"
)
_END = re.compile(r"[.!?…❓❔⁉]+")
_DASH = re.compile(r"[-–—→←↔↓↑=<>*•·►▪\"”“»«~_|]+")
_SINGLE = {",": Sort.COMMA, ";": Sort.COMMA, ":": Sort.COLON, "&": Sort.AND, "+": Sort.AND}
_TONES = re.compile("[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*")


class Figures:
    """Finds figures where the rows have *numbers*; *is_name* tells names from months."""

    def __init__(
        self, numbers: frozenset[int], today: date, is_name: Callable[[str], bool]
    ) -> None:
        self._numbers = numbers
        self._today = today
        self._is_name = is_name

    def at(self, line: str, at: int) -> Token | None:
        """Return the figure that begins at *at*, None for none."""
        if line[at].isalpha() and line[at].casefold() not in _BEGINS:
            return None
        for pattern, sort in (
            (_PHONE, Sort.FILL), (_SHARE, Sort.SERVES), (_CLOCK, Sort.FILL), (_FLOOR, Sort.CAPITAL),
        ):  # fmt: skip
            if found := pattern.match(line, at):
                return Token(sort, found[0], at)
        return self._day(line, at) or self._row(line, at) or self._number(line, at)

    def _day(self, line: str, at: int) -> Token | None:
        if found := DAY.match(line, at):
            day = day_of(found, self._today)
            if day is not None and not self._is_name(found[0]):
                return Token(Sort.DAY, found[0], at, day=day)
        found = _NO_DAY.match(line, at)
        return Token(Sort.DOUBT, found[0], at) if found else None

    def _row(self, line: str, at: int) -> Token | None:
        if found := _ROW.match(line, at):
            number = int(found[1] or found[2])
            if number not in self._numbers:
                return Token(Sort.UNKNOWN, found[0], at)
            return Token(Sort.ROW, found[0], at, (number,), number)
        if found := _WORDED.match(line, at):
            first = _NUMBERS[(found[1] or found[3]).casefold()]
            last = _NUMBERS[found[2].casefold()] if found[2] else first
            rows = tuple(range(first, last + 1))
            if first <= last and set(rows) <= self._numbers:
                return Token(Sort.ROW, found[0], at, rows, first)
        if found := _RANGE.match(line, at):
            first, last = int(found[1]), int(found[2])
            if first < last and {first, last} <= self._numbers:
                rows = tuple(n for n in range(first, last + 1) if n in self._numbers)
                return Token(Sort.ROW, found[0], at, rows, first)
        return None

    def _number(self, line: str, at: int) -> Token | None:
        found = _NUMBER.match(line, at)
        if found is None:
            return None
        number = int(found[1])
        after = line[found.end() : found.end() + 1]
        listed = _LISTED.match(line) is not None  # "1. ja 2. ja 3. nej"
        opens = listed or not line[:at].strip(" \t-–*•>(")
        glued = after in (":", ")", "=", "\t") or (after == "." and opens)
        text = line[at : found.end() + (glued and after != "\t")]
        rows = (number,) if number in self._numbers else ()
        return Token(Sort.NUMBER, text, at, rows, number, sure=False, glued=glued and after != "")


def mark_at(line: str, at: int) -> Token | None:
    """Return the tick, smile or punctuation at *at*, None where a word begins."""
    char = line[at]
    if char in CHECKS or char in CROSSES:
        tone = _TONES.match(line, at + 1)
        text = char + (tone[0] if tone else "")
        return Token(Sort.YES if char in CHECKS else Sort.NO, text, at)
    for sort, pattern in ((Sort.FILL, _SMILE), (Sort.END, _END), (Sort.LINE, _DASH)):
        if found := pattern.match(line, at):
            return Token(sort, found[0], at)
    if char.isalnum():
        return None
    return Token(_SINGLE.get(char, Sort.LINE), char, at)
