"""What people write in a field, made comparable: one function a kind. Reads no pages.

Each returns the value, a problem code where the text can't be trusted, and whether it was
corrected. A text that could mean two things gives a problem, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.values import HSA_ID, MAIL_ADDRESS, InvalidPersonIdError, PersonId, name_key

LONGEST = 64  # characters of a name (HSA's bound for givenName and sn)
NEAR_YEARS = 3  # a two-digit year is settled only within this distance of today

_PLAIN = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("’‘´`ʼ", "'"), "\u00a0": " ", "\u00ad": None}
)
_LOOKALIKES = str.maketrans("OoQlI|", "000111")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari feb febr", "mars mar", "april apr", "maj", "juni jun",
            "juli jul", "augusti aug", "september sep sept", "oktober okt", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_PARTICLES = frozenset({"von", "af", "de", "van", "der", "den", "di", "da", "del", "la", "zu"})
_SMALL = frozenset({"I", "PÅ", "AV", "OM", "TILL", "OCH", "PER", "ST"})
_NAME = re.compile(r"[^\W\d_]+(?:[ '-]+[^\W\d_]+)*'?")
_PHONE = re.compile(r"\+?[\d ()/.-]+")


@dataclass(frozen=True, slots=True, repr=False)
class Normalised:
    """The comparable value of a text; *problem* is a code of ``bot.domain.judging``."""

    value: str | None
    problem: str | None = None
    corrected: bool = False


def squeeze(text: str) -> str:
    """Return *text* in NFC with single spaces, plain hyphens and plain apostrophes."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def person_id(text: str, today: date) -> Normalised:
    """Read an identity number; a wrong one is given as its digits, with the problem's code."""
    plain = "".join(squeeze(text).split())
    for candidate in dict.fromkeys((plain, plain.translate(_LOOKALIKES))):
        try:
            number = PersonId.parse(candidate, today)
        except InvalidPersonIdError as error:
            code = error.code
        else:
            return Normalised(number.reveal(), corrected=candidate != plain)
    return Normalised(re.sub(r"\D", "", plain) or plain, code)


def day(text: str, today: date) -> Normalised:
    """Read a date in one of the ways that Swedes write it; the closed list stands in ``_dates``."""
    plain = squeeze(text).casefold().removeprefix("den ").strip(" .,")
    found = {_iso(*parts) for parts in _dates(plain, today)} - {None}
    if len(found) != 1:
        return Normalised(None, "date")
    value = found.pop()
    return Normalised(value, corrected=value != plain)


def _iso(year: int, month: int, day_of_month: int) -> str | None:
    try:
        return date(year, month, day_of_month).isoformat()
    except ValueError:
        return None


_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([-./ ])(\d{1,2})\2(\d{1,2})")
_SIX = re.compile(r"(\d{2})([-. ]?)(\d{2})\2(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?: ?- ?| |, ?)(\d{4}|\d{2})")  # 5/1 2027, 5/1-27
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")  # 5.1.2027
_EITHER_WAY = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})")  # 05-01-2027: day or month first
_WORDED = re.compile(r"(\d{1,2})(?::?e)?[. ]*([a-zåäö]+)\.?,?[ ]*[-']?(\d{4}|\d{2})")


def _dates(text: str, today: date) -> list[tuple[int, int, int]]:
    """Return every date that *text* can mean, as (year, month, day), also impossible ones."""
    if m := _EIGHT.fullmatch(text):
        return [(int(m[1]), int(m[2]), int(m[3]))]
    if m := _YEAR_FIRST.fullmatch(text):
        return [(int(m[1]), int(m[3]), int(m[4]))]
    if m := _SIX.fullmatch(text):
        first, middle, last = int(m[1]), int(m[3]), int(m[4])
        year_first = _near(first, middle, last, today)
        if not m[2] and year_first:  # six digits in a row begin with the year, as all Swedes know
            return year_first
        return [*year_first, *_near(last, middle, first, today)]
    if m := _SLASHED.fullmatch(text):
        return _with_year(m[3], int(m[2]), int(m[1]), today)
    if m := _DOTTED.fullmatch(text):
        return [(int(m[3]), int(m[2]), int(m[1]))]
    if m := _EITHER_WAY.fullmatch(text):
        year, one, two = int(m[4]), int(m[1]), int(m[3])
        return [(year, two, one), (year, one, two)]
    if (m := _WORDED.fullmatch(text)) and m[2] in _MONTHS:
        return _with_year(m[3], _MONTHS[m[2]], int(m[1]), today)
    return []


