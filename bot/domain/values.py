"""Identifiers and small values that the whole house shares. Not a place for rules about cases."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import NewType

from bot.domain.calendar import add_years

CaseId = NewType("CaseId", int)  # shown to people as K-17
MailId = NewType("MailId", int)  # M-17
LetterId = NewType("LetterId", int)  # B-17
RecordId = NewType("RecordId", int)  # P-17
CardId = NewType("CardId", int)  # C-17
ReviewId = NewType("ReviewId", int)  # G-17
CampaignId = NewType("CampaignId", int)

COORDINATION = 60  # added to the day of a samordningsnummer
_MONTHS, _DAYS = 12, 31
YOUNGEST = 15  # years; a ten-digit number that makes somebody younger is asked about
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_GROUPS = {5: (3, 2), 6: (2, 2, 2), 7: (3, 2, 2), 8: (3, 3, 2)}  # after the area code
_SHAPE = re.compile(r"(?P<century>\d{2})?(?P<rest>\d{6})(?P<sign>[-+]?)(?P<serial>\d{4})", re.ASCII)
_WRITTEN = re.compile(
    r"(?<!\d)(?:\d{2})?(?P<day>\d{6})(?P<gap> ?[-+‐‑‒–—―−_]? ?)(?P<serial>\d{4})(?!\d)", re.ASCII
)
HSA_ID = re.compile(r"SE\d{10}-[A-Z0-9]{1,18}", re.ASCII)
MAIL_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~åäöéü-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~åäöéü-]+)*"
    r"@(?:[a-zåäö0-9](?:[a-zåäö0-9-]{0,61}[a-zåäö0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


class InvalidPersonIdError(ValueError):
    """The text is no identity number; ``code`` says in one word why, never the digits."""

    def __init__(self, code: str) -> None:
        """Keep *code*: ``shape``, ``checksum``, ``date``, ``future`` or ``under_15``."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, repr=False, order=True)
class PersonId:
    """A personnummer or samordningsnummer, 12 digits; prints masked (domain fact, Skatteverket)."""

    _digits: str

    @classmethod
    def parse(cls, text: str, today: date) -> PersonId:
        """Return the number that *text* writes, with the century settled as of *today*.

        Takes ``ÅÅÅÅMMDDNNNC`` and ``ÅÅMMDD-NNNC`` with any dash. ``+`` stands from the first of
        January of the year in which the person turns 100 (folkbokföringslagen 18 §). A number of
        ten digits that makes somebody under 15, or unborn, is never moved a century.

        Raises:
            InvalidPersonIdError: no such number can exist, or the person would be under 15.
        """
        found = _SHAPE.fullmatch("".join(text.translate(_HYPHENS).split()))
        if found is None:
            raise InvalidPersonIdError("shape")
        ten = found["rest"] + found["serial"]
        if _luhn(ten):
            raise InvalidPersonIdError("checksum")
        if found["century"] is not None:
            return cls(_dated(found["century"] + ten, today))
        year = today.year - (today.year - int(ten[:2])) % 100
        if found["sign"] == "+":
            year -= 100
        digits = _dated(f"{year // 100:02d}{ten}", date.max)
        youngest = add_years(today, -YOUNGEST)
        if (year, *_month_day(ten)) > (youngest.year, youngest.month, youngest.day):
            raise InvalidPersonIdError("under_15")
        return cls(digits)

    @property
    def is_coordination_number(self) -> bool:
        """Tell a samordningsnummer (day + 60) from a personnummer."""
        return int(self._digits[6:8]) >= COORDINATION

    @property
    def birth_date(self) -> date | None:
        """Return the day of birth, or None where a samordningsnummer does not tell it."""
        month, day = _month_day(self._digits[2:])
        return _calendar_day(int(self._digits[:4]), month, day)

    def reveal(self) -> str:
        """Return the 12 digits. The one way out: grep for it in reviews."""
        return self._digits

    def __str__(self) -> str:
        return f"{self._digits[2:8]}-****"

    def __repr__(self) -> str:
        return f"PersonId({self})"


def _luhn(ten: str) -> int:
    total = 0
    for place, digit in enumerate(ten):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return total % 10


def _month_day(ten: str) -> tuple[int, int]:
    day = int(ten[4:6])
    return int(ten[2:4]), day - COORDINATION if day >= COORDINATION else day


def _dated(digits: str, today: date) -> str:
    """Return *digits* when they hold a possible day of birth.

    Of a samordningsnummer the month may be 00 and the day 60, and the day need not exist in its
    month: Skatteverket's official numbers have 30 February and 31 April.
    """
    year, (month, day) = int(digits[:4]), _month_day(digits[2:])
    if int(digits[6:8]) >= COORDINATION:
        possible = month <= _MONTHS and day <= _DAYS
    else:
        possible = _calendar_day(year, month, day) is not None
    if not possible or year < 1840:  # noqa: PLR2004 - nobody older can be registered
        raise InvalidPersonIdError("date")
    if (year, month, day) > (today.year, today.month, today.day):
        raise InvalidPersonIdError("future")
    return digits


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def address_key(address: str) -> str:
    """Return *address* as it is compared: lower case, no white space around."""
    return address.strip().lower()


def masked(text: str) -> str:
    """Return *text* with every identity number in it cut down to ``850101-****``.

    For words that others wrote and that may reach a letter or a list: a file's name, a reason.
    """
    return _WRITTEN.sub(lambda m: _mask(m["day"], m["serial"], m.group()), text)


def _mask(day: str, serial: str, written: str) -> str:
    month, of_month = _month_day(day)
    real = _luhn(day + serial) == 0 and month <= _MONTHS and of_month <= _DAYS
    return f"{day}-****" if real else written


def spaced_phone(text: str) -> str:
    """Return a mobile or Stockholm number as people write it: 070-174 06 35; others as they are."""
    area = 3 if text.startswith("07") else 2 if text.startswith("08") else 0
    sizes = _GROUPS.get(len(text) - area)
    if not area or sizes is None or not (text.isascii() and text.isdigit()):
        return text
    ends = accumulate(sizes, initial=area)
    return f"{text[:area]}-{' '.join(text[start:end] for start, end in pairwise(ends))}"


def name_key(name: str) -> str:
    """Return *name* as it is compared: one case, single spaces, plain hyphens, composed letters."""
    composed = unicodedata.normalize("NFC", name)
    plain = composed.translate(_HYPHENS).replace("’", "'").replace("´", "'")
    return re.sub(r"\s*-\s*", "-", " ".join(plain.split())).casefold()
