"""Values as a directory writes them: days, identity numbers, texts, filters, names. No entries.

A day is a day in Sweden. A first day is written as midnight UTC, a last day as 23:59:59 in Sweden,
so that the day is the same to a reader who counts in Swedish time and to one who cuts the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

from ldap.dn import escape_dn_chars

from bot.domain.calendar import STOCKHOLM
from bot.domain.values import PersonId

GENERALISED_TIME = "1.3.6.1.4.1.1466.115.121.1.24"  # RFC 4517 §3.3.13
_TIME = re.compile(
    r"(?P<day>\d{8})(?P<hour>\d{2})(?P<minute>\d{2})?(?P<second>\d{2})?(?:[.,]\d+)?"
    r"(?:(?P<utc>Z)|(?P<sign>[+-])(?P<hours>\d{2})(?P<minutes>\d{2})?)?",
    re.ASCII,
)
_LAST = time(23, 59, 59)
_TWELVE, _TEN = 12, 10
FORMS = ("12", "12-", "10", "10-")


def day_of(text: str) -> date | None:
    """Return the day in Sweden on which the time *text* lies; None where it is none.

    Takes generalised time with or without minutes, seconds, fraction and offset, and plain days.
    """
    stripped = text.strip()
    found = _TIME.fullmatch(stripped)
    try:
        if found is None:
            return date.fromisoformat(stripped)  # 2026-11-23 and 20261123
        hour, minute, second = (int(found[n] or 0) for n in ("hour", "minute", "second"))
        moment = datetime.combine(
            date.fromisoformat(found["day"]), time(hour, minute, min(second, 59)), tzinfo=UTC
        )
        if found["sign"] is not None:
            offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
            ahead = offset if found["sign"] == "+" else -offset
            moment = moment.replace(tzinfo=timezone(ahead))
        elif found["utc"] is None:
            moment = moment.replace(tzinfo=STOCKHOLM)  # local time, as its writer meant it
        return moment.astimezone(STOCKHOLM).date()
    except (ValueError, OverflowError):
        return None


def first_day(day: date, syntax: str) -> str:
    """Return *day* as the beginning of something, in the attribute's *syntax* (an OID)."""
    return f"{day:%Y%m%d}000000Z" if syntax == GENERALISED_TIME else day.isoformat()


def last_day(day: date, syntax: str) -> str:
    """Return *day* as the end of something, in the attribute's *syntax* (an OID)."""
    if syntax != GENERALISED_TIME:
        return day.isoformat()
    end = datetime.combine(day, _LAST, tzinfo=STOCKHOLM).astimezone(UTC)
    return f"{end:%Y%m%d%H%M%S}Z"


def number(person: PersonId, form: str) -> str:
    """Return the identity number written in *form*."""
    digits = person.reveal()[_TWELVE - int(form[:2]) :]
    return f"{digits[:-4]}-{digits[-4:]}" if form.endswith("-") else digits


def numbers(person: PersonId) -> tuple[str, ...]:
    """Return every form in which a directory may hold the number."""
    return tuple(number(person, form) for form in FORMS)


def words(raw: bytes) -> str:
    """Return a value as text."""
    return raw.decode("utf-8", "replace")


def escaped(value: str | bytes) -> str:
    """Return *value* for a filter (RFC 4515 §3): every octet that is no plain letter or digit."""
    raw = value.encode() if isinstance(value, str) else value
    return "".join(
        chr(octet) if chr(octet).isascii() and chr(octet).isalnum() else f"\\{octet:02x}"
        for octet in raw
    )


def equals(name: str, value: str | bytes) -> str:
    """Return the filter for entries that have *value*."""
    return f"({name}={escaped(value)})"


def any_of(filters: Iterable[str]) -> str:
    """Return the filter for what fits one of *filters*."""
    return f"(|{''.join(filters)})"


def below(relative: str, base: str) -> str:
    """Return the DN of *relative* below *base*; *base* itself where it is empty."""
    return f"{relative},{base}" if relative else base


def named(attribute: str, value: str) -> str:
    """Return the first part of a DN (RFC 4514 §2.4)."""
    return f"{attribute}={escape_dn_chars(value)}"