def _with_year(year: str, month: int, day_of_month: int, today: date) -> list[tuple[int, int, int]]:
    if len(year) == len("2027"):
        return [(int(year), month, day_of_month)]
    return _near(int(year), month, day_of_month, today)


def _near(year: int, month: int, day_of_month: int, today: date) -> list[tuple[int, int, int]]:
    """Return the date with the two-digit *year* when it lies near *today*, else nothing."""
    full = today.year // 100 * 100 + year
    return [(full, month, day_of_month)] if abs(full - today.year) <= NEAR_YEARS else []


def phone(text: str) -> Normalised:
    """Read a telephone number as national digits; +46 and 0046 become 0."""
    plain = squeeze(text)
    digits = re.sub(r"\D", "", plain)
    if not _PHONE.fullmatch(plain) or not digits:
        return Normalised(plain or None, "invalid")
    national = digits
    if plain.startswith("+"):
        national = "0" + digits[2:].removeprefix("0") if digits.startswith("46") else "+" + digits
    elif digits.startswith("0046"):
        national = "0" + digits[4:].removeprefix("0")
    if not re.fullmatch(r"0[1-9]\d{5,10}", national):
        return Normalised(national, "invalid")
    return Normalised(national)


def mail(text: str) -> Normalised:
    """Read one mail address, lower case."""
    plain = squeeze(text).removeprefix("mailto:").strip("<>").casefold()
    valid = MAIL_ADDRESS.fullmatch(plain) is not None
    return Normalised(plain or None, None if valid else "invalid")


def name(text: str) -> Normalised:
    """Read a person's name as written: letters, spaces, hyphens, apostrophes; 64 at most."""
    plain = squeeze(text)
    if len(plain) > LONGEST:
        return Normalised(plain, "too_long")
    return Normalised(plain or None, None if _NAME.fullmatch(plain) else "invalid")


def from_capitals(text: str, *, name: bool) -> str:
    """Return block letters as a clerk writes them: ANNA-KARIN VON ESSEN is Anna-Karin von Essen.

    A *name* has a capital in every part but particles; other text one at its beginning, and
    abbreviations of two letters stay. Text that is not all capitals is left as it is.
    """
    if not text.isupper() or any(c.isdigit() for c in text) or len(text) <= len("IT"):
        return text
    if name:
        parts = re.split(r"([ '-])", text.lower())
        return "".join(p if p in _PARTICLES else p.capitalize() for p in parts)
    words = [
        w if len(w) <= len("IT") and w.isalpha() else w.lower() for w in re.split(r"([ -])", text)
    ]
    plain = "".join(w.lower() if w in _SMALL else w for w in words)
    return plain[:1].upper() + plain[1:]


def digits(text: str) -> Normalised:
    """Read a number written in digits, spaces and hyphens, such as a card's."""
    plain = squeeze(text)
    only = re.sub(r"[ -]", "", plain)
    return Normalised(only or None, None if only.isascii() and only.isdigit() else "invalid")


def hsa_id(text: str) -> Normalised:
    """Read an HSA-id (SE + 10 digits + hyphen + letters and digits, at most 31 characters)."""
    plain = "".join(squeeze(text).split()).upper()
    return Normalised(plain or None, None if HSA_ID.fullmatch(plain) else "invalid")


def free(text: str) -> Normalised:
    """Read free text as written, on one line."""
    return Normalised(squeeze(text) or None)


def unit(text: str, register: Sequence[tuple[str, str]]) -> Normalised:
    """Read a unit; with a *register* of (unit id, unit) only its spellings are known."""
    plain = squeeze(text)
    if not register:
        return Normalised(plain or None)
    key = name_key(plain)
    known = {spelling for row in register if key in map(name_key, row) for spelling in row[1:]}
    if len(known) != 1:
        return Normalised(plain or None, "unknown_unit")
    value = known.pop()
    return Normalised(value, corrected=value != plain)
