"""One field of a form at a time: its value by type, and the faults it can have on its own.

Knows nothing of how fields hang together: ``judging`` does.
"""

from __future__ import annotations

from datetime import date

from bot.domain.forms import FieldReading, FormReading, State
from bot.domain.labels import CRITICAL
from bot.domain.orders import OrderAction
from bot.domain.problems import Problem

FAULTS = {
    "disagree": "Värdet i filen och det som syns på sidan är inte samma sak.",
    "checksum": "Kontrollsiffran stämmer inte. Kontrollera alla siffror.",
    "shape": "Numret har inte tio eller tolv siffror.",
    "date": "Datumet finns inte i kalendern eller kan läsas på flera sätt. Skriv till exempel "
    "2026-11-23.",
    "future": "Datumet ligger i framtiden.",
    "under_15": "Numret betyder att personen är yngre än 15 år. Skriv numret med tolv siffror.",
    "too_many": "Mer än ett kryss. Det ska vara exakt ett.",
    "unreadable": "Det står något i rutan som inte går att läsa.",
    "unknown_unit": "Enheten finns inte i vårt register. Skriv namnet som det står där.",
    "struck": "Texten är överstruken.",
    "too_long": "Texten är för lång för fältet.",
    "invalid": "Värdet har inte rätt form.",
}
_DATES = frozenset(
    {
        "effective_from", "birth_date", "employed_from", "employed_to", "last_day",
        "reserve_from", "reserve_to", "lost_on", "signed_on",
    }
)  # fmt: skip
_ALSO_NEEDED = frozenset(
    {
        "no_swedish_id", "signed_on", "effective_from", "employed_from", "employed_to", "phone",
        "title", "reserve_from", "reserve_to", "lost_on", "manager_mail", "employment", "hsa_id",
    }
)  # fmt: skip


def doubts(reading: FormReading) -> list[Problem]:
    """Name every field whose value can't be trusted; a doubtful extra is only noted."""
    found = []
    for field in reading.fields:
        if field.state in (State.UNSURE, State.MISSING) and not _needless(field, reading):
            code = field.problem or ("missing_box" if field.state is State.MISSING else "unsure")
            text = FAULTS.get(code, "Det går inte att läsa säkert.")
            if field.key not in CRITICAL and field.key not in _ALSO_NEEDED:
                text = f"{text} Uppgiften togs inte med."
                code = "note"
            found.append(Problem(field.key, code, text))
        elif field.key in _DATES and field.value and day(reading, field.key) is None:
            found.append(Problem(field.key, "date", FAULTS["date"]))
    return found


def _needless(field: FieldReading, reading: FormReading) -> bool:
    """Tell whether the field's box is absent from this edition and no rule needs it."""
    if field.state is not State.MISSING:
        return False
    needed = CRITICAL | {"signed_on"}
    return field.key not in needed or (
        field.key == "last_day" and reading.value("action") != OrderAction.CANCEL
    )


def missing(reading: FormReading, key: str, text: str) -> list[Problem]:
    """Return the fault of a required field in which nothing stands, else nothing."""
    empty = reading.field(key).state is State.EMPTY or reading.value(key) in (None, "", ())
    return [Problem(key, "missing", text)] if empty else []


def sure_text(reading: FormReading, key: str) -> str | None:
    """Return the text of *key* when it is sure, else None."""
    return reading.text(key) if reading.field(key).state is State.SURE else None


def day(reading: FormReading, key: str) -> date | None:
    """Return the date of *key* when it is sure and in the calendar, else None."""
    text = sure_text(reading, key)
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        return None
